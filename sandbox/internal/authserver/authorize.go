package authserver

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/golokalise/lokalise/sandbox/internal/state"
	"github.com/golokalise/lokalise/sandbox/internal/web"
)

// AuthorizePath is where a browser is sent to ask for permission.
const AuthorizePath = "/oauth2/auth"

// authRequest is an authorization request that was found to be in order.
type authRequest struct {
	client      state.Client
	world       *state.World
	scopes      []string // in the order of the request, each once
	redirectURI string   // empty: the code is shown on a page
	state       string
}

// RefusalError is why an authorization request gets an error page. Nothing is sent
// to the redirect URI then, not even the error: a URL that is broken in one
// place cannot be trusted in another (RFC 6749, section 4.1.2.1, for the
// client and the redirect URI; assumed for the rest).
type RefusalError struct {
	Status int
	Page   web.ProblemView
}

// Error says what is wrong and what to do, in one line. Values that were sent
// stay on the page.
func (r *RefusalError) Error() string {
	text := r.Page.Title + ": " + r.Page.Message
	if len(r.Page.Fixes) > 0 {
		text += " " + r.Page.Fixes[0]
	}
	return text
}

func refuse(page web.ProblemView) *RefusalError {
	return &RefusalError{Status: http.StatusBadRequest, Page: page}
}

// authParams are the parameters that this server reads. Each may stand in the
// URL once (RFC 6749, section 3.1); others are ignored, as section 3.1 wants.
var authParams = []string{"client_id", "scope", "redirect_uri", "state", "response_type"}

// parse checks an authorization request. Empty parameters count as left out
// (RFC 6749, section 3.1).
func (s *Server) parse(rawQuery string) (*authRequest, *RefusalError) {
	q, err := url.ParseQuery(rawQuery)
	if err != nil {
		return nil, refuse(unreadableQuery())
	}
	for _, name := range authParams {
		if len(q[name]) > 1 {
			return nil, refuse(repeatedParameter(name))
		}
	}
	req := &authRequest{redirectURI: q.Get("redirect_uri"), state: q.Get("state")}
	for _, check := range []func(*authRequest, url.Values) *RefusalError{
		s.checkClient, checkRedirect, checkResponseType, s.checkScopes,
	} {
		if r := check(req, q); r != nil {
			return nil, r
		}
	}
	return req, nil
}

func (s *Server) checkClient(req *authRequest, q url.Values) *RefusalError {
	id := q.Get("client_id")
	if id == "" {
		return refuse(web.MissingParameter("client_id"))
	}
	var found bool
	if req.client, req.world, found = s.universe.Client(id); !found {
		return refuse(web.UnknownClient(id, []string{s.universe.Default().Credentials().ClientID}))
	}
	return nil
}

func checkRedirect(req *authRequest, _ url.Values) *RefusalError {
	if req.redirectURI == "" || redirectAllowed(req.client, req.redirectURI) {
		return nil
	}
	expected := append(slices.Clone(req.client.RedirectURIs), "any http address of this machine: http://localhost, http://127.0.0.1 or http://[::1], any port and path")
	return refuse(web.UnregisteredRedirect(req.redirectURI, expected))
}

// checkResponseType allows the parameter to be missing: no official client
// sends it, and they work.
func checkResponseType(_ *authRequest, q url.Values) *RefusalError {
	if given := q.Get("response_type"); given != "" && given != "code" {
		return refuse(web.BadResponseType(given))
	}
	return nil
}

func (s *Server) checkScopes(req *authRequest, q url.Values) *RefusalError {
	var unknown []string
	for _, scope := range strings.Split(q.Get("scope"), " ") {
		switch {
		case scope == "" || slices.Contains(req.scopes, scope):
		case s.scopes[scope]:
			req.scopes = append(req.scopes, scope)
		default:
			unknown = append(unknown, scope)
		}
	}
	switch {
	case len(unknown) > 0:
		return refuse(web.UnknownScopes(unknown))
	case len(req.scopes) == 0:
		return refuse(web.MissingParameter("scope"))
	}
	return nil
}

// decide answers a request for a user and returns where the browser goes next.
// The consent form, the control plane and the Go API all end here.
func (s *Server) decide(req *authRequest, userID int64, allow bool, baseURL string) string {
	target := req.redirectURI
	if target == "" {
		target = withParams(baseURL+CodePath, "client_id", req.client.ID)
	}
	if !allow {
		return withParams(target, "error", "access_denied", "error_description", "The user denied access.", "state", req.state)
	}
	policy := s.Policy(req.world)
	scopes := slices.DeleteFunc(slices.Clone(req.scopes), func(scope string) bool { return slices.Contains(policy.WithheldOnConsent, scope) })
	if len(scopes) == 0 { // RFC 6749, section 4.1.2.1
		return withParams(target, "error", "invalid_scope", "error_description", "None of the requested scopes can be granted.", "state", req.state)
	}
	code, err := s.universe.AddCode(state.Code{
		World: req.world.Name, ClientID: req.client.ID, UserID: userID, Scopes: scopes,
		RedirectURI: req.redirectURI, State: req.state,
		Expires: s.clock.Now().Add(policy.CodeLife),
	})
	if err != nil { // RFC 6749, section 4.1.2.1
		return withParams(target, "error", "server_error", "error_description", "The sandbox could not store the code.", "state", req.state)
	}
	return withParams(target, "code", code.Value, "state", req.state)
}

// Authorize answers an authorization request without a browser. User names the
// account by e-mail address or id; empty means the first one.
func (s *Server) Authorize(rawQuery, user string, allow bool, baseURL string) (redirectTo string, err error) {
	req, refusal := s.parse(rawQuery)
	if refusal != nil {
		return "", refusal
	}
	u, err := findUser(req.world, user)
	if err != nil {
		return "", err
	}
	return s.decide(req, u.ID, allow, baseURL), nil
}

// UnknownUserError says that a world has no such user.
type UnknownUserError struct {
	User string
	Have []string // e-mail addresses
}

// Error lists who there is.
func (e *UnknownUserError) Error() string {
	return fmt.Sprintf("no user %q; there are %s", e.User, strings.Join(e.Have, ", "))
}

func repeatedParameter(name string) web.ProblemView {
	return web.ProblemView{
		Title:   "A parameter stands in the URL twice",
		Message: fmt.Sprintf("The authorization URL has %s more than once, so that nobody can tell which one is meant.", name),
		Fixes:   []string{fmt.Sprintf("Send %s once. Several scopes go into one parameter, separated by a space.", name)},
	}
}

func unreadableQuery() web.ProblemView {
	return web.ProblemView{
		Title:   "The authorization URL cannot be read",
		Message: "Its query has a percent sign that does not start an escape, or a semicolon.",
		Fixes:   []string{"Percent-encode every value, as url.Values.Encode or encodeURIComponent do."},
	}
}
