package lokalise_test

import (
	"context"
	"errors"
	"iter"
	"net/http"
	"testing"

	"github.com/golokalise/lokalise"
)

const oneGroup = `{"group_id": 515, "name": "Translators", "permissions": {"is_admin": false, "is_reviewer": true,
 "admin_rights": ["keys", "review"], "languages": [{"lang_id": 640, "lang_iso": "en", "lang_name": "English", "is_writable": true}]},
 "created_at": "2026-03-02 08:15:00 (Etc/UTC)", "created_at_timestamp": 1772439300, "team_id": 815,
 "projects": ["20008339586cded200e0d8.29879849"], "members": [4711, 4712], "role_id": null}`

func wantGroup() lokalise.UserGroup {
	return lokalise.UserGroup{
		GroupID: 515,
		Name:    "Translators",
		Permissions: lokalise.UserGroupPermissions{
			IsReviewer:  true,
			AdminRights: []lokalise.AdminRight{lokalise.RightKeys, lokalise.RightReview},
			Languages:   []lokalise.UserGroupLanguage{{LangID: 640, LangISO: "en", LangName: "English", IsWritable: true}},
		},
		CreatedAt:          march2(),
		CreatedAtTimestamp: march2Timestamp,
		TeamID:             815,
		Projects:           []lokalise.ProjectID{projectID},
		Members:            []int64{4711, 4712},
		RoleID:             lokalise.Null[int64](),
	}
}

func TestUserGroupOperations(t *testing.T) {
	t.Parallel()
	group := wantGroup()
	const one, wrapped = "/api2/teams/815/groups/515", `{"team_id": 815, "group": ` + oneGroup + `}`
	cases := asList(opCase{
		op:     "GET /teams/{team_id}/groups",
		path:   "/api2/teams/815/groups",
		query:  "limit=5",
		answer: `{"team_id": 815, "user_groups": [` + oneGroup + `]}`,
		want:   []lokalise.UserGroup{group},
	}, func(ctx context.Context, c *lokalise.Client) (*lokalise.Page[lokalise.UserGroup], error) {
		return c.UserGroups.List(ctx, 815, &lokalise.ListOptions{Limit: 5})
	}, func(ctx context.Context, c *lokalise.Client) iter.Seq2[*lokalise.UserGroup, error] {
		return c.UserGroups.All(ctx, 815, &lokalise.ListOptions{Limit: 5})
	})
	cases = append(cases,
		opCase{
			op:     "GET /teams/{team_id}/groups/{group_id}",
			path:   one,
			answer: oneGroup, // not wrapped, unlike the answers to the others
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.UserGroups.Get(ctx, 815, 515)
			},
			want: &group,
		},
		opCase{
			op:   "POST /teams/{team_id}/groups",
			path: "/api2/teams/815/groups",
			body: `{"name": "Translators", "is_reviewer": true, "is_admin": false, "admin_rights": ["keys", "review"],
			 "languages": {"reference": [], "contributable": [640]}}`,
			answer: wrapped,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.UserGroups.Create(ctx, 815, &lokalise.UserGroupRequest{
					Name:        "Translators",
					IsReviewer:  true,
					AdminRights: []lokalise.AdminRight{lokalise.RightKeys, lokalise.RightReview},
					Languages:   lokalise.Some(lokalise.UserGroupRequestLanguages{Contributable: []int64{640}}),
				})
			},
			want: &group,
		},
		opCase{
			op:     "PUT /teams/{team_id}/groups/{group_id}",
			path:   one,
			body:   `{"name": "Translators", "is_reviewer": false, "is_admin": true, "role_id": 3}`,
			answer: wrapped,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.UserGroups.Update(ctx, 815, 515, &lokalise.UserGroupRequest{
					Name: "Translators", IsAdmin: true, RoleID: lokalise.Some[int64](3),
				})
			},
			want: &group,
		},
		opCase{
			op:     "DELETE /teams/{team_id}/groups/{group_id}",
			path:   one,
			answer: `{"team_id": 815, "group_deleted": true}`,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.UserGroups.Delete(ctx, 815, 515)
			},
			want: &lokalise.UserGroupDeleted{TeamID: 815, GroupDeleted: true},
		},
		opCase{
			op:     "PUT /teams/{team_id}/groups/{group_id}/members/add",
			path:   one + "/members/add",
			body:   `{"users": [4711, 4712]}`,
			answer: wrapped,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.UserGroups.AddMembers(ctx, 815, 515, []int64{4711, 4712})
			},
			want: &group,
		},
		opCase{
			op:     "PUT /teams/{team_id}/groups/{group_id}/members/remove",
			path:   one + "/members/remove",
			body:   `{"users": [4713]}`,
			answer: wrapped,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.UserGroups.RemoveMembers(ctx, 815, 515, []int64{4713})
			},
			want: &group,
		},
		opCase{
			op:     "PUT /teams/{team_id}/groups/{group_id}/projects/add",
			path:   one + "/projects/add",
			body:   `{"projects": ["20008339586cded200e0d8.29879849"]}`,
			answer: wrapped,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.UserGroups.AddProjects(ctx, 815, 515, []lokalise.ProjectID{projectID})
			},
			want: &group,
		},
		opCase{
			op:     "PUT /teams/{team_id}/groups/{group_id}/projects/remove",
			path:   one + "/projects/remove",
			body:   `{"projects": ["p1", "p2"]}`,
			answer: wrapped,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.UserGroups.RemoveProjects(ctx, 815, 515, []lokalise.ProjectID{"p1", "p2"})
			},
			want: &group,
		},
	)
	for _, c := range cases {
		testOperation(t, c)
	}
}

func TestIdentifierZeroIsRefused(t *testing.T) {
	t.Parallel()
	handler, count := inTurn(answer(http.StatusOK, oneGroup))
	client := newServer(t, handler)
	for _, ids := range [][2]int64{{0, 515}, {815, 0}} {
		if _, err := client.UserGroups.Get(t.Context(), ids[0], ids[1]); !errors.Is(err, lokalise.ErrInvalidRequest) {
			t.Errorf("%v: got %v", ids, err)
		}
	}
	if count.Load() != 0 {
		t.Error("a request was sent")
	}
}

func TestUserGroupIsWrittenAsItWasRead(t *testing.T) {
	t.Parallel()
	assertWrittenAsRead(t, oneGroup, new(lokalise.UserGroup))
}
