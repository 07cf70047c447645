package fidelity

import (
	"fmt"
	"strings"
)

// The generated part of docs/sandbox-fidelity.md stands between these lines.
const (
	begin = "<!-- begin generated: fields.json and notes.json of sandbox/internal/fidelity; make generate -->"
	end   = "<!-- end generated -->"
)

// markdown is that part: a row for each operation, and lists of the fields that
// need a second look.
func markdown() string {
	var b strings.Builder
	b.WriteString("| operation | answer | members recorded / documented / assumed | what is assumed |\n| --- | --- | --- | --- |\n")
	for _, o := range Operations() {
		if o.IsModeled() {
			fmt.Fprintf(&b, "| `%s` | %s | %d / %d / %d | %s |\n",
				o.ID, o.Note.Answer, len(o.Recorded), len(o.Documented), len(o.Assumed), o.Note.Assumed)
		}
	}
	section(&b, "Members of answers that nobody recorded",
		"Documented are those that the official Node SDK has in its interfaces or fixtures. All others of the table were recorded.",
		"documented", func(o *Operation) []string { return o.Documented },
		"assumed", func(o *Operation) []string { return o.Assumed })
	section(&b, "Parameters without effect",
		"All other documented parameters are read and have an effect. What nobody reads of a request is listed in the journal.",
		"read, without effect", func(o *Operation) []string { return o.Accepted },
		"not read", func(o *Operation) []string { return o.Ignored })
	differences(&b)
	return b.String()
}

// section is a table with two columns of fields, for the operations that have
// some.
func section(b *strings.Builder, title, text, first string, inFirst func(*Operation) []string, second string, inSecond func(*Operation) []string) {
	fmt.Fprintf(b, "\n### %s\n\n%s\n\n| operation | %s | %s |\n| --- | --- | --- |\n", title, text, first, second)
	for _, o := range Operations() {
		one, two := inFirst(&o), inSecond(&o)
		if o.IsModeled() && len(one)+len(two) > 0 {
			fmt.Fprintf(b, "| `%s` | %s | %s |\n", o.ID, code(one), code(two))
		}
	}
}

func code(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return "`" + strings.Join(names, "`, `") + "`"
}

// differences is a table of what differs from recordings, one row for each
// reason of an operation.
func differences(b *strings.Builder) {
	b.WriteString("\n### Differences from recordings\n\n")
	b.WriteString("Each answer was compared with every recording of its operation, member by member and type by type.\n\n")
	b.WriteString("| operation | difference | why |\n| --- | --- | --- |\n")
	for _, o := range Operations() {
		for _, d := range o.ByReason() {
			fmt.Fprintf(b, "| `%s` | %s | %s |\n", o.ID, strings.Join(d.What, "; "), d.Why)
		}
	}
}

// Reason is a reason for differences, and these.
type Reason struct {
	Why  string
	What []string
}

// ByReason groups the differences of an operation by their reason, in the order
// in which these come first.
func (o *Operation) ByReason() []Reason {
	var reasons []Reason
next:
	for _, d := range o.Differences {
		for i := range reasons {
			if reasons[i].Why == d.Why {
				reasons[i].What = append(reasons[i].What, d.What)
				continue next
			}
		}
		reasons = append(reasons, Reason{d.Why, []string{d.What}})
	}
	return reasons
}
