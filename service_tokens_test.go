package lokalise_test

import (
	"context"
	"testing"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/internal/testutil"
)

func TestServiceTokenOperations(t *testing.T) {
	t.Parallel()
	testOperation(t, opCase{
		op:     "POST /projects/{project_id}/tokens",
		path:   projectPath + "/tokens",
		body:   `{"service": "ota"}`,
		answer: `{"jwt": "` + hookSecret + `"}`,
		call: func(ctx context.Context, c *lokalise.Client) (any, error) {
			return c.ServiceTokens.Create(ctx, projectID, &lokalise.ServiceTokenCreateRequest{Service: lokalise.TokenServiceOTA})
		},
		want: &lokalise.JWT{JWT: hookSecret},
	})
	assertWrittenAsRead(t, `{"jwt": "`+hookSecret+`"}`, new(lokalise.JWT))
}

func TestServiceTokenIsNeverPrinted(t *testing.T) {
	t.Parallel()
	token := lokalise.JWT{JWT: hookSecret}
	testutil.AssertNoSecret(t, "JWT", printed(token, &token, struct{ Token lokalise.JWT }{token}), hookSecret)
}
