package api

import (
	"fmt"
	"net/http"
	"net/url"

	"github.com/go-json-experiment/json"

	"github.com/golokalise/lokalise/sandbox/internal/journal"
	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// Act is an operation that a person performs on a page of the sandbox, rather
// than a program by a request.
type Act struct {
	Request   *http.Request // the page's; the audit log says where it came from
	World     *state.World
	Operation string            // id in operations.json, such as keys.create
	Params    map[string]string // of the operation's path, by name
	Body      any               // becomes the JSON body; nil: none
}

// Do performs an operation as its handler does for a request, with all that
// follows from it: checks, events, webhooks, the audit log. It passes by what is
// about requests rather than about what they do: credentials, scopes, the rate
// limit, faults and the journal. The answer is decoded into answer unless that
// is nil. What the API would refuse is an *[Error].
func (s *Server) Do(a Act, answer any) error {
	found, err := a.find()
	if err != nil {
		return err
	}
	c := &call{
		request: a.Request.Clone(a.Request.Context()), header: http.Header{}, record: new(journal.Record),
		op: found, params: a.Params, reading: newReading(), values: url.Values{},
	}
	if c.body, err = a.body(); err != nil {
		return err
	}
	if err := c.readProject(); err != nil {
		return err
	}
	c.become(identity{world: a.World, userID: actor(a.World, c.project.id)})
	done, err := answerOf(c)
	if err != nil || answer == nil {
		return err
	}
	if other, ok := done.(withStatus); ok {
		done = other.body
	}
	data, err := json.Marshal(done, permissive)
	if err != nil {
		return fmt.Errorf("encode the answer of %s: %w", a.Operation, err)
	}
	return json.Unmarshal(data, answer, permissive)
}

func (a Act) find() (Operation, error) {
	for _, op := range operations {
		if op.ID == a.Operation && endpoints[op.ID].handle != nil {
			return op, nil
		}
	}
	return Operation{}, fmt.Errorf("the sandbox does not model %s", a.Operation)
}

func (a Act) body() ([]byte, error) {
	if a.Body == nil {
		return nil, nil
	}
	data, err := json.Marshal(a.Body, permissive)
	if err != nil {
		return nil, fmt.Errorf("encode the body of %s: %w", a.Operation, err)
	}
	return data, nil
}

func answerOf(c *call) (any, error) {
	ep := endpoints[c.op.ID]
	if ep.check != nil {
		if err := ep.check(c); err != nil {
			return nil, err
		}
	}
	return ep.handle(c)
}

// actor is the user whom a person at the pages acts for: the one that the
// personal tokens belong to, or, where that one may not, somebody who may
// change the project. It is 0 when nobody may.
func actor(w *state.World, projectID string) (userID int64) {
	_ = w.View(func(tx *state.Tx) error { // the function does not fail
		userID = Actor(tx, tx.Projects.Get("", projectID))
		return nil
	})
	return userID
}

// Actor is the user as whom Do changes a project, or something outside of
// projects when p is nil.
func Actor(tx *state.Tx, p *state.Project) int64 {
	if p == nil || canReach(tx, p, state.SeedUserID) {
		return state.SeedUserID
	}
	for m := range tx.Members.All(state.TeamKey(p.TeamID)) {
		if m.IsAdmin() {
			return m.UserID
		}
	}
	for c := range tx.Contributors.All(p.ID) {
		if c.IsAdmin {
			return c.UserID
		}
	}
	return 0
}
