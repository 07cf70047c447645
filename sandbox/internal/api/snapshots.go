package api

import (
	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// snapshotBody is a snapshot on the wire, its members in the recorded order.
type snapshotBody struct {
	SnapshotID         int64  `json:"snapshot_id"`
	Title              string `json:"title"`
	CreatedBy          int64  `json:"created_by"`
	CreatedByEmail     string `json:"created_by_email"`
	CreatedAt          string `json:"created_at"`
	CreatedAtTimestamp int64  `json:"created_at_timestamp"`
}

func snapshotView(tx *state.Tx, s *state.Snapshot) snapshotBody {
	return snapshotBody{
		SnapshotID: s.ID, Title: s.Title, CreatedBy: s.CreatedBy, CreatedByEmail: emailOf(tx, s.CreatedBy),
		CreatedAt: apiTime(s.CreatedAt), CreatedAtTimestamp: s.CreatedAt.Unix(),
	}
}

// listSnapshots lists the snapshots of all branches, since snapshots belong to
// the project as a whole (documented).
func listSnapshots(c *call) (any, error) {
	page, err := c.offsetPage()
	if err != nil {
		return nil, err
	}
	return c.view(func(tx *state.Tx, p *state.Project) (any, error) {
		return struct {
			projectEnvelope
			Snapshots []snapshotBody `json:"snapshots"`
		}{c.envelope(p), tablePage(c, page, tx.Snapshots, p.ID, func(s *state.Snapshot) snapshotBody { return snapshotView(tx, s) })}, nil
	})
}

// checkSnapshotCreate reads the title, which is required according to the
// reference and optional in an official SDK.
func checkSnapshotCreate(c *call) error {
	var title string
	err := c.bodyObject().optionalText("title", &title)
	c.input = title
	return err
}

func createSnapshot(c *call) (any, error) {
	title, _ := c.input.(string)
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		s := tx.AddSnapshot(p.ID, c.content(), title, c.who.userID)
		c.emit(tx, p, "project.snapshot", noPayload{})
		return struct {
			projectEnvelope
			Snapshot snapshotBody `json:"snapshot"`
		}{c.envelope(p), snapshotView(tx, s)}, nil
	})
}

// snapshot finds the snapshot whose id is in the path.
func (c *call) snapshot(tx *state.Tx, p *state.Project) (*state.Snapshot, error) {
	return inPath(c, "snapshot_id", tx.Snapshots, p.ID)
}

// restoreSnapshot makes a new project of a snapshot, which takes an admin of
// the team (vendor's text). The recorded answer counts no keys: the real
// service fills the project later. Here it is full at once.
func restoreSnapshot(c *call) (any, error) {
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		s, err := c.snapshot(tx, p)
		if err != nil {
			return nil, err
		}
		if !tx.Members.Get(state.TeamKey(p.TeamID), c.who.userID).IsAdmin() {
			c.record.Note("The user is no admin of the team.")
			return nil, errForbidden
		}
		restored := tx.RestoreSnapshot(p, s, c.who.userID)
		c.emit(tx, p, "project.copied", projectCopiedPayload{NewProject: eventProject{restored.ID, restored.Name}})
		return projectView(tx, restored), nil
	})
}

func deleteSnapshot(c *call) (any, error) {
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		s, err := c.snapshot(tx, p)
		if err != nil {
			return nil, err
		}
		tx.DeleteSnapshot(s)
		return struct {
			projectEnvelope
			SnapshotDeleted bool `json:"snapshot_deleted"`
		}{c.envelope(p), true}, nil
	})
}
