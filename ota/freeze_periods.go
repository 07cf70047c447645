package ota

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
	"net/url"

	"github.com/golokalise/lokalise"
)

// FreezePeriodsService calls the operations on freeze periods.
type FreezePeriodsService struct{ service }

// FreezePeriod keeps a range of versions of an app at one bundle, whatever is
// published later.
type FreezePeriod struct {
	ID int64 `json:"id"`
	// ProjectID is a number here and a text everywhere else: it is not the
	// identifier of package lokalise.
	ProjectID int64     `json:"projectId"`
	BundleID  int64     `json:"bundleId"`
	Framework Framework `json:"framework"`
	// From and To are versions of the app, such as "5.0". They are no times.
	From string `json:"from"`
	To   string `json:"to"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// FreezePeriodRequest is the body of [FreezePeriodsService.Create] and
// [FreezePeriodsService.Update].
type FreezePeriodRequest struct {
	// From is the version of the app at which the freeze begins. It is required.
	From string `json:"from"`
	// To is the version of the app at which the freeze ends. It is required.
	To string `json:"to"`
	// BundleID is the bundle that these versions keep. It is required.
	BundleID int64 `json:"bundleId"`
}

// List returns the freeze periods of a project for a framework.
//
// It takes a service token, which has no scope.
// https://developers.lokalise.com/reference/list-bundle-freezes
//
//lokalise:op GET /teams/{team_id}/projects/{project_id}/bundle-freezes
func (s *FreezePeriodsService) List(ctx context.Context, teamID int64, project lokalise.ProjectID, framework Framework, opts ...lokalise.RequestOption) ([]FreezePeriod, error) {
	op := s.freezes(http.MethodGet, teamID, project)
	op.Query = url.Values{"framework": {string(framework)}}
	return list(ctx, s.api, op, decodeFreezePeriod, opts)
}

// All goes through the freeze periods of a project for a framework. The API has
// no pages of them, so that one request brings all.
//
// It takes a service token, which has no scope.
// https://developers.lokalise.com/reference/list-bundle-freezes
//
//lokalise:op GET /teams/{team_id}/projects/{project_id}/bundle-freezes
func (s *FreezePeriodsService) All(ctx context.Context, teamID int64, project lokalise.ProjectID, framework Framework, opts ...lokalise.RequestOption) iter.Seq2[*FreezePeriod, error] {
	return each(func() ([]FreezePeriod, error) { return s.List(ctx, teamID, project, framework, opts...) })
}

// Create makes a freeze period. Its framework is that of the bundle.
//
// It takes a service token, which has no scope.
// https://developers.lokalise.com/reference/create-bundle-freeze
//
//lokalise:op POST /teams/{team_id}/projects/{project_id}/bundle-freezes
func (s *FreezePeriodsService) Create(ctx context.Context, teamID int64, project lokalise.ProjectID, body *FreezePeriodRequest, opts ...lokalise.RequestOption) (*FreezePeriod, error) {
	op := s.freezes(http.MethodPost, teamID, project)
	op.Body = body
	return one[FreezePeriod](ctx, s.api, op, opts)
}

// Update changes a freeze period.
//
// It takes a service token, which has no scope.
// https://developers.lokalise.com/reference/update-bundle-freeze
//
//lokalise:op PUT /teams/{team_id}/projects/{project_id}/bundle-freezes/{freeze_id}
func (s *FreezePeriodsService) Update(ctx context.Context, teamID int64, project lokalise.ProjectID, freezeID int64, body *FreezePeriodRequest, opts ...lokalise.RequestOption) (*FreezePeriod, error) {
	op := s.freeze(http.MethodPut, teamID, project, freezeID)
	op.Body = body
	return one[FreezePeriod](ctx, s.api, op, opts)
}

// Delete ends a freeze period.
//
// It takes a service token, which has no scope.
// https://developers.lokalise.com/reference/delete-bundle-freeze
//
//lokalise:op DELETE /teams/{team_id}/projects/{project_id}/bundle-freezes/{freeze_id}
func (s *FreezePeriodsService) Delete(ctx context.Context, teamID int64, project lokalise.ProjectID, freezeID int64, opts ...lokalise.RequestOption) (*ResourceDeleted, error) {
	return one[ResourceDeleted](ctx, s.api, s.freeze(http.MethodDelete, teamID, project, freezeID), opts)
}

func (s *FreezePeriodsService) freezes(method string, teamID int64, project lokalise.ProjectID) lokalise.Operation {
	return lokalise.Operation{
		Method: method,
		Route:  version + "/teams/{team_id}/projects/{project_id}/bundle-freezes",
		Args:   []any{teamID, project},
		Result: "data",
	}
}

func (s *FreezePeriodsService) freeze(method string, teamID int64, project lokalise.ProjectID, freezeID int64) lokalise.Operation {
	op := s.freezes(method, teamID, project)
	op.Route += "/{freeze_id}"
	op.Args = append(op.Args, freezeID)
	return op
}
