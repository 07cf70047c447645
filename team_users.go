package lokalise

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
)

// TeamUsersService calls the operations on the users of a team.
type TeamUsersService struct{ service }

// TeamRole is what a user may do in a team.
type TeamRole string

// The documented roles.
const (
	TeamRoleOwner  TeamRole = "owner"
	TeamRoleAdmin  TeamRole = "admin"
	TeamRoleMember TeamRole = "member"
	TeamRoleBiller TeamRole = "biller"
)

// TeamUser is a user of a team.
type TeamUser struct {
	UserID int64 `json:"user_id"`
	// UUID is declared by the official Node SDK and was never recorded.
	UUID      Opt[string] `json:"uuid,omitzero"`
	Email     string      `json:"email"`
	Fullname  string      `json:"fullname"`
	CreatedAt Time        `json:"created_at"`
	// CreatedAtTimestamp is absent in answers recorded in 2018.
	CreatedAtTimestamp Timestamp `json:"created_at_timestamp,omitzero"`
	Role               TeamRole  `json:"role"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// TeamUserDeleted is the answer to [TeamUsersService.Delete].
type TeamUserDeleted struct {
	TeamID          int64 `json:"team_id"`
	TeamUserDeleted bool  `json:"team_user_deleted"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// TeamUserUpdateRequest is the body of [TeamUsersService.Update].
type TeamUserUpdateRequest struct {
	// Role is required by the documentation.
	Role TeamRole `json:"role"`
}

// List returns one page of the users of a team. The user must be an admin of
// it.
//
// It needs the scope read_team_users.
// https://developers.lokalise.com/reference/list-all-team-users
//
//lokalise:op GET /teams/{team_id}/users
func (s *TeamUsersService) List(ctx context.Context, teamID int64, o *ListOptions, opts ...RequestOption) (*Page[TeamUser], error) {
	return listPage(ctx, s.listCall(teamID, opts), o.paging(), decodeTeamUser)
}

// All goes through all users of a team, page by page. The user must be an admin
// of it.
//
// It needs the scope read_team_users.
// https://developers.lokalise.com/reference/list-all-team-users
//
//lokalise:op GET /teams/{team_id}/users
func (s *TeamUsersService) All(ctx context.Context, teamID int64, o *ListOptions, opts ...RequestOption) iter.Seq2[*TeamUser, error] {
	return iterate(ctx, s.listCall(teamID, opts), o.paging(), decodeTeamUser)
}

func (s *TeamUsersService) listCall(teamID int64, opts []RequestOption) *call {
	r := s.client.newCall(http.MethodGet, "/teams/{team_id}/users", opts)
	r.path.id(teamID)
	r.result = "team_users"
	return r
}

// Get returns a user of a team. The user whose token it is must be an admin of
// the team.
//
// It needs the scope read_team_users.
// https://developers.lokalise.com/reference/retrieve-a-team-user
//
//lokalise:op GET /teams/{team_id}/users/{user_id}
func (s *TeamUsersService) Get(ctx context.Context, teamID, userID int64, opts ...RequestOption) (*TeamUser, error) {
	r := s.userCall(http.MethodGet, teamID, userID, opts)
	r.result = "team_user"
	return one(ctx, r, decodeTeamUser)
}

// Update changes the role of a user. The user whose token it is must be an
// admin of the team.
//
// It needs the scope write_team_users.
// https://developers.lokalise.com/reference/update-a-team-user
//
//lokalise:op PUT /teams/{team_id}/users/{user_id}
func (s *TeamUsersService) Update(ctx context.Context, teamID, userID int64, body *TeamUserUpdateRequest, opts ...RequestOption) (*TeamUser, error) {
	r := s.userCall(http.MethodPut, teamID, userID, opts)
	r.result = "team_user"
	withBody(r, body)
	return one(ctx, r, decodeTeamUser)
}

// Delete takes a user out of a team. The user whose token it is must be an
// admin of the team.
//
// It needs the scope write_team_users.
// https://developers.lokalise.com/reference/delete-a-team-user
//
//lokalise:op DELETE /teams/{team_id}/users/{user_id}
func (s *TeamUsersService) Delete(ctx context.Context, teamID, userID int64, opts ...RequestOption) (*TeamUserDeleted, error) {
	return one(ctx, s.userCall(http.MethodDelete, teamID, userID, opts), decodeTeamUserDeleted)
}

func (s *TeamUsersService) userCall(method string, teamID, userID int64, opts []RequestOption) *call {
	r := s.client.newCall(method, "/teams/{team_id}/users/{user_id}", opts)
	r.path.id(teamID)
	r.path.id(userID)
	return r
}
