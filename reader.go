package lokalise

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/golokalise/lokalise/internal/wire"
)

// reader decodes one answer. Package jsontext finds the values in the stream
// and checks them; the decoder of internal/wire takes each of them apart.
type reader struct {
	text     *jsontext.Decoder
	wire     wire.Decoder
	envelope map[string]json.RawMessage
	largest  int // the size of the largest value read
}

var readers = sync.Pool{New: func() any {
	return &reader{text: jsontext.NewDecoder(nothing, wire.ReadOptions)}
}}

// nothing stands in for an answer while a reader has none. Nobody reads it.
var nothing = strings.NewReader("")

func newReader(from io.Reader) *reader {
	rd := readers.Get().(*reader)
	rd.text.Reset(from, wire.ReadOptions)
	return rd
}

// free gives the reader back. Its buffer has room for the largest value that
// it met, so one that met a very large one is left to the collector.
func (rd *reader) free() {
	const keep = 1 << 20
	if rd.largest > keep {
		return
	}
	rd.text.Reset(nothing, wire.ReadOptions)
	rd.wire.Reset(nil)
	rd.envelope = nil
	readers.Put(rd)
}

// value reads the next value of the answer. It is valid until the next read.
func (rd *reader) value() (jsontext.Value, error) {
	text, err := rd.text.ReadValue()
	rd.largest = max(rd.largest, len(text))
	return text, err
}

// describe says what is wrong with an answer that came whole.
func (rd *reader) describe(h http.Header, err error) string {
	start := bytes.TrimLeft(rd.text.UnreadBuffer(), " \t\r\n")
	beginning := rd.text.InputOffset() == 0
	switch {
	case beginning && len(start) > 0 && start[0] == '<', strings.HasPrefix(h.Get("Content-Type"), "text/html"):
		return "it is an HTML page"
	case errors.Is(err, io.EOF) && beginning:
		return "it is empty"
	}
	return strings.TrimPrefix(err.Error(), "jsontext: ")
}

// decoded reports whether the item that was just decoded fits its model.
func (rd *reader) decoded(result string, index int) error {
	err := rd.wire.Err()
	if err == nil {
		return nil // before the variable below is allocated
	}
	var misfit *wire.Error
	if errors.As(err, &misfit) {
		misfit.Pointer = fmt.Sprintf("/%s/%d%s", result, index, misfit.Pointer)
	}
	return err
}

// object reads an answer that is one object and returns its text or, when the
// result is one of its members, the text of that. What stands beside the
// member is kept in the envelope.
func (rd *reader) object(result string) ([]byte, error) {
	text, err := rd.value()
	if err != nil {
		return nil, err
	}
	rd.wire.Reset(text)
	kind := rd.wire.Kind()
	if result == "" {
		if kind != '{' && kind != '[' {
			return nil, fmt.Errorf("it is %s where an object was expected", text.Kind())
		}
		return text, nil
	}
	var found []byte
	for ok := rd.wire.Object(); ok; ok = rd.wire.Next() {
		name := rd.wire.Name()
		if string(name) == result {
			found = rd.wire.RawText()
			continue
		}
		rd.keep(string(name), rd.wire.RawText())
	}
	if found == nil || found[0] == 'n' {
		return nil, fmt.Errorf("it has no %q", result)
	}
	return found, rd.wire.Err()
}

func (rd *reader) keep(name string, text []byte) {
	if rd.envelope == nil {
		rd.envelope = map[string]json.RawMessage{}
	}
	rd.envelope[name] = bytes.Clone(text)
}

// enterList reads an answer up to the first item of its list.
func (rd *reader) enterList(result string) error {
	kind := rd.text.PeekKind()
	switch {
	case kind == '[': // the list itself, or PHP's way to write an empty object
		_, err := rd.text.ReadToken()
		return err
	case kind != '{' && kind > 0:
		return fmt.Errorf("it is %s where an object was expected", kind)
	}
	if _, err := rd.text.ReadToken(); err != nil {
		return err
	}
	found, err := rd.members(result)
	if err != nil {
		return err
	}
	if !found {
		return fmt.Errorf("it has no %q", result)
	}
	if kind := rd.text.PeekKind(); kind != '[' && kind > 0 {
		return fmt.Errorf("/%s is %s where an array was expected", result, kind)
	}
	_, err = rd.text.ReadToken()
	return err
}

// members keeps members in the envelope until the one with the given name, and
// reports whether there was one. It stops before its value.
func (rd *reader) members(stop string) (bool, error) {
	for {
		kind := rd.text.PeekKind()
		if kind == '}' {
			return false, nil
		}
		quoted, err := rd.text.ReadValue()
		if err != nil {
			return false, err
		}
		rd.wire.Reset(quoted)
		name := rd.wire.String()
		if stop != "" && name == stop {
			return true, nil
		}
		value, err := rd.text.ReadValue()
		if err != nil {
			return false, err
		}
		rd.keep(name, value)
	}
}

// nextCursor takes the cursor of the next page from what stands beside the
// items: next_cursor, which is null on the last page, and has_more.
func (rd *reader) nextCursor(info *PageInfo) error {
	var cursor string
	if text := rd.envelope["next_cursor"]; text != nil {
		rd.wire.Reset(text)
		cursor = rd.wire.String()
		if err := rd.wire.Err(); err != nil {
			return fmt.Errorf("/next_cursor: %w", err)
		}
	}
	more := cursor != ""
	if text := rd.envelope["has_more"]; text != nil {
		rd.wire.Reset(text)
		more = rd.wire.Bool()
		if err := rd.wire.Err(); err != nil {
			return fmt.Errorf("/has_more: %w", err)
		}
	}
	switch {
	case more && cursor == "":
		return errors.New("it says that there is more, and has no next_cursor")
	case more:
		info.NextCursor = Some(cursor)
	}
	return nil
}

// moreItems reports whether the list goes on. At a failure it does, and the
// next read tells.
func (rd *reader) moreItems() bool { return rd.text.PeekKind() != ']' }

// item reads the next item of the list and puts the decoder before it.
func (rd *reader) item(result string, index int) error {
	text, err := rd.value()
	if err != nil {
		return err
	}
	if text.Kind() == 'n' {
		return fmt.Errorf("/%s/%d is null", result, index)
	}
	rd.wire.Reset(text)
	return nil
}

// leaveList reads what follows the list.
func (rd *reader) leaveList() error {
	if _, err := rd.text.ReadToken(); err != nil {
		return err
	}
	if rd.text.StackDepth() == 0 {
		return nil // the list was the whole answer
	}
	if _, err := rd.members(""); err != nil {
		return err
	}
	_, err := rd.text.ReadToken()
	return err
}

// atEnd reports whether nothing follows the value. Reading up to there also
// makes the connection ready for the next request.
func (rd *reader) atEnd() error {
	_, err := rd.text.ReadToken()
	switch {
	case errors.Is(err, io.EOF):
		return nil
	case err == nil:
		return errors.New("something follows the JSON value")
	}
	return err
}
