package oauth_test

import (
	"encoding/json"
	"errors"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/golokalise/lokalise/internal/testutil"
	"github.com/golokalise/lokalise/oauth"
)

// FuzzTokenResponse: whatever a 200 holds, it is a token that survives storage,
// or an ambiguous error with a text fit for a log.
func FuzzTokenResponse(f *testing.F) {
	for _, body := range []string{
		exchangeAnswer, refreshAnswer, exchangeAnswer[:50], ``, `null`, `[]`, `<html>`, `{}`,
		`{"access_token":"a","expires_in":"3600","scope":["a","b c"],"n":1.10}`,
		`{"access_token":"a","expires_in":1e999,"scope":null,"refresh_token":5}`,
		`{"access_token":"a","expires_in":-1,"access_token":"b","x":{"y":[12345678901234567890]}}`,
		`{"error":"invalid_grant"}`, "{\"access_token\":\"\xff\\ud800\",\"\xff\":\"\xff\"}",
	} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		client := newClient(t, "http://localhost", using(canned(200, string(body))))
		token, err := client.Refresh(t.Context(), testRefrsh)
		if err != nil {
			failure := asError(t, err)
			checkText(t, err.Error())
			if token != nil || failure.Ambiguous() != (failure.Code == "") {
				t.Errorf("token %v, ambiguous %v: %v", token, failure.Ambiguous(), err)
			}
			return
		}
		checkToken(t, token)
	})
}

func checkToken(t *testing.T, token *oauth.Token) {
	t.Helper()
	if token.AccessToken == "" || token.RefreshToken == "" {
		t.Fatalf("incomplete: %v", token)
	}
	if !token.Expiry.IsZero() && (token.Expiry.Before(fixedNow) || token.Expiry.After(fixedNow.Add(101*365*24*time.Hour))) {
		t.Errorf("expiry = %s", token.Expiry)
	}
	stored, err := json.Marshal(token)
	if err != nil {
		t.Fatal(err)
	}
	var back oauth.Token
	if err := json.Unmarshal(stored, &back); err != nil {
		t.Fatal(err)
	}
	// Extra is compared by what it means: encoding escapes < as \u003c.
	if !reflect.DeepEqual(meant(t, token.Extra), meant(t, back.Extra)) {
		t.Errorf("extra %s came back as %s", token.Extra, back.Extra)
	}
	was := *token
	was.Extra, back.Extra = nil, nil
	if !reflect.DeepEqual(was, back) {
		t.Errorf("came back different through %s", stored)
	}
}

func meant(t *testing.T, extra map[string]json.RawMessage) map[string]any {
	t.Helper()
	values := map[string]any{}
	for name, raw := range extra {
		dec := json.NewDecoder(strings.NewReader(string(raw)))
		dec.UseNumber()
		var value any
		if err := dec.Decode(&value); err != nil {
			t.Fatalf("%s: %v", raw, err)
		}
		values[name] = value
	}
	return values
}

// FuzzErrorBody: whatever comes with a failing status, the error is bounded, on
// one line, without a secret, and its predicates do not contradict each other.
func FuzzErrorBody(f *testing.F) {
	for _, body := range []string{
		`{"error":"invalid_request","error_description":"code: Code must be 40 characters long","error_uri":""}`,
		`{"error":"invalid_request","error_description":"Invalid request parameters","error_uri":""}`,
		`{"error":"invalid_request","error_description":"client_id: Client id must be 40 characters long","error_uri":""}`,
		`{"error":"invalid_client"}`, `{"error":{"message":"x","code":404}}`, ``, `<html>`, `{"error":"inv`, `null`, `"x"`,
		`{"error":"` + testSecret + `","error_description":"\u0000` + testRefrsh + `","error_uri":"` + url.QueryEscape(testSecret) + `"}`,
		strings.Repeat(`{"error":`, 1000), "{\"error\":\"\xff\u202e\\ud800\"}",
	} {
		for _, status := range []int{302, 400, 401, 429, 500, 503} {
			f.Add(status, []byte(body))
		}
	}
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		if status < 300 || status > 599 || status == 429 || status == 503 {
			status = 400 // a success is the other target's; these two would make it wait
		}
		_, err := newClient(t, "http://localhost", using(canned(status, string(body)))).Refresh(t.Context(), testRefrsh)
		failure := asError(t, err)
		checkText(t, err.Error())
		testutil.AssertNoSecret(t, "error", err.Error(), testSecret, testRefrsh)
		if failure.NeedsReauth() && (failure.Misconfigured() || failure.Ambiguous() || failure.Temporary()) {
			t.Errorf("contradiction: %s: %v", meaning(failure), err)
		}
		if failure.Ambiguous() != (status >= 500) {
			t.Errorf("%d: ambiguous = %v", status, failure.Ambiguous())
		}
	})
}

// FuzzCallback: a code comes out only when the state matches, and no error
// shows code or state.
func FuzzCallback(f *testing.F) {
	const state = "0123456789ABCDEFGHIJKLMNOP"
	for _, query := range []string{
		"code=" + testCode + "&state=" + state, "code=" + testCode, "state=" + state, "",
		"error=access_denied&state=" + state, "error=access_denied&error_description=%0a" + state + "&state=" + state,
		"error=x&code=" + testCode + "&state=" + state, "code=a&code=b&state=" + state, "code=%zz;&state=" + state,
		"state=" + state + "&state=" + state + "&code=a", "code=" + testCode + "&state=" + state[:25],
	} {
		f.Add(query)
	}
	f.Fuzz(func(t *testing.T, query string) {
		code, err := oauth.ParseCallback(&url.URL{RawQuery: query}, state)
		values, parseErr := url.ParseQuery(query)
		if err == nil {
			if parseErr != nil || code == "" || code != values.Get("code") || values.Get("state") != state || values.Get("error") != "" {
				t.Errorf("%q gave the code %q", query, code)
			}
			return
		}
		if code != "" {
			t.Errorf("%q gave a code and %v", query, err)
		}
		checkText(t, err.Error())
		testutil.AssertNoSecret(t, query, err.Error(), state)
		var denied *oauth.DeniedError
		if errors.As(err, &denied) && (values.Get("error") != "access_denied" || values.Get("state") != state) {
			t.Errorf("%q counts as a denial", query)
		}
	})
}
