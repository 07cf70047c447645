package sandbox

import (
	"fmt"
	"log/slog"

	"github.com/golokalise/lokalise/internal/redact"
	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// Credentials are what a program needs to reach one world of a sandbox. They
// work nowhere else. As JSON they are complete; printed, they are masked.
type Credentials struct {
	ClientID         string `json:"client_id"`
	ClientSecret     string `json:"client_secret"`
	RedirectURI      string `json:"redirect_uri"`        // a registered one to use; others on loopback are fine too
	APIToken         string `json:"api_token"`           // personal token that may read and write
	ReadOnlyAPIToken string `json:"read_only_api_token"` // personal token that may only read
}

func publicCredentials(w *state.World) Credentials {
	c := w.Credentials()
	return Credentials{
		ClientID:         c.ClientID,
		ClientSecret:     c.ClientSecret,
		RedirectURI:      c.RedirectURI,
		APIToken:         c.APIToken,
		ReadOnlyAPIToken: c.ReadOnlyAPIToken,
	}
}

// String names the client and masks everything else.
func (c Credentials) String() string {
	return fmt.Sprintf("client %s, secret %s, API token %s, redirect URI %s",
		c.ClientID, redact.Secret(c.ClientSecret), redact.Secret(c.APIToken), c.RedirectURI)
}

// GoString is String, for %#v.
func (c Credentials) GoString() string { return "sandbox.Credentials{" + c.String() + "}" }

// LogValue implements slog.LogValuer.
func (c Credentials) LogValue() slog.Value { return slog.StringValue(c.String()) }
