package web

import (
	"net/http"
	"time"
)

// Credentials are what a program needs to reach the sandbox.
type Credentials struct {
	ClientID         string
	ClientSecret     string
	RedirectURI      string
	APIToken         string
	ReadOnlyAPIToken string
}

// HomeView is the sandbox's front page.
type HomeView struct {
	Chrome      Chrome
	BaseURL     string // root of the sandbox without a trailing slash
	Credentials Credentials
	Env         []Variable    // what `lokalise sandbox env` exports
	AuthURL     string        // a ready-made authorization URL to try; empty: no button
	Now         time.Time     // the sandbox's clock
	Ahead       time.Duration // how far the clock is ahead of the real one
	Projects    int
	Users       int
	LiveTokens  int          // access tokens that are good
	Faults      int          // in force, spent ones left out
	Waiting     int          // deliveries to webhooks that wait for an attempt
	Requests    int          // entries in the journal
	Latest      []JournalRow // the latest requests, newest first
	Last        uint64       // id of the latest request there was
}

// HomeRequests is how many of the latest requests the front page shows.
const HomeRequests = 5

// Variable is one environment variable.
type Variable struct{ Name, Value string }

// Home writes the front page with status 200.
func Home(w http.ResponseWriter, v HomeView) {
	render(w, http.StatusOK, "home", frame{Title: "Home", Nav: HomePath, Chrome: v.Chrome, View: newHomePage(v)})
}

type homePage struct {
	HomeView
	AuthLink string
	Clock    string
	Fields   []credentialField
	Snippets []snippet
	Live     live
}

func newHomePage(v HomeView) homePage {
	link, _ := safeLink(v.AuthURL)
	p := homePage{HomeView: v, AuthLink: link, Clock: ahead(v.Ahead), Fields: v.fields(), Snippets: homeSnippets(v), Live: newLive(v.Chrome, JournalFilter{}, v.Last, HomeRequests)}
	p.Live.Rows, p.Live.Reload = newRowLines(v.Chrome, v.Latest), v.Chrome.Link(HomePath)
	return p
}

// credentialField is one value to copy.
type credentialField struct{ ID, Label, Value string }

func (v HomeView) fields() []credentialField {
	c := v.Credentials
	return []credentialField{
		{"base-url", "Address", v.BaseURL},
		{"client-id", "Client ID", c.ClientID},
		{"client-secret", "Client secret", c.ClientSecret},
		{"redirect-uri", "Redirect URI", c.RedirectURI},
		{"api-token", "API token", c.APIToken},
		{"read-only-api-token", "Read-only API token", c.ReadOnlyAPIToken},
	}
}
