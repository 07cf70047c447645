// Package lokalise holds a model with a field of every kind that the generator
// knows.
package lokalise

import "encoding/json"

type Thing struct {
	Text    string                     `json:"text"`
	Flag    bool                       `json:"flag,omitzero"`
	Number  int64                      `json:"number"`
	Ratio   float64                    `json:"ratio"`
	Kind    Kind                       `json:"kind"`
	At      Time                       `json:"at"`
	Raw     json.RawMessage            `json:"raw"`
	Part    Part                       `json:"part"`
	Maybe   Opt[string]                `json:"maybe,omitzero"`
	MayPart Opt[Part]                  `json:"may_part,omitzero"`
	MayList Opt[[]string]              `json:"may_list,omitzero"`
	Texts   []string                   `json:"texts"`
	Parts   []Part                     `json:"parts"`
	Lists   [][]int64                  `json:"lists"`
	Counts  map[string]int64           `json:"counts"`
	ByKind  map[Kind][]Part            `json:"by_kind"`
	Named   Names                      `json:"named"`
	Quirk   Quirk                      `json:"quirk"`
	Omitted Omitted                    `json:"omitted,omitzero"`
	OmitAll []Part                     `json:"omit_all,omitzero"`
	OmitRaw json.RawMessage            `json:"omit_raw,omitzero"`
	OmitAt  Time                       `json:"omit_at,omitzero"`
	OmitN   int64                      `json:"omit_n,omitzero"`
	OmitK   Kind                       `json:"omit_k,omitzero"`
	Skipped string                     `json:"-"`
	Extra   map[string]json.RawMessage `json:",embed,inline"`
}

type Kind string

type Names []string

type Omitted []Part

type Time struct{ Wire string }

type Opt[T any] struct{ value T }

type Part struct {
	ID    int64                      `json:"id"`
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

type Quirk struct {
	ID    int64                      `json:"id"`
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// Somebody uses a model without its methods.
func (p Part) masked() partJSON { return partJSON(p) }

func decodeTime(d *Decoder, t *Time) {}

func (t Time) MarshalJSON() ([]byte, error) { return nil, nil }

func decodeQuirk(d *Decoder, q *Quirk) {}

type Decoder struct{}
