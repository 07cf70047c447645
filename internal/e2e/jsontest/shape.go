// Package jsontest compares JSON documents in the ways that the end-to-end
// suites need: by pattern, where the content is known, and by shape, where
// only keys and types are.
package jsontest

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Shape is what is left of JSON documents without their content: the types that
// were seen at each place. A place is written as projects[].settings.branching,
// the document itself as the empty string. The items of an array share one
// place. A member that some of the objects at a place lack has the type absent,
// too.
type Shape map[string][]string

// absent is the type of a member that is not there.
const absent = "absent"

// Of returns the shape that documents have together.
func Of(documents ...[]byte) (Shape, error) {
	seen := count{}
	for _, document := range documents {
		var value any
		if err := json.Unmarshal(document, &value); err != nil {
			return nil, err
		}
		seen.add("", value)
	}
	return seen.shape(), nil
}

// count has how many values of each type were seen at each place.
type count map[string]map[string]int

func (c count) add(place string, value any) {
	if c[place] == nil {
		c[place] = map[string]int{}
	}
	c[place][kindOf(value)]++
	switch value := value.(type) {
	case []any:
		for _, item := range value {
			c.add(place+"[]", item)
		}
	case map[string]any:
		for name, member := range value {
			c.add(join(place, name), member)
		}
	}
}

func (c count) shape() Shape {
	s := Shape{}
	for place, kinds := range c {
		s[place] = slices.Sorted(maps.Keys(kinds))
		if place == "" || strings.HasSuffix(place, "[]") {
			continue
		}
		there := 0
		for _, n := range kinds {
			there += n
		}
		if there < c[parent(place)]["object"] {
			s[place] = append(s[place], absent)
			slices.Sort(s[place])
		}
	}
	return s
}

func kindOf(value any) string {
	switch value.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case float64, json.Number:
		return "number"
	case string:
		return "string"
	case []any:
		return "array"
	default:
		return "object"
	}
}

func join(place, name string) string {
	if place == "" {
		return name
	}
	return place + "." + name
}

// parent is the place that a place lies in. Names with a dot or brackets would
// confuse it; the API has none.
func parent(place string) string {
	if outer, found := strings.CutSuffix(place, "[]"); found {
		return outer
	}
	outer, _, found := cutLast(place, ".")
	if !found {
		return ""
	}
	return outer
}

func cutLast(s, separator string) (before, after string, found bool) {
	if i := strings.LastIndex(s, separator); i >= 0 {
		return s[:i], s[i+len(separator):], true
	}
	return s, "", false
}

// Diff tells in which places a shape differs from a recorded one: what is
// missing, what nobody recorded, and what has another type. Below an empty
// array or a null of the recording nothing is known, so nothing differs there.
// A place that is missing or was not recorded stands for all below it.
func Diff(got, recorded Shape) []string {
	all := maps.Clone(recorded)
	maps.Copy(all, got)
	var differences []string
	settled := map[string]bool{} // places below which nothing is left to say
	for _, place := range slices.Sorted(maps.Keys(all)) {
		if place != "" && settled[parent(place)] {
			settled[place] = true
			continue
		}
		seen, known := got[place], recorded[place]
		switch {
		case seen == nil:
			settled[place] = true
			differences = append(differences, fmt.Sprintf("%s is missing (recorded: %s)", name(place), strings.Join(known, " or ")))
		case known == nil:
			settled[place] = true
			if recorded.knowsBelow(parent(place), place) {
				differences = append(differences, fmt.Sprintf("%s was not recorded (%s)", name(place), strings.Join(seen, " or ")))
			}
		case slices.ContainsFunc(seen, func(kind string) bool { return !slices.Contains(known, kind) }):
			differences = append(differences, fmt.Sprintf("%s is %s (recorded: %s)", name(place), strings.Join(seen, " or "), strings.Join(known, " or ")))
		}
	}
	return differences
}

// knowsBelow tells whether a recording says what lies in a place: an object
// does, an array only of its items, and a null of nothing.
func (s Shape) knowsBelow(outer, place string) bool {
	return slices.Contains(s[outer], "object") && !strings.HasSuffix(place, "[]")
}

func name(place string) string {
	if place == "" {
		return "the document"
	}
	return place
}
