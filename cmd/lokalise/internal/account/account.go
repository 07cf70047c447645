package account

import (
	"context"
	"time"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/tokens"
)

// closeGrace is how long a refresh that was started in the background may take
// to be stored when the program is about to end.
const closeGrace = 15 * time.Second

// Account is one login.
type Account struct {
	Name    string
	Profile Profile

	accounts *Accounts
	manager  *tokens.Manager
	id       string
}

// Token returns a valid token, refreshed if need be. Errors say what to do.
func (a *Account) Token(ctx context.Context) (string, error) {
	token, err := a.manager.Token(ctx, a.id)
	return token, a.Explain(err)
}

// Status says how the login is doing, as far as is known: it asks no server.
func (a *Account) Status(ctx context.Context) (tokens.Status, error) {
	st, err := a.manager.Status(ctx, a.id)
	return st, a.Explain(err)
}

// Client returns an API client that acts for the account, at the server that
// the account is for.
func (a *Account) Client(ctx context.Context) (*lokalise.Client, error) {
	options := []lokalise.Option{lokalise.WithBaseURL(a.Profile.BaseURL), lokalise.WithUserAgent(userAgent)}
	if a.Profile.Kind == OAuth {
		options = append(options, lokalise.WithTokenSource(a.manager.Source(a.id)))
	} else {
		token, err := a.Token(ctx)
		if err != nil {
			return nil, err
		}
		options = append(options, lokalise.WithAPIToken(token))
	}
	return lokalise.New(options...)
}

// Explain turns an error of the account's token, or of a call with it, into one
// that says what to do.
func (a *Account) Explain(err error) error { return a.accounts.explain(a.Name, a.refused(err)) }

// Close ends what goes on in the background. A refresh that was begun is
// stored.
func (a *Account) Close(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeGrace)
	defer cancel()
	return a.manager.Close(ctx)
}
