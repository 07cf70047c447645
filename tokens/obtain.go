package tokens

import (
	"context"
	"errors"
	"time"
)

// steps are the two halves of the refresh protocol, between which the request
// is sent. They are a seam: the model test replaces them to show that it
// notices a broken half.
type steps struct {
	begin  func(context.Context, *grant, want) (stored, verdict, error)
	settle func(context.Context, *grant, stored, outcome) (stored, verdict, error)
}

// obtain gets a token that satisfies the flight: the stored one, or a new one
// from the server. It returns a token only after the store has it.
func (m *Manager) obtain(g *grant, f *flight) (stored, error) {
	ctx := m.ctx
	cur, err := m.read(ctx, g.id)
	if err != nil {
		return stored{}, m.failed(g.id, cur, err)
	}
	w := f.want
	if w.force && w.old == "" {
		w.old = cur.AccessToken
	}
	if w.satisfied(&cur.state, m.clock(), m.cfg.ExpiryMargin) {
		m.touch(ctx, g, f, cur)
		return cur, nil
	}
	limit, cancel := context.WithTimeout(ctx, m.waitLimit())
	defer cancel()
	release, err := m.lease(limit, g.id, func() (done bool, err error) {
		cur, err = m.read(limit, g.id)
		return w.satisfied(&cur.state, m.clock(), m.cfg.ExpiryMargin), err
	})
	if err != nil {
		return stored{}, m.failed(g.id, cur, err)
	}
	if release == nil {
		return cur, nil
	}
	defer release()
	return m.refresh(limit, g, f, w)
}

// waitLimit bounds how long a flight waits for other processes: one that died
// in the middle of a refresh is watched for RefreshTimeout + StoreTimeout, and if
// that was long ago, for comeback.
func (m *Manager) waitLimit() time.Duration {
	const processes = 2
	return processes*(m.cfg.RefreshTimeout+m.cfg.StoreTimeout) + m.comeback()
}

// refresh repeats begin, send, settle until there is a token or a failure to
// report. limit bounds the waiting; what is once sent has its own deadline.
func (m *Manager) refresh(limit context.Context, g *grant, f *flight, w want) (stored, error) {
	const maxSends = 3 // when other processes' outcomes make this one's void
	polling := poll{random: m.random}
	for sends := 0; ; {
		start := time.Now()
		cur, v, err := m.steps.begin(limit, g, w)
		if err != nil {
			return stored{}, m.failed(g.id, cur, err)
		}
		switch v {
		case useStored:
			return cur, nil
		case giveUp, holdOff:
			return stored{}, m.failed(g.id, cur, nil)
		case waitFor:
			if err := polling.wait(limit); err != nil {
				return stored{}, m.failed(g.id, cur, errBusy)
			}
			continue
		}
		if sends++; sends > maxSends {
			return stored{}, m.failed(g.id, cur, errBusy)
		}
		sent := cur
		out := m.sendUntil(start.Add(m.cfg.RefreshTimeout), sent.RefreshToken)
		cur, v, err = m.record(g, f, sent, out)
		switch {
		case err != nil:
			return stored{}, m.failed(g.id, sent, errors.Join(err, out.err))
		case v == useStored && out.kind == refreshed && cur.AccessToken == out.token.AccessToken:
			return cur, nil
		case v == giveUp || v == holdOff:
			return stored{}, m.failed(g.id, cur, out.err)
		}
	}
}

// sendUntil sends the refresh with a deadline of its own. If the deadline has
// passed already, others may take the intention for abandoned, so nothing is
// sent.
func (m *Manager) sendUntil(deadline time.Time, refreshToken string) outcome {
	ctx, cancel := context.WithDeadline(m.ctx, deadline)
	defer cancel()
	if err := ctx.Err(); err != nil {
		return outcome{kind: unreachable, err: err}
	}
	start := time.Now()
	out := m.send(ctx, refreshToken)
	m.cfg.Metrics.Add(Refreshes, string(out.kind), 1)
	m.cfg.Metrics.Observe(RefreshDuration, string(out.kind), time.Since(start))
	return out
}

// record settles the outcome. A token that cannot be stored is kept and
// stored later: its refresh token may be the only one that works. Until then
// nobody gets it, and the callers are told that the store failed.
func (m *Manager) record(g *grant, f *flight, sent stored, out outcome) (stored, verdict, error) {
	cur, v, err := m.steps.settle(m.ctx, g, sent, out)
	if out.kind != refreshed || !retryable(err) {
		return cur, v, err
	}
	m.tell(Event{GrantID: g.id, Kind: EventSaveFailed, Reason: ReasonStore, Text: sent.mask(err.Error())})
	for try := 1; retryable(err); try++ {
		if try == 1 {
			g.land(f, stored{}, m.failed(g.id, sent, err), true)
		}
		if pauseErr := pause(m.ctx, backoff(try, maxSaveBackoff, m.random())); pauseErr != nil {
			return cur, v, err
		}
		cur, v, err = m.steps.settle(m.ctx, g, sent, out)
	}
	if err == nil {
		m.tell(Event{GrantID: g.id, Kind: EventSaved})
	}
	return cur, v, err
}

// retryable tells whether a save may work later. A record that cannot be
// opened may be readable again once the key ring is complete.
func retryable(err error) bool {
	return err != nil && !errors.Is(err, ErrNotFound)
}

// touch records that a grant is in use, now and then, so that Maintain goes
// on refreshing it ahead of need.
func (m *Manager) touch(ctx context.Context, g *grant, f *flight, cur stored) {
	const share = 4
	stale := func(st *state, now time.Time) bool { return now.Sub(st.LastUsed) > m.cfg.ActiveFor/share }
	if !f.byCaller || !stale(&cur.state, m.clock()) {
		return
	}
	_, err := m.update(ctx, g.id, func(st *state, now time.Time) bool {
		if !stale(st, now) {
			return false
		}
		st.LastUsed = now
		return true
	})
	if err != nil {
		m.log.DebugContext(ctx, "tokens: last use not recorded", "grant", g.id, "error", err)
	}
}

var errBusy = errors.New("another process was refreshing this grant for too long")

// failed turns what went wrong into the error that callers get.
func (m *Manager) failed(id string, cur stored, err error) error {
	e := newError(id, cur.Reason, cur.RetryAt, err, cur.mask)
	switch {
	case errors.Is(err, ErrNotFound):
		return &missingError{id}
	case errors.Is(err, ErrUnreadable):
		e.Reason, e.RetryAt = ReasonUnreadable, time.Time{}
	case errors.Is(err, errBusy):
		e.Reason, e.RetryAt = ReasonBusy, time.Time{}
	case isStoreError(err), cur.Reason == ReasonNone:
		e.Reason, e.RetryAt = ReasonStore, time.Time{}
	}
	return e
}

// missingError names the grant that is not in the store.
type missingError struct{ id string }

// Error names the grant.
func (e *missingError) Error() string { return "tokens: no such grant: " + quoted(e.id) }

// Is makes it match ErrNotFound.
func (e *missingError) Is(target error) bool { return target == ErrNotFound }
