package tokens

import (
	"context"
	"sync"
	"time"
)

// lease waits until this process has the lease on a grant, and keeps
// extending it until release is called. While another process has it, enough
// is asked before each new try: once it says true, release is nil and err too.
// In a store without leases there is nothing to wait for.
func (m *Manager) lease(ctx context.Context, id string, enough func() (bool, error)) (release func(), err error) {
	leaser, ok := m.cfg.Store.(Leaser)
	if !ok {
		return func() {}, nil
	}
	polling := poll{random: m.random}
	for {
		got, err := m.reach(ctx, leaser, id)
		if err != nil {
			return nil, err
		}
		if got {
			return m.hold(leaser, id), nil
		}
		if polling.wait(ctx) != nil {
			return nil, errBusy
		}
		if done, err := enough(); done || err != nil {
			return nil, err
		}
	}
}

// reach takes or extends the lease.
func (m *Manager) reach(ctx context.Context, leaser Leaser, id string) (got bool, err error) {
	err = m.call(ctx, "lease", func(ctx context.Context) (err error) {
		got, err = leaser.Lease(ctx, id, m.owner, m.cfg.LeaseTTL)
		return err
	})
	return got, err
}

// hold extends the lease in the background until the returned function is
// called, which gives it back. A lease that is lost on the way is not fought
// for: it is politeness, and the version in the store decides.
func (m *Manager) hold(leaser Leaser, id string) (release func()) {
	const perTTL = 3
	ctx, cancel := context.WithCancel(m.ctx)
	var wg sync.WaitGroup
	wg.Go(func() {
		for pause(ctx, m.cfg.LeaseTTL/perTTL) == nil {
			if got, err := m.reach(ctx, leaser, id); err == nil && !got {
				m.log.DebugContext(ctx, "tokens: lease lost", "grant", id)
				return
			}
		}
	})
	return func() {
		cancel()
		wg.Wait()
		// The manager's context may have ended; the others should not have to
		// wait for the lease to run out because of that.
		last, cancel := context.WithTimeout(context.WithoutCancel(m.ctx), time.Second)
		defer cancel()
		err := m.call(last, "unlease", func(ctx context.Context) error { return leaser.Unlease(ctx, id, m.owner) })
		if err != nil {
			m.log.DebugContext(last, "tokens: lease not given back", "grant", id, "error", err)
		}
	}
}
