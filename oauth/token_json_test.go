package oauth_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"testing"
	"time"

	"github.com/golokalise/lokalise/oauth"
)

func TestTokenJSONRoundTripLosesNothing(t *testing.T) {
	t.Parallel()
	for name, token := range map[string]oauth.Token{
		"all": {
			AccessToken: testAccess, TokenType: "Bearer", RefreshToken: testRefrsh,
			Expiry: fixedNow.Add(1234567 * time.Nanosecond),
			Scopes: []oauth.Scope{oauth.ScopeReadKeys, "read_new_thing"},
			Extra: map[string]json.RawMessage{
				"big": json.RawMessage(`12345678901234567890`), "exact": json.RawMessage(`1.10`), "null": json.RawMessage(`null`),
				"version": json.RawMessage(`7`), "access_token": json.RawMessage(`"another"`), "é": json.RawMessage(`{"a":[1,2]}`),
			},
		},
		"access token only": {AccessToken: testAccess},
		"no access token":   {RefreshToken: testRefrsh},
		"empty lists":       {AccessToken: "a", Scopes: []oauth.Scope{}, Extra: map[string]json.RawMessage{}},
		"odd characters":    {AccessToken: "a\"\\/<&>é\u2028\x00", TokenType: "b\n"},
		"zero":              {},
	} {
		text, err := json.Marshal(token)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var got oauth.Token
		if err := json.Unmarshal(text, &got); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if !reflect.DeepEqual(got, token) {
			t.Errorf("%s: came back different through %s", name, text)
		}
	}
}

func TestTokenJSONIsExactlyThis(t *testing.T) {
	t.Parallel()
	token := &oauth.Token{
		AccessToken: "a", TokenType: "Bearer", RefreshToken: "r",
		Expiry: time.Date(2026, 11, 24, 14, 0, 0, 0, time.FixedZone("", 2*60*60)),
		Scopes: []oauth.Scope{oauth.ScopeReadKeys}, Extra: map[string]json.RawMessage{"n": json.RawMessage(`1`)},
	}
	text, err := json.Marshal(token)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"version":1,"access_token":"a","token_type":"Bearer","refresh_token":"r","expiry":"2026-11-24T12:00:00Z","scopes":["read_keys"],"extra":{"n":1}}`
	if string(text) != want {
		t.Errorf("got  %s\nwant %s", text, want)
	}
}

func TestTokenJSONRefusesWhatItCannotRead(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		text    string
		version bool
	}{
		"a later version":                 {`{"version":2,"access_token":"a"}`, true},
		"no version":                      {`{"access_token":"a"}`, true},
		"an answer of the token endpoint": {exchangeAnswer, true},
		"a wrong type":                    {`{"version":1,"access_token":5}`, false},
		"an array":                        {`[]`, false},
		"a bad time":                      {`{"version":1,"expiry":"tomorrow"}`, false},
	} {
		got := oauth.Token{AccessToken: "before"}
		err := json.Unmarshal([]byte(test.text), &got)
		if err == nil || errors.Is(err, oauth.ErrTokenVersion) != test.version {
			t.Errorf("%s: err = %v", name, err)
		}
		if !reflect.DeepEqual(got, oauth.Token{AccessToken: "before"}) {
			t.Errorf("%s: the token was changed", name)
		}
	}
}

func TestTokenJSONNullChangesNothing(t *testing.T) {
	t.Parallel()
	got := oauth.Token{AccessToken: "before"}
	if err := got.UnmarshalJSON([]byte("null")); err != nil || got.AccessToken != "before" {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestTokenJSONRefusesToChangeBytes(t *testing.T) {
	t.Parallel()
	for _, token := range []oauth.Token{{AccessToken: "\xff"}, {RefreshToken: "\xff"}, {TokenType: "\xff"}} {
		if _, err := json.Marshal(token); err == nil {
			t.Errorf("%q was stored as something else", token.AccessToken+token.RefreshToken+token.TokenType)
		}
	}
}
