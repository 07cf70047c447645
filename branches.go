package lokalise

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
)

// BranchesService calls the operations on the branches of a project.
// [ProjectID.Branch] makes of a project and the name of a branch what all
// other operations take.
type BranchesService struct{ service }

// Branch is a branch of a project.
type Branch struct {
	BranchID           int64     `json:"branch_id"`
	Name               string    `json:"name"`
	CreatedAt          Time      `json:"created_at"`
	CreatedAtTimestamp Timestamp `json:"created_at_timestamp"`
	// CreatedBy is the identifier of a user.
	CreatedBy      int64  `json:"created_by"`
	CreatedByEmail string `json:"created_by_email"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// BranchDeleted is what [BranchesService.Delete] returns.
type BranchDeleted struct {
	ProjectID     ProjectID `json:"project_id"`
	BranchDeleted bool      `json:"branch_deleted"`
	// Branch is the name of a branch. It is absent in answers recorded in 2019.
	Branch Opt[string] `json:"branch,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// BranchMerged is what [BranchesService.Merge] returns.
type BranchMerged struct {
	ProjectID    ProjectID `json:"project_id"`
	BranchMerged bool      `json:"branch_merged"`
	// Branch is the branch that was merged.
	Branch Branch `json:"branch"`
	// TargetBranch is the branch that it was merged into. It is absent in
	// answers recorded in 2019.
	TargetBranch Opt[Branch] `json:"target_branch,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// BranchCreateRequest is the body of [BranchesService.Create].
type BranchCreateRequest struct {
	// Name is required. It may hold a slash.
	Name string `json:"name"`
}

// BranchUpdateRequest is the body of [BranchesService.Update].
type BranchUpdateRequest struct {
	// Name is the new name.
	Name string `json:"name"`
}

// BranchSide is the branch whose version is kept where both were changed.
type BranchSide string

// The documented sides.
const (
	BranchSideSource BranchSide = "source"
	BranchSideTarget BranchSide = "target"
)

// BranchMergeRequest is the body of [BranchesService.Merge].
type BranchMergeRequest struct {
	// ForceConflictResolveUsing names the branch that wins where both were
	// changed. Without it, a merge with conflicts is refused.
	ForceConflictResolveUsing BranchSide `json:"force_conflict_resolve_using,omitzero"`
	// TargetBranchID is the branch to merge into. Defaults to the main branch.
	TargetBranchID Opt[int64] `json:"target_branch_id,omitzero"`
}

// List returns one page of the branches of a project.
//
// It needs the scope read_projects, a third party says.
// https://developers.lokalise.com/reference/list-all-branches
//
//lokalise:op GET /projects/{project_id}/branches
func (s *BranchesService) List(ctx context.Context, project ProjectID, o *ListOptions, opts ...RequestOption) (*Page[Branch], error) {
	return listPage(ctx, s.listCall(project, opts), o.paging(), decodeBranch)
}

// All goes through all branches of a project, page by page.
//
// It needs the scope read_projects, a third party says.
// https://developers.lokalise.com/reference/list-all-branches
//
//lokalise:op GET /projects/{project_id}/branches
func (s *BranchesService) All(ctx context.Context, project ProjectID, o *ListOptions, opts ...RequestOption) iter.Seq2[*Branch, error] {
	return iterate(ctx, s.listCall(project, opts), o.paging(), decodeBranch)
}

func (s *BranchesService) listCall(project ProjectID, opts []RequestOption) *call {
	r := s.client.newCall(http.MethodGet, "/projects/{project_id}/branches", opts)
	r.path.projectID(project)
	r.result = "branches"
	return r
}

// Get returns a branch.
//
// It needs the scope read_projects, a third party says.
// https://developers.lokalise.com/reference/retrieve-a-branch
//
//lokalise:op GET /projects/{project_id}/branches/{branch_id}
func (s *BranchesService) Get(ctx context.Context, project ProjectID, branchID int64, opts ...RequestOption) (*Branch, error) {
	r := s.oneCall(http.MethodGet, project, branchID, opts)
	r.result = "branch"
	return one(ctx, r, decodeBranch)
}

// Create creates a branch. It can be used once the process of the type
// create-branch-reindex that it starts has finished, Lokalise's documentation
// says in the words of a third party.
//
// It needs the scope write_projects, a third party says, and the user must be
// an admin.
// https://developers.lokalise.com/reference/create-a-branch
//
//lokalise:op POST /projects/{project_id}/branches
func (s *BranchesService) Create(ctx context.Context, project ProjectID, body *BranchCreateRequest, opts ...RequestOption) (*Branch, error) {
	r := s.client.newCall(http.MethodPost, "/projects/{project_id}/branches", opts)
	r.path.projectID(project)
	r.result = "branch"
	withBody(r, body)
	return one(ctx, r, decodeBranch)
}

// Update renames a branch.
//
// It needs the scope write_projects, a third party says, and the user must be
// an admin.
// https://developers.lokalise.com/reference/update-a-branch
//
//lokalise:op PUT /projects/{project_id}/branches/{branch_id}
func (s *BranchesService) Update(ctx context.Context, project ProjectID, branchID int64, body *BranchUpdateRequest, opts ...RequestOption) (*Branch, error) {
	r := s.oneCall(http.MethodPut, project, branchID, opts)
	r.result = "branch"
	withBody(r, body)
	return one(ctx, r, decodeBranch)
}

// Delete deletes a branch with everything in it.
//
// It needs the scope write_projects, a third party says, and the user must be
// an admin.
// https://developers.lokalise.com/reference/delete-a-branch
//
//lokalise:op DELETE /projects/{project_id}/branches/{branch_id}
func (s *BranchesService) Delete(ctx context.Context, project ProjectID, branchID int64, opts ...RequestOption) (*BranchDeleted, error) {
	return one(ctx, s.oneCall(http.MethodDelete, project, branchID, opts), decodeBranchDeleted)
}

func (s *BranchesService) oneCall(method string, project ProjectID, branchID int64, opts []RequestOption) *call {
	r := s.client.newCall(method, "/projects/{project_id}/branches/{branch_id}", opts)
	r.path.projectID(project)
	r.path.id(branchID)
	return r
}

// Merge merges a branch into another one. A nil body merges it into the main
// branch, unless there are conflicts.
//
// It needs the scope write_projects, a third party says, and the user must be
// an admin.
// https://developers.lokalise.com/reference/merge-a-branch
//
//lokalise:op POST /projects/{project_id}/branches/{branch_id}/merge
func (s *BranchesService) Merge(ctx context.Context, project ProjectID, branchID int64, body *BranchMergeRequest, opts ...RequestOption) (*BranchMerged, error) {
	r := s.client.newCall(http.MethodPost, "/projects/{project_id}/branches/{branch_id}/merge", opts)
	r.path.projectID(project)
	r.path.id(branchID)
	if body == nil {
		body = &BranchMergeRequest{}
	}
	withBody(r, body)
	return one(ctx, r, decodeBranchMerged)
}
