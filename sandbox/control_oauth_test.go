package sandbox_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/golokalise/lokalise/sandbox"
)

// control sends a request with JSON to the control plane.
func (b *box) control(method, path, body string) answer {
	b.Helper()
	return b.send(method, "/_sandbox/"+path, body, "Content-Type", "application/json")
}

type oauthState struct {
	World  string
	Policy struct {
		Rotation    string
		Grace       float64
		AccessLife  float64  `json:"access_life"`
		RefreshLife float64  `json:"refresh_life"`
		CodeLife    float64  `json:"code_life"`
		Withheld    []string `json:"withheld_on_refresh"`
	}
	Stats map[string]int
}

func TestControlPlaneChangesThePolicy(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	var s oauthState
	b.control("GET", "oauth", "").decode(t, &s)
	if s.World != "default" || s.Policy.Rotation != "none" || s.Policy.AccessLife != 3600 || s.Policy.CodeLife != 600 {
		t.Errorf("at first: %+v", s)
	}
	b.control("PATCH", "oauth", `{"rotation":"detect_reuse","grace":"1m","access_life":2.5}`).decode(t, &s)
	b.control("PATCH", "oauth", `{"withheld_on_refresh":["read_keys"]}`).decode(t, &s)
	if p := s.Policy; p.Rotation != "detect_reuse" || p.Grace != 60 || p.AccessLife != 2.5 || len(p.Withheld) != 1 {
		t.Errorf("after changes: %+v", p)
	}
	if p := b.OAuth().Policy(); p.Rotation != sandbox.RotationDetectReuse || p.Grace != time.Minute || p.AccessLife != 2500*time.Millisecond {
		t.Errorf("in Go: %+v", p)
	}
	s = oauthState{}
	b.control("PUT", "oauth", `{"refresh_life":60}`).decode(t, &s)
	if p := s.Policy; p.Rotation != "none" || p.RefreshLife != 60 || p.AccessLife != 3600 || len(p.Withheld) != 0 {
		t.Errorf("after PUT: %+v", p)
	}
	b.grant()
	s = oauthState{}
	b.control("GET", "oauth", "").decode(t, &s)
	if s.Stats["exchanged"] != 1 {
		t.Errorf("stats %v", s.Stats)
	}
}

func TestControlPlaneNamesTheWorldOfAPolicy(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	other := b.NewWorld()
	var s oauthState
	b.control("PATCH", "oauth?client_id="+other.ClientID, `{"rotation":"rotate"}`).decode(t, &s)
	if s.World != "world-2" || s.Policy.Rotation != "rotate" {
		t.Errorf("%+v", s)
	}
	b.control("GET", "oauth?world=world-2", "").decode(t, &s)
	if s.Policy.Rotation != "rotate" || b.OAuth().Policy().Rotation != sandbox.RotationNone {
		t.Errorf("%+v", s)
	}
	for _, query := range []string{"world=x", "client_id=" + never, "world=default&client_id=" + other.ClientID} {
		if a := b.control("GET", "oauth?"+query, ""); a.status != http.StatusNotFound || !strings.Contains(a.message(t), "world-2") {
			t.Errorf("%s: %d %s", query, a.status, a.body)
		}
	}
}

func TestControlPlaneSaysWhatIsWrongWithAPolicy(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	for body, want := range map[string]string{
		`{"rotate":true}`:                       "access_life", // the known names
		`{"rotation":"always"}`:                 "detect_reuse",
		`{"rotation":1}`:                        "a number does not fit; a string is expected",
		`{"grace":5}`:                           "rotation",
		`{"access_life":"soon"}`:                `"soon" is no duration`,
		`{"access_life":-1}`:                    "between 0",
		`{"access_life":1e300}`:                 "out of range",
		`{"access_life":[]}`:                    "number of seconds",
		`{"withheld_on_consent":["read_kees"]}`: "read_keys",
		`{"expires_in_as_text":"yes"}`:          "a boolean is expected",
		`[]`:                                    "no JSON object",
		`{} {}`:                                 "after the JSON object",
	} {
		for _, method := range []string{"PATCH", "PUT"} {
			if a := b.control(method, "oauth", body); a.status != http.StatusBadRequest || !strings.Contains(a.message(t), want) {
				t.Errorf("%s %s: %d %s, want %q", method, body, a.status, a.body, want)
			}
		}
	}
	if a := b.control("PATCH", "oauth", ""); a.status != http.StatusOK {
		t.Errorf("no change: %d %s", a.status, a.body)
	}
	if a := b.send("PATCH", "/_sandbox/oauth", `{}`, "Content-Type", "text/plain"); a.status != http.StatusUnsupportedMediaType {
		t.Errorf("not guarded: %d", a.status)
	}
}

func TestControlPlaneListsAndEndsTokens(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	b.Clock().Freeze()
	one, two, three := b.grant(), b.grant(), b.grant()
	var lists struct {
		Grants []struct {
			ID             int64
			RevokedBecause string `json:"revoked_because"`
		}
		AccessTokens []struct {
			ID   int64
			Left float64
			Live bool
		} `json:"access_tokens"`
	}
	grants, tokens := b.control("GET", "oauth/grants", ""), b.control("GET", "oauth/access-tokens", "")
	grants.decode(t, &lists)
	tokens.decode(t, &lists)
	if len(lists.Grants) != 3 || len(lists.AccessTokens) != 3 || lists.AccessTokens[0].Left != 3600 {
		t.Fatalf("%s\n%s", grants.body, tokens.body)
	}
	assertNoSecret(t, "lists", grants.body+tokens.body, one.AccessToken, one.RefreshToken, two.AccessToken, three.RefreshToken)
	id := func(i int) string { return strconv.FormatInt(lists.Grants[i].ID, 10) }
	access := strconv.FormatInt(lists.AccessTokens[0].ID, 10)
	for path, want := range map[string]string{
		"oauth/access-tokens/" + access + "/expire":       `{"expired":1}`,
		"oauth/grants/" + id(0) + "/expire-refresh-token": `{"expired":true}`,
		"oauth/grants/" + id(1) + "/revoke":               `{"revoked":true}`,
		"oauth/grants/" + id(2) + "/expire-access-tokens": `{"expired":1}`,
	} {
		if a := b.control("POST", path, "{}"); a.status != http.StatusOK || strings.TrimSpace(a.body) != want {
			t.Errorf("%s: %d %s, want %s", path, a.status, a.body, want)
		}
	}
	if b.works(one.AccessToken) || b.works(two.AccessToken) || b.works(three.AccessToken) {
		t.Error("an access token still works")
	}
	if b.refresh(one.RefreshToken).status == http.StatusOK || b.refresh(two.RefreshToken).status == http.StatusOK {
		t.Error("a refresh token still works")
	}
	b.refreshed(three.RefreshToken)
	if a := b.control("POST", "oauth/access-tokens/expire", ""); strings.TrimSpace(a.body) != `{"expired":1}` {
		t.Errorf("all: %s", a.body)
	}
	for path, want := range map[string]int{
		"oauth/grants/99/revoke": 404, "oauth/grants/x/revoke": 400, "oauth/grants/99/expire-refresh-token": 404, "oauth/nothing": 404,
	} {
		if a := b.control("POST", path, "{}"); a.status != want {
			t.Errorf("%s: %d, want %d", path, a.status, want)
		}
	}
}
