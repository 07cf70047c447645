package api

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// listProjects answers with the projects the caller may reach, by name as in
// recordings.
func listProjects(c *call) (any, error) {
	filter, err := readProjectFilter(c)
	if err != nil {
		return nil, err
	}
	p, err := c.offsetPage()
	if err != nil {
		return nil, err
	}
	answer := struct {
		Projects []projectBody `json:"projects"`
	}{Projects: []projectBody{}}
	err = c.who.world.View(func(tx *state.Tx) error {
		found := filter.find(tx, c.who.userID)
		start, end := p.bounds(len(found))
		for _, project := range found[start:end] {
			answer.Projects = append(answer.Projects, filter.view(tx, project))
		}
		writePage(c.header, p, len(found))
		return nil
	})
	return answer, err
}

// projectFilter is the query of projects.list.
type projectFilter struct {
	teamID     int64 // 0: any
	names      []string
	statistics bool
	settings   bool
}

func readProjectFilter(c *call) (projectFilter, error) {
	var f projectFilter
	var err error
	if text := c.query().Get("filter_team_id"); text != "" {
		if f.teamID, err = strconv.ParseInt(text, 10, 64); err != nil {
			return f, invalidParameter("filter_team_id")
		}
	}
	if text := c.query().Get("filter_names"); text != "" {
		f.names = strings.Split(text, ",")
	}
	if f.statistics, err = c.queryFlag("include_statistics"); err != nil {
		return f, err
	}
	f.settings, err = c.queryFlag("include_settings")
	return f, err
}

// find returns the projects that pass, in the order of the list: by name
// regardless of case, and by id where names are the same, so that pages do not
// overlap.
func (f projectFilter) find(tx *state.Tx, userID int64) []*state.Project {
	var found []*state.Project
	for p := range tx.Projects.All("") {
		if canReach(tx, p, userID) && f.match(p) {
			found = append(found, p)
		}
	}
	slices.SortFunc(found, func(a, b *state.Project) int {
		return cmp.Or(strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), strings.Compare(a.ID, b.ID))
	})
	return found
}

// match compares whole names (assumed; the documentation says "names").
func (f projectFilter) match(p *state.Project) bool {
	if f.teamID != 0 && f.teamID != p.TeamID {
		return false
	}
	return f.names == nil || slices.Contains(f.names, p.Name)
}

// view shows what was asked for, and computes nothing else.
func (f projectFilter) view(tx *state.Tx, p *state.Project) projectBody {
	body := projectWithout(tx, p)
	if f.settings {
		body.Settings = settingsView(p.Settings)
	}
	if f.statistics {
		body.Statistics = statisticsView(tx, p, p.ID)
	}
	return body
}

// getProject shows a project. With a branch in its path the statistics are
// those of the branch (assumed).
func getProject(c *call) (any, error) {
	return c.view(func(tx *state.Tx, p *state.Project) (any, error) {
		body := projectWithout(tx, p)
		body.Settings, body.Statistics = settingsView(p.Settings), statisticsView(tx, p, c.content())
		return body, nil
	})
}

func updateProject(c *call) (any, error) {
	input, _ := c.input.(projectUpdate)
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		changed := *p
		changed.Name = input.name
		if input.description != nil {
			changed.Description = *input.description
		}
		tx.Projects.Put(tx, &changed)
		c.emit(tx, &changed, "project.updated", nil)
		return projectView(tx, &changed), nil
	})
}

type projectDeleted struct {
	ProjectID      string `json:"project_id"`
	ProjectDeleted bool   `json:"project_deleted"`
}

// deleteProject deletes the project. Whoever is told of it has to be told
// while the project's webhooks are there.
func deleteProject(c *call) (any, error) {
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		c.emit(tx, p, "project.deleted", noPayload{})
		tx.DeleteProject(p)
		return projectDeleted{ProjectID: p.ID, ProjectDeleted: true}, nil
	})
}

type projectEmptied struct {
	ProjectID   string `json:"project_id"`
	KeysDeleted bool   `json:"keys_deleted"`
}

// emptyProject deletes the keys of a branch. Nothing else of it changes. Which
// events tell of it is assumed.
func emptyProject(c *call) (any, error) {
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		keys := tx.Keys.Rows(c.content())
		for some := range slices.Chunk(keys, keysPerEvent) {
			name, payload := keysDeletedEvent(tx, p, some, actionBulk)
			c.emit(tx, p, name, payload)
		}
		tx.DeleteKeys(c.content(), idsOf(keys))
		c.emit(tx, p, "project.emptied", nil)
		return projectEmptied{ProjectID: p.ID, KeysDeleted: true}, nil
	})
}
