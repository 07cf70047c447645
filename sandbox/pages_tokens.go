package sandbox

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/golokalise/lokalise/internal/redact"
	"github.com/golokalise/lokalise/sandbox/internal/web"
)

// addTokenPages mounts the page of tokens with its buttons.
func (s *Server) addTokenPages(mux *http.ServeMux) {
	mux.HandleFunc("GET "+web.TokensPath, s.ui(tokensPage))
	mux.HandleFunc("POST "+web.TokensPath+"/policy", s.form(web.FormPolicy, changePolicy, tokensPage))
	for path, change := range map[string]func(p *uiPage) (done, error){
		"/grants/{id}/revoke":               onGrant(web.NoticeGrantRevoked, (*OAuthControl).RevokeGrant),
		"/grants/{id}/expire-refresh-token": onGrant(web.NoticeRefreshExpired, (*OAuthControl).ExpireRefreshToken),
		"/grants/{id}/expire-access-tokens": onGrant(web.NoticeAccessExpired, func(o *OAuthControl, id int64) error {
			return someExpired(o.ExpireAccessTokensOf(id))
		}),
		"/access/{id}/expire": onGrant(web.NoticeAccessExpired, func(o *OAuthControl, id int64) error {
			return someExpired(o.ExpireAccessTokens(id))
		}),
		"/access/expire": func(p *uiPage) (done, error) {
			return p.toTokens(web.NoticeAccessExpired), someExpired(p.world.OAuth().ExpireAccessTokens())
		},
	} {
		mux.HandleFunc("POST "+web.TokensPath+path, s.form(web.FormToken, change, tokensPage))
	}
}

// onGrant is a button that does something to the grant or token whose id is in
// the path.
func onGrant(n web.Notice, do func(o *OAuthControl, id int64) error) func(p *uiPage) (done, error) {
	return func(p *uiPage) (done, error) {
		id, err := strconv.ParseInt(p.r.PathValue("id"), 10, 64)
		if err == nil {
			err = do(p.world.OAuth(), id)
		}
		if err != nil {
			return done{}, &formError{"It is no longer there, or no good any more, so nothing was changed."}
		}
		return p.toTokens(n), nil
	}
}

var errNoneExpired = &formError{"No access token was good any more, so nothing was changed."}

func someExpired(n int) error {
	if n == 0 {
		return errNoneExpired
	}
	return nil
}

func (p *uiPage) toTokens(n web.Notice) done { return done{n, web.TokensPath, nil} }

const (
	grantsPerPage = 20
	tokensPerPage = 50
)

func tokensPage(p *uiPage) {
	o := p.world.OAuth()
	grants, tokens := o.Grants(), o.AccessTokens()
	slices.Reverse(grants)
	slices.Reverse(tokens)
	view := web.TokensView{
		Chrome: p.chrome, Frozen: p.server.clock.Frozen(), Client: p.client(), Personal: p.personalTokens(), Stats: statsView(o.Stats()),
		GrantWindow: web.NewWindow(p.queryPage(web.FieldGrantPage), grantsPerPage, len(grants)),
		TokenWindow: web.NewWindow(p.queryPage(web.FieldTokenPage), tokensPerPage, len(tokens)),
		Policy:      policyFields(o.Policy()), Rotations: rotationOptions,
	}
	live, revoked := map[int64]int{}, map[int64]bool{}
	for _, a := range tokens {
		if a.Live {
			live[a.GrantID]++
			view.Live++
		}
	}
	for _, g := range grants {
		revoked[g.ID] = g.RevokedBecause != ""
	}
	start, end := view.GrantWindow.Bounds()
	for _, g := range grants[start:end] {
		view.Grants = append(view.Grants, grantRow(g, live[g.ID], p.server.clock.Now()))
	}
	start, end = view.TokenWindow.Bounds()
	for _, a := range tokens[start:end] {
		view.Tokens = append(view.Tokens, web.AccessRow{
			ID: a.ID, GrantID: a.GrantID, Token: a.Token, User: a.User, Scopes: a.Scopes,
			Created: a.Created, Expires: a.Expires, Left: a.Left, Revoked: revoked[a.GrantID],
		})
	}
	web.Tokens(p.w, view)
}

func (p *uiPage) client() web.ClientRow {
	c, _, _ := p.server.universe.Client(p.world.Credentials().ClientID)
	return web.ClientRow{ID: c.ID, Name: c.Name, RedirectURIs: c.RedirectURIs}
}

func (p *uiPage) personalTokens() []web.Field {
	c := p.world.Credentials()
	return []web.Field{
		{Name: "API token (reads and writes)", Value: redact.Secret(c.APIToken)},
		{Name: "Read-only API token (only reads)", Value: redact.Secret(c.ReadOnlyAPIToken)},
	}
}

func statsView(s OAuthStats) []web.Count {
	return []web.Count{
		{Label: "Codes exchanged", N: s.Exchanged},
		{Label: "Refreshes", N: s.Refreshed},
		{Label: "Refused", N: s.Refused},
		{Label: "Families revoked", N: s.FamiliesRevoked},
	}
}

func grantRow(g OAuthGrant, live int, now time.Time) web.GrantRow {
	row := web.GrantRow{
		ID: g.ID, User: g.User, Scopes: g.Scopes, Created: g.Created, Refreshed: g.Refreshed, Refused: g.Refused,
		Live: live, Revoked: g.RevokedBecause, FamilyRevoked: g.FamilyRevoked,
	}
	if n := len(g.RefreshTokens); n > 0 {
		current := g.RefreshTokens[n-1]
		row.Generation, row.Refresh, row.RefreshExpires = current.Generation, current.Token, current.Expires
		row.RefreshLeft = max(0, current.Expires.Sub(now))
	}
	return row
}

var rotationOptions = []web.Option{
	{Value: string(RotationNone), Label: "leaves the refresh token as it is (recorded)"},
	{Value: string(RotationRotate), Label: "answers another refresh token, and the old one is refused"},
	{Value: string(RotationDetectReuse), Label: "does the same, and an old one that comes back revokes the grant"},
}

func policyFields(p OAuthPolicy) web.PolicyFields {
	return web.PolicyFields{
		Rotation: string(p.Rotation),
		Grace:    spanText(p.Grace), AccessLife: spanText(p.AccessLife), RefreshLife: spanText(p.RefreshLife), CodeLife: spanText(p.CodeLife),
		WithheldOnConsent: strings.Join(p.WithheldOnConsent, " "), WithheldOnRefresh: strings.Join(p.WithheldOnRefresh, " "),
		ExpiresInAsText: p.ExpiresInAsText, ScopeOnExchange: p.ScopeOnExchange, RefreshWithoutScope: p.RefreshWithoutScope,
	}
}

func changePolicy(p *uiPage) (done, error) {
	var policy OAuthPolicy
	if !p.checked("defaults") {
		var err error
		if policy, err = p.readPolicy(); err != nil {
			return done{}, err
		}
	}
	if err := p.world.OAuth().SetPolicy(policy); err != nil {
		return done{}, &formError{"The policy cannot be used: " + strings.TrimPrefix(err.Error(), "sandbox: OAuth policy: ") + "."}
	}
	return p.toTokens(web.NoticePolicyChanged), nil
}

func (p *uiPage) readPolicy() (OAuthPolicy, error) {
	policy := OAuthPolicy{
		Rotation:          OAuthRotation(p.value("rotation")),
		WithheldOnConsent: strings.Fields(p.value("withheld_on_consent")), WithheldOnRefresh: strings.Fields(p.value("withheld_on_refresh")),
		ExpiresInAsText: p.checked("expires_in_as_text"), ScopeOnExchange: p.checked("scope_on_exchange"), RefreshWithoutScope: p.checked("refresh_without_scope"),
	}
	for _, f := range []struct {
		field, label string
		to           *time.Duration
	}{
		{"access_life", "Access tokens live", &policy.AccessLife},
		{"refresh_life", "Refresh tokens live", &policy.RefreshLife},
		{"code_life", "Codes live", &policy.CodeLife},
		{"grace", "Grace after a rotation", &policy.Grace},
	} {
		d, err := parseSpan(p.value(f.field))
		if err != nil {
			return policy, &formError{"“" + f.label + "” is no length of time. Write it like 90s, 15m, 1h or 30d."}
		}
		*f.to = d
	}
	return policy, nil
}

const (
	day     = 24 * time.Hour
	maxSpan = 100 * 365 * day // as the policy has it
)

var errSpan = errors.New("no length of time")

// parseSpan reads a length of time as a person writes it: as Go does, in days,
// or in seconds without a unit. Nothing is 0.
func parseSpan(text string) (time.Duration, error) {
	if text == "" {
		return 0, nil
	}
	if n, isDays := strings.CutSuffix(text, "d"); isDays {
		days, err := strconv.ParseInt(n, 10, 32)
		if err != nil || days > int64(maxSpan/day) {
			return 0, errSpan
		}
		return time.Duration(days) * day, nil
	}
	if _, err := strconv.ParseInt(text, 10, 64); err == nil {
		text += "s"
	}
	return time.ParseDuration(text)
}

// spanText writes a length of time for parseSpan, as short as it goes.
func spanText(d time.Duration) string {
	switch {
	case d == 0:
		return "0"
	case d%day == 0:
		return strconv.FormatInt(int64(d/day), 10) + "d"
	}
	text := d.String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}
