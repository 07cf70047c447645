package ota_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/internal/testutil"
	"github.com/golokalise/lokalise/ota"
)

func response(r *http.Request, status int, body string) *http.Response {
	return &http.Response{
		StatusCode: status, Header: http.Header{}, Request: r, ContentLength: int64(len(body)),
		Body: io.NopCloser(strings.NewReader(body)),
	}
}

// issuer makes service tokens, token-1 and so on, without a socket.
type issuer struct {
	mu     sync.Mutex
	made   int
	status int           // of an answer that makes no token
	takes  time.Duration // for an answer
	paths  []string
}

func (i *issuer) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	i.mu.Lock()
	i.paths = append(i.paths, r.Method+" "+r.URL.EscapedPath()+" "+string(body))
	takes, status := i.takes, i.status
	i.mu.Unlock()
	if takes > 0 {
		select {
		case <-time.After(takes):
		case <-r.Context().Done():
			return nil, r.Context().Err()
		}
	}
	if status != 0 {
		return response(r, status, ""), nil
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	i.made++
	return response(r, http.StatusOK, fmt.Sprintf(`{"jwt": "token-%d"}`, i.made)), nil
}

func (i *issuer) set(status int, takes time.Duration) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.status, i.takes = status, takes
}

func (i *issuer) requests() int {
	i.mu.Lock()
	defer i.mu.Unlock()
	return len(i.paths)
}

func newSource(t *testing.T, transport http.RoundTripper) *ota.TokenSource {
	t.Helper()
	client, err := lokalise.New(lokalise.WithAPIToken("a"), lokalise.WithoutLimits(), lokalise.WithMaxAttempts(1),
		lokalise.WithHTTPClient(&http.Client{Transport: transport}))
	if err != nil {
		t.Fatal(err)
	}
	return ota.NewTokenSource(client, project)
}

func expectToken(t *testing.T, s *ota.TokenSource, want string) {
	t.Helper()
	if got, err := s.Token(t.Context()); err != nil || got != want {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
}

// The source has all the methods that the client looks for.
var (
	_ lokalise.TokenSource      = (*ota.TokenSource)(nil)
	_ lokalise.TokenInvalidator = (*ota.TokenSource)(nil)
	_ lokalise.LimitKeyer       = (*ota.TokenSource)(nil)
)

func TestServiceTokenIsMadeForTheProject(t *testing.T) {
	t.Parallel()
	i := &issuer{}
	s := newSource(t, i)
	expectToken(t, s, "token-1")
	if want := "POST /api2/projects/" + string(project) + `/tokens {"service":"ota"}`; i.paths[0] != want {
		t.Errorf("sent %s", i.paths[0])
	}
	if s.LimitKey() == "" || s.LimitKey() == ota.NewTokenSource(nil, "other").LimitKey() {
		t.Error("projects share a limit")
	}
}

func TestServiceTokenIsRenewedBeforeItsTimeIsOver(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSource(t, &issuer{})
		for _, step := range []struct {
			after time.Duration
			want  string
		}{
			{0, "token-1"},
			{24 * time.Minute, "token-1"},
			{time.Minute, "token-2"},
			{24*time.Minute + 59*time.Second, "token-2"},
			{time.Hour, "token-3"},
		} {
			time.Sleep(step.after)
			expectToken(t, s, step.want)
		}
	})
}

func TestOldServiceTokenServesWhileItCannotBeRenewed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		i := &issuer{}
		s := newSource(t, i)
		expectToken(t, s, "token-1")
		i.set(http.StatusServiceUnavailable, 0)
		time.Sleep(26 * time.Minute)
		for range 3 {
			expectToken(t, s, "token-1")
		}
		if n := i.requests(); n != 2 {
			t.Errorf("%d requests, want one and no more until there was a pause", n)
		}
		time.Sleep(time.Minute)
		expectToken(t, s, "token-1")
		if n := i.requests(); n != 3 {
			t.Errorf("%d requests", n)
		}
		time.Sleep(3 * time.Minute) // thirty minutes are over
		if token, err := s.Token(t.Context()); !errors.Is(err, lokalise.ErrServer) {
			t.Errorf("got %q, %v", token, err)
		}
		i.set(0, 0)
		expectToken(t, s, "token-2")
	})
}

func TestOldServiceTokenServesWhileAnotherIsMade(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		i := &issuer{}
		s := newSource(t, i)
		expectToken(t, s, "token-1")
		time.Sleep(26 * time.Minute)
		i.set(0, 10*time.Second)
		var wg sync.WaitGroup
		wg.Go(func() { expectToken(t, s, "token-2") })
		synctest.Wait()
		expectToken(t, s, "token-1")
		wg.Wait()
		// One that never comes does not hold its caller up for longer than it may.
		time.Sleep(26 * time.Minute)
		i.set(0, time.Hour)
		start := time.Now()
		expectToken(t, s, "token-2")
		if took := time.Since(start); took != 30*time.Second {
			t.Errorf("took %v", took)
		}
	})
}

func TestManyCallersMakeOneServiceToken(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		i := &issuer{takes: time.Second}
		s := newSource(t, i)
		var wg sync.WaitGroup
		for range 50 {
			wg.Go(func() { expectToken(t, s, "token-1") })
		}
		wg.Wait()
		if n := i.requests(); n != 1 {
			t.Errorf("%d requests", n)
		}
	})
}

// A caller that gives up neither waits on nor takes the others with it.
func TestCallerThatGivesUpLeavesTheOthers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		i := &issuer{takes: 10 * time.Second}
		s := newSource(t, i)
		first, cancelFirst := context.WithTimeout(t.Context(), 2*time.Second) // makes the token
		defer cancelFirst()
		second, cancelSecond := context.WithTimeout(t.Context(), time.Second) // waits
		defer cancelSecond()
		var wg sync.WaitGroup
		giveUp := func(ctx context.Context) {
			if _, err := s.Token(ctx); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("got %v", err)
			}
		}
		wg.Go(func() { giveUp(first) })
		synctest.Wait()
		wg.Go(func() { giveUp(second) })
		wg.Go(func() { expectToken(t, s, "token-1") })
		wg.Wait()
	})
}

func TestRefusedServiceTokenIsMadeAnew(t *testing.T) {
	t.Parallel()
	i := &issuer{}
	s := newSource(t, i)
	expectToken(t, s, "token-1")
	// Somebody else's refusal, of a token that is not in use any more.
	if err := s.InvalidateToken(t.Context(), "token-0"); err != nil {
		t.Error(err)
	}
	expectToken(t, s, "token-1")
	if err := s.InvalidateToken(t.Context(), "token-1"); err != nil {
		t.Error(err)
	}
	expectToken(t, s, "token-2")
}

// The client for bundles uses the source as it should: one that is refused is
// replaced, and the request is sent again.
func TestClientReplacesARefusedServiceToken(t *testing.T) {
	t.Parallel()
	var tokens []string
	base := server(t, func(w http.ResponseWriter, r *http.Request) {
		tokens = append(tokens, r.Header.Get("Authorization"))
		if len(tokens) == 1 {
			answer(http.StatusForbidden, `{"message": "Too old", "errorCode": "002_TOKEN_EXPIRED"}`)(w, r)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
	client, err := ota.New(newSource(t, &issuer{}), lokalise.WithBaseURL(base), lokalise.WithoutLimits())
	if err != nil {
		t.Fatal(err)
	}
	err = client.Bundles.Publish(t.Context(), 815, project, ota.FrameworkIOS, 71)
	if err != nil || fmt.Sprint(tokens) != "[Bearer token-1 Bearer token-2]" {
		t.Errorf("sent %v, %v", tokens, err)
	}
}

func TestAnswerWithoutServiceTokenIsAnError(t *testing.T) {
	t.Parallel()
	empty := transportFunc(func(r *http.Request) (*http.Response, error) {
		return response(r, http.StatusOK, `{"jwt": ""}`), nil
	})
	if token, err := newSource(t, empty).Token(t.Context()); err == nil {
		t.Errorf("got %q", token)
	}
}

type transportFunc func(*http.Request) (*http.Response, error)

func (f transportFunc) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestPrintingTheSourceShowsNoToken(t *testing.T) {
	t.Parallel()
	s := newSource(t, transportFunc(func(r *http.Request) (*http.Response, error) {
		return response(r, http.StatusOK, `{"jwt": "`+jwt+`"}`), nil
	}))
	expectToken(t, s, jwt)
	var out bytes.Buffer
	fmt.Fprintf(&out, "%v %+v %#v", s, s, s)
	testutil.AssertNoSecret(t, "source", out.String(), jwt)
}
