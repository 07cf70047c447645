package tokens

import (
	"context"
	"time"
)

// verdict is what to do about a grant after a look at what is stored.
type verdict int

const (
	useStored verdict = iota // the stored token will do
	sendNow                  // the intention is recorded: send
	waitFor                  // somebody else is at it
	giveUp                   // the customer has to connect again
	holdOff                  // a failure was recorded a moment ago
)

// want is what a refresh is for.
type want struct {
	old    string // the access token to be replaced, if one is known
	reject string // an access token that the API refused
	force  bool   // try although a failure was recorded a moment ago
}

// satisfied tells whether the stored token will do.
func (w want) satisfied(st *state, now time.Time, margin time.Duration) bool {
	return st.AccessToken != w.old && st.AccessToken != w.reject && st.valid(now, margin)
}

// begin looks at what is stored and decides whether to send. Before anything
// is sent for a grant whose refresh token may be replaced by that, the
// intention is recorded: if this process ends before the outcome is, whoever
// comes next knows that the refresh token may be used up.
//
// An open intention that somebody left behind is followed by exactly one more
// try, recorded first, if the grant rotates. If that one was left behind as
// well, the grant is given up as uncertain.
func (m *Manager) begin(ctx context.Context, g *grant, w want) (stored, verdict, error) {
	mine := &intent{
		ID: m.newID(), Owner: m.owner, Sends: 1,
		Until:    m.clock().Add(m.cfg.RefreshTimeout),
		Patience: m.cfg.RefreshTimeout + m.cfg.StoreTimeout,
	}
	var v verdict
	cur, err := m.persist(ctx, g, func(st *state, now time.Time) (write bool) {
		v, write = m.judge(g, w, mine, st, now)
		return write
	})
	return cur, v, err
}

// judge is the decision of begin.
func (m *Manager) judge(g *grant, w want, mine *intent, st *state, now time.Time) (v verdict, write bool) {
	open := st.Intent
	switch {
	case open != nil && open.ID == mine.ID:
		return sendNow, false // an earlier try of this write did happen
	case w.satisfied(st, now, m.cfg.ExpiryMargin):
		return useStored, false
	case st.Health == ReauthRequired:
		return giveUp, false
	case st.RefreshToken == "":
		st.reauth(ReasonNoRefreshToken, now)
		return giveUp, true
	case open != nil && !m.abandoned(g, open, now):
		return waitFor, false
	case !w.force && now.Before(st.RetryAt) && st.RetryAt.Sub(now) <= maxRetryAfter:
		return holdOff, false
	case open != nil && open.Last && st.rotates(m.cfg.AssumeRotation):
		st.reauth(ReasonUncertain, now)
		return giveUp, true
	case open != nil:
		mine.Sends = open.Sends + 1
		mine.Last = st.rotates(m.cfg.AssumeRotation)
	case st.Rotation == rotationNone:
		return sendNow, false
	}
	st.Intent = mine
	return sendNow, true
}

// abandoned tells whether nobody works on an open intention any more. Its
// owner's clock may differ from this one, so the time it names is trusted
// only from MaxClockSkew on; before that, this process watches the intention
// for as long as its owner may take.
//
// Even an intention that is overdue is watched for a while: if the store was
// away, its owner may hold the answer and be about to save it. That is why what
// is watched across a gap or a failure of the store does not count.
func (m *Manager) abandoned(g *grant, open *intent, now time.Time) bool {
	if open.Lost || open.Owner == m.owner {
		return true
	}
	at := m.elapsed()
	if g.watch.id != open.ID || at-g.watch.last > m.comeback() {
		g.watch = watch{id: open.ID, since: at}
	}
	g.watch.last = at
	patience := open.Patience
	if now.After(open.Until.Add(m.cfg.MaxClockSkew)) {
		patience = min(patience, m.comeback())
	}
	return at-g.watch.since > patience
}

// comeback is how long a process may take to save the answer that it holds once
// the store is back: a call that hangs has to end first, and then it pauses.
func (m *Manager) comeback() time.Duration {
	const slack = 2
	return m.cfg.StoreTimeout + slack*maxSaveBackoff
}
