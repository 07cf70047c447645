package sandbox_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/sandbox"
)

func TestControlPlaneRefusesUnknownQueryParameters(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	b.create(`{"name":"Kept"}`)
	b.inject(sandbox.FaultStatus("keys.*", 500))
	for request, want := range map[string]string{
		"POST reset?wrld=default":               `"wrld" is not known; there are world, client_id`,
		"DELETE faults?id=99":                   "there are world, client_id",
		"GET journal?befor=1":                   "there are after, world, client_id",
		"GET health?world=default":              "there are none here",
		"GET oauth/grants?grant=1":              "there are world, client_id",
		"POST worlds/default/reset?world=other": "there are none here",
		"DELETE faults/1?world=default":         "there are none here",
		"POST reset?world=":                     "has a value",
		"POST reset?world=default&world=other":  "given once",
		"POST reset?world=default;x":            "cannot be read",
		"GET scopes?" + never + "=1":            "is not known",
	} {
		method, path, _ := strings.Cut(request, " ")
		a := b.control(method, path, "")
		if a.status != http.StatusBadRequest || !strings.Contains(a.message(t), want) {
			t.Errorf("%s: %d %s, want %q", request, a.status, a.body, want)
		}
		assertNoSecret(t, request, a.body, never)
	}
	if n := len(projects(t, b.api("GET", "/projects", ""))); n != 4 || len(b.Faults()) != 1 {
		t.Errorf("something was done: %d projects, %d faults", n, len(b.Faults()))
	}
}

func TestControlPlaneIsAboutTheWorldThatTheQueryNames(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	other := b.NewWorld() // world-2
	b.create(`{"name":"Kept"}`)
	b.send("POST", "/api2/projects", `{"name":"Gone"}`, "X-Api-Token", other.APIToken)
	b.inject(sandbox.FaultStatus("keys.*", 500), sandbox.Fault{Operation: "keys.*", World: "world-2", Status: 500},
		sandbox.Fault{Operation: "keys.*", World: "default", Status: 500})
	for _, query := range []string{"world=world-2", "client_id=" + other.ClientID, "world=world-2&client_id=" + other.ClientID} {
		for path, want := range map[string]string{
			"credentials": other.ClientID, "scopes": `"operation":"projects.create","requests":1`, "journal": "Gone", "faults": `"world":"world-2"`,
		} {
			a := b.control("GET", path+"?"+query, "")
			if a.status != http.StatusOK || !strings.Contains(a.body, want) || strings.Contains(a.body, "Kept") || strings.Contains(a.body, `"world":"default"`) {
				t.Errorf("%s?%s: %d %s", path, query, a.status, a.body)
			}
		}
	}
	if a := b.control("DELETE", "faults?world=world-2", ""); !strings.Contains(a.body, `"removed":1`) || len(b.Faults()) != 2 {
		t.Errorf("%s, and %d are left", a.body, len(b.Faults()))
	}
	b.control("POST", "reset?world=world-2", "")
	mine, theirs := projects(t, b.api("GET", "/projects", "")), projects(t, b.send("GET", "/api2/projects", "", "X-Api-Token", other.APIToken))
	if len(mine) != 4 || len(theirs) != 3 {
		t.Errorf("after the reset of world-2: %d and %d projects", len(mine), len(theirs))
	}
	b.control("POST", "reset", `{"world":"default"}`)
	if n := len(projects(t, b.api("GET", "/projects", ""))); n != 3 {
		t.Errorf("after the reset of default: %d projects", n)
	}
}

func TestControlPlaneRefusesUnknownWorlds(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	other := b.NewWorld()
	for _, request := range []string{"GET credentials", "GET scopes", "GET journal", "GET faults", "DELETE faults", "POST reset", "GET oauth", "GET webhooks/deliveries"} {
		method, path, _ := strings.Cut(request, " ")
		for _, query := range []string{"world=nope", "client_id=nope", "world=default&client_id=" + other.ClientID} {
			if a := b.control(method, path+"?"+query, ""); a.status != http.StatusNotFound {
				t.Errorf("%s?%s: %d %s", request, query, a.status, a.body)
			}
		}
	}
	if a := b.control("POST", "reset?world=default", `{"world":"world-2"}`); a.status != http.StatusBadRequest {
		t.Errorf("two worlds: %d %s", a.status, a.body)
	}
}

func TestControlPlaneListsItself(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	for _, path := range []string{"/_sandbox", "/_sandbox/"} {
		var index struct {
			Paths []struct {
				Path  string
				Query []string
			}
		}
		a := b.send("GET", path, "")
		a.decode(t, &index)
		if a.status != http.StatusOK || len(index.Paths) < 25 || !strings.Contains(a.body, `{"path":"GET /_sandbox/journal","query":["after","world","client_id"]}`) {
			t.Errorf("%s: %d %s", path, a.status, a.body)
		}
	}
	if n := len(b.Journal()); n != 0 {
		t.Errorf("%d entries", n)
	}
	if a := b.control("GET", "nothing", ""); a.status != http.StatusNotFound || !strings.Contains(a.message(t), "GET /_sandbox/ lists") {
		t.Errorf("%d %s", a.status, a.body)
	}
}

func TestControlPlaneSaysInPlainWordsWhatABodyLacks(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	for _, c := range []struct{ path, body, want string }{
		{"reset", `{"wrld":"default"}`, `"wrld" is not known; there are client_id, world.`},
		{"reset", `{"world":1}`, "world: a number does not fit; a string is expected."},
		{"reset", `[]`, "it is no JSON object."},
		{"reset", `{"world":`, "ends too early"},
		{"reset", `nonsense`, "no valid JSON"},
		{"reset", `"` + strings.Repeat("x", 1<<16) + `"`, "longer than 64 KiB"},
		{"oauth/access-tokens/expire", `{"id":1}`, `"id" is not known; there are none here.`},
		{"clock", `{"advance":"9999999h"}`, `advance: "9999999h" is too long a time`},
		{"clock", `{"advance":"soon"}`, `advance: "soon" is no duration`},
		{"clock", `{"advance":"-1h"}`, "only moves forward"},
		{"clock", `{"advance":-1}`, "only moves forward"},
		{"clock", `{"freeze":"yes"}`, "freeze: a string does not fit; a boolean is expected."},
		{"authorize", `{"url":{},"allow":true}`, "url: a JSON object does not fit; a string is expected."},
		{"ota/bundles", `{"project":"x"}`, "there are branch, description, framework, project_id, publish, stage"},
		{"faults", `{"operation":"*","times":1.5}`, "a whole number is expected"},
	} {
		a := b.write(c.path, c.body)
		if a.status != http.StatusBadRequest || !strings.Contains(a.message(t), c.want) {
			t.Errorf("%s %.40s: %d %s, want %q", c.path, c.body, a.status, a.body, c.want)
		}
	}
}
