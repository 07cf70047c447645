package faults

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Call is a request that a rule may be for.
type Call struct {
	Operations []string // names it goes by, for example oauth2.token and oauth2.refresh
	World      string
	UserID     int64
	Email      string
	Project    string // id, without a branch
	Grant      int64  // of the OAuth token; 0: none
	Credential string // kind, as the journal has it
}

func (r *Rule) matches(c *Call) bool {
	return r.isFor(c.Operations) &&
		(r.World == "" || r.World == c.World) &&
		(r.User == "" || strings.EqualFold(r.User, c.Email) || r.User == strconv.FormatInt(c.UserID, 10)) &&
		(r.Project == "" || r.Project == c.Project) &&
		(r.Grant == 0 || r.Grant == c.Grant) &&
		(r.Credential == "" || r.Credential == c.Credential)
}

// patterns are the parts of Operation.
func (r *Rule) patterns() []string {
	return strings.FieldsFunc(r.Operation, func(c rune) bool { return c == ',' || c == ' ' })
}

func (r *Rule) isFor(operations []string) bool {
	for _, pattern := range r.patterns() {
		for _, operation := range operations {
			if matched, err := path.Match(pattern, operation); err == nil && matched {
				return true
			}
		}
	}
	return false
}

// checkOperation refuses names that no operation has, and suggests the closest
// one.
func (r *Rule) checkOperation(known []string) error {
	patterns := r.patterns()
	if len(patterns) == 0 {
		return errors.New(`operation is missing; name one, such as keys.create, or several, such as keys.*`)
	}
	for _, pattern := range patterns {
		one := Rule{Operation: pattern}
		if !one.isFor(known) {
			return fmt.Errorf("operation %.80q is not known; did you mean %s?", pattern, closest(pattern, known))
		}
	}
	return nil
}

// closest is the name with the fewest characters to change.
func closest(name string, known []string) string {
	name = name[:min(len(name), 80)]
	return slices.MinFunc(known, func(a, b string) int { return distance(name, a) - distance(name, b) })
}

// distance is the number of bytes to add, drop or replace (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			replaced := diagonal
			if a[i] != b[j] {
				replaced++
			}
			diagonal = row[j+1]
			row[j+1] = min(replaced, diagonal+1, row[j]+1)
		}
	}
	return row[len(b)]
}
