package lokalise

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
)

// The tests here are of what no operation uses yet: cursors and bodies that
// are streamed.

func newTestClient(t *testing.T, handler http.HandlerFunc, opts ...Option) *Client {
	t.Helper()
	srv := httptest.NewServer(handler)
	t.Cleanup(srv.Close)
	client, err := New(append([]Option{WithAPIToken("token"), WithBaseURL(srv.URL), WithoutLimits()}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// cursorList serves one item a page; next maps a cursor to the one that
// follows.
func cursorList(next map[string]string, asked *[]string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		*asked = append(*asked, r.URL.RawQuery)
		cursor := r.URL.Query().Get("cursor")
		if following, ok := next[cursor]; ok {
			w.Header().Set(nextCursorHeader, following)
		}
		_, _ = io.WriteString(w, `{"projects": [{"name": "after `+cursor+`"}]}`)
	}
}

func iterateByCursor(c *Client, p paging, opts ...RequestOption) (names []string, err error) {
	r := c.newCall(http.MethodGet, "/projects", opts)
	r.result = "projects"
	p.byCursor = true
	for project, err := range iterate(context.Background(), r, p, decodeProject) {
		if err != nil {
			return names, err
		}
		names = append(names, project.Name)
	}
	return names, nil
}

func TestCursorsAreFollowedToTheEnd(t *testing.T) {
	t.Parallel()
	for name, next := range map[string]map[string]string{
		"no header on the last page":    {"": "eyI=", "eyI=": "a/b+c"},
		"empty header on the last page": {"": "eyI=", "eyI=": "a/b+c", "a/b+c": ""},
	} {
		var asked []string
		c := newTestClient(t, cursorList(next, &asked))
		names, err := iterateByCursor(c, paging{announce: true, start: position{limit: 500}}, NoPrefetch())
		if got := strings.Join(names, ", "); err != nil || got != "after , after eyI=, after a/b+c" {
			t.Errorf("%s: %s, %v", name, got, err)
		}
		want := "pagination=cursor&limit=500 pagination=cursor&cursor=eyI%3D&limit=500 pagination=cursor&cursor=a%2Fb%2Bc&limit=500"
		if got := strings.Join(asked, " "); got != want {
			t.Errorf("%s: asked for\n%s, want\n%s", name, got, want)
		}
	}
}

func TestCursorThatComesAgainIsAnError(t *testing.T) {
	t.Parallel()
	for name, next := range map[string]map[string]string{
		"itself":       {"": "a", "a": "a"},
		"a long cycle": {"": "a", "a": "b", "b": "c", "c": "a"},
	} {
		var asked []string
		c := newTestClient(t, cursorList(next, &asked))
		names, err := iterateByCursor(c, paging{}, NoPrefetch())
		if !errors.Is(err, ErrRepeatedPage) || len(asked) != len(next) || len(names) != len(next)-1 {
			t.Errorf("%s: %d requests, %d items, %v", name, len(asked), len(names), err)
		}
	}
}

func TestListByCursorIsTakenUpAtAPosition(t *testing.T) {
	t.Parallel()
	var asked []string
	var at string
	c := newTestClient(t, cursorList(map[string]string{"": "a=", "a=": "b"}, &asked))
	r := c.newCall(http.MethodGet, "/projects", []RequestOption{PositionInto(&at)})
	r.result = "projects"
	for project, err := range iterate(t.Context(), r, paging{byCursor: true}, decodeProject) {
		if err != nil {
			t.Fatal(err)
		}
		if project.Name == "after a=" {
			break
		}
	}
	if at != "cursor=a%3D" {
		t.Fatalf("position is %q", at)
	}
	names, err := iterateByCursor(c, paging{}, From(at))
	if got := strings.Join(names, ", "); err != nil || got != "after a=, after b" {
		t.Errorf("%s, %v", got, err)
	}
}

// upload returns a call whose body is streamed.
func upload(c *Client, once bool, opened *atomic.Int64) *call {
	r := c.newCall(http.MethodPost, "/upload", nil)
	r.body = payload{
		size: 5, once: once,
		stream: func() (io.ReadCloser, error) {
			opened.Add(1)
			return io.NopCloser(strings.NewReader("12345")), nil
		},
	}
	return r
}

func TestStreamedBodyIsSentAgainOnlyIfItCanBe(t *testing.T) {
	t.Parallel()
	for _, once := range []bool{false, true} {
		var requests, opened atomic.Int64
		c := newTestClient(t, func(w http.ResponseWriter, r *http.Request) {
			if body, _ := io.ReadAll(r.Body); string(body) != "12345" || r.ContentLength != 5 {
				t.Errorf("body is %q of %d", body, r.ContentLength)
			}
			if requests.Add(1) == 1 {
				w.Header().Set("Retry-After", "0.01")
				w.WriteHeader(http.StatusTooManyRequests)
				return
			}
			_, _ = io.WriteString(w, `{"name": "done"}`)
		})
		_, err := one(t.Context(), upload(c, once, &opened), decodeProject)
		switch {
		case once && (!errors.Is(err, ErrRateLimited) || requests.Load() != 1 || opened.Load() != 1):
			t.Errorf("once: %d requests, opened %d times, %v", requests.Load(), opened.Load(), err)
		case !once && (err != nil || requests.Load() != 2 || opened.Load() != 2):
			t.Errorf("again: %d requests, opened %d times, %v", requests.Load(), opened.Load(), err)
		}
	}
}

func TestStreamedBodyFollowsARedirectOnlyIfItCanBeSentAgain(t *testing.T) {
	t.Parallel()
	for _, once := range []bool{false, true} {
		var opened atomic.Int64
		c := newTestClient(t, func(w http.ResponseWriter, r *http.Request) {
			if !strings.HasSuffix(r.URL.Path, "/moved") {
				w.Header().Set("Location", r.URL.Path+"/moved")
				w.WriteHeader(http.StatusTemporaryRedirect)
				return
			}
			_, _ = io.WriteString(w, `{"name": "done"}`)
		})
		_, err := one(t.Context(), upload(c, once, &opened), decodeProject)
		if errors.Is(err, ErrRedirect) != once || !once && err != nil {
			t.Errorf("once is %v: %v", once, err)
		}
	}
}

func TestBodyThatCannotBeOpenedIsNotRetried(t *testing.T) {
	t.Parallel()
	gone := errors.New("file is gone")
	c := newTestClient(t, func(http.ResponseWriter, *http.Request) { t.Error("a request arrived") })
	r := c.newCall(http.MethodPut, "/upload", nil)
	r.body = payload{size: 5, stream: func() (io.ReadCloser, error) { return nil, gone }}
	_, err := one(t.Context(), r, decodeProject)
	var e *RequestError
	if !errors.Is(err, gone) || !errors.As(err, &e) || e.MayHaveSucceeded {
		t.Errorf("got %v", err)
	}
}

func TestResultInsideAMember(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		body string
		ok   bool
	}{
		"there":           {`{"project_id": "p", "thing": {"name": "x"}}`, true},
		"missing":         {`{"project_id": "p", "name": "x"}`, false},
		"null":            {`{"thing": null}`, false},
		"not an object":   {`["thing"]`, false},
		"of another kind": {`{"thing": "x"}`, false},
	}
	for name, c := range cases {
		client := newTestClient(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, c.body) })
		var response Response
		r := client.newCall(http.MethodGet, "/things/{id}", []RequestOption{ResponseInto(&response)})
		r.path.id(7)
		r.result = "thing"
		p, err := one(t.Context(), r, decodeProject)
		if c.ok && (err != nil || p.Name != "x" || string(response.Envelope["project_id"]) != `"p"`) {
			t.Errorf("%s: %+v, %v", name, p, err)
		}
		if !c.ok && !errors.Is(err, ErrDecode) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestRoutesWantAsManyValuesAsTheyHavePlaces(t *testing.T) {
	t.Parallel()
	c := newTestClient(t, func(http.ResponseWriter, *http.Request) { t.Error("a request arrived") })
	build := map[string]func(b *pathBuilder){
		"too few":      func(b *pathBuilder) { b.projectID("p") },
		"too many":     func(b *pathBuilder) { b.projectID("p"); b.id(1); b.id(2) },
		"zero":         func(b *pathBuilder) { b.projectID("p"); b.id(0) },
		"empty text":   func(b *pathBuilder) { b.projectID("p"); b.text("") },
		"dot segment":  func(b *pathBuilder) { b.projectID("p"); b.text("..") },
		"empty before": func(b *pathBuilder) { b.projectID(""); b.id(1) },
	}
	for name, fill := range build {
		r := c.newCall(http.MethodGet, "/projects/{project_id}/keys/{key_id}", nil)
		fill(&r.path)
		if _, err := one(t.Context(), r, decodeProject); !errors.Is(err, ErrInvalidRequest) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	r := c.newCall(http.MethodGet, "/projects/{project_id}/processes/{process_id}/x", nil)
	r.path.projectID("p:main")
	r.path.text("file-import/4f")
	if path, err := r.path.finish(); err != nil || path != "/projects/p:main/processes/file-import%2F4f/x" {
		t.Errorf("path is %s, %v", path, err)
	}
}
