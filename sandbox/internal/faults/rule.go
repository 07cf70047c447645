// Package faults makes a sandbox fail on purpose: which requests, how often,
// and how. It knows nothing of the API; whoever serves a request asks the
// [Engine] about it and lets the [Hit] answer.
package faults

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Rule is a fault and the requests it is for. Package sandbox documents the
// fields, under the same names.
type Rule struct {
	Name      string
	Operation string

	World      string
	User       string
	Project    string
	Grant      int64
	Credential string

	Skip        int
	Times       int
	Probability float64
	Seed        uint64

	After         bool
	Delay         time.Duration
	Status        int
	Message       string
	Body          string
	ContentType   string
	Header        http.Header
	NoRateHeaders bool
	Reset         bool
	Truncate      bool
	Malformed     bool
	ProxyPage     bool
}

// maxDelay bounds a delay: no client waits longer.
const maxDelay = time.Hour

// check refuses a rule that means nothing, or two things.
func (r *Rule) check() error {
	for _, check := range []func() error{r.checkCount, r.checkAction, r.checkBody, r.checkHeader} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

func (r *Rule) checkCount() error {
	switch {
	case r.Skip < 0 || r.Times < 0:
		return errors.New("skip and times count calls, and cannot be negative")
	case !(r.Probability >= 0 && r.Probability <= 1):
		return errors.New("probability is between 0, which means always, and 1")
	case r.Delay < 0 || r.Delay > maxDelay:
		return fmt.Errorf("delay is %v; it is between 0 and an hour", r.Delay)
	}
	return nil
}

func (r *Rule) checkAction() error {
	answers := r.Status != 0 || r.ProxyPage || r.Truncate || r.Malformed
	switch {
	case !answers && !r.Reset && r.Delay == 0:
		return errors.New("nothing would happen; set a delay, status, reset, truncate, malformed or proxy_page")
	case answers && r.Reset:
		return errors.New("a connection that is reset carries no answer; leave status, proxy_page, truncate and malformed out")
	case r.Truncate && r.Malformed:
		return errors.New("an answer is either truncated or malformed")
	case r.Status != 0 && (r.Status < http.StatusBadRequest || r.Status > 599):
		return fmt.Errorf("status %d is no failure; it is between 400 and 599", r.Status)
	}
	return nil
}

func (r *Rule) checkBody() error {
	switch {
	case r.Status == 0 && (r.Message != "" || r.Body != ""):
		return errors.New("message and body need a status")
	case r.Message != "" && (r.Body != "" || r.ProxyPage), r.Body != "" && r.ProxyPage:
		return errors.New("message, body and proxy_page are three bodies; choose one")
	case r.ContentType != "" && r.Body == "":
		return errors.New("content_type is that of a body; set body as well")
	}
	return nil
}

// framing are headers that net/http must write itself.
var framing = []string{"Connection", "Content-Length", "Transfer-Encoding", "Trailer", "Upgrade"}

func (r *Rule) checkHeader() error {
	for name, values := range r.Header {
		switch {
		case !isToken(name):
			return fmt.Errorf("header name %.60q has a character that no name has", name)
		case slices.Contains(framing, http.CanonicalHeaderKey(name)):
			return fmt.Errorf("header %s belongs to the connection; truncate and reset break that", name)
		}
		for _, value := range append([]string{r.ContentType}, values...) {
			if strings.ContainsAny(value, "\r\n\x00") {
				return fmt.Errorf("a value of header %s has a line break", name)
			}
		}
	}
	if strings.ContainsAny(r.ContentType, "\r\n\x00") {
		return errors.New("content_type has a line break")
	}
	return nil
}

// isToken tells whether a text can be the name of a header (RFC 9110, section
// 5.6.2).
func isToken(name string) bool {
	return name != "" && !strings.ContainsFunc(name, func(r rune) bool {
		letter := 'a' <= r|0x20 && r|0x20 <= 'z'
		return !letter && !('0' <= r && r <= '9') && !strings.ContainsRune("!#$%&'*+-.^_`|~", r)
	})
}

// carriesOut tells whether the request is carried out although the fault
// answers it.
func (r *Rule) carriesOut() bool {
	return r.After || !r.Reset && r.Status == 0 && !r.ProxyPage
}

// name is the rule's own name, or says what it does.
func (r *Rule) name() string {
	return cmp.Or(r.Name, r.Operation+": "+r.Action())
}

// Action says what happens to the requests that the rule hits.
func (r *Rule) Action() string {
	var parts []string
	add := func(there bool, text string) {
		if there {
			parts = append(parts, text)
		}
	}
	add(r.Delay > 0, r.Delay.String()+" late")
	add(r.ProxyPage, fmt.Sprintf("page of a proxy with status %d", r.proxyStatus()))
	add(r.Status != 0 && !r.ProxyPage, fmt.Sprintf("status %d", r.Status))
	add(r.Truncate, "truncated")
	add(r.Malformed, "malformed")
	add(r.Reset, "connection reset")
	text := strings.Join(parts, ", ")
	if r.After {
		text += ", after the change"
	}
	return text
}

func (r *Rule) proxyStatus() int { return cmp.Or(r.Status, http.StatusBadGateway) }
