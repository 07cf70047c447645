package lokalise_test

import (
	"errors"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/golokalise/lokalise"
)

// apiError returns the error for an answer.
func apiError(t *testing.T, handler http.HandlerFunc) *lokalise.APIError {
	t.Helper()
	err := get(t.Context(), newServer(t, handler, lokalise.WithMaxAttempts(1), lokalise.WithMaxWait(0)))
	var e *lokalise.APIError
	if !errors.As(err, &e) {
		t.Fatalf("got %T %v, want an APIError", err, err)
	}
	return e
}

func TestStatusesHaveTheirClass(t *testing.T) {
	t.Parallel()
	classes := map[int]error{
		400: lokalise.ErrBadRequest, 401: lokalise.ErrUnauthorized, 403: lokalise.ErrForbidden,
		404: lokalise.ErrNotFound, 405: lokalise.ErrMethodNotAllowed, 406: lokalise.ErrNotAcceptable,
		409: lokalise.ErrConflict, 413: lokalise.ErrTooBig, 422: lokalise.ErrBadRequest,
		423: lokalise.ErrLocked, 429: lokalise.ErrRateLimited,
		500: lokalise.ErrServer, 502: lokalise.ErrServer, 503: lokalise.ErrServer, 504: lokalise.ErrServer,
		418: nil,
	}
	all := []error{
		lokalise.ErrBadRequest, lokalise.ErrUnauthorized, lokalise.ErrForbidden, lokalise.ErrNotFound,
		lokalise.ErrMethodNotAllowed, lokalise.ErrNotAcceptable, lokalise.ErrConflict, lokalise.ErrTooBig,
		lokalise.ErrLocked, lokalise.ErrRateLimited, lokalise.ErrServer, lokalise.ErrDecode, lokalise.ErrInvalidRequest,
		lokalise.ErrRedirect, lokalise.ErrRepeatedPage,
	}
	for status, class := range classes {
		e := apiError(t, answer(status, `{"error":{"message":"No","code":0}}`))
		for _, sentinel := range all {
			if errors.Is(e, sentinel) != errors.Is(sentinel, class) {
				t.Errorf("%d: errors.Is(%v) is %v", status, sentinel, errors.Is(e, sentinel))
			}
		}
	}
}

// The shapes of error bodies that were recorded, that the documentation names,
// or that the official SDKs read on purpose.
func TestErrorBodies(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		status int
		body   string
		want   lokalise.APIError
	}{
		"API v2": {
			404, `{"error": {"message": "Not Found", "code": 404}}`,
			lokalise.APIError{Message: "Not Found", Code: 404},
		},
		"with details": {
			400, `{"error": {"message": "Bad", "code": 400, "details": {"status": "failed"}}}`,
			lokalise.APIError{Message: "Bad", Code: 400, Details: []byte(`{"status": "failed"}`)},
		},
		"flat": {
			429, `{"message": "Too many requests", "code": 429}`,
			lokalise.APIError{Message: "Too many requests", Code: 429},
		},
		"over-the-air, documented": {
			401, `{"errorCode": "002_TOKEN_EXPIRED", "message": "Expired", "details": {"a": 1}}`,
			lokalise.APIError{Message: "Expired", ErrorCode: "002_TOKEN_EXPIRED", Details: []byte(`{"a": 1}`)},
		},
		"over-the-air, code as a number": {
			401, `{"errorCode": 401, "message": "Auth error"}`,
			lokalise.APIError{Message: "Auth error", Code: 401},
		},
		"over-the-air, recorded": {
			404, `{"message": "No such token", "statusCode": 404, "error": "ENTITY_NOT_FOUND"}`,
			lokalise.APIError{Message: "No such token", Code: 404, ErrorCode: "ENTITY_NOT_FOUND"},
		},
		"OAuth": {
			400, `{"error": "invalid_request", "error_description": "Bad code", "error_uri": ""}`,
			lokalise.APIError{Message: "Bad code", ErrorCode: "invalid_request"},
		},
		"glossary": {
			422, `{"data": [], "meta": {"count": 0}, "errors": ["Term is empty", "Term is long"]}`,
			lokalise.APIError{Message: "Term is empty; Term is long", Errors: []string{"Term is empty", "Term is long"}},
		},
		"list of objects": {
			400, `{"errors": [{"message": "Key exists", "code": 400}, 7, {"nothing": true}]}`,
			lokalise.APIError{Message: "Key exists", Errors: []string{"Key exists"}},
		},
		"code as digits":      {400, `{"error": {"message": "Bad", "code": "400"}}`, lokalise.APIError{Message: "Bad", Code: 400}},
		"code as a word":      {500, `{"error": {"message": "Bad", "code": "invalid"}}`, lokalise.APIError{Message: "Bad", ErrorCode: "invalid"}},
		"flat code as a word": {500, `{"message": "Bad", "code": "invalid"}`, lokalise.APIError{Message: "Bad", ErrorCode: "invalid"}},
		"empty error":         {400, `{"error": {}}`, lokalise.APIError{}},
		"members of any kind": {
			400, `{"error": {"message": {"a": 1}, "code": null, "details": null}, "errors": 3}`,
			lokalise.APIError{Details: []byte("null")},
		},
		"message on many lines": {400, `{"message": "a\nb\u001b[2J"}`, lokalise.APIError{Message: "a b [2J"}},
		"HTML":                  {502, "<html><body>Bad gateway</body></html>", lokalise.APIError{Message: "the body is an HTML page"}},
		"text":                  {503, "upstream connect error\nreset", lokalise.APIError{Message: "upstream connect error"}},
		"empty":                 {500, "", lokalise.APIError{Message: "empty body"}},
		"cut short":             {500, `{"error": {"message": "Internal`, lokalise.APIError{}},
		"array":                 {400, `["error"]`, lokalise.APIError{}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := apiError(t, with(answer(c.status, c.body), "X-Lokalise-Process-Id", "9b1d60bb", "Retry-After", "7"))
			want := c.want
			want.Method, want.Path, want.Status = "GET", prefix+projectPath, c.status
			want.ProcessID, want.RetryAfter, want.Attempts, want.Body = "9b1d60bb", 7e9, 1, []byte(c.body)
			if !reflect.DeepEqual(*e, want) {
				t.Errorf("got  %#v\nwant %#v", *e, want)
			}
			for _, part := range []string{"GET", prefix + projectPath, want.Message, "process 9b1d60bb"} {
				if !strings.Contains(e.Error(), part) {
					t.Errorf("%q is missing in %q", part, e.Error())
				}
			}
		})
	}
}

func TestBodyOfAnErrorIsBounded(t *testing.T) {
	t.Parallel()
	e := apiError(t, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusInternalServerError)
		for r.Context().Err() == nil {
			if _, err := w.Write([]byte(strings.Repeat("x", 1<<10))); err != nil {
				return
			}
		}
	})
	if len(e.Body) != 4<<10 || len(e.Message) > 1<<10 {
		t.Errorf("%d bytes of body, %d of message", len(e.Body), len(e.Message))
	}
}

func TestLongMessageIsCutBetweenCharacters(t *testing.T) {
	t.Parallel()
	e := apiError(t, answer(400, `{"message": "`+strings.Repeat("ž", 2000)+`"}`))
	if len(e.Message) > 1030 || strings.Trim(e.Message, "ž") != "…" {
		t.Errorf("%d bytes: %.20s…", len(e.Message), e.Message)
	}
}

// An answer may repeat the token that it refuses.
func TestErrorDoesNotRepeatTheToken(t *testing.T) {
	t.Parallel()
	e := apiError(t, func(w http.ResponseWriter, r *http.Request) {
		answer(400, `{"error": {"message": "Bad token `+r.Header.Get("X-Api-Token")+`", "code": 400, "details": "`+testToken+`"}}`)(w, r)
	})
	if text := e.Error() + string(e.Body) + string(e.Details); strings.Contains(text, testToken) || !strings.Contains(text, "redacted") {
		t.Error(text)
	}
}

// The official SDKs for Ruby and Python take an "error" in an answer with
// status 200 for what it says.
func TestErrorInsideASuccess(t *testing.T) {
	t.Parallel()
	const body = `{"error": {"message": "Project not found", "code": 404}}`
	client := newServer(t, answer(http.StatusOK, body))
	_, errGet := client.Projects.Get(t.Context(), projectID)
	_, errList := client.Projects.List(t.Context(), nil)
	_, errAll := collect(client.Projects.All(t.Context(), nil))
	for _, err := range []error{errGet, errList, errAll} {
		var e *lokalise.APIError
		if !errors.As(err, &e) || !errors.Is(err, lokalise.ErrNotFound) || e.Status != http.StatusOK || e.Message != "Project not found" {
			t.Errorf("got %v", err)
		}
	}
}

func TestEmptyErrorInsideASuccessMeansNothing(t *testing.T) {
	t.Parallel()
	for _, value := range []string{"null", "false", `""`, "[]", "{}"} {
		client := newServer(t, answer(http.StatusOK, `{"project_id": "p", "error": `+value+`}`))
		if p, err := client.Projects.Get(t.Context(), "p"); err != nil || string(p.Extra["error"]) != value {
			t.Errorf("%s: %v", value, err)
		}
	}
}
