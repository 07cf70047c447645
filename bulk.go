package lokalise

import (
	"context"
	"errors"
	"net/http"

	"github.com/golokalise/lokalise/internal/wire"
)

// bulkSize is the largest number of items in one request
// (https://developers.lokalise.com/reference/create-keys). Longer lists are
// sent in several requests, one after the other.
const bulkSize = 500

// bulkOperation describes an operation on many items at once.
type bulkOperation[In, Out any] struct {
	// call makes the request for some of the items. Its result names the member
	// of the answer that lists what was done.
	call func(chunk []In) *call
	// decode reads an element of that list.
	decode func(*wire.Decoder, *Out)
	// is reports whether a failure is that of an item. It is nil where failures
	// do not say whose they are.
	is func(item *In, failure *ItemError) bool
	// size is the largest number of items in a request. Defaults to 500.
	size int
}

// bulk carries out an operation on many items. It returns what succeeded, in
// the order of the answers, and a [*PartialError] unless that was everything.
// Where nothing was done at all the error is that of the request.
//
// Failures of items do not keep the requests for the others from being sent; a
// request that fails as a whole does.
func bulk[In, Out any](ctx context.Context, items []In, op bulkOperation[In, Out]) ([]Out, error) {
	var done []Out
	err := inChunks(len(items), op.size, func(from, to int) chunkOutcome {
		chunk := items[from:to]
		r := op.call(chunk)
		page, err := list(ctx, r, op.decode)
		if err != nil {
			return chunkOutcome{call: r, err: err}
		}
		if done == nil {
			done = page.Items
		} else {
			done = append(done, page.Items...)
		}
		failed := parseItemErrors(page.Response.Envelope["errors"], r.mask)
		if op.is != nil {
			locate(failed, len(chunk), func(i int, e *ItemError) bool { return op.is(&chunk[i], e) })
		}
		return chunkOutcome{call: r, failed: failed}
	})
	return done, err
}

// chunkOutcome is what came of one request of a bulk operation.
type chunkOutcome struct {
	call *call
	// failed are the items that the answer says were not carried out. Their
	// indexes count from the beginning of the chunk.
	failed []ItemError
	// err is why there is no answer that goes into items.
	err error
}

// inChunks cuts n items into chunks of at most size and sends them one after
// the other, until one fails as a whole.
func inChunks(n, size int, send func(from, to int) chunkOutcome) error {
	if size == 0 {
		size = bulkSize
	}
	e := &PartialError{Total: n}
	for from := 0; from < n; from += size {
		to := min(from+size, n)
		outcome := send(from, to)
		e.Method, e.Path = outcome.call.method, outcome.call.pathForErrors()
		if outcome.err != nil {
			return e.broken(from, to, outcome)
		}
		for _, failure := range outcome.failed {
			if failure.Index >= 0 {
				failure.Index += from
			}
			e.Failed = append(e.Failed, failure)
		}
	}
	if len(e.Failed) > 0 {
		return e
	}
	return nil
}

// broken ends a bulk operation at a chunk that failed as a whole.
func (e *PartialError) broken(from, to int, chunk chunkOutcome) error {
	e.Err = chunk.err
	fate := chunk.fate()
	if from == 0 && fate != fateUnknown {
		return chunk.err // nothing was done
	}
	for i := from; i < to; i++ {
		switch fate {
		case fateUnknown:
			e.Unknown = append(e.Unknown, i)
		case fateNotSent:
			e.NotSent = append(e.NotSent, i)
		default:
			e.Failed = append(e.Failed, refusedItem(i, chunk.err))
		}
	}
	for i := to; i < e.Total; i++ {
		e.NotSent = append(e.NotSent, i)
	}
	return e
}

// fate is what became of a request that failed as a whole.
type fate uint8

const (
	fateNotSent fate = iota // it had no effect and no answer
	fateRefused             // the answer says that nothing was done
	fateUnknown             // it may have been carried out
)

func (c *chunkOutcome) fate() fate {
	var api *APIError
	var request *RequestError
	switch {
	case c.call.uncertain:
		return fateUnknown // an earlier attempt got no answer
	case errors.As(c.err, &api) && api.Status >= http.StatusInternalServerError, errors.Is(c.err, ErrDecode):
		return fateUnknown
	case api != nil, errors.Is(c.err, ErrRedirect):
		return fateRefused
	case errors.As(c.err, &request) && !request.MayHaveSucceeded:
		return fateNotSent
	}
	return fateUnknown
}

// refusedItem is an item of a request that was refused as a whole.
func refusedItem(index int, err error) ItemError {
	var api *APIError
	if !errors.As(err, &api) {
		return ItemError{Index: index, Message: err.Error()}
	}
	code := api.Code
	if code == 0 {
		code = api.Status
	}
	return ItemError{Index: index, Message: api.Message, Code: code}
}

// locate finds out which item of a chunk each failure is about. Items that
// cannot be told apart have failures only if all of them have, since an index
// that is wrong would be worse than none.
func locate(failed []ItemError, n int, is func(i int, e *ItemError) bool) {
	taken := make(map[int]bool, len(failed))
	for f := range failed {
		e := &failed[f]
		alike := 0 // failures that name the same item, this one and later ones
		for g := f; g < len(failed); g++ {
			if failed[g].Index < 0 && failed[g].names(e) {
				alike++
			}
		}
		var free []int
		for i := range n {
			if !taken[i] && is(i, e) {
				free = append(free, i)
			}
		}
		if len(free) == alike {
			e.Index = free[0]
			taken[free[0]] = true
		}
	}
}
