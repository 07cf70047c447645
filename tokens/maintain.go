package tokens

import (
	"context"
	"errors"
	"sync"
	"time"
)

const (
	// maintainEvery is the time between two queries of the store while there
	// is nothing to do, prolonged by up to a fifth so that the processes of a
	// fleet do not ask together.
	maintainEvery  = time.Minute
	maintainJitter = 5

	// maintainPause is the shortest time between two queries when short-lived
	// tokens fall due all the time.
	maintainPause = 200 * time.Millisecond

	// claimPerWorker is how many grants are claimed at once and claimTTL how
	// long the claim lasts: what the budget does not allow in that time falls
	// due again, for whichever process has room.
	claimPerWorker = 12
	claimTTL       = 2 * time.Minute
)

// Maintain refreshes grants ahead of need, as they fall due, until ctx ends or
// the manager is closed; run it in a goroutine of its own. Any number of
// processes may do so on one store: in a store that is a [Claimer], due grants
// are claimed, so each is looked after once. Refreshes are paced by
// Config.Budget.
//
// A grant that was not asked for within Config.ActiveFor is left alone, or
// kept alive as Config.KeepAlive says.
//
// While there is nothing to do, the store is asked at most once a minute. It
// returns ctx's error, or ErrClosed.
func (m *Manager) Maintain(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	stop := context.AfterFunc(m.openCtx, cancel)
	defer stop()
	for {
		more, err := m.maintainOnce(ctx)
		if err != nil && ctx.Err() == nil {
			m.log.WarnContext(ctx, "tokens: due grants not read", "error", err)
		}
		wait := m.untilNext()
		if more {
			wait = maintainPause
		}
		timer := time.NewTimer(wait)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			if m.openCtx.Err() != nil {
				return ErrClosed
			}
			return ctx.Err()
		}
	}
}

// untilNext is how long to wait for the next query: until something that this
// process wrote falls due, or a minute.
func (m *Manager) untilNext() time.Duration {
	wait := maintainEvery + time.Duration(m.random()*float64(maintainEvery/maintainJitter))
	if soon := m.soon.take(); !soon.IsZero() {
		wait = min(wait, max(maintainPause, soon.Sub(m.clock())))
	}
	return wait
}

// maintainOnce looks after what is due, and tells whether there is more.
func (m *Manager) maintainOnce(ctx context.Context) (more bool, err error) {
	recs, err := m.claim(ctx)
	if err != nil {
		return false, err
	}
	work := make(chan Record)
	var wg sync.WaitGroup
	for range min(m.cfg.Workers, len(recs)) {
		wg.Go(func() {
			for rec := range work {
				m.cfg.Metrics.Add(Maintained, m.lookAfter(ctx, rec), 1)
			}
		})
	}
	for _, rec := range recs {
		select {
		case work <- rec:
		case <-ctx.Done():
		}
	}
	close(work)
	wg.Wait()
	return len(recs) == m.claimLimit(), ctx.Err()
}

func (m *Manager) claimLimit() int { return claimPerWorker * m.cfg.Workers }

// claim asks the store for due grants.
func (m *Manager) claim(ctx context.Context) (recs []Record, err error) {
	claimer, ok := m.cfg.Store.(Claimer)
	if !ok {
		err = m.call(ctx, "due", func(ctx context.Context) (err error) {
			recs, err = m.cfg.Store.Due(ctx, m.claimLimit())
			return err
		})
		return recs, err
	}
	err = m.call(ctx, "claim", func(ctx context.Context) (err error) {
		recs, err = claimer.Claim(ctx, m.claimLimit(), claimTTL)
		return err
	})
	return recs, err
}

// lookAfter refreshes a due grant, or puts its due time right, and says which.
func (m *Manager) lookAfter(ctx context.Context, rec Record) string {
	cur, err := m.open(ctx, rec)
	if err != nil {
		m.tellUnreadable(rec, err)
		return "unreadable"
	}
	if due := m.due(&cur.state); due.IsZero() || due.After(m.clock()) {
		return m.reschedule(ctx, rec, cur)
	}
	if err := m.cfg.Budget.Wait(ctx); err != nil {
		if ctx.Err() == nil {
			m.log.WarnContext(ctx, "tokens: no budget to refresh a due grant", "grant", rec.ID, "error", err)
		}
		return "no_budget"
	}
	switch err := m.ahead(ctx, rec.ID, cur.AccessToken); {
	case err == nil:
		return "refreshed"
	case errors.Is(err, context.Canceled), errors.Is(err, ErrClosed):
		return "stopped"
	default:
		return "failed"
	}
}

// tellUnreadable tells of a record that cannot be opened, once per version,
// although it falls due again and again.
func (m *Manager) tellUnreadable(rec Record, err error) {
	const remembered = 1000
	m.mu.Lock()
	told := m.unreadable[rec.ID] == rec.Version
	if m.unreadable == nil || len(m.unreadable) >= remembered {
		m.unreadable = map[string]int64{}
	}
	m.unreadable[rec.ID] = rec.Version
	m.mu.Unlock()
	if !told {
		m.tell(Event{GrantID: rec.ID, Kind: EventUnreadable, Reason: ReasonUnreadable, Text: err.Error()})
	}
}

// reschedule writes a record again for the sake of its due time: its grant is
// no longer in use, or the clocks of this process and the store differ.
func (m *Manager) reschedule(ctx context.Context, rec Record, cur stored) string {
	_, err := m.write(ctx, rec.ID, cur.state, rec.Version)
	if err != nil && !errors.Is(err, ErrConflict) {
		return "failed"
	}
	return "rescheduled"
}

// ahead replaces a grant's access token. The grant stays in the table only if
// somebody uses it in this process.
func (m *Manager) ahead(ctx context.Context, id, old string) error {
	for {
		g := m.lookup(id)
		f, err := g.startAhead(old)
		if errors.Is(err, errDropped) {
			continue
		}
		if err != nil || f == nil {
			return err
		}
		_, err = f.wait(ctx)
		g.retire()
		return err
	}
}

// startAhead starts a flight for Maintain. It returns nil if there is nothing
// to start: a flight is under way, or has failed a moment ago.
func (g *grant) startAhead(old string) (*flight, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case g.dropped:
		return nil, errDropped
	case g.flight != nil && g.flight.saving:
		return nil, g.flight.err
	case g.flight != nil:
		return g.flight, nil
	case g.m.elapsed() < g.failure.until:
		return nil, g.failure.err
	}
	return g.start(want{old: old, reject: g.rejected.token}, false)
}

// retire takes a grant out of the table that no caller of this process uses,
// so that maintaining millions does not keep them in memory.
func (g *grant) retire() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if l := g.live.Load(); g.flight == nil && !g.inUse && (l == nil || !l.used.Load()) {
		g.live.Store(nil)
		g.m.forget(g)
	}
}
