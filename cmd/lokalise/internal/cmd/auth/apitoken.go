package auth

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/account"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/exit"
	"github.com/golokalise/lokalise/oauth"
)

// fromInput reads a personal API token and tries it.
func (o *LoginOptions) fromInput(ctx context.Context) (p account.Profile, token *oauth.Token, err error) {
	p = account.Profile{Kind: account.APIToken, BaseURL: o.BaseURL}
	text, err := o.IO.ReadSecret(ctx, "Personal API token (it is not shown): ", maxSecret)
	if err != nil {
		return p, nil, err
	}
	text = strings.TrimSpace(text)
	if text == "" || strings.ContainsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) {
		return p, nil, exit.Usagef("lokalise auth login --with-token < token.txt", "the standard input must hold one API token and nothing else")
	}
	client, err := lokalise.New(lokalise.WithAPIToken(text), lokalise.WithBaseURL(o.BaseURL))
	if err != nil {
		return p, nil, &exit.Error{Code: exit.Usage, Err: err, Hint: "see --base-url and " + account.BaseURLVariable}
	}
	if _, err := client.Projects.List(ctx, &lokalise.ProjectListOptions{Limit: 1}); err != nil {
		return p, nil, o.triedInVain(ctx, err)
	}
	return p, &oauth.Token{AccessToken: text}, nil
}

func (o *LoginOptions) triedInVain(ctx context.Context, err error) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, lokalise.ErrUnauthorized):
		return &exit.Error{
			Code: exit.Auth, Message: fmt.Sprintf("%s does not accept the token", o.BaseURL), Err: err,
			Hint: "make a new one in your profile at Lokalise; nothing was stored",
		}
	default:
		return &exit.Error{Message: "the token could not be tried, and nothing was stored", Err: err, Hint: "try again later"}
	}
}
