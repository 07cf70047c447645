package api

import (
	"net/http"
	"time"

	"github.com/golokalise/lokalise/sandbox/internal/faults"
)

// InjectFaults has the engine asked about every request that would be carried
// out. It is called before the first request.
func (s *Server) InjectFaults(e *faults.Engine) { s.faults = e }

// OperationIDs lists the ids of all known operations.
func OperationIDs() []string {
	ids := make([]string, len(operations))
	for i, op := range operations {
		ids[i] = op.ID
	}
	return ids
}

// hit finds the fault of a call, or nil.
func (s *Server) hit(c *call) *faults.Hit {
	target := faults.Call{
		Operations: []string{c.op.ID},
		World:      c.who.world.Name, UserID: c.who.userID, Email: c.record.User,
		Project: c.project.id, Credential: c.record.Credential,
	}
	if c.who.access != nil {
		target.Grant = c.who.access.GrantID
	}
	hit := s.faults.Hit(target)
	if hit != nil {
		c.record.Fault = hit.Name()
	}
	return hit
}

// faultTexts are the texts of errors that the sandbox gives for no other
// reason, beside the standard text of the status.
var faultTexts = map[int]string{
	http.StatusTooManyRequests: tooManyRequestsMessage, // documented
	// What a token got that was used twice at once, before 2022 (recorded by a
	// user of an official SDK).
	http.StatusLocked: "Your token is currently used to process another request. We do not support concurrent requests.",
}

// writeFault writes an error that a fault asks for, in the API's form.
func (s *Server) writeFault(w http.ResponseWriter, status int, message string) {
	if message == "" {
		message = faultTexts[status]
	}
	if message == "" {
		message = http.StatusText(status)
	}
	if message == "" {
		message = "Error"
	}
	if status == http.StatusTooManyRequests {
		rate := s.limiter.rate
		if rate == 0 {
			rate = DefaultRate
		}
		writeRate(w.Header(), rate, 0, time.Second)
	}
	WriteError(w, status, message)
}
