package tokens

import (
	"context"
	"time"
)

// settle records what a refresh came to. It decides by what is stored now,
// not by what was stored when the refresh began:
//
//   - the account was connected again, or another process has stored a newer
//     token: that stands, and this outcome is dropped;
//   - refreshed: the token is stored, whatever else was recorded meanwhile;
//   - a failure, and another process has taken the refresh over: its outcome
//     will count, this one is dropped;
//   - rejected: the customer has to connect again;
//   - ambiguous, and the grant rotates: uncertain, one more try is due; if
//     this was that try, the customer has to connect again;
//   - any other failure: degraded, and tried again later.
//
// A grant that is gone from the store stays gone.
func (m *Manager) settle(ctx context.Context, g *grant, sent stored, out outcome) (stored, verdict, error) {
	var v verdict
	cur, err := m.persist(ctx, g, func(st *state, now time.Time) (write bool) {
		v, write = m.apply(sent, out, st, now)
		if write && out.kind == refreshed {
			st.LastUsed = g.lastUsed(st.LastUsed)
		}
		return write
	})
	return cur, v, err
}

// apply is the decision of settle.
func (m *Manager) apply(sent stored, out outcome, st *state, now time.Time) (v verdict, write bool) {
	if st.Connection != sent.Connection || st.Generation != sent.Generation {
		return useStored, false
	}
	if out.kind == refreshed {
		st.Contested = st.Intent != nil && !sameIntent(st.Intent, sent.Intent)
		st.renew(out, now, m.random())
		return useStored, true
	}
	if !sameIntent(st.Intent, sent.Intent) {
		return waitFor, false
	}
	switch {
	case st.Health == ReauthRequired:
		return giveUp, false
	case out.kind == rejected:
		st.reauth(rejectionReason(sent), now)
		return giveUp, true
	case out.kind == ambiguous && sent.Intent != nil && sent.rotates(m.cfg.AssumeRotation):
		return st.uncertain(now, m.random()), true
	case out.kind == ambiguous:
		st.keepOpen()
	default:
		st.unsend(sent)
	}
	st.fail(out, now, m.random())
	return holdOff, true
}

// renew takes over the server's answer. RFC 6749 section 6: without a new
// refresh token the old one stays. Without a scope the old ones stay (section
// 5.1), as do members that the answer does not repeat.
func (s *state) renew(out outcome, now time.Time, random float64) {
	t := out.token
	switch {
	case t.RefreshToken != "" && t.RefreshToken != s.RefreshToken:
		s.Rotation = rotationSeen
		s.RefreshToken = t.RefreshToken
	case s.Rotation == rotationUnknown:
		s.Rotation = rotationNone
	}
	if t.Scopes != nil {
		s.Scopes = t.Scopes
	}
	if t.TokenType != "" {
		s.TokenType = t.TokenType
	}
	for name, value := range t.Extra {
		if s.Extra == nil {
			s.Extra = t.Extra
		}
		s.Extra[name] = value
	}
	s.AccessToken, s.Obtained, s.Expiry = t.AccessToken, now, t.Expiry
	s.RefreshAt = s.refreshAt(random)
	s.Generation++
	s.Intent, s.Failures, s.RetryAt = nil, 0, time.Time{}
	s.setHealth(Healthy, ReasonNone, now)
}

// uncertain follows an ambiguous outcome on a grant that rotates.
func (s *state) uncertain(now time.Time, random float64) verdict {
	if s.Intent.Last {
		s.reauth(ReasonUncertain, now)
		return giveUp
	}
	s.keepOpen()
	s.Failures++
	s.RetryAt = now.Add(backoff(s.Failures, maxBackoff, random))
	s.setHealth(Degraded, ReasonUncertain, now)
	return holdOff
}

// keepOpen leaves the intention open and says that its owner is done with it.
func (s *state) keepOpen() {
	if s.Intent != nil {
		lost := *s.Intent
		lost.Lost = true
		s.Intent = &lost
	}
}

// unsend takes a sending back that certainly had no effect. What was open
// before it is open again.
func (s *state) unsend(sent stored) {
	if s.Intent == nil {
		return
	}
	if sent.Intent.Sends == 1 {
		s.Intent = nil
		return
	}
	before := *s.Intent
	before.Sends, before.Last, before.Lost = before.Sends-1, false, true
	s.Intent = &before
}

// fail records a failure that may pass.
func (s *state) fail(out outcome, now time.Time, random float64) {
	s.Failures++
	wait := max(backoff(s.Failures, maxBackoff, random), min(out.retryAfter, maxRetryAfter))
	s.RetryAt = now.Add(wait)
	s.setHealth(Degraded, out.kind.reason(), now)
}

// rejectionReason tells a refresh token that was refused out of the blue from
// one that an earlier refresh, whose answer was lost, may have used up, or one
// that a second sending of its predecessor may have ended.
func rejectionReason(sent stored) Reason {
	if sent.Contested || sent.Intent != nil && sent.Intent.Sends > 1 {
		return ReasonUncertain
	}
	return ReasonRejected
}

func sameIntent(a, b *intent) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.ID == b.ID
}
