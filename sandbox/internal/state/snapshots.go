package state

import (
	"fmt"
	"time"
)

// Snapshot is content of a project as it was at a time.
type Snapshot struct {
	ProjectID string
	ID        int64
	Title     string
	CreatedAt time.Time
	CreatedBy int64 // user
}

// Content names what the snapshot holds.
func (s *Snapshot) Content() string { return fmt.Sprintf("%s/snapshot/%d", s.ProjectID, s.ID) }

// AddSnapshot keeps a copy of content of a project.
func (tx *Tx) AddSnapshot(projectID, content, title string, by int64) *Snapshot {
	s := &Snapshot{ProjectID: projectID, ID: tx.NextID("snapshots"), Title: title, CreatedAt: tx.Now(), CreatedBy: by}
	tx.Snapshots.Put(tx, s)
	tx.CopyContent(content, s.Content())
	return s
}

// DeleteSnapshot deletes a snapshot with what it holds.
func (tx *Tx) DeleteSnapshot(s *Snapshot) {
	tx.DeleteContent(s.Content())
	tx.Snapshots.Delete(tx, s.ProjectID, s.ID)
}

// RestoreSnapshot makes a project of a snapshot: a copy of the one that the
// snapshot is of, with its contributors (a recorded answer counts as many), and
// with the content of the snapshot. Keys and translations keep their ids,
// which the real service is not likely to do.
func (tx *Tx) RestoreSnapshot(of *Project, s *Snapshot, by int64) *Project {
	p := *of
	p.ID, p.Name, p.CreatedAt, p.CreatedBy = tx.NextProjectID(), of.Name+" copy", tx.Now(), by
	tx.Projects.Put(tx, &p)
	tx.CopyContent(s.Content(), p.ID)
	for _, c := range tx.Contributors.Rows(of.ID) {
		copied := *c
		copied.ProjectID = p.ID
		tx.Contributors.Put(tx, &copied)
	}
	for _, status := range tx.Statuses.Rows(of.ID) {
		copied := *status
		copied.ProjectID = p.ID
		tx.Statuses.Put(tx, &copied)
	}
	if p.Settings.Branching {
		tx.AllowBranching(&p)
	}
	return &p
}
