package journal

// WithholdRequest forgets the body of the request: it holds what must not be
// kept, not even for a moment, such as the number of a payment card. The
// journal knows its size then, and nothing else of it.
func (r *Record) WithholdRequest() { r.Request = Body{size: r.Request.size, held: true} }
