package state

import (
	"fmt"
	"time"
)

// Branch is a branch of a project, beside the content that it names. A project
// with branching on has a row for its master branch too, whose id is recorded
// to be one like others.
type Branch struct {
	ProjectID string
	ID        int64
	Name      string
	OriginID  int64 // the branch that it was made from; 0 for the master
	CreatedAt time.Time
	CreatedBy int64 // user
}

// Content names the content of the branch.
func (b *Branch) Content() string { return BranchContent(b.ProjectID, b.Name) }

// IsMaster tells whether the branch is the one that cannot go.
func (b *Branch) IsMaster() bool { return b.Name == MasterBranch }

// BranchNamed returns a project's branch, or nil.
func (tx *Tx) BranchNamed(projectID, name string) *Branch {
	for _, b := range tx.Branches.Named(projectID, name) {
		return b
	}
	return nil
}

// AllowBranching turns branching on for a project.
func (tx *Tx) AllowBranching(p *Project) {
	changed := *p
	changed.Settings.Branching = true
	tx.Projects.Put(tx, &changed)
	if tx.BranchNamed(p.ID, MasterBranch) == nil {
		tx.Branches.Put(tx, &Branch{
			ProjectID: p.ID, ID: tx.NextID("branches"), Name: MasterBranch, CreatedAt: p.CreatedAt, CreatedBy: p.CreatedBy,
		})
	}
}

// AddBranch makes a branch with a copy of the content of another one. A second
// copy is kept as what the two have in common, for merges.
func (tx *Tx) AddBranch(origin *Branch, name string, by int64) *Branch {
	b := &Branch{
		ProjectID: origin.ProjectID, ID: tx.NextID("branches"), Name: name, OriginID: origin.ID,
		CreatedAt: tx.Now(), CreatedBy: by,
	}
	tx.Branches.Put(tx, b)
	tx.CopyContent(origin.Content(), b.Content())
	tx.CopyContent(origin.Content(), commonContent(origin, b))
	return b
}

// RenameBranch gives a branch another name, and its content with it.
func (tx *Tx) RenameBranch(b *Branch, name string) *Branch {
	renamed := *b
	renamed.Name = name
	tx.Branches.Put(tx, &renamed)
	if name != b.Name {
		tx.CopyContent(b.Content(), renamed.Content())
		tx.DeleteContent(b.Content())
	}
	return &renamed
}

// DeleteBranch deletes a branch with its content.
func (tx *Tx) DeleteBranch(b *Branch) {
	tx.DeleteContent(b.Content())
	for other := range tx.Branches.All(b.ProjectID) {
		tx.DeleteContent(commonContent(b, other))
	}
	tx.Branches.Delete(tx, b.ProjectID, b.ID)
}

// commonContent names the content that two branches had in common the last
// time they had all of it in common. No branch can be called so.
func commonContent(a, b *Branch) string {
	return fmt.Sprintf("%s/common/%d-%d", a.ProjectID, min(a.ID, b.ID), max(a.ID, b.ID))
}

// DeleteProject deletes a project with everything that hangs on it.
func (tx *Tx) DeleteProject(p *Project) {
	for _, b := range tx.Branches.Rows(p.ID) {
		tx.DeleteBranch(b)
	}
	for _, s := range tx.Snapshots.Rows(p.ID) {
		tx.DeleteContent(s.Content())
	}
	tx.DeleteContent(p.ID)
	for _, table := range tx.ofProject {
		table.DeleteAll(tx, p.ID)
	}
	tx.Projects.Delete(tx, "", p.ID)
}
