package lokalise_test

import (
	"context"
	"iter"
	"testing"

	"github.com/golokalise/lokalise"
)

const oneSnapshot = `{"snapshot_id": 77, "title": "Before the import", "created_at": "2026-03-02 08:15:00 (Etc/UTC)",
 "created_at_timestamp": 1772439300, "created_by": 4711, "created_by_email": "ada@example.com"}`

func TestSnapshotOperations(t *testing.T) {
	t.Parallel()
	snapshot := lokalise.Snapshot{
		SnapshotID: 77, Title: "Before the import", CreatedAt: march2(), CreatedAtTimestamp: march2Timestamp,
		CreatedBy: 4711, CreatedByEmail: "ada@example.com",
	}
	restored := wantBareProject()
	cases := asList(opCase{
		op:     "GET /projects/{project_id}/snapshots",
		path:   projectPath + "/snapshots",
		query:  "page=2&limit=10",
		answer: `{"project_id": "20008339586cded200e0d8.29879849", "branch": "main", "snapshots": [` + oneSnapshot + `]}`,
		want:   []lokalise.Snapshot{snapshot},
	}, func(ctx context.Context, c *lokalise.Client) (*lokalise.Page[lokalise.Snapshot], error) {
		return c.Snapshots.List(ctx, projectID, &lokalise.ListOptions{Page: 2, Limit: 10})
	}, func(ctx context.Context, c *lokalise.Client) iter.Seq2[*lokalise.Snapshot, error] {
		return c.Snapshots.All(ctx, projectID, &lokalise.ListOptions{Page: 2, Limit: 10})
	})
	cases = append(cases,
		opCase{
			op:     "POST /projects/{project_id}/snapshots",
			path:   projectPath + "/snapshots",
			body:   `{"title": "Before the import"}`,
			answer: `{"project_id": "20008339586cded200e0d8.29879849", "snapshot": ` + oneSnapshot + `}`,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.Snapshots.Create(ctx, projectID, &lokalise.SnapshotCreateRequest{Title: "Before the import"})
			},
			want: &snapshot,
		},
		opCase{
			op:     "POST /projects/{project_id}/snapshots/{snapshot_id}",
			path:   projectPath + "/snapshots/77",
			body:   `{}`,
			answer: bareProject,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.Snapshots.Restore(ctx, projectID, 77)
			},
			want: &restored,
		},
		opCase{
			op:     "DELETE /projects/{project_id}/snapshots/{snapshot_id}",
			path:   projectPath + "/snapshots/77",
			answer: `{"project_id": "20008339586cded200e0d8.29879849", "branch": "main", "snapshot_deleted": true}`,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.Snapshots.Delete(ctx, projectID, 77)
			},
			want: &lokalise.SnapshotDeleted{ProjectID: projectID, SnapshotDeleted: true, Branch: lokalise.Some("main")},
		},
	)
	for _, c := range cases {
		testOperation(t, c)
	}
}

func TestSnapshotIsWrittenAsItWasRead(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		oneSnapshot,
		`{"snapshot_id": 1, "title": "", "created_at": "2018-12-31 12:00:00 (Etc/UTC)", "created_by": 2, "created_by_email": ""}`, // as in 2018
	} {
		assertWrittenAsRead(t, text, new(lokalise.Snapshot))
	}
}
