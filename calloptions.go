package lokalise

import "time"

// RequestOption changes one call.
type RequestOption func(*callOptions)

type callOptions struct {
	response   *Response
	maxWait    time.Duration
	hasMaxWait bool
	noPrefetch bool
	from       string
	position   *string
}

func (o *callOptions) apply(opts []RequestOption) {
	for _, opt := range opts {
		opt(o)
	}
}

// NoWait makes a call fail with a [LimitError], or with the API's refusal,
// where it would have to wait for its turn.
func NoWait() RequestOption { return MaxWait(0) }

// MaxWait bounds how long this call may wait for its turn. Defaults to the
// client's [WithMaxWait].
func MaxWait(d time.Duration) RequestOption {
	return func(o *callOptions) { o.maxWait, o.hasMaxWait = max(d, 0), true }
}

// ResponseInto stores what the answer said besides its result: status, header,
// process ID, paging. It is stored for an [APIError] as well. An iterator
// stores that of the page from which the current item comes.
func ResponseInto(r *Response) RequestOption {
	return func(o *callOptions) { o.response = r }
}

// NoPrefetch makes an iterator ask for a page only when the page before it is
// used up. Defaults to asking for it as soon as that is known how.
func NoPrefetch() RequestOption {
	return func(o *callOptions) { o.noPrefetch = true }
}

// From makes an iterator start at a position that an earlier one gave: that of
// a [PageError] or of [PositionInto]. The page at that position is read from
// its beginning, so that items may come again but none is left out.
func From(position string) RequestOption {
	return func(o *callOptions) { o.from = position }
}

// PositionInto stores the position of the page from which an iterator's
// current item comes, before each item of it.
func PositionInto(position *string) RequestOption {
	return func(o *callOptions) { o.position = position }
}
