package lokalise_test

import (
	"context"
	"iter"
	"testing"

	"github.com/golokalise/lokalise"
)

const oneComment = `{"comment_id": 20421, "key_id": 553662, "comment": "Is this a verb?", "added_by": 4711,
 "added_by_email": "ada@example.com", "added_at": "2026-03-02 08:15:00 (Etc/UTC)", "added_at_timestamp": 1772439300}`

func wantComment() lokalise.Comment {
	return lokalise.Comment{
		CommentID: 20421, KeyID: 553662, Comment: "Is this a verb?", AddedBy: 4711, AddedByEmail: "ada@example.com",
		AddedAt: march2(), AddedAtTimestamp: march2Timestamp,
	}
}

func TestCommentOperations(t *testing.T) {
	t.Parallel()
	want := wantComment()
	list := opCase{
		op:     "GET /projects/{project_id}/keys/{key_id}/comments",
		path:   projectPath + "/keys/553662/comments",
		query:  "page=2&limit=50",
		answer: `{"project_id": "p", "comments": [` + oneComment + `]}`,
		want:   []lokalise.Comment{want},
	}
	options := &lokalise.ListOptions{Page: 2, Limit: 50}
	cases := asList(list, func(ctx context.Context, c *lokalise.Client) (*lokalise.Page[lokalise.Comment], error) {
		return c.Comments.List(ctx, projectID, 553662, options)
	}, func(ctx context.Context, c *lokalise.Client) iter.Seq2[*lokalise.Comment, error] {
		return c.Comments.All(ctx, projectID, 553662, options)
	})
	list.op, list.path = "GET /projects/{project_id}/comments", projectPath+"/comments"
	cases = append(cases, asList(list, func(ctx context.Context, c *lokalise.Client) (*lokalise.Page[lokalise.Comment], error) {
		return c.Comments.ListProject(ctx, projectID, options)
	}, func(ctx context.Context, c *lokalise.Client) iter.Seq2[*lokalise.Comment, error] {
		return c.Comments.AllProject(ctx, projectID, options)
	})...)
	cases = append(cases, opCase{
		op:   "GET /projects/{project_id}/keys/{key_id}/comments/{comment_id}",
		path: projectPath + "/keys/553662/comments/20421",
		// The member "comment" is the comment, and has a member of that name.
		answer: `{"project_id": "p", "comment": ` + oneComment + `}`,
		call: func(ctx context.Context, c *lokalise.Client) (any, error) {
			return c.Comments.Get(ctx, projectID, 553662, 20421)
		},
		want: &want,
	}, opCase{
		op:     "POST /projects/{project_id}/keys/{key_id}/comments",
		path:   projectPath + "/keys/553662/comments",
		body:   `{"comments": [{"comment": "Is this a verb?"}, {"comment": "No."}]}`,
		answer: `{"project_id": "p", "comments": [` + oneComment + `, {"comment_id": 20422, "comment": "No."}]}`,
		call: func(ctx context.Context, c *lokalise.Client) (any, error) {
			return c.Comments.Create(ctx, projectID, 553662, []lokalise.CommentCreateRequest{{Comment: "Is this a verb?"}, {Comment: "No."}})
		},
		want: []lokalise.Comment{want, {CommentID: 20422, Comment: "No."}},
	}, opCase{
		op:     "DELETE /projects/{project_id}/keys/{key_id}/comments/{comment_id}",
		path:   projectPath + "/keys/553662/comments/20421",
		answer: `{"project_id": "p", "branch": "main", "comment_deleted": true}`,
		call: func(ctx context.Context, c *lokalise.Client) (any, error) {
			return c.Comments.Delete(ctx, projectID, 553662, 20421)
		},
		want: &lokalise.CommentDeleted{ProjectID: "p", CommentDeleted: true, Branch: lokalise.Some("main")},
	})
	for _, c := range cases {
		testOperation(t, c)
	}
}

func TestCommentIsWrittenAsItWasRead(t *testing.T) {
	t.Parallel()
	assertWrittenAsRead(t, oneComment, new(lokalise.Comment))
	// Without a timestamp, as in 2018.
	assertWrittenAsRead(t, `{"comment_id": 1, "key_id": 2, "comment": "", "added_by": 3, "added_by_email": "",
	 "added_at": "2018-12-07 16:48:51 (Etc/UTC)"}`, new(lokalise.Comment))
}
