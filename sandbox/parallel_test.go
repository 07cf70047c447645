package sandbox_test

import (
	"fmt"
	"net/http"
	"sync"
	"testing"

	"github.com/golokalise/lokalise/sandbox"
)

// TestNothingIsLostAmongManyClients has 64 of them make, change and delete
// projects of their own, while all look at the list and the journal.
func TestNothingIsLostAmongManyClients(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	before := len(projects(t, b.api("GET", "/projects", "")))
	const clients, each = 64, 3
	var mu sync.Mutex
	ids := map[string]bool{}
	var wg sync.WaitGroup
	for client := range clients {
		wg.Go(func() {
			for n := range each {
				name := fmt.Sprintf("p%d-%d", client, n)
				p := b.create(`{"name":"` + name + `"}`)
				mu.Lock()
				ids[p.ID] = true
				mu.Unlock()
				var changed project
				b.api("PUT", "/projects/"+p.ID, `{"name":"`+name+`","description":"x"}`).decode(t, &changed)
				if changed.Name != name {
					t.Errorf("%s became %s", name, changed.Name)
				}
				if a := b.api("GET", "/projects?limit=5000&include_statistics=0", ""); a.status != http.StatusOK {
					t.Errorf("%d", a.status)
				}
			}
			_ = b.Journal()
			last := b.create(`{"name":"gone"}`)
			if a := b.api("DELETE", "/projects/"+last.ID, ""); a.status != http.StatusOK {
				t.Errorf("%d %s", a.status, a.body)
			}
		})
	}
	wg.Wait()
	found := 0
	for _, p := range projects(t, b.api("GET", "/projects?limit=5000", "")) {
		if ids[p.ID] && p.Description == "x" {
			found++
		}
	}
	total := len(projects(t, b.api("GET", "/projects?limit=5000", "")))
	if len(ids) != clients*each || found != clients*each || total != before+clients*each {
		t.Errorf("%d made, %d found, %d in all", len(ids), found, total)
	}
}
