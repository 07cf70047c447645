package state

import "fmt"

// Credentials lead into one world.
type Credentials struct {
	ClientID         string
	ClientSecret     string
	RedirectURI      string
	APIToken         string
	ReadOnlyAPIToken string
}

// DefaultRedirectURI is the redirect URI a new client is told to use, the one
// of the vendor's own tutorials.
const DefaultRedirectURI = "http://localhost:3000/callback"

// FixedCredentials are well-formed and obviously fake. They read as client id,
// secret and API token to a person who squints.
func FixedCredentials() Credentials {
	return Credentials{
		ClientID:         fixed("c11e471d", 1),
		ClientSecret:     fixed("5ec2e700", 1),
		RedirectURI:      DefaultRedirectURI,
		APIToken:         fixed("a9170ce4", 1),
		ReadOnlyAPIToken: fixed("a9170ce4", 2),
	}
}

func fixed(prefix string, n int) string { return fmt.Sprintf("%s%032x", prefix, n) }

// RandomCredentials are nobody else's.
func RandomCredentials() Credentials {
	return Credentials{
		ClientID:         NewSecret(),
		ClientSecret:     NewSecret(),
		RedirectURI:      DefaultRedirectURI,
		APIToken:         NewSecret(),
		ReadOnlyAPIToken: NewSecret(),
	}
}

// APIToken is a personal token. It never expires.
type APIToken struct {
	World    *World
	UserID   int64
	ReadOnly bool
}
