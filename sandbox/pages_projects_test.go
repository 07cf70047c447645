package sandbox_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/sandbox"
)

// xss is a name and text that somebody hostile may give.
const xss = `"><script>alert(1)</script><img src=x onerror=alert(1)>`

// webKey is the key of the website that has the name.
func (p *person) webKey(name string) *key {
	p.Helper()
	var found keysAnswer
	p.api("GET", "/projects/"+website+"/keys?include_translations=1&filter_keys="+name, "").decode(p, &found)
	if len(found.Keys) != 1 {
		p.Fatalf("%d keys are called %s", len(found.Keys), name)
	}
	return &found.Keys[0]
}

// fill puts keys into a project: bulk.0, bulk.1 and so on.
func (b *box) fill(project string, n int) {
	b.Helper()
	const most = 500
	for i := 0; i < n; i += most {
		var keys []string
		for j := range min(most, n-i) {
			keys = append(keys, fmt.Sprintf(`{"key_name":"bulk.%d","platforms":["web"]}`, i+j))
		}
		if a := b.api("POST", "/projects/"+project+"/keys", `{"keys":[`+strings.Join(keys, ",")+`]}`); a.status != http.StatusOK {
			b.Fatalf("make keys: %d %s", a.status, a.body)
		}
	}
}

func (k *key) path() string { return strconv.FormatInt(k.ID, 10) }

// textField is the name of the field for the key's text in Spanish.
const textField = "text-20041"

// match is what the first group of an expression finds.
func (p *person) match(expression string) string {
	p.Helper()
	found := regexp.MustCompile(expression).FindStringSubmatch(p.page.body)
	if found == nil {
		p.Fatalf("nothing on the page is like %s:\n%s", expression, p.page.body)
	}
	return found[1]
}

func TestProjectIsMadeRenamedAndDeleted(t *testing.T) {
	t.Parallel()
	p := start(t).person()
	p.open("/ui/projects")
	p.says("Website", "Back office", "Acme Tools")
	p.submit("/ui/projects", "name", "Shop", "base", "de", "languages", "fr, pt_BR", "description", "Of shoes")
	p.says("Shop", "Of shoes")
	id := regexp.MustCompile(`[0-9a-f]{20,25}\.[0-9]{8}`).FindString(p.page.body)
	a := p.api("GET", "/projects/"+id+"/languages", "")
	for _, iso := range []string{"de", "fr", "pt_BR"} {
		if !strings.Contains(a.body, `"lang_iso":"`+iso+`"`) {
			t.Errorf("no %s in %s", iso, a.body)
		}
	}
	p.open("/ui/projects/" + id + "/settings")
	p.submit("/settings", "name", "Shoe shop", "description", "Of\r\nshoes")
	p.says("The project was changed.")
	if a := p.api("GET", "/projects/"+id, ""); !strings.Contains(a.body, `"name":"Shoe shop","description":"Of\nshoes"`) {
		t.Errorf("the API has %s", a.body)
	}
	p.open("/ui/projects/" + id + "/delete")
	p.says("Delete the project “Shoe shop”?")
	p.submit("/delete")
	p.says("The project was deleted.")
	if a := p.api("GET", "/projects/"+id, ""); a.status != http.StatusNotFound {
		t.Errorf("the API still has it: %d", a.status)
	}
}

func TestProjectsAreFound(t *testing.T) {
	t.Parallel()
	p := start(t).person()
	p.open("/ui/projects?search=mob")
	p.says("Mobile app")
	p.saysNot("Back office")
	p.open("/ui/projects?search=" + website)
	p.says("Website")
	p.open("/ui/projects?search=nothing")
	p.says("No project matches.")
}

func TestRefusedProjectKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	p := start(t).person()
	p.open("/ui/projects")
	a := p.submit("/ui/projects", "name", "Shop", "base", "pl", "languages", "fr, klingon")
	if a.status != http.StatusUnprocessableEntity {
		t.Errorf("status %d", a.status)
	}
	p.says(`"klingon" is no code of a language`)
	_, fields := p.form("/ui/projects")
	if fields.Get("name") != "Shop" || fields.Get("languages") != "fr, klingon" || fields.Get("base") != "pl" {
		t.Errorf("the form has %v", fields)
	}
	if a := p.submit("/ui/projects", "languages", "fr"); a.status != http.StatusOK {
		t.Errorf("corrected: %d", a.status)
	}
	p.open("/ui/projects")
	if a := p.submit("/ui/projects", "name", " "); a.status != http.StatusUnprocessableEntity {
		t.Errorf("without a name: %d", a.status)
	}
}

// A project that the main user may not reach is changed on behalf of one who
// may.
func TestProjectOfAnotherTeamCanBeChanged(t *testing.T) {
	t.Parallel()
	p := start(t).person()
	p.open("/ui/projects/" + backRoom + "/settings")
	p.says("on behalf of tomas.rey@example.com")
	p.submit("/settings", "name", "Back room")
	p.says("The project was changed.", "Back room")
}

func TestKeyIsAddedChangedAndDeleted(t *testing.T) {
	t.Parallel()
	p := start(t).person()
	p.open("/ui/projects/" + website)
	p.submit("/keys", "name", "cart.empty", "text", "Nothing here.\r\nYet.", "tags", "cart, ,new", "description", "Seen at first")
	p.says("The key was added.", "cart.empty")
	found := p.webKey("cart.empty")
	if en := found.in("en"); en.Text != "Nothing here.\nYet." {
		t.Errorf("the API has %+v", *found)
	}
	es := textField
	p.submit("/keys/"+found.path(), "name", "cart.nothing", es, "Nada", "limit", "40", "platform", "web")
	p.says("The key was saved.", "cart.nothing", "Nada")
	renamed := p.webKey("cart.nothing")
	if renamed.ID != found.ID || renamed.in("es").Text != "Nada" || renamed.in("es").Unverified {
		t.Errorf("the API has %+v", *renamed)
	}
	p.submit("/keys/" + found.path())
	p.says("Nothing was different, so nothing was saved.")
	reviewed := strings.Replace(es, "text-", "reviewed-", 1)
	p.submit("/keys/"+found.path(), reviewed, "1")
	if !p.webKey("cart.nothing").in("es").Reviewed {
		t.Error("it is not reviewed")
	}
	p.submit("/keys/"+found.path(), es, "Nada aún")
	if p.webKey("cart.nothing").in("es").Reviewed {
		t.Error("the new text is reviewed")
	}
	p.open("/ui/projects/" + website + "/keys/" + found.path() + "/delete")
	p.says("Delete the key “cart.nothing”?")
	p.submit("/delete")
	p.says("The key was deleted.")
	p.saysNot("cart.nothing")
}

func TestPluralKeyHasAFieldForEachForm(t *testing.T) {
	t.Parallel()
	p := start(t).person()
	p.open("/ui/projects/" + backRoom)
	p.submit("/keys", "name", "files", "text", "%d files", "plural", "1")
	p.says("The key was added.")
	action, fields := p.form("/keys/" + p.match(`action="/ui/projects/[^"]*/keys/(\d+)"`))
	var forms []string
	for name := range fields {
		if strings.HasPrefix(name, "text-748-") { // Polish
			forms = append(forms, strings.TrimPrefix(name, "text-748-"))
		}
	}
	if len(forms) != 4 {
		t.Errorf("Polish has %q", forms)
	}
	for form, text := range map[string]string{"one": "plik", "few": "pliki", "many": "plików", "other": "pliku"} {
		fields.Set("text-748-"+form, text)
	}
	p.open(p.post(action, fields).header.Get("Location"))
	p.says("plików", "The key was saved.")
	p.open("/ui/projects/" + backRoom + "?search=plik%C3%B3w")
	p.says("files", "plural")
}

func TestKeyThatSomebodyElseChangedIsNotOverwritten(t *testing.T) {
	t.Parallel()
	p := start(t).person()
	p.open("/ui/projects/" + website)
	p.submit("/keys", "name", "race", "text", "first")
	k := p.webKey("race")
	p.api("PUT", "/projects/"+website+"/keys/"+k.path(), `{"translations":[{"language_iso":"es","translation":"theirs"}]}`)
	a := p.submit("/keys/"+k.path(), textField, "mine")
	if a.status != http.StatusUnprocessableEntity || p.webKey("race").in("es").Text != "theirs" {
		t.Errorf("status %d, the API has %q", a.status, p.webKey("race").in("es").Text)
	}
	p.says("Somebody changed this key", "mine")
	p.submit("/keys/"+k.path(), textField, "mine")
	if got := p.webKey("race").in("es").Text; got != "mine" {
		t.Errorf("the second time the API has %q", got)
	}
}

func TestRefusedKeysSayWhy(t *testing.T) {
	t.Parallel()
	p := start(t).person()
	p.open("/ui/projects/" + website)
	p.submit("/keys", "name", "taken")
	p.open("/ui/projects/" + website)
	if a := p.submit("/keys", "name", "taken"); a.status != http.StatusUnprocessableEntity {
		t.Errorf("a taken name: %d", a.status)
	}
	p.says("This key name is already taken")
	for problem, pairs := range map[string][]string{
		"A key needs a name":  {"name", " "},
		"Choose at least one": {"name", "x", "platform", "-"},
		"`keys`.`platforms`":  {"name", "x", "platform", "amiga"},
	} {
		if a := p.submit("/keys", pairs...); a.status/100 != 4 {
			t.Errorf("%s: %d", problem, a.status)
		}
		p.says(problem)
	}
	taken := p.webKey("taken")
	p.open("/ui/projects/" + website + "/keys/" + taken.path())
	if a := p.submit("/keys/"+taken.path(), "limit", "many"); a.status != http.StatusUnprocessableEntity {
		t.Errorf("a limit that is no number: %d", a.status)
	}
	p.says("The character limit is a number", `value="many"`)
}

func TestLanguageIsAddedAndRemoved(t *testing.T) {
	t.Parallel()
	p := start(t).person()
	p.open("/ui/projects/" + website + "/languages")
	p.submit("/languages", "language", "pl")
	p.says("The language was added.", "one, few, many, other")
	p.open("/ui/projects/" + website + "/languages/748/delete")
	p.submit("/delete")
	p.says("The language was removed.")
	p.saysNot("few, many")
	base := "/ui/projects/" + website + "/languages/640/delete"
	p.open(base)
	if a := p.submit("/delete"); a.status != http.StatusBadRequest {
		t.Errorf("the base language: %d", a.status)
	}
	p.says("The base language cannot be deleted")
}

func TestBranchHasItsOwnKeys(t *testing.T) {
	t.Parallel()
	p := start(t).person()
	p.api("POST", "/projects/"+mobileApp+"/branches", `{"name":"feature/x"}`)
	page := "/ui/projects/" + mobileApp + "?branch=feature%2Fx"
	p.open(page)
	p.submit("/keys", "name", "only.here")
	p.says("The key was added.")
	p.open(page)
	p.says("only.here", mobileApp+":feature/x")
	p.open("/ui/projects/" + mobileApp)
	p.saysNot("only.here")
}

func TestChangesOnPagesAreToldToWebhooksAndTheAuditLog(t *testing.T) {
	t.Parallel()
	b, receiver, _ := hooked(t, `{"url":"http://hooks.test/","events":["project.key.added","project.translation.updated"]}`)
	p := b.person()
	before := receiver.count()
	p.open("/ui/projects/" + mobileApp)
	p.submit("/keys", "name", "told")
	p.submit("/keys/"+p.match(`action="/ui/projects/[^"]*/keys/(\d+)"`), "text-673", "dit")
	p.Clock().Settle()
	if got := receiver.count() - before; got != 2 {
		t.Errorf("%d deliveries, want 2", got)
	}
}

func TestHostileContentStaysTextOnPages(t *testing.T) {
	t.Parallel()
	p := start(t).person()
	p.open("/ui/projects")
	p.submit("/ui/projects", "name", xss, "description", xss)
	p.submit("/keys", "name", xss, "text", "</textarea>"+xss, "tags", xss, "description", xss)
	path := p.match(`action="(/ui/projects/[^"]*/keys/\d+)"`)
	project, _, _ := strings.Cut(path, "/keys/")
	for _, page := range []string{
		"/ui/projects", project, project + "?search=" + "script", path, path + "/delete", project + "/settings", project + "/languages", project + "/work", project + "/delete",
	} {
		body := p.open(page).body
		for _, raw := range []string{"<script>alert", "<img src=x", "</textarea>\""} {
			if strings.Contains(body, raw) {
				t.Errorf("%s has %q", page, raw)
			}
		}
	}
	p.open(path)
	_, fields := p.form(strings.TrimPrefix(path, project))
	if fields.Get("name") != xss || fields.Get("text-640") != "</textarea>"+xss {
		t.Errorf("the form has %q and %q", fields.Get("name"), fields.Get("text-640"))
	}
}

func TestManyKeysAreShownByPage(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.WithoutRateLimit())
	p := b.person()
	b.fill(website, 6000)
	p.open("/ui/projects/" + website + "?page=3")
	p.says("whole names and IDs only", "page=2", "page=4")
	p.open("/ui/projects/" + website + "?page=100000")
	p.saysNot(`rel="next"`)
	p.open("/ui/projects/" + website + "?search=bulk.5999")
	p.says("bulk.5999", "1 key found")
	p.open("/ui/projects/" + website + "?search=bulk.")
	p.says("No key matches.")
}

func TestSecretsAreNotOnPages(t *testing.T) {
	t.Parallel()
	b, _, h := hooked(t, `{"url":"http://hooks.test/","events":["project.key.added"]}`)
	p := b.person()
	token := b.grant()
	for _, page := range []string{"/ui/projects", "/ui/projects/" + website, "/ui/projects/" + website + "/work", "/ui/projects/" + website + "/settings"} {
		body := p.open(page).body
		for _, secret := range []string{b.creds.ClientSecret, b.creds.APIToken, token.AccessToken, token.RefreshToken, h.Secret} {
			if secret == "" || strings.Contains(body, secret) {
				t.Errorf("%s shows %q", page, secret)
			}
		}
	}
}
