package oauth_test

import (
	"errors"
	"net/url"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/oauth"
)

var readProjects = []oauth.Scope{oauth.ScopeReadProjects}

// The path is pinned because the official Node SDK has built /auth since v12.
func TestAuthCodeURLHasThePathOfTheDocumentation(t *testing.T) {
	t.Parallel()
	for host, want := range map[string]string{
		"":                                    "https://app.lokalise.com/oauth2/auth",
		oauth.DefaultHost:                     "https://app.lokalise.com/oauth2/auth",
		"https://app.lokalise.com/":           "https://app.lokalise.com/oauth2/auth",
		"http://127.0.0.1:8484":               "http://127.0.0.1:8484/oauth2/auth",
		"https://proxy.example/lokalise":      "https://proxy.example/lokalise/oauth2/auth",
		"https://proxy.example/a/b//":         "https://proxy.example/a/b/oauth2/auth",
		"https://proxy.example:8443/a%2Fb/c/": "https://proxy.example:8443/a%2Fb/c/oauth2/auth",
	} {
		got, err := newClient(t, host).AuthCodeURL(oauth.AuthCodeOptions{Scopes: readProjects})
		if err != nil {
			t.Fatal(err)
		}
		if path, _, _ := strings.Cut(got, "?"); path != want {
			t.Errorf("host %q: %s, want %s", host, path, want)
		}
	}
}

func TestAuthCodeURLIsExactlyThis(t *testing.T) {
	t.Parallel()
	const base = "https://app.lokalise.com/oauth2/auth?client_id=" + testID
	for _, test := range []struct {
		name       string
		configured string
		options    oauth.AuthCodeOptions
		want       string
	}{
		{
			"one scope, empty parameters left out", "",
			oauth.AuthCodeOptions{Scopes: readProjects},
			"&scope=read_projects",
		},
		{
			"several scopes joined by one space", "",
			oauth.AuthCodeOptions{Scopes: []oauth.Scope{oauth.ScopeReadProjects, oauth.ScopeWriteTeamGroups, "read_new_thing"}},
			"&scope=read_projects%20write_team_groups%20read_new_thing",
		},
		{
			"duplicates left out, order kept", "",
			oauth.AuthCodeOptions{Scopes: []oauth.Scope{oauth.ScopeWriteKeys, oauth.ScopeReadKeys, oauth.ScopeWriteKeys}},
			"&scope=write_keys%20read_keys",
		},
		{
			"state", "",
			oauth.AuthCodeOptions{Scopes: readProjects, State: "abc"},
			"&scope=read_projects&state=abc",
		},
		{
			"state with special characters", "",
			oauth.AuthCodeOptions{Scopes: readProjects, State: "a b+c&d=e;f#g/é%41"},
			"&scope=read_projects&state=a%20b%2Bc%26d%3De%3Bf%23g%2F%C3%A9%2541",
		},
		{
			"redirect URL of the configuration", "https://app.example/cb?tenant=7",
			oauth.AuthCodeOptions{Scopes: readProjects, State: "abc"},
			"&scope=read_projects&state=abc&redirect_uri=https%3A%2F%2Fapp.example%2Fcb%3Ftenant%3D7",
		},
		{
			"redirect URL of the call", "https://app.example/cb",
			oauth.AuthCodeOptions{Scopes: readProjects, RedirectURL: "http://localhost:3000/callback"},
			"&scope=read_projects&redirect_uri=http%3A%2F%2Flocalhost%3A3000%2Fcallback",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			client := newClient(t, "", func(c *oauth.Config) { c.RedirectURL = test.configured })
			got, err := client.AuthCodeURL(test.options)
			if err != nil {
				t.Fatal(err)
			}
			if got != base+test.want {
				t.Errorf("got  %s\nwant %s", got, base+test.want)
			}
		})
	}
}

func TestAuthCodeURLParametersComeBackWhole(t *testing.T) {
	t.Parallel()
	const state = "a b+c&d=e;f#g/é%41\n\"\\"
	text, err := newClient(t, "").AuthCodeURL(oauth.AuthCodeOptions{Scopes: readProjects, State: state})
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		t.Fatal(err)
	}
	if got := query.Get("state"); got != state {
		t.Errorf("state = %q, want %q", got, state)
	}
	if query.Has("client_secret") || strings.Contains(text, testSecret) {
		t.Error("the client secret is in the URL")
	}
}

func TestAuthCodeURLRefusesWhatCannotWork(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		options oauth.AuthCodeOptions
		field   string
	}{
		"no scope":                 {oauth.AuthCodeOptions{State: "abc"}, "Scopes"},
		"empty scope":              {oauth.AuthCodeOptions{Scopes: []oauth.Scope{""}}, "Scopes"},
		"two scopes in one":        {oauth.AuthCodeOptions{Scopes: []oauth.Scope{"read_keys write_keys"}}, "Scopes"},
		"scope with a quote":       {oauth.AuthCodeOptions{Scopes: []oauth.Scope{`read"keys`}}, "Scopes"},
		"scope beyond ASCII":       {oauth.AuthCodeOptions{Scopes: []oauth.Scope{"read_schlüssel"}}, "Scopes"},
		"relative redirect URL":    {oauth.AuthCodeOptions{Scopes: readProjects, RedirectURL: "/cb"}, "RedirectURL"},
		"redirect with a fragment": {oauth.AuthCodeOptions{Scopes: readProjects, RedirectURL: "https://a.example/#"}, "RedirectURL"},
	} {
		got, err := newClient(t, "").AuthCodeURL(test.options)
		var wrong *oauth.ConfigError
		if !errors.As(err, &wrong) || wrong.Field != test.field || got != "" {
			t.Errorf("%s: got %q, %v; want a *ConfigError for %s", name, got, err, test.field)
		}
	}
}
