package sandbox

import (
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/golokalise/lokalise/sandbox/internal/faults"
	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// Fault makes requests fail on purpose. It says which requests, how often, and
// how; fields that are left out choose every request and do nothing.
//
// A fault hits a request of the API that would otherwise be carried out: one
// whose path, credential and scope are in order. At the token endpoint it hits
// any request that can be read, and at the consent page the opening of it.
type Fault struct {
	// Name is what the journal calls the fault. Defaults to the operation and
	// what happens.
	Name string

	// Operation is the id of an operation, as docs/operations.md lists them,
	// oauth2.token, oauth2.refresh or oauth2.authorize, or a pattern such as
	// keys.*; several are separated by commas. It is required.
	Operation string

	World      string // name of a world. Defaults to all
	User       string // e-mail address or id of the user who is acted for
	Project    string // id of the project in the path, without a branch
	Grant      int64  // id of the OAuth grant, see OAuthControl.Grants
	Credential string // kind, as Entry.Credential names it

	Skip        int     // how many requests pass first
	Times       int     // how many are hit. Defaults to every one until the fault is cleared
	Probability float64 // between 0 and 1, decided for each request. Defaults to always
	Seed        uint64  // makes Probability decide otherwise, the same way each time

	// After lets the request be carried out and its change be made before
	// anything goes wrong: the answer is lost, not the change. Truncate and
	// Malformed without a status damage the real answer, so that the change is
	// made as well.
	After bool

	// Delay keeps the request waiting, on the machine's clock, since a client's
	// timeout runs on that one too. A client that gives up before the change
	// was made has changed nothing. With nothing else set, the request is
	// carried out then. At most an hour.
	Delay time.Duration

	Status      int    // answer with this status, from 400 to 599, in the form of the API or token endpoint
	Message     string // text in that form. Defaults to the service's usual one
	Body        string // instead of that form
	ContentType string // of Body. Defaults to application/json

	Header        http.Header // added to the answer, Retry-After for one
	NoRateHeaders bool        // leaves X-Ratelimit-* out, which a 429 has otherwise

	Reset     bool // cut the connection without an answer: by a reset over TCP, by closing it in memory
	Truncate  bool // announce the whole body, send half of it and close
	Malformed bool // send half of the body as if it were all
	ProxyPage bool // answer with the HTML page of a proxy. Status defaults to 502
}

// FaultStatus has requests of an operation answered with a status, in the form
// and with the text of the service.
func FaultStatus(operation string, status int) Fault {
	return Fault{Operation: operation, Status: status}
}

// FaultLostAnswer has the next request of an operation carried out and its
// answer lost.
func FaultLostAnswer(operation string) Fault {
	return Fault{Operation: operation, After: true, Reset: true, Times: 1}
}

// FaultDelay has requests of an operation answered late.
func FaultDelay(operation string, d time.Duration) Fault {
	return Fault{Operation: operation, Delay: d}
}

// InjectedFault is a fault and what it has done.
type InjectedFault struct {
	ID    int64
	Fault Fault
	Seen  int  // requests that it is for
	Hit   int  // requests that it hit
	Spent bool // its Times are used up
}

// Inject adds faults, all or none. They are tried in the order in which they
// were added; the first that hits a request wins, and later ones do not see
// the request. It fails for a fault that means nothing, or for an operation,
// world, user, project or grant that is not there, and says why. Up to 1,000 faults are held.
//
// A client may send again on its own what got no answer: net/http's does so for
// a GET on a connection that it used before.
func (s *Server) Inject(fault ...Fault) error {
	if _, err := s.inject(fault); err != nil {
		return errors.New("sandbox: fault: " + s.mask().Text(err.Error()))
	}
	return nil
}

func (s *Server) inject(list []Fault) ([]int64, error) {
	rules := make([]faults.Rule, len(list))
	for i, f := range list {
		if err := s.checkTarget(f); err != nil {
			return nil, err
		}
		rules[i] = faults.Rule(f)
	}
	return s.faults.Add(rules...)
}

// Faults lists the faults in the order in which they are tried, spent ones
// included.
func (s *Server) Faults() []InjectedFault {
	list := []InjectedFault{}
	for _, f := range s.faults.List() {
		list = append(list, InjectedFault{ID: f.ID, Fault: Fault(f.Rule), Seen: f.Seen, Hit: f.Applied, Spent: f.Spent()})
	}
	return list
}

// ClearFaults removes the faults with the ids, or all when there are none, and
// returns how many it removed. Reset removes all.
func (s *Server) ClearFaults(ids ...int64) int {
	return s.faults.Remove(func(f faults.Status) bool { return len(ids) == 0 || slices.Contains(ids, f.ID) })
}

// forgetFaults removes the faults of one world and returns how many there were.
func (s *Server) forgetFaults(w *state.World) int {
	return s.faults.Remove(func(f faults.Status) bool { return f.Rule.World == w.Name })
}
