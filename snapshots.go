package lokalise

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
)

// SnapshotsService calls the operations on snapshots of a project.
type SnapshotsService struct{ service }

// Snapshot is the state of a project at some time.
type Snapshot struct {
	SnapshotID int64  `json:"snapshot_id"`
	Title      string `json:"title"`
	CreatedAt  Time   `json:"created_at"`
	// CreatedAtTimestamp is absent in answers recorded in 2018.
	CreatedAtTimestamp Timestamp `json:"created_at_timestamp,omitzero"`
	// CreatedBy is the identifier of the user who took the snapshot.
	CreatedBy      int64  `json:"created_by"`
	CreatedByEmail string `json:"created_by_email"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// SnapshotDeleted is the answer to [SnapshotsService.Delete].
type SnapshotDeleted struct {
	ProjectID       ProjectID `json:"project_id"`
	SnapshotDeleted bool      `json:"snapshot_deleted"`
	// Branch is absent where the project has no branches.
	Branch Opt[string] `json:"branch,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// SnapshotCreateRequest is the body of [SnapshotsService.Create].
type SnapshotCreateRequest struct {
	// Title is required.
	Title string `json:"title"`
}

// List returns one page of the snapshots of a project. The user needs the right
// to manage its settings.
//
// It needs the scope read_snapshots.
// https://developers.lokalise.com/reference/list-all-snapshots
//
//lokalise:op GET /projects/{project_id}/snapshots
func (s *SnapshotsService) List(ctx context.Context, project ProjectID, o *ListOptions, opts ...RequestOption) (*Page[Snapshot], error) {
	return listPage(ctx, s.listCall(project, opts), o.paging(), decodeSnapshot)
}

// All goes through all snapshots of a project, page by page. The user needs the
// right to manage its settings.
//
// It needs the scope read_snapshots.
// https://developers.lokalise.com/reference/list-all-snapshots
//
//lokalise:op GET /projects/{project_id}/snapshots
func (s *SnapshotsService) All(ctx context.Context, project ProjectID, o *ListOptions, opts ...RequestOption) iter.Seq2[*Snapshot, error] {
	return iterate(ctx, s.listCall(project, opts), o.paging(), decodeSnapshot)
}

func (s *SnapshotsService) listCall(project ProjectID, opts []RequestOption) *call {
	r := s.client.newCall(http.MethodGet, "/projects/{project_id}/snapshots", opts)
	r.path.projectID(project)
	r.result = "snapshots"
	return r
}

// Create takes a snapshot of a project. The user needs the right to manage its
// settings.
//
// It needs the scope write_snapshots.
// https://developers.lokalise.com/reference/create-a-snapshot
//
//lokalise:op POST /projects/{project_id}/snapshots
func (s *SnapshotsService) Create(ctx context.Context, project ProjectID, body *SnapshotCreateRequest, opts ...RequestOption) (*Snapshot, error) {
	r := s.client.newCall(http.MethodPost, "/projects/{project_id}/snapshots", opts)
	r.path.projectID(project)
	r.result = "snapshot"
	withBody(r, body)
	return one(ctx, r, decodeSnapshot)
}

// Restore makes a new project out of a snapshot and returns it; the project
// that the snapshot is of stays as it is. The user must be an admin of the team
// and needs the right to manage the settings of the project.
//
// It needs the scope write_snapshots.
// https://developers.lokalise.com/reference/restore-a-snapshot
//
//lokalise:op POST /projects/{project_id}/snapshots/{snapshot_id}
func (s *SnapshotsService) Restore(ctx context.Context, project ProjectID, snapshotID int64, opts ...RequestOption) (*Project, error) {
	r := s.snapshotCall(http.MethodPost, project, snapshotID, opts)
	withBody(r, &struct{}{}) // the official SDKs send an empty object
	return one(ctx, r, decodeProject)
}

// Delete deletes a snapshot. The user needs the right to manage the settings of
// the project.
//
// It needs the scope write_snapshots.
// https://developers.lokalise.com/reference/delete-a-snapshot
//
//lokalise:op DELETE /projects/{project_id}/snapshots/{snapshot_id}
func (s *SnapshotsService) Delete(ctx context.Context, project ProjectID, snapshotID int64, opts ...RequestOption) (*SnapshotDeleted, error) {
	return one(ctx, s.snapshotCall(http.MethodDelete, project, snapshotID, opts), decodeSnapshotDeleted)
}

func (s *SnapshotsService) snapshotCall(method string, project ProjectID, snapshotID int64, opts []RequestOption) *call {
	r := s.client.newCall(method, "/projects/{project_id}/snapshots/{snapshot_id}", opts)
	r.path.projectID(project)
	r.path.id(snapshotID)
	return r
}
