package demo_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/cmd/demo"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/exit"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/iostreams"
	"github.com/golokalise/lokalise/internal/testutil"
	"github.com/golokalise/lokalise/oauth"
	"github.com/golokalise/lokalise/sandbox"
)

var wantSteps = []string{
	"authorization", "code", "token_exchange", "token", "projects",
	"clock", "expired", "refresh", "projects_again", "denial",
}

// line is a line of the JSON output, read as a user of it would.
type line struct {
	Step, Title, Error string
	OK                 bool
	Request            *struct {
		Method, URL string
		Headers     map[string]string
		Body        json.RawMessage
	}
	Response *struct {
		Status  int
		Headers map[string]string
		Body    json.RawMessage
	}
}

// person sits at a terminal of 80 columns, types what in yields, and does what
// open does with the authorization URL.
func person(in io.Reader, open func(ctx context.Context, authURL string) error) (*demo.Options, *bytes.Buffer) {
	streams, out, _ := iostreams.Test(in, iostreams.Terminal{
		In: true, Out: true, Err: true, Width: 80, Environ: []string{"TERM=xterm-256color"},
	})
	return &demo.Options{IO: streams, OpenBrowser: open, Browser: open != nil, Timeout: time.Minute}, out
}

// silence is an input on which nobody types anything.
func silence(t *testing.T) io.Reader {
	t.Helper()
	r, w := io.Pipe()
	t.Cleanup(func() { _ = w.Close() }) // a pipe's Close never fails
	return r
}

// answer does what a person's browser does: it answers the consent page and
// follows the redirect.
func answer(allow bool) func(context.Context, string) error {
	return func(ctx context.Context, authURL string) error {
		redirect, err := consent(ctx, authURL, allow)
		if err != nil {
			return err
		}
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, redirect, nil)
		if err != nil {
			return err
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			return err
		}
		return resp.Body.Close()
	}
}

func consent(ctx context.Context, authURL string, allow bool) (redirect string, err error) {
	u, err := url.Parse(authURL)
	if err != nil {
		return "", err
	}
	body, err := json.Marshal(map[string]any{"url": authURL, "allow": allow})
	if err != nil {
		return "", err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+u.Host+"/_sandbox/authorize", bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	var got struct {
		RedirectTo string `json:"redirect_to"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&got); err != nil {
		return "", err
	}
	return got.RedirectTo, nil
}

func runJSON(t *testing.T) (lines []line, raw string) {
	t.Helper()
	streams, out, errOut := iostreams.Test(strings.NewReader(""), iostreams.Terminal{})
	if err := demo.Run(t.Context(), &demo.Options{IO: streams, JSON: true, Timeout: time.Minute}); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if errOut.Len() > 0 {
		t.Errorf("error output: %s", errOut)
	}
	for text := range strings.Lines(out.String()) {
		var l line
		if err := json.Unmarshal([]byte(text), &l); err != nil {
			t.Fatalf("%v in %s", err, text)
		}
		lines = append(lines, l)
	}
	return lines, out.String()
}

func TestEveryStepShowsWhatWasSentAndWhatCameBack(t *testing.T) {
	t.Parallel()
	lines, _ := runJSON(t)
	steps := map[string]line{}
	var order []string
	for _, l := range lines {
		order = append(order, l.Step)
		steps[l.Step] = l
		if !l.OK || l.Error != "" || l.Title == "" {
			t.Errorf("step %+v", l)
		}
	}
	if fmt.Sprint(order) != fmt.Sprint(wantSteps) {
		t.Fatalf("steps %v, want %v", order, wantSteps)
	}
	for step, want := range map[string]struct {
		method, path string
		status       int
	}{
		"code":           {"POST", "/_sandbox/authorize", 200},
		"token_exchange": {"POST", "/oauth2/token", 200},
		"projects":       {"GET", "/api2/projects", 200},
		"clock":          {"POST", "/_sandbox/clock", 200},
		"expired":        {"GET", "/api2/projects", 401},
		"refresh":        {"POST", "/oauth2/token", 200},
		"projects_again": {"GET", "/api2/projects", 200},
		"denial":         {"POST", "/_sandbox/authorize", 200},
	} {
		got := steps[step]
		if got.Request == nil || got.Response == nil {
			t.Errorf("%s: request or response is missing", step)
			continue
		}
		u, err := url.Parse(got.Request.URL)
		if err != nil || got.Request.Method != want.method || u.Path != want.path || got.Response.Status != want.status {
			t.Errorf("%s: %s %s, %d; want %+v", step, got.Request.Method, got.Request.URL, got.Response.Status, want)
		}
	}
	checkTokens(t, steps)
}

// checkTokens holds the masked tokens of the steps against each other.
func checkTokens(t *testing.T, steps map[string]line) {
	t.Helper()
	accessToken := func(step string) string {
		var body struct {
			AccessToken string `json:"access_token"`
		}
		if err := json.Unmarshal(steps[step].Response.Body, &body); err != nil {
			t.Errorf("%s: %v", step, err)
		}
		return body.AccessToken
	}
	first, second := accessToken("token_exchange"), accessToken("refresh")
	for step, token := range map[string]string{
		"projects": first, "expired": first, "projects_again": second,
	} {
		if got := steps[step].Request.Headers["Authorization"]; got != "Bearer "+token {
			t.Errorf("%s was sent with %q, want the token %s", step, got, token)
		}
	}
	if accessToken("token") != first {
		t.Errorf("the token that is shown is not the one that came: %s, %s", accessToken("token"), first)
	}
	if string(steps["projects"].Response.Body) != string(steps["projects_again"].Response.Body) {
		t.Error("the projects differ after the refresh")
	}
}

func TestAuthorizationURLOfTheFirstLineIsThereToBeOpened(t *testing.T) {
	t.Parallel()
	lines, _ := runJSON(t)
	u, err := url.Parse(lines[0].Request.URL)
	if err != nil {
		t.Fatal(err)
	}
	query := u.Query()
	if u.Path != "/oauth2/auth" || len(query.Get("client_id")) != 40 || query.Get("scope") != "read_projects" || len(query.Get("state")) < 20 {
		t.Errorf("authorization URL %s", u)
	}
}

// secrets are the ones that anybody can know before a run. Codes and tokens
// are made in the run; see TestNoTokenIsShownWhole.
func secrets(t *testing.T) []string {
	t.Helper()
	srv, err := sandbox.New()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = srv.Close() }) // it never listened
	creds := srv.Credentials()
	return []string{creds.ClientSecret, creds.APIToken}
}

func TestOutputHasNoSecret(t *testing.T) {
	t.Parallel()
	known := secrets(t)
	_, asJSON := runJSON(t)
	testutil.AssertNoSecret(t, "--json", asJSON, known...)

	opts, out := person(silence(t), answer(true))
	if err := demo.Run(t.Context(), opts); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	testutil.AssertNoSecret(t, "terminal", out.String(), known...)

	// The search would find a leak: the client ID is no secret and is shown.
	if found := testutil.FindSecret(asJSON, lineClientID(t, asJSON)); found == nil {
		t.Error("the search does not find what is there")
	}
}

func lineClientID(t *testing.T, output string) string {
	t.Helper()
	_, rest, ok := strings.Cut(output, "client_id=")
	if !ok || len(rest) < 40 {
		t.Fatalf("no client ID in:\n%s", output)
	}
	return rest[:40]
}

// TestNoTokenIsShownWhole looks at the shape: codes and tokens of the sandbox
// are 40 hex characters, and but for the client ID nothing like that may be
// shown.
func TestNoTokenIsShownWhole(t *testing.T) {
	t.Parallel()
	_, asJSON := runJSON(t)
	opts, out := person(silence(t), answer(true))
	if err := demo.Run(t.Context(), opts); err != nil {
		t.Fatal(err)
	}
	clientID := lineClientID(t, asJSON)
	for name, output := range map[string]string{"--json": asJSON, "terminal": out.String()} {
		for _, word := range strings.FieldsFunc(output, func(r rune) bool { return !strings.ContainsRune("0123456789abcdef", r) }) {
			if len(word) >= 40 && word != clientID {
				t.Errorf("%s: this looks like a token: %s", name, word)
			}
		}
	}
}

func TestPersonAllowsInTheBrowser(t *testing.T) {
	t.Parallel()
	opts, out := person(silence(t), answer(true))
	if err := demo.Run(t.Context(), opts); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if !strings.Contains(out.String(), "/callback?code=") {
		t.Errorf("the redirect of the browser is not shown:\n%s", out)
	}
}

func TestPersonDenies(t *testing.T) {
	t.Parallel()
	opts, out := person(silence(t), answer(false))
	err := demo.Run(t.Context(), opts)
	if !errors.Is(err, oauth.ErrDenied) || exit.Code(err) != exit.Auth {
		t.Errorf("err = %v, exit code %d", err, exit.Code(err))
	}
	if !strings.Contains(out.String(), "✗") {
		t.Errorf("the step that failed is not shown:\n%s", out)
	}
}

func TestEnterAllowsWithoutABrowser(t *testing.T) {
	t.Parallel()
	opts, out := person(strings.NewReader("\n"), nil)
	if err := demo.Run(t.Context(), opts); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

func TestEndOfInputIsNoAnswer(t *testing.T) {
	t.Parallel()
	opts, _ := person(strings.NewReader(""), nil)
	opts.Timeout = 100 * time.Millisecond
	err := demo.Run(t.Context(), opts)
	if err == nil || exit.Code(err) != exit.Failure || !strings.Contains(err.Error(), "nobody answered") {
		t.Errorf("err = %v, exit code %d", err, exit.Code(err))
	}
}

func TestBrowserThatDoesNotOpenIsNotTheEnd(t *testing.T) {
	t.Parallel()
	in, enter := io.Pipe()
	opts, out := person(in, func(context.Context, string) error {
		go func() { _, _ = io.WriteString(enter, "\n") }() // the demo reads it or the test fails
		return errors.New("no browser here")
	})
	if err := demo.Run(t.Context(), opts); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

func TestInterruptionEndsTheWaiting(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	opts, _ := person(silence(t), func(context.Context, string) error {
		cancel()
		return nil
	})
	if err := demo.Run(ctx, opts); !errors.Is(err, context.Canceled) {
		t.Errorf("err = %v", err)
	}
}
