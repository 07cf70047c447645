package lokalise

import (
	"bytes"
	"encoding/json"
	"reflect"

	"github.com/golokalise/lokalise/internal/wire"
)

// Opt is a value that may be absent or null. The zero value is absent.
//
// Requests use it where leaving a field out means something else than sending
// its zero value, responses where the API was recorded to send null or to
// leave the field out. A struct field of this type carries the tag option
// omitzero, which both encoding/json and its version 2 understand.
type Opt[T any] struct {
	value T
	state optState
}

type optState uint8

const (
	optAbsent optState = iota
	optNull
	optValue
)

// Some returns an Opt that holds v.
func Some[T any](v T) Opt[T] { return Opt[T]{value: v, state: optValue} }

// Null returns an Opt that is JSON null.
func Null[T any]() Opt[T] { return Opt[T]{state: optNull} }

// Get returns the value and whether there is one. It is false for an absent
// value and for null.
func (o Opt[T]) Get() (T, bool) { return o.value, o.state == optValue }

// Or returns the value, or def when there is none.
func (o Opt[T]) Or(def T) T {
	if o.state != optValue {
		return def
	}
	return o.value
}

// IsZero reports whether the value is absent. The tag option omitzero asks it.
func (o Opt[T]) IsZero() bool { return o.state == optAbsent }

// IsNull reports whether the value is null, as opposed to absent.
func (o Opt[T]) IsNull() bool { return o.state == optNull }

// MarshalJSON writes the value, or null when there is none.
func (o Opt[T]) MarshalJSON() ([]byte, error) {
	if o.state != optValue {
		return []byte("null"), nil
	}
	return marshalValue(&o.value)
}

// UnmarshalJSON reads a value or null.
func (o *Opt[T]) UnmarshalJSON(data []byte) error {
	if bytes.Equal(data, []byte("null")) {
		*o = Null[T]()
		return nil
	}
	var v T
	if err := wire.UnmarshalAny(data, &v); err != nil {
		return err
	}
	*o = Some(v)
	return nil
}

// marshalValue encodes with encoding/json. The package that encodes requests
// would do as well, but this method is linked into every program that reads a
// model, and would bring that package with it. A list that is nil is empty, not
// null, as it is there.
func marshalValue(v any) ([]byte, error) {
	switch value := reflect.ValueOf(v).Elem(); {
	case value.Kind() == reflect.Slice && value.IsNil() && value.Type().Elem().Kind() != reflect.Uint8:
		return []byte("[]"), nil
	case value.Kind() == reflect.Map && value.IsNil():
		return []byte("{}"), nil
	}
	return json.Marshal(v)
}
