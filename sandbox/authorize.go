package sandbox

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	"github.com/golokalise/lokalise/sandbox/internal/authserver"
)

// AuthorizeOptions say how a user answers the consent page.
type AuthorizeOptions struct {
	User string // e-mail address or id of a seeded user. Defaults to the first
	Deny bool   // press Deny. Defaults to Allow
}

// AuthorizeError says why an authorization URL gets an error page and no
// redirect, in the words of the page.
type AuthorizeError struct {
	Title   string
	Message string
	Fixes   []string
}

// Error is the page in one line.
func (e *AuthorizeError) Error() string {
	text := "sandbox: authorize: " + e.Title + ". " + e.Message
	for _, fix := range e.Fixes {
		text += " " + fix
	}
	return text
}

// Authorize does what a person does in a browser: it opens the authorization
// URL, answers the consent page, and returns where the browser is sent then,
// with the code or the denial in its query. Without a redirect URI that is the
// page which shows the code. A URL that would get an error page gives an
// [*AuthorizeError].
func (s *Server) Authorize(ctx context.Context, authURL string, opts AuthorizeOptions) (redirectTo string, err error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	return s.authorize(authURL, opts, s.URL())
}

func (s *Server) authorize(authURL string, opts AuthorizeOptions, baseURL string) (string, error) {
	u, err := url.Parse(authURL)
	if err != nil {
		return "", &AuthorizeError{Title: "The authorization URL cannot be read", Message: "It is no URL."}
	}
	if u.Host != "" && !s.guard.allows(u.Host) {
		return "", &AuthorizeError{
			Title:   "The authorization URL leads elsewhere",
			Message: fmt.Sprintf("Its host is %.100q, and this sandbox is at %s.", u.Host, baseURL),
			Fixes:   []string{"Set the OAuth client's host to the sandbox's URL."},
		}
	}
	if u.Path != authserver.AuthorizePath {
		return "", &AuthorizeError{
			Title:   "The authorization URL has the wrong path",
			Message: fmt.Sprintf("Its path is %.100q, and the consent page is at %s.", u.EscapedPath(), authserver.AuthorizePath),
		}
	}
	redirectTo, err := s.auth.Authorize(u.RawQuery, opts.User, !opts.Deny, baseURL)
	if refusal := (*authserver.RefusalError)(nil); errors.As(err, &refusal) {
		return "", &AuthorizeError{Title: refusal.Page.Title, Message: refusal.Page.Message, Fixes: refusal.Page.Fixes}
	}
	if err != nil {
		return "", fmt.Errorf("sandbox: authorize: %w", err)
	}
	return redirectTo, nil
}
