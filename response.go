package lokalise

import (
	"encoding/json"
	"net/http"
	"strconv"
	"time"
)

// The headers of answers.
const (
	processIDHeader  = "X-Lokalise-Process-Id"
	tooBigHeader     = "X-Response-Too-Big"
	nextCursorHeader = "X-Pagination-Next-Cursor"
	totalCountHeader = "X-Pagination-Total-Count"
	pageCountHeader  = "X-Pagination-Page-Count"
	pageLimitHeader  = "X-Pagination-Limit"
	pageHeader       = "X-Pagination-Page"
)

// Response is what an answer said besides its result.
type Response struct {
	// Status is the HTTP status code.
	Status int
	// Header is the header of the answer.
	Header http.Header
	// ProcessID is the header X-Lokalise-Process-Id, which Lokalise's support
	// asks for.
	ProcessID string
	// Page says where a list stands.
	Page PageInfo
	// TooBig reports the header X-Response-Too-Big: the answer does not hold
	// everything that was asked for.
	TooBig bool
	// RateLimit is what the answer said about the rate limit.
	RateLimit RateLimit
	// Envelope holds the members of the answer beside its result, as they were
	// sent: project_id, branch and the like.
	Envelope map[string]json.RawMessage
	// Attempts counts the requests that were sent, one more than the retries.
	Attempts int
	// Waited is how long the call waited for its turn and between attempts.
	Waited time.Duration
}

// PageInfo is where a list stands
// (https://developers.lokalise.com/reference/api-pagination). What the answer
// did not say is absent: a list in pages has the numbers, a list by cursor has
// Limit and NextCursor, and some lists have nothing.
type PageInfo struct {
	// Number is the number of the page, from 1.
	Number Opt[int]
	// Limit is the largest number of items on a page.
	Limit Opt[int]
	// PageCount is the number of pages.
	PageCount Opt[int]
	// TotalCount is the number of items on all pages.
	TotalCount Opt[int]
	// NextCursor is the cursor of the next page. It is absent on the last one.
	NextCursor Opt[string]
}

// RateLimit is what an answer said about the rate limit. What it did not say
// is absent.
type RateLimit struct {
	// Limit is how many requests may be sent in a window of one second.
	Limit Opt[int]
	// Remaining is how many of them are left.
	Remaining Opt[int]
	// Reset is the time until the window ends.
	Reset Opt[time.Duration]
}

// response describes the answer that the call got.
func (r *call) response() Response {
	res := r.answer.res
	h := res.Header
	_, tooBig := h[tooBigHeader] // its presence is the signal, it may be empty
	out := Response{
		Status:    res.StatusCode,
		Header:    h,
		ProcessID: h.Get(processIDHeader),
		TooBig:    tooBig,
		Page: PageInfo{
			Number:     headerInt(h, pageHeader),
			Limit:      headerInt(h, pageLimitHeader),
			PageCount:  headerInt(h, pageCountHeader),
			TotalCount: headerInt(h, totalCountHeader),
		},
		RateLimit: RateLimit{
			Limit:     headerInt(h, rateLimitHeader),
			Remaining: headerInt(h, rateRemainingHeader),
		},
		Attempts: r.attempts,
		Waited:   r.waited,
	}
	if cursor := h.Get(nextCursorHeader); cursor != "" {
		out.Page.NextCursor = Some(cursor)
	}
	if firstOf(h, rateResetHeader) != "" {
		out.RateLimit.Reset = Some(rateReset(h))
	}
	return out
}

// headerInt reads the number at the start of a header. A header that holds
// something else is treated like one that is not there.
func headerInt(h http.Header, name string) Opt[int] {
	n, err := strconv.Atoi(firstOf(h, name))
	if err != nil {
		return Opt[int]{}
	}
	return Some(n)
}
