package sandbox_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golokalise/lokalise/internal/testutil"
	"github.com/golokalise/lokalise/sandbox"
)

func assertNoSecret(t *testing.T, what, text string, secrets ...string) {
	t.Helper()
	testutil.AssertNoSecret(t, what, text, secrets...)
}

func TestJournalHasEveryRequest(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	b.Clock().Freeze()
	b.Clock().Advance(time.Hour)
	token := b.grant()
	b.bearer(token.AccessToken, "GET", "/projects?limit=2", "")
	b.send("GET", "/auth?x=1", "") // the path that an SDK gets wrong
	entries := b.Journal()
	if len(entries) != 3 {
		t.Fatalf("%d entries: %v", len(entries), entries)
	}
	e := entries[1]
	if e.ID != 2 || e.Method != "GET" || e.Path != "/api2/projects" || e.Query != "limit=2" || e.Operation != "projects.list" || e.Status != 200 {
		t.Errorf("got %+v", e)
	}
	if e.World != "default" || e.Credential != "OAuth token" || e.User != "mara.lind@example.com" || e.Scope != "read_projects" || e.Limit != "allowed" {
		t.Errorf("got %+v", e)
	}
	if !e.Time.Equal(b.Clock().Now()) || e.Duration <= 0 {
		t.Errorf("at %s for %v", e.Time, e.Duration)
	}
	if e.ResponseHeader.Get("X-Pagination-Limit") != "2" || !strings.Contains(e.ResponseBody, "Help center") || e.ResponseBodySize == 0 {
		t.Errorf("answer %v %s", e.ResponseHeader, e.ResponseBody)
	}
	if got := entries[0]; got.Operation != "oauth2.token" || got.Credential != "client" || !strings.Contains(got.RequestBody, "authorization_code") {
		t.Errorf("got %+v", got)
	}
	if got := entries[2]; got.Status != 404 || len(got.Notes) == 0 || !strings.Contains(got.Notes[0], "/oauth2/") {
		t.Errorf("got %+v", got)
	}
}

func TestReadsOfTheSandboxItselfAreNotInTheJournal(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	for _, path := range []string{"/", "/journal", "/journal/1", "/_sandbox/journal", "/_sandbox/health", "/_sandbox/clock", "/favicon.ico"} {
		b.send("GET", path, "")
	}
	if entries := b.Journal(); len(entries) != 0 {
		t.Errorf("%v", entries)
	}
	b.write("clock", `{"advance":1}`)
	if got := b.last(); got.Path != "/_sandbox/clock" || got.RequestBody != `{"advance":1}` {
		t.Errorf("a write: %+v", got)
	}
}

func TestJournalIsJSONAndContinues(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	b.api("GET", "/projects", "")
	b.api("GET", "/projects/"+seedProject, "")
	var list struct{ Entries []sandbox.Entry }
	b.send("GET", "/_sandbox/journal?after=1", "").decode(t, &list)
	if len(list.Entries) != 1 || list.Entries[0].Operation != "projects.get" || list.Entries[0].ID != 2 {
		t.Errorf("%v", list.Entries)
	}
	if a := b.send("GET", "/_sandbox/journal?after=x", ""); a.status != 400 {
		t.Errorf("%d", a.status)
	}
	if a := b.send("GET", "/_sandbox/journal?after=99", ""); strings.TrimSpace(a.body) != `{"entries":[]}` {
		t.Errorf("%s", a.body)
	}
}

func TestJournalIsAPage(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	b.api("GET", "/projects?limit=7", "")
	if a := b.send("GET", "/journal", ""); a.status != 200 || !strings.Contains(a.body, "projects.list") {
		t.Errorf("%d", a.status)
	}
	a := b.send("GET", "/journal/1", "")
	if a.status != 200 || !strings.Contains(a.body, "Help center") || !strings.Contains(a.body, "X-Lokalise-Process-Id") {
		t.Errorf("%d %s", a.status, a.body)
	}
	for _, path := range []string{"/journal/2", "/journal/x", "/journal/1/2"} {
		if a := b.send("GET", path, ""); a.status != 404 {
			t.Errorf("%s: %d", path, a.status)
		}
	}
}

func TestJournalIsBounded(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	for range 2100 {
		b.api("GET", "/nothing", "")
	}
	entries := b.Journal()
	if len(entries) != 2000 || entries[0].ID != 101 || entries[1999].ID != 2100 {
		t.Errorf("%d entries from %d to %d", len(entries), entries[0].ID, entries[len(entries)-1].ID)
	}
	big := `{"name":"` + strings.Repeat("x", 100_000) + `"}`
	for range 150 {
		b.send("POST", "/api2/projects", big) // refused, and its body seen
	}
	if n := len(b.Journal()); n > 140 {
		t.Errorf("%d entries although bodies are big", n)
	}
	if got := b.last(); strings.Contains(got.RequestBody, "xxx") || got.RequestBodySize != int64(len(big)) {
		t.Errorf("a body that is cut off: %.100s, %d bytes", got.RequestBody, got.RequestBodySize)
	}
}

// TestSecretsAppearInNoJournalLogOrError plants every kind of secret in every
// place it is sent to, and in places it should never be sent to.
func TestSecretsAppearInNoJournalLogOrError(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var logged bytes.Buffer
	logger := slog.New(slog.NewJSONHandler(lockedWriter{&mu, &logged}, &slog.HandlerOptions{Level: slog.LevelDebug}))
	b := start(t, sandbox.InMemory(), sandbox.WithRandomCredentials(), sandbox.WithoutRateLimit(), sandbox.WithLogger(logger))
	const state = "state-0123456789abcdefghij"
	code := b.code("state", state)
	var token tokenAnswer
	b.exchange(code).decode(t, &token)
	browser := b.browser()
	id := b.consent(browser, "state", state)
	answered := b.decide(browser, id, "allow")
	assertNoSecret(t, "the journal", b.journalJSON(), id)
	shown := b.code("redirect_uri", "")
	b.send("GET", "/oauth2/code?client_id="+b.creds.ClientID+"&code="+shown, "")
	other := b.NewWorld()
	b.write("worlds", "{}")
	redirected := b.write("authorize", jsonText(t, map[string]any{"url": b.authPath("state", state), "allow": true}))
	secrets := []string{
		b.creds.ClientSecret, b.creds.APIToken, b.creds.ReadOnlyAPIToken, other.ClientSecret, other.APIToken,
		state, code, shown, token.AccessToken, token.RefreshToken, b.consent(browser),
		query(t, answered.header.Get("Location")).Get("code"),
	}
	var to map[string]string
	redirected.decode(t, &to)
	secrets = append(secrets, query(t, to["redirect_to"]).Get("code"))

	var errs strings.Builder
	for _, secret := range secrets {
		wrong := secret // what nobody should do, and the sandbox can tell of its own secrets
		if secret == state {
			wrong = ""
		}
		b.send("GET", "/api2/projects?api_token="+secret+"&x="+wrong, "", "X-Api-Token", secret)
		b.send("GET", "/api2/projects/"+wrong, "", "Authorization", "Bearer "+secret, "X-Secret", secret)
		b.send("GET", "/api2/"+wrong, "", "Cookie", "lokalise_sandbox="+secret, "Referer", "http://x/?code="+secret)
		b.send("POST", "/api2/projects", `{"name":"x","deep":[{"token":"`+secret+`"}]}`, "Content-Type", "application/json")
		b.send("POST", "/oauth2/token", "code="+secret+"&client_secret="+secret, "Content-Type", "application/x-www-form-urlencoded")
		b.send("POST", "/oauth2/token", `{"refresh_token":"`+secret+`","client_id":"`+wrong+`"}`)
		b.send("POST", "/oauth2/token", `{"refresh_token":"`+secret) // cut off
		b.send("POST", "/oauth2/token", "", "Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte("x:"+secret)))
		b.send("GET", "/oauth2/auth?client_secret="+secret+"&state="+secret, "")
		b.send("GET", "/"+wrong, "", "Host", "evil.example")
		_, err := b.Authorize(t.Context(), "/oauth2/auth?state="+secret+"&code="+secret, sandbox.AuthorizeOptions{})
		errs.WriteString(fmt.Sprintln(err))
	}
	entries := b.Journal()
	var lines strings.Builder
	for i, e := range entries {
		fmt.Fprintf(&lines, "%v %s\n", e, e)
		if i%50 == 0 {
			lines.WriteString(b.send("GET", fmt.Sprintf("/journal/%d", e.ID), "").body)
		}
	}
	lines.WriteString(b.send("GET", "/journal", "").body)
	lines.WriteString(b.send("GET", "/_sandbox/journal", "").body)
	mu.Lock()
	defer mu.Unlock()
	assertNoSecret(t, "the journal as JSON", b.journalJSON(), secrets...)
	assertNoSecret(t, "the journal as text and pages", lines.String(), secrets...)
	assertNoSecret(t, "the log", logged.String(), secrets...)
	assertNoSecret(t, "errors", errs.String(), secrets...)
	if logged.Len() == 0 || len(entries) < 100 {
		t.Errorf("too little to search: %d bytes of log, %d entries", logged.Len(), len(entries))
	}
}

// TestSearchForSecretsFindsAPlantedLeak is the control of the test above: it
// puts a secret where nothing masks it.
func TestSearchForSecretsFindsAPlantedLeak(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	const planted = "a planted secret/with=odd characters"
	b.api("POST", "/projects", jsonText(t, map[string]string{"name": planted}))
	b.send("GET", "/nothing/"+url.PathEscape(planted), "")
	if found := testutil.FindSecret(b.journalJSON(), planted); len(found) < 2 {
		t.Errorf("found %v", found)
	}
}

type lockedWriter struct {
	mu *sync.Mutex
	w  *bytes.Buffer
}

func (l lockedWriter) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(p)
}

func TestMaskedSecretsCanBeToldApart(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	b.api("GET", "/projects", "")
	if got := b.last().RequestHeader.Get("X-Api-Token"); got != b.creds.APIToken[:4]+"…[redacted]" {
		t.Errorf("got %q", got)
	}
}

func TestEntrySurvivesJSON(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	b.api("GET", "/projects", "")
	want := b.journalJSON()
	var entries []sandbox.Entry
	if err := json.Unmarshal([]byte(want), &entries); err != nil {
		t.Fatal(err)
	}
	if got := jsonText(t, entries); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
