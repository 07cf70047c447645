package web

import (
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

// JournalFilter narrows the journal down. The zero value matches everything.
type JournalFilter struct {
	Method     string // "GET" …; empty: any
	Status     string // "2xx" … "5xx"; empty: any
	Operation  string // id or a pattern such as keys.*; empty: any
	Credential string // kind; empty: any
	World      string // name; empty: any
	Faults     bool   // only requests that a fault was injected into
	Missing    bool   // only requests whose token lacked a scope
	Text       string // in path, operation, scope or credential, ignoring case
	Page       int    // from 1; 0 means 1
}

// JournalPageSize is how many rows a page of the journal has.
const JournalPageSize = 100

var (
	journalMethods  = []string{"GET", "POST", "PUT", "PATCH", "DELETE"}
	journalStatuses = []string{"2xx", "3xx", "4xx", "5xx"}
)

// ParseJournalFilter reads a filter from the query the journal's form sends.
// Values it does not know count as not set.
func ParseJournalFilter(q url.Values) JournalFilter {
	f := JournalFilter{
		Text: strings.TrimSpace(q.Get("text")), Operation: strings.TrimSpace(q.Get("operation")),
		Credential: q.Get("credential"), World: q.Get("in"), Faults: q.Get("faults") != "", Missing: q.Get("missing") != "", Page: 1,
	}
	if m := strings.ToUpper(q.Get("method")); slices.Contains(journalMethods, m) {
		f.Method = m
	}
	if s := q.Get("status"); slices.Contains(journalStatuses, s) {
		f.Status = s
	}
	if n, err := strconv.Atoi(q.Get("page")); err == nil && n > 1 {
		f.Page = n
	}
	return f
}

// pairs are the filter's query parameters but the page, as name and value in
// turn.
func (f JournalFilter) pairs() []string {
	return []string{
		"method", f.Method, "status", f.Status, "operation", f.Operation, "credential", f.Credential,
		"in", f.World, "faults", mark(f.Faults), "missing", mark(f.Missing), "text", f.Text,
	}
}

// mark is the value of a check box.
func mark(on bool) string {
	if on {
		return "1"
	}
	return ""
}

// More tells whether the part of the filter that is folded up is in use.
func (f JournalFilter) More() bool {
	return f.Operation != "" || f.Credential != "" || f.World != "" || f.Faults || f.Missing
}

// any tells whether the filter holds anything back.
func (f JournalFilter) any() bool {
	return f.More() || f.Method != "" || f.Status != "" || f.Text != ""
}

// Match tells whether a row passes the filter.
func (f JournalFilter) Match(r JournalRow) bool {
	switch {
	case f.Method != "" && f.Method != r.Method,
		f.Status != "" && f.Status != statusClass(r.Status),
		f.Operation != "" && !isOperation(f.Operation, r.Operation),
		f.Credential != "" && f.Credential != r.Credential,
		f.World != "" && f.World != r.World,
		f.Faults && r.Fault == "",
		f.Missing && r.ScopeMissing == "":
		return false
	case f.Text == "":
		return true
	}
	all := strings.ToLower(strings.Join([]string{r.Path, r.Operation, r.Scope, r.Credential, strconv.Itoa(r.Status)}, "\n"))
	return strings.Contains(all, strings.ToLower(f.Text))
}

// isOperation tells whether a pattern stands for an operation. A pattern that
// cannot be read stands for none.
func isOperation(pattern, operation string) bool {
	matched, err := path.Match(pattern, operation)
	return err == nil && matched
}

// link is the journal's URL with this filter at another page.
func (f JournalFilter) link(c Chrome, page int) string {
	pairs := f.pairs()
	if page > 1 {
		pairs = append(pairs, "page", strconv.Itoa(page))
	}
	return c.Link(JournalPath, pairs...)
}

type journalPage struct {
	Filter             JournalFilter
	Filtered           bool
	Methods, Statuses  []string
	Operations         []string // that are in the journal
	Credentials        []string
	Live               live
	First, Last, Found int // position of the rows shown among those that match
	Total              int
	Pager              Pager
	All, Download      string // links
}

type rowLine struct {
	JournalRow
	Link, Clock, Took, Class, Reason string
	Refused                          bool // by the rate limiter
}

func newRowLine(c Chrome, r JournalRow) rowLine {
	return rowLine{
		JournalRow: r, Link: c.Link(JournalPath + "/" + url.PathEscape(r.ID)),
		Clock: r.Time.UTC().Format("15:04:05.000"), Took: took(r.Duration), Class: statusClass(r.Status), Reason: statusText(r.Status),
		Refused: strings.HasPrefix(r.Limit, "refused"),
	}
}

func newRowLines(c Chrome, rows []JournalRow) []rowLine {
	lines := make([]rowLine, len(rows))
	for i, r := range rows {
		lines[i] = newRowLine(c, r)
	}
	return lines
}

func newJournalPage(v JournalView) journalPage {
	f, c := v.Filter, v.Chrome
	var found []JournalRow
	for _, r := range v.Rows {
		if f.Match(r) {
			found = append(found, r)
		}
	}
	w := NewWindow(f.Page, JournalPageSize, len(found))
	f.Page = w.Page
	start, end := w.Bounds()
	p := journalPage{
		Filter: f, Filtered: f.any(), Methods: journalMethods, Statuses: journalStatuses,
		Operations: operationsOf(v.Rows), Credentials: v.Credentials,
		Live:  newLive(c, f, v.Last, JournalPageSize),
		First: start + 1, Last: end, Found: len(found), Total: len(v.Rows),
		All: c.Link(JournalPath), Download: v.Download,
	}
	p.Live.Rows, p.Live.Reload = newRowLines(c, found[start:end]), f.link(c, f.Page)
	if f.Page > 1 {
		p.Live.Events = "" // what is new is on the first page
	}
	p.Pager = w.Pages("Pages of the journal", func(page int) string { return f.link(c, page) })
	p.Pager.PreviousText, p.Pager.NextText = "Newer", "Older"
	return p
}

// operationsOf are the operations of rows, each once.
func operationsOf(rows []JournalRow) []string {
	var ids []string
	for _, r := range rows {
		if r.Operation != "" {
			ids = append(ids, r.Operation)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// took writes a duration the way a person compares them: three digits at most.
func took(d time.Duration) string {
	switch {
	case d < time.Millisecond:
		return d.Round(time.Microsecond).String()
	case d < time.Second:
		return d.Round(100 * time.Microsecond).String()
	default:
		return d.Round(10 * time.Millisecond).String()
	}
}
