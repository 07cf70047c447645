package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/sandbox/internal/web"
)

func journalPage(t *testing.T, v web.JournalView) []tag {
	t.Helper()
	_, body := render(t, func(w http.ResponseWriter) { web.Journal(w, v) })
	return checkPage(t, body)
}

func bodyRows(tags []tag) int {
	n := 0
	for _, g := range find(tags, "tr") {
		if strings.HasPrefix(g.attrs["id"], "request-") {
			n++
		}
	}
	return n
}

func TestJournalFilterMatches(t *testing.T) {
	t.Parallel()
	row := web.JournalRow{Method: "PUT", Path: "/api2/projects/a.1", Operation: "projects.update", Status: 403, Scope: "write_projects", Credential: "OAuth token"}
	for query, want := range map[string]bool{
		"":                                  true,
		"method=put":                        true,
		"method=GET":                        false,
		"method=BREW":                       true, // not a choice of the form
		"status=4xx":                        true,
		"status=2xx":                        false,
		"status=9xx":                        true,
		"text=PROJECTS/A":                   true,
		"text=+oauth+":                      true,
		"text=write_pro":                    true,
		"text=403":                          true,
		"text=nowhere":                      false,
		"method=PUT&status=4xx&text=update": true,
		"method=PUT&status=5xx&text=update": false,
	} {
		q, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		if got := web.ParseJournalFilter(q).Match(row); got != want {
			t.Errorf("%q matches: %v, want %v", query, got, want)
		}
	}
}

func TestJournalPagesKeepTheFilter(t *testing.T) {
	t.Parallel()
	rows := journalRows(700) // a third of them GET
	filter := web.JournalFilter{Method: "GET", Text: "api2 & more"}
	for i := range rows {
		rows[i].Path = "/api2 & more"
	}
	for page, want := range map[int]struct {
		rows         int
		newer, older string
	}{
		0: {100, "", "2"},
		2: {100, "1", "3"},
		3: {34, "2", ""},
		9: {34, "2", ""}, // beyond the end: the last page
	} {
		filter.Page = page
		tags := journalPage(t, web.JournalView{Rows: rows, Filter: filter})
		if got := bodyRows(tags); got != want.rows {
			t.Errorf("page %d: %d rows, want %d", page, got, want.rows)
		}
		links := map[string]string{"prev": "", "next": ""}
		for _, a := range find(tags, "a") {
			if rel := a.attrs["rel"]; rel != "" {
				links[rel] = pageOf(t, a.attrs["href"], filter)
			}
		}
		if links["prev"] != want.newer || links["next"] != want.older {
			t.Errorf("page %d links to %v, want newer %q, older %q", page, links, want.newer, want.older)
		}
	}
}

// pageOf reads the page from a journal link and checks that the rest of the
// filter came along.
func pageOf(t *testing.T, link string, f web.JournalFilter) string {
	t.Helper()
	u, err := url.Parse(link)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	if u.Path != web.JournalPath || q.Get("method") != f.Method || q.Get("text") != f.Text {
		t.Errorf("link %q loses the filter", link)
	}
	if q.Get("page") == "" {
		return "1"
	}
	return q.Get("page")
}

func TestJournalFormShowsTheFilterInForce(t *testing.T) {
	t.Parallel()
	tags := journalPage(t, web.JournalView{Rows: journalRows(9), Filter: web.JournalFilter{Method: "POST", Status: "4xx", Text: `a"b`}})
	var selected []string
	for _, g := range find(tags, "option") {
		if _, is := g.attrs["selected"]; is {
			selected = append(selected, g.text)
		}
	}
	if got := strings.Join(selected, " "); got != "POST 4xx" {
		t.Errorf("selected options: %q", got)
	}
	for _, g := range find(tags, "input") {
		if g.attrs["name"] == "text" && g.attrs["value"] != `a"b` {
			t.Errorf("text is %q", g.attrs["value"])
		}
	}
	if form := find(tags, "form")[0]; form.attrs["method"] != "get" || form.attrs["action"] != web.JournalPath {
		t.Errorf("form is %v", form.attrs)
	}
}

func TestJournalRowsLinkToTheWholeRequest(t *testing.T) {
	t.Parallel()
	rows := journalRows(1)
	rows[0].ID = "a/b?c"
	for _, a := range find(journalPage(t, web.JournalView{Rows: rows}), "a") {
		if a.text == rows[0].Path {
			if want := web.JournalPath + "/a%2Fb%3Fc"; a.attrs["href"] != want {
				t.Errorf("link is %q, want %q", a.attrs["href"], want)
			}
			return
		}
	}
	t.Error("the row has no link")
}

func TestJournalEntryIndentsJSONAndNothingElse(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{"a":[1,2]}`:       "{\n  \"a\": [\n    1,\n    2\n  ]\n}",
		`{"a":1e400,"a":2}`: "{\n  \"a\": 1e400,\n  \"a\": 2\n}", // numbers and repeated names stay as sent
		`{"a":`:             `{"a":`,
		"code=x&a=b":        "code=x&a=b",
		" ":                 " ",
	} {
		_, page := render(t, func(w http.ResponseWriter) { web.JournalEntry(w, entryView(body)) })
		for _, g := range find(checkPage(t, page), "code") {
			if strings.HasSuffix(g.attrs["id"], "-body") && g.text != want {
				t.Errorf("%q is shown as %q, want %q", body, g.text, want)
			}
		}
	}
}

func TestJournalEntryTellsEmptyBodiesFromThoseNotKept(t *testing.T) {
	t.Parallel()
	v := entryView("")
	v.Request.Truncated = false
	_, page := render(t, func(w http.ResponseWriter) { web.JournalEntry(w, v) })
	for _, g := range find(checkPage(t, page), "section") {
		want := map[string]string{"request-title": "Empty.", "response-title": "Not kept."}[g.attrs["aria-labelledby"]]
		if !strings.Contains(g.text, want) {
			t.Errorf("%s does not say %q", g.attrs["aria-labelledby"], want)
		}
	}
}

func TestJournalEntryShowsNotesAndTruncation(t *testing.T) {
	t.Parallel()
	v := entryView("x")
	v.Notes = []string{"The token lacks write_keys."}
	_, page := render(t, func(w http.ResponseWriter) { web.JournalEntry(w, v) })
	text := find(checkPage(t, page), "main")[0].text
	for _, want := range []string{"The token lacks write_keys.", "Only the beginning is kept.", "projects.list", "200", "1.5ms"} {
		if !strings.Contains(text, want) {
			t.Errorf("page does not say %q", want)
		}
	}
}
