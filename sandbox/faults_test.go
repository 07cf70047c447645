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
			return a.header.Get("Retry-After") == "7" && a.header.Get("X-Ratelimit-Reset") == "3" && a.header.Get("X-Ratelimit-Limit") == "6, 6;w=1"
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

func TestFaultHitsWhomItIsFor(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	other := b.NewWorld()
	one, two := b.grant(), b.grant()
	grant := b.OAuth().Grants()[1].ID
	hit := func(f sandbox.Fault, header ...string) bool {
		t.Helper()
		b.ClearFaults()
		f.Status = 503
		if f.Operation == "" {
			f.Operation = "projects.*"
		}
		b.inject(f)
		return b.send("GET", "/api2/projects/"+seedProject, "", header...).status == 503
	}
	token := []string{"X-Api-Token", b.creds.APIToken}
	readOnly := []string{"X-Api-Token", b.creds.ReadOnlyAPIToken}
	foreign := []string{"X-Api-Token", other.APIToken}
	first, second := []string{"Authorization", "Bearer " + one.AccessToken}, []string{"Authorization", "Bearer " + two.AccessToken}
	for _, test := range []struct {
		fault  sandbox.Fault
		header []string
		want   bool
	}{
		{sandbox.Fault{Operation: "*"}, token, true},
		{sandbox.Fault{Operation: "projects.get"}, token, true},
		{sandbox.Fault{Operation: "keys.*, projects.g*"}, token, true},
		{sandbox.Fault{Operation: "projects.list"}, token, false},
		{sandbox.Fault{World: "world-2"}, token, false},
		{sandbox.Fault{World: "world-2"}, foreign, true},
		{sandbox.Fault{User: "Mara.Lind@example.com"}, token, true},
		{sandbox.Fault{User: "tomas.rey@example.com"}, token, false},
		{sandbox.Fault{Project: seedProject}, token, true},
		{sandbox.Fault{Project: noProject}, token, false},
		{sandbox.Fault{Credential: "read-only API token"}, token, false},
		{sandbox.Fault{Credential: "read-only API token"}, readOnly, true},
		{sandbox.Fault{Credential: "OAuth token"}, first, true},
		{sandbox.Fault{Grant: grant}, first, false},
		{sandbox.Fault{Grant: grant}, second, true},
		{sandbox.Fault{}, []string{"X-Api-Token", never}, false}, // not in order: it is refused for that
	} {
		if got := hit(test.fault, test.header...); got != test.want {
			t.Errorf("%+v hit: %v", test.fault, got)
		}
	}
	b.ClearFaults()
	b.inject(sandbox.Fault{Operation: "projects.get", Project: seedProject, Status: 500})
	if a := b.api("GET", "/projects/"+seedProject+":master", ""); a.status != 500 {
		t.Errorf("a branch: %d", a.status)
	}
}

func TestFaultHitsTheNthRequest(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	statuses := func() (all string) {
		for range 6 {
			all += string(rune('0' + b.api("GET", "/projects", "").status/100))
		}
		return all
	}
	b.inject(sandbox.Fault{Operation: "projects.list", Skip: 2, Times: 2, Status: 503}, sandbox.Fault{Operation: "projects.list", Times: 1, Status: 404})
	if got := statuses(); got != "425522" {
		t.Errorf("skipped and counted: %s", got)
	}
	list := b.Faults()
	if f := list[0]; !f.Spent || f.Hit != 2 || f.Seen != 4 || !list[1].Spent {
		t.Errorf("%+v", list)
	}
	random := func(seed uint64) string {
		b.ClearFaults()
		b.inject(sandbox.Fault{Operation: "projects.list", Probability: 0.5, Seed: seed, Status: 503})
		return statuses() + statuses()
	}
	first := random(1)
	if again := random(1); again != first || !strings.Contains(first, "5") || !strings.Contains(first, "2") {
		t.Errorf("seed 1: %s, then %s", first, again)
	}
	if random(2) == first && random(3) == first {
		t.Errorf("every seed decides alike: %s", first)
	}
}

func TestFaultWorksOnOperationsThatAreNotModeled(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	b.inject(sandbox.FaultStatus("ota.*", 503))
	list := b.Faults()
	if len(list) != 1 || list[0].Fault.Name != "ota.*: status 503" {
		t.Errorf("%+v", list)
	}
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

func TestFaultThatMeansNothingIsRefused(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	for want, f := range map[string]sandbox.Fault{
		"keys.create?":           {Operation: "key.create", Status: 500},
		"oauth2.token?":          {Operation: "keys.list,oauth.token", Status: 500},
		"operation is missing":   {Status: 500},
		"not known":              {Operation: "[", Status: 500},
		"nothing would happen":   {Operation: "*"},
		"status 200":             {Operation: "*", Status: 200},
		"cannot be negative":     {Operation: "*", Status: 500, Times: -1},
		"probability":            {Operation: "*", Status: 500, Probability: 1.5},
		"an hour":                {Operation: "*", Delay: 2 * time.Hour},
		"carries no answer":      {Operation: "*", Reset: true, Status: 500},
		"truncated or malformed": {Operation: "*", Truncate: true, Malformed: true},
		"need a status":          {Operation: "*", Reset: true, Message: "x"},
		"choose one":             {Operation: "*", Status: 500, Message: "x", Body: "y"},
		"content_type is that":   {Operation: "*", Status: 500, ContentType: "text/plain"},
		"content_type has a":     {Operation: "*", Status: 500, Body: "x", ContentType: "text/plain\r\n"},
		"no name has":            {Operation: "*", Status: 500, Header: http.Header{"A b": {"c"}}},
		"has a line break":       {Operation: "*", Status: 500, Header: http.Header{"A": {"b\r\nc: d"}}},
		"belongs to the":         {Operation: "*", Status: 500, Header: http.Header{"Content-Length": {"1"}}},
		"there are default":      {Operation: "*", Status: 500, World: "x"},
		"there are API token":    {Operation: "*", Status: 500, Credential: "x"},
	} {
		err := b.Inject(sandbox.FaultStatus("*", 500), f)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want %q in it", f, err, want)
		}
	}
	if n := len(b.Faults()); n != 0 {
		t.Errorf("%d faults were added", n)
	}
	for range 1000 {
		b.inject(sandbox.FaultStatus("*", 500))
	}
	if err := b.Inject(sandbox.FaultStatus("*", 500)); err == nil {
		t.Error("there is no bound")
	}
}

func TestResetClearsFaults(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	other := b.NewWorld()
	b.inject(sandbox.FaultStatus("*", 500), sandbox.Fault{Operation: "*", World: "world-2", Status: 500})
	b.control("POST", "reset", `{"client_id":"`+other.ClientID+`"}`)
	if list := b.Faults(); len(list) != 1 || list[0].Fault.World != "" {
		t.Errorf("after the reset of a world: %+v", list)
	}
	b.control("POST", "reset", "")
	if n := len(b.Faults()); n != 0 {
		t.Errorf("after the reset of all: %d", n)
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
