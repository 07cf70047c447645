package web

import "net/http"

// ScopesPath is the page that says which scopes a program needs.
const ScopesPath = ConsolePath + "scopes"

// ScopesView sums up which scopes the requests to a world took.
type ScopesView struct {
	Chrome   Chrome
	Requests int // looked at
	Needed   []NeededScope
	Unused   []string // held by the program's tokens, taken by no request
	Unknown  []UsedOperation
	Closed   []UsedOperation
	Letter   string // that asks for an app with these scopes
}

// NeededScope is a scope and what it was needed for.
type NeededScope struct {
	Scope      string
	Missing    bool // a request was refused because the token lacked it
	Operations []UsedOperation
}

// UsedOperation is an operation of the API that was used.
type UsedOperation struct {
	ID       string
	Requests int
	Basis    string // how it is known that it takes the scope
}

// Title says in plain words what the scope opens.
func (s NeededScope) Title() string {
	title, _, _ := DescribeScope(s.Scope)
	return title
}

// ScopeReport writes the page.
func ScopeReport(w http.ResponseWriter, v ScopesView) {
	render(w, v.Chrome.status(), "scopes", frame{Title: "Scopes", Nav: ScopesPath, Chrome: v.Chrome, View: v})
}
