package sandbox_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/golokalise/lokalise/sandbox"
)

func TestTokensAreShownMaskedWithWhatIsLeft(t *testing.T) {
	t.Parallel()
	p := start(t).person()
	p.Clock().Freeze()
	p.open("/ui/tokens")
	p.says("Nobody has allowed anything yet.", "API token (reads and writes)", "Read-only API token (only reads)")
	token := p.grant()
	p.Clock().Advance(20 * time.Minute)
	p.open("/ui/tokens")
	p.says("mara.lind@example.com", "read_projects", "40 minutes", "generation 1", "never expires", token.AccessToken[:4]+"…")
	for _, secret := range []string{token.AccessToken, token.RefreshToken, p.creds.ClientSecret, p.creds.APIToken, p.creds.ReadOnlyAPIToken} {
		p.saysNot(secret)
	}
	if strings.Contains(p.page.body, "data-countdown") {
		t.Error("something counts down while the clock stands still")
	}
	p.Clock().Resume()
	p.open("/ui/tokens")
	p.says("data-countdown=")
}

// buttons are those of a grant and of a token, with what a token is good for
// afterwards.
var buttons = map[string]struct {
	path            string // %d: the grant, %[2]d: the access token
	notice          string
	access, refresh int // status of a use
}{
	"expire the token":         {"/access/%[2]d/expire", "Expired: whoever uses it", 401, 200},
	"expire all tokens":        {"/access/expire", "Expired: whoever uses it", 401, 200},
	"expire those of a grant":  {"/grants/%d/expire-access-tokens", "Expired: whoever uses it", 401, 200},
	"expire the refresh token": {"/grants/%d/expire-refresh-token", "The refresh token has expired.", 200, 400},
	"revoke":                   {"/grants/%d/revoke", "The grant was revoked", 401, 400},
}

func TestButtonsExpireAndRevoke(t *testing.T) {
	t.Parallel()
	for name, button := range buttons {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := start(t).person()
			token := p.grant()
			p.open("/ui/tokens")
			path := button.path
			if strings.Contains(path, "%") {
				path = fmt.Sprintf(strings.ReplaceAll(path, "%d", "%[1]d"), p.OAuth().Grants()[0].ID, p.OAuth().AccessTokens()[0].ID)
				path = strings.SplitN(path, "%!", 2)[0] // an argument that the path does not use
			}
			p.submit(path)
			p.says(button.notice)
			if a := p.bearer(token.AccessToken, "GET", "/projects", ""); a.status != button.access {
				t.Errorf("the access token: %d", a.status)
			}
			if a := p.refresh(token.RefreshToken); a.status != button.refresh {
				t.Errorf("the refresh token: %d", a.status)
			}
			if button.access == http.StatusUnauthorized {
				p.open("/ui/tokens")
			}
		})
	}
}

func TestButtonOfWhatIsGoneSaysSo(t *testing.T) {
	t.Parallel()
	p := start(t).person()
	p.grant()
	p.open("/ui/tokens")
	grant := p.OAuth().Grants()[0].ID
	action, fields := p.form(fmt.Sprintf("/grants/%d/revoke", grant))
	expire, _ := p.form("/access/expire")
	if err := p.Reset(); err != nil {
		t.Fatal(err)
	}
	for _, to := range []string{action, expire} {
		a := p.post(to, fields)
		if a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "nothing was changed") {
			t.Errorf("%s: %d", to, a.status)
		}
	}
}

func TestPolicyIsChangedOnItsForm(t *testing.T) {
	t.Parallel()
	p := start(t).person()
	p.open("/ui/tokens")
	_, fields := p.form("/policy")
	if fields.Get("access_life") != "1h" || fields.Get("code_life") != "10m" || fields.Get("refresh_life") != "0" || fields.Get("rotation") != "none" {
		t.Errorf("the form begins with %v", fields)
	}
	p.submit("/policy", "rotation", "detect_reuse", "grace", "5", "access_life", "90s", "refresh_life", "30d", "code_life", "1h30m",
		"withheld_on_consent", "write_keys  write_files", "withheld_on_refresh", "read_keys",
		"expires_in_as_text", "1", "scope_on_exchange", "1", "refresh_without_scope", "1")
	p.says("Tokens are issued so from now on.")
	want := fmt.Sprintf("%+v", sandbox.OAuthPolicy{
		Rotation: sandbox.RotationDetectReuse, Grace: 5 * time.Second, AccessLife: 90 * time.Second, RefreshLife: 30 * 24 * time.Hour, CodeLife: 90 * time.Minute,
		WithheldOnConsent: []string{"write_keys", "write_files"}, WithheldOnRefresh: []string{"read_keys"},
		ExpiresInAsText: true, ScopeOnExchange: true, RefreshWithoutScope: true,
	})
	if got := fmt.Sprintf("%+v", p.OAuth().Policy()); got != want {
		t.Errorf("the policy is\n%s, want\n%s", got, want)
	}
	_, again := p.form("/policy")
	if again.Get("access_life") != "1m30s" || again.Get("refresh_life") != "30d" || again.Get("code_life") != "1h30m" {
		t.Errorf("the form has %v", again)
	}
	p.submit("/policy")
	if got := fmt.Sprintf("%+v", p.OAuth().Policy()); got != want {
		t.Errorf("saved without a change, the policy is\n%s", got)
	}
	p.submit("/policy", "defaults", "1")
	if got := p.OAuth().Policy(); got.Rotation != sandbox.RotationNone || got.AccessLife != time.Hour || got.ExpiresInAsText {
		t.Errorf("the policy is %+v", got)
	}
}

func TestPolicyThatCannotBeIsRefused(t *testing.T) {
	t.Parallel()
	p := start(t).person()
	p.open("/ui/tokens")
	before := fmt.Sprint(p.OAuth().Policy())
	for _, pairs := range [][]string{
		{"access_life", "soon"},
		{"access_life", "-5"},
		{"refresh_life", "99999999d"},
		{"grace", "5s"},
		{"rotation", "often"},
		{"withheld_on_consent", "read_minds"},
	} {
		if a := p.submit("/policy", pairs...); a.status != http.StatusUnprocessableEntity {
			t.Errorf("%q: %d", pairs, a.status)
		}
		_, fields := p.form("/policy")
		if fields.Get(pairs[0]) != pairs[1] && pairs[0] != "rotation" {
			t.Errorf("%q: the form has %q", pairs, fields.Get(pairs[0]))
		}
		p.open("/ui/tokens")
	}
	if now := fmt.Sprint(p.OAuth().Policy()); now != before {
		t.Errorf("the policy is %s", now)
	}
}

func TestScopesPageSaysWhatIsNeeded(t *testing.T) {
	t.Parallel()
	p := start(t).person()
	p.open("/ui/scopes")
	p.says("No requests yet.", "Subject: Registration of an OAuth 2 app")
	token := p.grant()
	p.bearer(token.AccessToken, "GET", "/projects", "")
	p.bearer(token.AccessToken, "GET", "/projects/"+website+"/keys", "")
	p.open("/ui/scopes")
	p.says("read_projects", "projects.list", "read_keys", "missing", "Held and unused", "write_projects")
	if !strings.Contains(p.page.body, "- read_keys: see translation keys (keys.list)") {
		t.Error("the letter does not ask for read_keys")
	}
	p.saysNot(token.AccessToken)
}
