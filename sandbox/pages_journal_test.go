package sandbox_test

import (
	"bufio"
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/golokalise/lokalise/sandbox"
)

// stream follows the journal as a page does.
type stream struct {
	*box
	leave context.CancelFunc
	res   *http.Response
	lines *bufio.Scanner
	beats int // comments, which show that the stream is alive
}

// event is what a stream sent.
type event struct{ kind, id, data string }

func (b *box) follow(query string, header ...string) *stream {
	b.Helper()
	ctx, leave := context.WithCancel(b.Context())
	res, err := b.Client().Do(b.request("GET", "/journal/events"+query, "", header...).WithContext(ctx))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		leave()
		_ = res.Body.Close()
	})
	return &stream{b, leave, res, bufio.NewScanner(res.Body), 0}
}

// next waits for the next event. ok is false at the end of the stream.
func (s *stream) next() (e event, ok bool) {
	for s.lines.Scan() {
		name, value, _ := strings.Cut(s.lines.Text(), ":")
		value = strings.TrimPrefix(value, " ")
		switch {
		case s.lines.Text() == ":":
			s.beats++
		case name == "event":
			e.kind = value
		case name == "id":
			e.id = value
		case name == "data":
			e.data += value
		case s.lines.Text() == "" && e.data != "":
			return e, true
		}
	}
	return e, false
}

// row waits for the next request and fails the test unless its row has the
// words.
func (s *stream) row(words ...string) event {
	s.Helper()
	e, ok := s.next()
	if !ok || e.kind != "request" {
		s.Fatalf("the stream ended, or sent %+v", e)
	}
	for _, w := range words {
		if !strings.Contains(e.data, w) {
			s.Errorf("the row has no %q: %s", w, e.data)
		}
	}
	return e
}

func TestJournalStreamSendsRequestsAsTheyCome(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	b.api("GET", "/projects", "")
	s := b.follow("")
	if ct := s.res.Header.Get("Content-Type"); ct != "text/event-stream" {
		t.Errorf("the type is %q", ct)
	}
	b.api("GET", "/teams", "")
	first := s.row("teams.list", `id="request-2"`)
	b.api("POST", "/projects", `{}`)
	second := s.row("projects.create", "status-4xx")
	if first.id != "2" || second.id != "3" {
		t.Errorf("ids %s and %s", first.id, second.id)
	}
	again := b.follow("?after=0", "Last-Event-ID", first.id)
	if e := again.row("projects.create"); e.id != "3" {
		t.Errorf("the reader who comes back gets %s", e.id)
	}
	b.follow("?after=1").row("teams.list")
	b.follow("?after=99").row("projects.list") // from before a restart
}

func TestJournalStreamFilters(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	other := b.NewWorld()
	if err := b.Inject(sandbox.FaultStatus("teams.list", 503)); err != nil {
		t.Fatal(err)
	}
	token := b.grant("scope", "read_projects").AccessToken
	b.api("GET", "/projects", "")
	b.api("DELETE", "/projects/nothing", "")
	b.api("GET", "/teams", "")
	b.bearer(token, "GET", "/projects/"+website+"/keys", "")
	b.send("GET", "/api2/projects", "", "X-Api-Token", other.APIToken)
	for query, want := range map[string]string{
		"method=DELETE": "projects.delete", "status=5xx": "teams.list", "operation=keys.*": "keys.list", "credential=OAuth+token": "keys.list",
		"faults=1": "fault: teams.list", "missing=1": "missing", "in=world-2": `request-6"`, "text=nothing": "projects.delete",
	} {
		b.follow("?after=0&" + query).row(want)
		page := b.send("GET", "/journal?"+query, "").body
		if !strings.Contains(page, want) || strings.Count(page, `<tr role="row" id="request-`) != 1 {
			t.Errorf("%s: the page has %d rows, or not %q", query, strings.Count(page, `id="request-`), want)
		}
	}
}

func TestJournalPagesAndStreamShowNoSecret(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit(), sandbox.WithRandomCredentials())
	token := b.grant()
	b.api("GET", "/projects/"+b.creds.APIToken+"/keys?x="+token.AccessToken, "")
	b.api("POST", "/projects", `{"name":"`+token.RefreshToken+xssInJSON+`"}`)
	if err := b.Inject(sandbox.Fault{Name: token.AccessToken, Operation: "teams.list", Status: 500}); err != nil {
		t.Fatal(err)
	}
	b.api("GET", "/teams?"+url.QueryEscape(xss), "")
	b.bearer(token.AccessToken, "GET", "/"+url.PathEscape(xss), "")
	secrets := []string{b.creds.APIToken, b.creds.ClientSecret, token.AccessToken, token.RefreshToken}
	s := b.follow("?after=0")
	entries := b.Journal()
	for range entries {
		e := s.row()
		assertNoSecret(t, "event", e.data, secrets...)
		if strings.Contains(e.data, "<script") || strings.Contains(e.data, "<img") {
			t.Errorf("not escaped: %s", e.data)
		}
	}
	for _, path := range []string{"/journal", "/", "/ui/faults"} {
		assertNoSecretPage(t, b, path, secrets...)
	}
	for _, e := range entries {
		assertNoSecretPage(t, b, "/journal/"+strconv.FormatUint(e.ID, 10), secrets...)
	}
}

const xssInJSON = `\"><script>alert(1)</script>`

// assertNoSecretPage opens a page that shows no secret and nothing that somebody
// planted. The front page has the credentials, on purpose.
func assertNoSecretPage(t *testing.T, b *box, path string, secrets ...string) {
	t.Helper()
	a := b.send("GET", path, "")
	if a.status != http.StatusOK {
		t.Errorf("%s: %d", path, a.status)
	}
	if path == "/" {
		secrets = secrets[2:]
	}
	assertNoSecret(t, path, a.body, secrets...)
	if strings.Contains(a.body, "<script>alert") || strings.Contains(a.body, "<img") {
		t.Errorf("%s is not escaped", path)
	}
}

func TestJournalStreamsAreBounded(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, sandbox.InMemory())
		var streams []*stream
		for range 32 {
			streams = append(streams, b.follow(""))
		}
		if a := b.send("GET", "/journal/events", ""); a.status != http.StatusServiceUnavailable || a.header.Get("Retry-After") == "" {
			t.Errorf("one too many: %d %v", a.status, a.header)
		}
		streams[7].leave()
		synctest.Wait()
		if s := b.follow(""); s.res.StatusCode != http.StatusOK {
			t.Errorf("once one left: %d", s.res.StatusCode)
		}
	})
}

// A bubble ends only when none of its goroutines is left.
func TestJournalStreamEndsWithTheSandbox(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, sandbox.InMemory())
		b.Clock().Freeze() // the stream's times are not the sandbox's
		s := b.follow("")
		time.AfterFunc(time.Minute, func() { b.api("GET", "/projects", "") })
		s.row("projects.list")
		if s.beats < 4 {
			t.Errorf("%d signs of life in a minute", s.beats)
		}
		if err := b.Close(); err != nil {
			t.Error(err)
		}
		if e, ok := s.next(); ok {
			t.Errorf("after Close: %+v", e)
		}
	})
}

func TestJournalStreamIsForTheSandboxOnly(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	for name, c := range map[string]struct {
		header []string
		want   int
	}{
		"origin":      {[]string{"Origin", "https://attacker.example"}, http.StatusForbidden},
		"null origin": {[]string{"Origin", "null"}, http.StatusForbidden},
		"cross-site":  {[]string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors"}, http.StatusForbidden},
		"host":        {[]string{"Host", "attacker.example"}, http.StatusMisdirectedRequest},
		"id":          {[]string{"Last-Event-ID", "x"}, http.StatusBadRequest},
	} {
		if a := b.send("GET", "/journal/events?after=0", "", c.header...); a.status != c.want {
			t.Errorf("%s: %d, want %d", name, a.status, c.want)
		}
	}
}

func TestJournalEntrySaysWhatCameOfARequest(t *testing.T) {
	t.Parallel()
	p := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit()).person()
	token := p.grant("scope", "read_projects").AccessToken
	p.bearer(token, "POST", "/projects/"+website+"/keys?odd=1", `{"keys":[],"unheard_of":1}`)
	entries := p.Journal()
	p.open("/journal/" + strconv.FormatUint(entries[len(entries)-1].ID, 10))
	p.says("keys.create", "write_keys", "missing", "OAuth token", "mara.lind@example.com",
		"curl -X 'POST'", `-H "Authorization: Bearer $ACCESS_TOKEN"`, "The sandbox did not read the body")
	p.api("POST", "/projects", `{"name":"Shop","unheard_of":1}`)
	entries = p.Journal()
	p.open("/journal/" + strconv.FormatUint(entries[len(entries)-1].ID, 10))
	p.says("unheard_of", "read by nobody", `-H "X-Api-Token: $LOKALISE_API_TOKEN"`, `--data-raw '{"name":"Shop","unheard_of":1}'`)
	p.refresh(strings.Repeat("0", 40))
	entries = p.Journal()
	p.open("/journal/" + strconv.FormatUint(entries[len(entries)-1].ID, 10))
	p.says(`"client_secret":"'"$LOKALISE_CLIENT_SECRET"'"`, `"refresh_token":"'"$REFRESH_TOKEN"'"`)
}
