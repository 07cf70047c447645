package tokens

import "time"

// SetClock makes a manager that has not been used yet read another clock.
func SetClock(m *Manager, now func() time.Time) { m.now, m.begun = now, now() }
