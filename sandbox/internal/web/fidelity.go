package web

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// FidelityPath is the page that says how sure each field of the sandbox is.
const FidelityPath = ConsolePath + "fidelity"

// FidelityView is what is known of the operations.
type FidelityView struct {
	Chrome     Chrome
	Filter     FidelityFilter
	Operations []*OperationFidelity // all of them; this package filters
}

// OperationFidelity is what is known of one operation, its fields by path.
type OperationFidelity struct {
	ID         string
	Answer     string // how sure the answer is as a whole, in Markdown; empty: not modeled
	Note       string // what is assumed, in Markdown
	Recordings int    // responses that the answers were compared with

	Recorded, Documented, Assumed []string // members of the answer
	Modeled, Accepted, Ignored    []string // parameters: with effect, without, not read

	Differences []FidelityDifference
}

// FidelityDifference is a reason for differences from recordings, and these.
type FidelityDifference struct {
	Why  string
	What []string
}

// fieldList is a list of fields under a heading.
type fieldList struct {
	Label string
	Names []string
}

// Lists are the fields of an operation, what a program should not depend on
// first. Empty lists are left out.
func (o *OperationFidelity) Lists() []fieldList {
	lists := []fieldList{
		{"Assumed", o.Assumed},
		{"Documented", o.Documented},
		{"Recorded", o.Recorded},
		{"Parameters that are not read", o.Ignored},
		{"Parameters without effect", o.Accepted},
		{"Parameters", o.Modeled},
	}
	for _, d := range o.Differences {
		lists = append(lists, fieldList{"Differs, since " + d.Why, d.What})
	}
	return slices.DeleteFunc(lists, func(l fieldList) bool { return len(l.Names) == 0 })
}

// FidelityFilter narrows the operations down. The zero value matches all.
type FidelityFilter struct {
	Text string // in the id, a field or a note, ignoring case
	Show string // the Value of a fidelityKind; empty: all
}

// fidelityKind is a choice of operations.
type fidelityKind struct {
	Value, Label string
	fits         func(o *OperationFidelity) bool
}

var fidelityKinds = []fidelityKind{
	{"assumed", "With assumed members", func(o *OperationFidelity) bool { return len(o.Assumed) > 0 }},
	{"documented", "With members that are only documented", func(o *OperationFidelity) bool { return len(o.Documented) > 0 }},
	{"unread", "With parameters without effect", func(o *OperationFidelity) bool { return len(o.Accepted)+len(o.Ignored) > 0 }},
	{"different", "With differences from recordings", func(o *OperationFidelity) bool { return len(o.Differences) > 0 }},
	{"missing", "Not modeled", func(o *OperationFidelity) bool { return o.Answer == "" }},
}

// ParseFidelityFilter reads a filter from the query that the page's form sends.
// A choice it does not know counts as none.
func ParseFidelityFilter(q url.Values) FidelityFilter {
	f := FidelityFilter{Text: strings.TrimSpace(q.Get("text"))}
	show := q.Get("show")
	if slices.ContainsFunc(fidelityKinds, func(k fidelityKind) bool { return k.Value == show }) {
		f.Show = show
	}
	return f
}

func (f FidelityFilter) match(o *OperationFidelity) bool {
	for _, k := range fidelityKinds {
		if k.Value == f.Show && !k.fits(o) {
			return false
		}
	}
	text := strings.ToLower(f.Text)
	has := func(s string) bool { return strings.Contains(strings.ToLower(s), text) }
	if has(o.ID) || has(o.Answer) || has(o.Note) {
		return true
	}
	for _, fields := range [][]string{o.Recorded, o.Documented, o.Assumed, o.Modeled, o.Accepted, o.Ignored} {
		if slices.ContainsFunc(fields, has) {
			return true
		}
	}
	return false
}

// Fidelity writes the page.
func Fidelity(w http.ResponseWriter, v FidelityView) {
	p := fidelityPage{FidelityView: v, Kinds: fidelityKinds, Total: len(v.Operations), Filtered: v.Filter != FidelityFilter{}}
	p.Operations = nil
	for _, o := range v.Operations {
		if v.Filter.match(o) {
			shown := *o
			shown.Answer, shown.Note = withoutMarkup(o.Answer), withoutMarkup(o.Note)
			p.Operations = append(p.Operations, &shown)
		}
	}
	render(w, v.Chrome.status(), "fidelity", frame{Title: "Fidelity", Nav: FidelityPath, Chrome: v.Chrome, View: p})
}

type fidelityPage struct {
	FidelityView
	Kinds    []fidelityKind
	Total    int
	Filtered bool
}

var markdownLink = regexp.MustCompile(`\[([^\]]*)\]\([^)]*\)`)

// withoutMarkup is the text of a note: code without its quotes, links without
// their addresses, which lead into the repository.
func withoutMarkup(markdown string) string {
	return strings.ReplaceAll(markdownLink.ReplaceAllString(markdown, "$1"), "`", "")
}
