package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// JournalFilter narrows the journal down. The zero value matches everything.
type JournalFilter struct {
	Method string // "GET" …; empty: any
	Status string // "2xx" … "5xx"; empty: any
	Text   string // in path, operation, scope or credential, ignoring case
	Page   int    // from 1; 0 means 1
}

// journalPageSize is how many rows a page of the journal has.
const journalPageSize = 100

var (
	journalMethods  = []string{"GET", "POST", "PUT", "PATCH", "DELETE"}
	journalStatuses = []string{"2xx", "3xx", "4xx", "5xx"}
)

// ParseJournalFilter reads a filter from the query the journal's form sends.
// Values it does not know count as not set.
func ParseJournalFilter(q url.Values) JournalFilter {
	f := JournalFilter{Text: strings.TrimSpace(q.Get("text")), Page: 1}
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

// Match tells whether a row passes the filter.
func (f JournalFilter) Match(r JournalRow) bool {
	switch {
	case f.Method != "" && f.Method != r.Method:
		return false
	case f.Status != "" && f.Status != statusClass(r.Status):
		return false
	case f.Text == "":
		return true
	}
	all := strings.ToLower(strings.Join([]string{r.Path, r.Operation, r.Scope, r.Credential, strconv.Itoa(r.Status)}, "\n"))
	return strings.Contains(all, strings.ToLower(f.Text))
}

// link is the journal's URL with this filter at another page.
func (f JournalFilter) link(page int) string {
	q := url.Values{}
	for name, value := range map[string]string{"method": f.Method, "status": f.Status, "text": f.Text} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if page > 1 {
		q.Set("page", strconv.Itoa(page))
	}
	if len(q) == 0 {
		return JournalPath
	}
	return JournalPath + "?" + q.Encode()
}

type journalPage struct {
	Filter             JournalFilter
	Filtered           bool
	Methods, Statuses  []string
	Rows               []rowLine
	First, Last, Found int // position of the rows shown among those that match
	Total              int
	Newer, Older       string // links; empty: there is no such page
}

type rowLine struct {
	JournalRow
	Link, Clock, Took, Class, Reason string
}

func newRowLine(r JournalRow) rowLine {
	return rowLine{
		JournalRow: r, Link: JournalPath + "/" + url.PathEscape(r.ID),
		Clock: r.Time.UTC().Format("15:04:05.000"), Took: took(r.Duration), Class: statusClass(r.Status), Reason: statusText(r.Status),
	}
}

func newJournalPage(v JournalView) journalPage {
	f := v.Filter
	found := make([]JournalRow, 0, len(v.Rows))
	for _, r := range v.Rows {
		if f.Match(r) {
			found = append(found, r)
		}
	}
	last := max(1, (len(found)+journalPageSize-1)/journalPageSize)
	f.Page = min(max(f.Page, 1), last)
	start := (f.Page - 1) * journalPageSize
	end := min(start+journalPageSize, len(found))

	p := journalPage{
		Filter: f, Filtered: f.Method != "" || f.Status != "" || f.Text != "",
		Methods: journalMethods, Statuses: journalStatuses,
		First: start + 1, Last: end, Found: len(found), Total: len(v.Rows),
	}
	for _, r := range found[start:end] {
		p.Rows = append(p.Rows, newRowLine(r))
	}
	if f.Page > 1 {
		p.Newer = f.link(f.Page - 1)
	}
	if f.Page < last {
		p.Older = f.link(f.Page + 1)
	}
	return p
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
