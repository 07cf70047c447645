package sandbox_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/sandbox"
)

const (
	seedProject = "3150927465e5a1d12ac0b7.40718253" // Mobile app, of the first team
	noProject   = "0000000000000000000000.00000000" // well-formed, and nobody's
	tokenHeader = "Invalid `X-Api-Token` header"
)

// TestRequestsAreCheckedInTheRecordedOrder has rows in which two things are
// wrong, so that the answer shows what is looked at first.
func TestRequestsAreCheckedInTheRecordedOrder(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	good := []string{"X-Api-Token", b.creds.APIToken}
	for _, test := range []struct {
		name               string
		method, path, body string
		header             []string
		status             int
		message            string
	}{
		{"unknown path before the credential", "GET", "/nothing", "", nil, 404, "Not Found"},
		{"unknown path with a credential", "GET", "/nothing", "", good, 404, "Not Found"},
		{"root of the API", "GET", "", "", good, 404, "Not Found"},
		{"trailing slash", "GET", "/projects/", "", good, 404, "Not Found"},
		{"method that /projects does not have", "DELETE", "/projects", "", good, 404, "Not Found"},
		{"method that a path deep down does not have", "POST", "/teams/1/groups/2/projects/add", "", good, 405, "Method Not Allowed"},
		{"malformed project id before the credential", "GET", "/projects/abc", "", nil, 400, "Invalid `project_id` parameter"},
		{"malformed project id of an operation not modeled", "GET", "/projects/abc/keys", "", nil, 400, "Invalid `project_id` parameter"},
		{"malformed project id with a credential", "GET", "/projects/abc", "", good, 400, "Invalid `project_id` parameter"},
		{"body before the credential", "POST", "/projects", "{}", nil, 400, "Invalid `name` parameter"},
		{"no token", "GET", "/projects", "", nil, 400, tokenHeader},
		{"empty token", "GET", "/projects", "", []string{"X-Api-Token", ""}, 400, tokenHeader},
		{"malformed token", "GET", "/projects", "", []string{"X-Api-Token", "abc"}, 400, tokenHeader},
		{"malformed token of the right length", "GET", "/projects", "", []string{"X-Api-Token", strings.Repeat("z", 40)}, 400, tokenHeader},
		{"other authorization scheme", "GET", "/projects", "", []string{"Authorization", "Basic abc"}, 400, tokenHeader},
		{"well-formed unknown token", "GET", "/projects", "", []string{"X-Api-Token", never}, 401, "Unauthorized"},
		{"unknown bearer token", "GET", "/projects", "", []string{"Authorization", "Bearer " + never}, 401, "Unauthorized"},
		{"malformed bearer token", "GET", "/projects", "", []string{"Authorization", "Bearer abc"}, 401, "Unauthorized"},
		{"personal token as bearer", "GET", "/projects", "", []string{"Authorization", "Bearer " + b.creds.APIToken}, 401, "Unauthorized"},
		{"personal token wins over a bearer token", "GET", "/projects", "", []string{"X-Api-Token", never, "Authorization", "Bearer " + b.grant().AccessToken}, 401, "Unauthorized"},
		{"credential before the project is looked up", "GET", "/projects/" + noProject, "", []string{"X-Api-Token", never}, 401, "Unauthorized"},
		{"unknown project", "GET", "/projects/" + noProject, "", good, 404, "Not Found"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a := b.send(test.method, "/api2"+test.path, test.body, test.header...)
			if a.status != test.status || a.message(t) != test.message {
				t.Errorf("got %d %s, want %d %q", a.status, a.body, test.status, test.message)
			}
			if a.header.Get("Content-Type") != "application/json" || !uuid.MatchString(a.header.Get("X-Lokalise-Process-Id")) {
				t.Errorf("headers %v", a.header)
			}
			if a.header.Get("Www-Authenticate") != "" {
				t.Error("WWW-Authenticate was never recorded")
			}
		})
	}
}

func TestBothCredentialHeadersWork(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	token := b.grant().AccessToken
	for _, header := range [][]string{
		{"X-Api-Token", b.creds.APIToken},
		{"X-Api-Token", b.creds.ReadOnlyAPIToken},
		{"Authorization", "Bearer " + token},
		{"Authorization", "bearer " + token},
	} {
		if a := b.send("GET", "/api2/projects", "", header...); a.status != http.StatusOK {
			t.Errorf("%s: %d %s", header[0], a.status, a.body)
		}
	}
}

func TestReadOnlyTokenMayNotWrite(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	for _, test := range [][3]string{
		{"POST", "/projects", `{"name":"x"}`},
		{"PUT", "/projects/" + seedProject, `{"name":"x"}`},
		{"DELETE", "/projects/" + seedProject, ""},
		{"PUT", "/projects/" + seedProject + "/empty", ""},
	} {
		a := b.send(test[0], "/api2"+test[1], test[2], "X-Api-Token", b.creds.ReadOnlyAPIToken)
		if a.status != http.StatusForbidden || a.message(t) != "Forbidden" {
			t.Errorf("%s %s: %d %s", test[0], test[1], a.status, a.body)
		}
	}
	if a := b.api("GET", "/projects/"+seedProject, ""); a.status != http.StatusOK || strings.Contains(a.body, `"name":"x"`) {
		t.Errorf("something changed: %s", a.body)
	}
}

func TestMissingScopeIsForbiddenAndNamedInTheJournal(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	reader := b.grant("scope", "read_projects").AccessToken
	writer := b.grant("scope", "write_projects").AccessToken
	for _, test := range []struct{ token, method, path, body, missing string }{
		{reader, "POST", "/projects", `{"name":"x"}`, "write_projects"},
		{reader, "DELETE", "/projects/" + seedProject, "", "write_projects"},
		{writer, "GET", "/projects", "", "read_projects"},
		{reader, "GET", "/projects/" + seedProject + "/keys", "", "read_keys"},
	} {
		a := b.bearer(test.token, test.method, test.path, test.body)
		if a.status != http.StatusForbidden || a.message(t) != "Forbidden" {
			t.Errorf("%s %s: %d %s", test.method, test.path, a.status, a.body)
		}
		if e := b.last(); e.ScopeMissing != test.missing || !strings.Contains(e.String(), test.missing) {
			t.Errorf("%s %s: the journal names %q", test.method, test.path, e.ScopeMissing)
		}
	}
	b.bearer(reader, "GET", "/projects", "")
	if e := b.last(); e.Scope != "read_projects" || e.ScopeMissing != "" {
		t.Errorf("scope %q, missing %q", e.Scope, e.ScopeMissing)
	}
}

func TestOperationThatTakesNoOAuthTokenIsForbidden(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	if a := b.bearer(b.grant().AccessToken, "GET", "/users/1", ""); a.status != http.StatusForbidden {
		t.Errorf("%d %s", a.status, a.body)
	}
}

func TestOperationThatIsNotModeledSaysSo(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	for _, test := range [][3]string{
		{"GET", "/api2/projects/" + seedProject + "/translation-memories", "translation_memories.list"},
	} {
		a := b.send(test[0], test[1], "", "X-Api-Token", b.creds.APIToken)
		if a.status != http.StatusNotImplemented || !strings.Contains(a.message(t), test[2]) {
			t.Errorf("%s %s: %d %s", test[0], test[1], a.status, a.body)
		}
		if e := b.last(); e.Operation != test[2] || e.Status != http.StatusNotImplemented {
			t.Errorf("the journal has %s", e)
		}
	}
}

func TestUsersReachWhatIsTheirs(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	for user, want := range map[string][]string{
		"mara.lind@example.com":   {"Help center", "Mobile app", "Website"},
		"tomas.rey@example.com":   {"Back office", "Help center", "Mobile app", "Website"},
		"yuki.tanaka@example.com": {"Website"},
	} {
		token := b.grantFor(sandbox.AuthorizeOptions{User: user}).AccessToken
		got := projectNames(t, b.bearer(token, "GET", "/projects", ""))
		if strings.Join(got, ", ") != strings.Join(want, ", ") {
			t.Errorf("%s sees %v, want %v", user, got, want)
		}
	}
	yuki := b.grantFor(sandbox.AuthorizeOptions{User: "yuki.tanaka@example.com"}).AccessToken
	if a := b.bearer(yuki, "GET", "/projects/"+seedProject, ""); a.status != http.StatusForbidden {
		t.Errorf("a member of the team who is no admin: %d", a.status)
	}
	if a := b.bearer(yuki, "POST", "/projects", `{"name":"x"}`); a.status != http.StatusForbidden {
		t.Errorf("a project made by a member: %d", a.status)
	}
	if a := b.bearer(yuki, "POST", "/projects", `{"name":"x","team_id":276692}`); a.status != http.StatusForbidden {
		t.Errorf("a project made by a member in the team: %d", a.status)
	}
	if a := b.api("GET", "/projects/"+backOffice, ""); a.status != http.StatusNotFound {
		t.Errorf("a project of a foreign team: %d", a.status)
	}
}

func TestBodyAboveTheLimitIsRefused(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	r := httptest.NewRequest("POST", "http://localhost/api2/projects", io.LimitReader(zeros{}, 65<<20))
	w := httptest.NewRecorder()
	b.Handler().ServeHTTP(w, r)
	if w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

func TestNothingIsAtOtherPaths(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	if a := b.send("GET", "/auth", ""); a.status != http.StatusNotFound || a.message(t) != "Not Found" {
		t.Errorf("for a program: %d %s", a.status, a.body)
	}
	a := b.send("GET", "/auth", "", "Accept", "text/html,*/*")
	if a.status != http.StatusNotFound || !strings.Contains(a.body, "/oauth2/auth") {
		t.Errorf("for a person: %d %s", a.status, a.body)
	}
}
