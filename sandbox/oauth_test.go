package sandbox_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/golokalise/lokalise/sandbox"
)

const revokedText = "The refresh token is invalid or was revoked"

// policy sets the default world's policy.
func (b *box) policy(p sandbox.OAuthPolicy) {
	b.Helper()
	if err := b.OAuth().SetPolicy(p); err != nil {
		b.Fatal(err)
	}
}

// refreshed is a refresh that has to work.
func (b *box) refreshed(refreshToken string) tokenAnswer {
	b.Helper()
	a := b.refresh(refreshToken)
	if a.status != http.StatusOK {
		b.Fatalf("refresh: %d %s", a.status, a.body)
	}
	var token tokenAnswer
	a.decode(b, &token)
	return token
}

// works tells whether an access token is good.
func (b *box) works(accessToken string) bool {
	b.Helper()
	return b.bearer(accessToken, "GET", "/projects", "").status == http.StatusOK
}

func TestRotationAnswersAnotherRefreshTokenAndRefusesTheOld(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	b.policy(sandbox.OAuthPolicy{Rotation: sandbox.RotationRotate})
	first := b.grant()
	second := b.refreshed(first.RefreshToken)
	if !hex40.MatchString(second.RefreshToken) || second.RefreshToken == first.RefreshToken {
		t.Fatalf("refresh token %q", second.RefreshToken)
	}
	checkOAuthError(t, b.refresh(first.RefreshToken), "invalid_grant", revokedText)
	if note := strings.Join(b.last().Notes, " "); !strings.Contains(note, "rotated") {
		t.Errorf("the journal says %q", note)
	}
	third := b.refreshed(second.RefreshToken)
	if !b.works(first.AccessToken) || !b.works(third.AccessToken) {
		t.Error("a refusal costs more than itself")
	}
	g := b.OAuth().Grants()[0]
	if g.Refreshed != 2 || g.Refused != 1 || g.FamilyRevoked || g.RevokedBecause != "" {
		t.Errorf("%+v", g)
	}
	got := [][3]int{}
	for _, r := range g.RefreshTokens {
		got = append(got, [3]int{r.Generation, r.Accepted, r.Refused})
	}
	if !slices.Equal(got, [][3]int{{1, 1, 1}, {2, 1, 0}, {3, 0, 0}}) || !g.RefreshTokens[2].Current || g.RefreshTokens[1].Current {
		t.Errorf("generations %+v", g.RefreshTokens)
	}
	if s := b.OAuth().Stats(); s != (sandbox.OAuthStats{Exchanged: 1, Refreshed: 2, Refused: 1}) {
		t.Errorf("%+v", s)
	}
}

func TestReuseOfARotatedTokenRevokesTheFamily(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	b.policy(sandbox.OAuthPolicy{Rotation: sandbox.RotationDetectReuse})
	other := b.grant()
	first := b.grant()
	second := b.refreshed(first.RefreshToken)
	checkOAuthError(t, b.refresh(first.RefreshToken), "invalid_grant", revokedText)
	if note := strings.Join(b.last().Notes, " "); !strings.Contains(note, "came back") {
		t.Errorf("the journal says %q", note)
	}
	checkOAuthError(t, b.refresh(second.RefreshToken), "invalid_grant", revokedText)
	if b.works(first.AccessToken) || b.works(second.AccessToken) {
		t.Error("an access token of the family still works")
	}
	if !b.works(other.AccessToken) || b.refresh(other.RefreshToken).status != http.StatusOK {
		t.Error("another grant was revoked with it")
	}
	grants := b.OAuth().Grants()
	if grants[0].FamilyRevoked || !grants[1].FamilyRevoked || grants[1].RevokedBecause == "" || b.OAuth().Stats().FamiliesRevoked != 1 {
		t.Errorf("%+v", grants)
	}
}

func TestGraceAnswersTheCurrentRefreshToken(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	b.Clock().Freeze()
	b.policy(sandbox.OAuthPolicy{Rotation: sandbox.RotationDetectReuse, Grace: 30 * time.Second})
	first := b.grant()
	second := b.refreshed(first.RefreshToken)
	b.Clock().Advance(30*time.Second - time.Millisecond)
	again := b.refreshed(first.RefreshToken)
	if again.RefreshToken != second.RefreshToken || again.AccessToken == second.AccessToken || !b.works(again.AccessToken) {
		t.Errorf("within the grace: %v", again.RefreshToken == second.RefreshToken)
	}
	b.Clock().Advance(time.Millisecond)
	checkOAuthError(t, b.refresh(first.RefreshToken), "invalid_grant", revokedText)
	if !b.OAuth().Grants()[0].FamilyRevoked {
		t.Error("after the grace nothing was revoked")
	}
}

func TestLivesOfTokensAreWhatThePolicySays(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	b.Clock().Freeze()
	b.policy(sandbox.OAuthPolicy{AccessLife: 2 * time.Second, RefreshLife: time.Minute, CodeLife: 3 * time.Second})
	code := b.code()
	token := b.grant()
	if token.ExpiresIn != 2 {
		t.Errorf("expires_in %d", token.ExpiresIn)
	}
	b.Clock().Advance(2*time.Second - time.Millisecond)
	if !b.works(token.AccessToken) {
		t.Error("too early")
	}
	b.Clock().Advance(time.Millisecond)
	if b.works(token.AccessToken) {
		t.Error("too late")
	}
	b.Clock().Advance(time.Second)
	checkOAuthError(t, b.exchange(code), "invalid_grant", "The code is invalid, expired or was used before")
	b.Clock().Advance(57*time.Second - time.Millisecond)
	b.refreshed(token.RefreshToken)
	b.Clock().Advance(time.Millisecond)
	checkOAuthError(t, b.refresh(token.RefreshToken), "invalid_grant", revokedText)
	if note := strings.Join(b.last().Notes, " "); !strings.Contains(note, "expired") {
		t.Errorf("the journal says %q", note)
	}
}

func TestScopesAreWithheld(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	b.policy(sandbox.OAuthPolicy{WithheldOnConsent: []string{"write_projects"}, WithheldOnRefresh: []string{"read_projects"}, ScopeOnExchange: true})
	token := b.grant("scope", "read_projects write_projects read_keys")
	if token.Scope != "read_projects read_keys" {
		t.Errorf("granted %q", token.Scope)
	}
	if a := b.bearer(token.AccessToken, "POST", "/projects", `{"name":"x"}`); a.status != http.StatusForbidden {
		t.Errorf("without the scope: %d", a.status)
	}
	narrow := b.refreshed(token.RefreshToken)
	if narrow.Scope != "read_keys" || b.works(narrow.AccessToken) || !b.works(token.AccessToken) {
		t.Errorf("refreshed with %q", narrow.Scope)
	}
	to, err := b.Authorize(t.Context(), b.URL()+b.authPath("scope", "write_projects"), sandbox.AuthorizeOptions{})
	if q := query(t, to); err != nil || q.Get("error") != "invalid_scope" || q.Get("code") != "" || q.Get("state") != "the-state" {
		t.Errorf("nothing to grant: %s %v", to, err)
	}
	b.policy(sandbox.OAuthPolicy{})
	if wide := b.refreshed(token.RefreshToken); wide.Scope != "read_projects read_keys" {
		t.Errorf("the grant lost a scope: %q", wide.Scope)
	}
}

func TestFormsOfAnAnswer(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	b.policy(sandbox.OAuthPolicy{ExpiresInAsText: true, RefreshWithoutScope: true, ScopeOnExchange: true})
	exchanged := b.exchange(b.code())
	if got, want := members(t, exchanged.body), []string{"access_token", "refresh_token", "expires_in", "token_type", "scope"}; !slices.Equal(got, want) {
		t.Errorf("members %v, want %v", got, want)
	}
	var token struct {
		RefreshToken string `json:"refresh_token"`
		ExpiresIn    any    `json:"expires_in"`
	}
	exchanged.decode(t, &token)
	if token.ExpiresIn != "3600" {
		t.Errorf("expires_in is %#v", token.ExpiresIn)
	}
	a := b.refresh(token.RefreshToken)
	if got, want := members(t, a.body), []string{"access_token", "expires_in", "token_type"}; !slices.Equal(got, want) {
		t.Errorf("members %v, want %v", got, want)
	}
}

func TestPolicyIsOfOneWorldAndAResetTakesItBack(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit(), sandbox.WithOAuthPolicy(sandbox.OAuthPolicy{AccessLife: time.Minute}))
	world, err := b.AddWorld("")
	if err != nil {
		t.Fatal(err)
	}
	other := world.OAuth()
	b.policy(sandbox.OAuthPolicy{Rotation: sandbox.RotationRotate})
	if p := other.Policy(); p.Rotation != sandbox.RotationNone || p.AccessLife != time.Minute || p.CodeLife != 10*time.Minute {
		t.Errorf("the other world: %+v", p)
	}
	if p := b.OAuth().Policy(); p.Rotation != sandbox.RotationRotate || p.AccessLife != time.Hour {
		t.Errorf("the default world: %+v", p)
	}
	b.grant()
	if err := b.Reset(); err != nil {
		t.Fatal(err)
	}
	if p := b.OAuth().Policy(); p.Rotation != sandbox.RotationNone || p.AccessLife != time.Minute {
		t.Errorf("after a reset: %+v", p)
	}
	if len(b.OAuth().Grants()) != 0 || len(b.OAuth().AccessTokens()) != 0 || b.OAuth().Stats() != (sandbox.OAuthStats{}) {
		t.Error("a reset leaves tokens or numbers")
	}
}

func TestPolicyThatCannotBeFollowedIsRefused(t *testing.T) {
	t.Parallel()
	for want, p := range map[string]sandbox.OAuthPolicy{
		"detect_reuse": {Rotation: "sometimes"},
		"rotation":     {Grace: time.Second},
		"access_life":  {AccessLife: -time.Second},
		"100 years":    {RefreshLife: 1 << 62},
		"read_keys":    {WithheldOnRefresh: []string{"read_kees"}},
	} {
		b := start(t, sandbox.InMemory())
		before := jsonText(t, b.OAuth().Policy())
		if err := b.OAuth().SetPolicy(p); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want %q in it", p, err, want)
		}
		if jsonText(t, b.OAuth().Policy()) != before {
			t.Errorf("%+v changed something", p)
		}
		if srv, err := sandbox.New(sandbox.InMemory(), sandbox.WithOAuthPolicy(p)); err == nil {
			t.Errorf("%+v starts a sandbox", p)
			_ = srv.Close()
		}
	}
}

func TestTokensAreListedMaskedAndEndedOneByOne(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	b.Clock().Freeze()
	one := b.grant("scope", "read_projects")
	two := b.grant()
	renewed := b.refreshed(two.RefreshToken)
	o := b.OAuth()
	grants, tokens := o.Grants(), o.AccessTokens()
	if len(grants) != 2 || len(tokens) != 3 || tokens[2].GrantID != grants[1].ID || !slices.Equal(tokens[0].Scopes, []string{"read_projects"}) {
		t.Fatalf("%+v\n%+v", grants, tokens)
	}
	if a := tokens[0]; a.Left != time.Hour || !a.Live || a.User != "mara.lind@example.com" || a.ClientID != b.creds.ClientID {
		t.Errorf("%+v", a)
	}
	data, err := json.Marshal([]any{grants, tokens})
	if err != nil {
		t.Fatal(err)
	}
	assertNoSecret(t, "lists", string(data), one.AccessToken, one.RefreshToken, two.AccessToken, two.RefreshToken, renewed.AccessToken)

	if n := o.ExpireAccessTokens(tokens[0].ID); n != 1 || b.works(one.AccessToken) || !b.works(two.AccessToken) {
		t.Errorf("expired one: %d", n)
	}
	if n := o.ExpireAccessTokensOf(grants[1].ID); n != 2 || b.works(two.AccessToken) || b.works(renewed.AccessToken) {
		t.Errorf("expired those of a grant: %d", n)
	}
	if n := o.ExpireAccessTokens(); n != 0 {
		t.Errorf("%d expired twice", n)
	}
	if err := o.ExpireRefreshToken(grants[0].ID); err != nil {
		t.Error(err)
	}
	checkOAuthError(t, b.refresh(one.RefreshToken), "invalid_grant", revokedText)
	if err := o.RevokeGrant(grants[1].ID); err != nil {
		t.Error(err)
	}
	checkOAuthError(t, b.refresh(two.RefreshToken), "invalid_grant", revokedText)
	if g := o.Grants()[1]; g.RevokedBecause != "revoked by hand" || g.FamilyRevoked {
		t.Errorf("%+v", g)
	}
	if o.RevokeGrant(never40) == nil || o.ExpireRefreshToken(tokens[0].ID) == nil {
		t.Error("there is no such grant")
	}
}

const never40 = 40_000 // the id of nothing
