package lokalise

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
)

// UserGroupsService calls the operations on the groups of users in a team.
type UserGroupsService struct{ service }

// UserGroup is a group of users with the same rights.
type UserGroup struct {
	GroupID            int64                `json:"group_id"`
	Name               string               `json:"name"`
	Permissions        UserGroupPermissions `json:"permissions"`
	CreatedAt          Time                 `json:"created_at"`
	CreatedAtTimestamp Timestamp            `json:"created_at_timestamp"`
	TeamID             int64                `json:"team_id"`
	Projects           []ProjectID          `json:"projects"`
	// Members are the identifiers of the users in the group.
	Members []int64 `json:"members"`
	// RoleID is the permission template of the group. It is documented and was
	// never recorded.
	RoleID Opt[int64] `json:"role_id,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// UserGroupPermissions are the rights of the members of a group.
type UserGroupPermissions struct {
	IsAdmin     bool         `json:"is_admin"`
	IsReviewer  bool         `json:"is_reviewer"`
	AdminRights []AdminRight `json:"admin_rights"`
	// Languages are the languages that the members may see or change.
	Languages []UserGroupLanguage `json:"languages"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// UserGroupLanguage is a language that the members of a group may see.
type UserGroupLanguage struct {
	LangID     int64  `json:"lang_id"`
	LangISO    string `json:"lang_iso"`
	LangName   string `json:"lang_name"`
	IsWritable bool   `json:"is_writable"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// UserGroupDeleted is the answer to [UserGroupsService.Delete].
type UserGroupDeleted struct {
	TeamID       int64 `json:"team_id"`
	GroupDeleted bool  `json:"group_deleted"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// UserGroupRequest is the body of [UserGroupsService.Create] and
// [UserGroupsService.Update].
type UserGroupRequest struct {
	// Name is required.
	Name string `json:"name"`
	// IsReviewer is required. Lokalise calls it deprecated; RoleID and
	// AdminRights say more.
	IsReviewer bool `json:"is_reviewer"`
	// IsAdmin is required. Lokalise calls it deprecated; RoleID and AdminRights
	// say more.
	IsAdmin bool `json:"is_admin"`
	// RoleID is a permission template, see [PermissionTemplatesService.List].
	// Where it is set, Lokalise ignores AdminRights.
	RoleID Opt[int64] `json:"role_id,omitzero"`
	// AdminRights name the rights one by one.
	AdminRights []AdminRight `json:"admin_rights,omitzero"`
	// Languages are needed for a group whose members are not admins.
	Languages Opt[UserGroupRequestLanguages] `json:"languages,omitzero"`
}

// UserGroupRequestLanguages are the languages that a group is to get. The
// identifiers are sent as numbers; the official Go SDK sends them so too, while
// the Node SDK declares texts.
type UserGroupRequestLanguages struct {
	// Reference are the languages that the members may read.
	Reference []int64 `json:"reference"`
	// Contributable are the languages that the members may change.
	Contributable []int64 `json:"contributable"`
}

// userGroupUsers is the body of the operations on the members of a group.
type userGroupUsers struct {
	Users []int64 `json:"users"`
}

// userGroupProjects is the body of the operations on the projects of a group.
type userGroupProjects struct {
	Projects []ProjectID `json:"projects"`
}

// List returns one page of the groups of a team.
//
// It needs the scope read_team_groups.
// https://developers.lokalise.com/reference/list-all-groups
//
//lokalise:op GET /teams/{team_id}/groups
func (s *UserGroupsService) List(ctx context.Context, teamID int64, o *ListOptions, opts ...RequestOption) (*Page[UserGroup], error) {
	return listPage(ctx, s.listCall(teamID, opts), o.paging(), decodeUserGroup)
}

// All goes through all groups of a team, page by page.
//
// It needs the scope read_team_groups.
// https://developers.lokalise.com/reference/list-all-groups
//
//lokalise:op GET /teams/{team_id}/groups
func (s *UserGroupsService) All(ctx context.Context, teamID int64, o *ListOptions, opts ...RequestOption) iter.Seq2[*UserGroup, error] {
	return iterate(ctx, s.listCall(teamID, opts), o.paging(), decodeUserGroup)
}

func (s *UserGroupsService) listCall(teamID int64, opts []RequestOption) *call {
	r := s.client.newCall(http.MethodGet, "/teams/{team_id}/groups", opts)
	r.path.id(teamID)
	r.result = "user_groups"
	return r
}

// Get returns a group.
//
// It needs the scope read_team_groups.
// https://developers.lokalise.com/reference/retrieve-a-group
//
//lokalise:op GET /teams/{team_id}/groups/{group_id}
func (s *UserGroupsService) Get(ctx context.Context, teamID, groupID int64, opts ...RequestOption) (*UserGroup, error) {
	r := s.groupCall(http.MethodGet, "/teams/{team_id}/groups/{group_id}", teamID, groupID, opts)
	r.result = "" // the group is the whole answer here
	return one(ctx, r, decodeUserGroup)
}

// Create creates a group. The user must be an admin of the team.
//
// It needs the scope write_team_groups.
// https://developers.lokalise.com/reference/create-a-group
//
//lokalise:op POST /teams/{team_id}/groups
func (s *UserGroupsService) Create(ctx context.Context, teamID int64, body *UserGroupRequest, opts ...RequestOption) (*UserGroup, error) {
	r := s.client.newCall(http.MethodPost, "/teams/{team_id}/groups", opts)
	r.path.id(teamID)
	r.result = "group"
	withBody(r, body)
	return one(ctx, r, decodeUserGroup)
}

// Update changes the name and the rights of a group. The user must be an admin
// of the team.
//
// It needs the scope write_team_groups.
// https://developers.lokalise.com/reference/update-a-group
//
//lokalise:op PUT /teams/{team_id}/groups/{group_id}
func (s *UserGroupsService) Update(ctx context.Context, teamID, groupID int64, body *UserGroupRequest, opts ...RequestOption) (*UserGroup, error) {
	r := s.groupCall(http.MethodPut, "/teams/{team_id}/groups/{group_id}", teamID, groupID, opts)
	withBody(r, body)
	return one(ctx, r, decodeUserGroup)
}

// Delete deletes a group; its members stay in the team. The user must be an
// admin of the team.
//
// It needs the scope write_team_groups.
// https://developers.lokalise.com/reference/delete-a-group
//
//lokalise:op DELETE /teams/{team_id}/groups/{group_id}
func (s *UserGroupsService) Delete(ctx context.Context, teamID, groupID int64, opts ...RequestOption) (*UserGroupDeleted, error) {
	r := s.groupCall(http.MethodDelete, "/teams/{team_id}/groups/{group_id}", teamID, groupID, opts)
	r.result = ""
	return one(ctx, r, decodeUserGroupDeleted)
}

// AddMembers puts users into a group. The user must be an admin of the team.
//
// It needs the scope write_team_groups.
// https://developers.lokalise.com/reference/add-members-to-group
//
//lokalise:op PUT /teams/{team_id}/groups/{group_id}/members/add
func (s *UserGroupsService) AddMembers(ctx context.Context, teamID, groupID int64, userIDs []int64, opts ...RequestOption) (*UserGroup, error) {
	r := s.groupCall(http.MethodPut, "/teams/{team_id}/groups/{group_id}/members/add", teamID, groupID, opts)
	withBody(r, &userGroupUsers{Users: userIDs})
	return one(ctx, r, decodeUserGroup)
}

// RemoveMembers takes users out of a group. The user must be an admin of the
// team.
//
// It needs the scope write_team_groups.
// https://developers.lokalise.com/reference/remove-members-from-group
//
//lokalise:op PUT /teams/{team_id}/groups/{group_id}/members/remove
func (s *UserGroupsService) RemoveMembers(ctx context.Context, teamID, groupID int64, userIDs []int64, opts ...RequestOption) (*UserGroup, error) {
	r := s.groupCall(http.MethodPut, "/teams/{team_id}/groups/{group_id}/members/remove", teamID, groupID, opts)
	withBody(r, &userGroupUsers{Users: userIDs})
	return one(ctx, r, decodeUserGroup)
}

// AddProjects gives a group access to projects. The user must be an admin of
// the team.
//
// It needs the scope write_team_groups.
// https://developers.lokalise.com/reference/add-projects-to-group
//
//lokalise:op PUT /teams/{team_id}/groups/{group_id}/projects/add
func (s *UserGroupsService) AddProjects(ctx context.Context, teamID, groupID int64, projects []ProjectID, opts ...RequestOption) (*UserGroup, error) {
	r := s.groupCall(http.MethodPut, "/teams/{team_id}/groups/{group_id}/projects/add", teamID, groupID, opts)
	withBody(r, &userGroupProjects{Projects: projects})
	return one(ctx, r, decodeUserGroup)
}

// RemoveProjects takes a group's access to projects away. The user must be an
// admin of the team.
//
// It needs the scope write_team_groups.
// https://developers.lokalise.com/reference/remove-projects-from-group
//
//lokalise:op PUT /teams/{team_id}/groups/{group_id}/projects/remove
func (s *UserGroupsService) RemoveProjects(ctx context.Context, teamID, groupID int64, projects []ProjectID, opts ...RequestOption) (*UserGroup, error) {
	r := s.groupCall(http.MethodPut, "/teams/{team_id}/groups/{group_id}/projects/remove", teamID, groupID, opts)
	withBody(r, &userGroupProjects{Projects: projects})
	return one(ctx, r, decodeUserGroup)
}

// groupCall starts a call on one group, whose answer wraps it in "group".
func (s *UserGroupsService) groupCall(method, route string, teamID, groupID int64, opts []RequestOption) *call {
	r := s.client.newCall(method, route, opts)
	r.path.id(teamID)
	r.path.id(groupID)
	r.result = "group"
	return r
}
