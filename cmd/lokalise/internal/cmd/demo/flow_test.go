package demo

import (
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/exit"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/iostreams"
)

// spoiler gives an answer of its own to one request, the nth to a path, and
// lets every other one through.
type spoiler struct {
	path   string
	nth    int
	status int
	body   string

	seen int
}

func (s *spoiler) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.URL.Path == s.path {
		s.seen++
	}
	if req.URL.Path != s.path || s.seen != s.nth {
		return http.DefaultTransport.RoundTrip(req)
	}
	return &http.Response{
		StatusCode: s.status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: req,
		Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(s.body)),
	}, nil
}

// Every step that sends something is made to go wrong in turn.
func TestStepThatDoesNotDoWhatItShouldEndsTheDemoWithAFailure(t *testing.T) {
	t.Parallel()
	const (
		authorize, token, clock, projects = "/_sandbox/authorize", "/oauth2/token", "/_sandbox/clock", "/api2/projects"
		refusal                           = `{"error":"invalid_grant","error_description":"No","error_uri":""}`
		noProjects                        = `{"projects":[]}`
	)
	for step, wrong := range map[string]spoiler{
		"code":           {path: authorize, nth: 1, status: 500, body: `{}`},
		"token_exchange": {path: token, nth: 1, status: 400, body: refusal},
		"projects":       {path: projects, nth: 1, status: 200, body: noProjects},
		"clock":          {path: clock, nth: 1, status: 200, body: `{}`},
		"expired":        {path: projects, nth: 2, status: 200, body: noProjects},
		"refresh":        {path: token, nth: 2, status: 400, body: refusal},
		"projects_again": {path: projects, nth: 3, status: 200, body: noProjects},
		"denial":         {path: authorize, nth: 2, status: 200, body: `{"redirect_to":"http://127.0.0.1/callback?error=server_error"}`},
	} {
		t.Run(step, func(t *testing.T) {
			t.Parallel()
			streams, out, _ := iostreams.Test(strings.NewReader(""), iostreams.Terminal{})
			err := Run(t.Context(), &Options{IO: streams, JSON: true, Timeout: time.Minute, transport: &wrong})
			if exit.Code(err) == exit.OK {
				t.Fatalf("exit code 0, %v", err)
			}
			records := readRecords(t, out.Bytes())
			last := records[len(records)-1]
			if last.Step != step || last.OK || last.Error == "" {
				t.Errorf("it ended with %+v", last)
			}
			if slices.ContainsFunc(records[:len(records)-1], func(r record) bool { return !r.OK }) {
				t.Error("it went on after a step that failed")
			}
		})
	}
}

func readRecords(t *testing.T, lines []byte) []record {
	t.Helper()
	var records []record
	dec := json.NewDecoder(strings.NewReader(string(lines)))
	for dec.More() {
		var r record
		if err := dec.Decode(&r); err != nil {
			t.Fatal(err)
		}
		records = append(records, r)
	}
	if len(records) == 0 {
		t.Fatal("no step at all")
	}
	return records
}
