package sandbox

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/golokalise/lokalise/sandbox/internal/advisor"
	"github.com/golokalise/lokalise/sandbox/internal/web"
)

// ScopeReport says which scopes a program needs, going by the requests that it
// sent to a sandbox: run the program, or its tests, and ask. A scope for what
// the program can do but did not do is not in it.
type ScopeReport struct {
	Requests int         `json:"requests"` // looked at
	Needed   []ScopeNeed `json:"needed"`   // by name of the scope
	// Unused are scopes that the program's OAuth tokens hold and that no
	// request took. An app should not ask its users for them.
	Unused []string `json:"unused"`
	// Unknown are operations that were used and whose scope nobody has
	// written down. They need to be asked about.
	Unknown []ScopeUse `json:"unknown"`
	// Closed are operations that were used, with a personal token, and that
	// no OAuth token opens: the app cannot have them.
	Closed []ScopeUse `json:"closed"`
}

// ScopeNeed is a scope and what it was needed for.
type ScopeNeed struct {
	Scope      string     `json:"scope"`
	Operations []ScopeUse `json:"operations"`
	// Missing reports that requests were refused because the token lacked it.
	Missing bool `json:"missing,omitempty"`
}

// ScopeUse is an operation that was used.
type ScopeUse struct {
	Operation string `json:"operation"` // for example keys.list
	Requests  int    `json:"requests"`
	// Basis is how it is known that the operation takes the scope, as in
	// docs/operations.md: documented, vendor_text, third_party, inferred …
	Basis string `json:"basis"`
}

// Scopes sums up the requests to the sandbox's default world since the last
// reset.
func (s *Server) Scopes() ScopeReport { return s.scopesOf(s.universe.Default().Name) }

// scopesOf is the report of a world by name.
func (s *Server) scopesOf(world string) ScopeReport {
	seen := s.advisor.Report(world)
	report := ScopeReport{
		Requests: seen.Requests, Unused: append([]string{}, seen.Unused...), Needed: []ScopeNeed{},
		Unknown: scopeUses(seen.Unknown), Closed: scopeUses(seen.Closed),
	}
	for _, n := range seen.Needed {
		report.Needed = append(report.Needed, ScopeNeed{Scope: n.Scope, Operations: scopeUses(n.Operations), Missing: n.Missing})
	}
	return report
}

func scopeUses(ops []advisor.Operation) []ScopeUse {
	uses := make([]ScopeUse, len(ops))
	for i, op := range ops {
		uses[i] = ScopeUse{Operation: op.ID, Requests: op.Requests, Basis: op.Basis}
	}
	return uses
}

// Names lists the needed scopes, as [oauth.Config] takes them.
//
// [oauth.Config]: https://pkg.go.dev/github.com/golokalise/lokalise/oauth#Config
func (r ScopeReport) Names() []string {
	names := make([]string, len(r.Needed))
	for i, n := range r.Needed {
		names[i] = n.Scope
	}
	return names
}

// Letter writes to Lokalise's support for an OAuth app with the needed scopes.
// Apps are registered by letter only; what has to be in it is documented:
// title, logo and scopes, and if wanted a description and a link
// (https://developers.lokalise.com/docs/oauth-2-flow). What the sandbox cannot
// know stands in square brackets.
func (r ScopeReport) Letter() string {
	var b strings.Builder
	b.WriteString(`Subject: Registration of an OAuth 2 app

Hello,

please register an OAuth 2 app for us:

Title:        [name of the app]
Description:  [one sentence about what it does]
Link:         [https://…]
Redirect URI: [https://…/callback]
Logo:         [attached, PNG or JPG, 150 × 150 pixels]

`)
	if len(r.Needed) == 0 {
		b.WriteString("Scopes: [none: no request took one]\n")
	} else {
		b.WriteString("Scopes, with what the app uses them for:\n\n")
	}
	for _, n := range r.Needed {
		title, _, _ := web.DescribeScope(n.Scope)
		fmt.Fprintf(&b, "- %s: %s (%s)\n", n.Scope, lowerFirst(title), strings.Join(operationIDs(n.Operations), ", "))
	}
	if len(r.Unknown) > 0 {
		b.WriteString("\nThe app also uses the following operations, whose scope we could not find in\nyour documentation. Please tell us which they take, and add them:\n\n")
		for _, u := range r.Unknown {
			fmt.Fprintf(&b, "- %s\n", u.Operation)
		}
	}
	b.WriteString("\nKind regards\n[your name]\n")
	return b.String()
}

func operationIDs(uses []ScopeUse) []string {
	ids := make([]string, len(uses))
	for i, u := range uses {
		ids[i] = u.Operation
	}
	return ids
}

func lowerFirst(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// getScopes answers with the report of the default world or of the one that
// the query names.
func (s *Server) getScopes(w http.ResponseWriter, r *http.Request) {
	world, ok := s.worldOfQuery(w, r)
	if !ok {
		return
	}
	if world == nil {
		world = s.universe.Default()
	}
	report := s.scopesOf(world.Name)
	writeControl(w, http.StatusOK, struct {
		ScopeReport
		Letter string `json:"letter"`
	}{report, report.Letter()})
}
