package state

import "time"

// Branch is a branch of a project, beside the content that it names.
type Branch struct {
	ProjectID string
	ID        int64
	Name      string
	CreatedAt time.Time
	CreatedBy int64 // user
}

// BranchNamed returns a project's branch, or nil.
func (tx *Tx) BranchNamed(projectID, name string) *Branch {
	for _, b := range tx.Branches.Named(projectID, name) {
		return b
	}
	return nil
}

// DeleteProject deletes a project with everything that hangs on it.
func (tx *Tx) DeleteProject(p *Project) {
	for _, b := range tx.Branches.Rows(p.ID) {
		tx.DeleteContent(BranchContent(p.ID, b.Name))
	}
	tx.DeleteContent(p.ID)
	for _, table := range tx.ofProject {
		table.DeleteAll(tx, p.ID)
	}
	tx.Projects.Delete(tx, "", p.ID)
}
