package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/golokalise/lokalise/internal/redact"
)

// members are the settings that a body of the control plane may have, each with
// where it goes. A name that is not among them is refused with those that are:
// a misspelled setting would silently do nothing.
type members map[string]any

// UnmarshalJSON implements json.Unmarshaler. A member that is null is left as
// it is.
func (m members) UnmarshalJSON(data []byte) error {
	var given map[string]json.RawMessage
	if err := json.Unmarshal(data, &given); err != nil {
		return errors.New("it is no JSON object")
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		into, known := m[name]
		if !known {
			return fmt.Errorf("%q is not known; %s", shown(name), m.names())
		}
		if err := json.Unmarshal(given[name], into); err != nil {
			return fmt.Errorf("%s: %w", name, plainError(err))
		}
	}
	return nil
}

// names lists the known members.
func (m members) names() string {
	if len(m) == 0 {
		return "there are none here"
	}
	return "there are " + strings.Join(slices.Sorted(maps.Keys(m)), ", ")
}

// shown is a name that somebody sent by mistake: no name of the control plane
// is as long as a secret.
func shown(name string) string {
	const longest = 23
	if len(name) > longest {
		return redact.Secret(name)
	}
	return name
}

// plainError says what is expected without naming types of Go.
func plainError(err error) error {
	var mismatch *json.UnmarshalTypeError
	if !errors.As(err, &mismatch) {
		return err
	}
	return fmt.Errorf("a %s does not fit; a %s is expected", kindName(mismatch.Value), kindName(mismatch.Type.Kind().String()))
}

func kindName(kind string) string {
	switch {
	case strings.HasPrefix(kind, "int"), strings.HasPrefix(kind, "uint"):
		return "whole number"
	case strings.HasPrefix(kind, "float"):
		return "number"
	case kind == "slice", kind == "array":
		return "list"
	case kind == "bool":
		return "boolean"
	case kind == "struct", kind == "map", kind == "object":
		return "JSON object"
	}
	return kind
}

// span is a duration in the control plane: seconds as a number, or text such as
// "1h30m". It is written as a number of seconds.
type span time.Duration

// UnmarshalJSON implements json.Unmarshaler.
func (d *span) UnmarshalJSON(data []byte) error {
	var seconds float64
	if err := json.Unmarshal(data, &seconds); err == nil {
		if math.Abs(seconds) > math.MaxInt64/float64(time.Second)/2 {
			return errors.New("the number of seconds is out of range")
		}
		*d = span(seconds * float64(time.Second))
		return nil
	}
	var text string
	if err := json.Unmarshal(data, &text); err != nil {
		return errors.New(`a number of seconds is expected, or text such as "1h30m"`)
	}
	parsed, err := time.ParseDuration(text)
	switch {
	case err != nil && tooLong(text):
		return fmt.Errorf("%.40q is too long a time; there are up to 292 years", text)
	case err != nil:
		return fmt.Errorf("%.40q is no duration such as \"1h30m\"", text)
	}
	*d = span(parsed)
	return nil
}

// written is the form of a duration in Go, whatever its length.
var written = regexp.MustCompile(`^[-+]?((\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h))+$`)

// tooLong tells why time.ParseDuration refused a text: its form is right.
func tooLong(text string) bool { return written.MatchString(text) }

// MarshalJSON implements json.Marshaler.
func (d span) MarshalJSON() ([]byte, error) { return json.Marshal(time.Duration(d).Seconds()) }
