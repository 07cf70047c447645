package lokalise_test

import (
	stdjson "encoding/json"
	"testing"

	"github.com/go-json-experiment/json"

	"github.com/golokalise/lokalise"
)

// packages are the JSON packages that users store our types with.
var packages = map[string]struct {
	marshal   func(any) ([]byte, error)
	unmarshal func([]byte, any) error
}{
	"encoding/json":      {stdjson.Marshal, stdjson.Unmarshal},
	"go-json-experiment": {func(v any) ([]byte, error) { return json.Marshal(v) }, func(b []byte, v any) error { return json.Unmarshal(b, v) }},
}

func TestOptKnowsAbsentNullAndValue(t *testing.T) {
	t.Parallel()
	var absent lokalise.Opt[int]
	cases := map[string]struct {
		opt          lokalise.Opt[int]
		value        int
		ok           bool
		or           int
		zero, isNull bool
	}{
		"absent": {absent, 0, false, 7, true, false},
		"null":   {lokalise.Null[int](), 0, false, 7, false, true},
		"zero":   {lokalise.Some(0), 0, true, 0, false, false},
		"value":  {lokalise.Some(3), 3, true, 3, false, false},
	}
	for name, c := range cases {
		value, ok := c.opt.Get()
		if value != c.value || ok != c.ok || c.opt.Or(7) != c.or || c.opt.IsZero() != c.zero || c.opt.IsNull() != c.isNull {
			t.Errorf("%s: %v %v %v %v %v", name, value, ok, c.opt.Or(7), c.opt.IsZero(), c.opt.IsNull())
		}
	}
}

type withOpts struct {
	Text   lokalise.Opt[string]         `json:"text,omitzero"`
	Number lokalise.Opt[int64]          `json:"number,omitzero"`
	Flag   lokalise.Opt[bool]           `json:"flag,omitzero"`
	List   lokalise.Opt[[]string]       `json:"list,omitzero"`
	Deep   lokalise.Opt[lokalise.Time]  `json:"deep,omitzero"`
	Model  lokalise.Opt[map[string]int] `json:"model,omitzero"`
}

func TestOptInJSON(t *testing.T) {
	t.Parallel()
	cases := map[string]string{
		"absent": `{}`,
		"null":   `{"text":null,"number":null,"flag":null,"list":null,"deep":null,"model":null}`,
		"zero":   `{"text":"","number":0,"flag":false,"list":[],"model":{}}`,
		"value":  `{"text":"a","number":-3,"flag":true,"list":["x"],"deep":"2026-03-02 08:15:00 (Etc/UTC)","model":{"a":1}}`,
	}
	for pkg, p := range packages {
		for name, text := range cases {
			var v withOpts
			if err := p.unmarshal([]byte(text), &v); err != nil {
				t.Errorf("%s, %s: %v", pkg, name, err)
				continue
			}
			if v.Text.IsZero() != (name == "absent") || v.Text.IsNull() != (name == "null") || v.Flag.Or(false) != (name == "value") {
				t.Errorf("%s, %s: read as %+v", pkg, name, v)
			}
			if out, err := p.marshal(v); err != nil || string(out) != text {
				t.Errorf("%s, %s: written as %s, %v", pkg, name, out, err)
			}
		}
		var v withOpts
		if err := p.unmarshal([]byte(`{"number":"x"}`), &v); err == nil {
			t.Errorf("%s: a string passed for a number", pkg)
		}
	}
}

func TestAbsentOptWithoutOmitzeroIsNull(t *testing.T) {
	t.Parallel()
	for pkg, p := range packages {
		if out, err := p.marshal([]lokalise.Opt[int]{{}, lokalise.Null[int](), lokalise.Some(1)}); err != nil || string(out) != "[null,null,1]" {
			t.Errorf("%s: %s, %v", pkg, out, err)
		}
	}
}

// A list that is nil is an empty one, for the API and for whoever stores it.
func TestOptWithANilListIsNotNull(t *testing.T) {
	t.Parallel()
	v := struct {
		List  lokalise.Opt[[]string]       `json:"list,omitzero"`
		Map   lokalise.Opt[map[string]int] `json:"map,omitzero"`
		Bytes lokalise.Opt[[]byte]         `json:"bytes,omitzero"`
	}{lokalise.Some[[]string](nil), lokalise.Some[map[string]int](nil), lokalise.Some([]byte("hi"))}
	for pkg, p := range packages {
		if out, err := p.marshal(v); err != nil || string(out) != `{"list":[],"map":{},"bytes":"aGk="}` {
			t.Errorf("%s: %s, %v", pkg, out, err)
		}
	}
}
