package sandbox

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/golokalise/lokalise/sandbox/internal/api"
	"github.com/golokalise/lokalise/sandbox/internal/faults"
	"github.com/golokalise/lokalise/sandbox/internal/web"
)

func (s *Server) addFaultPages(mux *http.ServeMux) {
	mux.HandleFunc("GET "+web.FaultsPath, s.ui(s.faultsPage))
	mux.HandleFunc("POST "+web.FaultsPath, s.form(web.FormFault, s.addFault, s.faultsPage))
	mux.HandleFunc("POST "+web.FaultsPath+"/presets", s.form(web.FormPreset, s.addPreset, s.faultsPage))
	mux.HandleFunc("POST "+web.FaultsPath+"/clear", s.form(web.FormRemove, s.removeFaults, s.faultsPage))
	mux.HandleFunc("POST "+web.FaultsPath+"/{id}/remove", s.form(web.FormRemove, s.removeFault, s.faultsPage))
}

func (s *Server) faultsPage(p *uiPage) {
	view := web.FaultsView{Chrome: p.chrome, Operations: api.OperationIDs(), Credentials: credentialKinds}
	for _, f := range s.Faults() {
		view.Rows = append(view.Rows, s.faultRow(f))
	}
	for _, preset := range presets {
		view.Presets = append(view.Presets, preset.FaultPreset)
	}
	web.Faults(p.w, view)
}

// faultRow is a fault in the page's words. What was put into it is the
// caller's, so that a secret in it is masked.
func (s *Server) faultRow(i InjectedFault) web.FaultRow {
	f, mask, rule := i.Fault, s.mask().Text, faults.Rule(i.Fault)
	id := strconv.FormatInt(i.ID, 10)
	row := web.FaultRow{
		ID: id, Operation: mask(f.Operation), Action: mask(rule.Action()),
		Skip: f.Skip, Times: f.Times, Percent: int(f.Probability * 100), Seen: i.Seen, Hit: i.Hit, Spent: i.Spent,
		RemovePath: web.FaultsPath + "/" + id + "/remove",
	}
	if own := f.Operation + ": " + rule.Action(); f.Name != own {
		row.Name = mask(f.Name)
	}
	if f.Grant != 0 {
		row.Only = append(row.Only, web.Field{Name: "Grant", Value: strconv.FormatInt(f.Grant, 10)})
	}
	for _, only := range []web.Field{{Name: "World", Value: f.World}, {Name: "User", Value: f.User}, {Name: "Project", Value: f.Project}, {Name: "Credential", Value: f.Credential}} {
		if only.Value != "" {
			row.Only = append(row.Only, web.Field{Name: only.Name, Value: mask(only.Value)})
		}
	}
	return row
}

// preset is a fault that is often wanted.
type preset struct {
	web.FaultPreset
	fault Fault
}

var presets = []preset{
	{
		web.FaultPreset{ID: "rate-limit", Label: "429 for the next 5", Hint: "With Retry-After: 1. Does the program slow down, and get through?"},
		Fault{Operation: "*", Status: http.StatusTooManyRequests, Times: 5, Header: http.Header{"Retry-After": {"1"}}},
	},
	{
		web.FaultPreset{ID: "lost-answer", Label: "Lost answer of keys.create", Hint: "The next keys are made, and the connection is cut. Does a second try make them twice?"},
		FaultLostAnswer("keys.create"),
	},
	{
		web.FaultPreset{ID: "slow-token", Label: "Slow token endpoint", Hint: "10 seconds late, until removed. Who waits for the token meanwhile?"},
		FaultDelay("oauth2.token", 10*time.Second),
	},
	{
		web.FaultPreset{ID: "server-error", Label: "500 for the next request", Hint: "Whatever it is, and without carrying it out."},
		Fault{Operation: "*", Status: http.StatusInternalServerError, Times: 1},
	},
	{
		web.FaultPreset{ID: "proxy", Label: "502 with HTML for the next", Hint: "The page of a proxy in place of JSON. What does the error say?"},
		Fault{Operation: "*", ProxyPage: true, Times: 1},
	},
}

func (s *Server) addPreset(p *uiPage) (done, error) {
	for _, preset := range presets {
		if preset.ID == p.value("preset") {
			f := preset.fault
			if len(p.chrome.Worlds) > 1 {
				f.World = p.world.Name()
			}
			return s.injectFrom(f)
		}
	}
	return done{}, &formError{"There is no such fault. Choose one of the buttons."}
}

func (s *Server) injectFrom(f Fault) (done, error) {
	if _, err := s.inject([]Fault{f}); err != nil {
		return done{}, &fieldError{field: fieldOf(err), problem: s.mask().Text(sentence(err))}
	}
	return done{notice: web.NoticeFaultAdded, path: web.FaultsPath}, nil
}

// fieldOf is the field that an error of the engine is about, by its first word.
func fieldOf(err error) string {
	first, _, _ := strings.Cut(err.Error(), " ")
	return map[string]string{
		"operation": "operation", "nothing": "kind", "status": "status", "message": "message",
		"delay": "delay", "probability": "percent", "skip": "times",
		"user": "user", "project": "project",
	}[first]
}

// sentence writes an error as a sentence.
func sentence(err error) string {
	text := err.Error()
	return stopped(strings.ToUpper(text[:1]) + text[1:])
}

// stopped ends a sentence with a full stop, unless it is a question.
func stopped(text string) string {
	if strings.HasSuffix(text, "?") {
		return text
	}
	return text + "."
}

func (s *Server) addFault(p *uiPage) (done, error) {
	f := Fault{
		Operation: p.value("operation"), Message: p.value("message"), After: p.value("when") == "after",
		World: p.value("in"), User: p.value("user"), Project: p.value("project"), Credential: p.value("credential"),
	}
	numbers := p.numbers()
	f.Times, f.Skip, f.Status = numbers.of("times"), numbers.of("skip"), numbers.of("status")
	f.Probability = float64(numbers.of("percent")) / 100
	if retry := numbers.of("retry"); retry > 0 {
		f.Header = http.Header{"Retry-After": {strconv.Itoa(retry)}}
	}
	if numbers.err != nil {
		return done{}, numbers.err
	}
	if text := p.value("delay"); text != "" {
		var err error
		if f.Delay, err = formSpan(text); err != nil {
			return done{}, &fieldError{"delay", err.Error()}
		}
	}
	if err := setKind(&f, p.value("kind")); err != nil {
		return done{}, err
	}
	return s.injectFrom(f)
}

// setKind sets what happens.
func setKind(f *Fault, kind string) error {
	switch kind {
	case web.FaultStatus:
		if f.Status == 0 {
			return &fieldError{"status", "An error has a status from 400 to 599, such as 503."}
		}
	case web.FaultLate:
		if f.Delay == 0 {
			return &fieldError{"delay", "A late answer needs a delay, such as 10s."}
		}
	case web.FaultReset:
		f.Reset = true
	case web.FaultTruncated:
		f.Truncate = true
	case web.FaultMalformed:
		f.Malformed = true
	case web.FaultProxy:
		f.ProxyPage = true
	default:
		return &fieldError{"kind", "Choose what happens to the requests."}
	}
	return nil
}

func (s *Server) removeFaults(*uiPage) (done, error) {
	s.ClearFaults()
	return done{notice: web.NoticeFaultsGone, path: web.FaultsPath}, nil
}

func (s *Server) removeFault(p *uiPage) (done, error) {
	id, err := strconv.ParseInt(p.r.PathValue("id"), 10, 64)
	if err != nil || s.ClearFaults(id) == 0 {
		return done{}, &formError{"This fault is not there any more."}
	}
	return done{notice: web.NoticeFaultRemoved, path: web.FaultsPath}, nil
}

// numbers reads fields that hold whole numbers.
type numbers struct {
	page *uiPage
	err  error // about the first that does not
}

func (p *uiPage) numbers() *numbers { return &numbers{page: p} }

// of returns the number in a field, 0 for an empty one.
func (n *numbers) of(field string) int {
	text := n.page.value(field)
	if text == "" {
		return 0
	}
	const most = 1_000_000
	v, err := strconv.Atoi(text)
	if n.err == nil && (err != nil || v < 0 || v > most) {
		n.err = &fieldError{field, fmt.Sprintf("This is a whole number from 0 to %d.", most)}
	}
	return v
}

// formSpan reads a length of time: a number of seconds, or text such as 1h30m.
func formSpan(text string) (time.Duration, error) {
	d, err := signedSpan(text)
	if err == nil && d < 0 {
		return 0, errNoSpan
	}
	return d, err
}

// errNoSpan is a sentence for a page.
var errNoSpan = errors.New("This is no length of time; write 90s, 1h30m, or a number of seconds.") //nolint:staticcheck // a sentence

// signedSpan is formSpan for a field that has its own words for less than
// nothing.
func signedSpan(text string) (time.Duration, error) {
	if seconds, err := strconv.ParseInt(text, 10, 32); err == nil {
		return time.Duration(seconds) * time.Second, nil
	}
	d, err := time.ParseDuration(text)
	switch {
	case err != nil && tooLong(text):
		return 0, errors.New("This is too long a time.") //nolint:staticcheck // a sentence for a page
	case err != nil:
		return 0, errNoSpan
	}
	return d, nil
}
