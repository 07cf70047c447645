package lokalise_test

import (
	"context"
	"iter"
	"testing"

	"github.com/golokalise/lokalise"
)

const oneTeamUser = `{"user_id": 4711, "email": "ada@example.com", "fullname": "Ada L.", "created_at": "2026-03-02 08:15:00 (Etc/UTC)",
 "created_at_timestamp": 1772439300, "role": "owner"}`

func TestTeamUserOperations(t *testing.T) {
	t.Parallel()
	user := lokalise.TeamUser{
		UserID: 4711, Email: "ada@example.com", Fullname: "Ada L.",
		CreatedAt: march2(), CreatedAtTimestamp: march2Timestamp, Role: lokalise.TeamRoleOwner,
	}
	const one, wrapped = "/api2/teams/815/users/4711", `{"team_id": 815, "team_user": ` + oneTeamUser + `}`
	cases := asList(opCase{
		op:     "GET /teams/{team_id}/users",
		path:   "/api2/teams/815/users",
		query:  "page=2&limit=3",
		answer: `{"team_id": 815, "team_users": [` + oneTeamUser + `]}`,
		want:   []lokalise.TeamUser{user},
	}, func(ctx context.Context, c *lokalise.Client) (*lokalise.Page[lokalise.TeamUser], error) {
		return c.TeamUsers.List(ctx, 815, &lokalise.ListOptions{Page: 2, Limit: 3})
	}, func(ctx context.Context, c *lokalise.Client) iter.Seq2[*lokalise.TeamUser, error] {
		return c.TeamUsers.All(ctx, 815, &lokalise.ListOptions{Page: 2, Limit: 3})
	})
	cases = append(cases,
		opCase{
			op:     "GET /teams/{team_id}/users/{user_id}",
			path:   one,
			answer: wrapped,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.TeamUsers.Get(ctx, 815, 4711)
			},
			want: &user,
		},
		opCase{
			op:     "PUT /teams/{team_id}/users/{user_id}",
			path:   one,
			body:   `{"role": "biller"}`,
			answer: wrapped,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.TeamUsers.Update(ctx, 815, 4711, &lokalise.TeamUserUpdateRequest{Role: lokalise.TeamRoleBiller})
			},
			want: &user,
		},
		opCase{
			op:     "DELETE /teams/{team_id}/users/{user_id}",
			path:   one,
			answer: `{"team_id": 815, "team_user_deleted": true}`,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.TeamUsers.Delete(ctx, 815, 4711)
			},
			want: &lokalise.TeamUserDeleted{TeamID: 815, TeamUserDeleted: true},
		},
	)
	for _, c := range cases {
		testOperation(t, c)
	}
}

func TestTeamUserIsWrittenAsItWasRead(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		oneTeamUser,
		`{"user_id": 1, "email": "", "fullname": "", "created_at": "2018-08-21 15:35:25 (Etc/UTC)", "role": "member"}`, // as in 2018
	} {
		assertWrittenAsRead(t, text, new(lokalise.TeamUser))
	}
}
