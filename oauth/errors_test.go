package oauth_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"strings"
	"syscall"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/golokalise/lokalise/oauth"
)

func discardLog() *log.Logger { return log.New(io.Discard, "", 0) }

// What each answer means. The first five rows are recorded from the real
// endpoint or kept in an official SDK's fixtures, the others follow RFC 6749.
func TestErrorsTellWhatToDo(t *testing.T) {
	t.Parallel()
	const reauth, misconfigured, temporary, ambiguous = "reauth", "misconfigured", "temporary", "ambiguous"
	invalid := func(description string) string {
		return `{"error":"invalid_request","error_description":"` + description + `","error_uri":""}`
	}
	for _, test := range []struct {
		name   string
		status int
		body   string
		want   []string
	}{
		{"code too short (recorded)", 400, invalid("code: Code must be 40 characters long"), []string{reauth}},
		{"client ID too short (recorded)", 400, invalid("client_id: Client id must be 40 characters long"), []string{misconfigured}},
		{"bad refresh token (recorded)", 400, invalid("Invalid request parameters"), []string{reauth}},
		{"refresh token too short (fixture)", 400, invalid("refresh_token: Refresh token too short"), []string{reauth}},
		{"the fixture's number under code", 400, `{"code":400,"error":"invalid_request","error_description":"refresh_token: Refresh token too short","error_uri":""}`, []string{reauth}},
		{"client secret", 400, invalid("client_secret: Client secret must be 40 characters long"), []string{misconfigured}},
		{"redirect URI", 400, invalid("redirect_uri: no"), []string{misconfigured}},
		{"grant type", 400, invalid("grant_type: no"), []string{misconfigured}},
		{"invalid_request about something else", 400, invalid("codec: no"), nil},
		{"invalid_grant", 400, `{"error":"invalid_grant"}`, []string{reauth}},
		{"invalid_grant with 401", 401, `{"error":"invalid_grant"}`, []string{reauth}},
		{"invalid_grant with 200", 200, `{"error":"invalid_grant"}`, []string{reauth}},
		{"invalid_grant with 500", 500, `{"error":"invalid_grant"}`, []string{temporary, ambiguous}},
		{"invalid_grant with 503", 503, `{"error":"invalid_grant"}`, []string{temporary}},
		{"invalid_client", 401, `{"error":"invalid_client"}`, []string{misconfigured}},
		{"unauthorized_client", 400, `{"error":"unauthorized_client"}`, []string{misconfigured}},
		{"invalid_scope", 400, `{"error":"invalid_scope"}`, []string{misconfigured}},
		{"unsupported_grant_type", 400, `{"error":"unsupported_grant_type"}`, []string{misconfigured}},
		{"invalid_client with 502", 502, `{"error":"invalid_client"}`, []string{temporary, ambiguous}},
		{"temporarily_unavailable", 400, `{"error":"temporarily_unavailable"}`, []string{temporary}},
		{"server_error", 400, `{"error":"server_error"}`, []string{temporary}},
		{"an unknown code", 400, `{"error":"teapot"}`, nil},
		{"400, empty", 400, ``, nil},
		{"400, HTML", 400, `<html>`, nil},
		{"400, cut off", 400, `{"error":"invalid_gr`, nil},
		{"400, JSON of another shape", 400, `{"error":{"message":"no","code":400}}`, nil},
		{"400, an array", 400, `["invalid_grant"]`, nil},
		{"400, null", 400, `null`, nil},
		{"401, empty", 401, ``, []string{misconfigured}},
		{"403, HTML", 403, `<html>`, nil},
		{"404, HTML", 404, `<html>`, []string{misconfigured}},
		{"405, empty", 405, ``, []string{misconfigured}},
		{"429, empty", 429, ``, []string{temporary}},
		{"429, invalid_client", 429, `{"error":"invalid_client"}`, []string{temporary}},
		{"500, empty", 500, ``, []string{temporary, ambiguous}},
		{"503, empty", 503, ``, []string{temporary}},
		{"200, empty", 200, ``, []string{temporary, ambiguous}},
		{"200, HTML", 200, `<html>`, []string{temporary, ambiguous}},
		{"200, cut off", 200, `{"access_token":"abc`, []string{temporary, ambiguous}},
		{"200, token is a number", 200, `{"access_token":5}`, []string{temporary, ambiguous}},
		{"200, token is empty", 200, `{"access_token":""}`, []string{temporary, ambiguous}},
		{"200, token is null", 200, `{"access_token":null}`, []string{temporary, ambiguous}},
		{"200, name in capitals", 200, `{"Access_Token":"abc"}`, []string{temporary, ambiguous}},
		{"200, two documents", 200, refreshAnswer + refreshAnswer, []string{temporary, ambiguous}},
		{"204, empty", 204, ``, []string{temporary, ambiguous}},
		{"302, empty", 302, ``, []string{misconfigured}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := newClient(t, "http://localhost", using(canned(test.status, test.body))).Exchange(t.Context(), testCode)
			failure := asError(t, err)
			if failure.Status != test.status {
				t.Errorf("status = %d", failure.Status)
			}
			if got := meaning(failure); got != strings.Join(test.want, " ") {
				t.Errorf("meaning = %q, want %q: %v", got, test.want, err)
			}
		})
	}
}

// meaning lists what the predicates say, and checks that the sentinels agree.
func meaning(e *oauth.Error) string {
	var words []string
	for _, p := range []struct {
		name     string
		holds    bool
		sentinel error
	}{
		{"reauth", e.NeedsReauth(), oauth.ErrNeedsReauth},
		{"misconfigured", e.Misconfigured(), oauth.ErrMisconfigured},
		{"temporary", e.Temporary(), oauth.ErrTemporary},
		{"ambiguous", e.Ambiguous(), oauth.ErrAmbiguous},
	} {
		if p.holds != errors.Is(e, p.sentinel) {
			words = append(words, "BUT NOT THE SENTINEL OF")
		}
		if p.holds {
			words = append(words, p.name)
		}
	}
	return strings.Join(words, " ")
}

func TestErrorsSayWhatTheServerSaid(t *testing.T) {
	t.Parallel()
	srv := newServer(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Lokalise-Process-Id", "5f0c1e2d-process")
		w.WriteHeader(400)
		_, _ = io.WriteString(w, `{"error":"invalid_request","error_description":"code: Code must be 40 characters long","error_uri":"https://help.example/e"}`)
	})
	_, err := newClient(t, srv.URL).Exchange(t.Context(), testCode)
	got := *asError(t, err)
	want := oauth.Error{
		Status: 400, Code: "invalid_request", Description: "code: Code must be 40 characters long",
		URI: "https://help.example/e", ProcessID: "5f0c1e2d-process", MaybeSent: true, Tries: 1,
	}
	if got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	const text = "oauth: the token endpoint answered 400 invalid_request: code: Code must be 40 characters long (see https://help.example/e) [process 5f0c1e2d-process]"
	if err.Error() != text {
		t.Errorf("text = %q", err)
	}
	if err := errors.Unwrap(err); err != nil {
		t.Errorf("cause = %v", err)
	}
}

func TestErrorTextIsBoundedAndOnOneLine(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a\\u0000\\r\\n\\u001b[31m\\u202eé\\ud800\\uFEFF", 5e3)
	body := `{"error":"` + long + `","error_description":"` + long + `","error_uri":"` + long + `"}`
	srv := newServer(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Lokalise-Process-Id", strings.Repeat("p", 5e3))
		w.WriteHeader(400)
		_, _ = io.WriteString(w, body)
	})
	_, err := newClient(t, srv.URL).Exchange(t.Context(), testCode)
	failure := asError(t, err)
	checkText(t, err.Error())
	for name, field := range map[string]struct {
		text  string
		limit int
	}{
		"code": {failure.Code, 64}, "description": {failure.Description, 300}, "URI": {failure.URI, 200}, "process ID": {failure.ProcessID, 64},
	} {
		if n := utf8.RuneCountInString(field.text); n != field.limit+1 || !strings.HasSuffix(field.text, "…") {
			t.Errorf("%s has %d characters, want %d and an ellipsis", name, n, field.limit)
		}
		checkText(t, field.text)
	}
}

// checkText wants a text that is fit for a log.
func checkText(t *testing.T, text string) {
	t.Helper()
	if len(text) > 4*(64+300+200+64)+300 {
		t.Errorf("text of %d bytes", len(text))
	}
	if !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) {
		t.Errorf("text with characters that do not print: %q", text)
	}
}

func TestTheCauseIsMatchableAndItsTextIsOurs(t *testing.T) {
	t.Parallel()
	own := errors.New("own error with " + testSecret)
	for name, test := range map[string]struct {
		err    error
		target error
		text   string
	}{
		"canceled":        {context.Canceled, context.Canceled, "canceled"},
		"deadline":        {context.DeadlineExceeded, context.DeadlineExceeded, "timed out"},
		"network timeout": {&net.OpError{Op: "read", Err: os.ErrDeadlineExceeded}, os.ErrDeadlineExceeded, "timed out"},
		"no such host":    {&net.DNSError{Err: "no such host", Name: testSecret, IsNotFound: true}, nil, "the host was not found"},
		"refused":         {&net.OpError{Op: "dial", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}, syscall.ECONNREFUSED, "connection refused"},
		"other dial":      {&net.OpError{Op: "dial", Err: own}, own, "could not connect"},
		"hang-up":         {io.EOF, io.EOF, "the connection ended before the answer did"},
		"cut off":         {io.ErrUnexpectedEOF, io.ErrUnexpectedEOF, "the connection ended before the answer did"},
		"anything else":   {own, own, "the connection failed"},
	} {
		_, err := newClient(t, "http://localhost", using(roundTripper(func(*http.Request) (*http.Response, error) {
			return nil, fmt.Errorf("wrapped: %w", test.err)
		}))).Exchange(t.Context(), testCode)
		if test.target != nil && !errors.Is(err, test.target) {
			t.Errorf("%s: %v does not match its cause", name, err)
		}
		want := "oauth: no answer from the token endpoint: " + test.text
		if err.Error() != want || errors.Unwrap(err).Error() != test.text {
			t.Errorf("%s: text = %q, cause %q, want %q", name, err, errors.Unwrap(err), want)
		}
	}
}

func TestTheCauseCanBeReachedByItsType(t *testing.T) {
	t.Parallel()
	_, err := newClient(t, "http://localhost", using(roundTripper(func(*http.Request) (*http.Response, error) {
		return nil, &net.DNSError{Name: "app.lokalise.com"}
	}))).Exchange(t.Context(), testCode)
	var lookup *net.DNSError
	if !errors.As(err, &lookup) || lookup.Name != "app.lokalise.com" {
		t.Errorf("lookup = %v", lookup)
	}
}
