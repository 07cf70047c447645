package sandbox_test

import (
	"encoding/json"
	"math"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/golokalise/lokalise/sandbox"
)

func TestControlPlaneAuthorizes(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	body := jsonText(t, map[string]any{"url": b.URL() + b.authPath(), "user": "tomas.rey@example.com", "allow": true})
	a := b.write("authorize", body)
	var answer struct {
		RedirectTo string `json:"redirect_to"`
	}
	a.decode(t, &answer)
	q := query(t, answer.RedirectTo)
	if a.status != http.StatusOK || q.Get("state") != "the-state" {
		t.Fatalf("%d %s", a.status, a.body)
	}
	var token tokenAnswer
	b.exchange(q.Get("code")).decode(t, &token)
	b.bearer(token.AccessToken, "GET", "/projects", "")
	if got := b.last().User; got != "tomas.rey@example.com" {
		t.Errorf("acted for %q", got)
	}
	denied := b.write("authorize", jsonText(t, map[string]any{"url": b.URL() + b.authPath(), "allow": false}))
	if !strings.Contains(denied.body, "error=access_denied") {
		t.Errorf("denied: %s", denied.body)
	}
}

func TestControlPlaneSaysWhyItCannotAuthorize(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	for name, test := range map[string]struct{ body, want string }{
		"unknown client": {jsonText(t, map[string]any{"url": b.authPath("client_id", never), "allow": true}), "not registered"},
		"wrong path":     {jsonText(t, map[string]any{"url": b.URL() + "/auth?client_id=x", "allow": true}), "wrong path"},
		"unknown user":   {jsonText(t, map[string]any{"url": b.authPath(), "user": "x", "allow": true}), "no user"},
		"no url":         {`{"allow":true}`, `"url"`},
		"no allow":       {jsonText(t, map[string]any{"url": b.authPath()}), `"allow"`},
		"unknown member": {`{"url":"x","alow":true}`, "alow"},
		"no JSON":        {`nonsense`, "cannot be used"},
		"two documents":  {`{} {}`, "after the JSON object"},
	} {
		a := b.write("authorize", test.body)
		if a.status != http.StatusBadRequest || !strings.Contains(a.message(t), test.want) {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
}

func TestControlPlaneMovesTheClock(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	var state struct {
		Now          time.Time
		AheadSeconds float64 `json:"ahead_seconds"`
		Frozen       bool
	}
	b.write("clock", `{"freeze":true}`).decode(t, &state)
	if !state.Frozen {
		t.Error("not frozen")
	}
	before := state.Now
	b.write("clock", `{"advance":"1h30m"}`).decode(t, &state)
	b.write("clock", `{"advance":30}`).decode(t, &state)
	b.send("GET", "/_sandbox/clock", "").decode(t, &state)
	if got := state.Now.Sub(before); got != 90*time.Minute+30*time.Second {
		t.Errorf("advanced by %v", got)
	}
	b.write("clock", `{"freeze":false}`).decode(t, &state)
	if state.Frozen || state.AheadSeconds < 5000 || math.Round(state.AheadSeconds*1000)/1000 != state.AheadSeconds {
		t.Errorf("%+v", state)
	}
	for _, bad := range []string{`{"advance":-1}`, `{"advance":"-1h"}`, `{"advance":"soon"}`, `{"advance":1e300}`, `{"advance":[]}`, `{"forward":1}`, `{"advance":"9999999h"}`} {
		if a := b.write("clock", bad); a.status != http.StatusBadRequest {
			t.Errorf("%s: %d %s", bad, a.status, a.body)
		}
	}
}

// TestClockStopsAtACentury advances thirty years at a time.
func TestClockStopsAtACentury(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	for i, want := range []int{200, 200, 200, 400} {
		if a := b.write("clock", `{"advance":"262800h"}`); a.status != want {
			t.Errorf("after %d years: %d %s", 30*(i+1), a.status, a.body)
		}
	}
	b.Clock().Advance(1<<63 - 1)
	if got := b.Clock().Ahead(); got > 100*365*24*time.Hour {
		t.Errorf("ahead by %v", got)
	}
	if a := b.send("GET", "/_sandbox/clock", ""); a.status != http.StatusOK || !strings.Contains(a.body, `"now":"2`) {
		t.Errorf("%d %s", a.status, a.body)
	}
}

func TestControlPlaneTellsHealthAndCredentials(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	if a := b.send("GET", "/_sandbox/health", ""); a.status != http.StatusOK || !strings.Contains(a.body, `"ok"`) {
		t.Errorf("%d %s", a.status, a.body)
	}
	var got map[string]string
	b.send("GET", "/_sandbox/credentials", "").decode(t, &got)
	want := map[string]string{
		"url": b.URL(), "client_id": b.creds.ClientID, "client_secret": b.creds.ClientSecret,
		"redirect_uri": b.creds.RedirectURI, "api_token": b.creds.APIToken, "read_only_api_token": b.creds.ReadOnlyAPIToken,
	}
	if jsonText(t, got) != jsonText(t, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestWritesToTheControlPlaneAreJSONFromHere(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	for _, path := range []string{"/_sandbox/reset", "/_sandbox/clock", "/_sandbox/authorize", "/_sandbox/worlds"} {
		for _, contentType := range []string{"", "text/plain", "application/x-www-form-urlencoded", "text/plain;application/json"} {
			if a := b.send("POST", path, "{}", "Content-Type", contentType); a.status != http.StatusUnsupportedMediaType {
				t.Errorf("%s as %q: %d", path, contentType, a.status)
			}
		}
		for _, header := range [][]string{
			{"Origin", "https://evil.example"},
			{"Origin", "null"},
			{"Origin", "http://127.0.0.1:9999"},
			{"Sec-Fetch-Site", "cross-site"},
			{"Sec-Fetch-Site", "same-site"},
		} {
			a := b.send("POST", path, "{}", append([]string{"Content-Type", "application/json"}, header...)...)
			if a.status != http.StatusForbidden {
				t.Errorf("%s with %v: %d", path, header, a.status)
			}
		}
	}
	if a := b.send("POST", "/_sandbox/reset", "", "Content-Type", "application/json; charset=utf-8", "Origin", b.URL()); a.status != http.StatusOK {
		t.Errorf("its own page: %d %s", a.status, a.body)
	}
}

func TestReadsOfTheControlPlaneAreNotForOtherSites(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	for _, header := range [][]string{{"Origin", "https://evil.example"}, {"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors"}} {
		if a := b.send("GET", "/_sandbox/credentials", "", header...); a.status != http.StatusForbidden {
			t.Errorf("%v: %d", header, a.status)
		}
	}
	a := b.send("GET", "/_sandbox/credentials", "", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate")
	if a.status != http.StatusOK || a.header.Get("Access-Control-Allow-Origin") != "" || a.header.Get("Cross-Origin-Resource-Policy") != "same-origin" {
		t.Errorf("a link: %d", a.status)
	}
}

func TestControlPlaneHasNothingElse(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	for _, request := range [][2]string{{"GET", "nothing"}, {"GET", "reset"}, {"DELETE", "journal"}} {
		a := b.send(request[0], "/_sandbox/"+request[1], "", "Content-Type", "application/json")
		if a.status != http.StatusNotFound {
			t.Errorf("%v: %d", request, a.status)
		}
		_ = a.message(t)
	}
}

func TestResetMakesANewWorld(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	fresh := b.api("GET", "/projects", "").body
	token, code := b.grant(), b.code()
	browser := b.browser()
	request := b.consent(browser)
	b.create(`{"name":"x"}`)
	b.api("DELETE", "/projects/"+seedProject, "")

	if err := b.Reset(); err != nil {
		t.Fatal(err)
	}
	if got := b.api("GET", "/projects", "").body; got != fresh {
		t.Errorf("the seed is not back: %s", got)
	}
	if a := b.bearer(token.AccessToken, "GET", "/projects", ""); a.status != http.StatusUnauthorized {
		t.Errorf("the old access token: %d", a.status)
	}
	if a := b.refresh(token.RefreshToken); a.status != http.StatusBadRequest {
		t.Errorf("the old refresh token: %d", a.status)
	}
	if a := b.exchange(code); a.status != http.StatusBadRequest {
		t.Errorf("the old code: %d", a.status)
	}
	if a := b.decide(browser, request, "allow"); a.status != http.StatusBadRequest {
		t.Errorf("the old consent page: %d", a.status)
	}
	if b.Credentials() != b.creds {
		t.Error("the credentials changed")
	}
}

func TestResetEmptiesTheJournalAndGoesOnCounting(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	b.api("GET", "/projects", "")
	id := b.last().ID
	if err := b.Reset(); err != nil {
		t.Fatal(err)
	}
	if n := len(b.Journal()); n != 0 {
		t.Errorf("%d entries", n)
	}
	b.api("GET", "/projects", "")
	if got := b.last().ID; got != id+1 {
		t.Errorf("the next entry is %d, want %d", got, id+1)
	}
}

func TestControlPlaneResetsOneWorldOrAll(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	var other sandbox.Credentials
	a := b.write("worlds", "{}")
	a.decode(t, &other)
	if a.status != http.StatusCreated || other.ClientID == "" || other.ClientID == b.creds.ClientID {
		t.Fatalf("%d %s", a.status, a.body)
	}
	count := func(token string) int {
		return len(projects(t, b.send("GET", "/api2/projects", "", "X-Api-Token", token)))
	}
	change := func(token string) {
		b.send("POST", "/api2/projects", `{"name":"x"}`, "X-Api-Token", token)
	}
	change(b.creds.APIToken)
	change(other.APIToken)
	if a := b.write("reset", jsonText(t, map[string]string{"client_id": other.ClientID})); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if count(b.creds.APIToken) != 4 || count(other.APIToken) != 3 {
		t.Errorf("after resetting one: %d and %d", count(b.creds.APIToken), count(other.APIToken))
	}
	change(other.APIToken)
	b.write("reset", "")
	if count(b.creds.APIToken) != 3 || count(other.APIToken) != 3 {
		t.Errorf("after resetting all: %d and %d", count(b.creds.APIToken), count(other.APIToken))
	}
	if a := b.write("reset", `{"client_id":"x"}`); a.status != http.StatusNotFound {
		t.Errorf("an unknown client: %d", a.status)
	}
}

func TestWorldsShareNothing(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	other := b.NewWorld()
	p := b.create(`{"name":"Mine"}`)
	a := b.send("GET", "/api2/projects/"+p.ID, "", "X-Api-Token", other.APIToken)
	if a.status != http.StatusNotFound {
		t.Errorf("seen from another world: %d", a.status)
	}
	b.send("DELETE", "/api2/projects/"+seedProject, "", "X-Api-Token", other.APIToken)
	if a := b.api("GET", "/projects/"+seedProject, ""); a.status != http.StatusOK {
		t.Errorf("deleted from another world: %d", a.status)
	}
}

func TestCredentialsAreFixedFakeAndWellFormed(t *testing.T) {
	t.Parallel()
	first, second := start(t, sandbox.InMemory()).creds, start(t, sandbox.InMemory()).creds
	if first != second {
		t.Error("a restart changes the credentials")
	}
	random := start(t, sandbox.InMemory(), sandbox.WithRandomCredentials()).creds
	for _, c := range []sandbox.Credentials{first, random} {
		for _, text := range []string{c.ClientID, c.ClientSecret, c.APIToken, c.ReadOnlyAPIToken} {
			if !hex40.MatchString(text) {
				t.Errorf("%q is not 40 hexadecimal characters", text)
			}
		}
	}
	if !strings.Contains(first.ClientSecret, strings.Repeat("0", 24)) || strings.Contains(random.ClientSecret, strings.Repeat("0", 24)) {
		t.Error("which of them is fake is not to be seen")
	}
	if random.ClientID == first.ClientID || random.ClientSecret == first.ClientSecret || random.APIToken == first.APIToken {
		t.Error("random credentials are the fixed ones")
	}
}

func TestCredentialsArePrintedMaskedAndWrittenWhole(t *testing.T) {
	t.Parallel()
	c := start(t, sandbox.InMemory()).creds
	data, err := json.Marshal(c)
	if err != nil || !strings.Contains(string(data), c.ClientSecret) {
		t.Errorf("JSON: %s, %v", data, err)
	}
	assertNoSecret(t, "String", c.String()+c.GoString()+c.LogValue().String(), c.ClientSecret, c.APIToken)
}
