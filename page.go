package lokalise

import (
	"fmt"
	"net/url"
	"strconv"
)

// Page is one page of a list.
type Page[T any] struct {
	// Items are the items of the page, in the API's order.
	Items []T
	// Response says where the page stands and what else the answer said. It is
	// never nil.
	Response *Response
}

// PageError is a list that an iterator could not go on with. The cause is what
// errors.Is and errors.As see.
type PageError struct {
	// Position is where the list can be taken up again, with [From]. It is the
	// beginning of the page that broke: its items may come again, and none is
	// left out.
	Position string
	// Err is the cause.
	Err error
}

// Error names the position and the cause.
func (e *PageError) Error() string {
	return fmt.Sprintf("lokalise: the list broke off at position %q: %v", e.Position, e.Err)
}

// Unwrap returns the cause.
func (e *PageError) Unwrap() error { return e.Err }

// paging is how a list is gone through.
type paging struct {
	// byCursor tells that each page names the next one; otherwise pages have
	// numbers.
	byCursor bool
	// announce is set for lists that page by number unless they are asked to
	// page by cursor, with pagination=cursor.
	announce bool
	// start is where the caller's options want to begin.
	start position
}

// position is the place of a page in a list.
type position struct {
	number int    // of the page, from 1; for lists with numbers
	cursor string // empty for the first page; for lists by cursor
	limit  int    // items on a page, which a number depends on; 0 is the API's choice
}

// String returns the position as callers see it: "limit=100&page=3".
func (p position) String() string {
	v := url.Values{}
	if p.number != 0 {
		v.Set("page", strconv.Itoa(p.number))
	} else {
		v.Set("cursor", p.cursor)
	}
	if p.limit != 0 {
		v.Set("limit", strconv.Itoa(p.limit))
	}
	return v.Encode()
}

// first returns the position where an iterator begins: the one that the caller
// kept from an earlier one, or that of the options.
func (p paging) first(from string) (position, error) {
	if from == "" {
		start := p.start
		if !p.byCursor {
			start.number = max(start.number, 1)
		}
		return start, nil
	}
	v, err := url.ParseQuery(from)
	if err != nil || v.Has("cursor") != p.byCursor || v.Has("page") == p.byCursor {
		return position{}, fmt.Errorf("%w: %q is not a position of this list", ErrInvalidRequest, from)
	}
	at := position{cursor: v.Get("cursor"), limit: p.start.limit}
	if at.number, err = intOr(v.Get("page"), 0); err == nil && v.Has("limit") {
		// A page number means nothing with another limit than its own.
		at.limit, err = intOr(v.Get("limit"), 0)
	}
	if err != nil || at.number < 0 || at.limit < 0 || !p.byCursor && at.number == 0 {
		return position{}, fmt.Errorf("%w: %q is not a position of this list", ErrInvalidRequest, from)
	}
	return at, nil
}

func intOr(text string, def int) (int, error) {
	if text == "" {
		return def, nil
	}
	return strconv.Atoi(text)
}

// addTo writes the parameters that ask for the page.
func (p paging) addTo(q *query, at position) {
	switch {
	case !p.byCursor:
		if at.number > 1 {
			q.int("page", int64(at.number))
		}
	default:
		if p.announce {
			q.str("pagination", "cursor")
		}
		q.str("cursor", at.cursor)
	}
	q.int("limit", int64(at.limit))
}

// after returns the position of the page after the one at a position, as far
// as the header of the answer tells.
func (p paging) after(at position, info PageInfo) (next position, ok bool) {
	next = at
	if p.byCursor {
		next.cursor, ok = info.NextCursor.Get()
		return next, ok
	}
	next.number++
	return next, next.number <= info.PageCount.Or(0)
}
