package api

import (
	"slices"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// groupBody is a group on the wire. It has its team twice where an envelope
// stands around it.
type groupBody struct {
	GroupID            int64            `json:"group_id"`
	Name               string           `json:"name"`
	Permissions        groupPermissions `json:"permissions"`
	CreatedAt          string           `json:"created_at"`
	CreatedAtTimestamp int64            `json:"created_at_timestamp"`
	TeamID             int64            `json:"team_id"`
	Projects           []string         `json:"projects"`
	Members            []int64          `json:"members"`
}

// groupDetails have what an official SDK's fixtures show in lists and for one
// group, and no recording shows anywhere: the template, null if there is none.
type groupDetails struct {
	groupBody
	RoleID *int64 `json:"role_id"`
}

func groupDetailsView(tx *state.Tx, g *state.Group) groupDetails {
	details := groupDetails{groupBody: groupView(tx, g)}
	if g.RoleID != 0 {
		details.RoleID = &g.RoleID
	}
	return details
}

type groupPermissions struct {
	IsAdmin     bool                 `json:"is_admin"`
	IsReviewer  bool                 `json:"is_reviewer"`
	AdminRights []string             `json:"admin_rights"`
	Languages   []permissionLanguage `json:"languages"`
}

// groupView shows rights and languages as they were given, also of admins
// (recorded). Projects that were deleted since are left out.
func groupView(tx *state.Tx, g *state.Group) groupBody {
	body := groupBody{
		GroupID: g.ID, Name: g.Name, CreatedAt: apiTime(g.CreatedAt), CreatedAtTimestamp: g.CreatedAt.Unix(), TeamID: g.TeamID,
		Permissions: groupPermissions{g.IsAdmin, g.IsReviewer, append([]string{}, g.Rights...), []permissionLanguage{}},
		Projects:    []string{}, Members: append([]int64{}, g.Members...),
	}
	for _, access := range g.Languages {
		if l := state.SystemLanguageByID(access.LanguageID); l != nil {
			body.Permissions.Languages = append(body.Permissions.Languages, permissionLanguage{l.ID, l.ISO, l.Name, access.Writable})
		}
	}
	for _, id := range g.Projects {
		if tx.Projects.Get("", id) != nil {
			body.Projects = append(body.Projects, id)
		}
	}
	return body
}

type groupAnswer struct {
	teamEnvelope
	Group groupBody `json:"group"`
}

func listGroups(c *call) (any, error) {
	p, err := c.offsetPage()
	if err != nil {
		return nil, err
	}
	return c.viewTeam(teamAdmin, func(tx *state.Tx, t *state.Team) (any, error) {
		view := func(g *state.Group) groupDetails { return groupDetailsView(tx, g) }
		return struct {
			teamEnvelope
			Groups []groupDetails `json:"user_groups"`
		}{teamEnvelope{t.ID}, tablePage(c, p, tx.Groups, state.TeamKey(t.ID), view)}, nil
	})
}

func createGroup(c *call) (any, error) {
	g, err := readGroup(c.bodyObject())
	if err != nil {
		return nil, err
	}
	return c.updateTeam(teamAdmin, func(tx *state.Tx, t *state.Team) (any, error) {
		g.TeamID, g.ID, g.CreatedAt = t.ID, tx.NextID("groups"), tx.Now()
		return groupAnswer{teamEnvelope{t.ID}, groupView(tx, tx.PutGroup(g))}, nil
	})
}

// group finds the group of the path.
func (c *call) group(tx *state.Tx, t *state.Team) (*state.Group, error) {
	return inPath(c, "group_id", tx.Groups, state.TeamKey(t.ID))
}

// getGroup answers with the group alone, without an envelope (recorded).
func getGroup(c *call) (any, error) {
	return c.viewTeam(teamAdmin, func(tx *state.Tx, t *state.Team) (any, error) {
		g, err := c.group(tx, t)
		if err != nil {
			return nil, err
		}
		return groupDetailsView(tx, g), nil
	})
}

// changeGroup answers a change of the group of the path.
func (c *call) changeGroup(change func(tx *state.Tx, g *state.Group) error) (any, error) {
	return c.updateTeam(teamAdmin, func(tx *state.Tx, t *state.Team) (any, error) {
		old, err := c.group(tx, t)
		if err != nil {
			return nil, err
		}
		g := *old
		if err := change(tx, &g); err != nil {
			return nil, err
		}
		return groupAnswer{teamEnvelope{t.ID}, groupView(tx, tx.PutGroup(g))}, nil
	})
}

// updateGroup replaces name and permissions, which are all required
// (documented).
func updateGroup(c *call) (any, error) {
	read, err := readGroup(c.bodyObject())
	if err != nil {
		return nil, err
	}
	return c.changeGroup(func(_ *state.Tx, g *state.Group) error {
		g.Name, g.Permissions = read.Name, read.Permissions
		return nil
	})
}

type groupDeleted struct {
	teamEnvelope
	GroupDeleted bool `json:"group_deleted"`
}

func deleteGroup(c *call) (any, error) {
	return c.updateTeam(teamAdmin, func(tx *state.Tx, t *state.Team) (any, error) {
		g, err := c.group(tx, t)
		if err != nil {
			return nil, err
		}
		tx.DeleteGroup(g)
		return groupDeleted{teamEnvelope{t.ID}, true}, nil
	})
}

// addGroupMembers takes members of the team only (assumed).
func addGroupMembers(c *call) (any, error) {
	users, ok := c.bodyObject().numbers("users")
	if !ok {
		return nil, invalidParameter("users")
	}
	return c.changeGroup(func(tx *state.Tx, g *state.Group) error {
		for _, id := range users {
			if tx.Members.Get(state.TeamKey(g.TeamID), id) == nil {
				return invalidParameter("users")
			}
		}
		g.Members = union(g.Members, users)
		return nil
	})
}

// removeGroupMembers takes no offense at users who are not in the group
// (assumed).
func removeGroupMembers(c *call) (any, error) {
	users, ok := c.bodyObject().numbers("users")
	if !ok {
		return nil, invalidParameter("users")
	}
	return c.changeGroup(func(_ *state.Tx, g *state.Group) error {
		g.Members = difference(g.Members, users)
		return nil
	})
}

// addGroupProjects takes projects of the team only (assumed).
func addGroupProjects(c *call) (any, error) {
	projects, ok := c.bodyObject().texts("projects")
	if !ok {
		return nil, invalidParameter("projects")
	}
	return c.changeGroup(func(tx *state.Tx, g *state.Group) error {
		for _, id := range projects {
			if p := tx.Projects.Get("", id); p == nil || p.TeamID != g.TeamID {
				return invalidParameter("projects")
			}
		}
		g.Projects = union(g.Projects, projects)
		return nil
	})
}

func removeGroupProjects(c *call) (any, error) {
	projects, ok := c.bodyObject().texts("projects")
	if !ok {
		return nil, invalidParameter("projects")
	}
	return c.changeGroup(func(_ *state.Tx, g *state.Group) error {
		g.Projects = difference(g.Projects, projects)
		return nil
	})
}

// union is a new list with the items of both, each once, in their order.
func union[T comparable](a, b []T) []T {
	list := slices.Clone(a)
	for _, item := range b {
		if !slices.Contains(list, item) {
			list = append(list, item)
		}
	}
	return list
}

// difference is a new list with the items of a that are not in b.
func difference[T comparable](a, b []T) []T {
	return slices.DeleteFunc(slices.Clone(a), func(item T) bool { return slices.Contains(b, item) })
}

// readGroup reads name and permissions. Languages are needed where the group
// has no rights of admins (documented); the text for a list that is missing is
// recorded.
func readGroup(o object) (g state.Group, err error) {
	var ok bool
	if g.Name, ok = o.text("name"); !ok || g.Name == "" {
		return g, invalidParameter("name")
	}
	for _, name := range []string{"is_reviewer", "is_admin"} {
		if _, ok := o.flag(name); !ok {
			return g, invalidParameter(name)
		}
	}
	if err := readRights(o, &g.Permissions); err != nil {
		return g, err
	}
	if !o.has("languages") && (g.IsAdmin || g.RoleID != 0 || len(g.Rights) > 0) {
		return g, nil
	}
	languages, ok := o.object("languages")
	if !ok {
		return g, invalidParameter("languages", "reference")
	}
	g.Languages, err = readGroupLanguages(languages)
	return g, err
}

// readGroupLanguages reads the ids of languages to read and to write.
func readGroupLanguages(o object) ([]state.ContributorLanguage, error) {
	list := []state.ContributorLanguage{}
	for _, name := range []string{"reference", "contributable"} {
		ids, ok := o.numbers(name)
		if !ok {
			return nil, invalidParameter("languages", name)
		}
		for _, id := range ids {
			if state.SystemLanguageByID(id) == nil {
				return nil, invalidParameter("languages", name)
			}
			list = slices.DeleteFunc(list, func(l state.ContributorLanguage) bool { return l.LanguageID == id })
			list = append(list, state.ContributorLanguage{LanguageID: id, Writable: name == "contributable"})
		}
	}
	return list, nil
}
