package lokalise

import (
	"context"
	"iter"

	"github.com/golokalise/lokalise/internal/wire"
)

// iterate returns an iterator over all pages of a list. Items are decoded one
// by one from the stream, so that memory does not grow with the page, and the
// next page is asked for while this one is used.
//
// The call is the template of the request for each page; it is not sent itself.
func iterate[T any](ctx context.Context, r *call, p paging, decode func(*wire.Decoder, *T)) iter.Seq2[*T, error] {
	_, err := r.path.finish() // here, since the iterator may run many times at once
	r.fail(err)
	return func(yield func(*T, error) bool) {
		s, err := newPageStream(ctx, r, p)
		if err != nil {
			yield(nil, err)
			return
		}
		defer s.close()
		for {
			page, err := s.nextPage()
			if err != nil {
				yield(nil, err)
				return
			}
			if page == nil || !deliver(s, page, decode, yield) {
				return
			}
		}
	}
}

// deliver yields the items of a page and reports whether to go on.
func deliver[T any](s *pageStream, page *openPage, decode func(*wire.Decoder, *T), yield func(*T, error) bool) bool {
	rd := newReader(page.body)
	defer rd.free()
	result := page.call.result
	err := rd.enterList(result)
	for i := 0; err == nil && rd.moreItems(); i++ {
		if err = rd.item(result, i); err != nil {
			break
		}
		item := new(T)
		decode(&rd.wire, item)
		if err = rd.decoded(result, i); err != nil {
			break
		}
		s.beforeItem(page)
		if !yield(item, nil) {
			return false
		}
	}
	if err == nil {
		err = rd.leaveList()
	}
	if err = s.finish(page, rd, err); err != nil {
		yield(nil, err)
		return false
	}
	return true
}
