package sandbox

import (
	"net/http"
	"strconv"
	"time"

	"github.com/golokalise/lokalise/sandbox/internal/authserver"
)

// addOAuthControl mounts the part of the control plane that is about tokens.
// Every path takes ?world= with a world's name or ?client_id=; without them it
// is about the default world.
func (s *Server) addOAuthControl(p *controlPlane) {
	for pattern, handle := range map[string]func(*OAuthControl, http.ResponseWriter, *http.Request){
		"GET /_sandbox/oauth":                                   (*OAuthControl).get,
		"PATCH /_sandbox/oauth":                                 (*OAuthControl).patch,
		"PUT /_sandbox/oauth":                                   (*OAuthControl).put,
		"GET /_sandbox/oauth/grants":                            (*OAuthControl).getGrants,
		"POST /_sandbox/oauth/grants/{id}/revoke":               (*OAuthControl).postRevoke,
		"POST /_sandbox/oauth/grants/{id}/expire-refresh-token": (*OAuthControl).postExpireRefresh,
		"POST /_sandbox/oauth/grants/{id}/expire-access-tokens": (*OAuthControl).postExpireOfGrant,
		"GET /_sandbox/oauth/access-tokens":                     (*OAuthControl).getAccessTokens,
		"POST /_sandbox/oauth/access-tokens/expire":             (*OAuthControl).postExpireAll,
		"POST /_sandbox/oauth/access-tokens/{id}/expire":        (*OAuthControl).postExpire,
	} {
		p.handle(pattern, func(w http.ResponseWriter, r *http.Request) {
			if o := s.oauthOfRequest(w, r); o != nil {
				handle(o, w, r)
			}
		}, ofWorld...)
	}
}

// oauthOfRequest finds the world that a request is about, or answers it.
func (s *Server) oauthOfRequest(w http.ResponseWriter, r *http.Request) *OAuthControl {
	world, ok := s.worldOfQuery(w, r)
	switch {
	case !ok:
		return nil
	case world == nil:
		return s.OAuth()
	}
	return &OAuthControl{server: s, world: world}
}

// policyBody is a policy in the control plane's words.
type policyBody struct {
	Rotation            authserver.Rotation `json:"rotation"`
	Grace               span                `json:"grace"` // seconds, as all of them
	AccessLife          span                `json:"access_life"`
	RefreshLife         span                `json:"refresh_life"` // 0: for ever
	CodeLife            span                `json:"code_life"`
	WithheldOnConsent   []string            `json:"withheld_on_consent"`
	WithheldOnRefresh   []string            `json:"withheld_on_refresh"`
	ExpiresInAsText     bool                `json:"expires_in_as_text"`
	ScopeOnExchange     bool                `json:"scope_on_exchange"`
	RefreshWithoutScope bool                `json:"refresh_without_scope"`
}

func policyView(p authserver.Policy) policyBody {
	return policyBody{
		Rotation: p.Rotation, Grace: span(p.Grace), AccessLife: span(p.AccessLife), RefreshLife: span(p.RefreshLife), CodeLife: span(p.CodeLife),
		WithheldOnConsent: append([]string{}, p.WithheldOnConsent...), WithheldOnRefresh: append([]string{}, p.WithheldOnRefresh...),
		ExpiresInAsText: p.ExpiresInAsText, ScopeOnExchange: p.ScopeOnExchange, RefreshWithoutScope: p.RefreshWithoutScope,
	}
}

func (b *policyBody) members() members {
	return members{
		"rotation": &b.Rotation, "grace": &b.Grace, "access_life": &b.AccessLife, "refresh_life": &b.RefreshLife, "code_life": &b.CodeLife,
		"withheld_on_consent": &b.WithheldOnConsent, "withheld_on_refresh": &b.WithheldOnRefresh,
		"expires_in_as_text": &b.ExpiresInAsText, "scope_on_exchange": &b.ScopeOnExchange, "refresh_without_scope": &b.RefreshWithoutScope,
	}
}

func (b *policyBody) policy() authserver.Policy {
	return authserver.Policy{
		Rotation: b.Rotation, Grace: time.Duration(b.Grace), AccessLife: time.Duration(b.AccessLife), RefreshLife: time.Duration(b.RefreshLife), CodeLife: time.Duration(b.CodeLife),
		WithheldOnConsent: b.WithheldOnConsent, WithheldOnRefresh: b.WithheldOnRefresh,
		ExpiresInAsText: b.ExpiresInAsText, ScopeOnExchange: b.ScopeOnExchange, RefreshWithoutScope: b.RefreshWithoutScope,
	}
}

func (o *OAuthControl) get(w http.ResponseWriter, _ *http.Request) { o.write(w) }

func (o *OAuthControl) write(w http.ResponseWriter) {
	writeControl(w, http.StatusOK, struct {
		World  string     `json:"world"`
		Policy policyBody `json:"policy"`
		Stats  OAuthStats `json:"stats"`
	}{o.world.Name, policyView(o.server.auth.Policy(o.world)), o.Stats()})
}

// patch changes what the body names, put everything: what is left out goes back
// to its default.
func (o *OAuthControl) patch(w http.ResponseWriter, r *http.Request) {
	o.change(w, r, func(before authserver.Policy) authserver.Policy { return before })
}

func (o *OAuthControl) put(w http.ResponseWriter, r *http.Request) {
	o.change(w, r, func(authserver.Policy) authserver.Policy { return authserver.Policy{} })
}

func (o *OAuthControl) change(w http.ResponseWriter, r *http.Request, from func(authserver.Policy) authserver.Policy) {
	var given policyChange
	if !readControl(w, r, &given) {
		return
	}
	_, err := o.server.auth.ChangePolicy(o.world, func(before authserver.Policy) (authserver.Policy, error) {
		body := policyView(from(before))
		err := given.apply(&body)
		return body.policy(), err
	})
	if err != nil {
		writeControlError(w, http.StatusBadRequest, "The policy cannot be used: "+o.server.mask().Text(err.Error())+".")
		return
	}
	o.write(w)
}

// policyChange is a body whose members wait for the policy that they change.
type policyChange []byte

// UnmarshalJSON implements json.Unmarshaler.
func (c *policyChange) UnmarshalJSON(data []byte) error {
	*c = append(policyChange{}, data...)
	return nil
}

func (c policyChange) apply(to *policyBody) error {
	if len(c) == 0 {
		return nil
	}
	return to.members().UnmarshalJSON(c)
}

func (o *OAuthControl) getGrants(w http.ResponseWriter, _ *http.Request) {
	writeControl(w, http.StatusOK, struct {
		Grants []OAuthGrant `json:"grants"`
	}{o.Grants()})
}

// accessBody is an access token with what is left of it, in seconds.
type accessBody struct {
	OAuthAccessToken
	Left span `json:"left"`
}

func (o *OAuthControl) getAccessTokens(w http.ResponseWriter, _ *http.Request) {
	list := []accessBody{}
	for _, a := range o.AccessTokens() {
		list = append(list, accessBody{a, span(a.Left.Round(time.Millisecond))})
	}
	writeControl(w, http.StatusOK, struct {
		AccessTokens []accessBody `json:"access_tokens"`
	}{list})
}

// withID reads the id in the path and an empty body, or answers the request.
func withID(w http.ResponseWriter, r *http.Request) (id int64, ok bool) {
	var body struct{}
	if !readControl(w, r, &body) {
		return 0, false
	}
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		writeControlError(w, http.StatusBadRequest, "The id in the path is a number, as the lists have it.")
		return 0, false
	}
	return id, true
}

func (o *OAuthControl) postRevoke(w http.ResponseWriter, r *http.Request) {
	o.onGrant(w, r, "revoked", o.RevokeGrant)
}

func (o *OAuthControl) postExpireRefresh(w http.ResponseWriter, r *http.Request) {
	o.onGrant(w, r, "expired", o.ExpireRefreshToken)
}

func (o *OAuthControl) onGrant(w http.ResponseWriter, r *http.Request, done string, do func(int64) error) {
	id, ok := withID(w, r)
	if !ok {
		return
	}
	if err := do(id); err != nil {
		writeControlError(w, http.StatusNotFound, "There is no such grant; GET /_sandbox/oauth/grants lists them.")
		return
	}
	writeControl(w, http.StatusOK, map[string]bool{done: true})
}

func (o *OAuthControl) postExpireOfGrant(w http.ResponseWriter, r *http.Request) {
	if id, ok := withID(w, r); ok {
		writeControl(w, http.StatusOK, map[string]int{"expired": o.ExpireAccessTokensOf(id)})
	}
}

func (o *OAuthControl) postExpire(w http.ResponseWriter, r *http.Request) {
	if id, ok := withID(w, r); ok {
		writeControl(w, http.StatusOK, map[string]int{"expired": o.ExpireAccessTokens(id)})
	}
}

func (o *OAuthControl) postExpireAll(w http.ResponseWriter, r *http.Request) {
	var body struct{}
	if readControl(w, r, &body) {
		writeControl(w, http.StatusOK, map[string]int{"expired": o.ExpireAccessTokens()})
	}
}
