package lokalise

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
