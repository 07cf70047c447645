package sandbox_test

import (
	"context"
	"iter"
	"net/http"
	"testing"
	"time"

	"github.com/golokalise/lokalise/sandbox"
	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// disk is a storage in memory that outlives a sandbox. It never fails.
type disk map[[4]string]sandbox.Change

func (d disk) Load(_ context.Context, row func(sandbox.Change) error) error {
	for _, c := range d {
		if err := row(c); err != nil {
			return err
		}
	}
	return nil
}

func (d disk) Save(_ context.Context, changes iter.Seq2[sandbox.Change, error]) error {
	for c, err := range changes {
		if err != nil {
			return err
		}
		if c.Op == sandbox.OpPut {
			d[[4]string{c.World, c.Table, c.Parent, c.Key}] = c
			continue
		}
		for at := range d {
			gone := at[0] == c.World && (c.Op == sandbox.OpDropWorld || at[1] == c.Table && at[2] == c.Parent && (c.Op == sandbox.OpDeleteAll || at[3] == c.Key))
			if gone {
				delete(d, at)
			}
		}
	}
	return nil
}

func (disk) Close() error { return nil }

// A delivery that failed before the sandbox was closed is attempted again by
// the next one with the same storage.
func TestDeliveryOutlivesTheSandbox(t *testing.T) {
	t.Parallel()
	disk, r := disk{}, new(receiver)
	open := func() *box {
		srv, err := sandbox.New(sandbox.InMemory(), sandbox.WithStorage(disk), sandbox.WithWebhookHandler(r))
		if err != nil {
			t.Fatal(err)
		}
		return &box{TB: t, Server: srv, creds: srv.Credentials()}
	}
	first := open()
	made := first.hook(`{"url":"http://a.test/h","events":["project.imported"]}`)
	r.answers(http.StatusInternalServerError)
	first.emit(state.Event{Name: "project.imported", Payload: struct{}{}})
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	r.answers(0)
	second := open()
	defer func() { _ = second.Close() }()
	second.Clock().Advance(2 * time.Minute)
	d := second.Deliveries()
	if len(d) != 2 || d[1].Status != sandbox.DeliverySent || d[1].Attempts != 2 {
		t.Fatalf("log %+v", d)
	}
	if r.count() != 3 || r.bodies[2] != r.bodies[1] || r.headers[2].Get("X-Secret") != made.Secret {
		t.Errorf("got %q", r.bodies)
	}
}
