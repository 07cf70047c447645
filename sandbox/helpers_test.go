package sandbox_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/sandbox"
)

// box is a sandbox with what tests do to it.
type box struct {
	testing.TB
	*sandbox.Server
	creds sandbox.Credentials
}

func start(tb testing.TB, opts ...sandbox.Option) *box {
	tb.Helper()
	srv := sandbox.Start(tb, opts...)
	return &box{TB: tb, Server: srv, creds: srv.Credentials()}
}

// answer is a response, read.
type answer struct {
	status int
	header http.Header
	body   string
}

// message is the text of an error in the API's form.
func (a answer) message(tb testing.TB) string {
	tb.Helper()
	var body struct {
		Error struct {
			Message string
			Code    int
		}
	}
	a.decode(tb, &body)
	if body.Error.Code != a.status {
		tb.Errorf("code %d in the body of a %d: %s", body.Error.Code, a.status, a.body)
	}
	return body.Error.Message
}

func (a answer) decode(tb testing.TB, into any) {
	tb.Helper()
	if err := json.Unmarshal([]byte(a.body), into); err != nil {
		tb.Fatalf("decode %q: %v", a.body, err)
	}
}

func (b *box) request(method, path, body string, header ...string) *http.Request {
	b.Helper()
	req, err := http.NewRequestWithContext(b.Context(), method, b.URL()+path, strings.NewReader(body))
	if err != nil {
		b.Fatal(err)
	}
	if body == "" {
		req.Body, req.ContentLength = http.NoBody, 0
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
		if header[i] == "Host" {
			req.Host = header[i+1]
		}
	}
	return req
}

func (b *box) do(client *http.Client, req *http.Request) answer {
	b.Helper()
	res, err := client.Do(req)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		b.Fatal(err)
	}
	return answer{res.StatusCode, res.Header, string(data)}
}

// send makes a request; header has names and values in turn.
func (b *box) send(method, path, body string, header ...string) answer {
	b.Helper()
	return b.do(b.Client(), b.request(method, path, body, header...))
}

// api is send with the read-write personal token.
func (b *box) api(method, path, body string) answer {
	b.Helper()
	return b.send(method, "/api2"+path, body, "X-Api-Token", b.creds.APIToken)
}

// write sends JSON to the control plane.
func (b *box) write(path, body string) answer {
	b.Helper()
	return b.send("POST", "/_sandbox/"+path, body, "Content-Type", "application/json")
}

const callback = "http://localhost:3000/callback"

// authPath is the path and query of an authorization URL. Pairs override the
// usual parameters; an empty value leaves one out.
func (b *box) authPath(pairs ...string) string {
	q := url.Values{"client_id": {b.creds.ClientID}, "scope": {"read_projects write_projects"}, "redirect_uri": {callback}, "state": {"the-state"}}
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Set(pairs[i], pairs[i+1])
		if pairs[i+1] == "" {
			q.Del(pairs[i])
		}
	}
	return "/oauth2/auth?" + q.Encode()
}

// code allows access and returns the code.
func (b *box) code(pairs ...string) string {
	b.Helper()
	return b.codeFor(sandbox.AuthorizeOptions{}, pairs...)
}

func (b *box) codeFor(opts sandbox.AuthorizeOptions, pairs ...string) string {
	b.Helper()
	to, err := b.Authorize(b.Context(), b.URL()+b.authPath(pairs...), opts)
	if err != nil {
		b.Fatal(err)
	}
	return query(b, to).Get("code")
}

func query(tb testing.TB, rawURL string) url.Values {
	tb.Helper()
	u, err := url.Parse(rawURL)
	if err != nil {
		tb.Fatal(err)
	}
	return u.Query()
}

type tokenAnswer struct {
	AccessToken  string `json:"access_token"`
	RefreshToken string `json:"refresh_token"`
	ExpiresIn    int    `json:"expires_in"`
	TokenType    string `json:"token_type"`
	Scope        string `json:"scope"`
}

// tokenBody is a token request as JSON. Pairs override the client's
// credentials; an empty value leaves one out.
func (b *box) tokenBody(pairs ...string) string {
	members := map[string]string{"client_id": b.creds.ClientID, "client_secret": b.creds.ClientSecret}
	for i := 0; i+1 < len(pairs); i += 2 {
		members[pairs[i]] = pairs[i+1]
		if pairs[i+1] == "" {
			delete(members, pairs[i])
		}
	}
	data, err := json.Marshal(members)
	if err != nil {
		b.Fatal(err)
	}
	return string(data)
}

func (b *box) token(pairs ...string) answer {
	b.Helper()
	return b.send("POST", "/oauth2/token", b.tokenBody(pairs...), "Content-Type", "application/json")
}

func (b *box) exchange(code string, pairs ...string) answer {
	b.Helper()
	return b.token(append([]string{"grant_type", "authorization_code", "code", code}, pairs...)...)
}

func (b *box) refresh(refreshToken string, pairs ...string) answer {
	b.Helper()
	return b.token(append([]string{"grant_type", "refresh_token", "refresh_token", refreshToken}, pairs...)...)
}

// grant goes through the whole flow.
func (b *box) grant(pairs ...string) tokenAnswer {
	b.Helper()
	return b.grantFor(sandbox.AuthorizeOptions{}, pairs...)
}

func (b *box) grantFor(opts sandbox.AuthorizeOptions, pairs ...string) tokenAnswer {
	b.Helper()
	a := b.exchange(b.codeFor(opts, pairs...))
	if a.status != http.StatusOK {
		b.Fatalf("exchange: %d %s", a.status, a.body)
	}
	var token tokenAnswer
	a.decode(b, &token)
	return token
}

// bearer is send with an access token.
func (b *box) bearer(token, method, path, body string) answer {
	b.Helper()
	return b.send(method, "/api2"+path, body, "Authorization", "Bearer "+token)
}

// browser is a client with cookies that stays where a redirect tells it to go.
func (b *box) browser() *http.Client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		b.Fatal(err)
	}
	client := *b.Client()
	client.Jar = jar
	return &client
}

var requestID = regexp.MustCompile(`name="request" value="([0-9a-f]{40})"`)

// consent opens the consent page and returns its one-time request id.
func (b *box) consent(browser *http.Client, pairs ...string) string {
	b.Helper()
	a := b.do(browser, b.request("GET", b.authPath(pairs...), ""))
	found := requestID.FindStringSubmatch(a.body)
	if a.status != http.StatusOK || found == nil {
		b.Fatalf("no consent page: %d %s", a.status, a.body)
	}
	return found[1]
}

// decide posts the consent form.
func (b *box) decide(browser *http.Client, id, decision string, header ...string) answer {
	b.Helper()
	form := url.Values{"request": {id}, "decision": {decision}}
	header = append([]string{"Content-Type", "application/x-www-form-urlencoded"}, header...)
	return b.do(browser, b.request("POST", "/oauth2/auth", form.Encode(), header...))
}

// journalJSON is everything the journal says, in every form it says it.
func (b *box) journalJSON() string {
	b.Helper()
	data, err := json.Marshal(b.Journal())
	if err != nil {
		b.Fatal(err)
	}
	return string(data)
}

// last is the latest journal entry.
func (b *box) last() sandbox.Entry {
	b.Helper()
	entries := b.Journal()
	if len(entries) == 0 {
		b.Fatal("the journal is empty")
	}
	return entries[len(entries)-1]
}

// members lists the members of a JSON object in their order.
func members(tb testing.TB, body string) []string {
	tb.Helper()
	dec := json.NewDecoder(bytes.NewReader([]byte(body)))
	var names []string
	depth := 0
	expectName := false
	for {
		token, err := dec.Token()
		if err != nil {
			return names
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			depth++
			expectName = depth == 1
			continue
		case json.Delim('}'), json.Delim(']'):
			depth--
			expectName = depth == 1
			continue
		}
		if depth != 1 {
			continue
		}
		if name, ok := token.(string); ok && expectName {
			names = append(names, name)
			expectName = false
		} else {
			expectName = true
		}
	}
}

func contextCanceled(t *testing.T) (context.Context, context.CancelFunc) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx, cancel
}

func jsonText(tb testing.TB, value any) string {
	tb.Helper()
	data, err := json.Marshal(value)
	if err != nil {
		tb.Fatal(err)
	}
	return string(data)
}
