package connect_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/connect"
	"github.com/golokalise/lokalise/internal/testutil"
	"github.com/golokalise/lokalise/oauth"
	"github.com/golokalise/lokalise/tokens"
)

// Planted values that turn up nowhere by chance.
const (
	plantedSecret  = "s3cret/client+planted=value"
	plantedCode    = "c0de/planted+with=characters"
	plantedAccess  = "acc3ss/planted+with=characters"
	plantedRefresh = "r3fresh/planted+with=characters"
	plantedSession = "s3ssion-planted-in-a-cookie"
)

// TestSecretsStayInside lets everything fail that can, with errors of the app's
// own functions that quote what they were given, and looks at all that comes
// out: pages, addresses, the log, outcomes.
func TestSecretsStayInside(t *testing.T) {
	t.Parallel()
	answers := []string{
		`{"access_token":"` + plantedAccess + `","refresh_token":"` + plantedRefresh + `","expires_in":3600}`,
		`{"error":"invalid_grant","error_description":"no ` + plantedCode + ` for ` + plantedSecret + `"}`,
		`{"error":"invalid_client","error_description":"not ` + plantedSecret + `"}`,
		`<html>` + plantedCode + plantedSecret,
	}
	status, answer := 0, ""
	endpoint := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = w.Write([]byte(answer))
	}))
	defer endpoint.Close()
	client, err := oauth.New(oauth.Config{ClientID: "id", ClientSecret: plantedSecret, Host: endpoint.URL})
	if err != nil {
		t.Fatal(err)
	}
	var sessionErr, onceErr error
	var identifyErr func(*oauth.Token) error
	s := newSetup(t, func(s *setup) {
		s.cfg.Clients = []*oauth.Client{client}
		s.cfg.Session = func(r *http.Request) (string, error) {
			if strings.Contains(r.URL.String()+r.RequestURI, "code") {
				t.Errorf("Session sees %s", r.URL)
			}
			if sessionErr != nil {
				return "", fmt.Errorf("%w: %v", sessionErr, r.Cookies())
			}
			return tenant, nil
		}
		s.cfg.Once = func(context.Context, string) (bool, error) { return true, onceErr }
		s.cfg.Identify = func(_ context.Context, token *oauth.Token) (string, error) { return "", identifyErr(token) }
	})
	identifyErr = func(token *oauth.Token) error {
		return errors.New("GET /projects with " + token.AccessToken + " and " + token.RefreshToken)
	}
	var heard strings.Builder
	var states []string
	round := func(change func()) {
		b := newBrowser(plantedSession)
		sessionErr, onceErr = nil, nil
		state := query(t, location(t, b.post(s.Start, nil))).Get("state")
		states = append(states, state)
		change()
		r := httptest.NewRequest(http.MethodGet, callbackURL, nil)
		q := r.URL.Query()
		q.Set("code", plantedCode)
		q.Set("state", state)
		r.URL.RawQuery = q.Encode()
		r.RequestURI = r.URL.RequestURI()
		res := b.do(s.Callback, r)
		to := location(t, res)
		sessionErr = nil
		page := b.get(s.Callback, origin+to)
		fmt.Fprintln(&heard, to, body(t, page), page.Header)
	}
	for i, text := range answers {
		round(func() { status, answer = map[bool]int{true: 200, false: 400}[i == 0 || i == 3], text })
	}
	round(func() { sessionErr = errSignedOut })
	round(func() { onceErr = fmt.Errorf("redis: SET %s %s", plantedSession, plantedCode) })
	broken := newManager(t, client, quotingStore{brokenStore{s.store}})
	s.Handlers = s.variant(t, func(c *connect.Config) { c.Manager = broken })
	round(func() { status, answer = 200, answers[0] })

	for _, o := range s.outcomes {
		fmt.Fprintf(&heard, "%v %+v %#v %v\n", o, o, o, o.Err)
		for err := o.Err; err != nil; err = errors.Unwrap(err) {
			fmt.Fprintln(&heard, err)
		}
	}
	heard.WriteString(s.logged())
	secrets := append(states, plantedSecret, plantedCode, plantedAccess, plantedRefresh, plantedSession, string(testKey))
	testutil.AssertNoSecret(t, "what came out", heard.String(), secrets...)
	for _, want := range []string{"invalid_grant", "invalid_client", "nobody is signed in", "redis: SET", "GET /projects with", "INSERT", "not_signed_in"} {
		if !strings.Contains(heard.String(), want) {
			t.Errorf("%q was not heard, so this test means less than it should", want)
		}
	}
}

// quotingStore fails as databases do that quote the row.
type quotingStore struct{ brokenStore }

func (quotingStore) Put(context.Context, tokens.Record, int64) error {
	return errors.New("INSERT failed: " + plantedAccess + " " + plantedRefresh)
}
