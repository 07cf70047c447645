package web

import "net/http"

// ProblemView is an error page. UnknownClient and the other functions of this
// package that return one have the sandbox's wording.
type ProblemView struct {
	Title   string   // what is wrong, as a short sentence without a period
	Message string   // what that means
	Fixes   []string // what to do about it, one step each
	Details []ProblemDetail
}

// ProblemDetail sets a value that was sent against what would be right.
type ProblemDetail struct {
	Name     string   // parameter or header
	Given    string   // as received; shortened on the page
	Expected []string // what is registered or known; empty: nothing is shown
}

// Problem writes an error page with the given status. It never redirects.
func Problem(w http.ResponseWriter, status int, v ProblemView) {
	render(w, status, "problem", frame{Title: v.Title, View: newProblemPage(status, v)})
}

type problemPage struct {
	ProblemView
	Status     int
	StatusText string
}

const (
	maxGiven    = 300 // characters of a value that is shown back
	maxExpected = 60  // values offered
)

func newProblemPage(status int, v ProblemView) problemPage {
	details := make([]ProblemDetail, len(v.Details))
	for i, d := range v.Details {
		d.Given = shorten(d.Given, maxGiven)
		d.Expected = d.Expected[:min(len(d.Expected), maxExpected)]
		details[i] = d
	}
	v.Details = details
	return problemPage{ProblemView: v, Status: status, StatusText: http.StatusText(status)}
}
