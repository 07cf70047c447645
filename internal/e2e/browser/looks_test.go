package browser_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/golokalise/lokalise/internal/e2e/need"
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

// TestLooks takes pictures of every page in light and dark, wide and narrow,
// and checks each for accessibility and for scrolling sideways.
func TestLooks(t *testing.T) {
	t.Parallel()
	axe, err := os.ReadFile(need.NPM(t).Axe())
	if err != nil {
		t.Fatal(err)
	}
	dir := screenshots(t)
	for _, l := range looks {
		t.Run(l.name, func(t *testing.T) {
			t.Parallel()
			a, b := startApp(t), open(t)
			l.visit(a, b)
			eval[chromedp.Void](b, string(axe))
			for _, scheme := range []string{"light", "dark"} {
				for _, width := range []int64{1280, 360} {
					b.wear(scheme, width, !l.part)
					name := fmt.Sprintf("%s-%s-%d", l.name, scheme, width)
					b.photograph(filepath.Join(dir, name+".png"))
					if !l.bare || scheme == "light" {
						b.checkAccess(name)
					}
					if wide := eval[int64](b, `document.scrollingElement.scrollWidth`); wide > width {
						t.Errorf("%s: the page is %d pixels wide", name, wide)
					}
				}
			}
			b.noTrouble()
		})
	}
}

// screenshots is the folder that the pictures go to.
func screenshots(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("LOKALISE_SCREENSHOTS")
	if dir == "" {
		dir = filepath.Join("..", "screenshots")
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// wear gives the tab a color scheme and a width; narrow means a phone. Nothing
// moves, so that a picture or a check never meets a page halfway. A window that
// is as tall as the page shows what sticks to its edge where it belongs.
func (b *tab) wear(scheme string, width int64, tall bool) {
	b.Helper()
	b.do(window(width, 740), chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{
				{Name: "prefers-color-scheme", Value: scheme},
				{Name: "prefers-reduced-motion", Value: "reduce"},
			},
		})
		return err
	}))
	if tall {
		b.do(window(width, eval[int64](b, `document.scrollingElement.scrollHeight`)))
	}
}

func window(width, height int64) chromedp.Action[chromedp.Void] {
	if width > 600 {
		return chromedp.EmulateViewport(width, height)
	}
	return chromedp.EmulateViewport(width, height, chromedp.EmulateMobile, chromedp.EmulateTouch, chromedp.EmulateScale(2))
}

func (b *tab) photograph(file string) {
	b.Helper()
	if err := os.WriteFile(file, ask(b, chromedp.CaptureScreenshot()), 0o644); err != nil {
		b.Fatal(err)
	}
}

// violation is a rule of axe-core that a page breaks.
type violation struct {
	ID     string `json:"id"`
	Impact string `json:"impact"`
	Help   string `json:"help"`
	Nodes  []struct {
		HTML    string `json:"html"`
		Summary string `json:"failureSummary"`
	} `json:"nodes"`
}

// checkAccess runs axe-core's rules, those for good practice included.
func (b *tab) checkAccess(name string) {
	b.Helper()
	for _, v := range eval[[]violation](b, `axe.run(document, {resultTypes: ["violations"]}).then((r) => r.violations)`) {
		for _, n := range v.Nodes {
			b.Errorf("%s: %s, %s: %s\n%s\n%s", name, v.ID, v.Impact, v.Help, n.HTML, n.Summary)
		}
	}
}

// TestAxeFindsWhatIsWrong is the control: a page with defects has violations.
func TestAxeFindsWhatIsWrong(t *testing.T) {
	t.Parallel()
	axe, err := os.ReadFile(need.NPM(t).Axe())
	if err != nil {
		t.Fatal(err)
	}
	b := open(t)
	b.do(chromedp.Navigate("data:text/html," + url.PathEscape(`<!doctype html><h1>x</h1><p style="color:#ddd;background:#fff">faint</p><img src="data:,">`)))
	eval[chromedp.Void](b, string(axe))
	found := eval[[]string](b, `axe.run(document).then((r) => r.violations.map((v) => v.id))`)
	for _, id := range []string{"color-contrast", "image-alt", "html-has-lang"} {
		if !strings.Contains(strings.Join(found, " "), id) {
			t.Errorf("axe-core found %q and not %s", found, id)
		}
	}
}
