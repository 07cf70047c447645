package sandbox

import (
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/golokalise/lokalise/sandbox/internal/journal"
)

// Entry is one request in the journal with its answer. Every secret in it is
// masked.
type Entry struct {
	ID         uint64        `json:"id"`   // counts up from 1; Reset does not start it over
	Time       time.Time     `json:"time"` // on the sandbox's clock
	Duration   time.Duration `json:"duration_ns"`
	Method     string        `json:"method"`
	Path       string        `json:"path"` // as sent, without the query
	Query      string        `json:"query,omitempty"`
	Operation  string        `json:"operation,omitempty"` // id of the API operation, such as projects.list; empty: none
	Status     int           `json:"status"`              // 0: a fault cut the connection before any answer
	World      string        `json:"world,omitempty"`
	Credential string        `json:"credential"` // kind: "none", "not checked" (refused for something else before), "unknown token", "API token", "read-only API token", "OAuth token", "expired OAuth token", "client", "browser", "service token", "SDK token"
	User       string        `json:"user,omitempty"`

	Scope        string   `json:"scope,omitempty"`         // scope the operation takes of an OAuth token
	ScopeMissing string   `json:"scope_missing,omitempty"` // set when the token lacked it
	Limit        string   `json:"limit,omitempty"`         // what the rate limiter decided
	Unread       []string `json:"unread,omitempty"`        // what was sent and nobody read: members of the body by path, query parameters after a question mark
	Notes        []string `json:"notes,omitempty"`         // what the sandbox has to say about the request

	Fault string `json:"fault,omitempty"` // name of the fault that was injected into it

	RequestHeader    http.Header `json:"request_header"`
	RequestBody      string      `json:"request_body,omitempty"` // JSON and forms only
	RequestBodySize  int64       `json:"request_body_size"`      // in bytes, kept or not
	ResponseHeader   http.Header `json:"response_header"`
	ResponseBody     string      `json:"response_body,omitempty"` // JSON only
	ResponseBodySize int64       `json:"response_body_size"`
}

// String is one line about the entry.
func (e Entry) String() string {
	line := fmt.Sprintf("%s %s %s %d", e.Time.Format(time.TimeOnly), e.Method, e.Path, e.Status)
	if e.Operation != "" {
		line += " " + e.Operation
	}
	if e.ScopeMissing != "" {
		line += " (scope " + e.ScopeMissing + " is missing)"
	}
	if e.Fault != "" {
		line += " (fault " + e.Fault + ")"
	}
	return line
}

// Journal returns the latest requests, oldest first. Up to 2,000 are kept,
// fewer when their bodies are big. Requests to the sandbox's own pages and
// reads of its control plane are not in it.
func (s *Server) Journal() []Entry { return s.journalAfter(0) }

func (s *Server) journalAfter(id uint64) []Entry {
	records := s.ring.Records(id)
	entries := make([]Entry, len(records))
	for i, r := range records {
		entries[i] = s.entry(r)
	}
	return entries
}

func (s *Server) mask() journal.Mask { return journal.Mask{Live: s.isSecret} }

// isSecret tells whether a word must be masked wherever it turns up.
func (s *Server) isSecret(word string) bool {
	return s.universe.IsSecret(word) || s.auth.IsPending(word)
}

// entry is the masked form of a record, for the caller to keep.
func (s *Server) entry(r *journal.Record) Entry {
	mask := s.mask()
	m := mask.Record(r)
	return Entry{
		ID: r.Seq, Time: r.Time, Duration: r.Duration,
		Method: r.Method, Path: mask.Path(r.URL), Query: m.Query,
		Operation: r.Operation, Status: r.Status,
		World: r.World, Credential: r.Credential, User: r.User,
		Scope: r.Scope, ScopeMissing: r.ScopeMissing, Limit: r.Limit,
		Unread: maskAll(mask, r.Unread), Notes: slices.Clone(m.Notes), Fault: m.Fault,
		RequestHeader: m.RequestHeader.Clone(), RequestBody: m.RequestBody, RequestBodySize: r.Request.Size(),
		ResponseHeader: m.ResponseHeader.Clone(), ResponseBody: m.ResponseBody, ResponseBodySize: r.Response.Size(),
	}
}

// maskAll masks texts that a client chose.
func maskAll(mask journal.Mask, texts []string) []string {
	masked := make([]string, len(texts))
	for i, text := range texts {
		masked[i] = mask.Text(text)
	}
	return masked
}
