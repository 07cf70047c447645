package fleet_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/oauth"
	"github.com/golokalise/lokalise/tokens"
)

// These variables hold the job of a process of the fleet, which is this test
// binary.
const (
	workerVar = "LOKALISE_FLEET_WORKER"
	coldVar   = "LOKALISE_FLEET_COLD"
)

func TestMain(m *testing.M) {
	for name, work := range map[string]func(string) error{workerVar: work, coldVar: workCold} {
		text := os.Getenv(name)
		if text == "" {
			continue
		}
		if err := work(text); err != nil {
			fmt.Fprintln(os.Stderr, "worker:", err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// job is what a process of the fleet does.
type job struct {
	Sandbox      string // root of the sandbox
	ClientID     string
	ClientSecret string
	Store        storeAddress
	Keys         string
	Grants       int
	Callers      int           // goroutines that call the API
	Pause        time.Duration // of a caller between two calls
}

// line is what a process writes to its output: an event when it happens, and at
// its end a report.
type line struct {
	Event  *event  `json:"event,omitempty"`
	Report *report `json:"report,omitempty"`
}

type event struct {
	Grant  string
	Kind   tokens.EventKind
	To     tokens.Health
	Reason tokens.Reason
}

// report counts API calls by how they ended.
type report struct {
	Calls    int
	Answered int
	Failed   map[string]int    // by kind, see kindOf
	Examples map[string]string // an error of each kind
}

func (r *report) add(other report) {
	r.Calls += other.Calls
	r.Answered += other.Answered
	for kind, n := range other.Failed {
		if r.Failed == nil {
			r.Failed = map[string]int{}
		}
		r.Failed[kind] += n
	}
	for kind, text := range other.Examples {
		if r.Examples == nil {
			r.Examples = map[string]string{}
		}
		r.Examples[kind] = text
	}
}

// kindOf sorts errors. What an app would do about them is what tells them apart.
func kindOf(err error) string {
	switch {
	case errors.Is(err, tokens.ErrReauthRequired):
		return "reauth required"
	case errors.Is(err, tokens.ErrNotFound):
		return "not found"
	case errors.Is(err, lokalise.ErrUnauthorized):
		return "unauthorized"
	default:
		return "other"
	}
}

// work is the main function of a process. It ends when its input does, so that
// it never outlives the test.
func work(text string) (err error) {
	var j job
	if err := json.Unmarshal([]byte(text), &j); err != nil {
		return err
	}
	out := &output{w: bufio.NewWriter(os.Stdout)}
	store, err := j.Store.open()
	if err != nil {
		return err
	}
	m, err := newManager(j, store, out.event)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { _ = m.Maintain(ctx) }) // ends with the context
	total := report{}
	var mu sync.Mutex
	for range j.Callers {
		running.Go(func() {
			r := call(ctx, m, j)
			mu.Lock()
			defer mu.Unlock()
			total.add(r)
		})
	}
	_, _ = io.Copy(io.Discard, os.Stdin) // until the parent closes it
	stop()
	running.Wait()
	closing, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	err = m.Close(closing)
	out.line(line{Report: &total})
	return err
}

func newManager(j job, store tokens.Store, onEvent func(tokens.Event)) (*tokens.Manager, error) {
	client, err := oauth.New(oauth.Config{ClientID: j.ClientID, ClientSecret: j.ClientSecret, Host: j.Sandbox})
	if err != nil {
		return nil, err
	}
	keys, err := tokens.ParseKeys(j.Keys)
	if err != nil {
		return nil, err
	}
	return tokens.New(tokens.Config{
		Clients: []tokens.Refresher{client}, Store: store, Keys: keys, OnEvent: onEvent,
		AssumeRotation: true, // of the server it is known
		RefreshTimeout: 5 * time.Second,
		MaxClockSkew:   time.Second, // one machine, one clock
	})
}

// call calls the API for one grant after the other until the context ends.
func call(ctx context.Context, m *tokens.Manager, j job) (r report) {
	clients := make([]*lokalise.Client, j.Grants)
	for ctx.Err() == nil {
		i := rand.IntN(j.Grants)
		if clients[i] == nil {
			client, err := lokalise.New(lokalise.WithBaseURL(j.Sandbox), lokalise.WithTokenSource(m.Source(grantID(i))), lokalise.WithoutLimits())
			if err != nil {
				panic(err) // a defect of this test
			}
			clients[i] = client
		}
		_, err := clients[i].Projects.List(ctx, &lokalise.ProjectListOptions{Limit: 1})
		if ctx.Err() != nil {
			break // the call was cut short by the end
		}
		r.Calls++
		if err == nil {
			r.Answered++
		} else {
			kind := kindOf(err)
			r.add(report{Failed: map[string]int{kind: 1}, Examples: map[string]string{kind: err.Error()}})
		}
		pause(ctx, j.Pause)
	}
	return r
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}

func grantID(i int) string { return fmt.Sprintf("tenant-%03d", i) }

// output writes lines, each at once: a process may be killed.
type output struct {
	mu sync.Mutex
	w  *bufio.Writer
}

func (o *output) line(l line) {
	o.mu.Lock()
	defer o.mu.Unlock()
	_ = json.NewEncoder(o.w).Encode(l) // the parent is gone: nobody is left to tell
	_ = o.w.Flush()
}

func (o *output) event(e tokens.Event) {
	o.line(line{Event: &event{Grant: e.GrantID, Kind: e.Kind, To: e.To, Reason: e.Reason}})
}
