package lokalise

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
	"strings"

	"github.com/golokalise/lokalise/internal/wire"
)

// ContributorsService calls the operations on the contributors of a project.
// They belong to the whole project, not to a branch.
type ContributorsService struct{ service }

// Contributor is somebody who works on a project. Every answer that was recorded
// has IsAdmin, IsReviewer, Languages and AdminRights; a sample of the official
// Node SDK has none of them.
type Contributor struct {
	UserID   int64  `json:"user_id"`
	Email    string `json:"email"`
	Fullname string `json:"fullname"`
	// UUID was first recorded in 2025, in the answer to Me.
	UUID      Opt[string] `json:"uuid,omitzero"`
	CreatedAt Time        `json:"created_at"`
	// CreatedAtTimestamp is absent in answers recorded in 2018.
	CreatedAtTimestamp Timestamp `json:"created_at_timestamp,omitzero"`
	// IsAdmin is deprecated: RoleID and AdminRights say more.
	IsAdmin Opt[bool] `json:"is_admin,omitzero"`
	// IsReviewer is deprecated: RoleID and AdminRights say more.
	IsReviewer Opt[bool] `json:"is_reviewer,omitzero"`
	// Languages are the languages that the contributor may see or change.
	Languages   []ContributorLanguage `json:"languages,omitzero"`
	AdminRights []AdminRight          `json:"admin_rights,omitzero"`
	// RoleID is the contributor's permission template. It was first recorded in
	// 2025, in the answer to Me.
	RoleID Opt[int64] `json:"role_id,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// ContributorLanguage is a language that a contributor may see. Every answer
// that was recorded has all fields; some samples of the official Node SDK have
// empty objects.
type ContributorLanguage struct {
	LangID   int64  `json:"lang_id,omitzero"`
	LangISO  string `json:"lang_iso,omitzero"`
	LangName string `json:"lang_name,omitzero"`
	// IsWritable tells that the contributor may change translations.
	IsWritable Opt[bool] `json:"is_writable,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// decodeAdminRight keeps the JSON text of a right that is an object, as some
// samples of the official Node SDK have empty ones.
func decodeAdminRight(d *wire.Decoder, r *AdminRight) {
	if d.Kind() == '{' {
		*r = AdminRight(d.RawText())
		return
	}
	*r = AdminRight(d.String())
}

// MarshalJSON writes the right as it was read.
func (r AdminRight) MarshalJSON() ([]byte, error) {
	if strings.HasPrefix(string(r), "{") && json.Valid([]byte(r)) {
		return []byte(r), nil
	}
	return json.Marshal(string(r))
}

// ContributorDeleted is what [ContributorsService.Delete] returns.
type ContributorDeleted struct {
	ProjectID          ProjectID `json:"project_id"`
	ContributorDeleted bool      `json:"contributor_deleted"`
	// Branch is the name of the branch; it is absent where the project has
	// none.
	Branch Opt[string] `json:"branch,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// ContributorCreateRequest is somebody who is to be invited.
type ContributorCreateRequest struct {
	// Email is required.
	Email string `json:"email"`
	// Fullname is used for people who have no account yet.
	Fullname Opt[string] `json:"fullname,omitzero"`
	// IsAdmin is deprecated: RoleID and AdminRights say more. Defaults to false.
	IsAdmin Opt[bool] `json:"is_admin,omitzero"`
	// IsReviewer is deprecated: RoleID and AdminRights say more. Defaults to
	// false.
	IsReviewer Opt[bool] `json:"is_reviewer,omitzero"`
	// RoleID is a permission template, see [PermissionTemplatesService.List].
	// Where it is set, Lokalise ignores AdminRights.
	RoleID Opt[int64] `json:"role_id,omitzero"`
	// Languages are required for somebody who is no admin.
	Languages []ContributorLanguageRequest `json:"languages,omitzero"`
	// AdminRights name the rights one by one.
	AdminRights []AdminRight `json:"admin_rights,omitzero"`
}

// ContributorLanguageRequest is a language that a contributor is to see.
type ContributorLanguageRequest struct {
	// LangISO is required.
	LangISO string `json:"lang_iso"`
	// IsWritable lets the contributor change translations.
	IsWritable Opt[bool] `json:"is_writable,omitzero"`
}

// ContributorUpdateRequest is the body of [ContributorsService.Update]. What
// is absent stays as it is.
type ContributorUpdateRequest struct {
	// IsAdmin is deprecated: RoleID and AdminRights say more.
	IsAdmin Opt[bool] `json:"is_admin,omitzero"`
	// IsReviewer is deprecated: RoleID and AdminRights say more.
	IsReviewer Opt[bool] `json:"is_reviewer,omitzero"`
	// RoleID is a permission template, see [PermissionTemplatesService.List].
	// Where it is set, Lokalise ignores AdminRights.
	RoleID Opt[int64] `json:"role_id,omitzero"`
	// Languages are the languages that the contributor is to see.
	Languages []ContributorLanguageRequest `json:"languages,omitzero"`
	// AdminRights name the rights one by one.
	AdminRights []AdminRight `json:"admin_rights,omitzero"`
}

// List returns one page of the contributors of a project.
//
// It needs the scope read_contributors.
// https://developers.lokalise.com/reference/list-all-contributors
//
//lokalise:op GET /projects/{project_id}/contributors
func (s *ContributorsService) List(ctx context.Context, project ProjectID, o *ListOptions, opts ...RequestOption) (*Page[Contributor], error) {
	return listPage(ctx, s.projectCall(http.MethodGet, project, opts), o.paging(), decodeContributor)
}

// All goes through all contributors of a project, page by page.
//
// It needs the scope read_contributors.
// https://developers.lokalise.com/reference/list-all-contributors
//
//lokalise:op GET /projects/{project_id}/contributors
func (s *ContributorsService) All(ctx context.Context, project ProjectID, o *ListOptions, opts ...RequestOption) iter.Seq2[*Contributor, error] {
	return iterate(ctx, s.projectCall(http.MethodGet, project, opts), o.paging(), decodeContributor)
}

// Get returns a contributor.
//
// It needs the scope read_contributors.
// https://developers.lokalise.com/reference/retrieve-a-contributor
//
//lokalise:op GET /projects/{project_id}/contributors/{contributor_id}
func (s *ContributorsService) Get(ctx context.Context, project ProjectID, userID int64, opts ...RequestOption) (*Contributor, error) {
	r := s.oneCall(http.MethodGet, project, userID, opts)
	r.result = "contributor"
	return one(ctx, r, decodeContributor)
}

// Me returns the user whom the token belongs to, as a contributor of the
// project. It is the one way to learn who that is.
//
// It needs the scope read_contributors.
// https://developers.lokalise.com/reference/retrieve-me-as-a-contributor
//
//lokalise:op GET /projects/{project_id}/contributors/me
func (s *ContributorsService) Me(ctx context.Context, project ProjectID, opts ...RequestOption) (*Contributor, error) {
	r := s.client.newCall(http.MethodGet, "/projects/{project_id}/contributors/me", opts)
	r.path.projectID(project)
	r.result = "contributor"
	return one(ctx, r, decodeContributor)
}

// Create invites contributors to a project. More than 500 go in several
// requests. It returns the contributors that the project got, and a
// [*PartialError] when it did not get some.
//
// It needs the scope write_contributors.
// https://developers.lokalise.com/reference/create-contributors
//
//lokalise:op POST /projects/{project_id}/contributors
func (s *ContributorsService) Create(ctx context.Context, project ProjectID, contributors []ContributorCreateRequest, opts ...RequestOption) ([]Contributor, error) {
	return bulk(ctx, contributors, bulkOperation[ContributorCreateRequest, Contributor]{
		call: func(chunk []ContributorCreateRequest) *call {
			r := s.projectCall(http.MethodPost, project, opts)
			withBody(r, &struct {
				Contributors []ContributorCreateRequest `json:"contributors"`
			}{chunk})
			return r
		},
		decode: decodeContributor,
	})
}

func (s *ContributorsService) projectCall(method string, project ProjectID, opts []RequestOption) *call {
	r := s.client.newCall(method, "/projects/{project_id}/contributors", opts)
	r.path.projectID(project)
	r.result = "contributors"
	return r
}

// Update changes what a contributor may do.
//
// It needs the scope write_contributors.
// https://developers.lokalise.com/reference/update-a-contributor
//
//lokalise:op PUT /projects/{project_id}/contributors/{contributor_id}
func (s *ContributorsService) Update(ctx context.Context, project ProjectID, userID int64, body *ContributorUpdateRequest, opts ...RequestOption) (*Contributor, error) {
	r := s.oneCall(http.MethodPut, project, userID, opts)
	r.result = "contributor"
	withBody(r, body)
	return one(ctx, r, decodeContributor)
}

// Delete takes somebody off a project.
//
// It needs the scope write_contributors.
// https://developers.lokalise.com/reference/delete-a-contributor
//
//lokalise:op DELETE /projects/{project_id}/contributors/{contributor_id}
func (s *ContributorsService) Delete(ctx context.Context, project ProjectID, userID int64, opts ...RequestOption) (*ContributorDeleted, error) {
	return one(ctx, s.oneCall(http.MethodDelete, project, userID, opts), decodeContributorDeleted)
}

func (s *ContributorsService) oneCall(method string, project ProjectID, userID int64, opts []RequestOption) *call {
	r := s.client.newCall(method, "/projects/{project_id}/contributors/{contributor_id}", opts)
	r.path.projectID(project)
	r.path.id(userID)
	return r
}
