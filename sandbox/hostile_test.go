package sandbox_test

import (
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/golokalise/lokalise/sandbox/internal/api"
)

// notModeled are the operations that answer 501, by design
// (docs/sandbox-fidelity.md).
var notModeled = map[string]bool{"translation_memories.list": true}

// refusedByDesign are the operations whose good request is refused on the stage.
var refusedByDesign = map[string]int{
	"files.upload_from_fss": http.StatusBadRequest, // there is no storage to fetch from
	"files.delete":          http.StatusBadRequest, // of documents only

	"billing_details.create": http.StatusBadRequest, // the stage has made them already
	// The project has no segments, so that what follows that check is not reached.
	"segments.list":   http.StatusBadRequest,
	"segments.get":    http.StatusBadRequest,
	"segments.update": http.StatusBadRequest,
}

// TestHostileRequestsAreAnswered sends every operation requests that have one
// thing wrong each: members of another type, missing, twice, too long or too
// deep, and paths, queries and headers of that kind. Each is answered in the
// API's form with less than 500. HOSTILE_REQUESTS says how many of each
// operation; the default is 20, since the stage is set anew after each success,
// and there are up to two thousand, and 5 under the race detector.
func TestHostileRequestsAreAnswered(t *testing.T) {
	t.Parallel()
	n := amount(os.Getenv("HOSTILE_REQUESTS"), unlessRace(20, 5))
	for _, op := range api.Operations() {
		if op.API == "oauth2" {
			continue // FuzzRequest and the tests of the flow have these
		}
		t.Run(op.ID, func(t *testing.T) {
			t.Parallel()
			s := newStage(t)
			checkGood(s, op)
			s.leave()
			s = newStage(t)
			for _, m := range some(mutants(s.request(op)), n, op.ID) {
				a := s.send(m)
				checkAnswer(s, m, a)
				if a.status < 300 && op.Method != http.MethodGet {
					s.leave()
					s = newStage(t) // what the others need may be gone
				}
			}
			s.leave()
		})
	}
}

// checkGood tells whether the request that is spoiled later is a good one.
func checkGood(s *stage, op api.Operation) {
	s.Helper()
	good := s.request(op)
	a := s.send(good)
	want := op.Status
	if status, refused := refusedByDesign[op.ID]; refused {
		want = status
	}
	if notModeled[op.ID] {
		want = http.StatusNotImplemented
	}
	if a.status != want {
		s.Errorf("%s: %d %.300s, want %d", good, a.status, a.body, want)
	}
	if entry := s.Journal(); len(entry[len(entry)-1].Unread) > 0 && a.status < 300 {
		s.Logf("%s does not read %q", op.ID, entry[len(entry)-1].Unread)
	}
}

func checkAnswer(s *stage, m sent, a answer) {
	s.Helper()
	switch {
	case a.status >= 500 && (a.status != http.StatusNotImplemented || !notModeled[m.op]):
		s.Errorf("%s: %d %s", m, a.status, a.body)
	case a.status >= 300 && a.status < 400:
		s.Errorf("%s: sent to %s", m, a.header.Get("Location"))
	case a.status >= 400 && !isErrorBody(a):
		s.Errorf("%s: %d %.300q is no error of the API", m, a.status, a.body)
	case a.status != http.StatusNoContent && (!json.Valid([]byte(a.body)) || !utf8.ValidString(a.body)):
		s.Errorf("%s: %d %.300q is no JSON", m, a.status, a.body)
	}
}

// isErrorBody tells whether a body is an error in the form of the API or, of the
// over-the-air API, in its own.
func isErrorBody(a answer) bool {
	var body struct {
		Error      json.RawMessage
		Message    string
		StatusCode int
		ErrorCode  string
	}
	if json.Unmarshal([]byte(a.body), &body) != nil {
		return false
	}
	var inner struct {
		Message string
		Code    int
	}
	if json.Unmarshal(body.Error, &inner) == nil && inner.Message != "" {
		return inner.Code == a.status
	}
	return body.Message != "" && (body.StatusCode == a.status || body.ErrorCode != "") || strings.Contains(a.body, `"errors"`)
}

// leave lets everything that was begun come to its end, looks for traces of
// defects and of secrets, and closes the sandbox.
func (s *stage) leave() {
	s.Helper()
	s.Clock().Advance(time.Hour)
	entries := s.Journal()
	text := jsonText(s, entries)
	for _, secret := range []string{s.token, s.otaToken, s.appToken, s.Credentials().ClientSecret} {
		if strings.Contains(text, secret) {
			s.Errorf("the journal has the secret %.8s…", secret)
		}
	}
	for _, e := range entries {
		for _, note := range e.Notes {
			if strings.Contains(note, "defect") {
				s.Errorf("%s %s %.300s: %s", e.Method, e.Path, e.RequestBody, note)
			}
		}
	}
	if a := s.send(sent{method: http.MethodGet, path: "/journal", tokenHeader: "Accept", token: "text/html"}); a.status != http.StatusOK {
		s.Errorf("the page of the journal: %d", a.status)
	}
	if err := s.Close(); err != nil {
		s.Error(err)
	}
}
