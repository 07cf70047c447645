package web

import "net/http"

// FaultsPath is the page about faults.
const FaultsPath = ConsolePath + "faults"

// Names of the forms on the page about faults.
const (
	FormFault  = "add-fault"
	FormPreset = "preset"
	FormRemove = "remove-fault"
)

// What can happen to a request, as the form calls it.
const (
	FaultStatus    = "status"
	FaultLate      = "late"
	FaultReset     = "reset"
	FaultTruncated = "truncated"
	FaultMalformed = "malformed"
	FaultProxy     = "proxy"
)

// FaultRow is a fault and what it has done. Secrets in it are masked.
type FaultRow struct {
	ID         string
	Name       string // empty: it has none of its own
	Operation  string
	Action     string  // what happens
	Only       []Field // what narrows it down, beside the operation
	Skip       int
	Times      int // 0: no end
	Percent    int // of the requests; 0: all
	Seen, Hit  int
	Spent      bool
	RemovePath string // where the form that removes it is sent
}

// FaultPreset is a fault that is added by one button.
type FaultPreset struct{ ID, Label, Hint string }

// FaultsView is the page about faults.
type FaultsView struct {
	Chrome      Chrome
	Rows        []FaultRow
	Presets     []FaultPreset
	Operations  []string // to choose from
	Credentials []string // kinds to choose from
}

// Faults writes the page.
func Faults(w http.ResponseWriter, v FaultsView) {
	render(w, v.Chrome.status(), "faults", frame{Title: "Faults", Nav: FaultsPath, Chrome: v.Chrome, View: faultsPage{v, faultKinds}})
}

type faultsPage struct {
	FaultsView
	Kinds []faultKind
}

type faultKind struct{ ID, Label string }

var faultKinds = []faultKind{
	{FaultStatus, "an error with the status below"},
	{FaultLate, "a late answer, nothing else"},
	{FaultReset, "the connection is cut, no answer"},
	{FaultTruncated, "half of the announced answer"},
	{FaultMalformed, "broken JSON"},
	{FaultProxy, "the HTML page of a proxy"},
}
