package web

// IsRefused tells whether the page is shown again because of the form.
func (c Chrome) IsRefused(form string) bool { return c.refused(form) != nil }

// fieldProblem is what is wrong with a field of a form.
type fieldProblem struct {
	Field   string
	Problem string // empty: nothing
	Hint    bool   // the field has a hint, whose id is the field's with -hint
}

// Invalid says what is wrong with a field, for the templates "invalid", which
// belongs into the tag of the field, and "field-problem", which stands below it.
func (c Chrome) Invalid(form, field string, hint bool) fieldProblem {
	p := fieldProblem{Field: field, Hint: hint}
	if r := c.refused(form); r != nil && r.Field == field {
		p.Problem = r.Problem
	}
	return p
}
