package lokalise_test

import (
	"context"
	"iter"
	"net/http"
	"testing"

	"github.com/golokalise/lokalise"
)

const oneBranch = `{"branch_id": 41284, "name": "hotfix/new page", "created_at": "2026-03-02 08:15:00 (Etc/UTC)",
 "created_at_timestamp": 1772439300, "created_by": 4711, "created_by_email": "ada@example.com"}`

func wantBranch() lokalise.Branch {
	return lokalise.Branch{
		BranchID: 41284, Name: "hotfix/new page", CreatedAt: march2(), CreatedAtTimestamp: march2Timestamp,
		CreatedBy: 4711, CreatedByEmail: "ada@example.com",
	}
}

func TestBranchOperations(t *testing.T) {
	t.Parallel()
	want := wantBranch()
	// In most answers "branch" is the name of a branch; in these it is one.
	const one = `{"project_id": "p", "branch": ` + oneBranch + `}`
	cases := asList(opCase{
		op:     "GET /projects/{project_id}/branches",
		path:   projectPath + "/branches",
		query:  "page=2&limit=50",
		answer: `{"project_id": "p", "branch": "main", "branches": [` + oneBranch + `]}`,
		want:   []lokalise.Branch{want},
	}, func(ctx context.Context, c *lokalise.Client) (*lokalise.Page[lokalise.Branch], error) {
		return c.Branches.List(ctx, projectID, &lokalise.ListOptions{Page: 2, Limit: 50})
	}, func(ctx context.Context, c *lokalise.Client) iter.Seq2[*lokalise.Branch, error] {
		return c.Branches.All(ctx, projectID, &lokalise.ListOptions{Page: 2, Limit: 50})
	})
	cases = append(cases, opCase{
		op:     "GET /projects/{project_id}/branches/{branch_id}",
		path:   projectPath + "/branches/41284",
		answer: one,
		call: func(ctx context.Context, c *lokalise.Client) (any, error) {
			return c.Branches.Get(ctx, projectID, 41284)
		},
		want: &want,
	}, opCase{
		op:     "POST /projects/{project_id}/branches",
		path:   projectPath + "/branches",
		body:   `{"name": "hotfix/new page"}`,
		answer: one,
		call: func(ctx context.Context, c *lokalise.Client) (any, error) {
			return c.Branches.Create(ctx, projectID, &lokalise.BranchCreateRequest{Name: "hotfix/new page"})
		},
		want: &want,
	}, opCase{
		op:     "PUT /projects/{project_id}/branches/{branch_id}",
		path:   projectPath + "/branches/41284",
		body:   `{"name": "hotfix/new page"}`,
		answer: one,
		call: func(ctx context.Context, c *lokalise.Client) (any, error) {
			return c.Branches.Update(ctx, projectID, 41284, &lokalise.BranchUpdateRequest{Name: "hotfix/new page"})
		},
		want: &want,
	}, opCase{
		op:     "DELETE /projects/{project_id}/branches/{branch_id}",
		path:   projectPath + "/branches/41284",
		answer: `{"project_id": "p", "branch_deleted": true, "branch": "main"}`,
		call: func(ctx context.Context, c *lokalise.Client) (any, error) {
			return c.Branches.Delete(ctx, projectID, 41284)
		},
		want: &lokalise.BranchDeleted{ProjectID: "p", BranchDeleted: true, Branch: lokalise.Some("main")},
	}, opCase{
		op:     "POST /projects/{project_id}/branches/{branch_id}/merge",
		path:   projectPath + "/branches/41284/merge",
		body:   `{"force_conflict_resolve_using": "source", "target_branch_id": 14699}`,
		answer: `{"project_id": "p", "branch_merged": true, "branch": ` + oneBranch + `, "target_branch": ` + oneBranch + `}`,
		call: func(ctx context.Context, c *lokalise.Client) (any, error) {
			return c.Branches.Merge(ctx, projectID, 41284, &lokalise.BranchMergeRequest{
				ForceConflictResolveUsing: lokalise.BranchSideSource, TargetBranchID: lokalise.Some[int64](14699),
			})
		},
		want: &lokalise.BranchMerged{ProjectID: "p", BranchMerged: true, Branch: want, TargetBranch: lokalise.Some(want)},
	})
	for _, c := range cases {
		testOperation(t, c)
	}
}

func TestMergeWithoutOptionsSendsAnEmptyObject(t *testing.T) {
	t.Parallel()
	client := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		assertBody(t, r, "{}")
		answer(http.StatusOK, `{"project_id": "p", "branch_merged": true, "branch": `+oneBranch+`}`)(w, r)
	})
	merged, err := client.Branches.Merge(t.Context(), projectID, 41284, nil)
	if err != nil || !merged.BranchMerged || !merged.TargetBranch.IsZero() {
		t.Errorf("got %+v, %v", merged, err)
	}
}

func TestBranchModelsAreWrittenAsTheyWereRead(t *testing.T) {
	t.Parallel()
	assertWrittenAsRead(t, oneBranch, new(lokalise.Branch))
	assertWrittenAsRead(t, `{"project_id": "p", "branch_deleted": true}`, new(lokalise.BranchDeleted))
	assertWrittenAsRead(t, `{"project_id": "p", "branch_merged": true, "branch": `+oneBranch+`}`, new(lokalise.BranchMerged))
}
