package web_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/golokalise/lokalise/sandbox/internal/web"
)

// hostile is text an app, a request or a seed file may bring along.
const hostile = `"><script>alert(1)</script><img src=x onerror=alert(1)>' style='` + "\u202e\x00"

var (
	longName = strings.Repeat("Longest", 60)
	noon     = time.Date(2031, 5, 4, 12, 0, 0, 0, time.UTC)
)

// pages renders every page, once with plain values and once with hostile ones.
var pages = map[string]func(http.ResponseWriter){
	"consent":            func(w http.ResponseWriter) { web.Consent(w, consentView()) },
	"consent hostile":    func(w http.ResponseWriter) { web.Consent(w, hostileConsent()) },
	"consent all scopes": func(w http.ResponseWriter) { v := consentView(); v.Scopes = web.Scopes(); web.Consent(w, v) },
	"consent one user":   func(w http.ResponseWriter) { v := consentView(); v.Accounts = v.Accounts[:1]; web.Consent(w, v) },
	"code":               func(w http.ResponseWriter) { web.Code(w, codeView("4c0de", time.Minute)) },
	"code hostile":       func(w http.ResponseWriter) { web.Code(w, codeView(hostile, -time.Second)) },
	"denied":             func(w http.ResponseWriter) { web.Denied(w, web.App{Name: "Shop Texts"}) },
	"denied hostile":     func(w http.ResponseWriter) { web.Denied(w, hostileConsent().App) },
	"home":               func(w http.ResponseWriter) { web.Home(w, homeView("http://127.0.0.1:8484")) },
	"home hostile":       func(w http.ResponseWriter) { web.Home(w, homeView(hostile)) },
	"journal empty":      func(w http.ResponseWriter) { web.Journal(w, web.JournalView{}) },
	"journal": func(w http.ResponseWriter) {
		web.Journal(w, web.JournalView{Rows: journalRows(250), Filter: web.JournalFilter{Page: 2}})
	},
	"journal hostile": func(w http.ResponseWriter) {
		row := web.JournalRow{ID: hostile, Time: noon, Method: hostile, Path: hostile + longName, Operation: hostile, Scope: hostile, Credential: hostile}
		web.Journal(w, web.JournalView{Rows: []web.JournalRow{row}, Filter: web.JournalFilter{Text: "alert"}})
	},
	"journal no match": func(w http.ResponseWriter) {
		web.Journal(w, web.JournalView{Rows: journalRows(3), Filter: web.JournalFilter{Text: hostile}})
	},
	"faults":         func(w http.ResponseWriter) { web.Faults(w, faultsView("projects.list")) },
	"faults hostile": func(w http.ResponseWriter) { web.Faults(w, faultsView(hostile+longName)) },
	"clock":          func(w http.ResponseWriter) { web.Clock(w, clockView("Process file-import")) },
	"clock hostile":  func(w http.ResponseWriter) { web.Clock(w, clockView(hostile)) },
	"hooks":          func(w http.ResponseWriter) { web.Hooks(w, hooksView("https://shop.example/hook")) },
	"hooks hostile":  func(w http.ResponseWriter) { web.Hooks(w, hooksView(hostile+longName)) },
	"delivery":       func(w http.ResponseWriter) { web.Delivery(w, deliveryView(`["ping"]`)) },
	"delivery hostile": func(w http.ResponseWriter) {
		web.Delivery(w, deliveryView(hostile+longName))
	},
	"entry":         func(w http.ResponseWriter) { web.JournalEntry(w, entryView(`{"keys":[1,2]}`)) },
	"entry hostile": func(w http.ResponseWriter) { web.JournalEntry(w, entryView(hostile+longName)) },
	"problem":       func(w http.ResponseWriter) { web.Problem(w, 400, web.UnknownClient("abc", []string{"def"})) },
	"problem hostile": func(w http.ResponseWriter) {
		web.Problem(w, 400, web.UnregisteredRedirect(hostile+longName, []string{hostile}))
	},
	"problem scopes":        func(w http.ResponseWriter) { web.Problem(w, 400, web.UnknownScopes([]string{"read_kyes", hostile})) },
	"problem response type": func(w http.ResponseWriter) { web.Problem(w, 400, web.BadResponseType("token")) },
	"problem missing":       func(w http.ResponseWriter) { web.Problem(w, 400, web.MissingParameter("scope")) },
	"problem expired":       func(w http.ResponseWriter) { web.Problem(w, 410, web.ExpiredRequest()) },
	"problem cross-site":    func(w http.ResponseWriter) { web.Problem(w, 403, web.CrossSite("https://evil.test")) },
	"problem host":          func(w http.ResponseWriter) { web.Problem(w, 421, web.ForeignHost(hostile, []string{"127.0.0.1"})) },
	"problem not found":     func(w http.ResponseWriter) { web.Problem(w, 404, web.NotFound("/"+hostile)) },
}

func render(t *testing.T, page func(http.ResponseWriter)) (*httptest.ResponseRecorder, string) {
	t.Helper()
	rec := httptest.NewRecorder()
	page(rec)
	return rec, rec.Body.String()
}

func TestEveryPageIsWellFormedAndLabelled(t *testing.T) {
	t.Parallel()
	for name, page := range pages {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, body := render(t, page)
			checkPage(t, body)
		})
	}
}

func TestHostileTextStaysText(t *testing.T) {
	t.Parallel()
	for name, page := range pages {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, body := render(t, page)
			for _, raw := range []string{"<script>", "<img src=x", "ZgotmplZ"} {
				if strings.Contains(body, raw) {
					t.Errorf("page contains %q", raw)
				}
			}
		})
	}
}

func TestEveryPageHasSecurityHeaders(t *testing.T) {
	t.Parallel()
	want := map[string]string{
		"X-Content-Type-Options": "nosniff",
		"X-Frame-Options":        "DENY",
		"Referrer-Policy":        "same-origin",
		"Cache-Control":          "no-store",
		"Content-Type":           "text/html; charset=utf-8",
	}
	directives := []string{"default-src 'none'", "style-src 'self'", "script-src 'self'", "img-src 'self' data:", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"}
	for name, page := range pages {
		rec, _ := render(t, page)
		for header, value := range want {
			if got := rec.Header().Get(header); got != value {
				t.Errorf("%s: %s is %q, want %q", name, header, got, value)
			}
		}
		csp := rec.Header().Get("Content-Security-Policy")
		for _, directive := range directives {
			if !strings.Contains(csp, directive) {
				t.Errorf("%s: policy lacks %q: %s", name, directive, csp)
			}
		}
		if strings.Contains(csp, "unsafe") {
			t.Errorf("%s: policy is lax: %s", name, csp)
		}
	}
}

// Every file a page asks for is served, so that a renamed asset cannot leave
// pages bare.
func TestPagesLoadOnlyFilesThatExist(t *testing.T) {
	t.Parallel()
	_, body := render(t, pages["home"])
	tags := checkPage(t, body)
	loaded := append(find(tags, "link"), find(tags, "script")...)
	if len(loaded) != 3 {
		t.Fatalf("page loads %d files, want icon, style sheet and script", len(loaded))
	}
	for _, g := range loaded {
		path := g.attrs["href"] + g.attrs["src"]
		rec := httptest.NewRecorder()
		web.Static().ServeHTTP(rec, httptest.NewRequest(http.MethodGet, path, nil))
		if rec.Code != http.StatusOK || rec.Body.Len() == 0 {
			t.Errorf("%s: status %d, %d bytes", path, rec.Code, rec.Body.Len())
		}
	}
}

func journalRows(n int) []web.JournalRow {
	methods, statuses := []string{"GET", "POST", "DELETE"}, []int{200, 404, 500, 302}
	rows := make([]web.JournalRow, n)
	for i := range rows {
		rows[i] = web.JournalRow{
			ID: "r" + strings.Repeat("i", i), Time: noon.Add(-time.Duration(i) * time.Second), Method: methods[i%3],
			Path: "/api2/projects", Operation: "projects.list", Status: statuses[i%4], Duration: 1500 * time.Microsecond,
			Scope: "read_projects", Credential: "OAuth token",
		}
	}
	return rows
}

func entryView(body string) web.JournalEntryView {
	message := web.Message{Headers: []web.Field{{Name: "X-Thing", Value: body}}, Body: body, Truncated: true}
	return web.JournalEntryView{
		JournalRow: journalRows(1)[0], Query: []web.Field{{Name: body, Value: body}},
		Request: message, Response: message, Notes: []string{body},
	}
}

func codeView(code string, left time.Duration) web.CodeView {
	return web.CodeView{App: web.App{Name: "Shop Texts"}, Code: code, State: code, ExpiresIn: left, BaseURL: "http://127.0.0.1:8484", ClientID: "c11e"}
}

func homeView(base string) web.HomeView {
	return web.HomeView{
		BaseURL: base, AuthURL: base + "/oauth2/auth?client_id=c11e", Now: noon, Ahead: 90 * time.Minute, Projects: 2, Users: 3, Requests: 4,
		Credentials: web.Credentials{ClientID: "c11e", ClientSecret: "5ec2e7", RedirectURI: "http://localhost:3000/callback", APIToken: base, ReadOnlyAPIToken: "4ead"},
		Env:         []web.Variable{{Name: "LOKALISE_BASE_URL", Value: base}, {Name: "LOKALISE_NOTE", Value: "it's"}},
	}
}
