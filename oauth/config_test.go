package oauth_test

import (
	"errors"
	"testing"

	"github.com/golokalise/lokalise/internal/testutil"
	"github.com/golokalise/lokalise/oauth"
)

func TestNewNamesTheFieldThatIsWrong(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		change func(*oauth.Config)
		field  string
	}{
		{"no client ID", func(c *oauth.Config) { c.ClientID = "" }, "ClientID"},
		{"no client secret", func(c *oauth.Config) { c.ClientSecret = "" }, "ClientSecret"},
		{"neither", func(c *oauth.Config) { c.ClientID, c.ClientSecret = "", "" }, "ClientID"},
		{"secret read with its line break", func(c *oauth.Config) { c.ClientSecret += "\n" }, "ClientSecret"},
		{"ID with a space", func(c *oauth.Config) { c.ClientID = " " + c.ClientID }, "ClientID"},
		{"relative redirect URL", func(c *oauth.Config) { c.RedirectURL = "/callback" }, "RedirectURL"},
		{"redirect URL without a scheme", func(c *oauth.Config) { c.RedirectURL = "localhost:3000/callback" }, "RedirectURL"},
		{"redirect URL without a host", func(c *oauth.Config) { c.RedirectURL = "https:///callback" }, "RedirectURL"},
		{"redirect URL with a fragment", func(c *oauth.Config) { c.RedirectURL = "https://app.example/#x" }, "RedirectURL"},
		{"redirect URL with a password", func(c *oauth.Config) { c.RedirectURL = "https://u:hunter22@app.example/" }, "RedirectURL"},
		{"redirect URL that does not parse", func(c *oauth.Config) { c.RedirectURL = "https://app.example/%zz" }, "RedirectURL"},
		{"user agent with a line break", func(c *oauth.Config) { c.UserAgent = "a\r\nX-Evil: b" }, "UserAgent"},
		{"host with another scheme", func(c *oauth.Config) { c.Host = "ftp://app.lokalise.com" }, "Host"},
		{"host without a scheme", func(c *oauth.Config) { c.Host = "app.lokalise.com" }, "Host"},
		{"host without a name", func(c *oauth.Config) { c.Host = "https://:443" }, "Host"},
		{"host with a password", func(c *oauth.Config) { c.Host = "https://u:hunter22@app.lokalise.com" }, "Host"},
		{"host with a query", func(c *oauth.Config) { c.Host = "https://app.lokalise.com?a=b" }, "Host"},
		{"host with an empty query", func(c *oauth.Config) { c.Host = "https://app.lokalise.com?" }, "Host"},
		{"host with a fragment", func(c *oauth.Config) { c.Host = "https://app.lokalise.com#a" }, "Host"},
		{"host that does not parse", func(c *oauth.Config) { c.Host = "https://u:hunter22@[::1" }, "Host"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			cfg := oauth.Config{ClientID: testID, ClientSecret: testSecret}
			test.change(&cfg)
			client, err := oauth.New(cfg)
			var wrong *oauth.ConfigError
			if !errors.As(err, &wrong) || !errors.Is(err, oauth.ErrConfig) || client != nil {
				t.Fatalf("New = %v, %v; want nil and a *ConfigError", client, err)
			}
			if wrong.Field != test.field {
				t.Errorf("field = %q, want %q", wrong.Field, test.field)
			}
			testutil.AssertNoSecret(t, "error", err.Error(), testSecret, "hunter22")
		})
	}
}

func TestNewAcceptsRedirectURLs(t *testing.T) {
	t.Parallel()
	for _, redirect := range []string{
		"", "https://app.example/callback", "https://app.example/cb?tenant=7",
		"http://localhost:3000/callback", "com.example.app:/oauth", "myapp://callback",
	} {
		if _, err := oauth.New(oauth.Config{ClientID: testID, ClientSecret: testSecret, RedirectURL: redirect}); err != nil {
			t.Errorf("%q: %v", redirect, err)
		}
	}
}

func TestPlainHTTPIsRefusedOffLoopback(t *testing.T) {
	t.Parallel()
	for host, loopback := range map[string]bool{
		"http://localhost:8484":        true,
		"http://LOCALHOST":             true,
		"http://127.0.0.1:8484":        true,
		"http://127.8.9.10":            true,
		"http://[::1]:8484":            true,
		"http://[::ffff:127.0.0.1]":    true,
		"http://app.lokalise.com":      false,
		"http://localhost.example.com": false,
		"http://evil-localhost":        false,
		"http://127.0.0.1.example.com": false,
		"http://192.168.1.4:8484":      false,
		"http://0.0.0.0":               false,
	} {
		cfg := oauth.Config{ClientID: testID, ClientSecret: testSecret, Host: host}
		if _, err := oauth.New(cfg); (err == nil) != loopback {
			t.Errorf("%s: err = %v", host, err)
		}
		cfg.AllowInsecureHTTP = true
		if _, err := oauth.New(cfg); err != nil {
			t.Errorf("%s with AllowInsecureHTTP: %v", host, err)
		}
	}
}
