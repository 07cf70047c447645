package sandbox

import (
	"net/http"
	"strconv"

	"github.com/golokalise/lokalise/sandbox/internal/clock"
	"github.com/golokalise/lokalise/sandbox/internal/state"
	"github.com/golokalise/lokalise/sandbox/internal/web"
)

func (s *Server) addClockPages(mux *http.ServeMux) {
	mux.HandleFunc("GET "+web.ClockPath, s.ui(s.clockPage))
	mux.HandleFunc("POST "+web.ClockPath+"/step", s.form(web.FormStep, s.advanceFrom, s.clockPage))
	mux.HandleFunc("POST "+web.ClockPath+"/advance", s.form(web.FormAdvance, s.advanceFrom, s.clockPage))
	mux.HandleFunc("POST "+web.ClockPath+"/freeze", s.form(web.FormFreeze, s.freezeFrom, s.clockPage))
	mux.HandleFunc("GET "+web.ResetPath, s.ui(s.resetPage))
	mux.HandleFunc("POST "+web.ResetPath, s.form(web.FormConfirm, s.resetFrom, s.resetPage))
}

// shownUpcoming is how much of what happens next the page has.
const shownUpcoming = 50

func (s *Server) clockPage(p *uiPage) {
	view := web.ClockView{Chrome: p.chrome, Now: s.clock.Now(), Ahead: s.clock.Ahead(), Frozen: s.clock.Frozen(), RateLimit: s.settings.rateLimit}
	var upcoming []state.Upcoming
	p.view(func(tx *state.Tx) { upcoming = tx.Upcoming() })
	mask := s.mask()
	for _, u := range upcoming[:min(len(upcoming), shownUpcoming)] {
		row := web.UpcomingRow{Due: u.Due, What: mask.Text(u.What)}
		if u.Delivery != 0 {
			row.Link = web.DeliveryPath(strconv.FormatInt(u.Delivery, 10))
		}
		view.Upcoming = append(view.Upcoming, row)
	}
	view.More = len(upcoming) - len(view.Upcoming)
	web.Clock(p.w, view)
}

// advanceFrom moves the clock by what the form says. The answer waits until
// everything that fell due has happened.
func (s *Server) advanceFrom(p *uiPage) (done, error) {
	d, err := signedSpan(p.value("by"))
	switch {
	case err != nil:
		return done{}, &fieldError{"by", err.Error()}
	case d < 0:
		return done{}, &fieldError{"by", clockMovesForward}
	case d == 0:
		return done{}, &fieldError{"by", "The clock only moves forward, so this is more than nothing."}
	case d > clock.MaxAhead-max(s.clock.Ahead(), 0):
		return done{}, &fieldError{"by", clockAtItsEnd}
	}
	s.clock.Advance(d)
	return done{notice: web.NoticeClockMoved, path: web.ClockPath}, nil
}

func (s *Server) freezeFrom(p *uiPage) (done, error) {
	switch p.value("freeze") {
	case "1":
		s.clock.Freeze()
		return done{notice: web.NoticeClockFrozen, path: web.ClockPath}, nil
	case "0":
		s.clock.Resume()
		return done{notice: web.NoticeClockRuns, path: web.ClockPath}, nil
	}
	return done{}, &formError{"Choose whether the clock stands still or runs."}
}

func (s *Server) resetPage(p *uiPage) {
	web.Confirm(p.w, web.ConfirmView{
		Chrome: p.chrome, Nav: web.ClockPath,
		Title:  "Reset the world " + p.world.Name() + "?",
		Text:   "Its projects, keys, tokens, webhooks and faults go back to how every world begins. Programs that are connected have to connect again. Credentials, the clock and the journal stay.",
		Action: p.chrome.Link(web.ResetPath), Button: "Reset the world", Back: p.chrome.Link(web.ClockPath),
	})
}

func (s *Server) resetFrom(p *uiPage) (done, error) {
	if err := p.world.Reset(); err != nil {
		return done{}, err
	}
	return done{notice: web.NoticeWorldReset, path: web.HomePath}, nil
}
