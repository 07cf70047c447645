package oauth_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/internal/testutil"
	"github.com/golokalise/lokalise/oauth"
)

// Secrets with a character for every escape. The client secret has no space,
// since New refuses one.
const (
	plantedSecret  = `client/s3cret+"&<é>%41-planted`
	plantedCode    = `one time/code+"&<é>%41-planted`
	plantedRefresh = `refresh t0ken/+"&<é>%41-planted`
	plantedAccess  = `access t0ken/+"&<é>%41-planted`
	plantedState   = `state 0f/+"&<é>%41-planted`
)

var planted = []string{plantedSecret, plantedCode, plantedRefresh, plantedAccess, plantedState}

// echo is the most talkative server: it repeats a text in every form, with
// spaces between so that nothing is cut off in the middle by accident.
func echo(text string) string {
	quoted, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return strings.Join([]string{
		text, url.QueryEscape(text), url.PathEscape(text), string(quoted), fmt.Sprintf("%q", text), fmt.Sprintf("%x", text),
		base64.StdEncoding.EncodeToString([]byte(text)), base64.URLEncoding.EncodeToString([]byte("x" + text + "y")),
		base64.StdEncoding.EncodeToString([]byte(`{"client_secret":"` + text + `"}`)), text[:len(text)/2] + "\x00\x1b" + text[len(text)/2:],
	}, " ")
}

// jsonBody is an error answer which says the text in each of its fields.
func jsonBody(code, text string) string {
	body, err := json.Marshal(map[string]string{"error": code, "error_description": text, "error_uri": text, "access_token": ""})
	if err != nil {
		panic(err)
	}
	return string(body)
}

// talkers are servers that repeat what they got in some part of the answer.
var talkers = map[string]func(http.ResponseWriter, *http.Request, string){
	"error description": func(w http.ResponseWriter, _ *http.Request, said string) {
		answer(400, jsonBody("invalid_request", said))(w, nil)
	},
	"error code": func(w http.ResponseWriter, _ *http.Request, said string) { answer(400, jsonBody(said, ""))(w, nil) },
	"server error": func(w http.ResponseWriter, _ *http.Request, said string) {
		answer(500, jsonBody("server_error", said))(w, nil)
	},
	"HTML": func(w http.ResponseWriter, _ *http.Request, said string) {
		answer(502, "<p>"+html.EscapeString(said))(w, nil)
	},
	"200 with HTML": func(w http.ResponseWriter, _ *http.Request, said string) { answer(200, said)(w, nil) },
	"200, cut off": func(w http.ResponseWriter, _ *http.Request, said string) {
		answer(200, `{"access_token":"`+said)(w, nil)
	},
	"process ID": func(w http.ResponseWriter, _ *http.Request, said string) {
		w.Header().Set("X-Lokalise-Process-Id", said[:len(plantedSecret)])
		answer(400, `{}`)(w, nil)
	},
	"redirect": func(w http.ResponseWriter, r *http.Request, said string) {
		http.Redirect(w, r, "/?secret="+url.QueryEscape(said), http.StatusTemporaryRedirect)
	},
	"no HTTP": func(w http.ResponseWriter, _ *http.Request, said string) { hijacked(w, said+"\r\n\r\n") },
	"bad header": func(w http.ResponseWriter, _ *http.Request, said string) {
		hijacked(w, "HTTP/1.1 200 OK\r\n"+said+"\r\n\r\n")
	},
	"bad chunk": func(w http.ResponseWriter, _ *http.Request, said string) {
		hijacked(w, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"+said+"\r\n")
	},
}

// hijacked writes a text where an answer belongs.
func hijacked(w http.ResponseWriter, text string) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(err)
	}
	_, _ = io.WriteString(conn, text)
	_ = conn.Close()
}

func TestNoErrorAndNoLogLineShowsASecret(t *testing.T) {
	t.Parallel()
	for name, talk := range talkers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var said string
			srv := newServer(t, func(w http.ResponseWriter, r *http.Request) {
				body, err := io.ReadAll(r.Body)
				if err != nil {
					t.Error(err)
				}
				said = saidBack(body)
				talk(w, r, said)
			})
			var logs bytes.Buffer
			client := plantedClient(t, srv.URL, &logs)
			for grant, request := range map[string]func() error{
				"exchange": func() error { _, err := client.Exchange(t.Context(), plantedCode); return err },
				"refresh":  func() error { _, err := client.Refresh(t.Context(), plantedRefresh); return err },
			} {
				err := request()
				if err == nil {
					t.Fatalf("%s: no error", grant)
				}
				testutil.AssertNoSecret(t, grant, everyForm(err), planted...)
				// The control: what the server said does hold the secret.
				if testutil.FindSecret(said, plantedSecret) == nil {
					t.Errorf("%s: the server said no secret", grant)
				}
			}
			testutil.AssertNoSecret(t, "log", logs.String(), planted...)
			if !strings.Contains(logs.String(), "oauth: token request") {
				t.Error("nothing was logged")
			}
		})
	}
}

// saidBack is what a talkative server makes of a request: each secret in every
// form.
func saidBack(body []byte) string {
	var request map[string]string
	if err := json.Unmarshal(body, &request); err != nil {
		return err.Error()
	}
	parts := []string{echo(request["client_secret"])}
	for _, name := range []string{"code", "refresh_token"} {
		if request[name] != "" {
			parts = append(parts, echo(request[name]))
		}
	}
	return strings.Join(parts, " ")
}

func plantedClient(t *testing.T, host string, logs io.Writer) *oauth.Client {
	t.Helper()
	return newClient(t, host, func(c *oauth.Config) {
		c.ClientSecret = plantedSecret
		c.Logger = slog.New(slog.NewJSONHandler(logs, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
}

// everyForm writes a value in every way that a program may print it in, and an
// error with all that it wraps.
func everyForm(v any) string {
	var b strings.Builder
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d"} {
		fmt.Fprintf(&b, verb+"\n", v)
	}
	attrs := []any{"direct", v, "in a group", slog.GroupValue(slog.Any("value", v))}
	slog.New(slog.NewTextHandler(&b, nil)).Info("text", attrs...)
	slog.New(slog.NewJSONHandler(&b, nil)).Info("json", attrs...)
	if err, ok := v.(error); ok {
		for ; err != nil; err = errors.Unwrap(err) {
			fmt.Fprintf(&b, "%v %+v %#v\n", err, err, err)
		}
	}
	return b.String()
}

func TestASecretWithCharactersThatDoNotPrintIsMaskedWhole(t *testing.T) {
	t.Parallel()
	const odd = "0123456789\u00a0\u202e\x7fabcdefghij"
	body := jsonBody("invalid_grant", "front "+odd+" back")
	_, err := newClient(t, "http://localhost", using(canned(400, body))).Refresh(t.Context(), odd)
	if got := asError(t, err).Description; got != "front [redacted] back" {
		t.Errorf("description = %q", got)
	}
}

func TestNoFormOfATokenShowsASecret(t *testing.T) {
	t.Parallel()
	token := oauth.Token{
		AccessToken: plantedAccess, RefreshToken: plantedRefresh, Expiry: fixedNow,
		// A server may repeat a token where none belongs.
		TokenType: "Bearer " + plantedAccess, Scopes: []oauth.Scope{"read_keys", plantedRefresh},
		Extra: map[string]json.RawMessage{"id_token": json.RawMessage(strconv.Quote(plantedState))},
	}
	type holder struct {
		Token   oauth.Token
		Pointer *oauth.Token
		Any     any
		List    []oauth.Token
		Map     map[string]*oauth.Token
	}
	held := holder{token, &token, token, []oauth.Token{token}, map[string]*oauth.Token{"a": &token}}
	for name, v := range map[string]any{
		"value": token, "pointer": &token,
	} {
		testutil.AssertNoSecret(t, name, everyForm(v), planted...)
	}
	// Not through slog's JSON handler, which encodes a list or a foreign struct
	// as JSON, and the JSON form is there to hold the tokens.
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x"} {
		testutil.AssertNoSecret(t, verb, fmt.Sprintf(verb+" "+verb, held, &held), planted...)
	}
	hidden := struct{ token *oauth.Token }{&token}
	testutil.AssertNoSecret(t, "unexported pointer", fmt.Sprintf("%v %+v %#v", hidden, hidden, hidden), planted...)
	if hidden.token.String() != token.GoString() {
		t.Error("String and GoString differ")
	}
	// The control: the JSON form holds the tokens, and the search finds them.
	text, err := json.Marshal(token)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{plantedAccess, plantedRefresh} {
		if testutil.FindSecret(string(text), secret) == nil {
			t.Errorf("not found in %s", text)
		}
	}
}

func TestATokenCanBeToldFromAnother(t *testing.T) {
	t.Parallel()
	token := oauth.Token{AccessToken: testAccess, TokenType: "Bearer", Expiry: fixedNow, Scopes: []oauth.Scope{"read_keys", "write_keys"}}
	const want = "oauth.Token{AccessToken: acce…[redacted], TokenType: Bearer, RefreshToken: none, Expiry: 2026-11-24T12:00:00Z, Scopes: [read_keys write_keys], Extra: 0}"
	if got := token.String(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := (oauth.Token{}).String(); !strings.Contains(got, "Expiry: unknown") {
		t.Errorf("zero token: %s", got)
	}
}

func TestNoFormOfConfigAndClientShowsTheSecret(t *testing.T) {
	t.Parallel()
	cfg := oauth.Config{ClientID: testID, ClientSecret: plantedSecret}
	client, err := oauth.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	byValue := *client
	for name, v := range map[string]any{
		"config": cfg, "pointer to config": &cfg, "client": client, "client by value": byValue,
		"no client": (*oauth.Client)(nil), "zero client": &oauth.Client{},
		"holder": struct {
			Client *oauth.Client
			hidden *oauth.Client
			Config oauth.Config
		}{client, client, cfg},
	} {
		text := fmt.Sprintf("%v %+v %#v %s %q %x", v, v, v, v, v, v)
		testutil.AssertNoSecret(t, name, text, plantedSecret)
	}
	testutil.AssertNoSecret(t, "config", everyForm(cfg), plantedSecret)
	testutil.AssertNoSecret(t, "client", everyForm(client), plantedSecret)
	if got := fmt.Sprint(client); !strings.Contains(got, testID) {
		t.Errorf("a client cannot be told from another: %s", got)
	}
}

func TestLogLinesTellWhatHappened(t *testing.T) {
	t.Parallel()
	var logs bytes.Buffer
	srv := newServer(t, answer(400, `{"error":"invalid_grant"}`))
	client := plantedClient(t, srv.URL, &logs)
	if _, err := client.Refresh(t.Context(), plantedRefresh); err == nil {
		t.Fatal("no error")
	}
	var line struct {
		Msg, URL, Error string
		Grant           string `json:"grant_type"`
		Status, Try     int
		Duration        *int64
	}
	if err := json.Unmarshal(logs.Bytes(), &line); err != nil {
		t.Fatalf("%v in %s", err, logs.String())
	}
	if line.Msg != "oauth: token request" || line.Grant != "refresh_token" || line.Status != 400 || line.Try != 1 ||
		line.URL != srv.URL+"/oauth2/token" || line.Duration == nil || !strings.Contains(line.Error, "invalid_grant") {
		t.Errorf("line = %s", logs.String())
	}
}
