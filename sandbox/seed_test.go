package sandbox_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/sandbox"
	"github.com/golokalise/lokalise/sandbox/seed"
)

// wholeSeed has every member there is.
const wholeSeed = `{
  "$schema": "https://example.com/schema.json", "version": 1,
  "users": [{"email": "ana@example.com", "name": "Ana"}, {"email": "ben@example.com", "name": "Ben"}],
  "teams": [{"name": "Shop", "plan": "Pro", "members": [{"user": "ben@example.com", "role": "admin"}]}],
  "projects": [{
    "name": "Web shop", "id": "1234567865e1a1d12ac0b7.40718253", "description": "All texts", "type": "localization_files",
    "team": "Shop", "created_by": "ben@example.com", "languages": ["en", "de", "pt-BR"],
    "contributors": [{"user": "ana@example.com", "reviewer": true, "languages": [{"language": "de", "writable": true}]}],
    "keys": [
      {"name": "cart.empty", "names": {"ios": "CartEmpty"}, "platforms": ["ios", "web"], "description": "d", "context": "c",
       "tags": ["cart"], "char_limit": 40, "hidden": true, "archived": false,
       "translations": {"en": "Your cart is empty", "de": {"text": "Leer", "reviewed": true, "unverified": false}},
       "comments": [{"user": "ana@example.com", "text": "Nice"}, {"text": "Mine"}]},
      {"name": "cart.items", "plural": true, "plural_name": "items", "translations": {"en": {"plural": {"one": "item", "other": "items"}}}}
    ],
    "branches": ["feature"],
    "generate": {"keys": 30, "seed": 7, "prefix": "made", "languages": ["en", "de"], "words": 3, "untranslated": 50, "plurals": 20, "tags": ["a", "b"]}
  }]
}`

func TestSeedFileMakesAWorld(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit(), sandbox.WithSeed(strings.NewReader(wholeSeed)))
	const project = "/projects/1234567865e1a1d12ac0b7.40718253"
	var list struct {
		Keys []struct {
			KeyName      map[string]string `json:"key_name"`
			Translations []struct {
				LanguageISO string `json:"language_iso"`
				Translation string
			}
		}
	}
	before := b.api("GET", project+"/keys?include_translations=1&limit=100", "").body
	a := answer{body: before}
	a.decode(t, &list)
	if len(list.Keys) != 32 {
		t.Fatalf("%d keys: %.300s", len(list.Keys), before)
	}
	for _, want := range []string{`CartEmpty`, `"Your cart is empty"`, `Leer`, `made.01`, `made.30`, `\"one\":\"item\"`} {
		if !strings.Contains(before, want) {
			t.Errorf("%s is missing", want)
		}
	}
	if a := b.api("GET", project+":feature/keys?limit=100", ""); a.status != http.StatusOK || !strings.Contains(a.body, "cart.items") {
		t.Errorf("the branch: %d %.200s", a.status, a.body)
	}
	// A reset brings exactly that back, and another sandbox has it too.
	b.api("DELETE", project, "")
	if err := b.Reset(); err != nil {
		t.Fatal(err)
	}
	if got := b.api("GET", project+"/keys?include_translations=1&limit=100", "").body; got != before {
		t.Error("after a reset the keys are others")
	}
	other := start(t, sandbox.InMemory(), sandbox.WithSeed(strings.NewReader(wholeSeed)))
	if got := other.api("GET", project+"/keys?include_translations=1&limit=100", "").body; got != before {
		t.Error("another sandbox makes other keys of the same seed")
	}
}

func TestSeedIsAddedToAWorldOrNotAtAll(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	before := b.api("GET", "/projects", "").body
	bad := `{"version":1,"projects":[{"name":"One","languages":["en"]},{"name":"Two","languages":["en"],"created_by":"x@y"}]}`
	a := b.write("worlds/default/seed", bad)
	if a.status != http.StatusBadRequest || !strings.Contains(a.body, "/projects/1/created_by") {
		t.Errorf("%d %s", a.status, a.body)
	}
	if got := b.api("GET", "/projects", "").body; got != before {
		t.Error("half a seed is there")
	}
	if a := b.write("worlds/default/seed", `{"version":1,"projects":[{"name":"Added","languages":["en"]}]}`); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if got := b.api("GET", "/projects", "").body; !strings.Contains(got, "Added") || !strings.Contains(got, "Mobile app") {
		t.Errorf("the projects are %s", got)
	}
}

// TestSeedErrorsNameThePlace gives each kind of mistake once.
func TestSeedErrorsNameThePlace(t *testing.T) {
	t.Parallel()
	project := func(more string) string {
		return `{"version":1,"projects":[{"name":"p","languages":["en"]` + more + `}]}`
	}
	for text, want := range map[string]string{
		`{`:                          "",
		`[]`:                         "",
		`{}`:                         "/version",
		`{"version":2}`:              "/version",
		`{"version":"1"}`:            "/version",
		`{"version":1,"projets":[]}`: "/projets",
		`{"version":1,"version":1}`:  "/version",
		`{"version":1,"users":null}`: "/users",
		`{"version":1,"users":[{"email":"x","name":"y"}]}`:                  "/users/0/email",
		`{"version":1,"projects":[{"name":"p","languages":[]}]}`:            "/projects/0/languages",
		project(`,"team":"nobody's"`):                                       "/projects/0/team",
		project(`,"keys":[{"name":"a"},{"name":""}]`):                       "/projects/0/keys/1/name",
		project(`,"keys":[{"name":"a","tag":[]}]`):                          "/projects/0/keys/0/tag",
		project(`,"keys":[{"name":"a","translations":{"en":1}}]`):           "/projects/0/keys/0/translations/en",
		project(`,"keys":[{"name":"a","translations":{"en":{"txt":"b"}}}]`): "/projects/0/keys/0/translations/en/txt",
		project(`,"keys":[{"name":"a","translations":{"de":"b"}}]`):         "/projects/0/keys/0/translations/de",
		project(`,"generate":{"keys":0}`):                                   "/projects/0/generate/keys",
		project(`,"generate":{"keys":1,"languages":["fr"]}`):                "/projects/0/generate/languages/0",
		project(`,"languages":["xx"]`):                                      "/projects/0/languages",
	} {
		_, err := sandbox.New(sandbox.InMemory(), sandbox.WithSeed(strings.NewReader(text)))
		var bad *seed.Error
		if !errors.As(err, &bad) || bad.Path != want || bad.Problem == "" {
			t.Errorf("%s: %v, want it at %q", text, err, want)
		}
	}
}

func TestSeedMadeInGo(t *testing.T) {
	t.Parallel()
	made := &seed.Seed{Version: seed.Version, Projects: []seed.Project{{
		Name: "Big", Languages: []string{"en", "fr"}, Generate: &seed.Generate{Keys: 25_000},
	}}}
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit(), sandbox.WithSeedOf(made))
	var list struct {
		Projects []struct {
			ProjectID string `json:"project_id"`
		}
	}
	b.api("GET", "/projects", "").decode(t, &list)
	if len(list.Projects) != 1 {
		t.Fatalf("%v", list)
	}
	a := b.api("GET", fmt.Sprintf("/projects/%s/keys?limit=500&page=50", list.Projects[0].ProjectID), "")
	if !strings.Contains(a.body, "generated.key.25000") {
		t.Errorf("%d %.200s", a.status, a.body)
	}
}
