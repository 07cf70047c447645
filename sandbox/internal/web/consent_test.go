package web_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/sandbox/internal/web"
)

func consentView() web.ConsentView {
	return web.ConsentView{
		App: web.App{Name: "Shop Texts", Description: "Keeps a shop's texts fresh.", LinkURL: "https://shop.test/about", LogoURL: "data:image/png;base64,iVBORw0KGgo="},
		Accounts: []web.Account{
			{ID: "u1", Name: "Ines Abad", Email: "ines@team.test"},
			{ID: "u2", Name: "Tom Ek", Email: "tom@team.test"},
		},
		SelectedID: "u2", Scopes: []string{"read_keys", "write_keys", "read_files"},
		RequestID: "once-1", RedirectURI: "http://localhost:3000/callback",
	}
}

func hostileConsent() web.ConsentView {
	v := web.ConsentView{
		App:         web.App{Name: hostile + longName, Description: hostile + longName, LinkURL: "javascript:alert(1)", LogoURL: "javascript:alert(1)"},
		Accounts:    []web.Account{{ID: hostile, Name: hostile + longName, Email: hostile}, {ID: "2"}},
		SelectedID:  "nobody",
		RequestID:   hostile,
		RedirectURI: "https://app.test/?" + hostile,
	}
	for range 30 {
		v.Scopes = append(v.Scopes, hostile+longName)
	}
	return v
}

func consentPage(t *testing.T, v web.ConsentView) []tag {
	t.Helper()
	rec, body := render(t, func(w http.ResponseWriter) { web.Consent(w, v) })
	if rec.Code != 200 {
		t.Fatalf("status %d", rec.Code)
	}
	return checkPage(t, body)
}

func TestConsentFormSendsRequestUserAndDecision(t *testing.T) {
	t.Parallel()
	tags := consentPage(t, consentView())
	form := find(tags, "form")
	if len(form) != 1 || form[0].attrs["method"] != "post" || form[0].attrs["action"] != "/oauth2/auth" {
		t.Fatalf("form is %v", form)
	}
	var users, checked, decisions []string
	request := ""
	for _, g := range append(find(tags, "input"), find(tags, "button")...) {
		if !slices.ContainsFunc(g.parents, func(p tag) bool { return p.name == "form" }) {
			t.Errorf("%s %v is outside the form", g.name, g.attrs)
		}
		switch g.attrs["name"] {
		case web.FieldRequest:
			request = g.attrs["value"]
		case web.FieldDecision:
			decisions = append(decisions, g.attrs["value"])
		case web.FieldUser:
			users = append(users, g.attrs["value"])
			if _, on := g.attrs["checked"]; on {
				checked = append(checked, g.attrs["value"])
			}
		}
	}
	if request != "once-1" {
		t.Errorf("request ID %q", request)
	}
	if !slices.Equal(users, []string{"u1", "u2"}) || !slices.Equal(checked, []string{"u2"}) {
		t.Errorf("users %q, checked %q", users, checked)
	}
	// The first submit button is the one Enter presses: it must be Deny.
	if !slices.Equal(decisions, []string{web.DecisionDeny, web.DecisionAllow}) {
		t.Errorf("decisions %q, want deny first", decisions)
	}
}

func TestConsentChoosesFirstAccountWhenSelectedIsUnknown(t *testing.T) {
	t.Parallel()
	v := consentView()
	v.SelectedID = "gone"
	for i, g := range radios(consentPage(t, v)) {
		if _, on := g.attrs["checked"]; on != (i == 0) {
			t.Errorf("radio %d checked: %v", i, on)
		}
	}
}

func radios(tags []tag) (out []tag) {
	for _, g := range find(tags, "input") {
		if g.attrs["type"] == "radio" {
			out = append(out, g)
		}
	}
	return out
}

func TestConsentSeparatesReadingFromChanging(t *testing.T) {
	t.Parallel()
	var read, write string
	for _, g := range find(consentPage(t, consentView()), "ul") {
		switch g.attrs["class"] {
		case "scope-list":
			read = g.text
		case "scope-list scope-list-write":
			write = g.text
		}
	}
	for _, name := range []string{"read_keys", "read_files"} {
		if !strings.Contains(read, name) || strings.Contains(write, name) {
			t.Errorf("%s is not among what the app reads", name)
		}
	}
	if !strings.Contains(write, "write_keys") || !strings.Contains(write, "Create, change and delete translation keys") {
		t.Errorf("write_keys is not explained among the changes: %q", write)
	}
}

func TestConsentShowsWhereTheUserGoesNext(t *testing.T) {
	t.Parallel()
	far := "https://" + strings.Repeat("sub.", 40) + "owner.test/cb"
	for uri, want := range map[string]string{
		"http://localhost:3000/callback":           "continue to localhost:3000",
		"https://user:secret@real.test@other.test": "continue to other.test",
		"com.shop.texts:/callback":                 "continue to com.shop.texts:",
		"":                                         "next page shows a code",
		far:                                        "sub.owner.test", // a cut keeps the end
	} {
		v := consentView()
		v.RedirectURI = uri
		main := find(consentPage(t, v), "form")[0]
		if !strings.Contains(main.text, want) {
			t.Errorf("%q: page does not say %q", uri, want)
		}
	}
}

func TestConsentDropsUnsafeLinkAndLogo(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{
		"javascript:alert(1)", " JaVaScRiPt:alert(1)", "data:text/html;base64,PHA+", "data:image/png,plain", "vbscript:x",
		"//evil.test/x.png", `/\evil.test/x.png`, "file:///etc/passwd", "https:opaque", "%zz",
	} {
		v := consentView()
		v.App.LinkURL, v.App.LogoURL = raw, raw
		tags := consentPage(t, v)
		if imgs := find(tags, "img"); len(imgs) > 0 {
			t.Errorf("%q became a logo: %v", raw, imgs[0].attrs)
		}
		for _, a := range find(tags, "a") {
			if a.attrs["href"] != "#main" {
				t.Errorf("%q became a link: %v", raw, a.attrs)
			}
		}
	}
}

func TestConsentShowsSafeLinkAndLogo(t *testing.T) {
	t.Parallel()
	v := consentView()
	tags := consentPage(t, v)
	imgs := find(tags, "img")
	if len(imgs) != 1 || imgs[0].attrs["src"] != v.App.LogoURL {
		t.Errorf("logo: %v", imgs)
	}
	if !slices.ContainsFunc(find(tags, "a"), func(a tag) bool { return a.attrs["href"] == v.App.LinkURL }) {
		t.Error("link is missing")
	}
}

func TestConsentNamesCannotReorderThePage(t *testing.T) {
	t.Parallel()
	v := consentView()
	v.App.Name = "Bank\u202e\u2066\x07 moc"
	if h1 := find(consentPage(t, v), "h1")[0].text; h1 != "Bank moc wants access to your account" {
		t.Errorf("heading is %q", h1)
	}
}

func TestConsentPolicyListsTheRedirectOrigin(t *testing.T) {
	t.Parallel()
	for uri, want := range map[string][]string{
		"https://app.test/cb?x=1":      {"https://app.test"},
		"https://app.test:8443/cb":     {"https://app.test:8443"},
		"http://localhost:3000/cb":     {"http://localhost:*", "http://127.0.0.1:*"},
		"http://app.localhost:3000/cb": {"http://app.localhost:*", "http://localhost:*"},
		"http://[::1]:3000/cb":         {"http:"},
		"com.shop.texts:/cb":           {"com.shop.texts:"},
	} {
		v := consentView()
		v.RedirectURI = uri
		rec, _ := render(t, func(w http.ResponseWriter) { web.Consent(w, v) })
		sources := formAction(rec.Header().Get("Content-Security-Policy"))
		for _, source := range append(want, "'self'") {
			if !slices.Contains(sources, source) {
				t.Errorf("%s: form-action %q lacks %s", uri, sources, source)
			}
		}
	}
}

func TestRedirectURICannotWidenThePolicy(t *testing.T) {
	t.Parallel()
	for _, uri := range []string{
		"", "/relative", "javascript:alert(1)", "data:text/html,x", "https://a.test;script-src *", "https://*", "https://*.test/",
		"https://a.test,default-src *", "https://a.test%20'unsafe-inline'", "http://[::1%25;x]/",
	} {
		for _, source := range web.FormActions(uri) {
			if strings.ContainsAny(source, "*;, '%") {
				t.Errorf("%q gives the source %q", uri, source)
			}
		}
	}
}

func formAction(csp string) []string {
	for directive := range strings.SplitSeq(csp, "; ") {
		if rest, is := strings.CutPrefix(directive, "form-action "); is {
			return strings.Fields(rest)
		}
	}
	return nil
}
