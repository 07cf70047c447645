package lokalise_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/internal/testutil"
)

type spanKey struct{}

func TestHooksSeeEachAttempt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var seen []string
		hooks := lokalise.Hooks{
			Start: func(ctx context.Context, a lokalise.Attempt) context.Context {
				seen = append(seen, fmt.Sprintf("start %d %s %s", a.Number, a.Method, a.Route))
				return context.WithValue(ctx, spanKey{}, a.Number)
			},
			Done: func(ctx context.Context, a lokalise.Attempt, r lokalise.AttemptResult) {
				seen = append(seen, fmt.Sprintf("done %d %v: %d %s, again %v, %v", a.Number, ctx.Value(spanKey{}), r.Status, r.ProcessID, r.Retry, r.Duration))
			},
		}
		slow := func(w http.ResponseWriter, r *http.Request) {
			time.Sleep(3 * time.Second)
			with(answer(http.StatusOK, bareProject), "X-Lokalise-Process-Id", "9b1d")(w, r)
		}
		handler, _ := inTurn(answer(http.StatusBadGateway, ""), slow)
		var spans []any
		inner := newMemoryTransport(t, handler)
		transport := roundTripper(func(r *http.Request) (*http.Response, error) {
			spans = append(spans, r.Context().Value(spanKey{}))
			return inner.RoundTrip(r)
		})
		client := newClient(t, uniqueURL(), lokalise.WithHTTPClient(&http.Client{Transport: transport}), lokalise.WithHooks(hooks))
		if err := get(t.Context(), client); err != nil {
			t.Fatal(err)
		}
		want := []string{
			"start 1 GET /projects/{project_id}", "done 1 1: 502 , again true, 0s",
			"start 2 GET /projects/{project_id}", "done 2 2: 200 9b1d, again false, 3s",
		}
		if got := strings.Join(seen, "\n"); got != strings.Join(want, "\n") {
			t.Errorf("got\n%s", got)
		}
		if fmt.Sprint(spans) != "[1 2]" {
			t.Errorf("the transport saw the contexts of %v", spans)
		}
	})
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestHookOnlyForTheEnd(t *testing.T) {
	t.Parallel()
	n := 0
	hooks := lokalise.Hooks{Done: func(_ context.Context, _ lokalise.Attempt, r lokalise.AttemptResult) {
		if r.Err == nil || r.Status != 0 {
			t.Errorf("got %+v", r)
		}
		n++
	}}
	err := create(t.Context(), newServer(t, hangUp, lokalise.WithHooks(hooks)))
	if err == nil || n != 1 {
		t.Errorf("called %d times, %v", n, err)
	}
}

func TestLog(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		logger := slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug}))
		handler, _ := inTurn(with(tooMany, "Retry-After", "1"), with(answer(http.StatusOK, bareProject), "X-Lokalise-Process-Id", "9b1d"))
		if err := get(t.Context(), newMemoryServer(t, handler, lokalise.WithLogger(logger))); err != nil {
			t.Fatal(err)
		}
		for i, wants := range [][]string{
			{"level=INFO", "attempt=1", "status=429", "retry_in=1", `reason="rate limited"`, "method=GET"},
			{"level=DEBUG", "attempt=2", "status=200", "process_id=9b1d", projectPath},
		} {
			line := strings.Split(out.String(), "\n")[i]
			for _, want := range wants {
				if !strings.Contains(line, want) {
					t.Errorf("%q is missing in %s", want, line)
				}
			}
		}
	})
}

const (
	plantedToken  = "9f8e7d6c5b4a39281706f5e4d3c2b1a098765432"
	plantedSecret = "plantedsecret/with+odd=characters"
)

// leaks calls the API in every way that fails, on a server which repeats what
// it was sent, and returns all that somebody could read afterwards.
func leaks(t *testing.T, option lokalise.Option) string {
	t.Helper()
	var out bytes.Buffer
	logger := slog.New(slog.NewJSONHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug}))
	hooks := lokalise.Hooks{
		Start: func(ctx context.Context, a lokalise.Attempt) context.Context {
			fmt.Fprintf(&out, "%+v\n", a)
			return ctx
		},
		Done: func(_ context.Context, _ lokalise.Attempt, r lokalise.AttemptResult) { fmt.Fprintf(&out, "%+v\n", r) },
	}
	note := func(err error) {
		fmt.Fprintf(&out, "%v\n%+v\n%#v\n", err, err, err)
		logger.Error("failed", "error", err)
	}
	echo := func(status int) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			token := r.Header.Get("X-Api-Token") + r.Header.Get("Authorization")
			w.Header().Set("Set-Cookie", "session="+plantedSecret)
			answer(status, fmt.Sprintf(`{"error": {"message": %q, "details": {"header": %q}}}`, token, token))(w, r)
		}
	}
	handlers := []http.HandlerFunc{
		echo(200), echo(400), echo(401), echo(403), echo(500), hangUp, breakOff,
		answer(200, "<html>"), redirectTo(302, "http://elsewhere.test/?token="+plantedSecret),
	}
	for _, handler := range handlers {
		client := newServer(t, handler, option, lokalise.WithMaxAttempts(1), lokalise.WithLogger(logger), lokalise.WithHooks(hooks))
		note(get(t.Context(), client))
		note(create(t.Context(), client))
		_, err := collect(client.Projects.All(t.Context(), nil))
		note(err)
		fmt.Fprintf(&out, "%+v %#v\n", option, lokalise.NoWait())
	}
	// The transport may write what it likes into its error.
	client := newClient(t, uniqueURL(), option, lokalise.WithMaxAttempts(1), lokalise.WithLogger(logger), lokalise.WithHooks(hooks),
		lokalise.WithHTTPClient(&http.Client{Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
			return nil, fmt.Errorf("cannot send %v", r.Header)
		})}))
	fmt.Fprintln(&out, get(t.Context(), client))
	return out.String()
}

func TestSecretsAreInNoErrorLogOrHook(t *testing.T) {
	t.Parallel()
	source := sourceFunc(func(context.Context) (string, error) { return plantedToken, nil })
	for name, option := range map[string]lokalise.Option{
		"API token":    lokalise.WithAPIToken(plantedToken),
		"bearer token": lokalise.WithBearerToken(plantedToken),
		"token source": lokalise.WithTokenSource(source),
	} {
		text := leaks(t, option)
		if !strings.Contains(text, "/api2/projects") || !strings.Contains(text, "redacted") {
			t.Fatalf("%s: nothing was written: %.500s", name, text)
		}
		testutil.AssertNoSecret(t, name, text, plantedToken, plantedSecret)
		// The control: the search finds what is there.
		if testutil.FindSecret(text+plantedToken, plantedToken) == nil {
			t.Errorf("%s: the search finds nothing", name)
		}
	}
}

// Printing a client must not print its token.
func TestClientShowsNoToken(t *testing.T) {
	t.Parallel()
	client, err := lokalise.New(lokalise.WithAPIToken(plantedToken))
	if err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprintf("%v %+v %#v %v %+v %#v", client, client, client, client.Projects, client.Projects, client.Projects)
	var out bytes.Buffer
	slog.New(slog.NewJSONHandler(&out, nil)).Info("client", "client", client)
	slog.New(slog.NewTextHandler(&out, nil)).Info("client", "client", client)
	testutil.AssertNoSecret(t, "client", text+out.String(), plantedToken)
}
