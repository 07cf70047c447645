package web

import (
	"net/http"
	"time"
)

// Paths of the page about the clock, and of the question before a reset.
const (
	ClockPath = ConsolePath + "clock"
	ResetPath = ConsolePath + "reset"
)

// Names of the forms on the page about the clock.
const (
	FormStep    = "step"    // one of the steps
	FormAdvance = "advance" // as long as was typed
	FormFreeze  = "freeze"
)

// UpcomingRow is something that will happen once the clock is there.
type UpcomingRow struct {
	Due  time.Time
	What string
	Link string // empty: nothing more is known
}

// ClockView is the page about the time, and what happens next.
type ClockView struct {
	Chrome    Chrome
	Now       time.Time
	Ahead     time.Duration
	Frozen    bool
	RateLimit int // requests a second, 0: none
	Upcoming  []UpcomingRow
	More      int // that are not in Upcoming
}

// Clock writes the page.
func Clock(w http.ResponseWriter, v ClockView) {
	page := clockPage{ClockView: v, Words: ahead(v.Ahead), Steps: clockSteps}
	for _, u := range v.Upcoming {
		page.Next = append(page.Next, upcomingLine{u, fromNow(u.Due.Sub(v.Now))})
	}
	render(w, v.Chrome.status(), "clock", frame{Title: "Clock", Nav: ClockPath, Chrome: v.Chrome, View: page})
}

type clockPage struct {
	ClockView
	Words string
	Steps []clockStep
	Next  []upcomingLine
}

type clockStep struct{ By, Label string }

var clockSteps = []clockStep{{"1m", "1 minute"}, {"1h", "1 hour"}, {"24h", "1 day"}}

type upcomingLine struct {
	UpcomingRow
	In string
}

// fromNow says how far away something is.
func fromNow(d time.Duration) string {
	if d <= 0 {
		return "due now"
	}
	return "in " + inWords(d)
}
