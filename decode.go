package lokalise

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
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

// fault is an error that came with a status of success. Its text is a whole
// error body.
type fault struct{ body []byte }

func (*fault) Error() string { return "the answer is an error" }

// one returns the result of an operation that answers with one object.
func one[T any](ctx context.Context, r *call, decode func(*wire.Decoder, *T)) (*T, error) {
	var out *T
	err := r.receive(ctx, func(rd *reader) error {
		text, err := rd.object(r.result)
		if err != nil {
			return err
		}
		out = new(T) // a repeated attempt starts afresh
		rd.wire.Reset(text)
		decode(&rd.wire, out)
		if f := rd.wire.Fault(); r.result == "" && isFault(f) {
			return faultFrom(f)
		}
		return rd.wire.Err()
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// list returns one page of the result of an operation that answers with a list.
func list[T any](ctx context.Context, r *call, decode func(*wire.Decoder, *T)) (*Page[T], error) {
	page := &Page[T]{Response: new(Response)}
	if r.options.response == nil {
		r.options.response = page.Response
	}
	err := r.receive(ctx, func(rd *reader) error {
		page.Items = page.Items[:0]
		limit := r.pageLimit()
		if err := rd.enterList(r.result); err != nil {
			return err
		}
		for rd.moreItems() {
			i := len(page.Items)
			if err := rd.item(r.result, i); err != nil {
				return err
			}
			page.Items = append(makeRoom(page.Items, limit), *new(T))
			decode(&rd.wire, &page.Items[i])
			if err := rd.decoded(r.result, i); err != nil {
				return err
			}
		}
		return rd.leaveList()
	})
	if err != nil {
		return nil, err
	}
	*page.Response = *r.options.response
	return page, nil
}

// makeRoom makes room for another item in a page that has at most limit items.
// append would copy a long page five times over. Room for all of them is made
// once an eighth is there: a page that is not full must not cost as much as one
// that is.
func makeRoom[T any](items []T, limit int) []T {
	n := len(items)
	if n < cap(items) {
		return items
	}
	const first, part = 32, 8
	room := max(first, n)
	if n < limit && n >= limit/part {
		room = limit - n
	}
	return slices.Grow(items, room)
}

// pageLimit is how many items the answer says that a page has at most, bounded
// by what the API allows; 0 when it does not say.
func (r *call) pageLimit() int {
	const most = 5000 // https://developers.lokalise.com/reference/api-pagination
	return min(max(headerInt(r.answer.res.Header, pageLimitHeader).Or(0), 0), most)
}

// listPage returns the page of a list where its paging starts.
func listPage[T any](ctx context.Context, r *call, p paging, decode func(*wire.Decoder, *T)) (*Page[T], error) {
	p.addTo(&r.query, p.start)
	return list(ctx, r, decode)
}

// receive sends the request and reads its answer, and does both again when the
// connection breaks while reading and the request may be repeated.
func (r *call) receive(ctx context.Context, read func(*reader) error) error {
	for {
		if err := r.send(ctx); err != nil {
			return err
		}
		next, err := r.readAnswer(ctx, read)
		if err == nil {
			return nil
		}
		if !next.again || !r.pause(ctx, next.wait) {
			return err
		}
	}
}

func (r *call) readAnswer(ctx context.Context, read func(*reader) error) (verdict, error) {
	defer r.answer.end()
	rd := newReader(&r.answer)
	defer rd.free()
	err := read(rd)
	if err == nil {
		err = rd.atEnd()
	}
	if f := rd.envelope["error"]; isFault(f) {
		err = faultFrom(f)
	}
	if r.options.response != nil {
		r.options.response.Envelope = rd.envelope
		if err == nil && r.cursorInBody {
			err = rd.nextCursor(&r.options.response.Page)
		}
	}
	if err == nil {
		return verdict{}, nil
	}
	return r.unreadable(ctx, rd, err)
}

// unreadable turns a failure to read a successful answer into an error. Only a
// broken connection makes it worth asking again: what the server sent whole it
// would send again.
func (r *call) unreadable(ctx context.Context, rd *reader, err error) (verdict, error) {
	var f *fault
	if errors.As(err, &f) {
		return verdict{}, r.newAPIError(r.answer.res, f.body)
	}
	if broken := r.answer.err; broken != nil {
		if ctx.Err() != nil {
			r.uncertain = r.uncertain || !r.reads()
			return verdict{}, r.failed(broken)
		}
		var next verdict
		if r.idempotent && r.replayable() && !errors.Is(broken, errTooLarge) {
			next = r.fault("the connection broke")
		}
		return next, r.decodeError(broken.Error(), broken)
	}
	return verdict{}, r.decodeError(rd.describe(r.answer.res.Header, err), nil)
}

func (r *call) decodeError(reason string, cause error) *DecodeError {
	res := r.answer.res
	return &DecodeError{
		Method:      r.method,
		Path:        r.url.EscapedPath(),
		Status:      res.StatusCode,
		ContentType: clean(res.Header.Get("Content-Type"), maxErrorMessage),
		ProcessID:   clean(res.Header.Get(processIDHeader), maxErrorMessage),
		Reason:      clean(r.mask(reason), maxErrorMessage),
		cause:       cause,
	}
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

// isFault reports whether a member "error" of an answer with a status of
// success means that the request failed. The official SDKs for Ruby and Python
// take it so; null, false and empty ones mean nothing.
func isFault(value []byte) bool {
	return len(value) > 2 && (value[0] == '{' || value[0] == '"')
}

func faultFrom(value []byte) error {
	body := append([]byte(`{"error":`), value...)
	return &fault{append(body, '}')}
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
