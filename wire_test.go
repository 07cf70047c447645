package lokalise_test

import (
	"testing"
	"time"

	"github.com/golokalise/lokalise"
)

func TestTimesInEveryForm(t *testing.T) {
	t.Parallel()
	utc := func(year int, month time.Month, day, hour, minute, second, nanos int) time.Time {
		return time.Date(year, month, day, hour, minute, second, nanos, time.UTC)
	}
	cases := map[string]time.Time{
		`"2020-06-19 11:42:02 (Etc/UTC)"`:       utc(2020, 6, 19, 11, 42, 2, 0),
		`"2025-02-17 17:44:02 (Europe/Berlin)"`: utc(2025, 2, 17, 16, 44, 2, 0),
		`"2025-07-17 17:44:02 (Europe/Berlin)"`: utc(2025, 7, 17, 15, 44, 2, 0),
		`"2018-08-21T17:35:25+02:00"`:           utc(2018, 8, 21, 15, 35, 25, 0),
		`"2023-08-23T11:21:29.827Z"`:            utc(2023, 8, 23, 11, 21, 29, 827_000_000),
		`"2026-07-17"`:                          utc(2026, 7, 17, 0, 0, 0, 0),
		`"2026-07-17 09:30:00"`:                 utc(2026, 7, 17, 9, 30, 0, 0),
		`1753267304`:                            utc(2025, 7, 23, 10, 41, 44, 0),
		`"0000-00-00 00:00:00"`:                 utc(-1, 11, 30, 0, 0, 0, 0), // what PHP makes of no date
		// Forms that are not known are kept as they are.
		`"yesterday"`:                          {},
		`"2020-06-19 11:42:02 (Mars/Base)"`:    {},
		`"2020-06-19 11:42:02 Etc/UTC"`:        {},
		`"2020-06-19 aa:42:02 (Etc/UTC)"`:      {},
		`"2020-06-19 11:42:02 (../../passwd)"`: {},
		`null`:                                 {},
	}
	for pkg, p := range packages {
		for text, want := range cases {
			var got lokalise.Time
			if err := p.unmarshal([]byte(text), &got); err != nil || !got.Time.Equal(want) {
				t.Errorf("%s: %s is %v, want %v (%v)", pkg, text, got.Time, want, err)
			}
			if out, err := p.marshal(got); err != nil || string(out) != text {
				t.Errorf("%s: %s is written as %s, %v", pkg, text, out, err)
			}
		}
		var got lokalise.Time
		if err := p.unmarshal([]byte(`{"a":1}`), &got); err == nil {
			t.Errorf("%s: an object passed for a time", pkg)
		}
	}
}

func TestTimeWithoutTextIsWrittenAsTheAPIDoes(t *testing.T) {
	t.Parallel()
	at := lokalise.Time{Time: time.Date(2026, 3, 2, 9, 15, 0, 0, time.FixedZone("", 3600))}
	if at.String() != "2026-03-02 08:15:00 (Etc/UTC)" || at.IsZero() {
		t.Errorf("got %s", at)
	}
	if got := lokalise.ParseTime(at.String()); !got.Time.Equal(at.Time) {
		t.Errorf("read back as %v", got.Time)
	}
	if !(lokalise.Time{}).IsZero() || (lokalise.Time{Wire: "x"}).IsZero() {
		t.Error("IsZero is wrong")
	}
}

func TestTimestamp(t *testing.T) {
	t.Parallel()
	if got := lokalise.Timestamp(1772439300).Time(); !got.Equal(time.Date(2026, 3, 2, 8, 15, 0, 0, time.UTC)) {
		t.Errorf("got %v", got)
	}
	if !lokalise.Timestamp(0).Time().IsZero() {
		t.Error("0 is a time")
	}
}

func TestNumberIsWrittenAsItWasRead(t *testing.T) {
	t.Parallel()
	for pkg, p := range packages {
		for text, want := range map[string]float64{`0.1`: 0.1, `"0.0729927"`: 0.0729927, `1774`: 1774, `"1774"`: 1774, `null`: 0, `""`: 0, `"x"`: 0} {
			var n lokalise.Number
			if err := p.unmarshal([]byte(text), &n); err != nil {
				t.Errorf("%s: %s: %v", pkg, text, err)
			}
			if f, ok := n.Float64(); f != want || ok != (want != 0) {
				t.Errorf("%s: %s is %v, %v", pkg, text, f, ok)
			}
			if i, ok := n.Int64(); ok != (want == 1774) || ok && i != 1774 {
				t.Errorf("%s: %s is the integer %v, %v", pkg, text, i, ok)
			}
			if out, err := p.marshal(n); err != nil || string(out) != text {
				t.Errorf("%s: %s is written as %s, %v", pkg, text, out, err)
			}
			if n.IsZero() != (text == "null") {
				t.Errorf("%s: %s: IsZero is %v", pkg, text, n.IsZero())
			}
		}
	}
}
