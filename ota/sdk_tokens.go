package ota

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"log/slog"
	"net/http"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/internal/redact"
)

// SDKTokensService calls the operations on SDK tokens.
type SDKTokensService struct{ service }

// SDKToken is a token with which an app fetches bundles, see [NewArchives]. It
// shows itself masked wherever it is printed or logged; written as JSON it is
// complete.
type SDKToken struct {
	ID    int64  `json:"id"`
	Token string `json:"token"`
	// ProjectID is a number here and a text everywhere else: it is not the
	// identifier of package lokalise.
	ProjectID int64 `json:"projectId"`
	// LokaliseID was always null where it was recorded.
	LokaliseID lokalise.Opt[int64] `json:"lokaliseId"`
	CreatedAt  lokalise.Time       `json:"createdAt"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// masked returns a copy without methods and without the token.
func (t SDKToken) masked() sdkTokenJSON {
	t.Token = redact.Secret(t.Token)
	return sdkTokenJSON(t)
}

// String shows the token masked.
func (t SDKToken) String() string { return fmt.Sprintf("%+v", t.masked()) }

// GoString shows the token masked.
func (t SDKToken) GoString() string { return fmt.Sprintf("%#v", t.masked()) }

// Format prints the token masked, whatever the verb.
func (t SDKToken) Format(f fmt.State, verb rune) {
	_, _ = fmt.Fprintf(f, fmt.FormatString(f, verb), t.masked())
}

// LogValue is String.
func (t SDKToken) LogValue() slog.Value { return slog.StringValue(t.String()) }

// List returns the SDK tokens of a project.
//
// It takes a service token, which has no scope.
// https://developers.lokalise.com/reference/list-tokens
//
//lokalise:op GET /teams/{team_id}/projects/{project_id}/tokens
func (s *SDKTokensService) List(ctx context.Context, teamID int64, project lokalise.ProjectID, opts ...lokalise.RequestOption) ([]SDKToken, error) {
	return list(ctx, s.api, s.tokens(http.MethodGet, teamID, project), decodeSDKToken, opts)
}

// All goes through the SDK tokens of a project. The API has no pages of them, so
// that one request brings all.
//
// It takes a service token, which has no scope.
// https://developers.lokalise.com/reference/list-tokens
//
//lokalise:op GET /teams/{team_id}/projects/{project_id}/tokens
func (s *SDKTokensService) All(ctx context.Context, teamID int64, project lokalise.ProjectID, opts ...lokalise.RequestOption) iter.Seq2[*SDKToken, error] {
	return each(func() ([]SDKToken, error) { return s.List(ctx, teamID, project, opts...) })
}

// Create makes an SDK token. It may be refused for up to a minute after that,
// see [ArchiveOptions].
//
// It takes a service token, which has no scope.
// https://developers.lokalise.com/reference/create-token
//
//lokalise:op POST /teams/{team_id}/projects/{project_id}/tokens
func (s *SDKTokensService) Create(ctx context.Context, teamID int64, project lokalise.ProjectID, opts ...lokalise.RequestOption) (*SDKToken, error) {
	return one[SDKToken](ctx, s.api, s.tokens(http.MethodPost, teamID, project), opts)
}

// Delete deletes an SDK token. Apps that have it get no bundles any more.
//
// It takes a service token, which has no scope.
// https://developers.lokalise.com/reference/delete-token
//
//lokalise:op DELETE /teams/{team_id}/projects/{project_id}/tokens/{token_id}
func (s *SDKTokensService) Delete(ctx context.Context, teamID int64, project lokalise.ProjectID, tokenID int64, opts ...lokalise.RequestOption) (*ResourceDeleted, error) {
	op := s.tokens(http.MethodDelete, teamID, project)
	op.Route += "/{token_id}"
	op.Args = append(op.Args, tokenID)
	return one[ResourceDeleted](ctx, s.api, op, opts)
}

func (s *SDKTokensService) tokens(method string, teamID int64, project lokalise.ProjectID) lokalise.Operation {
	return lokalise.Operation{
		Method: method,
		Route:  version + "/teams/{team_id}/projects/{project_id}/tokens",
		Args:   []any{teamID, project},
		Result: "data",
	}
}
