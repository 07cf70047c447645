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
	Skipped string                     `json:"-"`
	Extra   map[string]json.RawMessage `json:",embed,inline"`
}

type Kind string

type Names []string

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

func decodeTime(d *Decoder, t *Time) {}

func decodeQuirk(d *Decoder, q *Quirk) {}

type Decoder struct{}
