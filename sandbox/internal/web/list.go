package web

// Pager leads through the pages of a list. Empty links are not shown.
type Pager struct {
	Label                  string // names the list for a screen reader: "Pages of keys"
	Previous, Next         string // links
	PreviousText, NextText string
}

// Window is a page of a list by position.
type Window struct {
	Page  int // from 1
	Size  int // rows of a page
	Total int
}

// NewWindow is the page of a list that has total rows, or the last one where
// there are not so many.
func NewWindow(page, size, total int) Window {
	last := max(1, (total+size-1)/size)
	return Window{Page: min(max(page, 1), last), Size: size, Total: total}
}

// Bounds are the positions of the rows: from start until before end.
func (w Window) Bounds() (start, end int) {
	start = (w.Page - 1) * w.Size
	return start, min(start+w.Size, w.Total)
}

// Pages leads to the pages before and after, which link makes the addresses of.
func (w Window) Pages(label string, link func(page int) string) Pager {
	p := Pager{Label: label, PreviousText: "Previous", NextText: "Next"}
	if w.Page > 1 {
		p.Previous = link(w.Page - 1)
	}
	if _, end := w.Bounds(); end < w.Total {
		p.Next = link(w.Page + 1)
	}
	return p
}
