package authserver

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/golokalise/lokalise/sandbox/internal/journal"
)

// TokenPath is where codes and refresh tokens are exchanged.
const TokenPath = "/oauth2/token"

// tokenParams are the parameters of the token endpoint that this server reads.
var tokenParams = []string{"grant_type", "client_id", "client_secret", "code", "refresh_token", "redirect_uri"}

// tokenRequest is the body of a token request.
type tokenRequest struct {
	grantType    string
	clientID     string
	clientSecret string
	code         string
	refreshToken string
	redirectURI  string
}

// ServeToken answers a token request.
func (s *Server) ServeToken(w http.ResponseWriter, r *http.Request, rec *journal.Record) {
	rec.Operation = "oauth2.token"
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		writeJSON(w, http.StatusMethodNotAllowed, tokenFailure(invalidRequest, "The token endpoint takes POST only"))
		return
	}
	req, failure := readTokenRequest(w, r, rec)
	if failure != nil {
		writeJSON(w, failure.status, failure)
		return
	}
	hit := s.hit(s.tokenCall(req), rec)
	var answer any
	if !hit.Before(r.Context()) {
		answer, failure = s.token(req, rec)
	}
	hit.Answer(r.Context(), w, writeTokenFault, func(w http.ResponseWriter) {
		if failure != nil {
			writeJSON(w, failure.status, failure)
			return
		}
		writeJSON(w, http.StatusOK, answer)
	})
}

// token checks a request in the recorded order: the form of the client ID,
// the form of the code or refresh token, and only then whose they are.
func (s *Server) token(req tokenRequest, rec *journal.Record) (any, *tokenError) {
	if utf8.RuneCountInString(req.clientID) != secretLength {
		return nil, tokenFailure(invalidRequest, "client_id: Client id must be 40 characters long") // recorded
	}
	switch req.grantType {
	case "authorization_code":
		return s.exchangeCode(req, rec)
	case "refresh_token":
		rec.Operation = "oauth2.refresh"
		return s.refresh(req, rec)
	case "":
		return nil, tokenFailure(invalidRequest, "grant_type: Grant type is required") // assumed
	default:
		return nil, tokenFailure(unsupportedGrantType, "The grant type is not supported") // assumed
	}
}

// readTokenRequest reads the body as JSON, whatever its content type says
// (recorded: clients that named none were answered), or as a form (assumed: a
// published tutorial sends one). A body that is neither has no parameters.
func readTokenRequest(w http.ResponseWriter, r *http.Request, rec *journal.Record) (tokenRequest, *tokenError) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxForm))
	var tooBig *http.MaxBytesError
	switch {
	case errors.As(err, &tooBig):
		failure := tokenFailure(invalidRequest, "The request body is too big")
		failure.status = http.StatusRequestEntityTooLarge
		return tokenRequest{}, failure
	case err != nil:
		return tokenRequest{}, invalidParameters()
	}
	if r.Header.Get("Authorization") != "" {
		rec.Note("The token endpoint reads the client's credentials from the body; whether the real one takes an Authorization header is not known, and the sandbox does not.")
	}
	var get func(string) string
	var failure *tokenError
	if text := strings.TrimLeft(string(body), " \t\r\n"); strings.HasPrefix(text, "{") {
		get, failure = jsonParams(body, rec)
	} else {
		get, failure = formParams(text, rec)
	}
	if failure != nil {
		return tokenRequest{}, failure
	}
	return tokenRequest{
		grantType: get("grant_type"), clientID: get("client_id"), clientSecret: get("client_secret"),
		code: get("code"), refreshToken: get("refresh_token"), redirectURI: get("redirect_uri"),
	}, nil
}

// jsonParams refuses a member that stands there twice, as RFC 6749, section
// 5.2, does for parameters, and one that is not a string.
func jsonParams(body []byte, rec *journal.Record) (func(string) string, *tokenError) {
	members := map[string]jsontext.Value{}
	if err := json.Unmarshal(body, &members); err != nil {
		rec.Note("The body starts like JSON and is not, or has a member twice.")
		return nil, invalidParameters()
	}
	values := map[string]string{}
	for _, name := range tokenParams {
		value, there := members[name]
		if !there || value.Kind() == 'n' {
			continue
		}
		if value.Kind() != '"' {
			rec.Note("The member " + name + " is not a string.")
			return nil, invalidParameters()
		}
		var text string
		if err := json.Unmarshal(value, &text); err != nil {
			return nil, invalidParameters()
		}
		values[name] = text
	}
	return func(name string) string { return values[name] }, nil
}

func formParams(body string, rec *journal.Record) (func(string) string, *tokenError) {
	form, err := url.ParseQuery(body)
	if err != nil {
		rec.Note("The body is neither JSON nor a form.")
		form = nil
	}
	for _, name := range tokenParams {
		if len(form[name]) > 1 {
			return nil, tokenFailure(invalidRequest, name+": The parameter is repeated") // RFC 6749, section 5.2
		}
	}
	return form.Get, nil
}
