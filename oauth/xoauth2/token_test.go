package xoauth2_test

import (
	"encoding/json"
	"math"
	"reflect"
	"testing"
	"time"

	"golang.org/x/oauth2"

	"github.com/golokalise/lokalise/oauth"
	"github.com/golokalise/lokalise/oauth/xoauth2"
)

func wholeToken() *oauth.Token {
	return &oauth.Token{
		AccessToken: "access", TokenType: "Bearer", RefreshToken: "refresh", Expiry: time.Date(2026, 11, 24, 12, 0, 0, 1, time.UTC),
		Scopes: []oauth.Scope{oauth.ScopeReadKeys, oauth.ScopeWriteKeys},
		Extra: map[string]json.RawMessage{
			"big": json.RawMessage(`12345678901234567890`), "exact": json.RawMessage(`1.10`), "text": json.RawMessage(`"a"`),
			"null": json.RawMessage(`null`), "list": json.RawMessage(`[1,"b"]`),
		},
	}
}

func TestATokenSurvivesTheWayThereAndBack(t *testing.T) {
	t.Parallel()
	for name, token := range map[string]*oauth.Token{
		"whole": wholeToken(), "bare": {AccessToken: "access"}, "empty scopes": {AccessToken: "access", Scopes: []oauth.Scope{}}, "zero": {}, "nil": nil,
	} {
		if got := xoauth2.ToToken(xoauth2.FromToken(token), "text", "absent"); !reflect.DeepEqual(got, token) {
			t.Errorf("%s: %#v came back as %#v", name, token, got)
		}
	}
}

func TestFromTokenShowsEverythingTheXOAuth2Way(t *testing.T) {
	t.Parallel()
	got := xoauth2.FromToken(wholeToken())
	if got.AccessToken != "access" || got.Type() != "Bearer" || got.RefreshToken != "refresh" || !got.Expiry.Equal(wholeToken().Expiry) {
		t.Errorf("token = %+v", got)
	}
	for name, want := range map[string]any{
		"scope": "read_keys write_keys", "text": "a", "exact": 1.1, "list": []any{1.0, "b"}, "null": nil, "absent": nil,
	} {
		if value := got.Extra(name); !reflect.DeepEqual(value, want) {
			t.Errorf("extra %q = %#v, want %#v", name, value, want)
		}
	}
}

func TestConvertedTokensShareNothing(t *testing.T) {
	t.Parallel()
	token := wholeToken()
	converted := xoauth2.FromToken(token)
	token.Scopes[0], token.Extra["text"] = "changed", json.RawMessage(`"changed"`)
	if got := xoauth2.ToToken(converted); !reflect.DeepEqual(got, wholeToken()) {
		t.Errorf("a later change came through: %#v", got)
	}
}

func TestToTokenTakesWhatAForeignTokenTells(t *testing.T) {
	t.Parallel()
	foreign := func(extra map[string]any) *oauth2.Token {
		return (&oauth2.Token{AccessToken: "access", TokenType: "bearer", RefreshToken: "refresh", Expiry: time.Now()}).WithExtra(extra)
	}
	for name, test := range map[string]struct {
		extra  map[string]any
		scopes []oauth.Scope
		kept   map[string]json.RawMessage
	}{
		"scope as a string": {map[string]any{"scope": "b  a", "id": 7.0, "other": true}, []oauth.Scope{"b", "a"}, map[string]json.RawMessage{"id": json.RawMessage(`7`)}},
		"scope as a list":   {map[string]any{"scope": []any{"b", 5, "a"}}, []oauth.Scope{"b", "a"}, nil},
		"scope of a number": {map[string]any{"scope": 5.0}, nil, nil},
		"not JSON":          {map[string]any{"id": math.Inf(1)}, nil, nil},
		"nothing":           {nil, nil, nil},
	} {
		token := foreign(test.extra)
		got := xoauth2.ToToken(token, "id", "absent")
		want := &oauth.Token{
			AccessToken: "access", TokenType: "bearer", RefreshToken: "refresh", Expiry: token.Expiry.Round(0),
			Scopes: test.scopes, Extra: test.kept,
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %#v, want %#v", name, got, want)
		}
	}
}
