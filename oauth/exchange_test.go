package oauth_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"reflect"
	"testing"
	"time"

	"github.com/golokalise/lokalise/oauth"
)

func TestTokenRequestsAreJSONWithTheCredentialsInTheBody(t *testing.T) {
	t.Parallel()
	want := map[string]map[string]any{
		"exchange": {"client_id": testID, "client_secret": testSecret, "grant_type": "authorization_code", "code": testCode},
		"refresh":  {"client_id": testID, "client_secret": testSecret, "grant_type": "refresh_token", "refresh_token": testRefrsh},
	}
	for _, call := range calls {
		t.Run(call.name, func(t *testing.T) {
			t.Parallel()
			var request *http.Request
			var sent map[string]any
			srv := newServer(t, func(w http.ResponseWriter, r *http.Request) {
				request = r
				if err := json.NewDecoder(r.Body).Decode(&sent); err != nil {
					t.Error(err)
				}
				answer(200, exchangeAnswer)(w, r)
			})
			client := newClient(t, srv.URL+"/prefix", func(c *oauth.Config) { c.UserAgent = "test/1" })
			if _, err := call.do(t.Context(), client); err != nil {
				t.Fatal(err)
			}
			if request.Method != http.MethodPost || request.URL.String() != "/prefix/oauth2/token" {
				t.Errorf("request = %s %s", request.Method, request.URL)
			}
			if !reflect.DeepEqual(sent, want[call.name]) {
				t.Errorf("body = %v, want %v", sent, want[call.name])
			}
			for name, value := range map[string]string{
				"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "test/1",
				"Authorization": "", "Cookie": "", "Idempotency-Key": "",
			} {
				if got := request.Header.Get(name); got != value {
					t.Errorf("header %s = %q, want %q", name, got, value)
				}
			}
		})
	}
}

func TestExchangeReadsTheRecordedAnswer(t *testing.T) {
	t.Parallel()
	srv := newServer(t, answer(200, exchangeAnswer))
	got, err := newClient(t, srv.URL).Exchange(t.Context(), testCode)
	if err != nil {
		t.Fatal(err)
	}
	want := &oauth.Token{AccessToken: testAccess, TokenType: "Bearer", RefreshToken: testRefrsh, Expiry: fixedNow.Add(time.Hour)}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %#v\nwant %#v", got, want)
	}
}

func TestExchangeSendsNoEmptyCode(t *testing.T) {
	t.Parallel()
	srv := newServer(t, answer(200, exchangeAnswer))
	if _, err := newClient(t, srv.URL).Exchange(t.Context(), ""); !errors.Is(err, oauth.ErrNoCode) {
		t.Errorf("err = %v", err)
	}
	if n := srv.hits.Load(); n != 0 {
		t.Errorf("%d requests", n)
	}
}

// A one-time code is never sent twice after an answer that may have been
// accepted, nor after any other answer.
func TestExchangeSendsTheCodeOnce(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		handler   http.HandlerFunc
		ambiguous bool
	}{
		"400":         {answer(400, `{"error":"invalid_grant"}`), false},
		"429":         {answer(429, ``), false},
		"500":         {answer(500, `<html>`), true},
		"502":         {answer(502, ``), true},
		"503":         {answer(503, ``), false},
		"504":         {answer(504, ``), true},
		"lost answer": {lostAnswer, true},
		"cut answer":  {cutAnswer, true},
		"empty 200":   {answer(200, ``), true},
		"HTML 200":    {answer(200, `<html>maintenance</html>`), true},
		"broken JSON": {answer(200, exchangeAnswer[:40]), true},
		"no token":    {answer(200, `{"token_type":"Bearer"}`), true},
		"204":         {answer(204, ``), true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := newServer(t, test.handler)
			token, err := newClient(t, srv.URL).Exchange(t.Context(), testCode)
			failure := asError(t, err)
			if token != nil {
				t.Errorf("token = %v", token)
			}
			if n := srv.hits.Load(); n != 1 {
				t.Errorf("the code was sent %d times", n)
			}
			if failure.Ambiguous() != test.ambiguous || errors.Is(err, oauth.ErrAmbiguous) != test.ambiguous {
				t.Errorf("ambiguous = %v, want %v: %v", failure.Ambiguous(), test.ambiguous, err)
			}
			if failure.Tries != 1 || !failure.MaybeSent {
				t.Errorf("tries = %d, maybe sent = %v", failure.Tries, failure.MaybeSent)
			}
		})
	}
}

// lostAnswer reads the request and hangs up.
func lostAnswer(_ http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	panic(http.ErrAbortHandler)
}

// cutAnswer promises more than it sends.
func cutAnswer(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "500")
	_, _ = io.WriteString(w, exchangeAnswer[:60])
}

func TestACancelAfterSendingIsAmbiguousAndStaysMatchable(t *testing.T) {
	t.Parallel()
	for _, call := range calls {
		t.Run(call.name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithCancel(t.Context())
			srv := newServer(t, func(_ http.ResponseWriter, r *http.Request) {
				_, _ = io.Copy(io.Discard, r.Body)
				cancel()
				<-r.Context().Done()
			})
			_, err := call.do(ctx, newClient(t, srv.URL))
			if failure := asError(t, err); !failure.Ambiguous() || !errors.Is(err, context.Canceled) {
				t.Errorf("ambiguous = %v: %v", failure.Ambiguous(), err)
			}
			if n := srv.hits.Load(); n != 1 {
				t.Errorf("%d requests", n)
			}
		})
	}
}

func TestACancelInTheMiddleOfTheAnswerIsAmbiguousAndStaysMatchable(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	srv := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // the server looks for a hang-up only after the body
		_, _ = io.WriteString(w, exchangeAnswer[:20])
		_ = http.NewResponseController(w).Flush()
		cancel()
		<-r.Context().Done()
	})
	_, err := newClient(t, srv.URL).Exchange(ctx, testCode)
	if failure := asError(t, err); !failure.Ambiguous() || !errors.Is(err, context.Canceled) {
		t.Errorf("ambiguous = %v: %v", failure.Ambiguous(), err)
	}
}

func TestNothingIsSentWithACanceledContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	srv := newServer(t, answer(200, exchangeAnswer))
	for _, call := range calls {
		_, err := call.do(ctx, newClient(t, srv.URL))
		failure := asError(t, err)
		if failure.Ambiguous() || failure.MaybeSent || !errors.Is(err, context.Canceled) || srv.hits.Load() != 0 {
			t.Errorf("%s: ambiguous = %v, hits = %d: %v", call.name, failure.Ambiguous(), srv.hits.Load(), err)
		}
	}
}
