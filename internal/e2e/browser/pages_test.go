package browser_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/golokalise/lokalise/oauth"
)

// look is a page as a person may see it.
type look struct {
	name  string
	visit func(a *app, b *tab)
	// part is for a picture of what fits into the window, in place of the whole
	// page.
	part bool
	// bare is for a page whose style sheet is refused: axe-core takes the dark
	// canvas that the browser gives it for a white one.
	bare bool
}

// looks are the pages of the sandbox that exist, each in the states in which
// it looks different.
var looks = []look{
	{name: "home", visit: func(a *app, b *tab) { b.visit(a.box.URL() + "/") }},
	{name: "consent", visit: func(a *app, b *tab) { b.visit(a.authURL()) }},
	{name: "consent-window", visit: func(a *app, b *tab) { b.visit(a.authURL()) }, part: true},
	{name: "consent-accounts", visit: func(a *app, b *tab) {
		b.visit(a.authURL())
		b.do(chromedp.Click(chromedp.CSS("button.switch")))
	}},
	{name: "consent-without-script", visit: func(a *app, b *tab) {
		b.script(false)
		b.visit(a.authURL())
		b.script(true) // axe-core is one
	}},
	{name: "consent-all-scopes", visit: func(a *app, b *tab) { b.visit(a.authURL(allScopes(a.T)...)) }},
	{name: "consent-to-code", visit: func(a *app, b *tab) { b.visit(a.authURLWith("redirect_uri", "", "scope", "read_projects")) }},
	{name: "code", visit: func(a *app, b *tab) {
		b.visit(a.authURLWith("redirect_uri", ""))
		b.follow("Access allowed", chromedp.Click(allowButton))
	}},
	{name: "denied", visit: func(a *app, b *tab) {
		b.visit(a.authURLWith("redirect_uri", ""))
		b.follow("Access denied", chromedp.Click(denyButton))
	}},
	{name: "problem-client", visit: func(a *app, b *tab) { b.visit(a.authURLWith("client_id", strings.Repeat("0", 40))) }},
	{name: "problem-redirect", visit: func(a *app, b *tab) {
		b.visit(a.authURLWith("redirect_uri", "https://"+foreign+"/integrations/lokalise/oauth2/callback?tenant=7746120366054f3a0b41e2"))
	}},
	{name: "problem-scope", visit: func(a *app, b *tab) { b.visit(a.authURLWith("scope", "read_projects write_project")) }},
	{name: "problem-parameter", visit: func(a *app, b *tab) { b.visit(a.authURLWith("scope", "")) }},
	{name: "problem-host", visit: func(a *app, b *tab) { b.visit(strings.Replace(a.box.URL(), "127.0.0.1", foreign, 1)) }, bare: true},
	{name: "problem-cross-site", visit: func(a *app, b *tab) {
		evil := startAttacker(a.T)
		b.visit(page(evil.URL, "form", "target", a.box.URL()+"/oauth2/auth"))
		b.follow("This answer came from another site", chromedp.Click(chromedp.CSS("button")))
	}},
	{name: "not-found", visit: func(a *app, b *tab) { b.visit(a.box.URL() + "/nothing/at/all") }},
	{name: "journal-empty", visit: func(a *app, b *tab) { b.visit(a.box.URL() + "/journal") }},
	{name: "journal", visit: func(a *app, b *tab) {
		a.work()
		b.visit(a.box.URL() + "/journal")
	}},
	{name: "journal-none-found", visit: func(a *app, b *tab) {
		a.work()
		b.visit(a.box.URL() + "/journal?text=nowhere")
	}},
	{name: "journal-entry", visit: func(a *app, b *tab) {
		a.work()
		b.visit(a.box.URL() + "/journal?text=projects.create")
		b.follow("POST /api2/projects", chromedp.Click(chromedp.CSS(".cell-path a")))
	}},
	{name: "projects", visit: func(a *app, b *tab) { b.visit(a.box.URL() + "/ui/projects") }},
	{name: "projects-refused", visit: func(a *app, b *tab) {
		b.visit(a.box.URL() + "/ui/projects")
		b.newProject("Shop", "fr, klingon")
		b.follow("Projects", submit("Make the project"))
	}},
	{name: "projects-none-found", visit: func(a *app, b *tab) { b.visit(a.box.URL() + "/ui/projects?search=nothing") }},
	{name: "project", visit: func(a *app, b *tab) { b.visit(a.project("/")) }},
	{name: "project-new-key", visit: func(a *app, b *tab) {
		b.visit(a.project("/"))
		b.do(chromedp.Click(chromedp.CSS("details.panel > summary")))
	}},
	{name: "project-branch-of-a-world", visit: func(a *app, b *tab) {
		if _, err := a.box.AddWorld("another-world"); err != nil {
			a.Fatal(err)
		}
		b.visit(a.project("/") + "?world=another-world")
	}},
	{name: "key", visit: func(a *app, b *tab) {
		b.visit(a.project("/"))
		b.do(chromedp.Click(chromedp.CSS(".list .cell-main a")), chromedp.WaitVisible(chromedp.CSS(".translation")))
	}},
	{name: "key-plural", visit: func(a *app, b *tab) {
		b.visit(a.project("/"))
		b.addKey("files.count", "%d files", true)
		b.follow("files.count", submit("Add the key"))
	}},
	{name: "key-delete", visit: func(a *app, b *tab) {
		b.visit(a.project("/"))
		b.addKey("old.key", "", false)
		b.follow("old.key", submit("Add the key"))
		b.follow("Delete the key “old.key”?", chromedp.Click(chromedp.CSS("a.button-danger")))
	}},
	{name: "project-languages", visit: func(a *app, b *tab) { b.visit(a.project("/languages")) }},
	{name: "project-work", visit: func(a *app, b *tab) { b.visit(a.project("/work")) }},
	{name: "project-settings", visit: func(a *app, b *tab) { b.visit(a.project("/settings")) }},
	{name: "tokens-empty", visit: func(a *app, b *tab) { b.visit(a.box.URL() + "/ui/tokens") }},
	{name: "tokens", visit: func(a *app, b *tab) {
		a.box.Clock().Freeze() // a countdown would give another picture each time
		a.grants(b)
		b.visit(a.box.URL() + "/ui/tokens")
	}},
	{name: "fidelity", visit: func(a *app, b *tab) { b.visit(a.box.URL() + "/ui/fidelity?show=assumed") }},
	{name: "scopes-empty", visit: func(a *app, b *tab) { b.visit(a.box.URL() + "/ui/scopes") }},
	{name: "scopes", visit: func(a *app, b *tab) {
		a.grants(b)
		b.visit(a.box.URL() + "/ui/scopes")
	}},
}

// allScopes are those of all operations.
func allScopes(t *testing.T) []oauth.Scope {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "..", "operations.json"))
	if err != nil {
		t.Fatal(err)
	}
	var list struct {
		Operations []struct{ Scope oauth.Scope }
	}
	if err := json.Unmarshal(data, &list); err != nil {
		t.Fatal(err)
	}
	var scopes []oauth.Scope
	for _, op := range list.Operations {
		if op.Scope != "" && !slices.Contains(scopes, op.Scope) {
			scopes = append(scopes, op.Scope)
		}
	}
	return scopes
}

// work fills the journal.
func (a *app) work() {
	a.Helper()
	for _, r := range []struct{ method, path, body string }{
		{http.MethodPost, "/_sandbox/authorize", fmt.Sprintf(`{"url": %q, "allow": true}`, a.authURL(oauth.ScopeReadProjects))},
		{http.MethodPost, "/oauth2/token", `{"grant_type": "authorization_code", "code": "short"}`},
		{http.MethodGet, "/api2/projects?limit=2&page=1&include_statistics=0&filter_names=Mobile%20app,Website,Help%20center", ""},
		{http.MethodPost, "/api2/projects", `{"name": "New project", "description": "Made to be looked at", "languages": [{"lang_iso": "en"}, {"lang_iso": "fr"}]}`},
		{http.MethodGet, "/api2/projects/7746120366054f3a0b41e2.18890427:feature%2Fa-branch-with-a-rather-long-name/keys", ""},
		{http.MethodDelete, "/api2/projects/0000000000000000000000.00000000", ""},
		{http.MethodPut, "/api2/projects/7746120366054f3a0b41e2.18890427", `{}`},
	} {
		req, err := http.NewRequestWithContext(a.Context(), r.method, a.box.URL()+r.path, strings.NewReader(r.body))
		if err != nil {
			a.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("X-Api-Token", a.box.Credentials().APIToken)
		res, err := a.box.Client().Do(req)
		if err != nil {
			a.Fatal(err)
		}
		_ = res.Body.Close()
	}
}
