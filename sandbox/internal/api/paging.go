package api

import (
	"net/http"
	"net/url"
	"strconv"
)

// defaultPageSize is documented
// (https://developers.lokalise.com/reference/api-pagination).
const defaultPageSize = 100

// page is a window of a list, counted in items.
type page struct {
	number int // from 1
	limit  int
}

// query is the parsed query. A part that cannot be read is left out, as if it
// had not been sent (assumed).
func (c *call) query() url.Values {
	if c.values == nil {
		c.values = c.request.URL.Query()
	}
	return c.values
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
