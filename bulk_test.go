package lokalise_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/golokalise/lokalise"
)

// keysNamed returns requests for keys named k0, k1 and so on.
func keysNamed(n int) []lokalise.KeyCreateRequest {
	keys := make([]lokalise.KeyCreateRequest, n)
	for i := range keys {
		keys[i] = lokalise.KeyCreateRequest{
			KeyName: lokalise.KeyNameRequest{All: fmt.Sprintf("k%d", i)}, Platforms: []lokalise.Platform{lokalise.PlatformWeb},
		}
	}
	return keys
}

// keyServer creates keys, except for those whose names are taken.
type keyServer struct {
	taken []string
	sizes []int // of the requests
	next  int64
}

func (s *keyServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Keys []struct {
			Name string `json:"key_name"`
		} `json:"keys"`
	}
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	s.sizes = append(s.sizes, len(body.Keys))
	var keys, failed []string
	for _, key := range body.Keys {
		name := fmt.Sprintf(`{"ios": %[1]q, "android": %[1]q, "web": %[1]q, "other": %[1]q}`, key.Name)
		if slices.Contains(s.taken, key.Name) {
			failed = append(failed, `{"message": "This key name is already taken", "code": 400, "key_name": `+name+`}`)
			continue
		}
		s.next++
		keys = append(keys, fmt.Sprintf(`{"key_id": %d, "key_name": %s}`, s.next, name))
	}
	answer(http.StatusOK, fmt.Sprintf(`{"project_id": "p", "keys": [%s], "errors": [%s]}`,
		strings.Join(keys, ","), strings.Join(failed, ",")))(w, r)
}

func partial(t *testing.T, err error) *lokalise.PartialError {
	t.Helper()
	var e *lokalise.PartialError
	if !errors.As(err, &e) {
		t.Fatalf("got %v, want a PartialError", err)
	}
	return e
}

func indexes(failed []lokalise.ItemError) []int {
	var all []int
	for i := range failed {
		all = append(all, failed[i].Index)
	}
	return all
}

func span(from, to int) []int {
	var all []int
	for i := from; i < to; i++ {
		all = append(all, i)
	}
	return all
}

func TestBulkReturnsWhatSucceededAndWhatFailed(t *testing.T) {
	t.Parallel()
	s := &keyServer{taken: []string{"k1", "k3"}}
	got, err := newServer(t, s.ServeHTTP).Keys.Create(t.Context(), projectID, keysNamed(5), nil)
	if len(got) != 3 || got[0].KeyName.Web != "k0" || got[1].KeyName.Web != "k2" || got[2].KeyName.Web != "k4" {
		t.Errorf("created %+v", got)
	}
	e := partial(t, err)
	want := lokalise.ItemError{
		Index: 1, Message: "This key name is already taken", Code: 400,
		KeyName: lokalise.Some(lokalise.KeyName{IOS: "k1", Android: "k1", Web: "k1", Other: "k1"}),
	}
	if len(e.Failed) != 2 || !reflect.DeepEqual(e.Failed[0], want) || e.Failed[1].Index != 3 || e.Total != 5 || e.Err != nil {
		t.Errorf("got %+v", e)
	}
	const text = "lokalise: POST " + prefix + projectPath + "/keys: of 5 items 2 failed: item 1 (key k1): This key name is already taken (code 400)"
	if err.Error() != text {
		t.Errorf("got  %v\nwant %s", err, text)
	}
	// A class of the whole call is not that of an item.
	if errors.Is(err, lokalise.ErrBadRequest) || errors.Is(err, nil) {
		t.Error("the error is of a class that it should not be")
	}
}

func TestBulkOfNothingSendsNothing(t *testing.T) {
	t.Parallel()
	handler, count := inTurn(answer(http.StatusOK, `{}`))
	client := newServer(t, handler)
	keys, err := client.Keys.Create(t.Context(), projectID, nil, nil)
	_, deleteErr := client.Keys.DeleteBulk(t.Context(), projectID, nil)
	if len(keys) != 0 || err != nil || deleteErr != nil || count.Load() != 0 {
		t.Errorf("%d requests, %v, %v", count.Load(), err, deleteErr)
	}
}

func TestBulkAboveTheLimitIsSplitAndReportedAsOne(t *testing.T) {
	t.Parallel()
	s := &keyServer{taken: []string{"k0", "k499", "k500", "k1200"}}
	got, err := newServer(t, s.ServeHTTP).Keys.Create(t.Context(), projectID, keysNamed(1201), nil)
	if !slices.Equal(s.sizes, []int{500, 500, 201}) {
		t.Errorf("requests of %v", s.sizes)
	}
	e := partial(t, err)
	if len(got) != 1197 || !slices.Equal(indexes(e.Failed), []int{0, 499, 500, 1200}) || e.Total != 1201 {
		t.Errorf("%d keys, failed %v", len(got), indexes(e.Failed))
	}
	if len(e.Unknown) != 0 || len(e.NotSent) != 0 {
		t.Errorf("got %+v", e)
	}
	for i, key := range got {
		if key.KeyID != int64(i+1) {
			t.Fatalf("key %d is %d", i, key.KeyID)
		}
	}
	s.taken = nil
	if got, err := newServer(t, s.ServeHTTP).Keys.Create(t.Context(), projectID, keysNamed(501), nil); err != nil || len(got) != 501 {
		t.Errorf("%d keys, %v", len(got), err)
	}
}

// brokenChunk answers the first request as a keyServer does, and the second one
// with a handler.
func brokenChunk(second http.HandlerFunc) (http.HandlerFunc, *atomic.Int64) {
	s := &keyServer{taken: []string{"k7"}}
	return inTurn(s.ServeHTTP, second)
}

func TestBulkStopsAtARequestThatFailsAsAWhole(t *testing.T) {
	t.Parallel()
	const n = 1300 // three requests: 500, 500, 300
	cases := map[string]struct {
		second  http.HandlerFunc
		failed  []int
		unknown []int
		class   error
	}{
		"no answer": {
			second:  func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
			failed:  []int{7},
			unknown: span(500, 1000),
		},
		"an answer that cannot be read": {
			second: answer(http.StatusOK, `{"keys": [`), failed: []int{7}, unknown: span(500, 1000), class: lokalise.ErrDecode,
		},
		"a failure of the server": {
			second: answer(http.StatusBadGateway, ""), failed: []int{7}, unknown: span(500, 1000), class: lokalise.ErrServer,
		},
		"a refusal": {
			second: answer(http.StatusBadRequest, `{"error": {"message": "Invalid platforms", "code": 400}}`),
			failed: append([]int{7}, span(500, 1000)...), class: lokalise.ErrBadRequest,
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			handler, count := brokenChunk(c.second)
			got, err := newServer(t, handler).Keys.Create(t.Context(), projectID, keysNamed(n), nil)
			e := partial(t, err)
			if count.Load() != 2 || len(got) != 499 {
				t.Errorf("%d requests, %d keys", count.Load(), len(got))
			}
			if !slices.Equal(indexes(e.Failed), c.failed) || !slices.Equal(e.Unknown, c.unknown) || !slices.Equal(e.NotSent, span(1000, n)) {
				t.Errorf("failed %v\nunknown %v\nnot sent %v", indexes(e.Failed), e.Unknown, e.NotSent)
			}
			if e.Err == nil || c.class != nil && !errors.Is(err, c.class) || !strings.Contains(err.Error(), e.Err.Error()) {
				t.Errorf("got %v", err)
			}
			if last := e.Failed[len(e.Failed)-1]; last.Index > 7 && (last.Message != "Invalid platforms" || last.Code != 400) {
				t.Errorf("got %+v", last)
			}
		})
	}
}

func TestBulkThatMayNotWaitForItsNextTurn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := &keyServer{taken: []string{"k3"}}
		client := newMemoryServer(t, s.ServeHTTP, lokalise.WithRateLimit(1))
		got, err := client.Keys.Create(t.Context(), projectID, keysNamed(1100), nil, lokalise.NoWait())
		e := partial(t, err)
		if len(got) != 499 || len(s.sizes) != 1 || !errors.Is(err, lokalise.ErrRateLimited) {
			t.Errorf("%d keys, %d requests, %v", len(got), len(s.sizes), err)
		}
		if !slices.Equal(indexes(e.Failed), []int{3}) || len(e.Unknown) != 0 || !slices.Equal(e.NotSent, span(500, 1100)) {
			t.Errorf("failed %v\nunknown %v\nnot sent %v", indexes(e.Failed), e.Unknown, e.NotSent)
		}
	})
}

// Where the first request did nothing, nothing was done, and the error is that
// of any other call.
func TestBulkOfWhichNothingWasDone(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		handler http.HandlerFunc
		class   error
	}{
		"refused":       {answer(http.StatusForbidden, ""), lokalise.ErrForbidden},
		"error in 200":  {answer(http.StatusOK, `{"error": {"message": "no", "code": 400}, "keys": []}`), lokalise.ErrBadRequest},
		"glossary form": {answer(http.StatusUnprocessableEntity, `{"data": [], "meta": {}, "errors": ["Term is empty"]}`), lokalise.ErrBadRequest},
	} {
		got, err := newServer(t, c.handler).Keys.Create(t.Context(), projectID, keysNamed(1200), nil)
		var e *lokalise.PartialError
		if !errors.Is(err, c.class) || errors.As(err, &e) || got != nil {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

// The first request may have been carried out, so its items are named.
func TestBulkOfWhichTheOnlyRequestGotNoAnswer(t *testing.T) {
	t.Parallel()
	client := newServer(t, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	_, err := client.Keys.Create(t.Context(), projectID, keysNamed(3), nil)
	e := partial(t, err)
	if !slices.Equal(e.Unknown, []int{0, 1, 2}) || len(e.NotSent) != 0 || len(e.Failed) != 0 {
		t.Errorf("got %+v", e)
	}
	var request *lokalise.RequestError
	if !errors.As(err, &request) || !request.MayHaveSucceeded || !strings.Contains(err.Error(), "of 3 items 3 may have been carried out") {
		t.Errorf("got %v", err)
	}
}

// An update is repeated after a failure that leaves its outcome open. When the
// repetition is refused, the first attempt may still have had an effect.
func TestBulkRefusedAfterAnAttemptWithoutAnswer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		handler, count := inTurn(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, answer(http.StatusConflict, ""))
		client := newMemoryServer(t, handler)
		_, err := client.Keys.UpdateBulk(t.Context(), projectID, []lokalise.KeyBulkUpdateRequest{{KeyID: 1}}, nil)
		if e := partial(t, err); count.Load() != 2 || !slices.Equal(e.Unknown, []int{0}) || !errors.Is(err, lokalise.ErrConflict) {
			t.Errorf("%d requests, %v", count.Load(), err)
		}
	})
}

func TestFailuresAreMatchedToItems(t *testing.T) {
	t.Parallel()
	name := func(text string) lokalise.KeyCreateRequest {
		return lokalise.KeyCreateRequest{KeyName: lokalise.KeyNameRequest{All: text}}
	}
	perPlatform := lokalise.KeyCreateRequest{KeyName: lokalise.KeyName{IOS: "a", Android: "b", Web: "c", Other: "d"}.Request()}
	failure := func(ios, android, web, other string) string {
		return fmt.Sprintf(`{"message": "m", "code": 400, "key_name": {"ios": %q, "android": %q, "web": %q, "other": %q}}`, ios, android, web, other)
	}
	cases := map[string]struct {
		keys   []lokalise.KeyCreateRequest
		errors string
		want   []int
	}{
		"one":                       {[]lokalise.KeyCreateRequest{name("x"), name("y")}, failure("y", "y", "y", "y"), []int{1}},
		"names per platform":        {[]lokalise.KeyCreateRequest{name("a"), perPlatform}, failure("a", "b", "c", "d"), []int{1}},
		"some platforms":            {[]lokalise.KeyCreateRequest{{KeyName: lokalise.KeyNameRequest{Web: lokalise.Some("w")}}}, failure("", "", "w", ""), []int{0}},
		"the other order":           {[]lokalise.KeyCreateRequest{name("x"), name("y")}, failure("y", "y", "y", "y") + "," + failure("x", "x", "x", "x"), []int{1, 0}},
		"twice, both failed":        {[]lokalise.KeyCreateRequest{name("x"), name("y"), name("x")}, failure("x", "x", "x", "x") + "," + failure("x", "x", "x", "x"), []int{0, 2}},
		"twice, one failed":         {[]lokalise.KeyCreateRequest{name("x"), name("x")}, failure("x", "x", "x", "x"), []int{-1}},
		"another name":              {[]lokalise.KeyCreateRequest{name("x")}, failure("z", "z", "z", "z"), []int{-1}},
		"no name":                   {[]lokalise.KeyCreateRequest{name("x")}, `{"message": "m", "code": 400}`, []int{-1}},
		"a text for a name":         {[]lokalise.KeyCreateRequest{name("x"), name("y")}, `{"message": "m", "key_name": "y"}`, []int{1}},
		"a text":                    {[]lokalise.KeyCreateRequest{name("x")}, `"The name is empty"`, []int{-1}},
		"null":                      {[]lokalise.KeyCreateRequest{name("x")}, `null`, []int{-1}},
		"an empty object":           {[]lokalise.KeyCreateRequest{name("")}, `{}`, []int{-1}},
		"something else for a name": {[]lokalise.KeyCreateRequest{name("x")}, `{"key_name": 7, "code": null, "message": {}}`, []int{-1}},
	}
	for label, c := range cases {
		client := newServer(t, answer(http.StatusOK, `{"keys": [], "errors": [`+c.errors+`]}`))
		_, err := client.Keys.Create(t.Context(), projectID, c.keys, nil)
		if e := partial(t, err); !slices.Equal(indexes(e.Failed), c.want) {
			t.Errorf("%s: got %v, want %v", label, indexes(e.Failed), c.want)
		}
	}
}

// The samples of an official SDK have key_id here, as a number.
func TestFailuresOfUpdateAreMatchedByID(t *testing.T) {
	t.Parallel()
	client := newServer(t, answer(http.StatusOK, `{"keys": [], "errors": [
	 {"message": "Key not found", "code": 404, "key_id": 22}, {"message": "m", "code": "400", "key_id": "33", "hint": [1]},
	 {"message": "m", "code": 400, "key_name": {"ios": "n", "android": "n", "web": "n", "other": "n"}}]}`))
	_, err := client.Keys.UpdateBulk(t.Context(), projectID, []lokalise.KeyBulkUpdateRequest{
		{KeyID: 11},
		{KeyID: 33},
		{KeyID: 22},
		{KeyID: 44, KeyUpdateRequest: lokalise.KeyUpdateRequest{KeyName: lokalise.KeyNameRequest{All: "n"}}},
	}, nil)
	e := partial(t, err)
	if !slices.Equal(indexes(e.Failed), []int{2, 1, 3}) || e.Failed[0].Code != 404 || e.Failed[1].Code != 400 || e.Failed[1].KeyID != 33 {
		t.Errorf("got %+v", e.Failed)
	}
	if string(e.Failed[1].Extra["hint"]) != "[1]" || e.Failed[0].Error() != "item 2 (key 22): Key not found (code 404)" {
		t.Errorf("got %+v", e.Failed)
	}
}

func TestMembersErrorsOfAnotherKindAreNoFailures(t *testing.T) {
	t.Parallel()
	for _, text := range []string{`{"keys": []}`, `{"keys": [], "errors": []}`, `{"keys": [], "errors": null}`, `{"keys": [], "errors": {}}`} {
		if _, err := newServer(t, answer(http.StatusOK, text)).Keys.Create(t.Context(), projectID, keysNamed(1), nil); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestTextOfFailureCannotBreakALine(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 5000)
	client := newServer(t, answer(http.StatusOK, `{"keys": [], "errors": [{"message": "a\nb\u001b[2J`+long+`", "code": 1}]}`))
	_, err := client.Keys.Create(t.Context(), projectID, keysNamed(1), nil)
	if text := err.Error(); strings.ContainsAny(text, "\n\x1b") || len(text) > 2000 {
		t.Errorf("%d bytes: %.100q", len(text), text)
	}
}

func TestFailureDoesNotRepeatTheToken(t *testing.T) {
	t.Parallel()
	client := newServer(t, answer(http.StatusOK, `{"keys": [], "errors": [
	 {"message": "refused `+testToken+`", "key_name": "`+testToken+`", "hint": "`+testToken+`"}]}`))
	_, err := client.Keys.Create(t.Context(), projectID, keysNamed(1), nil)
	if e := partial(t, err); strings.Contains(fmt.Sprintf("%v %+v", err, e.Failed), testToken) || e.Failed[0].Message == "" {
		t.Errorf("got %+v", e.Failed)
	}
}

func TestLockedKeysOfBulkDelete(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		answer string
		failed []int
	}{
		"none":                         {`{"project_id": "p", "keys_removed": true, "keys_locked": 0}`, nil},
		"as in 2018":                   {`{"project_id": "p", "keys_removed": true}`, nil},
		"some":                         {`{"project_id": "p", "keys_removed": true, "keys_locked": 2}`, []int{-1, -1}},
		"all":                          {`{"project_id": "p", "keys_removed": false, "keys_locked": 3}`, []int{0, 1, 2}},
		"all, and it says it did some": {`{"project_id": "p", "keys_removed": true, "keys_locked": 3}`, []int{0, 1, 2}},
		"it did nothing":               {`{"project_id": "p", "keys_removed": false, "keys_locked": 1}`, []int{0, 1, 2}},
		"it did nothing, no number":    {`{"project_id": "p", "keys_removed": false}`, []int{0, 1, 2}},
		"more than there were":         {`{"project_id": "p", "keys_removed": true, "keys_locked": 9000000000}`, []int{0, 1, 2}},
		"less than none":               {`{"project_id": "p", "keys_removed": true, "keys_locked": -1}`, nil},
	}
	for name, c := range cases {
		got, err := newServer(t, answer(http.StatusOK, c.answer)).Keys.DeleteBulk(t.Context(), projectID, []int64{11, 22, 33})
		if got == nil || got.ProjectID != "p" {
			t.Errorf("%s: the answer is missing", name)
		}
		if c.failed == nil {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if e := partial(t, err); !slices.Equal(indexes(e.Failed), c.failed) || !errors.Is(err, lokalise.ErrKeyLocked) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestBulkDeleteAboveTheLimit(t *testing.T) {
	t.Parallel()
	handler, count := inTurn(
		answer(http.StatusOK, `{"project_id": "p", "keys_removed": true, "keys_locked": 1, "branch": "main"}`),
		answer(http.StatusOK, `{"project_id": "p", "keys_removed": false, "keys_locked": 2}`))
	ids := make([]int64, 502)
	got, err := newServer(t, handler).Keys.DeleteBulk(t.Context(), projectID, ids)
	e := partial(t, err)
	if count.Load() != 2 || !slices.Equal(indexes(e.Failed), []int{-1, 500, 501}) {
		t.Errorf("%d requests, failed %v", count.Load(), indexes(e.Failed))
	}
	if got.KeysRemoved || got.KeysLocked != lokalise.Some[int64](3) || got.Branch != lokalise.Some("main") {
		t.Errorf("got %+v", got)
	}
}
