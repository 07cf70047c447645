package demo

import (
	"context"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/trace"
)

// step is one step of the demo as it is planned.
type step struct {
	// id names the step in the JSON output; scripts rely on it.
	id string
	// title and about explain the step, in a few words and in one sentence.
	title, about string
	// run does it and says in one line what came of it. It fails when anything
	// is not as it should be.
	run func(ctx context.Context, shown *trace.Exchange) (result string, err error)
}

// record is one step as it went, and a line of the JSON output.
type record struct {
	Step     string          `json:"step"`
	Title    string          `json:"title"`
	OK       bool            `json:"ok"`
	Request  *trace.Request  `json:"request,omitempty"`
	Response *trace.Response `json:"response,omitempty"`
	Error    string          `json:"error,omitempty"`

	about, result string
}

// newRecord writes down how a step went. The step may have set what to show;
// otherwise the last exchange that was recorded meanwhile is shown.
func newRecord(s step, shown trace.Exchange, recorded []trace.Exchange, result string, err error) record {
	if n := len(recorded); n > 0 && shown.Request == nil && shown.Response == nil {
		shown = recorded[n-1]
	}
	r := record{
		Step: s.id, Title: s.title, OK: err == nil,
		Request: shown.Request, Response: shown.Response,
		about: s.about, result: result,
	}
	if err != nil {
		r.Error = err.Error()
	}
	return r
}

// printer shows the demo to a person or to a program.
type printer interface {
	// start is called once, before the first step.
	start(sandboxURL string) error
	// step is called after each step.
	step(number int, r record) error
	// ask tells the person to open the authorization URL.
	ask(authURL string, opts *Options) error
	// note says something on the way.
	note(text string) error
	// end is called after the last step when all went well.
	end(steps int) error
}

func newPrinter(opts *Options) printer {
	if opts.JSON {
		return &jsonPrinter{out: opts.IO.Out, person: opts.IO.Err}
	}
	return newTextPrinter(opts.IO, opts.Program)
}
