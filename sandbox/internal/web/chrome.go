package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// FieldToken is the name of the form field that Chrome.Token comes back in.
const FieldToken = "csrf"

// FieldWorld is the name of the query parameter that names a world.
const FieldWorld = "world"

// Chrome is what stands around a page of the console, whatever the page is
// about. Its zero value stands for the default world and a page without forms.
type Chrome struct {
	World   string   // name of the world that the page is about; empty: the default world
	Worlds  []string // names of all worlds, the default one first; fewer than two: no selector
	Token   string   // comes back with every form, in FieldToken
	Notice  Notice   // what the last form did; empty: nothing is said
	Refused *Refused // the form because of which the page is shown again; nil: none
}

// Refused is a form that could not be carried out. The page that it is on is
// shown again, with what was typed.
type Refused struct {
	Form    string // name of the form on its page
	Status  int    // of the page
	Problem string // what is wrong and what to do about it, in one or two sentences
	Field   string // name of the field that it stands beside; empty: above the form
	Values  url.Values
}

// Link is a path within the console, with the world that the page is about and
// the query parameters given as name and value in turn. Empty values are left
// out.
func (c Chrome) Link(path string, pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	if c.World != "" {
		q.Set(FieldWorld, c.World)
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// refused returns the refused form if it has that name.
func (c Chrome) refused(form string) *Refused {
	if c.Refused != nil && c.Refused.Form == form {
		return c.Refused
	}
	return nil
}

// Problem says what was wrong with a form as a whole, or is empty.
func (c Chrome) Problem(form string) string {
	if r := c.refused(form); r != nil && r.Field == "" {
		return r.Problem
	}
	return ""
}

// Value is what a field of a form shows: what was typed, when the form was
// refused, and otherwise the value it begins with.
func (c Chrome) Value(form, field, otherwise string) string {
	if r := c.refused(form); r != nil && r.Values.Has(field) {
		return r.Values.Get(field)
	}
	return otherwise
}

// Chosen tells in the same way whether a check box, a radio button or an option
// with the value is chosen.
func (c Chrome) Chosen(form, field, value string, otherwise bool) bool {
	if r := c.refused(form); r != nil {
		return slices.Contains(r.Values[field], value)
	}
	return otherwise
}

// status is that of the page.
func (c Chrome) status() int {
	if c.Refused != nil {
		return c.Refused.Status
	}
	return http.StatusOK
}

// ConsolePath is above all pages of the console but the home page and the
// journal, so that a program that asks the sandbox for /projects, and forgot
// /api2, is told so and gets no page.
const ConsolePath = "/ui/"

// navigation lists the pages that have a place in the navigation, in its order.
var navigation = []struct{ Path, Label string }{
	{HomePath, "Home"},
	{ProjectsPath, "Projects"},
	{TokensPath, "Tokens"},
	{JournalPath, "Journal"},
	{ScopesPath, "Scopes"},
	{FaultsPath, "Faults"},
	{ClockPath, "Clock"},
	{WebhooksPath, "Webhooks"},
	{FidelityPath, "Fidelity"},
}

// navLink is one place in the navigation of a page.
type navLink struct {
	Href, Label string
	Current     bool
}

// Navigation is the navigation as the page shows it.
func (f frame) Navigation() []navLink {
	links := make([]navLink, len(navigation))
	for i, n := range navigation {
		links[i] = navLink{f.Link(n.Path), n.Label, n.Path == f.Nav}
	}
	return links
}

// IsConsole tells whether a path is one of the console's pages, which are for a
// person and therefore not in the journal.
func IsConsole(path string) bool {
	return path == HomePath || path == JournalPath || strings.HasPrefix(path, JournalPath+"/") || strings.HasPrefix(path, ConsolePath)
}
