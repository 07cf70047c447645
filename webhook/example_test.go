package webhook_test

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/golokalise/lokalise/webhook"
)

func Example() {
	const secret = "0f1e2d3c4b5a69788796a5b4c3d2e1f001122334" // from webhook.Secret of Webhooks.Create
	h, err := webhook.New(webhook.Config{
		Secrets:      []string{secret},
		Deduplicator: webhook.NewMemoryDeduplicator(10_000),
	})
	if err != nil {
		log.Fatal(err)
	}
	webhook.On(h, func(_ context.Context, _ *webhook.Delivery, e *webhook.ProjectImported) error {
		fmt.Printf("%s: %d new keys from %s\n", e.Project.Name, e.Import.Inserted, e.Import.Filename)
		return nil
	})

	// What Lokalise sends.
	r := httptest.NewRequest(http.MethodPost, "/lokalise", strings.NewReader(
		`{"event": "project.imported", "project": {"id": "1.0", "name": "Website"}, "import": {"filename": "en.json", "inserted": 3}}`))
	r.Header.Set("X-Secret", secret)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	fmt.Println(w.Code)

	// Output:
	// Website: 3 new keys from en.json
	// 200
}
