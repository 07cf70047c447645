package sandbox_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/golokalise/lokalise/sandbox"
)

func TestFaultHitsWhomItIsFor(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	other := b.NewWorld()
	one, two := b.grant(), b.grant()
	elsewhere := b.create(`{"name":"Elsewhere"}`).ID
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
		{sandbox.Fault{Project: elsewhere}, token, false},
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
		"no world has one":       {Operation: "*", Status: 500, User: "nobody@example.com"},
		"world default has none": {Operation: "*", Status: 500, User: "1", World: "default"},
		"without a branch":       {Operation: "*", Status: 500, Project: seedProject + ":master"},
		"GET /projects lists":    {Operation: "*", Status: 500, Project: noProject},
		"/_sandbox/oauth/grants": {Operation: "*", Status: 500, Grant: 99},
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
