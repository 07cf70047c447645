package lokalise

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
)

// PermissionTemplatesService calls the operation on permission templates, which
// the API calls roles.
type PermissionTemplatesService struct{ service }

// AdminRight names something that a contributor or the members of a group may
// do. The names were recorded in an old and in a new form side by side, such
// as [RightKeys] and [RightManageKeys].
type AdminRight string

// The rights that were recorded in permission templates.
const (
	RightActivity           AdminRight = "activity"
	RightBranchesCreate     AdminRight = "branches_create"
	RightBranchesMainModify AdminRight = "branches_main_modify"
	RightBranchesMerge      AdminRight = "branches_merge"
	RightContributors       AdminRight = "contributors"
	RightCustomStatusModify AdminRight = "custom_status_modify"
	RightDownload           AdminRight = "download"
	RightGlossaryDelete     AdminRight = "glossary_delete"
	RightGlossaryEdit       AdminRight = "glossary_edit"
	RightManageKeys         AdminRight = "manage_keys"
	RightManageLanguages    AdminRight = "manage_languages"
	RightReview             AdminRight = "review"
	RightScreenshots        AdminRight = "screenshots"
	RightSettings           AdminRight = "settings"
	RightStatistics         AdminRight = "statistics"
	RightTasks              AdminRight = "tasks"
	RightUpload             AdminRight = "upload"
)

// The rights under the names that only contributors and groups were recorded
// with.
const (
	RightCreateBranches AdminRight = "create_branches"
	RightGlossary       AdminRight = "glossary"
	RightKeys           AdminRight = "keys"
	RightLanguages      AdminRight = "languages"
)

// PermissionTemplate is a set of rights with a name.
type PermissionTemplate struct {
	ID          int64        `json:"id"`
	Role        string       `json:"role"`
	Permissions []AdminRight `json:"permissions"`
	Description string       `json:"description"`
	Tag         string       `json:"tag"`
	TagColor    string       `json:"tagColor"`
	// TagInfo is null for templates that need no explanation.
	TagInfo Opt[string] `json:"tagInfo"`
	// DoesEnableAllReadOnlyLanguages tells that the role may see all languages.
	DoesEnableAllReadOnlyLanguages bool `json:"doesEnableAllReadOnlyLanguages"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// List returns the permission templates of a team. The answer carries the
// headers of a page, though no official SDK asks for a second one.
//
// Which scope it needs is not known.
// https://developers.lokalise.com/reference/list-all-permission-templates
//
//lokalise:op GET /teams/{team_id}/roles
func (s *PermissionTemplatesService) List(ctx context.Context, teamID int64, o *ListOptions, opts ...RequestOption) (*Page[PermissionTemplate], error) {
	return listPage(ctx, s.listCall(teamID, opts), o.paging(), decodePermissionTemplate)
}

// All goes through the permission templates of a team.
//
// Which scope it needs is not known.
// https://developers.lokalise.com/reference/list-all-permission-templates
//
//lokalise:op GET /teams/{team_id}/roles
func (s *PermissionTemplatesService) All(ctx context.Context, teamID int64, o *ListOptions, opts ...RequestOption) iter.Seq2[*PermissionTemplate, error] {
	return iterate(ctx, s.listCall(teamID, opts), o.paging(), decodePermissionTemplate)
}

func (s *PermissionTemplatesService) listCall(teamID int64, opts []RequestOption) *call {
	r := s.client.newCall(http.MethodGet, "/teams/{team_id}/roles", opts)
	r.path.id(teamID)
	r.result = "roles"
	return r
}
