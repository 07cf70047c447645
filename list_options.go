package lokalise

import "fmt"

// ListOptions page a list that has no filters. Nil asks for the first page and
// the API's own page size.
type ListOptions struct {
	// Page is the number of the page, from 1; All starts there. Defaults to 1.
	Page int
	// Limit is the number of items on a page, at most 5,000. Defaults to 100.
	Limit int
}

func (o *ListOptions) paging() paging {
	if o == nil {
		return paging{}
	}
	return paging{start: position{number: o.Page, limit: o.Limit}}
}

// cursorPaging is the paging of a list that goes by number or by cursor, as the
// caller likes. An iterator goes by cursor unless a page number was given; a
// single page comes by number unless a cursor was asked for.
func cursorPaging(q *query, all bool, page int, cursor string, byCursor bool, limit int) paging {
	byCursor = byCursor || cursor != ""
	if page != 0 && byCursor && q.err == nil {
		q.err = fmt.Errorf("%w: a list goes by page number or by cursor, not by both", ErrInvalidRequest)
	}
	if byCursor || all && page == 0 {
		return paging{byCursor: true, announce: true, start: position{cursor: cursor, limit: limit}}
	}
	return paging{start: position{number: page, limit: limit}}
}
