package webhooks

import (
	"bytes"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// wholeProject are the events whose project never has a branch in it, by the
// declarations of the official Node SDK.
var wholeProject = map[string]bool{
	"project.branch.added":             true,
	"project.branch.deleted":           true,
	"project.branch.merged":            true,
	"project.contributor.added":        true,
	"project.contributor.added_public": true,
	"project.contributor.deleted":      true,
	"project.copied":                   true,
	"project.deleted":                  true,
	"project.language.removed":         true,
	"project.snapshot":                 true,
	"project.task.queued":              true,
}

// nobodys are the events that have no user, by the same declarations.
var nobodys = map[string]bool{
	"project.task.initial_tm_leverage.calculated": true,
	"team.order.completed":                        true,
}

type projectPart struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Branch string `json:"branch,omitzero"`
}

type userPart struct {
	Email    string `json:"email"`
	FullName string `json:"full_name"`
}

// around is what every body has beside the members of its event.
type around struct {
	Project   projectPart `json:"project"`
	User      *userPart   `json:"user,omitzero"`
	CreatedAt string      `json:"created_at"` // of no zone; it is UTC (assumed)
	Timestamp int64       `json:"created_at_timestamp"`
}

// body is what webhooks are sent about an event: its name, its own members, and
// what is around them.
func body(tx *state.Tx, e state.Event) []byte {
	rest := around{Project: projectPart{ID: e.ProjectID}, CreatedAt: tx.Now().Format("2006-01-02 15:04:05"), Timestamp: tx.Now().Unix()}
	if p := tx.Projects.Get("", e.ProjectID); p != nil {
		rest.Project.Name = p.Name
	}
	if !wholeProject[e.Name] {
		rest.Project.Branch = e.Branch
	}
	if u := tx.Users.Get("", e.UserID); u != nil && !nobodys[e.Name] {
		rest.User = &userPart{Email: u.Email, FullName: u.FullName}
	}
	return join(struct {
		Event string `json:"event"`
	}{e.Name}, e.Payload, rest)
}

// join writes one object with the members of several. One that is no object
// has none.
func join(parts ...any) []byte {
	out := []byte{'{'}
	for _, part := range parts {
		data, err := json.Marshal(part, jsontext.AllowInvalidUTF8(true), json.Deterministic(true))
		if err != nil || !bytes.HasPrefix(data, []byte{'{'}) || len(data) == len("{}") {
			continue
		}
		if len(out) > 1 {
			out = append(out, ',')
		}
		out = append(out, data[1:len(data)-1]...)
	}
	return append(out, '}')
}
