package jsontest

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Match tells in which places a document differs from a pattern. A pattern is
// JSON and means itself, but for strings: "~" and a regular expression means a
// string that matches it as a whole, and "#" means any number.
//
// It panics when the pattern is broken.
func Match(document []byte, pattern string) []string {
	var want, got any
	if err := json.Unmarshal([]byte(pattern), &want); err != nil {
		panic(fmt.Sprintf("jsontest: pattern: %v", err))
	}
	if err := json.Unmarshal(document, &got); err != nil {
		return []string{fmt.Sprintf("no JSON: %v in %.200q", err, document)}
	}
	return match("", got, want)
}

// AssertMatch fails the test for every place in which a document differs from
// a pattern.
func AssertMatch(tb testing.TB, document []byte, pattern string) {
	tb.Helper()
	if differences := Match(document, pattern); differences != nil {
		tb.Errorf("%s\nin %s", strings.Join(differences, "\n"), document)
	}
}

func match(place string, got, want any) []string {
	switch want := want.(type) {
	case map[string]any:
		if got, ok := got.(map[string]any); ok {
			return matchObject(place, got, want)
		}
	case []any:
		if got, ok := got.([]any); ok {
			return matchArray(place, got, want)
		}
	case string:
		if fits(got, want) {
			return nil
		}
	default:
		if got == want {
			return nil
		}
	}
	return []string{fmt.Sprintf("%s is %s, want %s", name(place), text(got), text(want))}
}

func fits(got any, want string) bool {
	if want == "#" {
		_, ok := got.(float64)
		return ok
	}
	s, ok := got.(string)
	if expression, isPattern := strings.CutPrefix(want, "~"); isPattern {
		return ok && regexp.MustCompile("^(?:"+expression+")$").MatchString(s)
	}
	return ok && s == want
}

func matchObject(place string, got, want map[string]any) []string {
	all := maps.Clone(want)
	maps.Copy(all, got)
	var differences []string
	for _, member := range slices.Sorted(maps.Keys(all)) {
		g, seen := got[member]
		w, wanted := want[member]
		at := join(place, member)
		switch {
		case !seen:
			differences = append(differences, at+" is missing")
		case !wanted:
			differences = append(differences, fmt.Sprintf("%s is there: %s", at, text(g)))
		default:
			differences = append(differences, match(at, g, w)...)
		}
	}
	return differences
}

func matchArray(place string, got, want []any) []string {
	if len(got) != len(want) {
		return []string{fmt.Sprintf("%s has %d items, want %d", name(place), len(got), len(want))}
	}
	var differences []string
	for i := range want {
		differences = append(differences, match(fmt.Sprintf("%s[%d]", place, i), got[i], want[i])...)
	}
	return differences
}

func text(value any) string {
	data, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprint(value)
	}
	return string(data)
}
