package lokalise

import (
	"context"
	"errors"
	"net/http"
	"net/url"
)

// DefaultBaseURL is the root of the Lokalise API.
const DefaultBaseURL = "https://api.lokalise.com"

// TokenSource gives the access token for a request.
type TokenSource interface {
	Token(ctx context.Context) (string, error)
}

// TokenInvalidator is implemented by a [TokenSource] that wants to know when
// the API refused its token.
type TokenInvalidator interface {
	InvalidateToken(ctx context.Context, rejected string) error
}

// Client calls the Lokalise API.
type Client struct {
	Projects *ProjectsService

	cfg config
}

type service struct{ client *Client }

// New returns a client.
func New(opts ...Option) (*Client, error) {
	cfg := config{httpClient: http.DefaultClient, userAgent: "lokalise-go"}
	cfg.base, _ = url.Parse(DefaultBaseURL)
	for _, opt := range opts {
		if err := opt(&cfg); err != nil {
			return nil, err
		}
	}
	if cfg.creds != 1 {
		return nil, errors.New("lokalise: exactly one of WithAPIToken, WithBearerToken and WithTokenSource is needed")
	}
	c := &Client{cfg: cfg}
	c.Projects = &ProjectsService{service{c}}
	return c, nil
}
