package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
)

// maxControlBody bounds what a write to the control plane may send, in bytes.
const maxControlBody = 64 << 10

// readControl decodes a body, or answers the request. Unknown members are
// refused: a misspelled one would silently do something else.
func readControl(w http.ResponseWriter, r *http.Request, into any) bool {
	dec := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxControlBody))
	var data json.RawMessage
	err := dec.Decode(&data)
	if errors.Is(err, io.EOF) {
		return true // no body at all says no more than {}
	}
	if err == nil && dec.More() {
		err = errors.New("there is something after the JSON object")
	}
	if err == nil {
		err = decoderOf(into).UnmarshalJSON(data)
	}
	if err != nil {
		writeControlError(w, http.StatusBadRequest, "The body cannot be used: "+bodyError(err).Error()+".")
		return false
	}
	return true
}

// decoderOf is how a body gets into a value: in the value's own way, or by the
// members of a struct.
func decoderOf(into any) json.Unmarshaler {
	if own, ok := into.(json.Unmarshaler); ok {
		return own
	}
	known := members{}
	v := reflect.ValueOf(into).Elem()
	for i := range v.NumField() {
		known[v.Type().Field(i).Tag.Get("json")] = v.Field(i).Addr().Interface()
	}
	return known
}

// bodyError says what keeps a body from being JSON.
func bodyError(err error) error {
	var syntax *json.SyntaxError
	var long *http.MaxBytesError
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("it is no valid JSON, from byte %d on", syntax.Offset)
	case errors.As(err, &long):
		return fmt.Errorf("it is longer than %d KiB", long.Limit>>10)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("the JSON ends too early")
	}
	return err
}
