package lokalise_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/internal/testutil"
)

type kind string

// links is an operation that the package does not know.
func links(project lokalise.ProjectID) lokalise.Operation {
	return lokalise.Operation{
		Method: http.MethodPut,
		Route:  "/api2/projects/{project_id}/links/{kind}/{link_id}",
		Args:   []any{project, kind("a/b c"), 7},
		Query:  url.Values{"filter": {"x&y"}},
		Body:   map[string]any{"links": []int{1}},
		Result: "link",
	}
}

func TestUnknownOperation(t *testing.T) {
	t.Parallel()
	testOperation(t, opCase{
		op:     "PUT /unknown",
		path:   projectPath + ":feature%2Fnew/links/a%2Fb%20c/7",
		query:  "filter=x%26y",
		body:   `{"links": [1]}`,
		answer: `{"project_id": "p", "link": {"id": 7, "team": ` + listedTeam + `}}`,
		call: func(ctx context.Context, c *lokalise.Client) (any, error) {
			var out struct {
				ID   int
				Team lokalise.Team
			}
			var r lokalise.Response
			if err := c.Do(ctx, links(projectID.Branch("feature/new")), &out, lokalise.ResponseInto(&r)); err != nil {
				return nil, err
			}
			return []any{out.ID, out.Team, string(r.Envelope["project_id"])}, nil
		},
		want: []any{7, wantListedTeam(), `"p"`},
	})
}

func TestOperationWithoutPlacesQueryAndBody(t *testing.T) {
	t.Parallel()
	testOperation(t, opCase{
		op:     "POST /unknown",
		path:   "/v9/links",
		answer: `{"id": 7}`,
		call: func(ctx context.Context, c *lokalise.Client) (any, error) {
			var out map[string]int
			err := c.Do(ctx, lokalise.Operation{Method: http.MethodPost, Route: "/v9/links"}, &out)
			return out, err
		},
		want: map[string]int{"id": 7},
	})
}

// A model decodes itself, as tolerantly as in the answer to a method.
func TestOperationDecodesIntoModels(t *testing.T) {
	t.Parallel()
	client := newServer(t, answer(http.StatusOK, `{"team_id": "815", "quota_usage": []}`))
	var team lokalise.Team
	if err := client.Do(t.Context(), lokalise.Operation{Method: http.MethodGet, Route: "/api2/x"}, &team); err != nil || team.TeamID != 815 {
		t.Errorf("got %+v, %v", team, err)
	}
	var raw json.RawMessage
	if err := client.Do(t.Context(), lokalise.Operation{Method: http.MethodGet, Route: "/api2/x", Result: "team_id"}, &raw); err != nil || string(raw) != `"815"` {
		t.Errorf("got %s, %v", raw, err)
	}
}

func TestOperationOfWhichNothingIsWanted(t *testing.T) {
	t.Parallel()
	op := lokalise.Operation{Method: http.MethodPost, Route: "/api2/x"}
	for name, c := range map[string]struct {
		handler http.HandlerFunc
		class   error
	}{
		"no content":        {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }, nil},
		"empty":             {answer(http.StatusOK, " \n"), nil},
		"an object":         {answer(http.StatusOK, `{"done": true}`), nil},
		"null":              {answer(http.StatusOK, `null`), nil},
		"no error":          {answer(http.StatusOK, `{"error": null}`), nil},
		"an error":          {answer(http.StatusOK, `{"x": 1, "error": {"message": "No", "code": 404}}`), lokalise.ErrNotFound},
		"HTML":              {answer(http.StatusOK, `<html>`), lokalise.ErrDecode},
		"cut short":         {answer(http.StatusOK, `{"done": `), lokalise.ErrDecode},
		"something follows": {answer(http.StatusOK, `{} {}`), lokalise.ErrDecode},
		"refused":           {answer(http.StatusForbidden, ``), lokalise.ErrForbidden},
	} {
		if err := newServer(t, c.handler).Do(t.Context(), op, nil); !errors.Is(err, c.class) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestOperationWhoseAnswerIsAnErrorInASuccess(t *testing.T) {
	t.Parallel()
	client := newServer(t, answer(http.StatusOK, `{"error": {"message": "No", "code": 403}}`))
	for _, result := range []string{"", "link"} {
		var out any
		err := client.Do(t.Context(), lokalise.Operation{Method: http.MethodGet, Route: "/api2/x", Result: result}, &out)
		if !errors.Is(err, lokalise.ErrForbidden) {
			t.Errorf("%q: got %v, %v", result, out, err)
		}
	}
}

func TestOperationThatCannotBeSent(t *testing.T) {
	t.Parallel()
	handler, count := inTurn(answer(http.StatusOK, `{}`))
	client := newServer(t, handler)
	for name, op := range map[string]lokalise.Operation{
		"no slash":           {Method: http.MethodGet, Route: "api2/x"},
		"query in the route": {Method: http.MethodGet, Route: "/api2/x?y=1"},
		"missing argument":   {Method: http.MethodGet, Route: "/api2/{x}/{y}", Args: []any{"a"}},
		"argument too many":  {Method: http.MethodGet, Route: "/api2/{x}", Args: []any{"a", "b"}},
		"empty argument":     {Method: http.MethodGet, Route: "/api2/{x}", Args: []any{""}},
		"dots":               {Method: http.MethodGet, Route: "/api2/{x}", Args: []any{".."}},
		"zero":               {Method: http.MethodGet, Route: "/api2/{x}", Args: []any{int32(0)}},
		"nil":                {Method: http.MethodGet, Route: "/api2/{x}", Args: []any{nil}},
		"fraction":           {Method: http.MethodGet, Route: "/api2/{x}", Args: []any{1.5}},
		"body without JSON":  {Method: http.MethodPost, Route: "/api2/x", Body: func() {}},
	} {
		var out any
		err := client.Do(t.Context(), op, &out)
		var e *lokalise.RequestError
		if !errors.Is(err, lokalise.ErrInvalidRequest) || !errors.As(err, &e) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if count.Load() != 0 {
		t.Errorf("%d requests were sent", count.Load())
	}
}

// The route is the name of the operation for metrics. Without the version it is
// the one that the methods of this package have.
func TestOperationHasItsRouteInHooks(t *testing.T) {
	t.Parallel()
	for route, want := range map[string]string{
		"/api2/links/{link_id}":  "/links/{link_id}",
		"/v1/links/{link_id}":    "/links/{link_id}",
		"/v3/links/{link_id}":    "/v3/links/{link_id}",
		"/api20/links/{link_id}": "/api20/links/{link_id}",
	} {
		var got []string
		client := newServer(t, answer(http.StatusOK, `{}`), lokalise.WithHooks(lokalise.Hooks{
			Done: func(_ context.Context, a lokalise.Attempt, _ lokalise.AttemptResult) {
				_, path, _ := strings.Cut(a.URL, prefix)
				got = append(got, a.Route, path)
			},
		}))
		err := client.Do(t.Context(), lokalise.Operation{Method: http.MethodGet, Route: route, Args: []any{7}}, nil)
		if want := []string{want, strings.ReplaceAll(route, "{link_id}", "7")}; err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %q, %v", route, got, err)
		}
	}
}

func TestTokenInAHeaderOfItsOwn(t *testing.T) {
	t.Parallel()
	var header http.Header
	client := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		header = r.Header
		answer(http.StatusUnauthorized, fmt.Sprintf(`{"message": "Bad %s", "statusCode": 401}`, r.Header.Get("x-ota-api-token")))(w, r)
	}, lokalise.WithTokenHeader("x-ota-api-token", testToken))
	err := client.Do(t.Context(), lokalise.Operation{Method: http.MethodGet, Route: "/v3/x"}, nil)
	if !errors.Is(err, lokalise.ErrUnauthorized) {
		t.Errorf("got %v", err)
	}
	if header.Get("X-Ota-Api-Token") != testToken || header.Get("X-Api-Token") != "" || header.Get("Authorization") != "" {
		t.Errorf("the header is %v", header)
	}
	testutil.AssertNoSecret(t, "error", fmt.Sprintf("%v %+v", err, err), testToken)
}

func TestTokenHeaderIsChecked(t *testing.T) {
	t.Parallel()
	for name, option := range map[string]lokalise.Option{
		"no name":    lokalise.WithTokenHeader("", testToken),
		"bad name":   lokalise.WithTokenHeader("X Token", testToken),
		"line break": lokalise.WithTokenHeader("X-Token\r\nX", testToken),
		"no token":   lokalise.WithTokenHeader("X-Token", ""),
		"bad token":  lokalise.WithTokenHeader("X-Token", "a\nb"),
	} {
		if _, err := lokalise.New(option); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := lokalise.New(lokalise.WithTokenHeader("X-Token", testToken), lokalise.WithAPIToken(testToken)); err == nil {
		t.Error("two credentials: no error")
	}
}

// Do goes through the limits of the client, here the cap on a project.
func TestOperationCountsForItsProject(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		client := newMemoryServer(t, func(w http.ResponseWriter, r *http.Request) {
			<-release
			answer(http.StatusOK, `{}`)(w, r)
		}, lokalise.WithProjectConcurrency(1))
		done := make(chan error)
		op := lokalise.Operation{Method: http.MethodGet, Route: "/api2/projects/{project_id}", Args: []any{projectID.Branch("b")}}
		go func() { done <- client.Do(t.Context(), op, nil) }()
		synctest.Wait()
		op.Args = []any{projectID}
		if err := client.Do(t.Context(), op, nil, lokalise.NoWait()); !errors.Is(err, lokalise.ErrRateLimited) {
			t.Errorf("got %v", err)
		}
		close(release)
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}
