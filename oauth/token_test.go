package oauth_test

import (
	"encoding/json"
	"net/http"
	"reflect"
	"testing"
	"time"

	"github.com/golokalise/lokalise/oauth"
)

// refreshed is the token made from an answer with the given members.
func refreshed(t *testing.T, members string) *oauth.Token {
	t.Helper()
	body := `{"access_token":"` + testAccess + `"` + members + `}`
	token, err := newClient(t, "http://localhost", using(canned(200, body))).Refresh(t.Context(), testRefrsh)
	if err != nil {
		t.Fatalf("%s: %v", body, err)
	}
	return token
}

func TestExpiresInBecomesAnAbsoluteTime(t *testing.T) {
	t.Parallel()
	century := fixedNow.Add(100 * 365 * 24 * time.Hour)
	for members, want := range map[string]time.Time{
		`,"expires_in":3600`:        fixedNow.Add(time.Hour),
		`,"expires_in":"3600"`:      fixedNow.Add(time.Hour),
		`,"expires_in":" 3600 "`:    fixedNow.Add(time.Hour),
		`,"expires_in":3600.0`:      fixedNow.Add(time.Hour),
		`,"expires_in":1.5`:         fixedNow.Add(1500 * time.Millisecond),
		`,"expires_in":"1.5"`:       fixedNow.Add(1500 * time.Millisecond),
		`,"expires_in":3.6e3`:       fixedNow.Add(time.Hour),
		``:                          {},
		`,"expires_in":null`:        {},
		`,"expires_in":0`:           {},
		`,"expires_in":-5`:          {},
		`,"expires_in":""`:          {},
		`,"expires_in":"soon"`:      {},
		`,"expires_in":"NaN"`:       {},
		`,"expires_in":true`:        {},
		`,"expires_in":{"a":1}`:     {},
		`,"expires_in":1e30`:        century,
		`,"expires_in":1e999`:       century,
		`,"expires_in":"Infinity"`:  century,
		`,"expires_in":99999999999`: century,
	} {
		if got := refreshed(t, members).Expiry; !got.Equal(want) || got.Location() != time.UTC {
			t.Errorf("%s: %s, want %s", members, got, want)
		}
	}
}

func TestExpiryCountsFromTheSending(t *testing.T) {
	t.Parallel()
	now := fixedNow
	transport := roundTripper(func(r *http.Request) (*http.Response, error) {
		now = now.Add(10 * time.Second) // the answer takes its time
		return canned(200, refreshAnswer)(r)
	})
	client := newClient(t, "http://localhost", using(transport), func(c *oauth.Config) { c.Now = func() time.Time { return now } })
	token, err := client.Refresh(t.Context(), testRefrsh)
	if err != nil {
		t.Fatal(err)
	}
	if want := fixedNow.Add(time.Hour); !token.Expiry.Equal(want) {
		t.Errorf("expiry = %s, want %s", token.Expiry, want)
	}
}

func TestExpiryOfTheRealClockSurvivesStorage(t *testing.T) {
	t.Parallel()
	client := newClient(t, "http://localhost", using(canned(200, refreshAnswer)), func(c *oauth.Config) { c.Now = nil })
	token, err := client.Refresh(t.Context(), testRefrsh)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(token)
	if err != nil {
		t.Fatal(err)
	}
	var back oauth.Token
	if err := json.Unmarshal(text, &back); err != nil || !reflect.DeepEqual(&back, token) {
		t.Errorf("%#v came back as %#v, %v", token, back, err)
	}
	if left := time.Until(token.Expiry); left < 50*time.Minute || left > time.Hour {
		t.Errorf("the token lives for %s", left)
	}
}

func TestScopesAreAList(t *testing.T) {
	t.Parallel()
	both := []oauth.Scope{"write_team_groups", "read_projects"}
	for members, want := range map[string][]oauth.Scope{
		`,"scope":"write_team_groups read_projects"`:      both,
		`,"scope":"  write_team_groups   read_projects "`: both,
		`,"scope":["write_team_groups","read_projects"]`:  both,
		`,"scope":["write_team_groups read_projects"]`:    both,
		`,"scope":"read_projects"`:                        {"read_projects"},
		`,"scope":""`:                                     {},
		`,"scope":[]`:                                     {},
		`,"scope":null`:                                   nil,
		``:                                                nil,
		`,"scope":5`:                                      nil,
		`,"scope":["read_projects",5]`:                    nil,
		`,"scope":"a","scope":"write_team_groups read_projects"`: both,
	} {
		if got := refreshed(t, members).Scopes; !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %#v, want %#v", members, got, want)
		}
	}
}

func TestUnknownAndUnreadableMembersAreKeptAsTheyCame(t *testing.T) {
	t.Parallel()
	got := refreshed(t, `,"token_type":"Bearer","expires_in":3600,"scope":null,"user_id":12345678901234567890,"rate":1.10,
		"nested":{"b":[1.0,null],"a":"<&>"},"nothing":null,"Token_Type":"x","refresh_token":7,"error":""`)
	want := map[string]json.RawMessage{
		"user_id":       json.RawMessage(`12345678901234567890`),
		"rate":          json.RawMessage(`1.10`),
		"nested":        json.RawMessage(`{"b":[1.0,null],"a":"<&>"}`),
		"nothing":       json.RawMessage(`null`),
		"Token_Type":    json.RawMessage(`"x"`),
		"refresh_token": json.RawMessage(`7`),
		"error":         json.RawMessage(`""`),
	}
	if !reflect.DeepEqual(got.Extra, want) {
		t.Errorf("extra = %s", got.Extra)
	}
	if got.RefreshToken != testRefrsh || got.TokenType != "Bearer" {
		t.Errorf("refresh token = %q, type = %q", got.RefreshToken, got.TokenType)
	}
	for members, kept := range map[string]string{
		`,"expires_in":"soon"`: "expires_in", `,"scope":5`: "scope", `,"token_type":["Bearer"]`: "token_type",
	} {
		if extra := refreshed(t, members).Extra; len(extra) != 1 || extra[kept] == nil {
			t.Errorf("%s: extra = %s", members, extra)
		}
	}
	if extra := refreshed(t, `,"token_type":"Bearer"`).Extra; extra != nil {
		t.Errorf("extra of a token without any = %v", extra)
	}
}

func TestValidAt(t *testing.T) {
	t.Parallel()
	token := &oauth.Token{AccessToken: testAccess, Expiry: fixedNow.Add(time.Minute)}
	for name, test := range map[string]struct {
		token  *oauth.Token
		now    time.Time
		margin time.Duration
		want   bool
	}{
		"long before":          {token, fixedNow, 0, true},
		"within the margin":    {token, fixedNow, time.Minute, false},
		"outside the margin":   {token, fixedNow, time.Minute - 1, true},
		"at the end":           {token, token.Expiry, 0, false},
		"after the end":        {token, token.Expiry.Add(1), 0, false},
		"expiry unknown":       {&oauth.Token{AccessToken: "a"}, fixedNow, time.Hour, true},
		"without access token": {&oauth.Token{RefreshToken: "r"}, fixedNow, 0, false},
		"nil":                  {nil, fixedNow, 0, false},
	} {
		if got := test.token.ValidAt(test.now, test.margin); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
