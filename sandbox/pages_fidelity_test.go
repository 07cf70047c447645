package sandbox_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/sandbox"
)

func TestFidelityPageFilters(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	for query, want := range map[string]string{
		"":                             "webhooks.list",
		"show=missing":                 "translation_memories.list",
		"show=different&text=projects": "team_uuid is missing",
		"text=plural_format":           "files.async_download",
		"text=NOTHING+OF+THE+KIND":     "No operation matches",
	} {
		page := fidelityPage(t, b, query)
		if !strings.Contains(page, want) {
			t.Errorf("%q: the page has no %q", query, want)
		}
		if query != "" && strings.Contains(page, "<code>webhooks.list</code>") {
			t.Errorf("%q: the page has webhooks.list, too", query)
		}
	}
}

func fidelityPage(t *testing.T, b *box, query string) string {
	t.Helper()
	u := url.URL{Path: "/ui/fidelity", RawQuery: query}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, b.URL()+u.String(), http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	res, err := b.Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	page, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%s, %v: %s", res.Status, err, page)
	}
	return string(page)
}
