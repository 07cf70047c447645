package lokalise

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"

	"github.com/golokalise/lokalise/internal/wire"
)

// TranslationStatusesService calls the operations on custom translation
// statuses. A project has them when they are switched on in its settings
// ([ProjectSettings.CustomTranslationStatuses]).
type TranslationStatusesService struct{ service }

// TranslationStatus is a status that a project has defined for its
// translations.
type TranslationStatus struct {
	StatusID int64  `json:"status_id"`
	Title    string `json:"title"`
	// Color is one of [TranslationStatusesService.Colors], "#61bd4f".
	Color string `json:"color"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// TranslationStatusDeleted is what [TranslationStatusesService.Delete] returns.
type TranslationStatusDeleted struct {
	ProjectID                      ProjectID `json:"project_id"`
	CustomTranslationStatusDeleted bool      `json:"custom_translation_status_deleted"`
	// Branch is the name of the branch; it is absent where the project has
	// none.
	Branch Opt[string] `json:"branch,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// TranslationStatusCreateRequest is the body of
// [TranslationStatusesService.Create].
type TranslationStatusCreateRequest struct {
	// Title is required.
	Title string `json:"title"`
	// Color must be one of [TranslationStatusesService.Colors]. It is required.
	Color string `json:"color"`
}

// TranslationStatusUpdateRequest is the body of
// [TranslationStatusesService.Update].
type TranslationStatusUpdateRequest struct {
	// Title stays as it is when it is absent.
	Title Opt[string] `json:"title,omitzero"`
	// Color must be one of [TranslationStatusesService.Colors]. It stays as it
	// is when it is absent.
	Color Opt[string] `json:"color,omitzero"`
}

// List returns one page of the custom translation statuses of a project.
//
// Which scope it needs is not known.
// https://developers.lokalise.com/reference/list-all-statuses
//
//lokalise:op GET /projects/{project_id}/custom_translation_statuses
func (s *TranslationStatusesService) List(ctx context.Context, project ProjectID, o *ListOptions, opts ...RequestOption) (*Page[TranslationStatus], error) {
	return listPage(ctx, s.listCall(project, opts), o.paging(), decodeTranslationStatus)
}

// All goes through all custom translation statuses of a project, page by page.
//
// Which scope it needs is not known.
// https://developers.lokalise.com/reference/list-all-statuses
//
//lokalise:op GET /projects/{project_id}/custom_translation_statuses
func (s *TranslationStatusesService) All(ctx context.Context, project ProjectID, o *ListOptions, opts ...RequestOption) iter.Seq2[*TranslationStatus, error] {
	return iterate(ctx, s.listCall(project, opts), o.paging(), decodeTranslationStatus)
}

func (s *TranslationStatusesService) listCall(project ProjectID, opts []RequestOption) *call {
	r := s.client.newCall(http.MethodGet, "/projects/{project_id}/custom_translation_statuses", opts)
	r.path.projectID(project)
	r.result = "custom_translation_statuses"
	return r
}

// Get returns a custom translation status.
//
// Which scope it needs is not known.
// https://developers.lokalise.com/reference/retrieve-a-status
//
//lokalise:op GET /projects/{project_id}/custom_translation_statuses/{status_id}
func (s *TranslationStatusesService) Get(ctx context.Context, project ProjectID, statusID int64, opts ...RequestOption) (*TranslationStatus, error) {
	r := s.oneCall(http.MethodGet, project, statusID, opts)
	r.result = "custom_translation_status"
	return one(ctx, r, decodeTranslationStatus)
}

// Create creates a custom translation status.
//
// Which scope it needs is not known.
// https://developers.lokalise.com/reference/create-a-status
//
//lokalise:op POST /projects/{project_id}/custom_translation_statuses
func (s *TranslationStatusesService) Create(ctx context.Context, project ProjectID, body *TranslationStatusCreateRequest, opts ...RequestOption) (*TranslationStatus, error) {
	r := s.client.newCall(http.MethodPost, "/projects/{project_id}/custom_translation_statuses", opts)
	r.path.projectID(project)
	r.result = "custom_translation_status"
	withBody(r, body)
	return one(ctx, r, decodeTranslationStatus)
}

// Update changes a custom translation status.
//
// Which scope it needs is not known.
// https://developers.lokalise.com/reference/update-a-status
//
//lokalise:op PUT /projects/{project_id}/custom_translation_statuses/{status_id}
func (s *TranslationStatusesService) Update(ctx context.Context, project ProjectID, statusID int64, body *TranslationStatusUpdateRequest, opts ...RequestOption) (*TranslationStatus, error) {
	r := s.oneCall(http.MethodPut, project, statusID, opts)
	r.result = "custom_translation_status"
	withBody(r, body)
	return one(ctx, r, decodeTranslationStatus)
}

// Delete deletes a custom translation status.
//
// Which scope it needs is not known.
// https://developers.lokalise.com/reference/delete-a-status
//
//lokalise:op DELETE /projects/{project_id}/custom_translation_statuses/{status_id}
func (s *TranslationStatusesService) Delete(ctx context.Context, project ProjectID, statusID int64, opts ...RequestOption) (*TranslationStatusDeleted, error) {
	return one(ctx, s.oneCall(http.MethodDelete, project, statusID, opts), decodeTranslationStatusDeleted)
}

func (s *TranslationStatusesService) oneCall(method string, project ProjectID, statusID int64, opts []RequestOption) *call {
	r := s.client.newCall(method, "/projects/{project_id}/custom_translation_statuses/{status_id}", opts)
	r.path.projectID(project)
	r.path.id(statusID)
	return r
}

// Colors returns the colors that a custom translation status can have, such as
// "#61bd4f".
//
// Which scope it needs is not known.
// https://developers.lokalise.com/reference/retrieve-available-colors
//
//lokalise:op GET /projects/{project_id}/custom_translation_statuses/colors
func (s *TranslationStatusesService) Colors(ctx context.Context, project ProjectID, opts ...RequestOption) ([]string, error) {
	r := s.client.newCall(http.MethodGet, "/projects/{project_id}/custom_translation_statuses/colors", opts)
	r.path.projectID(project)
	r.result = "colors"
	page, err := list(ctx, r, func(d *wire.Decoder, color *string) { *color = d.String() })
	if err != nil {
		return nil, err
	}
	return page.Items, nil
}
