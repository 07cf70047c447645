package lokalise_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/golokalise/lokalise"
)

func TestCredentialHeaders(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		option                  lokalise.Option
		apiToken, authorization string
	}{
		"API token":    {lokalise.WithAPIToken("t0ken"), "t0ken", ""},
		"bearer token": {lokalise.WithBearerToken("t0ken"), "", "Bearer t0ken"},
		"token source": {lokalise.WithTokenSource(sourceFunc(func(context.Context) (string, error) { return "t0ken", nil })), "", "Bearer t0ken"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client := newServer(t, func(w http.ResponseWriter, r *http.Request) {
				if got := r.Header.Get("X-Api-Token"); got != c.apiToken {
					t.Errorf("X-Api-Token is %q", got)
				}
				if got := r.Header.Get("Authorization"); got != c.authorization {
					t.Errorf("Authorization is %q", got)
				}
				answer(http.StatusOK, bareProject)(w, r)
			}, c.option)
			if _, err := client.Projects.Get(t.Context(), projectID); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestNewWantsExactlyOneCredential(t *testing.T) {
	t.Parallel()
	if _, err := lokalise.New(); err == nil {
		t.Error("New accepted no credential")
	}
	if _, err := lokalise.New(lokalise.WithAPIToken("a"), lokalise.WithBearerToken("b")); err == nil {
		t.Error("New accepted two credentials")
	}
}

func TestBadTokensAreRefusedWithoutBeingShown(t *testing.T) {
	t.Parallel()
	const bad = "plantedsecret\nX-Injected: 1"
	source := sourceFunc(func(context.Context) (string, error) { return bad, nil })
	_, errSource := newServer(t, answer(http.StatusOK, bareProject), lokalise.WithTokenSource(source)).
		Projects.Get(t.Context(), projectID)
	_, errFixed := lokalise.New(lokalise.WithAPIToken(bad))
	_, errEmpty := lokalise.New(lokalise.WithBearerToken(""))
	for _, err := range []error{errSource, errFixed, errEmpty} {
		if err == nil || strings.Contains(err.Error(), "plantedsecret") {
			t.Errorf("got %v", err)
		}
	}
}

// renewing is a token source that gives "first" until that is rejected.
type renewing struct {
	rejected atomic.Int64
	fail     error
}

func (s *renewing) Token(context.Context) (string, error) {
	if s.rejected.Load() > 0 {
		return "second", nil
	}
	return "first", nil
}

func (s *renewing) InvalidateToken(_ context.Context, rejected string) error {
	if rejected == "first" {
		s.rejected.Add(1)
	}
	return s.fail
}

// wants answers 401, or what is given, to every token but one.
func wants(token string, refuse http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if r.Header.Get("Authorization") != "Bearer "+token {
			refuse(w, r)
			return
		}
		if r.Method == http.MethodPost && !strings.Contains(string(body), "Website") {
			answer(http.StatusBadRequest, "the body is gone")(w, r)
			return
		}
		answer(http.StatusOK, bareProject)(w, r)
	}
}

var unauthorized = answer(http.StatusUnauthorized, `{"error":{"message":"Unauthorized","code":401}}`)

// badHeader is how API v2 answers a token that is missing or malformed.
var badHeader = answer(http.StatusBadRequest, "{\"error\":{\"message\":\"Invalid `X-Api-Token` header\",\"code\":400}}")

func TestRefusedTokenIsInvalidatedOnceAndTheRequestRepeated(t *testing.T) {
	t.Parallel()
	for name, refuse := range map[string]http.HandlerFunc{"401": unauthorized, "400": badHeader} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			source := new(renewing)
			handler, count := inTurn(wants("second", refuse))
			client := newServer(t, handler, lokalise.WithTokenSource(source))
			_, err := client.Projects.Create(t.Context(), &lokalise.ProjectCreateRequest{Name: "Website"})
			if err != nil {
				t.Fatal(err)
			}
			if count.Load() != 2 || source.rejected.Load() != 1 {
				t.Errorf("%d requests, %d invalidations", count.Load(), source.rejected.Load())
			}
		})
	}
}

func TestSecondRefusalIsFinal(t *testing.T) {
	t.Parallel()
	for name, refuse := range map[string]http.HandlerFunc{"401": unauthorized, "400": badHeader} {
		source := new(renewing)
		handler, count := inTurn(refuse)
		_, err := newServer(t, handler, lokalise.WithTokenSource(source)).Projects.Get(t.Context(), projectID)
		if !errors.Is(err, lokalise.ErrUnauthorized) || count.Load() != 2 {
			t.Errorf("%s: %d requests, %v", name, count.Load(), err)
		}
	}
}

// Another 400 says nothing about the token.
func TestOtherBadRequestsLeaveTheTokenAlone(t *testing.T) {
	t.Parallel()
	source := new(renewing)
	handler, count := inTurn(answer(http.StatusBadRequest, "{\"error\":{\"message\":\"Invalid `name` parameter\",\"code\":400}}"))
	_, err := newServer(t, handler, lokalise.WithTokenSource(source)).Projects.Get(t.Context(), projectID)
	if !errors.Is(err, lokalise.ErrBadRequest) || errors.Is(err, lokalise.ErrUnauthorized) {
		t.Errorf("got %v", err)
	}
	if count.Load() != 1 || source.rejected.Load() != 0 {
		t.Errorf("%d requests, %d invalidations", count.Load(), source.rejected.Load())
	}
}

func TestSameTokenIsNotTriedAgain(t *testing.T) {
	t.Parallel()
	always := sourceFunc(func(context.Context) (string, error) { return "first", nil })
	for name, option := range map[string]lokalise.Option{
		"source without another token": lokalise.WithTokenSource(always),
		"fixed token":                  lokalise.WithBearerToken("first"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			handler, count := inTurn(unauthorized)
			_, err := newServer(t, handler, option).Projects.Get(t.Context(), projectID)
			if !errors.Is(err, lokalise.ErrUnauthorized) || count.Load() != 1 {
				t.Errorf("%d requests, %v", count.Load(), err)
			}
		})
	}
}

func TestFailedInvalidationTellsBothErrors(t *testing.T) {
	t.Parallel()
	source := &renewing{fail: errors.New("store is down")}
	_, err := newServer(t, unauthorized, lokalise.WithTokenSource(source)).Projects.Get(t.Context(), projectID)
	if !errors.Is(err, source.fail) || !errors.Is(err, lokalise.ErrUnauthorized) {
		t.Errorf("got %v", err)
	}
}

func TestTokenSourceErrorReachesTheCaller(t *testing.T) {
	t.Parallel()
	gone := errors.New("grant is gone")
	source := sourceFunc(func(context.Context) (string, error) { return "", gone })
	handler, count := inTurn(answer(http.StatusOK, bareProject))
	_, err := newServer(t, handler, lokalise.WithTokenSource(source)).Projects.Get(t.Context(), projectID)
	var e *lokalise.RequestError
	if !errors.Is(err, gone) || !errors.As(err, &e) || e.MayHaveSucceeded || count.Load() != 0 {
		t.Errorf("%d requests, %v", count.Load(), err)
	}
}
