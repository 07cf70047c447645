package sandbox_test

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/cmd/sandbox"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/exit"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/iostreams"
)

// ready is the line of --json, read as a user of it would.
type ready struct {
	URL          string `json:"url"`
	ClientID     string `json:"client_id"`
	ClientSecret string `json:"client_secret"`
	APIToken     string `json:"api_token"`
	RedirectURI  string `json:"redirect_uri"`
}

// start runs the command until the test ends and returns the line it printed.
func start(t *testing.T, opts sandbox.Options) ready {
	t.Helper()
	streams, _, _ := iostreams.Test(strings.NewReader(""), iostreams.Terminal{})
	r, w := io.Pipe()
	streams.Out = w
	opts.IO, opts.JSON, opts.Addr = streams, true, "127.0.0.1:0"
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		err := sandbox.Run(ctx, &opts)
		_ = w.CloseWithError(io.EOF) // never fails
		ended <- err
	}()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the sandbox ended with %v", err)
		}
	})
	text, err := bufio.NewReader(r).ReadBytes('\n')
	if err != nil {
		t.Fatalf("no line: %v", err)
	}
	var line ready
	if err := json.Unmarshal(text, &line); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return line
}

func listProjects(t *testing.T, url, token, host string) int {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+"/api2/projects", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-Api-Token", token)
	req.Host = host
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	if err := resp.Body.Close(); err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode
}

func TestSandboxAcceptsConnectionsOnceItHasPrintedItsLine(t *testing.T) {
	t.Parallel()
	line := start(t, sandbox.Options{})
	if status := listProjects(t, line.URL, line.APIToken, ""); status != http.StatusOK {
		t.Errorf("status %d", status)
	}
	if line.ClientID == "" || line.ClientSecret == "" || line.RedirectURI == "" {
		t.Errorf("line %+v", line)
	}
}

func TestCredentialsAreFixedUnlessRandom(t *testing.T) {
	t.Parallel()
	one, two, random := start(t, sandbox.Options{}), start(t, sandbox.Options{}), start(t, sandbox.Options{Random: true})
	if one.ClientID != two.ClientID || one.ClientSecret != two.ClientSecret || one.APIToken != two.APIToken {
		t.Errorf("two sandboxes differ: %+v, %+v", one, two)
	}
	if random.ClientSecret == one.ClientSecret || random.APIToken == one.APIToken {
		t.Errorf("--random changed nothing: %+v", random)
	}
}

func TestRedirectURIsAreAddedToThoseOnLoopback(t *testing.T) {
	t.Parallel()
	const custom, loopback = "https://app.test/callback", "http://127.0.0.1:4711/cb"
	bare, added := start(t, sandbox.Options{}), start(t, sandbox.Options{RedirectURIs: []string{custom}})
	for _, c := range []struct {
		line ready
		uri  string
		want int
	}{
		{bare, loopback, http.StatusOK},
		{bare, custom, http.StatusBadRequest},
		{added, loopback, http.StatusOK},
		{added, custom, http.StatusOK},
	} {
		query := url.Values{"client_id": {c.line.ClientID}, "scope": {"read_projects"}, "redirect_uri": {c.uri}}
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, c.line.URL+"/oauth2/auth?"+query.Encode(), nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close() // only the status is of interest
		if resp.StatusCode != c.want {
			t.Errorf("%s: status %d, want %d", c.uri, resp.StatusCode, c.want)
		}
	}
}

func TestForeignHostIsRefusedUnlessAllowed(t *testing.T) {
	t.Parallel()
	const host = "build-7.test"
	strict, open := start(t, sandbox.Options{}), start(t, sandbox.Options{AllowHosts: []string{host}})
	if status := listProjects(t, strict.URL, strict.APIToken, host); status < 400 {
		t.Errorf("foreign host: status %d", status)
	}
	if status := listProjects(t, open.URL, open.APIToken, host); status != http.StatusOK {
		t.Errorf("allowed host: status %d", status)
	}
}

func TestRateLimitCanBeSetAndTurnedOff(t *testing.T) {
	t.Parallel()
	refused := func(opts sandbox.Options) (n int) {
		line := start(t, opts)
		for range 20 {
			if listProjects(t, line.URL, line.APIToken, "") == http.StatusTooManyRequests {
				n++
			}
		}
		return n
	}
	if n := refused(sandbox.Options{RateLimit: 1}); n == 0 {
		t.Error("20 requests passed a limit of one a second")
	}
	if n := refused(sandbox.Options{NoRateLimit: true}); n != 0 {
		t.Errorf("%d requests were refused without a limit", n)
	}
}

func TestPortThatIsTakenIsNamedWithTheWayOut(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = taken.Close() }) // it never accepted anything
	streams, out, _ := iostreams.Test(strings.NewReader(""), iostreams.Terminal{})
	err = sandbox.Run(t.Context(), &sandbox.Options{IO: streams, Addr: taken.Addr().String()})
	if err == nil || !strings.Contains(err.Error(), taken.Addr().String()) || exit.Code(err) != exit.Failure {
		t.Errorf("err = %v, exit code %d", err, exit.Code(err))
	}
	if !strings.Contains(exit.Hint(err), "--addr") || out.Len() > 0 {
		t.Errorf("hint %q, output %q", exit.Hint(err), out)
	}
}

// TestWebhooksGoWhereTheyWereAllowedTo looks at a host that cannot exist
// (RFC 2606): without the flag nobody looks for it.
func TestWebhooksGoWhereTheyWereAllowedTo(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		opts sandbox.Options
		want string
	}{
		{sandbox.Options{}, "Not sent"},
		{sandbox.Options{WebhookHosts: []string{"receiver.invalid"}}, "could not be reached"},
	} {
		line := start(t, c.opts)
		call(t, line, http.MethodPost, "/api2/projects", `{"name":"Shop"}`, nil)
		var projects struct {
			Projects []struct {
				ID   string `json:"project_id"`
				Name string `json:"name"`
			} `json:"projects"`
		}
		call(t, line, http.MethodGet, "/api2/projects?filter_names=Shop", "", &projects)
		call(t, line, http.MethodPost, "/api2/projects/"+projects.Projects[0].ID+"/webhooks",
			`{"url":"http://receiver.invalid/","events":["project.deleted"]}`, nil)
		call(t, line, http.MethodPost, "/_sandbox/clock", `{"advance":1}`, nil) // waits for what is due
		var log struct {
			Deliveries []struct {
				Error string `json:"error"`
			} `json:"deliveries"`
		}
		call(t, line, http.MethodGet, "/_sandbox/webhooks/deliveries", "", &log)
		if len(log.Deliveries) != 1 || !strings.Contains(log.Deliveries[0].Error, c.want) {
			t.Errorf("%q: deliveries %+v; want one with %q", c.opts.WebhookHosts, log.Deliveries, c.want)
		}
	}
}

// call makes a request that must succeed and reads its answer into a value.
func call(t *testing.T, line ready, method, path, body string, into any) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, line.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-Api-Token", line.APIToken)
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode > 299 {
		t.Fatalf("%s %s: %d, %v: %s", method, path, resp.StatusCode, err, answer)
	}
	if into == nil {
		return
	}
	if err := json.Unmarshal(answer, into); err != nil {
		t.Fatalf("%v in %s", err, answer)
	}
}
