package tokens

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"
)

// Manager keeps grants alive. It is safe for use by many goroutines, and any
// number of managers, in as many processes, may share a store.
type Manager struct {
	cfg    Config
	log    *slog.Logger
	now    func() time.Time // nil: the system's clock
	random func() float64   // spreads load, hides nothing
	newID  func() string    // names connections, intentions and owners
	begun  time.Time
	owner  string // names this manager in intentions and leases
	client atomic.Int64
	steps  steps
	table  table
	soon   soonest

	openCtx context.Context // ends when Close begins
	shut    context.CancelFunc
	ctx     context.Context // of everything in the background; ends when Close loses patience
	cancel  context.CancelFunc

	mu         sync.Mutex
	closed     bool
	wg         sync.WaitGroup
	unreadable map[string]int64 // records that EventUnreadable told of, and their versions
}

// New returns a manager. Close it when done.
func New(cfg Config) (*Manager, error) {
	if err := cfg.check(); err != nil {
		return nil, err
	}
	cfg = cfg.withDefaults()
	m := &Manager{cfg: cfg, log: cfg.Logger, begun: time.Now(), random: rand.Float64, newID: randomID}
	m.owner = m.newID()
	m.ctx, m.cancel = context.WithCancel(context.Background())
	m.openCtx, m.shut = context.WithCancel(m.ctx)
	m.steps = steps{begin: m.begin, settle: m.settle}
	m.table.init()
	return m, nil
}

// Close stops the manager. It waits until the refreshes in progress are
// stored, or until ctx ends, and then cancels them. Tokens asked for
// afterwards are refused with ErrClosed.
func (m *Manager) Close(ctx context.Context) error {
	m.mu.Lock()
	m.closed = true
	m.mu.Unlock()
	m.shut()
	m.table.each(func(g *grant) {
		g.mu.Lock()
		g.outdate()
		g.mu.Unlock()
	})
	defer m.cancel()
	done := make(chan struct{})
	go func() {
		m.wg.Wait()
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// launch runs f in a goroutine that Close waits for, unless the manager is
// closed.
func (m *Manager) launch(f func()) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return false
	}
	m.wg.Go(f)
	return true
}

// elapsed is the time since the manager began, on the monotonic clock, which
// costs half of what the wall clock does. That clock stands still while a
// machine sleeps, so the first call after a sleep may get a token that has
// expired; the API answers 401 then, and InvalidateToken heals it.
func (m *Manager) elapsed() time.Duration {
	if m.now != nil {
		return m.now().Sub(m.begun)
	}
	return time.Since(m.begun)
}

// clock is the wall clock, for times that go into records.
func (m *Manager) clock() time.Time {
	if m.now != nil {
		return m.now().Round(0).UTC()
	}
	return time.Now().Round(0).UTC()
}
