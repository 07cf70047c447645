package state

import "slices"

// Role is a permission template: what contributors may do, under a name. Ids,
// names, permissions and colors are recorded; the descriptions are the
// sandbox's own.
type Role struct {
	ID          int64
	Name        string
	Permissions []string // as templates write them
	Description string
	Tag         string
	TagColor    string
	TagInfo     string // empty: none
	// ReadsAllLanguages tells whether the role opens every language to read.
	ReadsAllLanguages bool
}

// ids of the roles.
const (
	roleManager    = 1
	roleReviewer   = 4
	roleTranslator = 5
)

const basicAccess = "Everybody in a project may look at its texts and its glossary, and comment."

var roles = []Role{
	{
		roleManager, "Manager",
		[]string{
			"activity", "branches_main_modify", "branches_create", "branches_merge", "statistics", "tasks", "contributors", "settings",
			"manage_languages", "download", "upload", "glossary_delete", "glossary_edit", "manage_keys", "screenshots", "review", "custom_status_modify",
		},
		"Runs the project and the people in it", "Full access", "green", "", true,
	},
	{
		2, "Developer",
		[]string{"activity", "branches_main_modify", "branches_create", "download", "upload", "manage_keys", "screenshots"},
		"Moves keys and files in and out", "Advanced", "cyan", "", true,
	},
	{
		3, "Content creator",
		[]string{"activity", "manage_keys", "manage_languages", "screenshots", "branches_main_modify"},
		"Writes the source texts", "Advanced", "cyan", "", true,
	},
	{
		roleReviewer, "Reviewer",
		[]string{"branches_main_modify", "review", "custom_status_modify"},
		"Checks and approves translations", "Basic", "grey", basicAccess, false,
	},
	{
		roleTranslator, "Translator",
		[]string{"branches_main_modify"},
		"Translates", "Basic", "grey", basicAccess, false,
	},
}

// Roles lists the permission templates, which are the same for every team
// (assumed). Nobody changes the list.
func Roles() []Role { return roles }

// RoleByID returns a permission template, or nil.
func RoleByID(id int64) *Role {
	for i := range roles {
		if roles[i].ID == id {
			return &roles[i]
		}
	}
	return nil
}

// rightsOrder are the names under which answers list rights: the recorded ones
// of 2023 first, in their order, then those that came later.
var rightsOrder = []string{
	"upload", "download", "tasks", "contributors", "screenshots", "glossary", "keys", "languages", "settings", "create_branches",
	"activity", "statistics",
	"branches_create", "branches_main_modify", "branches_merge", "custom_status_modify", "glossary_delete", "glossary_edit", "review",
}

// otherNames are what a right is also called, or brings along: requests and
// permission templates use names that answers do not, and a recording of 2025
// has old and new names side by side.
var otherNames = map[string][]string{
	"manage_keys":      {"keys"},
	"manage_languages": {"languages"},
	"branches_create":  {"create_branches"},
	"create_branches":  {"branches_create"},
	"glossary":         {"glossary_edit", "glossary_delete"},
	"glossary_edit":    {"glossary"},
	"glossary_delete":  {"glossary"},
}

// KnownRight tells whether a right has that name.
func KnownRight(name string) bool {
	return otherNames[name] != nil || slices.Contains(rightsOrder, name)
}

// ExpandRights are the rights under all names that answers have for them, in
// the order of answers.
func ExpandRights(given []string) []string {
	has := map[string]bool{}
	for _, name := range given {
		has[name] = true
		for _, other := range otherNames[name] {
			has[other] = true
		}
	}
	rights := []string{}
	for _, name := range rightsOrder {
		if has[name] {
			rights = append(rights, name)
		}
	}
	return rights
}

// AllRights are the rights of somebody who may do everything.
func AllRights() []string { return slices.Clone(rightsOrder) }

// InRole are the permissions of a template, which count for more than rights
// that are listed beside it (documented). That a manager is an admin of the
// project and a template with the right "review" makes a reviewer is assumed.
func (p Permissions) InRole(r *Role) Permissions {
	p.RoleID = r.ID
	p.Rights = ExpandRights(r.Permissions)
	p.IsAdmin = r.ID == roleManager
	p.IsReviewer = slices.Contains(r.Permissions, "review")
	return p
}

// Role is the template of the permissions, or the one that is nearest where
// nobody chose one (assumed).
func (p Permissions) Role() int64 {
	switch {
	case p.RoleID != 0:
		return p.RoleID
	case p.IsAdmin:
		return roleManager
	case p.IsReviewer:
		return roleReviewer
	}
	return roleTranslator
}
