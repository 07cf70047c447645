package lokalise

import (
	"context"
	"errors"
	"slices"

	"github.com/golokalise/lokalise/internal/wire"
)

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
