package lokalise_test

import (
	"context"
	"iter"
	"testing"

	"github.com/golokalise/lokalise"
)

const oneContributor = `{"user_id": 4711, "email": "ada@example.com", "fullname": "Ada L.",
 "created_at": "2026-03-02 08:15:00 (Etc/UTC)", "created_at_timestamp": 1772439300, "is_admin": false, "is_reviewer": true,
 "languages": [{"lang_id": 894, "lang_iso": "lv", "lang_name": "Latvian", "is_writable": false}],
 "admin_rights": ["upload", "branches_create"], "role_id": 5, "uuid": "0190a1b2-0000-7000-8000-000000004711"}`

func wantContributor() lokalise.Contributor {
	return lokalise.Contributor{
		UserID: 4711, Email: "ada@example.com", Fullname: "Ada L.", CreatedAt: march2(), CreatedAtTimestamp: march2Timestamp,
		IsAdmin: lokalise.Some(false), IsReviewer: lokalise.Some(true),
		Languages: []lokalise.ContributorLanguage{{
			LangID: 894, LangISO: "lv", LangName: "Latvian", IsWritable: lokalise.Some(false),
		}},
		AdminRights: []lokalise.AdminRight{lokalise.RightUpload, lokalise.RightBranchesCreate},
		RoleID:      lokalise.Some[int64](5), UUID: lokalise.Some("0190a1b2-0000-7000-8000-000000004711"),
	}
}

func TestContributorOperations(t *testing.T) {
	t.Parallel()
	want := wantContributor()
	const one = `{"project_id": "p", "contributor": ` + oneContributor + `}`
	cases := asList(opCase{
		op:     "GET /projects/{project_id}/contributors",
		path:   projectPath + "/contributors",
		query:  "page=2&limit=50",
		answer: `{"project_id": "p", "contributors": [` + oneContributor + `]}`,
		want:   []lokalise.Contributor{want},
	}, func(ctx context.Context, c *lokalise.Client) (*lokalise.Page[lokalise.Contributor], error) {
		return c.Contributors.List(ctx, projectID, &lokalise.ListOptions{Page: 2, Limit: 50})
	}, func(ctx context.Context, c *lokalise.Client) iter.Seq2[*lokalise.Contributor, error] {
		return c.Contributors.All(ctx, projectID, &lokalise.ListOptions{Page: 2, Limit: 50})
	})
	cases = append(cases, opCase{
		op:     "GET /projects/{project_id}/contributors/{contributor_id}",
		path:   projectPath + "/contributors/4711",
		answer: one,
		call: func(ctx context.Context, c *lokalise.Client) (any, error) {
			return c.Contributors.Get(ctx, projectID, 4711)
		},
		want: &want,
	}, opCase{
		op:     "GET /projects/{project_id}/contributors/me",
		path:   projectPath + "/contributors/me",
		answer: one,
		call:   func(ctx context.Context, c *lokalise.Client) (any, error) { return c.Contributors.Me(ctx, projectID) },
		want:   &want,
	}, opCase{
		op:   "POST /projects/{project_id}/contributors",
		path: projectPath + "/contributors",
		body: `{"contributors": [{"email": "ada@example.com", "fullname": "Ada L.", "is_admin": false, "is_reviewer": true,
		 "role_id": 5, "languages": [{"lang_iso": "lv", "is_writable": false}, {"lang_iso": "en"}], "admin_rights": ["upload"]}]}`,
		answer: `{"project_id": "p", "contributors": [` + oneContributor + `]}`,
		call: func(ctx context.Context, c *lokalise.Client) (any, error) {
			return c.Contributors.Create(ctx, projectID, []lokalise.ContributorCreateRequest{{
				Email: "ada@example.com", Fullname: lokalise.Some("Ada L."),
				IsAdmin: lokalise.Some(false), IsReviewer: lokalise.Some(true), RoleID: lokalise.Some[int64](5),
				Languages:   []lokalise.ContributorLanguageRequest{{LangISO: "lv", IsWritable: lokalise.Some(false)}, {LangISO: "en"}},
				AdminRights: []lokalise.AdminRight{lokalise.RightUpload},
			}})
		},
		want: []lokalise.Contributor{want},
	}, opCase{
		op:     "PUT /projects/{project_id}/contributors/{contributor_id}",
		path:   projectPath + "/contributors/4711",
		body:   `{"role_id": 5, "languages": [{"lang_iso": "lv", "is_writable": true}], "admin_rights": []}`,
		answer: one,
		call: func(ctx context.Context, c *lokalise.Client) (any, error) {
			return c.Contributors.Update(ctx, projectID, 4711, &lokalise.ContributorUpdateRequest{
				RoleID:      lokalise.Some[int64](5),
				Languages:   []lokalise.ContributorLanguageRequest{{LangISO: "lv", IsWritable: lokalise.Some(true)}},
				AdminRights: []lokalise.AdminRight{},
			})
		},
		want: &want,
	}, opCase{
		op:     "DELETE /projects/{project_id}/contributors/{contributor_id}",
		path:   projectPath + "/contributors/4711",
		answer: `{"project_id": "p", "branch": "main", "contributor_deleted": true}`,
		call: func(ctx context.Context, c *lokalise.Client) (any, error) {
			return c.Contributors.Delete(ctx, projectID, 4711)
		},
		want: &lokalise.ContributorDeleted{ProjectID: "p", ContributorDeleted: true, Branch: lokalise.Some("main")},
	})
	for _, c := range cases {
		testOperation(t, c)
	}
}

func TestContributorIsWrittenAsItWasRead(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		oneContributor,
		// As samples of the official Node SDK have them: short, and with objects
		// that lost their members.
		`{"user_id": 1, "email": "", "fullname": "", "created_at": "2018-08-21 15:35:25 (Etc/UTC)"}`,
		`{"user_id": 1, "email": "", "fullname": "", "created_at": "2018-08-21 15:35:25 (Etc/UTC)", "is_admin": true,
		 "is_reviewer": false, "languages": [{}], "admin_rights": [{}, "upload"]}`,
		`{"user_id": 1, "email": "", "fullname": "", "created_at": "2018-08-21 15:35:25 (Etc/UTC)", "is_admin": true,
		 "is_reviewer": false, "languages": [], "admin_rights": []}`,
	} {
		assertWrittenAsRead(t, text, new(lokalise.Contributor))
	}
}
