package lokalise_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/golokalise/lokalise"
)

// decodeError returns the error for an answer with status 200 to Get, or to
// List when the body is one of a list.
func decodeError(t *testing.T, handler http.HandlerFunc, opts ...lokalise.Option) *lokalise.DecodeError {
	t.Helper()
	counted, count := inTurn(handler)
	client := newServer(t, counted, opts...)
	_, err := client.Projects.List(t.Context(), nil)
	var e *lokalise.DecodeError
	if !errors.As(err, &e) || !errors.Is(err, lokalise.ErrDecode) {
		t.Fatalf("got %T %v, want a DecodeError", err, err)
	}
	if n := count.Load(); n != 1 {
		t.Errorf("the request was sent %d times", n)
	}
	return e
}

func TestAnswersThatCannotBeRead(t *testing.T) {
	t.Parallel()
	nested := strings.Repeat("[", 100_000)
	cases := map[string]struct{ body, reason string }{
		"empty":                 {"", "it is empty"},
		"HTML":                  {"\n<!DOCTYPE html><html></html>", "HTML page"},
		"text":                  {"Service is down", "invalid character 'S'"},
		"cut short":             {`{"projects": [{"name": "a`, "unexpected EOF"},
		"no list":               {`{"project_id": "p"}`, `it has no "projects"`},
		"an object for a list":  {`{"projects": {"project_id": "p"}}`, "/projects is"},
		"null for a list":       {`{"projects": null}`, "/projects is null"},
		"null in the list":      {`{"projects": [` + bareProject + `, null]}`, "/projects/1 is null"},
		"string for a list":     {`{"projects": "none"}`, "/projects is string"},
		"string for an answer":  {`"fine"`, "it is string"},
		"wrong type in an item": {`{"projects": [` + bareProject + `, {"team_id": [1]}]}`, "/projects/1/team_id is an array where a number was expected"},
		"wrong type deep in an item": {
			`{"projects": [{"statistics": {"languages": [{}, {"language_iso": true}]}}]}`,
			"/projects/0/statistics/languages/1/language_iso is a boolean where a string was expected",
		},
		"number that is no integer": {`{"projects": [{"team_id": 1.5}]}`, "/projects/0/team_id is a number where an integer was expected"},
		"something behind":          {`{"projects": []} {}`, "something follows"},
		"garbage behind":            {`{"projects": []} garbage`, "invalid character 'g'"},
		"deep nesting":              {`{"x": ` + nested, "max depth"},
		"deep nesting in an item":   {`{"projects": [{"x": ` + nested, "max depth"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := decodeError(t, answer(http.StatusOK, c.body))
			if !strings.Contains(e.Reason, c.reason) {
				t.Errorf("reason is %q, want %q", e.Reason, c.reason)
			}
			if e.Method != "GET" || e.Path != prefix+"/api2/projects" || e.Status != 200 || e.ContentType != "application/json" {
				t.Errorf("got %+v", e)
			}
		})
	}
}

func TestSingleAnswersThatCannotBeRead(t *testing.T) {
	t.Parallel()
	for body, reason := range map[string]string{
		"":                          "it is empty",
		"7":                         "it is number",
		"null":                      "it is null",
		`{"team_id": {}}`:           "/team_id is an object where a number was expected",
		"{} {}":                     "something follows",
		"<p>":                       "HTML page",
		strings.Repeat("[", 100000): "max depth",
	} {
		_, err := newServer(t, answer(http.StatusOK, body)).Projects.Get(t.Context(), projectID)
		var e *lokalise.DecodeError
		if !errors.As(err, &e) || !strings.Contains(e.Reason, reason) {
			t.Errorf("%.20q: got %v, want %q", body, err, reason)
		}
	}
}

func TestAnswerThatNeverEndsIsAnError(t *testing.T) {
	t.Parallel()
	endless := func(start, more string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, start)
			chunk := strings.Repeat(more, 100)
			for {
				if _, err := io.WriteString(w, chunk); err != nil {
					return
				}
			}
		}
	}
	for name, handler := range map[string]http.HandlerFunc{
		"items":  endless(`{"projects": [{}`, ",{}"),
		"string": endless(`{"projects": [{"name": "`, "x"),
		"spaces": endless(`{"projects": []`, " "),
	} {
		e := decodeError(t, handler, lokalise.WithMaxAnswerSize(1<<17))
		if !strings.Contains(e.Reason, "more than 131072 bytes") {
			t.Errorf("%s: %v", name, e)
		}
	}
}

func TestAnswerThatSaysItIsTooLargeIsNotRead(t *testing.T) {
	t.Parallel()
	e := decodeError(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", fmt.Sprint(int64(10<<30)))
		_, _ = io.WriteString(w, `{"projects": [`)
	})
	if !strings.Contains(e.Reason, "more than") {
		t.Error(e)
	}
}

// What PHP and time have done to the wire.
func TestTolerantDecoding(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		body  string
		check func(p *lokalise.Project) bool
	}{
		"numbers as strings":        {`{"team_id": "815", "created_by": "-7"}`, func(p *lokalise.Project) bool { return p.TeamID == 815 && p.CreatedBy == -7 }},
		"numbers with a fraction":   {`{"team_id": 815.0, "created_by": 1e3}`, func(p *lokalise.Project) bool { return p.TeamID == 815 && p.CreatedBy == 1000 }},
		"large number":              {`{"team_id": 9223372036854775807}`, func(p *lokalise.Project) bool { return p.TeamID == 9223372036854775807 }},
		"empty string for a number": {`{"team_id": ""}`, func(p *lokalise.Project) bool { return p.TeamID == 0 }},
		"number for a string":       {`{"project_id": 12}`, func(p *lokalise.Project) bool { return p.ProjectID == "12" }},
		"array for an object": {`{"settings": [], "statistics": {"qa_issues": []}}`, func(p *lokalise.Project) bool {
			_, ok := p.Settings.Get()
			return ok
		}},
		"empty array for the answer": {`[]`, func(p *lokalise.Project) bool { return p.ProjectID == "" }},
		"null for everything": {
			`{"project_id": null, "team_id": null, "created_at": null, "settings": null, "statistics": {"languages": null}}`,
			func(p *lokalise.Project) bool { return p.CreatedAt.IsZero() && p.Settings.IsNull() },
		},
		"name with escapes":  {`{"na\u006de": "\u00e9\n\"\\\ud83d\ude00\ud83d"}`, func(p *lokalise.Project) bool { return p.Name == "é\n\"\\😀\uFFFD" }},
		"broken UTF-8":       {"{\"name\": \"a\xffb\"}", func(p *lokalise.Project) bool { return p.Name == "a\uFFFDb" }},
		"member given twice": {`{"name": "a", "name": "b"}`, func(p *lokalise.Project) bool { return p.Name == "b" }},
		"0 and 1":            {`{"settings": {"reviewing": 1, "branching": 0}}`, func(p *lokalise.Project) bool { s, _ := p.Settings.Get(); return s.Reviewing && !s.Branching.Or(true) }},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, err := newServer(t, answer(http.StatusOK, c.body)).Projects.Get(t.Context(), projectID)
			if err != nil || !c.check(p) {
				t.Errorf("got %+v, %v", p, err)
			}
		})
	}
}

func TestResponseInto(t *testing.T) {
	t.Parallel()
	client := newServer(t, with(answer(http.StatusOK, `{"project_id": "p", "projects": [{}], "branch": "main"}`),
		"X-Lokalise-Process-Id", "9b1d60bb", "X-Response-Too-Big", "",
		"X-Pagination-Page", "2", "X-Pagination-Limit", "50", "X-Pagination-Page-Count", "3", "X-Pagination-Total-Count", "101",
		"X-Ratelimit-Limit", "10, 10;w=1", "X-Ratelimit-Remaining", "9", "X-Ratelimit-Reset", "1"))
	var r lokalise.Response
	page, err := client.Projects.List(t.Context(), nil, lokalise.ResponseInto(&r))
	if err != nil {
		t.Fatal(err)
	}
	if r.Status != 200 || r.ProcessID != "9b1d60bb" || !r.TooBig || r.Attempts != 1 || r.Header.Get("X-Pagination-Page") != "2" {
		t.Errorf("got %+v", r)
	}
	if p := r.Page; p.Number != lokalise.Some(2) || p.Limit != lokalise.Some(50) || p.PageCount != lokalise.Some(3) ||
		p.TotalCount != lokalise.Some(101) || !p.NextCursor.IsZero() {
		t.Errorf("page %+v", p)
	}
	if l := r.RateLimit; l.Limit != lokalise.Some(10) || l.Remaining != lokalise.Some(9) || l.Reset.Or(0) != 1e9 {
		t.Errorf("rate limit %+v", l)
	}
	if string(r.Envelope["project_id"]) != `"p"` || string(r.Envelope["branch"]) != `"main"` || len(r.Envelope) != 2 {
		t.Errorf("envelope %v", r.Envelope)
	}
	if page.Response.ProcessID != r.ProcessID || len(page.Response.Envelope) != 2 {
		t.Errorf("page has %+v", page.Response)
	}
}

func TestResponseIntoIsSetForErrorsAndSaysWhatIsAbsent(t *testing.T) {
	t.Parallel()
	var r lokalise.Response
	err := get(t.Context(), newServer(t, answer(http.StatusNotFound, "")), lokalise.ResponseInto(&r))
	if !errors.Is(err, lokalise.ErrNotFound) || r.Status != http.StatusNotFound {
		t.Errorf("got %+v, %v", r, err)
	}
	if r.TooBig || r.Page != (lokalise.PageInfo{}) || r.RateLimit != (lokalise.RateLimit{}) {
		t.Errorf("got %+v", r)
	}
}
