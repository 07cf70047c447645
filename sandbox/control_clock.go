package sandbox

import (
	"net/http"
	"time"

	"github.com/golokalise/lokalise/sandbox/internal/clock"
)

// What is wrong with a move of the clock.
const (
	clockMovesForward = "The clock only moves forward."
	clockAtItsEnd     = "The clock goes no further ahead than 100 years."
)

// clockState is the clock in the control plane's words.
type clockState struct {
	Now          time.Time `json:"now"`
	AheadSeconds float64   `json:"ahead_seconds"` // of the machine's clock
	Frozen       bool      `json:"frozen"`
}

func (s *Server) getClock(w http.ResponseWriter, _ *http.Request) { s.writeClock(w) }

func (s *Server) writeClock(w http.ResponseWriter) {
	// To the millisecond: an hour is 3600 and not the 3599.9999 that are left of
	// it once the machine's clock has gone on by the time of an addition.
	ahead := s.clock.Ahead().Round(time.Millisecond).Seconds()
	writeControl(w, http.StatusOK, clockState{Now: s.clock.Now(), AheadSeconds: ahead, Frozen: s.clock.Frozen()})
}

// postClock moves the clock, freezes it or lets it run. Freezing comes first
// when both are asked for, so that the time is the one that was asked for.
func (s *Server) postClock(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Advance span  `json:"advance"`
		Freeze  *bool `json:"freeze"`
	}
	if !readControl(w, r, &body) {
		return
	}
	switch d := time.Duration(body.Advance); {
	case d < 0:
		writeControlError(w, http.StatusBadRequest, clockMovesForward)
		return
	case d > clock.MaxAhead-max(s.clock.Ahead(), 0):
		writeControlError(w, http.StatusBadRequest, clockAtItsEnd)
		return
	}
	if body.Freeze != nil {
		if *body.Freeze {
			s.clock.Freeze()
		} else {
			s.clock.Resume()
		}
	}
	s.clock.Advance(time.Duration(body.Advance))
	s.writeClock(w)
}
