package sandbox_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/sandbox"
)

// inject adds faults, which have to be in order.
func (b *box) inject(list ...sandbox.Fault) {
	b.Helper()
	if err := b.Inject(list...); err != nil {
		b.Fatal(err)
	}
}

// try sends a request that may end without an answer.
func (b *box) try(method, path, body string) (answer, error) {
	b.Helper()
	res, err := b.Client().Do(b.request(method, "/api2"+path, body, "X-Api-Token", b.creds.APIToken, "Accept-Encoding", "identity"))
	if err != nil {
		return answer{}, err
	}
	defer func() { _ = res.Body.Close() }()
	data, err := io.ReadAll(res.Body)
	return answer{res.StatusCode, res.Header, string(data)}, err
}

// count is how many projects there are.
func (b *box) count() int {
	b.Helper()
	return len(projects(b, b.api("GET", "/projects", "")))
}

const newProject = `{"name":"Made during a fault"}`

// everywhere runs a test over TCP and in memory.
func everywhere(t *testing.T, test func(t *testing.T, b *box)) {
	t.Helper()
	t.Run("TCP", func(t *testing.T) {
		t.Parallel()
		test(t, start(t, sandbox.WithoutRateLimit()))
	})
	t.Run("memory", func(t *testing.T) {
		t.Parallel()
		test(t, start(t, sandbox.InMemory(), sandbox.WithoutRateLimit()))
	})
}

func TestStatusesComeInTheFormOfTheAPI(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	for status, text := range map[int]string{
		400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 406: "Not Acceptable", 409: "Conflict",
		413: "Request Entity Too Large", 423: "Your token is currently used to process another request. We do not support concurrent requests.",
		429: "Too many requests. Cool your jets and try again in a bit", 500: "Internal Server Error", 502: "Bad Gateway",
		503: "Service Unavailable", 504: "Gateway Timeout", 599: "Error",
	} {
		b.ClearFaults()
		b.inject(sandbox.FaultStatus("projects.list", status))
		a := b.api("GET", "/projects", "")
		if a.status != status || a.message(t) != text || a.header.Get("Content-Type") != "application/json" || !uuid.MatchString(a.header.Get("X-Lokalise-Process-Id")) {
			t.Errorf("%d: %d %s %v", status, a.status, a.body, a.header)
		}
		if rate := a.header.Get("X-Ratelimit-Remaining"); (rate == "0") != (status == 429) {
			t.Errorf("%d: X-Ratelimit-Remaining %q", status, rate)
		}
	}
}

func TestFaultChangesTheAnswerAsItSays(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	for _, test := range []struct {
		name  string
		fault sandbox.Fault
		check func(a answer) bool
	}{
		{"text", sandbox.Fault{Status: 404, Message: "Not today"}, func(a answer) bool { return a.message(t) == "Not today" }},
		{"body", sandbox.Fault{Status: 400, Body: "<a>", ContentType: "text/xml"}, func(a answer) bool {
			return a.status == 400 && a.body == "<a>" && a.header.Get("Content-Type") == "text/xml"
		}},
		{"JSON body", sandbox.Fault{Status: 400, Body: `{"x":1}`}, func(a answer) bool { return a.header.Get("Content-Type") == "application/json" }},
		{"header", sandbox.Fault{Status: 429, Header: http.Header{"Retry-After": {"7"}, "X-Ratelimit-Reset": {"3"}}}, func(a answer) bool {
			return a.header.Get("Retry-After") == "7" && a.header.Get("X-Ratelimit-Reset") == "3" && a.header.Get("X-Ratelimit-Limit") == "6, 6;w=1, 6;w=1"
		}},
		{"no rate headers", sandbox.Fault{Status: 429, NoRateHeaders: true}, func(a answer) bool {
			return a.status == 429 && a.header.Get("X-Ratelimit-Limit") == "" && a.header.Get("X-Ratelimit-Remaining") == "" && a.header.Get("X-Ratelimit-Reset") == ""
		}},
		{"page", sandbox.Fault{ProxyPage: true}, func(a answer) bool {
			return a.status == 502 && strings.Contains(a.body, "<h1>502 Bad Gateway</h1>") && a.header.Get("Content-Type") == "text/html" && a.header.Get("X-Lokalise-Process-Id") == ""
		}},
		{"page with status", sandbox.Fault{ProxyPage: true, Status: 504}, func(a answer) bool { return a.status == 504 && strings.Contains(a.body, "Gateway Timeout") }},
		{"half an error", sandbox.Fault{Status: 500, Malformed: true}, func(a answer) bool {
			return a.status == 500 && !json.Valid([]byte(a.body)) && strings.HasPrefix(a.body, `{"error"`)
		}},
	} {
		b.ClearFaults()
		test.fault.Operation = "projects.create"
		b.inject(test.fault)
		before := b.count()
		if a := b.api("POST", "/projects", newProject); !test.check(a) {
			t.Errorf("%s: %d %s %v", test.name, a.status, a.body, a.header)
		}
		if b.count() != before {
			t.Errorf("%s: the change was made", test.name)
		}
		b.Clock().Advance(time.Second)
	}
}

func TestResetCutsTheConnectionBeforeOrAfterTheChange(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, b *box) {
		before := b.count()
		b.inject(sandbox.Fault{Operation: "projects.create", Reset: true, Times: 1}, sandbox.FaultLostAnswer("projects.create"))
		for _, want := range []int{before, before + 1} {
			_, err := b.try("POST", "/projects", newProject)
			if err == nil {
				t.Fatal("there was an answer")
			}
			if !errors.Is(err, syscall.ECONNRESET) && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrClosedPipe) {
				t.Errorf("the connection ended with %v", err)
			}
			if e := b.last(); e.Status != 0 || e.Operation != "projects.create" || !strings.Contains(e.Fault, "connection reset") {
				t.Errorf("the journal has %s", e)
			}
			if got := b.count(); got != want {
				t.Errorf("%d projects, want %d", got, want)
			}
		}
		if a := b.api("POST", "/projects", newProject); a.status != http.StatusOK || b.last().Fault != "" {
			t.Errorf("once both are spent: %d", a.status)
		}
	})
}

// TestResetOverTCPIsAReset tells it from an orderly end.
func TestResetOverTCPIsAReset(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.WithoutRateLimit())
	b.inject(sandbox.Fault{Operation: "projects.create", Reset: true})
	resets := 0
	for range 5 { // on some systems the client may see the end of the stream first
		if _, err := b.try("POST", "/projects", newProject); errors.Is(err, syscall.ECONNRESET) {
			resets++
		}
	}
	if resets == 0 {
		t.Error("no connection was reset")
	}
}

func TestTruncatedAndMalformedBodiesFollowTheChange(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, b *box) {
		before := b.count()
		b.inject(sandbox.Fault{Operation: "projects.create", Truncate: true, Times: 1}, sandbox.Fault{Operation: "projects.create", Malformed: true, Times: 1})
		a, err := b.try("POST", "/projects", newProject)
		if !errors.Is(err, io.ErrUnexpectedEOF) || a.status != http.StatusOK || !strings.HasPrefix(a.body, `{"project_id"`) {
			t.Errorf("truncated: %d %q %v", a.status, a.body, err)
		}
		a, err = b.try("POST", "/projects", newProject)
		if err != nil || a.status != http.StatusOK || json.Valid([]byte(a.body)) || !strings.HasPrefix(a.body, `{"project_id"`) {
			t.Errorf("malformed: %d %q %v", a.status, a.body, err)
		}
		if got := b.count(); got != before+2 {
			t.Errorf("%d projects, want %d", got, before+2)
		}
	})
}

func TestMalformedAnswerIsNotCompressed(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	b.inject(sandbox.Fault{Operation: "projects.list", Malformed: true})
	a := b.send("GET", "/api2/projects", "", "X-Api-Token", b.creds.APIToken, "Accept-Encoding", "gzip")
	if json.Valid([]byte(a.body)) || !strings.HasPrefix(a.body, `{"projects":[{`) || a.header.Get("Content-Encoding") != "" {
		t.Errorf("%v %q", a.header, a.body)
	}
}

func TestDelayIsTheMachinesTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
		b.Clock().Freeze()
		b.inject(sandbox.FaultDelay("projects.list", 90*time.Second), sandbox.Fault{Operation: "projects.create", After: true, Status: 504, Delay: time.Minute})
		began := time.Now()
		if a := b.api("GET", "/projects", ""); a.status != http.StatusOK || time.Since(began) != 90*time.Second {
			t.Errorf("%d after %v", a.status, time.Since(began))
		}
		b.ClearFaults(b.Faults()[0].ID)
		before := b.count()
		began = time.Now()
		if a := b.api("POST", "/projects", newProject); a.status != http.StatusGatewayTimeout || time.Since(began) != time.Minute {
			t.Errorf("%d after %v", a.status, time.Since(began))
		}
		if got := b.count(); got != before+1 {
			t.Errorf("%d projects, want %d", got, before+1)
		}
	})
}

func TestClientThatGivesUpHasChangedNothingUnlessAfter(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
		before := b.count()
		for _, after := range []bool{false, true} {
			b.ClearFaults()
			b.inject(sandbox.Fault{Operation: "projects.create", Delay: time.Minute, After: after})
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			req := b.request("POST", "/api2/projects", newProject, "X-Api-Token", b.creds.APIToken).WithContext(ctx)
			res, err := b.Client().Do(req)
			if err == nil {
				_ = res.Body.Close()
				t.Error("there was an answer")
			}
			cancel()
			synctest.Wait()
			want := before
			if after {
				want++
			}
			if got := b.count(); got != want {
				t.Errorf("after %v: %d projects, want %d", after, got, want)
			}
		}
	})
}

func TestCloseEndsADelay(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, b *box) {
		b.inject(sandbox.FaultDelay("projects.list", time.Hour))
		done := make(chan error, 1)
		go func() {
			_, err := b.try("GET", "/projects", "")
			done <- err
		}()
		for b.Faults()[0].Hit == 0 {
			time.Sleep(time.Millisecond)
		}
		_ = b.Close()
		if err := <-done; err == nil {
			t.Error("there was an answer")
		}
	})
}

func TestLostAnswerOfTheTokenEndpoint(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, b *box) {
		b.policy(sandbox.OAuthPolicy{Rotation: sandbox.RotationDetectReuse})
		first := b.grant()
		b.inject(sandbox.FaultLostAnswer("oauth2.refresh"))
		req := b.request("POST", "/oauth2/token", b.tokenBody("grant_type", "refresh_token", "refresh_token", first.RefreshToken))
		if res, err := b.Client().Do(req); err == nil {
			_ = res.Body.Close()
			t.Fatal("there was an answer")
		}
		g := b.OAuth().Grants()[0]
		if g.Refreshed != 1 || len(g.RefreshTokens) != 2 {
			t.Errorf("the token was not rotated: %+v", g)
		}
		if e := b.last(); e.Operation != "oauth2.refresh" || e.Status != 0 || e.Fault == "" {
			t.Errorf("the journal has %s", e)
		}
		checkOAuthError(t, b.refresh(first.RefreshToken), "invalid_grant", revokedText)
	})
}

func TestTokenEndpointFailsAndTheTokenStaysGood(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	b.policy(sandbox.OAuthPolicy{Rotation: sandbox.RotationDetectReuse})
	token := b.grant()
	grant := b.OAuth().Grants()[0].ID
	for status, code := range map[int]string{400: "invalid_request", 401: "invalid_client", 403: "access_denied", 429: "temporarily_unavailable", 500: "server_error", 503: "temporarily_unavailable"} {
		b.inject(sandbox.Fault{Operation: "oauth2.token", Status: status, Grant: grant, World: "default", User: "mara.lind@example.com", Credential: "client", Times: 1})
		a := b.refresh(token.RefreshToken)
		var e oauthError
		a.decode(t, &e)
		if a.status != status || e.Error != code || e.Description == "" || e.URI == nil {
			t.Errorf("%d: %d %s", status, a.status, a.body)
		}
	}
	b.inject(sandbox.Fault{Operation: "oauth2.token", World: "default", User: "tomas.rey@example.com", Status: 500})
	b.refreshed(token.RefreshToken)
	tomas := b.codeFor(sandbox.AuthorizeOptions{User: "tomas.rey@example.com"})
	if a := b.exchange(tomas); a.status != 500 {
		t.Errorf("the code of the user: %d", a.status)
	}
	b.ClearFaults()
	if a := b.exchange(tomas); a.status != http.StatusOK {
		t.Errorf("the code was used up: %d", a.status)
	}
}

func TestConsentPageFails(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	b.inject(sandbox.Fault{Operation: "oauth2.authorize", World: "default", Status: 503, Times: 1})
	if a := b.send("GET", b.authPath(), ""); a.status != 503 || !strings.Contains(a.body, "Service Unavailable") {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := b.send("GET", b.authPath(), ""); a.status != http.StatusOK || b.last().Fault != "" {
		t.Errorf("afterwards: %d", a.status)
	}
}

// TestOwnClientSurvivesFaults has the project's own client meet them.
func TestOwnClientSurvivesFaults(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, b *box) {
		client, err := lokalise.New(
			lokalise.WithAPIToken(b.creds.APIToken), lokalise.WithBaseURL(b.URL()), lokalise.WithHTTPClient(b.Client()),
		)
		if err != nil {
			t.Fatal(err)
		}
		b.inject(sandbox.Fault{Operation: "projects.list", Status: 503, Times: 1}, sandbox.Fault{Operation: "projects.list", Truncate: true, Times: 1})
		page, err := client.Projects.List(t.Context(), nil)
		if err != nil || len(page.Items) != 3 {
			t.Errorf("read: %v", err)
		}
		if list := b.Faults(); !list[0].Spent {
			t.Errorf("%+v", list)
		}
		b.ClearFaults()
		b.inject(sandbox.FaultStatus("projects.get", 403))
		_, err = client.Projects.Get(t.Context(), seedProject)
		var failed *lokalise.APIError
		if !errors.As(err, &failed) || failed.Status != http.StatusForbidden {
			t.Errorf("refused: %v", err)
		}
		b.inject(sandbox.FaultLostAnswer("projects.create"))
		_, err = client.Projects.Create(t.Context(), &lokalise.ProjectCreateRequest{Name: "Lost"})
		var lost *lokalise.RequestError
		if !errors.As(err, &lost) || !lost.MayHaveSucceeded {
			t.Errorf("lost: %v", err)
		}
	})
}
