package web_test

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/golokalise/lokalise/sandbox/internal/web"
)

func init() {
	for name, text := range map[string]string{"": "plain", " hostile": hostile + longName} {
		maps.Copy(pages, consolePages(name, text))
	}
}

// consolePages are the pages with forms, with a text wherever somebody may have
// put it.
func consolePages(suffix, text string) map[string]func(http.ResponseWriter) {
	chrome := web.Chrome{World: text, Worlds: []string{"default", text}, Token: strings.Repeat("a", 64), Notice: web.NoticeKeySaved}
	refused := func(form string) web.Chrome {
		c := chrome
		c.Refused = &web.Refused{Form: form, Status: 422, Problem: text, Values: url.Values{"name": {text}, "text": {text}, "languages": {text}}}
		return c
	}
	head := web.ProjectHead{ID: text, Name: text, Description: text, Branch: text, Branches: []string{"master", text}, Keys: 3, Languages: 2, Actor: text}
	window := web.NewWindow(2, 1, 3)
	return map[string]func(http.ResponseWriter){
		"projects" + suffix: func(w http.ResponseWriter) {
			web.Projects(w, web.ProjectsView{
				Chrome: refused(web.FormAddProject), Search: text, Window: window, Total: 9, Languages: []web.Option{{Value: text, Label: text}},
				Rows: []web.ProjectRow{{ID: text, Name: text, Description: text, Team: text, Languages: []string{text, "b", "c", "d", "e", "f", "g"}, Keys: 1234567, Progress: 37}, {Progress: web.NotCounted}},
			})
		},
		"projects none" + suffix:  func(w http.ResponseWriter) { web.Projects(w, web.ProjectsView{Chrome: chrome}) },
		"projects found" + suffix: func(w http.ResponseWriter) { web.Projects(w, web.ProjectsView{Chrome: chrome, Search: text}) },
		"keys" + suffix: func(w http.ResponseWriter) {
			web.Keys(w, web.KeysView{
				Chrome: refused(web.FormAddKey), Project: head, Base: text, Search: text, Exact: true, Window: window, Platforms: []string{"ios", "web"},
				Rows: []web.KeyRow{{ID: 5, Name: text, Text: text, Tags: []string{text}, Platforms: []string{"ios", "web"}, Translated: 1, Languages: 2, Plural: true, Hidden: true, Archived: true, Modified: noon}, {}},
			})
		},
		"keys none" + suffix: func(w http.ResponseWriter) { web.Keys(w, web.KeysView{Chrome: chrome, Project: head}) },
		"key" + suffix:       func(w http.ResponseWriter) { web.Key(w, keyView(refused(web.FormKey), head, text)) },
		"languages" + suffix: func(w http.ResponseWriter) {
			web.Languages(w, web.LanguagesView{
				Chrome: refused(web.FormAddLanguage), Project: head, Others: []web.Option{{Value: text, Label: text}},
				Rows: []web.LanguageRow{{ID: 1, ISO: text, Name: text, Base: true, RTL: true, Forms: []string{"one", "other"}, Progress: 100}, {ID: 2, Name: text, Progress: web.NotCounted}},
			})
		},
		"work" + suffix: func(w http.ResponseWriter) {
			web.Work(w, web.WorkView{
				Chrome: chrome, Project: head, Files: []web.FileRow{{Name: text, Keys: 3}, {Keys: -1}}, MoreFiles: 4,
				Tasks:     []web.TaskRow{{ID: 7, Title: text, Type: text, Status: text, Languages: []string{text}, Keys: 3, Progress: 50, Due: noon}, {}},
				Snapshots: []web.SnapshotRow{{ID: 8, Title: text, Keys: 2, Created: noon, By: text}},
			})
		},
		"work none" + suffix: func(w http.ResponseWriter) { web.Work(w, web.WorkView{Project: head}) },
		"settings" + suffix: func(w http.ResponseWriter) {
			web.Settings(w, web.SettingsView{Chrome: refused(web.FormProject), Project: head, Type: text, Team: text, Created: noon})
		},
		"confirm" + suffix: func(w http.ResponseWriter) {
			web.Confirm(w, web.ConfirmView{Chrome: refused(web.FormConfirm), Nav: web.ProjectsPath, Title: text, Text: text, Action: "/ui/x", Button: "Do it", Back: "/ui/y"})
		},
		"tokens" + suffix: func(w http.ResponseWriter) { web.Tokens(w, tokensView(refused(web.FormPolicy), text)) },
		"tokens none" + suffix: func(w http.ResponseWriter) {
			web.Tokens(w, web.TokensView{Chrome: refused(web.FormToken)})
		},
		"scopes" + suffix: func(w http.ResponseWriter) {
			used := []web.UsedOperation{{ID: text, Requests: 1, Basis: text}, {}}
			web.ScopeReport(w, web.ScopesView{
				Chrome: chrome, Requests: 3, Needed: []web.NeededScope{{Scope: text, Missing: true, Operations: used}},
				Unused: []string{text}, Unknown: used, Closed: used, Letter: text,
			})
		},
		"scopes none" + suffix:    func(w http.ResponseWriter) { web.ScopeReport(w, web.ScopesView{}) },
		"problem world" + suffix:  func(w http.ResponseWriter) { web.Problem(w, 404, web.UnknownWorld(text, []string{text})) },
		"problem form" + suffix:   func(w http.ResponseWriter) { web.Problem(w, 403, web.ForeignForm(text)) },
		"problem gone" + suffix:   func(w http.ResponseWriter) { web.Problem(w, 404, web.Gone("key", text)) },
		"problem big" + suffix:    func(w http.ResponseWriter) { web.Problem(w, 413, web.UnreadableForm(4<<20)) },
		"problem failed" + suffix: func(w http.ResponseWriter) { web.Problem(w, 500, web.Failed()) },
	}
}

func keyView(c web.Chrome, head web.ProjectHead, text string) web.KeyView {
	return web.KeyView{
		Chrome: c, Project: head, ID: 5, Name: text, Names: []web.PlatformName{{Platform: "ios", Name: text}, {Platform: "web", Name: text}},
		Description: text, Context: text, Tags: text, Platforms: []web.PlatformChoice{{Platform: "ios", On: true}, {Platform: "web"}},
		Plural: true, Files: []string{text}, Created: noon, Modified: noon, Seen: "5ee4", Locked: true,
		Languages: []web.TranslationForm{
			{LanguageID: 640, ISO: "en_GB", Name: text, IsBase: true, Texts: []web.TextField{{Form: "one", Text: text}, {Form: "other", Text: text}}, Statuses: []string{text}, Modified: noon, ModifiedBy: text},
			{LanguageID: 714, ISO: "ar", Name: "Arabic", RTL: true, Texts: []web.TextField{{Text: "\n" + text}}, Reviewed: true, Unverified: true},
		},
		Comments: []web.CommentLine{{Text: text, By: text, At: noon}},
	}
}

func tokensView(c web.Chrome, text string) web.TokensView {
	return web.TokensView{
		Chrome: c, Client: web.ClientRow{ID: text, Name: text, RedirectURIs: []string{text}}, Personal: []web.Field{{Name: "API token", Value: text}},
		Stats: []web.Count{{Label: "Refused", N: 1000}}, GrantWindow: web.NewWindow(2, 1, 3), TokenWindow: web.NewWindow(1, 1, 3), Live: 1,
		Grants: []web.GrantRow{
			{ID: 1, User: text, Scopes: []string{text}, Created: noon, Generation: 2, Refresh: text, RefreshExpires: noon, RefreshLeft: time.Hour, Live: 1},
			{ID: 2, User: text, Refresh: text, Revoked: "revoked by hand"},
			{ID: 3, User: text, RefreshExpires: noon},
		},
		Tokens:    []web.AccessRow{{ID: 4, GrantID: 1, Token: text, User: text, Scopes: []string{text}, Created: noon, Left: time.Minute}, {ID: 5, Revoked: true}, {ID: 6}},
		Policy:    web.PolicyFields{Rotation: "none", AccessLife: "1h", WithheldOnConsent: text, ExpiresInAsText: true},
		Rotations: []web.Option{{Value: "none", Label: "none"}, {Value: text, Label: text}},
	}
}

// Every form that changes something carries the token and is sent to the
// sandbox itself.
func TestEveryPostFormHasTheToken(t *testing.T) {
	t.Parallel()
	seen := 0
	for name, page := range pages {
		_, body := render(t, page)
		tags, err := parsePage(body)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if strings.HasPrefix(name, "consent") || strings.HasSuffix(name, "none") {
			continue // the consent form has a one-time id; a page without a chrome has no token to carry
		}
		for _, form := range find(tags, "form") {
			if form.attrs["method"] != "post" {
				continue
			}
			seen++
			if !strings.HasPrefix(form.attrs["action"], "/ui/") || !hasToken(tags, form) {
				t.Errorf("%s: the form to %q lacks the token", name, form.attrs["action"])
			}
		}
	}
	if seen < 20 {
		t.Errorf("only %d forms were looked at", seen)
	}
}

func hasToken(tags []tag, form tag) bool {
	for _, g := range find(tags, "input") {
		if g.attrs["name"] != web.FieldToken || g.attrs["value"] != strings.Repeat("a", 64) {
			continue
		}
		for _, p := range g.parents {
			if p.name == "form" && p.attrs["action"] == form.attrs["action"] {
				return true
			}
		}
	}
	return false
}

// A browser drops the line feed after the start of a text area, so that one
// that belongs to the text needs another before it.
func TestTextAreasKeepALineFeedAtTheBeginning(t *testing.T) {
	t.Parallel()
	_, body := render(t, pages["key"])
	if !strings.Contains(body, "dir=\"rtl\">\n\nplain</textarea>") {
		t.Error("the line feed is lost")
	}
}

func TestRefusedFormIsShownWithWhatWasTyped(t *testing.T) {
	t.Parallel()
	c := web.Chrome{Refused: &web.Refused{Form: "a", Status: 422, Problem: "No.", Values: url.Values{"name": {"typed"}, "box": {"1", "2"}}}}
	for _, tc := range []struct{ got, want string }{
		{c.Value("a", "name", "old"), "typed"},
		{c.Value("a", "other", "old"), "old"},
		{c.Value("b", "name", "old"), "old"},
		{c.Problem("a"), "No."},
		{c.Problem("b"), ""},
	} {
		if tc.got != tc.want {
			t.Errorf("%q, want %q", tc.got, tc.want)
		}
	}
	if !c.Chosen("a", "box", "2", false) || c.Chosen("a", "box", "3", true) || !c.Chosen("b", "box", "3", true) {
		t.Error("check boxes are not as they were sent")
	}
}

func TestLinksKeepTheWorld(t *testing.T) {
	t.Parallel()
	for want, got := range map[string]string{
		"/ui/x":                 web.Chrome{}.Link("/ui/x", "page", ""),
		"/ui/x?page=2":          web.Chrome{}.Link("/ui/x", "page", "2"),
		"/ui/x?page=2&world=w2": web.Chrome{World: "w2"}.Link("/ui/x", "page", "2"),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestWindowsStayWithinTheList(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ page, total, start, end int }{
		{1, 0, 0, 0}, {0, 5, 0, 5}, {-3, 5, 0, 5}, {2, 25, 10, 20}, {3, 25, 20, 25}, {99, 25, 20, 25}, {1, 10, 0, 10},
	} {
		if start, end := web.NewWindow(tc.page, 10, tc.total).Bounds(); start != tc.start || end != tc.end {
			t.Errorf("page %d of %d: %d to %d", tc.page, tc.total, start, end)
		}
	}
}

func TestNoticesHaveTexts(t *testing.T) {
	t.Parallel()
	if web.Notice("<b>planted").Text() != "" {
		t.Error("an unknown notice has a text")
	}
	rec := httptest.NewRecorder()
	web.Projects(rec, web.ProjectsView{Chrome: web.Chrome{Notice: web.NoticeProjectAdded}})
	if !strings.Contains(rec.Body.String(), `role="status"><p>`) || !strings.Contains(rec.Body.String(), "The project was made.") {
		t.Error("the notice is not shown")
	}
}
