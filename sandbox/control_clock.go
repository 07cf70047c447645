package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/golokalise/lokalise/sandbox/internal/clock"
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
		Advance duration `json:"advance"`
		Freeze  *bool    `json:"freeze"`
	}
	if !readControl(w, r, &body) {
		return
	}
	switch d := time.Duration(body.Advance); {
	case d < 0:
		writeControlError(w, http.StatusBadRequest, "The clock only moves forward.")
		return
	case s.clock.Ahead()+d > clock.MaxAhead:
		writeControlError(w, http.StatusBadRequest, "The clock goes no further ahead than 100 years.")
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

// duration is seconds as a number, or text such as "1h30m".
type duration time.Duration

// UnmarshalJSON implements json.Unmarshaler.
func (d *duration) UnmarshalJSON(data []byte) error {
	var seconds float64
	if err := json.Unmarshal(data, &seconds); err == nil {
		if seconds > clock.MaxAhead.Seconds() || seconds < 0 {
			return errors.New("advance is out of range")
		}
		*d = duration(seconds * float64(time.Second))
		return nil
	}
	var text string
	if err := json.Unmarshal(data, &text); err != nil {
		return errors.New(`advance is a number of seconds, or text such as "1h30m"`)
	}
	parsed, err := time.ParseDuration(text)
	if err != nil || parsed > clock.MaxAhead {
		return fmt.Errorf("advance %.40q is no duration such as \"1h30m\"", text)
	}
	*d = duration(parsed)
	return nil
}
