package browser_test

import (
	"fmt"
	"html/template"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/golokalise/lokalise/sandbox"
)

// attacker is a server with pages that try to use the victim's browser.
type attacker struct {
	*httptest.Server
	framed chan string // requests for its own page that may be framed
}

var pages = template.Must(template.New("").Parse(`
{{define "form"}}<!doctype html><h1>Win a prize</h1>
<form method="post" action="{{.Target}}">
<input type="hidden" name="request" value="{{.Request}}"><input type="hidden" name="decision" value="allow">
<button>Here</button></form>{{end}}
{{define "frame"}}<!doctype html><h1>Win a prize</h1><iframe src="{{.Target}}" width="800" height="600"></iframe>{{end}}
{{define "empty"}}<!doctype html><h1>Win a prize</h1>{{end}}
`))

func startAttacker(t *testing.T) *attacker {
	t.Helper()
	a := &attacker{framed: make(chan string, 10)}
	a.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		name := strings.TrimPrefix(r.URL.Path, "/")
		if name == "harmless" {
			a.framed <- r.URL.Path
			name = "empty"
		}
		if err := pages.ExecuteTemplate(w, name, map[string]string{
			"Target": r.FormValue("target"), "Request": r.FormValue("request"),
		}); err != nil {
			http.Error(w, err.Error(), http.StatusNotFound)
		}
	}))
	t.Cleanup(a.Close)
	return a
}

// under lists the names that the attacker's page can have. The first is the
// strongest: with the same host and another port it is of the same site, and
// the browser sends the sandbox's cookies along.
func (a *attacker) under() map[string]string {
	_, port, _ := strings.Cut(strings.TrimPrefix(a.URL, "http://"), ":")
	return map[string]string{
		"another port":   "http://127.0.0.1:" + port,
		"another name":   "http://localhost:" + port,
		"another domain": "http://" + foreign + ":" + port,
	}
}

// page is the address of one of the attacker's pages.
func page(origin, name string, pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Set(pairs[i], pairs[i+1])
	}
	return origin + "/" + name + "?" + q.Encode()
}

// lastAnswer is the latest answer to the consent form in the journal.
func (a *app) lastAnswer() sandbox.Entry {
	a.Helper()
	for _, e := range slices.Backward(a.box.Journal()) {
		if e.Method == http.MethodPost && e.Path == "/oauth2/auth" {
			return e
		}
	}
	a.Fatal("no answer reached the sandbox")
	return sandbox.Entry{}
}

// TestCrossSiteFormIsRefused: another site's page sends the form, and even
// knows the one-time id of the page that the user has open.
func TestCrossSiteFormIsRefused(t *testing.T) {
	t.Parallel()
	evil, a, b := startAttacker(t), startApp(t), open(t)
	second := b.another()
	for name, origin := range evil.under() {
		t.Run(name, func(t *testing.T) {
			a, b, second := a.on(t), b.on(t), second.on(t)
			b.visit(a.authURL())
			id := ask(b, chromedp.Value(chromedp.CSS(`input[name="request"]`)))
			second.visit(page(origin, "form", "target", a.box.URL()+"/oauth2/auth", "request", id))
			if status := second.follow("This answer came from another site", chromedp.Click(chromedp.CSS("button"))); status != http.StatusForbidden {
				t.Errorf("status %d", status)
			}
			if got := a.lastAnswer(); got.Status != http.StatusForbidden || got.User != "" {
				t.Errorf("the journal has %s of %q", got, got.User)
			}
			a.notCalled()
			// The same answer from the sandbox's own page is good, so that nothing
			// else was wrong with it.
			b.follow(appHeading, chromedp.Click(allowButton))
			a.connect()
		})
	}
}

// TestCrossSiteScriptIsRefused: the same without a click, by fetch. The page is
// not told what came of it.
func TestCrossSiteScriptIsRefused(t *testing.T) {
	t.Parallel()
	evil, a, b := startAttacker(t), startApp(t), open(t)
	second := b.another()
	b.visit(a.authURL())
	id := ask(b, chromedp.Value(chromedp.CSS(`input[name="request"]`)))
	for name, origin := range evil.under() {
		t.Run(name, func(t *testing.T) {
			a, second := a.on(t), second.on(t)
			before := len(a.box.Journal())
			second.visit(page(origin, "empty"))
			told := eval[string](second, fmt.Sprintf(`fetch(%q, {
				method: "POST", mode: "no-cors", credentials: "include",
				body: new URLSearchParams({request: %q, decision: "allow"}),
			}).then((r) => r.type, (e) => e.message)`, a.box.URL()+"/oauth2/auth", id))
			if told != "Failed to fetch" {
				t.Errorf("the page was told %q", told)
			}
			if got := a.lastAnswer(); len(a.box.Journal()) != before+1 || got.Status != http.StatusForbidden {
				t.Errorf("the journal has %s", got)
			}
			a.notCalled()
		})
	}
}

// TestForeignPageCannotUseTheControlPlane: it can allow access without anybody,
// so no page elsewhere may reach it, nor read the credentials that it tells.
func TestForeignPageCannotUseTheControlPlane(t *testing.T) {
	t.Parallel()
	evil, a, b := startAttacker(t), startApp(t), open(t)
	for name, origin := range evil.under() {
		t.Run(name, func(t *testing.T) {
			b := b.on(t)
			b.visit(page(origin, "empty"))
			for _, request := range []string{
				`{method: "POST", mode: "no-cors", headers: {"Content-Type": "text/plain"}, body}`,
				`{method: "POST", headers: {"Content-Type": "application/json"}, body}`,
			} {
				eval[string](b, fmt.Sprintf(`(async () => {
					const body = JSON.stringify({url: %q, allow: true});
					try { return (await fetch(%q, %s)).type } catch (e) { return e.message }
				})()`, a.authURL(), a.box.URL()+"/_sandbox/authorize", request))
			}
			for _, e := range a.box.Journal() {
				if e.Path == "/_sandbox/authorize" && e.Status < http.StatusBadRequest {
					t.Errorf("the journal has %s", e)
				}
			}
			if got := eval[string](b, fmt.Sprintf(`fetch(%q).then((r) => r.text(), (e) => "")`, a.box.URL()+"/_sandbox/credentials")); got != "" {
				t.Errorf("the page read %q", got)
			}
		})
	}
}

// TestForeignNameIsRefused: a name on the web that leads to this machine does
// not lead into the sandbox (DNS rebinding).
func TestForeignNameIsRefused(t *testing.T) {
	t.Parallel()
	a, b := startApp(t), open(t)
	address := strings.Replace(a.box.URL(), "127.0.0.1", foreign, 1)
	if status := b.visit(address + "/"); status != http.StatusMisdirectedRequest {
		t.Errorf("status %d", status)
	}
	if h := b.heading(); h != "The sandbox does not answer to this host name" {
		t.Errorf("the heading is %q", h)
	}
	if source := eval[string](b, `document.documentElement.outerHTML`); strings.Contains(source, a.box.Credentials().ClientSecret) {
		t.Error("the page has the client secret")
	}
}

// TestFramesAreRefused: no page may lie in another's frame, where a person
// would press Allow without knowing.
func TestFramesAreRefused(t *testing.T) {
	t.Parallel()
	evil, a, b := startAttacker(t), startApp(t), open(t)
	for name, origin := range evil.under() {
		t.Run(name, func(t *testing.T) {
			b := b.on(t)
			b.visit(page(origin, "frame", "target", a.authURL()))
			troubles := b.console.take()
			if !slices.ContainsFunc(troubles, func(s string) bool { return strings.Contains(s, "frame-ancestors 'none'") }) {
				t.Errorf("the frame was not refused: %q", troubles)
			}
		})
	}
}

// TestFramesWork is the control: what may be framed is.
func TestFramesWork(t *testing.T) {
	t.Parallel()
	evil, b := startAttacker(t), open(t)
	b.visit(page(evil.URL, "frame", "target", page(evil.URL, "harmless")))
	if got := eval[string](b, `document.querySelector("iframe").contentDocument.querySelector("h1").textContent`); got != "Win a prize" {
		t.Errorf("the frame shows %q", got)
	}
	if len(evil.framed) != 1 {
		t.Errorf("the framed page was asked for %d times", len(evil.framed))
	}
	b.noTrouble()
}
