package lokalise

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"slices"
)

// pageStream goes from page to page of a list, for one iterator. It is used by
// the goroutine of the loop; one more goroutine at most fetches the next page,
// and has ended when close returns.
type pageStream struct {
	template *call
	paging   paging
	// ctx ends with the loop.
	ctx    context.Context
	cancel context.CancelFunc

	at      position // of the page to open next
	more    bool     // whether there is one
	begun   bool     // whether an item was given out
	current *openPage
	ahead   chan *openPage      // the page at at, when it was asked for already
	visited map[uint64]struct{} // hashes of the cursors so far
	seed    maphash.Seed
}

// openPage is a page whose answer has begun.
type openPage struct {
	call     *call
	at       position
	body     *spool
	response Response
	items    int
	err      error // why there is no answer
}

func newPageStream(ctx context.Context, r *call, p paging) (*pageStream, error) {
	first, err := p.first(r.options.from)
	if err = errors.Join(r.err, r.query.err, err); err != nil {
		return nil, r.failed(err)
	}
	s := &pageStream{template: r, paging: p, at: first, more: true, seed: maphash.MakeSeed()}
	s.ctx, s.cancel = context.WithCancel(ctx)
	return s, nil
}

// close ends whatever is still under way.
func (s *pageStream) close() {
	s.cancel()
	if s.current != nil {
		s.current.close()
	}
	s.dropAhead()
}

func (s *pageStream) dropAhead() {
	if s.ahead != nil {
		page := <-s.ahead
		page.close()
		s.ahead = nil
	}
}

func (p *openPage) close() {
	if p.body != nil {
		p.body.close()
	}
}

// nextPage returns the next page, or nil after the last one.
func (s *pageStream) nextPage() (*openPage, error) {
	if !s.more {
		return nil, nil
	}
	page := s.take()
	if page.err != nil {
		return nil, s.broken(page.at, page.err)
	}
	s.current = page
	if r := s.template.options.response; r != nil {
		*r = page.response
	}
	if s.template.cursorInBody {
		return page, nil // finish will know how to go on
	}
	if err := s.goOn(page); err != nil {
		return nil, s.broken(page.at, err)
	}
	s.fetchAhead()
	return page, nil
}

// goOn finds the position after a page.
func (s *pageStream) goOn(page *openPage) error {
	s.at, s.more = s.paging.after(page.at, page.response.Page)
	return s.checkRepeat(page)
}

// take returns the page at the current position: the one that was asked for
// ahead, if that succeeded, or one that is asked for now.
func (s *pageStream) take() *openPage {
	if s.ahead == nil {
		return s.fetch(s.pageCall(s.at), s.at)
	}
	page := <-s.ahead
	s.ahead = nil
	var limit *LimitError
	if errors.As(page.err, &limit) {
		// What had to wait too long then may find its turn now.
		return s.fetch(s.pageCall(s.at), s.at)
	}
	return page
}

// fetchAhead asks for the next page in the background, if its position is known
// and the slots for it are free: fetching ahead must not take them from others,
// who may be what the body of the loop is waiting for.
func (s *pageStream) fetchAhead() {
	if !s.more || s.template.options.noPrefetch {
		return
	}
	r, at := s.pageCall(s.at), s.at
	if !r.trySlots() {
		return
	}
	ahead := make(chan *openPage, 1)
	s.ahead = ahead
	go func() { ahead <- s.fetch(r, at) }()
}

// pageCall returns the call that asks for one page.
func (s *pageStream) pageCall(at position) *call {
	t := s.template
	r := &call{
		client: t.client, method: t.method, api: t.api, path: t.path,
		query: query{text: slices.Clip(t.query.text)}, result: t.result,
		idempotent: t.idempotent, options: t.options,
	}
	r.options.response = nil // it is the loop's, not the goroutine's
	s.paging.addTo(&r.query, at)
	return r
}

// fetch sends the request for a page until its answer begins.
func (s *pageStream) fetch(r *call, at position) *openPage {
	page := &openPage{call: r, at: at}
	if page.err = r.send(s.ctx); page.err != nil {
		r.releaseTurn() // what fetchAhead took and the call did not get to use
		return page
	}
	page.response = r.response()
	page.body = newSpool(&r.answer, r.client.maxSpool)
	return page
}

// beforeItem tells the caller, before each item, where the list stands.
func (s *pageStream) beforeItem(page *openPage) {
	s.begun = true
	page.items++
	if s.template.options.position != nil {
		*s.template.options.position = page.at.String()
	}
}

// finish ends a page, of which reading gave err.
func (s *pageStream) finish(page *openPage, rd *reader, err error) error {
	if err == nil {
		err = rd.atEnd()
	}
	if f := rd.envelope["error"]; isFault(f) {
		err = faultFrom(f)
	}
	page.response.Envelope = rd.envelope
	if err == nil && s.template.cursorInBody {
		err = rd.nextCursor(&page.response.Page)
	}
	if r := s.template.options.response; r != nil {
		*r = page.response
	}
	if err != nil {
		_, err = page.call.unreadable(s.ctx, rd, err)
		return s.broken(page.at, err) // close does the rest
	}
	page.close()
	s.current = nil
	if s.template.cursorInBody {
		if err := s.goOn(page); err != nil {
			return s.broken(page.at, err)
		}
	}
	if page.items == 0 && !s.paging.byCursor {
		s.more = false // the list has become shorter
	}
	return nil
}

// checkRepeat guards against a server that gives the same page for ever: one
// whose cursor was there before, or whose number is not the one asked for.
func (s *pageStream) checkRepeat(page *openPage) error {
	if s.paging.byCursor {
		return s.checkCursor()
	}
	number, said := page.response.Page.Number.Get()
	if !said || number == page.at.number {
		return nil
	}
	if number < page.at.number && page.response.Page.PageCount.Or(0) < page.at.number {
		s.more = false // the list has become shorter, and the last page came instead
		return nil
	}
	return fmt.Errorf("%w: asked for page %d and got page %d", ErrRepeatedPage, page.at.number, number)
}

func (s *pageStream) checkCursor() error {
	if s.visited == nil {
		s.visited = map[uint64]struct{}{}
	}
	if !s.more {
		return nil
	}
	hash := maphash.String(s.seed, s.at.cursor)
	if _, ok := s.visited[hash]; ok {
		return fmt.Errorf("%w: the next cursor was used before", ErrRepeatedPage)
	}
	s.visited[hash] = struct{}{}
	return nil
}

// broken wraps an error with the position. Before the first item there is
// nothing to take up again, and the error is the one that List would give.
func (s *pageStream) broken(at position, err error) error {
	if !s.begun {
		return err
	}
	return &PageError{Position: at.String(), Err: err}
}
