// Package lab does harm to one customer's grant, at the sandbox, so that one can
// watch what becomes of it. An app that people use has no such package.
package lab

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"

	"github.com/golokalise/lokalise/sandbox"
	"github.com/golokalise/lokalise/tokens"
)

// Experiment is something that can be done to a grant.
type Experiment string

// The experiments.
const (
	Expire    Experiment = "expire"     // the access token, which the app does not notice
	Revoke    Experiment = "revoke"     // the grant, as a person does at Lokalise
	FailTwice Experiment = "fail"       // the next two refreshes
	RotateOn  Experiment = "rotate-on"  // refresh tokens are replaced, and reuse detected
	RotateOff Experiment = "rotate-off" // refresh tokens stay, as Lokalise's are recorded to
)

// failures is how many refreshes FailTwice spoils.
const failures = 2

// ErrUnknown says that there is no such experiment.
var ErrUnknown = errors.New("lab: no such experiment")

// Source gives the access token of the grant; [tokens.Source] does.
type Source interface {
	Token(ctx context.Context) (string, error)
}

// Lab makes experiments at a sandbox.
type Lab struct {
	box *sandbox.Server

	mu     sync.Mutex
	grants map[string]int64 // the sandbox's number of the grant that has an ID in the app
}

// New returns a lab at a sandbox.
func New(box *sandbox.Server) *Lab {
	return &Lab{box: box, grants: map[string]int64{}}
}

// Rotates tells whether the sandbox replaces refresh tokens.
func (l *Lab) Rotates() bool { return l.box.OAuth().Policy().Rotation != sandbox.RotationNone }

// Spoiled is how many refreshes of the grant are still going to fail.
func (l *Lab) Spoiled(id string) int {
	l.mu.Lock()
	grant, known := l.grants[id]
	l.mu.Unlock()
	left := 0
	for _, f := range l.box.Faults() {
		if known && f.Fault.Grant == grant {
			left += f.Fault.Times - f.Hit
		}
	}
	return left
}

// Run makes an experiment with the grant that has an ID in the app, and says
// what was done. The error is ErrUnknown, or one of package tokens when there is
// no grant to do something to.
func (l *Lab) Run(ctx context.Context, id string, source Source, e Experiment) (string, error) {
	switch e {
	case RotateOn:
		return "Refresh tokens rotate from now on, and reuse is detected.", l.rotate(sandbox.RotationDetectReuse)
	case RotateOff:
		return "Refresh tokens stay the same from now on.", l.rotate(sandbox.RotationNone)
	case Expire, Revoke, FailTwice:
	default:
		return "", ErrUnknown
	}
	grant, err := l.grant(ctx, id, source)
	if err != nil {
		return "", err
	}
	switch e {
	case Expire:
		l.box.OAuth().ExpireAccessTokensOf(grant)
		return "The access token has expired at the sandbox. This app has not noticed: load the projects.", nil
	case Revoke:
		return "The grant was revoked at the sandbox. This app has not noticed: load the projects.", l.box.OAuth().RevokeGrant(grant)
	default:
		return "The next two refreshes will fail. Expire the access token, and load the projects.", l.spoil(grant)
	}
}

// rotate changes what a refresh does to the refresh token, in the whole sandbox:
// a server has one policy.
func (l *Lab) rotate(rotation sandbox.OAuthRotation) error {
	policy := l.box.OAuth().Policy()
	policy.Rotation = rotation
	return l.box.OAuth().SetPolicy(policy)
}

func (l *Lab) spoil(grant int64) error {
	return l.box.Inject(sandbox.Fault{
		Name:      fmt.Sprintf("experiment of the web app: refreshes of grant %d fail twice", grant),
		Operation: "oauth2.refresh", Grant: grant, Times: failures, Status: http.StatusServiceUnavailable,
	})
}

// grant finds out what the sandbox calls the grant. Only a token of it can tell,
// and there is none to be had while refreshes fail: so the answer is remembered.
func (l *Lab) grant(ctx context.Context, id string, source Source) (int64, error) {
	l.mu.Lock()
	grant, known := l.grants[id]
	l.mu.Unlock()
	if known {
		return grant, nil
	}
	token, err := source.Token(ctx)
	if err != nil {
		return 0, err
	}
	grant, found := l.box.OAuth().GrantOf(token)
	if !found {
		// The app holds a token that the sandbox does not know any more, as
		// after a restart without its state.
		return 0, tokens.ErrNotFound
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.grants[id] = grant
	return grant, nil
}

// Forget must be told when a grant is stored or deleted: the next one under that
// ID is another one at the sandbox.
func (l *Lab) Forget(id string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.grants, id)
}
