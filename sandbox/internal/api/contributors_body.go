package api

import (
	"slices"
	"strings"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// contributorBody is a contributor as lists and changes show one.
type contributorBody struct {
	UserID             int64                `json:"user_id"`
	Email              string               `json:"email"`
	FullName           string               `json:"fullname"`
	CreatedAt          string               `json:"created_at"`
	CreatedAtTimestamp int64                `json:"created_at_timestamp"`
	IsAdmin            bool                 `json:"is_admin"`
	IsReviewer         bool                 `json:"is_reviewer"`
	Languages          []permissionLanguage `json:"languages"`
	AdminRights        []string             `json:"admin_rights"`
}

// contributorDetails have what only answers about one contributor were seen
// with.
type contributorDetails struct {
	contributorBody
	RoleID int64  `json:"role_id"`
	UUID   string `json:"uuid"`
}

type permissionLanguage struct {
	LangID     int64  `json:"lang_id"`
	LangISO    string `json:"lang_iso"`
	LangName   string `json:"lang_name"`
	IsWritable bool   `json:"is_writable"`
}

// contributorError is somebody who could not be invited.
type contributorError struct {
	Message string `json:"message"`
	Code    int    `json:"code"`
	Email   string `json:"email"`
}

// contributorView shows an admin with every language and every right
// (recorded).
func contributorView(tx *state.Tx, p *state.Project, row *state.Contributor) contributorBody {
	body := contributorBody{
		UserID: row.UserID, CreatedAt: apiTime(row.CreatedAt), CreatedAtTimestamp: row.CreatedAt.Unix(),
		IsAdmin: row.IsAdmin, IsReviewer: row.IsReviewer || row.IsAdmin,
		Languages: languageAccess(tx, p, row.Permissions), AdminRights: rightsView(row.Permissions),
	}
	if u := tx.Users.Get("", row.UserID); u != nil {
		body.Email, body.FullName = u.Email, u.FullName
	}
	return body
}

func contributorDetailsView(tx *state.Tx, p *state.Project, row *state.Contributor) contributorDetails {
	return contributorDetails{contributorView(tx, p, row), row.Role(), state.UUID("contributor", p.ID, row.UserID)}
}

func rightsView(p state.Permissions) []string {
	if p.IsAdmin {
		return state.AllRights()
	}
	return append([]string{}, p.Rights...)
}

// languageAccess lists the languages of the project that the permissions open,
// in the order of their ids.
func languageAccess(tx *state.Tx, p *state.Project, may state.Permissions) []permissionLanguage {
	list := []permissionLanguage{}
	for l := range tx.Languages.All(p.ID) {
		readable, writable := may.IsAdmin, may.IsAdmin
		for _, access := range may.Languages {
			if access.LanguageID == l.ID {
				readable, writable = true, writable || access.Writable
			}
		}
		if role := state.RoleByID(may.RoleID); role != nil && role.ReadsAllLanguages {
			readable = true
		}
		if readable {
			list = append(list, permissionLanguage{l.ID, l.ISO, l.Name, writable})
		}
	}
	return list
}

// invitation is an item of the body of contributors.create.
type invitation struct {
	email, fullName string
	permissions     state.Permissions
}

// readInvitation reads an item. Languages are required of whoever is to be no
// admin (documented).
func readInvitation(tx *state.Tx, p *state.Project, o object) (invitation, error) {
	var i invitation
	var ok bool
	if i.email, ok = o.text("email"); !ok || !strings.Contains(i.email, "@") {
		return i, invalidParameter("contributors", "email")
	}
	if err := o.optionalText("fullname", &i.fullName); err != nil {
		return i, err
	}
	if err := readPermissions(tx, p, o, &i.permissions); err != nil {
		return i, err
	}
	if !i.permissions.IsAdmin && i.permissions.RoleID == 0 && len(i.permissions.Languages) == 0 {
		return i, invalidParameter("contributors", "languages")
	}
	return i, nil
}

// readPermissions reads the members that say what a contributor may do. What
// is left out stays.
func readPermissions(tx *state.Tx, p *state.Project, o object, to *state.Permissions) error {
	if err := readRights(o, to); err != nil {
		return err
	}
	if !o.has("languages") {
		return nil
	}
	list, ok := o.objects("languages")
	if !ok {
		return invalidParameter("languages")
	}
	to.Languages = make([]state.ContributorLanguage, 0, len(list))
	for _, item := range list {
		iso, _ := item.text("lang_iso")
		l := projectLanguage(tx, p.ID, iso)
		if l == nil {
			return invalidParameter("languages", "lang_iso")
		}
		access := state.ContributorLanguage{LanguageID: l.ID}
		if err := item.optionalFlag("is_writable", &access.Writable); err != nil {
			return err
		}
		to.Languages = append(to.Languages, access)
	}
	return nil
}

// readRights reads what contributors and groups have in common: a template, or
// the two old flags and rights by name, which a template makes void
// (documented).
func readRights(o object, to *state.Permissions) error {
	if err := o.optionalFlag("is_admin", &to.IsAdmin); err != nil {
		return err
	}
	if err := o.optionalFlag("is_reviewer", &to.IsReviewer); err != nil {
		return err
	}
	if o.has("admin_rights") {
		given, ok := o.texts("admin_rights")
		if !ok || slices.ContainsFunc(given, func(name string) bool { return !state.KnownRight(name) }) {
			return invalidParameter("admin_rights")
		}
		to.Rights = state.ExpandRights(given)
	}
	if o.has("role_id") {
		id, _ := o.number("role_id")
		role := state.RoleByID(id)
		if role == nil {
			return invalidParameter("role_id")
		}
		*to = to.InRole(role)
	} else if o.has("is_admin") || o.has("is_reviewer") || o.has("admin_rights") {
		to.RoleID = 0 // the rights are no longer the template's
	}
	return nil
}

// projectLanguage finds a language of content by its code there, or by the
// code that it has in general.
func projectLanguage(tx *state.Tx, content, iso string) *state.Language {
	for l := range tx.Languages.All(content) {
		if l.ISO == iso {
			return l
		}
	}
	if s, found := state.LanguageByISO(iso); found {
		return tx.Languages.Get(content, s.ID)
	}
	return nil
}
