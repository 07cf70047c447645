package api

import (
	"encoding/base64"
	"fmt"
	"iter"
	"net/http"
	"strconv"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// defaultPageSize is documented
// (https://developers.lokalise.com/reference/api-pagination).
const defaultPageSize = 100

// page is a window of a list, counted in items.
type page struct {
	number int // from 1
	limit  int
}

// offsetPage reads limit and page. A limit above the operation's largest is
// 400 (documented for keys, assumed elsewhere), and so is anything that is no
// number from 1 (assumed).
func (c *call) offsetPage() (page, error) {
	p := page{number: 1, limit: defaultPageSize}
	q := c.query()
	for _, field := range []struct {
		name string
		to   *int
		most int
	}{
		{"limit", &p.limit, c.op.LimitMax},
		{"page", &p.number, 1_000_000_000},
	} {
		text := q.Get(field.name)
		if text == "" {
			continue
		}
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > field.most {
			return page{}, invalidParameter(field.name)
		}
		*field.to = n
	}
	return p, nil
}

// tablePage answers a list by pages straight from a table, without going
// through the rows before the page.
func tablePage[T, B any](c *call, p page, t *state.Table[int64, T], parent string, view func(*T) B) []B {
	total := t.Len(parent)
	start, end := p.bounds(total)
	list := make([]B, 0, end-start)
	for row := range t.Slice(parent, start) {
		if len(list) == end-start {
			break
		}
		list = append(list, view(row))
	}
	writePage(c.header, p, total)
	return list
}

// slicePage answers a list by pages from rows that were picked or sorted.
func slicePage[T, B any](c *call, p page, rows []T, view func(T) B) []B {
	start, end := p.bounds(len(rows))
	list := make([]B, 0, end-start)
	for _, row := range rows[start:end] {
		list = append(list, view(row))
	}
	writePage(c.header, p, len(rows))
	return list
}

// cursor reads limit and cursor. A cursor is opaque: base64 of an object with
// the last id, in the recorded form. One that cannot be read is 400 (assumed).
func (c *call) cursor() (after int64, limit int, err error) {
	p, err := c.offsetPage()
	if err != nil {
		return 0, 0, err
	}
	text := c.query().Get("cursor")
	if text == "" {
		return 0, p.limit, nil
	}
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return 0, 0, invalidParameter("cursor")
	}
	if _, err := fmt.Sscanf(string(data), `{"1":%d}`, &after); err != nil || after < 0 {
		return 0, 0, invalidParameter("cursor")
	}
	return after, p.limit, nil
}

// cursorPage takes the page from rows that come in the order of their ids, and
// writes the headers: the next cursor is left out on the last page.
func cursorPage[T any](c *call, rows iter.Seq[*T], limit int, id func(*T) int64) []*T {
	list := make([]*T, 0, min(limit, 1000))
	more := false
	for row := range rows {
		if more = len(list) == limit; more {
			break
		}
		list = append(list, row)
	}
	c.header.Set("X-Pagination-Limit", strconv.Itoa(limit))
	if more {
		next := fmt.Sprintf(`{"1":%d}`, id(list[len(list)-1]))
		c.header.Set("X-Pagination-Next-Cursor", base64.StdEncoding.EncodeToString([]byte(next)))
	}
	return list
}

// bounds are the first item of the page and the one after its last.
func (p page) bounds(total int) (start, end int) {
	if p.number-1 > total/p.limit {
		return total, total // also keeps the product below in range
	}
	start = min((p.number-1)*p.limit, total)
	return start, min(start+p.limit, total)
}

// writePage writes the recorded headers of a list by pages.
func writePage(h http.Header, p page, total int) {
	h.Set("X-Pagination-Total-Count", strconv.Itoa(total))
	h.Set("X-Pagination-Page-Count", strconv.Itoa((total+p.limit-1)/p.limit))
	h.Set("X-Pagination-Limit", strconv.Itoa(p.limit))
	h.Set("X-Pagination-Page", strconv.Itoa(p.number))
}
