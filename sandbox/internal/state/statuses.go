package state

import "slices"

// TranslationStatus is a status of a project's own that translations can have.
// It belongs to the project rather than to a branch (assumed), so that a merge
// finds it on both sides.
type TranslationStatus struct {
	ProjectID string
	ID        int64
	Title     string
	Color     string // one of the API's colors, for example #61bd4f
}

// DeleteStatus deletes a status and takes it away from every translation. It
// tells whether the status was there.
func (tx *Tx) DeleteStatus(projectID string, id int64) bool {
	if !tx.Statuses.Delete(tx, projectID, id) {
		return false
	}
	tx.dropStatus(projectID, id)
	for b := range tx.Branches.All(projectID) {
		if b.Name != MasterBranch { // whose content is the project's, done above
			tx.dropStatus(BranchContent(projectID, b.Name), id)
		}
	}
	return true
}

func (tx *Tx) dropStatus(content string, id int64) {
	is := func(other int64) bool { return other == id }
	for _, old := range tx.Translations.Rows(content) {
		if !old.hasStatus(id) {
			continue
		}
		t := *old
		t.StatusIDs = slices.DeleteFunc(slices.Clone(old.StatusIDs), is)
		t.Segments = slices.Clone(old.Segments)
		for i := range t.Segments {
			t.Segments[i].StatusIDs = slices.DeleteFunc(slices.Clone(t.Segments[i].StatusIDs), is)
		}
		tx.Translations.Put(tx, &t)
	}
}

func (t *Translation) hasStatus(id int64) bool {
	return slices.Contains(t.StatusIDs, id) ||
		slices.ContainsFunc(t.Segments, func(s Segment) bool { return slices.Contains(s.StatusIDs, id) })
}
