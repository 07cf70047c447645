//go:build unix

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golokalise/lokalise/oauth"
)

// killRounds is how often TestKilledSandboxLosesNothingItAnswered kills.
const killRounds = 100

// TestKilledSandboxLosesNothingItAnswered kills the program at random moments
// while clients write, and starts it anew on the same file. Whatever was
// answered must be there, what was not may be there as a whole, and no id may
// ever be given out twice.
func TestKilledSandboxLosesNothingItAnswered(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(7, 11))
	path := filepath.Join(t.TempDir(), "box.db")
	clients := make([]*writer, 3)
	for i := range clients {
		clients[i] = &writer{t: t, rnd: rand.New(rand.NewPCG(3, uint64(i))), keys: map[int64]*wanted{}, name: fmt.Sprintf("client %d", i)}
	}
	var grant *oauth.Token
	ids := map[int64]string{} // whose they are
	for round := range killRounds {
		box := runSandbox(t, path)
		if grant == nil {
			grant = box.authorize()
		} else {
			grant = box.refresh(grant)
		}
		for _, c := range clients {
			c.box, c.token = box, grant.AccessToken
			c.check(ids)
		}
		if round == 0 {
			for _, c := range clients {
				c.createProject()
			}
		}
		box.writeAndKill(clients, time.Duration(5+rnd.IntN(60))*time.Millisecond)
	}
	total := 0
	for _, c := range clients {
		total += c.written
	}
	if total < killRounds {
		t.Errorf("only %d writes were answered in %d rounds: the test kills too early", total, killRounds)
	}
	t.Logf("%d writes were answered, %d keys were made", total, len(ids))
}

// box is a running program.
type box struct {
	t     *testing.T
	cmd   *exec.Cmd
	http  *http.Client
	ready struct {
		URL          string `json:"url"`
		ClientID     string `json:"client_id"`
		ClientSecret string `json:"client_secret"`
		APIToken     string `json:"api_token"`
		RedirectURI  string `json:"redirect_uri"`
	}
}

// runSandbox starts the program and waits until it listens.
func runSandbox(t *testing.T, path string) *box {
	t.Helper()
	b := &box{t: t, http: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 8}}}
	b.cmd = exec.CommandContext(t.Context(), "lokalise", "sandbox", "--data", path, "--addr", "127.0.0.1:0", "--json", "--no-rate-limit")
	b.cmd.Stderr = os.Stderr
	out, err := b.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := b.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, &b.ready)
	}
	if err != nil {
		t.Fatalf("the sandbox did not start: %v", errorsOf(err, b.cmd.Wait()))
	}
	return b
}

func errorsOf(errs ...error) string { return fmt.Sprint(errs) }

// writeAndKill has the clients write until the program is killed.
func (b *box) writeAndKill(clients []*writer, after time.Duration) {
	var wg sync.WaitGroup
	for _, c := range clients {
		wg.Go(func() {
			for c.step() == nil { // the step is all there is to do
			}
		})
	}
	time.Sleep(after) // a moment like any other
	if err := b.cmd.Process.Kill(); err != nil {
		b.t.Fatal(err)
	}
	_ = b.cmd.Wait() // killed
	wg.Wait()
	b.http.CloseIdleConnections()
}

func (b *box) oauth() *oauth.Client {
	b.t.Helper()
	client, err := oauth.New(oauth.Config{
		ClientID: b.ready.ClientID, ClientSecret: b.ready.ClientSecret, RedirectURL: b.ready.RedirectURI,
		Host: b.ready.URL, HTTPClient: b.http,
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return client
}

func (b *box) authorize() *oauth.Token {
	b.t.Helper()
	client := b.oauth()
	address, err := client.AuthCodeURL(oauth.AuthCodeOptions{State: "state", Scopes: []oauth.Scope{"read_projects", "write_projects", "read_keys", "write_keys"}})
	if err != nil {
		b.t.Fatal(err)
	}
	var answer struct {
		RedirectTo string `json:"redirect_to"`
	}
	if err := b.do("", http.MethodPost, "/_sandbox/authorize", fmt.Sprintf(`{"url":%q,"allow":true}`, address), &answer); err != nil {
		b.t.Fatal(err)
	}
	back, err := url.Parse(answer.RedirectTo)
	if err != nil {
		b.t.Fatal(err)
	}
	token, err := client.Exchange(b.t.Context(), back.Query().Get("code"))
	if err != nil {
		b.t.Fatal(err)
	}
	return token
}

// refresh gets another access token by the refresh token of the first start.
func (b *box) refresh(token *oauth.Token) *oauth.Token {
	b.t.Helper()
	if err := b.do(token.AccessToken, http.MethodGet, "/api2/projects", "", nil); err != nil {
		b.t.Fatalf("the access token of before: %v", err)
	}
	renewed, err := b.oauth().Refresh(b.t.Context(), token.RefreshToken)
	if err != nil {
		b.t.Fatalf("the refresh token of before: %v", err)
	}
	return renewed
}

// do sends a request and decodes the answer. An error means that it was not
// answered, or not with success.
func (b *box) do(bearer, method, path, body string, into any) error {
	req, err := http.NewRequestWithContext(b.t.Context(), method, b.ready.URL+path, strings.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	if bearer != "" {
		req.Header.Set("Authorization", "Bearer "+bearer)
	}
	resp, err := b.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	if resp.StatusCode >= http.StatusBadRequest {
		return &refusal{resp.StatusCode, string(data)}
	}
	if into == nil {
		return nil
	}
	return json.Unmarshal(data, into)
}

// refusal is an answer that is no success.
type refusal struct {
	status int
	body   string
}

func (r *refusal) Error() string { return fmt.Sprintf("%d %s", r.status, r.body) }
