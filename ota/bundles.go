package ota

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"

	"github.com/golokalise/lokalise"
)

// BundlesService calls the operations on bundles.
type BundlesService struct{ service }

// Bundle is a set of translations that apps can fetch. Its members have names
// in camel case on the wire.
type Bundle struct {
	ID        int64              `json:"id"`
	ProjectID lokalise.ProjectID `json:"projectId"`
	// IsPrerelease tells that apps get it that ask for prereleases.
	IsPrerelease bool `json:"isPrerelease"`
	// IsProduction tells that apps get it.
	IsProduction bool          `json:"isProduction"`
	CreatedAt    lokalise.Time `json:"createdAt"`
	// CreatedBy is the identifier of a user, as a text.
	CreatedBy   string    `json:"createdBy"`
	Framework   Framework `json:"framework"`
	Description string    `json:"description"`
	// IsFrozen tells that a freeze period holds the bundle.
	IsFrozen bool `json:"isFrozen"`
	// LokaliseID was recorded as null in the answers to Get and Update.
	LokaliseID lokalise.Opt[int64] `json:"lokaliseId"`
	FileID     string              `json:"fileId"`
	// FileURL is where the bundle can be fetched, without a credential, by
	// whoever has the URL. It is absent in lists.
	FileURL    lokalise.Opt[string] `json:"fileUrl,omitzero"`
	ModifiedAt lokalise.Time        `json:"modifiedAt"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// BundleUpdateRequest is the body of [BundlesService.Update].
type BundleUpdateRequest struct {
	// Description is required.
	Description string `json:"description"`
}

// bundleID is the body of the operations that bring a bundle to apps.
type bundleID struct {
	BundleID int64 `json:"bundleId"`
}

// List returns the bundles of a project.
//
// It takes a service token, which has no scope.
// https://developers.lokalise.com/reference/list-bundles
//
//lokalise:op GET /teams/{team_id}/projects/{project_id}/bundles
func (s *BundlesService) List(ctx context.Context, teamID int64, project lokalise.ProjectID, opts ...lokalise.RequestOption) ([]Bundle, error) {
	return list(ctx, s.api, lokalise.Operation{
		Method: http.MethodGet,
		Route:  version + "/teams/{team_id}/projects/{project_id}/bundles",
		Args:   []any{teamID, project},
		Result: "data",
	}, decodeBundle, opts)
}

// All goes through the bundles of a project. The API has no pages of them, so
// that one request brings all.
//
// It takes a service token, which has no scope.
// https://developers.lokalise.com/reference/list-bundles
//
//lokalise:op GET /teams/{team_id}/projects/{project_id}/bundles
func (s *BundlesService) All(ctx context.Context, teamID int64, project lokalise.ProjectID, opts ...lokalise.RequestOption) iter.Seq2[*Bundle, error] {
	return each(func() ([]Bundle, error) { return s.List(ctx, teamID, project, opts...) })
}

// Get returns a bundle.
//
// It takes a service token, which has no scope.
// https://developers.lokalise.com/reference/get-bundle
//
//lokalise:op GET /teams/{team_id}/projects/{project_id}/bundles/{bundle_id}
func (s *BundlesService) Get(ctx context.Context, teamID int64, project lokalise.ProjectID, bundleID int64, opts ...lokalise.RequestOption) (*Bundle, error) {
	return one[Bundle](ctx, s.api, s.bundle(http.MethodGet, teamID, project, bundleID), opts)
}

// Update changes the description of a bundle.
//
// It takes a service token, which has no scope.
// https://developers.lokalise.com/reference/update-bundle
//
//lokalise:op PATCH /teams/{team_id}/projects/{project_id}/bundles/{bundle_id}
func (s *BundlesService) Update(ctx context.Context, teamID int64, project lokalise.ProjectID, bundleID int64, body *BundleUpdateRequest, opts ...lokalise.RequestOption) (*Bundle, error) {
	op := s.bundle(http.MethodPatch, teamID, project, bundleID)
	op.Body = body
	return one[Bundle](ctx, s.api, op, opts)
}

// Delete deletes a bundle.
//
// It takes a service token, which has no scope.
// https://developers.lokalise.com/reference/detele-bundle
//
//lokalise:op DELETE /teams/{team_id}/projects/{project_id}/bundles/{bundle_id}
func (s *BundlesService) Delete(ctx context.Context, teamID int64, project lokalise.ProjectID, bundleID int64, opts ...lokalise.RequestOption) (*ResourceDeleted, error) {
	return one[ResourceDeleted](ctx, s.api, s.bundle(http.MethodDelete, teamID, project, bundleID), opts)
}

// Publish makes a bundle the one that apps get.
//
// It takes a service token, which has no scope.
// https://developers.lokalise.com/reference/publish-bundle
//
//lokalise:op POST /teams/{team_id}/projects/{project_id}/frameworks/{framework}/publish
func (s *BundlesService) Publish(ctx context.Context, teamID int64, project lokalise.ProjectID, framework Framework, bundleID int64, opts ...lokalise.RequestOption) error {
	return s.bring(ctx, "publish", teamID, project, framework, bundleID, opts)
}

// Stage makes a bundle the one that apps get which ask for prereleases.
//
// It takes a service token, which has no scope.
// https://developers.lokalise.com/reference/stage-bundle
//
//lokalise:op POST /teams/{team_id}/projects/{project_id}/frameworks/{framework}/stage
func (s *BundlesService) Stage(ctx context.Context, teamID int64, project lokalise.ProjectID, framework Framework, bundleID int64, opts ...lokalise.RequestOption) error {
	return s.bring(ctx, "stage", teamID, project, framework, bundleID, opts)
}

// bring brings a bundle to apps. The answer is empty.
func (s *BundlesService) bring(ctx context.Context, how string, teamID int64, project lokalise.ProjectID, framework Framework, id int64, opts []lokalise.RequestOption) error {
	return s.api.Do(ctx, lokalise.Operation{
		Method: http.MethodPost,
		Route:  version + "/teams/{team_id}/projects/{project_id}/frameworks/{framework}/" + how,
		Args:   []any{teamID, project, framework},
		Body:   &bundleID{id},
	}, nil, opts...)
}

func (s *BundlesService) bundle(method string, teamID int64, project lokalise.ProjectID, bundleID int64) lokalise.Operation {
	return lokalise.Operation{
		Method: method,
		Route:  version + "/teams/{team_id}/projects/{project_id}/bundles/{bundle_id}",
		Args:   []any{teamID, project, bundleID},
		Result: "data",
	}
}
