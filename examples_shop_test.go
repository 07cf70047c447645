package lokalise_test

import (
	"context"
	"log"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/sandbox"
)

// exampleSeed is what there is in the sandbox of the examples.
const exampleSeed = `{
	"version": 1,
	"users": [{"email": "ada@example.com", "name": "Ada Example"}, {"email": "ben@example.com", "name": "Ben Example"}],
	"teams": [{"name": "Example Ltd", "members": [
		{"user": "ada@example.com", "role": "owner"}, {"user": "ben@example.com", "role": "member"}]}],
	"projects": [{
		"name": "Shop", "languages": ["en", "lv"], "branches": ["feature/checkout"],
		"keys": [
			{"name": "title", "tags": ["home"], "translations": {"en": "Welcome", "lv": "Sveiki"},
			 "comments": [{"text": "Shorter, please"}]},
			{"name": "bye", "platforms": ["web", "ios"], "translations": {"en": "See you", "lv": "Atā"}},
			{"name": "cart", "plural": true, "translations": {
				"en": {"plural": {"one": "%d item", "other": "%d items"}},
				"lv": {"plural": {"zero": "%d preču", "one": "%d prece", "other": "%d preces"}}}}
		]
	}]
}`

// exampleShop is a client of a sandbox of its own, and what to find there. For
// Lokalise itself WithAPIToken, or WithTokenSource, is all that is needed.
type exampleShop struct {
	server  *sandbox.Server
	client  *lokalise.Client
	project lokalise.ProjectID
	keys    map[string]int64 // ids by name
	team    int64
	ada     int64 // the owner of the team, whose token the client has
	ben     int64
}

// openShop starts the sandbox of an example.
func openShop() *exampleShop {
	srv := must(sandbox.New(sandbox.InMemory(), sandbox.WithoutRateLimit(), sandbox.WithSeed(strings.NewReader(exampleSeed))))
	s := &exampleShop{server: srv, keys: map[string]int64{}}
	s.client = must(lokalise.New(
		lokalise.WithAPIToken(srv.Credentials().APIToken),
		lokalise.WithBaseURL(srv.URL()),
		lokalise.WithHTTPClient(srv.Client()),
	))
	ctx := context.Background()
	project := must(s.client.Projects.List(ctx, nil)).Items[0]
	s.project, s.team = project.ProjectID, project.TeamID
	for _, key := range must(s.client.Keys.List(ctx, s.project, nil)).Items {
		s.keys[key.KeyName.String()] = key.KeyID
	}
	for _, user := range must(s.client.TeamUsers.List(ctx, s.team, nil)).Items {
		if user.Role == lokalise.TeamRoleOwner {
			s.ada = user.UserID
		} else {
			s.ben = user.UserID
		}
	}
	return s
}

func (s *exampleShop) close() { _ = s.server.Close() }

// must keeps the preparations of examples short.
func must[T any](v T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return v
}

func TestEveryServiceHasAnExample(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("example*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	client := reflect.TypeFor[lokalise.Client]()
	for i := range client.NumField() {
		field := client.Field(i)
		if field.IsExported() && !strings.Contains(all.String(), "func Example"+field.Type.Elem().Name()+"_") {
			t.Errorf("client.%s has no example in %q", field.Name, names)
		}
	}
}
