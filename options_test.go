package lokalise_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/golokalise/lokalise"
)

func TestPlainHTTPIsForThisMachineOnly(t *testing.T) {
	t.Parallel()
	cases := map[string]bool{
		"https://api.example.com":   true,
		"http://api.example.com":    false,
		"http://192.0.2.7:8484":     false,
		"http://localhost:8484":     true,
		"http://LOCALHOST":          true,
		"http://127.0.0.1:8484":     true,
		"http://127.9.9.9":          true,
		"http://[::1]:8484":         true,
		"http://localhost.evil.com": false,
	}
	for base, allowed := range cases {
		_, err := lokalise.New(lokalise.WithAPIToken("t"), lokalise.WithBaseURL(base))
		if (err == nil) != allowed {
			t.Errorf("%s: %v", base, err)
		}
		if _, err := lokalise.New(lokalise.WithAPIToken("t"), lokalise.WithBaseURL(base), lokalise.WithAllowInsecureHTTP()); err != nil {
			t.Errorf("%s, allowed: %v", base, err)
		}
	}
}

func TestOptionsRefuseWhatMakesNoSense(t *testing.T) {
	t.Parallel()
	bad := map[string]lokalise.Option{
		"base URL without host":     lokalise.WithBaseURL("https://"),
		"base URL without scheme":   lokalise.WithBaseURL("api.example.com"),
		"base URL of a file":        lokalise.WithBaseURL("file:///etc/passwd"),
		"base URL with a user":      lokalise.WithBaseURL("https://user:plantedsecret@api.example.com"),
		"base URL with a query":     lokalise.WithBaseURL("https://api.example.com?token=plantedsecret"),
		"base URL that is none":     lokalise.WithBaseURL("https://api.example.com/%zz plantedsecret"),
		"nil token source":          lokalise.WithTokenSource(nil),
		"nil HTTP client":           lokalise.WithHTTPClient(nil),
		"nil limiter":               lokalise.WithLimiter(nil),
		"negative rate":             lokalise.WithRateLimit(-1),
		"negative concurrency":      lokalise.WithProjectConcurrency(-1),
		"negative cap":              lokalise.WithMaxInFlight(-1),
		"negative wait":             lokalise.WithMaxWait(-1),
		"no attempt":                lokalise.WithMaxAttempts(0),
		"negative attempt timeout":  lokalise.WithAttemptTimeout(-1),
		"negative call timeout":     lokalise.WithCallTimeout(-1),
		"no room for an answer":     lokalise.WithMaxAnswerSize(0),
		"negative spool":            lokalise.WithMaxSpool(-1),
		"user agent with line feed": lokalise.WithUserAgent("a\r\nX-Injected: 1"),
	}
	for name, option := range bad {
		_, err := lokalise.New(lokalise.WithAPIToken("t"), option)
		if err == nil || !strings.HasPrefix(err.Error(), "lokalise: With") || strings.Contains(err.Error(), "plantedsecret") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestBaseURLKeepsItsPath(t *testing.T) {
	t.Parallel()
	for base, want := range map[string]string{
		"":               "/api2/projects/p",
		"/":              "/api2/projects/p",
		"/a/b":           "/a/b/api2/projects/p",
		"/a/b/":          "/a/b/api2/projects/p",
		"/a%2Fb":         "/a%2Fb/api2/projects/p",
		"/a/../b/./c/":   "/b/c/api2/projects/p",
		"/with%20space/": "/with%20space/api2/projects/p",
	} {
		transport := &recorder{answer: bareProject}
		client, err := lokalise.New(lokalise.WithAPIToken("t"), lokalise.WithoutLimits(),
			lokalise.WithBaseURL("https://api.example.com"+base), lokalise.WithHTTPClient(&http.Client{Transport: transport}))
		if err != nil {
			t.Errorf("%s: %v", base, err)
			continue
		}
		if _, err := client.Projects.Get(t.Context(), "p"); err != nil {
			t.Error(err)
		}
		if got := transport.last.URL.EscapedPath(); got != want {
			t.Errorf("%s: path is %s, want %s", base, got, want)
		}
	}
}

// recorder is a transport that keeps the last request and answers by itself.
type recorder struct {
	answer string
	last   *http.Request
}

func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	r.last = req
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{}, Request: req,
		Body: io.NopCloser(strings.NewReader(r.answer)), ContentLength: int64(len(r.answer)),
	}, nil
}

func TestDefaultsGoToLokalise(t *testing.T) {
	t.Parallel()
	transport := &recorder{answer: bareProject}
	client, err := lokalise.New(lokalise.WithAPIToken("t"), lokalise.WithHTTPClient(&http.Client{Transport: transport}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.Projects.Get(t.Context(), "p"); err != nil {
		t.Fatal(err)
	}
	if got := transport.last.URL.String(); got != "https://api.lokalise.com/api2/projects/p" {
		t.Errorf("the request went to %s", got)
	}
	if ua := transport.last.Header.Get("User-Agent"); !strings.HasPrefix(ua, "golokalise/") {
		t.Errorf("User-Agent is %q", ua)
	}
}

func TestUserAgentCanBeSet(t *testing.T) {
	t.Parallel()
	client := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		if ua := r.Header.Get("User-Agent"); ua != "my-app/2" {
			t.Errorf("User-Agent is %q", ua)
		}
		answer(http.StatusOK, bareProject)(w, r)
	}, lokalise.WithUserAgent("my-app/2"), lokalise.WithAttemptTimeout(0), lokalise.WithCallTimeout(0))
	if err := get(t.Context(), client, lokalise.MaxWait(time.Second)); err != nil {
		t.Error(err)
	}
}
