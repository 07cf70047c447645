package tokens

import "time"

// SetClock makes a manager that has not been used yet read another clock.
// SetRandom makes everything that is drawn from [0, 1) the same.
func SetRandom(m *Manager, value float64) { m.random = func() float64 { return value } }

func SetClock(m *Manager, now func() time.Time) { m.now, m.begun = now, now() }

// RaceDetector tells whether it is on, which makes everything slower.
const RaceDetector = raceDetector
