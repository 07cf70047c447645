package sandbox_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/sandbox"
)

const backRoom = "2284570167190e5806ba31.55207718" // only the second user may reach it

// forms are those of all pages, each with the page that it is on and fields
// that would change something.
var forms = map[string]struct {
	page, action string
	fields       []string
}{
	"add project":     {"/ui/projects", "/ui/projects", []string{"name", "Planted"}},
	"change project":  {"/ui/projects/" + website + "/settings", "/settings", []string{"name", "Planted"}},
	"delete project":  {"/ui/projects/" + website + "/delete", "/delete", nil},
	"add key":         {"/ui/projects/" + website, "/keys", []string{"name", "Planted"}},
	"add language":    {"/ui/projects/" + website + "/languages", "/languages", nil},
	"remove language": {"/ui/projects/" + website + "/languages/20041/delete", "/delete", nil},
}

// projects is what forms could change.
func (b *box) projects() string {
	b.Helper()
	return b.api("GET", "/projects?include_statistics=1&include_settings=1", "").body
}

func TestFormWithoutItsTokenChangesNothing(t *testing.T) {
	t.Parallel()
	for name, f := range forms {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := start(t, sandbox.WithoutRateLimit()).person()
			p.open(f.page)
			before := p.projects()
			action, fields := p.form(f.action)
			for i := 0; i+1 < len(f.fields); i += 2 {
				fields.Set(f.fields[i], f.fields[i+1])
			}
			good := fields.Get("csrf")
			if len(good) != 64 {
				t.Fatalf("the token is %q", good)
			}
			for _, token := range []string{"", strings.Repeat("0", 64), good[:63], good + "0"} {
				fields.Set("csrf", token)
				a := p.post(action, fields)
				if a.status != http.StatusForbidden {
					t.Errorf("with the token %q: %d", token, a.status)
				}
				if len(f.fields) > 0 && !strings.Contains(a.body, "Planted") {
					t.Error("what was typed is gone")
				}
			}
			if now := p.projects(); now != before {
				t.Errorf("something changed:\n%s\n%s", before, now)
			}
			fields.Set("csrf", good)
			if a := p.post(action, fields); a.status != http.StatusSeeOther {
				t.Errorf("with the token of the page: %d %s", a.status, a.body)
			}
			if p.projects() == before {
				t.Error("nothing changed with the token of the page: the test proves nothing")
			}
		})
	}
}

func TestTokenOfAnotherBrowserIsRefused(t *testing.T) {
	t.Parallel()
	b := start(t)
	p, attacker := b.person(), b.person()
	p.open("/ui/projects")
	attacker.open("/ui/projects")
	action, fields := attacker.form("/ui/projects")
	fields.Set("name", "Planted")
	if a := p.post(action, fields); a.status != http.StatusForbidden {
		t.Errorf("status %d", a.status)
	}
	if a := attacker.post(action, fields); a.status != http.StatusSeeOther {
		t.Errorf("in its own browser: %d", a.status)
	}
}

func TestFormFromElsewhereIsRefused(t *testing.T) {
	t.Parallel()
	p := start(t).person()
	p.open("/ui/projects")
	before := p.projects()
	action, fields := p.form("/ui/projects")
	fields.Set("name", "Planted")
	for name, header := range map[string][]string{
		"foreign origin":  {"Origin", "https://evil.test"},
		"another port":    {"Origin", "http://127.0.0.1:1"},
		"opaque origin":   {"Origin", "null"},
		"cross-site":      {"Sec-Fetch-Site", "cross-site"},
		"same-site":       {"Sec-Fetch-Site", "same-site"},
		"navigated there": {"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate"},
	} {
		if a := p.post(action, fields, header...); a.status != http.StatusForbidden || !strings.Contains(a.body, "came from another site") {
			t.Errorf("%s: %d", name, a.status)
		}
	}
	if a := p.post(action, fields, "Host", "attacker.example"); a.status != http.StatusMisdirectedRequest {
		t.Errorf("under a foreign name: %d", a.status)
	}
	if p.projects() != before {
		t.Error("something changed")
	}
	if a := p.post(action, fields, "Origin", p.URL()); a.status != http.StatusSeeOther {
		t.Errorf("from the sandbox's own page: %d", a.status)
	}
}

func TestScriptElsewhereCannotReadPages(t *testing.T) {
	t.Parallel()
	b := start(t)
	for _, path := range []string{"/", "/ui/projects", "/journal"} {
		if a := b.send("GET", path, "", "Origin", "https://evil.test"); a.status != http.StatusForbidden {
			t.Errorf("%s: %d", path, a.status)
		}
		if a := b.send("GET", path, "", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors"); a.status != http.StatusForbidden {
			t.Errorf("%s by a script: %d", path, a.status)
		}
		if a := b.send("GET", path, "", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate"); a.status != http.StatusOK {
			t.Errorf("%s by a link: %d", path, a.status)
		}
		if a := b.send("GET", path, "", "Host", "attacker.example"); a.status != http.StatusMisdirectedRequest {
			t.Errorf("%s under a foreign name: %d", path, a.status)
		}
	}
}

func TestOpeningPagesChangesNothing(t *testing.T) {
	t.Parallel()
	p := start(t, sandbox.WithoutRateLimit()).person()
	before := p.projects()
	for name, f := range forms {
		p.open(f.page)
		action, fields := p.form(f.action)
		for i := 0; i+1 < len(f.fields); i += 2 {
			fields.Set(f.fields[i], f.fields[i+1])
		}
		path, _, _ := strings.Cut(action, "?")
		p.do(p.browser, p.request("GET", path+"?"+fields.Encode(), ""))
		if p.projects() != before {
			t.Errorf("%s: a GET changed something", name)
		}
	}
}

func TestPagesAreNoRequestsToTheAPI(t *testing.T) {
	t.Parallel()
	p := start(t, sandbox.WithRateLimit(1)).person()
	for range 5 {
		p.open("/ui/projects")
		p.submit("/ui/projects", "name", "One more")
	}
	if entries := p.Journal(); len(entries) > 0 {
		t.Errorf("the journal has %d entries, the first one %s", len(entries), entries[0])
	}
	p.submit("/keys", "name", "greeting", "text", "Hello")
	if codes := p.auditCodes(""); len(codes) == 0 {
		t.Error("the audit log does not know of the changes")
	}
}

func TestNoticeIsShownOnce(t *testing.T) {
	t.Parallel()
	p := start(t).person()
	p.open("/ui/projects")
	p.submit("/ui/projects", "name", "Told once")
	p.says("The project was made.", "Told once")
	p.open("/ui/projects")
	p.saysNot("The project was made.")
	a := p.send("GET", "/ui/projects", "", "Cookie", "lokalise_sandbox_notice=You+have+won")
	if strings.Contains(a.body, "won") {
		t.Error("anybody can put words on the page")
	}
}

func TestCookiesOfThePagesAreStrict(t *testing.T) {
	t.Parallel()
	p := start(t).person()
	for _, cookie := range p.open("/ui/projects").header.Values("Set-Cookie") {
		for _, want := range []string{"HttpOnly", "SameSite=Strict", "Path=/"} {
			if !strings.Contains(cookie, want) {
				t.Errorf("%s lacks %s", cookie, want)
			}
		}
	}
}

func TestFormThatIsTooBigIsRefused(t *testing.T) {
	t.Parallel()
	p := start(t).person()
	p.open("/ui/projects")
	action, fields := p.form("/ui/projects")
	fields.Set("name", strings.Repeat("x", 5<<20))
	if a := p.post(action, fields); a.status != http.StatusRequestEntityTooLarge {
		t.Errorf("status %d", a.status)
	}
}

func TestPagesAreOfTheWorldThatIsChosen(t *testing.T) {
	t.Parallel()
	p := start(t).person()
	other, err := p.AddWorld("other")
	if err != nil {
		t.Fatal(err)
	}
	p.open("/ui/projects?world=other")
	p.submit("/ui/projects", "name", "Made elsewhere")
	p.says("Made elsewhere")
	if !strings.Contains(p.page.body, "world=other") {
		t.Error("links lose the world")
	}
	p.open("/ui/projects")
	p.saysNot("Made elsewhere")
	p.open("/?world=other")
	p.says(other.Credentials().ClientID)
	p.saysNot(p.creds.APIToken)
	a := p.send("GET", "/ui/projects?world=nowhere", "")
	if a.status != http.StatusNotFound || !strings.Contains(a.body, "There is no such world") {
		t.Errorf("a world that is not there: %d", a.status)
	}
}

func TestUnknownPagesAreNotFound(t *testing.T) {
	t.Parallel()
	b := start(t)
	for _, path := range []string{
		"/ui/", "/ui/nothing", "/ui/projects/nothing", "/ui/projects/" + website + "/keys/1", "/ui/projects/" + website + "/keys/x",
		"/ui/projects/" + website + "/languages/1/delete", "/ui/projects/" + website + "?branch=none", "/ui/projects/%00",
	} {
		if a := b.send("GET", path, ""); a.status != http.StatusNotFound {
			t.Errorf("%s: %d", path, a.status)
		}
	}
	if a := b.send("POST", "/projects", url.Values{}.Encode()); a.status != http.StatusNotFound || len(b.Journal()) == 0 {
		t.Errorf("a program that forgot /api2: %d", a.status)
	}
}
