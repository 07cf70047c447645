package lokalise

import (
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

var (
	encodeOptions = json.JoinOptions(json.Deterministic(true))
	decodeOptions = json.JoinOptions(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
)

// Time is a point in time together with the text that the API wrote for it.
type Time struct {
	// Time is the parsed point in time; zero when the text has a form that is
	// not known.
	Time time.Time
	// Wire is the text as it was read, "2020-06-19 11:42:02 (Etc/UTC)" for
	// most of the API. When it is set it is what is written back.
	Wire string
}

// IsZero reports whether there is neither a time nor a text.
func (t Time) IsZero() bool { return t.Wire == "" && t.Time.IsZero() }

// String returns the text as the API writes it.
func (t Time) String() string {
	if t.Wire != "" || t.Time.IsZero() {
		return t.Wire
	}
	return t.Time.UTC().Format("2006-01-02 15:04:05 (Etc/UTC)")
}

// MarshalJSON writes the text.
func (t Time) MarshalJSON() ([]byte, error) { return json.Marshal(t.String()) }

// UnmarshalJSON reads the text.
func (t *Time) UnmarshalJSON(data []byte) error {
	var s string
	if err := json.Unmarshal(data, &s); err != nil {
		return err
	}
	*t = Time{Wire: s}
	if base, _, ok := strings.Cut(s, " ("); ok {
		t.Time, _ = time.Parse(time.DateTime, base)
	}
	return nil
}
