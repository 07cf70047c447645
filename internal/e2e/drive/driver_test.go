package drive_test

import (
	"testing"

	"github.com/golokalise/lokalise/internal/e2e/drive"
)

// unanswered are the operations that nothing can be got from: nobody can fill
// the file storage, and the sandbox does not model translation memories.
var unanswered = map[string]bool{"files.upload_from_fss": true, "translation_memories.list": true}

func TestEveryOperationIsSent(t *testing.T) {
	t.Parallel()
	sent := map[string]bool{}
	drive.All(t, func(x drive.Exchange) { sent[x.Operation] = true })
	for _, id := range drive.Operations(t) {
		if sent[id] == unanswered[id] {
			t.Errorf("%s: sent %v", id, sent[id])
		}
	}
}
