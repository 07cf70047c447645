package fleet_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/url"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/golokalise/lokalise/oauth"
	"github.com/golokalise/lokalise/sandbox"
	"github.com/golokalise/lokalise/tokens"
	"github.com/golokalise/lokalise/tokens/sqlstore"
)

// processes is how many a fleet has.
const processes = 8

// accessLife is how long an access token lives: two seconds in place of an hour
// make an afternoon of a minute.
const accessLife = 2 * time.Second

// setting reads a number that make soak raises.
func setting(t testing.TB, name string, otherwise int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("%s must be a number from 1, got %q", name, text)
	}
	return n
}

// fleet is a running fleet and what it works with.
type fleet struct {
	*testing.T
	sandbox *sandbox.Server
	db      *database
	job     job
	manager *tokens.Manager // the test's own, which does not work while the fleet does
	life    time.Duration

	mu      sync.Mutex
	workers []*worker
	events  []event
	total   report
	reading sync.WaitGroup
}

type worker struct {
	cmd   *exec.Cmd
	input io.Closer // its end is the worker's
}

// newFleet connects the grants and starts the processes.
func newFleet(t *testing.T, kind string) *fleet {
	t.Helper()
	srv, err := sandbox.New(sandbox.WithoutRateLimit(),
		sandbox.WithOAuthPolicy(sandbox.OAuthPolicy{Rotation: sandbox.RotationDetectReuse, AccessLife: accessLife}))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = srv.Close() })
	if err := srv.Listen("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	f := &fleet{T: t, sandbox: srv, db: newDatabase(t, kind, false), life: time.Duration(setting(t, "FLEET_SECONDS", 8)) * time.Second}
	creds := srv.Credentials()
	f.job = job{
		Sandbox: srv.URL(), ClientID: creds.ClientID, ClientSecret: creds.ClientSecret, Store: f.db.store,
		Keys: tokens.NewKey("fleet").Encode(), Grants: setting(t, "FLEET_GRANTS", 50), Callers: 2, Pause: 80 * time.Millisecond,
	}
	f.connectAll()
	for range processes {
		f.startWorker()
	}
	return f
}

// connectAll stores a grant for each tenant.
func (f *fleet) connectAll() {
	f.Helper()
	store, err := f.job.Store.open()
	if err != nil {
		f.Fatal(err)
	}
	if s, ok := store.(*sqlstore.Store); ok {
		f.retry("migrate", func() error { return s.Migrate(f.Context()) })
	}
	if f.manager, err = newManager(f.job, store, func(e tokens.Event) {
		f.add(line{Event: &event{Grant: e.GrantID, Kind: e.Kind, To: e.To, Reason: e.Reason}})
	}); err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = f.manager.Close(context.WithoutCancel(f.Context())) })
	client, err := oauth.New(oauth.Config{ClientID: f.job.ClientID, ClientSecret: f.job.ClientSecret, Host: f.job.Sandbox})
	if err != nil {
		f.Fatal(err)
	}
	for i := range f.job.Grants {
		if _, err := f.manager.Put(f.Context(), grantID(i), f.consent(client)); err != nil {
			f.Fatal(err)
		}
	}
}

// consent is a person who allows the app to see projects.
func (f *fleet) consent(client *oauth.Client) *oauth.Token {
	f.Helper()
	authURL, err := client.AuthCodeURL(oauth.AuthCodeOptions{
		Scopes: []oauth.Scope{oauth.ScopeReadProjects}, State: "s", RedirectURL: f.sandbox.Credentials().RedirectURI,
	})
	if err != nil {
		f.Fatal(err)
	}
	back, err := f.sandbox.Authorize(f.Context(), authURL, sandbox.AuthorizeOptions{})
	if err != nil {
		f.Fatal(err)
	}
	u, err := url.Parse(back)
	if err != nil {
		f.Fatal(err)
	}
	code, err := oauth.ParseCallback(u, "s")
	if err != nil {
		f.Fatal(err)
	}
	token, err := client.Exchange(f.Context(), code)
	if err != nil {
		f.Fatal(err)
	}
	return token
}

// inject has the sandbox misbehave.
func (f *fleet) inject(fault sandbox.Fault) {
	f.Helper()
	if err := f.sandbox.Inject(fault); err != nil {
		f.Fatal(err)
	}
}

// startWorker adds a process to the fleet.
func (f *fleet) startWorker() {
	f.Helper()
	text, err := json.Marshal(f.job)
	if err != nil {
		f.Fatal(err)
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), workerVar+"="+string(text))
	input, err := cmd.StdinPipe()
	if err != nil {
		f.Fatal(err)
	}
	output, err := cmd.StdoutPipe()
	if err != nil {
		f.Fatal(err)
	}
	if testing.Verbose() {
		cmd.Stderr = os.Stderr
	}
	if err := cmd.Start(); err != nil {
		f.Fatal(err)
	}
	w := &worker{cmd: cmd, input: input}
	f.mu.Lock()
	f.workers = append(f.workers, w)
	f.mu.Unlock()
	f.reading.Go(func() { f.read(w, output) })
}

// read takes in what a process writes until its end.
func (f *fleet) read(w *worker, output io.Reader) {
	for dec := json.NewDecoder(output); ; {
		var l line
		if dec.Decode(&l) != nil {
			break // the end, or a line that a kill cut short
		}
		f.add(l)
	}
	_ = w.cmd.Wait() // how it ended is told by its report, or it was killed
}

func (f *fleet) add(l line) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if l.Event != nil {
		f.events = append(f.events, *l.Event)
	}
	if l.Report != nil {
		f.total.add(*l.Report)
	}
}

// kill ends one process without a warning and starts another in its place.
func (f *fleet) kill(i int) {
	f.Helper()
	f.mu.Lock()
	w := f.workers[i]
	f.workers = append(f.workers[:i], f.workers[i+1:]...)
	f.mu.Unlock()
	_ = w.cmd.Process.Kill()
	_ = w.input.Close()
	f.startWorker()
}

// stop ends all processes and waits for their reports.
func (f *fleet) stop() {
	f.Helper()
	f.mu.Lock()
	workers := f.workers
	f.workers = nil
	f.mu.Unlock()
	for _, w := range workers {
		_ = w.input.Close()
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		f.reading.Wait()
	}()
	select {
	case <-done:
	case <-time.After(time.Minute):
		for _, w := range workers {
			_ = w.cmd.Process.Kill()
		}
		f.Fatal("a process did not stop within a minute")
	}
}

// settle asks for every token once more, as the app would go on to do, and
// returns how each grant is doing then. A grant that is missing has no status.
func (f *fleet) settle() map[string]tokens.Status {
	f.Helper()
	var asking sync.WaitGroup
	for i := range f.job.Grants {
		asking.Go(func() { f.ask(grantID(i)) }) // at once: some have a refresh to take over, which takes a while
	}
	asking.Wait()
	found := map[string]tokens.Status{}
	for i := range f.job.Grants {
		switch status, err := f.manager.Status(f.Context(), grantID(i)); {
		case err == nil:
			found[grantID(i)] = status
		case !errors.Is(err, tokens.ErrNotFound):
			f.Fatal(err)
		}
	}
	return found
}

// ask asks for a token until it is clear what became of the grant.
func (f *fleet) ask(id string) {
	f.retry("settle "+id, func() error {
		_, err := f.manager.Token(f.Context(), id)
		if errors.Is(err, tokens.ErrReauthRequired) || errors.Is(err, tokens.ErrNotFound) {
			return nil
		}
		return err
	})
}

// retry is for what needs a server that has just come back, or another process's
// refresh to be taken over.
func (f *fleet) retry(what string, try func() error) {
	f.Helper()
	for deadline := time.Now().Add(2 * time.Minute); ; {
		err := try()
		if err == nil {
			return
		}
		if time.Now().After(deadline) {
			f.Errorf("%s: %v", what, err)
			return
		}
		pause(f.Context(), 100*time.Millisecond)
	}
}
