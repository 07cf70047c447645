package wire_test

import (
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/internal/wire"
)

// anyOf reads any value as encoding/json does.
func anyOf(d *wire.Decoder) any {
	switch d.Kind() {
	case '{':
		m := map[string]any{}
		for ok := d.Object(); ok; ok = d.Next() {
			name := string(d.Name())
			m[name] = anyOf(d)
		}
		return m
	case '[':
		a := []any{}
		for ok := d.Array(); ok; ok = d.Next() {
			a = append(a, anyOf(d))
		}
		return a
	case '"':
		return d.String()
	case 't', 'f':
		return d.Bool()
	case 'n':
		d.Null()
		return nil
	default:
		return json.Number(d.RawText())
	}
}

func FuzzDecoderReadsWhatEncodingJSONReads(f *testing.F) {
	for _, seed := range []string{
		`{"a": [1, -2.5e+3, true, false, null, "x"], "b": {"c": {}}, "d": []}`, `"\u00e9\n\"\\\/\b\f\r\t"`,
		`"\ud83d\ude00 \ud83d \ude00\ud83d\u0041"`, `"\\"`, `"\\\""`, `{"\"": "\\\\"}`, ` [ ] `, `7`, `"é😀"`,
		"\"\xff\"", `[[[[{"a":[{}]}]]]]`, `["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "aaaa", "aaaaaaaa"]`,
	} {
		f.Add([]byte(seed))
	}
	var d wire.Decoder // used again and again, as a real one is
	f.Fuzz(func(t *testing.T, text []byte) {
		dec := json.NewDecoder(strings.NewReader(string(text)))
		dec.UseNumber()
		var want any
		if err := dec.Decode(&want); err != nil || dec.More() {
			return // package jsontext refuses such a text before a Decoder sees it
		}
		d.Reset(text)
		got := anyOf(&d)
		if err := d.Err(); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: got %#v, want %#v (%v)", text, got, want, err)
		}
		d.Reset(text)
		if raw := d.Raw(); string(raw) != strings.TrimSpace(string(text[:len(raw)+strings.Index(string(text), string(raw))])) {
			t.Errorf("%q: raw text is %q", text, raw)
		}
	})
}

func TestValuesThatDoNotFitAreReportedOnceWithTheirPlace(t *testing.T) {
	t.Parallel()
	var d wire.Decoder
	d.Reset([]byte(`{"a": [0, {"b/c": "x"}], "d": {}, "e": 5}`))
	var e int64
	for ok := d.Object(); ok; ok = d.Next() {
		switch string(d.Name()) {
		case "a":
			for ok := d.Array(); ok; ok = d.Next() {
				if d.Kind() == '0' {
					d.Int()
					continue
				}
				for ok := d.Object(); ok; ok = d.Next() {
					d.Name()
					d.Int()
				}
			}
		case "d":
			_ = d.String()
		case "e":
			e = d.Int()
		}
	}
	var misfit *wire.Error
	if !errors.As(d.Err(), &misfit) || misfit.Pointer != "/a/1/b~1c" || misfit.Want != "an integer" || misfit.Got != "a string" {
		t.Errorf("got %+v", d.Err())
	}
	if e != 5 {
		t.Errorf("what follows was read as %d", e)
	}
}

func TestErrorOfTheWholeValue(t *testing.T) {
	t.Parallel()
	var v string
	err := wire.Unmarshal([]byte(`{"a": 1}`), &v, func(d *wire.Decoder, v *string) { *v = d.String() })
	if err == nil || err.Error() != "the value is an object where a string was expected" {
		t.Errorf("got %v", err)
	}
	if err := wire.Unmarshal([]byte(`{"a": `), &v, func(d *wire.Decoder, v *string) { *v = d.String() }); err == nil {
		t.Error("half a value was read")
	}
}

func TestIntegers(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int64{
		"0": 0, "-0": 0, "7": 7, "-12": -12, `"12"`: 12, "999999999999999999": 999999999999999999,
		"9223372036854775807": 9223372036854775807, "-9223372036854775808": -9223372036854775808,
		"1e3": 1000, "12.0": 12, `"1.0"`: 1, `""`: 0, "null": 0,
	} {
		var d wire.Decoder
		d.Reset([]byte(text))
		if got := d.Int(); got != want || d.Err() != nil {
			t.Errorf("%s is %d, %v", text, got, d.Err())
		}
	}
	for _, text := range []string{"9223372036854775808", "1.5", "1e30", `"x"`, `"1x"`, "true", "[]", "{}"} {
		var d wire.Decoder
		d.Reset([]byte(text))
		if d.Int(); d.Err() == nil {
			t.Errorf("%s passed for an integer", text)
		}
	}
}

func TestFaultIsTheErrorOfTheRootOnly(t *testing.T) {
	t.Parallel()
	read := func(text string) string {
		var d wire.Decoder
		d.Reset([]byte(text))
		var extra map[string]json.RawMessage
		for ok := d.Object(); ok; ok = d.Next() {
			if name := d.Name(); string(name) == "inner" {
				for ok := d.Object(); ok; ok = d.Next() {
					d.Extra(&extra, d.Name())
				}
			} else {
				d.Extra(&extra, name)
			}
		}
		return string(d.Fault())
	}
	if got := read(`{"a": 1, "error": {"b": 2}}`); got != `{"b": 2}` {
		t.Errorf("at the root: %q", got)
	}
	if got := read(`{"inner": {"error": 1}}`); got != "" {
		t.Errorf("inside: %q", got)
	}
}

func TestRepeatedTextsShareOneString(t *testing.T) {
	// AllocsPerRun does not run beside other tests.
	var d wire.Decoder
	text := []byte(`["en_US", "en_US"]`)
	// The first pass stores the text, and the array costs nothing.
	d.Reset(text)
	anyOf(&d)
	allocs := testing.AllocsPerRun(100, func() {
		d.Reset(text)
		for ok := d.Array(); ok; ok = d.Next() {
			_ = d.String()
		}
	})
	if allocs != 0 {
		t.Errorf("%v allocations", allocs)
	}
}

func TestEncoderWritesWhatItIsGiven(t *testing.T) {
	t.Parallel()
	var e wire.Encoder
	e.Open()
	e.Name(`"a":`)
	e.String("é\"\\\n<\xff")
	e.Name(`"b":`)
	e.OpenArray()
	for _, f := range []float64{0, 1.5, 1e21, -1e-7} {
		e.Elem()
		e.Float(f)
	}
	e.Elem()
	e.Raw(nil)
	e.Elem()
	e.Open()
	e.Close()
	e.CloseArray()
	e.Name(`"c":`)
	e.Bool(true)
	e.Extra(map[string]json.RawMessage{"z": []byte("1"), "y\n": []byte(`{"x": 2}`), "nil": nil})
	e.Close()
	const want = `{"a":"é\"\\\n<` + "\uFFFD" + `","b":[0,1.5,1e+21,-1e-7,null,{}],"c":true,"nil":null,"y\n":{"x": 2},"z":1}`
	if text, err := e.Bytes(); err != nil || string(text) != want {
		t.Errorf("got %s, %v\nwant %s", text, err, want)
	}
}

func TestEncoderRefusesWhatIsNotJSON(t *testing.T) {
	t.Parallel()
	for name, write := range map[string]func(*wire.Encoder){
		"broken text":  func(e *wire.Encoder) { e.Raw([]byte(`{"a":`)) },
		"two values":   func(e *wire.Encoder) { e.Raw([]byte(`1,"b":2`)) },
		"not a number": func(e *wire.Encoder) { e.Float(math.NaN()) },
		"extra":        func(e *wire.Encoder) { e.Extra(map[string]json.RawMessage{"a": []byte("}")}) },
	} {
		var e wire.Encoder
		write(&e)
		if _, err := e.Bytes(); err == nil {
			t.Errorf("%s was written", name)
		}
	}
}

func TestRoomIsMadeForAsMuchAsThereWasLast(t *testing.T) {
	t.Parallel()
	var d wire.Decoder
	if got := d.Expect(3); got != 1 {
		t.Errorf("before anything was read: %d", got)
	}
	for learned, want := range map[int]int{0: 1, 1: 1, 7: 7, 64: 64, 65: 64, 1 << 40: 64} {
		d.Learn(3, learned)
		d.Reset([]byte("{}")) // the next value is expected to be like this one
		if got := d.Expect(3); got != want {
			t.Errorf("after %d: %d, want %d", learned, got, want)
		}
		if got := d.Expect(4); got != 1 {
			t.Errorf("another field: %d", got)
		}
	}
}
