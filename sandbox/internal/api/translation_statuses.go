package api

import (
	"cmp"
	"slices"
	"strings"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// statusColors are the colors that a status can have (recorded).
var statusColors = []string{
	"#61bd4f", "#f2d600", "#ff9f1a", "#eb5a46", "#c377e0", "#0079bf", "#00c2e0", "#344563", "#ff78cb",
}

type statusBody struct {
	StatusID int64  `json:"status_id"`
	Title    string `json:"title"`
	Color    string `json:"color"`
}

func statusView(s *state.TranslationStatus) statusBody { return statusBody{s.ID, s.Title, s.Color} }

// listStatuses lists by title, as the recording can be read: there the newest
// comes first, too.
func listStatuses(c *call) (any, error) {
	page, err := c.offsetPage()
	if err != nil {
		return nil, err
	}
	return c.view(func(tx *state.Tx, p *state.Project) (any, error) {
		rows := tx.Statuses.Rows(p.ID)
		slices.SortStableFunc(rows, func(a, b *state.TranslationStatus) int {
			return strings.Compare(strings.ToLower(a.Title), strings.ToLower(b.Title))
		})
		return struct {
			projectEnvelope
			Statuses []statusBody `json:"custom_translation_statuses"`
		}{c.envelope(p), slicePage(c, page, rows, statusView)}, nil
	})
}

func listStatusColors(c *call) (any, error) {
	return c.view(func(*state.Tx, *state.Project) (any, error) {
		return struct {
			Colors []string `json:"colors"`
		}{statusColors}, nil
	})
}

type statusAnswer struct {
	projectEnvelope
	Status statusBody `json:"custom_translation_status"`
}

func createStatus(c *call) (any, error) {
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		s := state.TranslationStatus{ProjectID: p.ID}
		if err := readStatus(c.bodyObject(), &s); err != nil {
			return nil, err
		}
		s.ID = tx.NextID("statuses")
		tx.Statuses.Put(tx, &s)
		return statusAnswer{c.envelope(p), statusView(&s)}, nil
	})
}

// readStatus reads title and color. Both are needed for a new status
// (documented) and may be left out for one that has them.
func readStatus(o object, s *state.TranslationStatus) error {
	err := cmp.Or(o.optionalText("title", &s.Title), o.optionalText("color", &s.Color))
	switch {
	case err != nil:
		return err
	case strings.TrimSpace(s.Title) == "":
		return invalidParameter("title")
	case !slices.Contains(statusColors, s.Color):
		return invalidParameter("color")
	}
	return nil
}

func getStatus(c *call) (any, error) {
	return c.view(func(tx *state.Tx, p *state.Project) (any, error) {
		s, err := c.pathStatus(tx)
		if err != nil {
			return nil, err
		}
		return statusAnswer{c.envelope(p), statusView(s)}, nil
	})
}

func updateStatus(c *call) (any, error) {
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		old, err := c.pathStatus(tx)
		if err != nil {
			return nil, err
		}
		s := *old
		if err := readStatus(c.bodyObject(), &s); err != nil {
			return nil, err
		}
		tx.Statuses.Put(tx, &s)
		return statusAnswer{c.envelope(p), statusView(&s)}, nil
	})
}

func deleteStatus(c *call) (any, error) {
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		s, err := c.pathStatus(tx)
		if err != nil {
			return nil, err
		}
		tx.DeleteStatus(p.ID, s.ID)
		return struct {
			projectEnvelope
			Deleted bool `json:"custom_translation_status_deleted"`
		}{c.envelope(p), true}, nil
	})
}

func (c *call) pathStatus(tx *state.Tx) (*state.TranslationStatus, error) {
	return inPath(c, "status_id", tx.Statuses, c.project.id)
}
