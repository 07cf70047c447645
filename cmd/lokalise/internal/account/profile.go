package account

import (
	"fmt"
	"io"
	"log/slog"
	"strings"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/exit"
	"github.com/golokalise/lokalise/oauth"
)

// DefaultName is the account that a command uses when it is told of none.
const DefaultName = "default"

// Kind is how an account was connected.
type Kind string

const (
	// OAuth is a login in the browser: a token for an hour, renewed by itself.
	OAuth Kind = "oauth"
	// APIToken is a personal API token. It does not expire.
	APIToken Kind = "api_token"
)

// Profile is what an account is besides its token.
type Profile struct {
	Kind Kind `json:"kind"`
	// BaseURL is where the API is that the token is for, without /api2.
	BaseURL string `json:"base_url"`
	// OAuthHost, ClientID and ClientSecret are set for an OAuth login only.
	OAuthHost    string `json:"oauth_host,omitempty"`
	ClientID     string `json:"client_id,omitempty"`
	ClientSecret string `json:"client_secret,omitempty"`
	// Login names the token's record; Save sets it.
	Login string `json:"login"`
}

// String describes the profile without the client secret.
func (p Profile) String() string {
	return fmt.Sprintf("%s for %s, client %q", p.Kind, p.BaseURL, p.ClientID)
}

// Format writes String for every verb.
func (p Profile) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, p.String()) }

// LogValue hides the client secret from slog.
func (p Profile) LogValue() slog.Value { return slog.StringValue(p.String()) }

// Client returns the OAuth client of the profile's app. The error is an
// [*oauth.ConfigError].
func (p Profile) Client(redirectURL string) (*oauth.Client, error) {
	return oauth.New(oauth.Config{
		ClientID: p.ClientID, ClientSecret: p.ClientSecret, RedirectURL: redirectURL,
		Host: p.OAuthHost, UserAgent: userAgent,
	})
}

const userAgent = "lokalise-cli"

// BaseURLVariable names the environment variable that says where the API is.
const BaseURLVariable = "LOKALISE_BASE_URL"

// CheckServer refuses to use the account where the environment names another
// API than the one that the token is for: it would hand a token to a server
// that has no business with it.
func (a *Account) CheckServer(getenv func(string) string) error {
	named := SameURL(getenv(BaseURLVariable))
	if named == "" || named == SameURL(a.Profile.BaseURL) {
		return nil
	}
	return &exit.Error{
		Code:    exit.Auth,
		Message: fmt.Sprintf("account %q is for %s, and %s names %s", a.Name, a.Profile.BaseURL, BaseURLVariable, named),
		Hint:    fmt.Sprintf("unset %s, or log in there under another name: lokalise auth login --account NAME", BaseURLVariable),
	}
}

// SameURL writes a server's address in one way, so that two can be compared.
func SameURL(address string) string {
	return strings.ToLower(strings.TrimRight(address, "/"))
}

// IsLokalise tells whether the addresses are those of Lokalise itself.
func IsLokalise(oauthHost, baseURL string) (host, api bool) {
	return SameURL(oauthHost) == oauth.DefaultHost, SameURL(baseURL) == lokalise.DefaultBaseURL
}

// CheckName refuses names that do not fit a line or a file.
func CheckName(name, hint string) error {
	const longest = 64
	odd := func(r rune) bool {
		return !strings.ContainsRune("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_@", r)
	}
	if name == "" || len(name) > longest || strings.ContainsFunc(name, odd) {
		return exit.Usagef(hint, "--account takes 1 to %d letters, digits and . - _ @, got %q", longest, name)
	}
	return nil
}
