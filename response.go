package lokalise

import "net/http"

// Response is what an answer said besides its body.
type Response struct {
	// Status is the HTTP status code.
	Status int
	// Header is the header of the answer.
	Header http.Header
	// ProcessID is the X-Lokalise-Process-Id header; Lokalise's support asks for it.
	ProcessID string
	// Page says where a list stands.
	Page PageInfo
	// TooBig reports the X-Response-Too-Big header: the answer does not hold everything.
	TooBig bool
	// Attempts counts the requests that were sent, one more than the retries.
	Attempts int
}

// PageInfo is where a list stands. An offset list has the numbers, a cursor
// list has NextCursor.
type PageInfo struct {
	Number     Opt[int]
	Limit      Opt[int]
	PageCount  Opt[int]
	TotalCount Opt[int]
	// NextCursor is the cursor of the next page; absent on the last one.
	NextCursor Opt[string]
}

// Page is one page of a list.
type Page[T any] struct {
	Items    []T
	Response *Response
}
