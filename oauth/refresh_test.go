package oauth_test

import (
	"errors"
	"net/http"
	"reflect"
	"testing"
	"time"

	"github.com/golokalise/lokalise/oauth"
)

func TestRefreshKeepsTheOldRefreshTokenWhenTheAnswerHasNone(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"absent": refreshAnswer,
		"null":   `{"access_token":"` + testAccess + `","scope":"write_team_groups read_projects","expires_in":3600,"token_type":"Bearer","refresh_token":null}`,
		"empty":  `{"access_token":"` + testAccess + `","scope":"write_team_groups read_projects","expires_in":3600,"token_type":"Bearer","refresh_token":""}`,
	} {
		srv := newServer(t, answer(200, body))
		got, err := newClient(t, srv.URL).Refresh(t.Context(), testRefrsh)
		if err != nil {
			t.Fatal(err)
		}
		want := &oauth.Token{
			AccessToken: testAccess, TokenType: "Bearer", RefreshToken: testRefrsh, Expiry: fixedNow.Add(time.Hour),
			Scopes: []oauth.Scope{oauth.ScopeWriteTeamGroups, oauth.ScopeReadProjects},
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %#v, want %#v", name, got, want)
		}
	}
}

func TestRefreshTakesANewRefreshToken(t *testing.T) {
	t.Parallel()
	srv := newServer(t, answer(200, `{"access_token":"`+testAccess+`","refresh_token":"rotated"}`))
	got, err := newClient(t, srv.URL).Refresh(t.Context(), testRefrsh)
	if err != nil || got.RefreshToken != "rotated" {
		t.Errorf("refresh token = %v, %v", got, err)
	}
}

func TestRefreshSendsNoEmptyToken(t *testing.T) {
	t.Parallel()
	srv := newServer(t, answer(200, refreshAnswer))
	if _, err := newClient(t, srv.URL).Refresh(t.Context(), ""); !errors.Is(err, oauth.ErrNoRefreshToken) {
		t.Errorf("err = %v", err)
	}
	if n := srv.hits.Load(); n != 0 {
		t.Errorf("%d requests", n)
	}
}

// After a lost answer or a 5xx other than 503 nobody knows whether the server
// rotated the token: the refresh is not repeated, and the error says so.
func TestRefreshIsNotRepeatedWhenTheServerMayHaveActed(t *testing.T) {
	t.Parallel()
	for name, handler := range map[string]http.HandlerFunc{
		"500": answer(500, ``), "501": answer(501, ``), "502": answer(502, `<html>`), "504": answer(504, `{"error":"x"}`), "599": answer(599, ``),
		"lost answer": lostAnswer, "cut answer": cutAnswer, "200 without token": answer(200, `{}`),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := newServer(t, handler)
			_, err := newClient(t, srv.URL).Refresh(t.Context(), testRefrsh)
			failure := asError(t, err)
			if !failure.Ambiguous() || !failure.Temporary() || failure.NeedsReauth() || failure.Misconfigured() {
				t.Errorf("ambiguous, temporary, reauth, misconfigured = %v, %v, %v, %v: %v", failure.Ambiguous(),
					failure.Temporary(), failure.NeedsReauth(), failure.Misconfigured(), err)
			}
			if n := srv.hits.Load(); n != 1 {
				t.Errorf("%d requests", n)
			}
		})
	}
}

func TestRefreshIsNotRepeatedAfterARefusal(t *testing.T) {
	t.Parallel()
	for _, status := range []int{400, 401, 403, 404, 408, 409, 413, 422, 425} {
		srv := newServer(t, answer(status, `{"error":"invalid_grant"}`))
		_, err := newClient(t, srv.URL).Refresh(t.Context(), testRefrsh)
		if failure := asError(t, err); failure.Ambiguous() || srv.hits.Load() != 1 {
			t.Errorf("%d: ambiguous = %v after %d requests", status, failure.Ambiguous(), srv.hits.Load())
		}
	}
}
