package lokalise

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"

	"github.com/golokalise/lokalise/internal/redact"
)

// ServiceTokensService calls the operation that makes a token for another
// service of Lokalise's.
type ServiceTokensService struct{ service }

// TokenService names a service that has tokens of its own.
type TokenService string

// TokenServiceOTA is over-the-air, see package ota. No other service is known.
const TokenServiceOTA TokenService = "ota"

// JWT is the answer to [ServiceTokensService.Create]. It shows the token masked
// wherever it is printed or logged; written as JSON it is complete.
type JWT struct {
	// JWT is the token. It is good for thirty minutes
	// (https://developers.lokalise.com/reference/working-with-the-ota-api).
	JWT string `json:"jwt"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

func (t JWT) masked() jwtJSON {
	t.JWT = redact.Secret(t.JWT)
	return jwtJSON(t)
}

// String shows the answer, its token masked.
func (t JWT) String() string { return fmt.Sprintf("%+v", t.masked()) }

// GoString shows the answer, its token masked.
func (t JWT) GoString() string { return fmt.Sprintf("%#v", t.masked()) }

// Format prints the answer, its token masked, whatever the verb.
func (t JWT) Format(f fmt.State, verb rune) {
	_, _ = fmt.Fprintf(f, fmt.FormatString(f, verb), t.masked())
}

// LogValue is String.
func (t JWT) LogValue() slog.Value { return slog.StringValue(t.String()) }

// ServiceTokenCreateRequest is the body of [ServiceTokensService.Create].
type ServiceTokenCreateRequest struct {
	// Service is required.
	Service TokenService `json:"service"`
}

// Create makes a token with which another service of Lokalise's can be called
// for a project. Package ota does it by itself and renews the token in time.
//
// Which scope it needs is not known.
// https://developers.lokalise.com/reference/create-service-jwt
//
//lokalise:op POST /projects/{project_id}/tokens
func (s *ServiceTokensService) Create(ctx context.Context, project ProjectID, body *ServiceTokenCreateRequest, opts ...RequestOption) (*JWT, error) {
	r := s.client.newCall(http.MethodPost, "/projects/{project_id}/tokens", opts)
	r.path.projectID(project)
	withBody(r, body)
	return one(ctx, r, decodeJWT)
}
