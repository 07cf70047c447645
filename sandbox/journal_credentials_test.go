package sandbox_test

import (
	"strings"
	"testing"

	"github.com/golokalise/lokalise/sandbox"
)

func TestJournalSaysWhatIsWrongWithACredential(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	token := b.grant()
	for name, c := range map[string]struct {
		path, header, value string
		status              int
		kind, note          string
	}{
		"none":                {"projects", "X-Odd", "x", 400, "none", ""},
		"before anybody asks": {"projects/x", "X-Api-Token", b.creds.APIToken, 400, "not checked", ""},
		"no such path":        {"nothing", "Authorization", "Bearer " + token.AccessToken, 404, "not checked", ""},
		"malformed":           {"projects", "X-Api-Token", "x", 400, "unknown token", "40 hexadecimal"},
		"access as personal":  {"projects", "X-Api-Token", token.AccessToken, 401, "unknown token", "OAuth access token was sent as X-Api-Token"},
		"personal as access":  {"projects", "Authorization", "Bearer " + b.creds.APIToken, 401, "unknown token", "API token was sent as Authorization: Bearer"},
		"refresh token":       {"projects", "Authorization", "Bearer " + token.RefreshToken, 401, "unknown token", "A refresh token was sent"},
		"unknown, personal":   {"projects", "X-Api-Token", never, 401, "unknown token", "No world has this token"},
		"unknown, OAuth":      {"projects", "Authorization", "Bearer " + never, 401, "unknown token", "No world has this token"},
		"right":               {"projects", "X-Api-Token", b.creds.APIToken, 200, "API token", ""},
	} {
		a := b.send("GET", "/api2/"+c.path, "", c.header, c.value)
		e := b.last()
		notes := strings.Join(e.Notes, " ")
		if a.status != c.status || e.Credential != c.kind || !strings.Contains(notes, c.note) {
			t.Errorf("%s: %d, %q, %q", name, a.status, e.Credential, notes)
		}
		if c.note != "" && strings.Contains(a.body, c.note) {
			t.Errorf("%s: the answer tells: %s", name, a.body)
		}
		assertNoSecret(t, name, notes, token.AccessToken, token.RefreshToken, b.creds.APIToken, never)
	}
	if page := b.send("GET", "/journal", "").body; !strings.Contains(page, ">not checked<") {
		t.Error("the page's filter does not know it")
	}
}
