package webhook

import "github.com/golokalise/lokalise"

// BranchAdded is the event project.branch.added: a branch was made.
type BranchAdded struct {
	Common
	Branch Branch `json:"branch"`
	User   User   `json:"user"`
}

// Name returns the event's name.
func (BranchAdded) Name() lokalise.WebhookEvent { return lokalise.EventBranchAdded }

// BranchDeleted is the event project.branch.deleted: a branch was deleted.
type BranchDeleted struct {
	Common
	Branch Branch `json:"branch"`
	User   User   `json:"user"`
}

// Name returns the event's name.
func (BranchDeleted) Name() lokalise.WebhookEvent { return lokalise.EventBranchDeleted }

// BranchMerged is the event project.branch.merged: a branch was merged.
type BranchMerged struct {
	Common
	Branch Branch `json:"branch"`
	// TargetBranch is what it was merged into; zero in events recorded in 2019.
	TargetBranch Branch       `json:"target_branch,omitzero"`
	AffectedKeys AffectedKeys `json:"affected_keys"`
	User         User         `json:"user"`
}

// Name returns the event's name.
func (BranchMerged) Name() lokalise.WebhookEvent { return lokalise.EventBranchMerged }

// AffectedKeys counts what a merge changed.
type AffectedKeys struct {
	InsertedCount int64 `json:"inserted_count"`
	UpdatedCount  int64 `json:"updated_count"`
}
