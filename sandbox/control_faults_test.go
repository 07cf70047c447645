package sandbox_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/sandbox"
)

type faultsState struct {
	Faults []struct {
		ID    int64
		Fault struct {
			Name, Operation, World string
			Delay                  float64
			Header                 map[string]string
		}
		Seen, Hit int
		Spent     bool
	}
}

func TestControlPlaneInjectsFaults(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	var added struct{ IDs []int64 }
	a := b.control("POST", "faults", `{"operation":"projects.list","status":429,"header":{"retry-after":"3"},"times":1,"name":"crowd"}`)
	a.decode(t, &added)
	if a.status != http.StatusCreated || len(added.IDs) != 1 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	a = b.control("POST", "faults", `[{"operation":"projects.*","delay":"1ms","world":"default"},{"operation":"oauth2.token","status":503}]`)
	a.decode(t, &added)
	if a.status != http.StatusCreated || len(added.IDs) != 2 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if a := b.api("GET", "/projects", ""); a.status != 429 || a.header.Get("Retry-After") != "3" || b.last().Fault != "crowd" {
		t.Errorf("%d %v", a.status, a.header)
	}
	b.api("GET", "/projects", "")
	var s faultsState
	a = b.control("GET", "faults", "")
	a.decode(t, &s)
	if len(s.Faults) != 3 {
		t.Fatal(a.body)
	}
	if f := s.Faults[0]; f.Fault.Name != "crowd" || !f.Spent || f.Hit != 1 || f.Fault.Header["Retry-After"] != "3" {
		t.Errorf("%+v", f)
	}
	if f := s.Faults[1]; f.Fault.Name != "projects.*: 1ms late" || f.Spent || f.Seen != 1 || f.Fault.Delay != 0.001 || f.Fault.World != "default" {
		t.Errorf("%+v", f)
	}
	one := "faults/" + strconv.FormatInt(s.Faults[0].ID, 10)
	for _, test := range []struct {
		path, body string
		status     int
	}{
		{one, "", 200},
		{one, "", 404},
		{"faults/x", "", 404},
		{"faults", "", 200},
	} {
		if a := b.control("DELETE", test.path, test.body); a.status != test.status {
			t.Errorf("DELETE %s: %d %s", test.path, a.status, a.body)
		}
	}
	if n := len(b.Faults()); n != 0 {
		t.Errorf("%d are left", n)
	}
}

func TestControlPlaneSaysWhatIsWrongWithAFault(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	for body, want := range map[string]string{
		``:                               "operation",
		`[]`:                             "operation",
		`{}`:                             "operation is missing",
		`{"operation":"keys.creat"}`:     "did you mean keys.create?",
		`{"operation":"*","stauts":500}`: "no_rate_headers", // the known names
		`{"operation":"*","status":"x"}`: "a whole number is expected",
		`{"operation":"*","status":200}`: "between 400 and 599",
		`{"operation":"*","delay":-1}`:   "an hour",
		`{"operation":"*","status":500,"user":"nobody@example.com"}`:     "lists them",
		`{"operation":"*","status":500,"project":"x","world":"default"}`: "world default has none with this id",
		`{"operation":"*","status":500,"grant":7}`:                       "grant 7 is not there",
		`[{"operation":"*"}]`: "nothing would happen",
		`"keys.list"`:         "no JSON object",
		`{"operation":"*","status":500,"header":{"a":1}}`: "header",
	} {
		if a := b.control("POST", "faults", body); a.status != http.StatusBadRequest || !strings.Contains(a.message(t), want) {
			t.Errorf("%s: %d %s, want %q", body, a.status, a.body, want)
		}
	}
	for body, end := range map[string]string{
		`{"operation":"keys.creat"}`: "did you mean keys.create?",
		`{"operation":"*"}`:          "malformed or proxy_page.",
	} {
		if m := b.control("POST", "faults", body).message(t); !strings.HasSuffix(m, end) {
			t.Errorf("%s: %q does not end with %q", body, m, end)
		}
	}
	for _, method := range []string{"POST", "DELETE"} {
		if a := b.send(method, "/_sandbox/faults", `{}`, "Content-Type", "text/plain"); a.status != http.StatusUnsupportedMediaType {
			t.Errorf("%s is not guarded: %d", method, a.status)
		}
	}
}

// TestFaultsDoNotGiveSecretsAway has somebody put secrets into everything that
// is text.
func TestFaultsDoNotGiveSecretsAway(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	token := b.grant()
	secret := token.AccessToken
	fault := map[string]any{
		"name": "for " + secret, "operation": "projects.list", "status": 500, "body": `{"a":"` + secret + `"}`,
		"header": map[string]string{"X-Odd": secret, "Authorization": "Bearer " + secret}, "times": 1,
	}
	if a := b.control("POST", "faults", jsonText(t, fault)); a.status != http.StatusCreated {
		t.Fatalf("%d %s", a.status, a.body)
	}
	for field, value := range map[string]any{"user": secret, "project": secret, "world": secret, "credential": secret, "operation": secret, secret: 1} {
		a := b.control("POST", "faults", jsonText(t, map[string]any{"operation": "keys.list", "status": 500, field: value}))
		assertNoSecret(t, "the refusal of "+strings.ReplaceAll(field, secret, "a member"), a.body, secret)
	}
	b.bearer(secret, "GET", "/projects", "")
	e := b.last()
	if !strings.HasPrefix(e.Fault, "for ") {
		t.Errorf("the journal names %q", e.Fault)
	}
	list := b.control("GET", "faults", "").body
	page := b.send("GET", "/journal/"+strconv.FormatUint(e.ID, 10), "").body
	assertNoSecret(t, "list", list, secret)
	assertNoSecret(t, "journal", jsonText(t, b.Journal())+e.String(), secret)
	assertNoSecret(t, "page", page, secret)
	if !strings.Contains(page, "<dt>Fault</dt>") {
		t.Error("the page does not name the fault")
	}
}
