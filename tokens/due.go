package tokens

import (
	"sync"
	"time"
)

// due is when Maintain should look at a grant next. Zero means never.
func (m *Manager) due(st *state) time.Time {
	switch {
	case st.Health == ReauthRequired || st.RefreshToken == "":
		return time.Time{}
	case !st.RetryAt.IsZero():
		return st.RetryAt
	case st.Intent != nil:
		return st.Intent.Until.Add(st.Intent.Patience)
	case m.active(st) && !st.RefreshAt.IsZero():
		return st.RefreshAt
	case m.cfg.KeepAlive > 0:
		return st.Obtained.Add(m.cfg.KeepAlive)
	}
	return time.Time{}
}

// active tells whether the grant will count as in use when its token is due.
func (m *Manager) active(st *state) bool {
	return st.RefreshAt.Before(st.LastUsed.Add(m.cfg.ActiveFor))
}

// soonest is the earliest due time that this process has written since
// Maintain last looked, so that short-lived tokens need no frequent queries.
type soonest struct {
	mu sync.Mutex
	at time.Time
}

func (m *Manager) noteDue(due time.Time) {
	m.soon.mu.Lock()
	defer m.soon.mu.Unlock()
	if !due.IsZero() && (m.soon.at.IsZero() || due.Before(m.soon.at)) {
		m.soon.at = due
	}
}

// take returns the earliest due time noted and forgets it.
func (s *soonest) take() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := s.at
	s.at = time.Time{}
	return at
}
