package oauth_test

import (
	"errors"
	"net/url"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/internal/testutil"
	"github.com/golokalise/lokalise/oauth"
)

const testState = "St4te-of-the-test/+ &é"

// callback is the redirect with the given query parameters.
func callback(pairs ...string) *url.URL {
	query := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		query.Add(pairs[i], pairs[i+1])
	}
	return &url.URL{Scheme: "https", Host: "app.example", Path: "/callback", RawQuery: query.Encode()}
}

func TestParseCallbackReturnsTheCode(t *testing.T) {
	t.Parallel()
	code, err := oauth.ParseCallback(callback("code", testCode, "state", testState, "other", "1", "other", "2"), testState)
	if err != nil || code != testCode {
		t.Errorf("ParseCallback = %q, %v", code, err)
	}
}

func TestParseCallbackRefuses(t *testing.T) {
	t.Parallel()
	raw := func(query string) *url.URL { return &url.URL{RawQuery: query} }
	state := "&state=" + url.QueryEscape(testState)
	for name, test := range map[string]struct {
		u    *url.URL
		want error
	}{
		"another state":                  {callback("code", testCode, "state", "another"), oauth.ErrStateMismatch},
		"no state":                       {callback("code", testCode), oauth.ErrStateMismatch},
		"empty state":                    {callback("code", testCode, "state", ""), oauth.ErrStateMismatch},
		"a denial with another state":    {callback("error", "access_denied", "state", "another"), oauth.ErrStateMismatch},
		"a denial without state":         {callback("error", "access_denied"), oauth.ErrStateMismatch},
		"an error with another state":    {callback("error", "server_error", "state", "another"), oauth.ErrStateMismatch},
		"neither code nor error":         {callback("state", testState), oauth.ErrCallbackMalformed},
		"an empty code":                  {callback("code", "", "state", testState), oauth.ErrCallbackMalformed},
		"code and error":                 {callback("code", testCode, "error", "access_denied", "state", testState), oauth.ErrCallbackMalformed},
		"the code twice":                 {callback("code", testCode, "code", testCode, "state", testState), oauth.ErrCallbackMalformed},
		"the state twice":                {callback("code", testCode, "state", testState, "state", testState), oauth.ErrCallbackMalformed},
		"the error twice":                {callback("error", "a", "error", "b", "state", testState), oauth.ErrCallbackMalformed},
		"a query that does not parse":    {raw("code=%zz" + state), oauth.ErrCallbackMalformed},
		"a query with a bare semicolon":  {raw("code=" + testCode + ";x" + state), oauth.ErrCallbackMalformed},
		"no URL":                         {nil, oauth.ErrCallbackMalformed},
		"code and state in the fragment": {&url.URL{Fragment: "code=" + testCode + state}, oauth.ErrStateMismatch},
	} {
		code, err := oauth.ParseCallback(test.u, testState)
		if code != "" || !errors.Is(err, test.want) {
			t.Errorf("%s: got %q, %v; want %v", name, code, err, test.want)
		}
		testutil.AssertNoSecret(t, name, err.Error(), testState, testCode)
	}
}

func TestParseCallbackWantsAStateFromItsCaller(t *testing.T) {
	t.Parallel()
	for _, u := range []*url.URL{callback("code", testCode), callback("code", testCode, "state", ""), callback("error", "access_denied")} {
		if code, err := oauth.ParseCallback(u, ""); code != "" || !errors.Is(err, oauth.ErrNoWantState) {
			t.Errorf("%s: got %q, %v", u, code, err)
		}
	}
}

func TestParseCallbackTurnsADenialIntoADeniedError(t *testing.T) {
	t.Parallel()
	_, err := oauth.ParseCallback(callback("error", "access_denied", "state", testState,
		"error_description", "The user\nsaid no", "error_uri", "https://help.example"), testState)
	var denied *oauth.DeniedError
	if !errors.As(err, &denied) || !errors.Is(err, oauth.ErrDenied) {
		t.Fatalf("err = %T %v", err, err)
	}
	if denied.Description != "The user said no" || denied.URI != "https://help.example" {
		t.Errorf("denied = %+v", denied)
	}
	const want = "oauth: the user denied access: The user said no (see https://help.example)"
	if err.Error() != want {
		t.Errorf("text = %q, want %q", err, want)
	}
}

func TestParseCallbackTurnsOtherErrorsIntoACallbackError(t *testing.T) {
	t.Parallel()
	_, err := oauth.ParseCallback(callback("error", "invalid_scope", "state", testState), testState)
	var failure *oauth.CallbackError
	if !errors.As(err, &failure) || failure.Code != "invalid_scope" || errors.Is(err, oauth.ErrDenied) {
		t.Fatalf("err = %T %v", err, err)
	}
	if err.Error() != "oauth: callback: invalid_scope" {
		t.Errorf("text = %q", err)
	}
}

func TestParseCallbackErrorsAreBoundedAndHoldNoState(t *testing.T) {
	t.Parallel()
	for _, failure := range []string{"access_denied", "x" + testState + strings.Repeat("x", 1e5)} {
		_, err := oauth.ParseCallback(callback("error", failure, "state", testState,
			"error_description", strings.Repeat("long ", 1e5)+testState,
			"error_uri", "https://x.example/?state="+url.QueryEscape(testState)), testState)
		if err == nil || len(err.Error()) > 2000 {
			t.Errorf("error of %d bytes", len(err.Error()))
		}
		testutil.AssertNoSecret(t, failure[:10], err.Error(), testState)
	}
}

func TestParseCallbackWithoutState(t *testing.T) {
	t.Parallel()
	if code, err := oauth.ParseCallbackWithoutState(callback("code", testCode)); err != nil || code != testCode {
		t.Errorf("got %q, %v", code, err)
	}
	if _, err := oauth.ParseCallbackWithoutState(callback("code", testCode, "state", "foreign")); !errors.Is(err, oauth.ErrStateMismatch) {
		t.Errorf("with a state: %v", err)
	}
	if _, err := oauth.ParseCallbackWithoutState(callback("error", "access_denied")); !errors.Is(err, oauth.ErrDenied) {
		t.Errorf("denied: %v", err)
	}
	if _, err := oauth.ParseCallbackWithoutState(nil); !errors.Is(err, oauth.ErrCallbackMalformed) {
		t.Errorf("no URL: %v", err)
	}
}
