package browser_test

import (
	"net/http"
	"strings"
	"testing"
)

// TestProblemPages: an authorization URL with a mistake in it leads to a page
// that says what to fix, and never to the app.
func TestProblemPages(t *testing.T) {
	t.Parallel()
	a, b := startApp(t), open(t)
	for _, tt := range []struct {
		name    string
		pairs   []string
		heading string
		words   []string // some of what helps
	}{
		{
			"unknown client",
			[]string{"client_id", strings.Repeat("0", 40)},
			"This app is not registered",
			[]string{strings.Repeat("0", 40), a.box.Credentials().ClientID},
		},
		{
			"no client",
			[]string{"client_id", ""},
			"The authorization URL is incomplete",
			[]string{"client_id"},
		},
		{
			"unregistered redirect URI",
			[]string{"redirect_uri", "https://" + foreign + "/callback"},
			"This redirect URI is not registered",
			[]string{"https://" + foreign + "/callback", "any http address of this machine", "--redirect-uri"},
		},
		{
			"redirect URI that runs a script",
			[]string{"redirect_uri", "javascript:alert(1)"},
			"This redirect URI is not registered",
			[]string{"javascript:alert(1)"},
		},
		{
			"unknown scope",
			[]string{"scope", "read_projects write_project"},
			"This scope does not exist",
			[]string{"Did you mean write_projects in place of write_project?"},
		},
		{
			"no scope",
			[]string{"scope", ""},
			"The authorization URL is incomplete",
			[]string{"scope"},
		},
		{
			"another response type",
			[]string{"response_type", "token"},
			"This response type is not supported",
			[]string{"token", "code"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, b := a.on(t), b.on(t)
			address := a.authURLWith(tt.pairs...)
			if status := b.visit(address); status != http.StatusBadRequest {
				t.Errorf("status %d", status)
			}
			if h := b.heading(); h != tt.heading {
				t.Errorf("the heading is %q, want %q", h, tt.heading)
			}
			for _, words := range tt.words {
				if text := b.text(); !strings.Contains(text, words) {
					t.Errorf("the page does not say %q:\n%s", words, text)
				}
			}
			if here := eval[string](b, `location.href`); !strings.HasPrefix(here, a.box.URL()+"/oauth2/auth?") {
				t.Errorf("the browser is at %s", here)
			}
			if b.visible(`button[value="allow"]`) {
				t.Error("there is a button to allow it")
			}
			a.notCalled()
		})
	}
	b.noTrouble()
}
