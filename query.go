package lokalise

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// query builds the query of a request. What is absent is left out; flags are 1
// and 0 and lists are joined by commas, as the API wants them.
type query struct {
	text []byte
	err  error
}

func (q *query) add(name, value string) {
	if len(q.text) > 0 {
		q.text = append(q.text, '&')
	}
	q.text = append(q.text, name...)
	q.text = append(q.text, '=')
	q.text = append(q.text, url.QueryEscape(value)...)
}

// str adds a text unless it is empty.
func (q *query) str(name, value string) {
	if value != "" {
		q.add(name, value)
	}
}

// int adds a number unless it is zero.
func (q *query) int(name string, value int64) {
	if value != 0 {
		q.add(name, strconv.FormatInt(value, 10))
	}
}

// day adds the day in UTC that holds a moment, unless that is the zero time.
func (q *query) day(name string, t time.Time) {
	if !t.IsZero() {
		q.add(name, t.UTC().Format(time.DateOnly))
	}
}

// flag adds 1 or 0 unless the value is absent.
func (q *query) flag(name string, value Opt[bool]) {
	on, ok := value.Get()
	switch {
	case ok && on:
		q.add(name, "1")
	case ok:
		q.add(name, "0")
	}
}

// commaList adds values joined by commas unless there are none. A value that holds
// a comma would silently become two, so it is refused.
func commaList[S ~string](q *query, name string, values []S) {
	if len(values) == 0 {
		return
	}
	texts := make([]string, len(values))
	for i, value := range values {
		texts[i] = string(value)
		if strings.Contains(texts[i], ",") && q.err == nil {
			q.err = fmt.Errorf("%w: %s: %q holds a comma, which separates the values", ErrInvalidRequest, name, texts[i])
		}
	}
	q.add(name, strings.Join(texts, ","))
}

// intList adds numbers joined by commas unless there are none.
func intList(q *query, name string, values []int64) {
	var texts []string
	for _, value := range values {
		texts = append(texts, strconv.FormatInt(value, 10))
	}
	commaList(q, name, texts)
}
