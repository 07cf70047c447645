package lokalise

import (
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/golokalise/lokalise/internal/wire"
)

// Time is a point in time together with the text that the API wrote for it.
//
// The API writes times in several forms: "2020-06-19 11:42:02 (Etc/UTC)" nearly
// everywhere, the same with another zone for exports, RFC 3339 for teams and
// over-the-air resources, Unix seconds in audit events. All of them are read.
type Time struct {
	// Time is the point in time. It is zero when the text has a form that is
	// not known, or a zone that this machine has no data for.
	Time time.Time
	// Wire is the text as it was read. Where it is set, it is what is written.
	Wire string
}

// ParseTime reads a time in any of the API's forms. A text in another form
// gives a Time that holds the text only.
func ParseTime(text string) Time { return Time{Time: parseTime(text), Wire: text} }

// IsZero reports whether there is neither a time nor a text.
func (t Time) IsZero() bool { return t.Wire == "" && t.Time.IsZero() }

// String returns the text as the API writes it.
func (t Time) String() string {
	if t.Wire != "" || t.Time.IsZero() {
		return t.Wire
	}
	return t.Time.UTC().Format("2006-01-02 15:04:05 (Etc/UTC)")
}

// MarshalJSON writes the text, a number for Unix seconds, or null for the zero
// value.
func (t Time) MarshalJSON() ([]byte, error) {
	text := t.String()
	if text == "" {
		return []byte("null"), nil
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil && strconv.FormatInt(n, 10) == text {
		return []byte(text), nil
	}
	return wire.Quote(text), nil
}

// UnmarshalJSON reads a time in any of the API's forms, or null.
func (t *Time) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, t, decodeTime) }

func decodeTime(d *wire.Decoder, t *Time) {
	t.Wire = d.String()
	t.Time = parseTime(t.Wire)
}

func parseTime(text string) time.Time {
	if t, zone, ok := cutClock(text); ok {
		return inZone(t, zone)
	}
	for _, layout := range []string{time.RFC3339Nano, time.DateOnly} {
		if t, err := time.Parse(layout, text); err == nil {
			return t
		}
	}
	if seconds, err := strconv.ParseInt(text, 10, 64); err == nil {
		return time.Unix(seconds, 0).UTC()
	}
	return time.Time{}
}

// cutClock reads "2020-06-19 11:42:02" as if it were UTC and returns what
// stands between the parentheses behind it. A page of keys holds thousands of
// these, so they are not left to time.Parse.
func cutClock(text string) (t time.Time, zone string, ok bool) {
	const form = "2006-01-02 15:04:05"
	if len(text) < len(form) || text[10] != ' ' {
		return t, "", false
	}
	var n [6]int // year, month, day, hour, minute, second
	for i, at := range [...]int{0, 5, 8, 11, 14, 17} {
		size := 2
		if i == 0 {
			size = 4
		}
		value, err := strconv.Atoi(text[at : at+size])
		if err != nil {
			return t, "", false
		}
		n[i] = value
	}
	t = time.Date(n[0], time.Month(n[1]), n[2], n[3], n[4], n[5], 0, time.UTC)
	if zone = text[len(form):]; zone == "" {
		return t, "Etc/UTC", true
	}
	zone, opened := strings.CutPrefix(zone, " (")
	zone, closed := strings.CutSuffix(zone, ")")
	return t, zone, opened && closed
}

// inZone returns the time that a clock in the zone shows as t. Without data for
// the zone there is no telling, and the zero time says so.
func inZone(t time.Time, zone string) time.Time {
	if zone == "Etc/UTC" || zone == "UTC" {
		return t
	}
	loc := location(zone)
	if loc == nil {
		return time.Time{}
	}
	year, month, day := t.Date()
	return time.Date(year, month, day, t.Hour(), t.Minute(), t.Second(), 0, loc)
}

// locations keeps the zones that were looked up, since that reads a file. The
// server names the zones, so their number is bounded.
var locations struct {
	sync.Mutex
	known map[string]*time.Location
}

func location(name string) *time.Location {
	locations.Lock()
	defer locations.Unlock()
	if loc, ok := locations.known[name]; ok {
		return loc
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		loc = nil
	}
	const most = 100
	if locations.known == nil || len(locations.known) >= most {
		locations.known = map[string]*time.Location{}
	}
	locations.known[name] = loc
	return loc
}

// Timestamp is a time in Unix seconds, as the API writes it beside most of its
// times.
type Timestamp int64

// Time returns the point in time, in UTC; the zero time for 0.
func (t Timestamp) Time() time.Time {
	if t == 0 {
		return time.Time{}
	}
	return time.Unix(int64(t), 0).UTC()
}

// Number is a number that the API writes as a JSON number in some answers and
// as a string in others, such as a price. It is written back as it was read.
type Number struct {
	text   string
	quoted bool
}

// Int64 returns the value, and whether it is an integer.
func (n Number) Int64() (int64, bool) {
	v, err := strconv.ParseInt(n.text, 10, 64)
	return v, err == nil
}

// Float64 returns the value, and whether it is a number.
func (n Number) Float64() (float64, bool) {
	v, err := strconv.ParseFloat(n.text, 64)
	return v, err == nil
}

// String returns the digits as they were read.
func (n Number) String() string { return n.text }

// IsZero reports whether there is no number.
func (n Number) IsZero() bool { return n == Number{} }

// MarshalJSON writes the number in the form in which it was read.
func (n Number) MarshalJSON() ([]byte, error) {
	switch {
	case n.quoted:
		return wire.Quote(n.text), nil
	case n.text == "":
		return []byte("null"), nil
	default:
		return []byte(n.text), nil
	}
}

// UnmarshalJSON reads a number, a string that holds one, or null.
func (n *Number) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, n, decodeNumber) }

func decodeNumber(d *wire.Decoder, n *Number) {
	n.quoted = d.Kind() == '"'
	n.text = d.String()
}
