package api

import (
	"slices"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// projectTypes are the documented ones.
var projectTypes = []string{"localization_files", "paged_documents", "content_integration", "marketing", "marketing_integrations"}

// defaultLanguage is the base language of a project that names none (recorded
// answer to a request with a name and a description).
const defaultLanguage = "en"

// projectCreate is the body of POST /projects, checked.
type projectCreate struct {
	name         string
	description  string
	teamID       int64 // 0: the caller's own
	projectType  string
	segmentation bool
	languages    []languageChoice
	base         int // index in languages
}

type languageChoice struct {
	language  state.SystemLanguage
	customISO string
}

// iso is the code that the project will use.
func (l languageChoice) iso() string {
	if l.customISO != "" {
		return l.customISO
	}
	return l.language.ISO
}

// checkProjectCreate reads the body. That a missing name is refused before the
// credential is a third party's probe of 2026; that an empty one is, and that
// the other parameters are checked at the same time, is assumed.
func checkProjectCreate(c *call) error {
	o := c.bodyObject()
	p := projectCreate{projectType: projectTypes[0]}
	var ok bool
	if p.name, ok = o.text("name"); !ok || p.name == "" {
		return invalidParameter("name")
	}
	if p.description, ok = o.text("description"); !ok && o.has("description") {
		return invalidParameter("description")
	}
	if p.teamID, ok = o.number("team_id"); !ok && o.has("team_id") {
		return invalidParameter("team_id")
	}
	if p.segmentation, ok = o.flag("is_segmentation_enabled"); !ok && o.has("is_segmentation_enabled") {
		return invalidParameter("is_segmentation_enabled")
	}
	for _, read := range []func(object) error{p.readType, p.readLanguages, p.readBase} {
		if err := read(o); err != nil {
			return err
		}
	}
	c.input = p
	return nil
}

func (p *projectCreate) readType(o object) error {
	if !o.has("project_type") {
		return nil
	}
	var ok bool
	if p.projectType, ok = o.text("project_type"); !ok || !slices.Contains(projectTypes, p.projectType) {
		return invalidParameter("project_type")
	}
	if _, ok := o.text("content_integration"); !ok && p.projectType == "content_integration" {
		return invalidParameter("content_integration")
	}
	return nil
}

func (p *projectCreate) readLanguages(o object) error {
	if !o.has("languages") {
		return nil
	}
	list, ok := o.objects("languages")
	if !ok {
		return invalidParameter("languages")
	}
	for _, item := range list {
		iso, _ := item.text("lang_iso")
		language, found := state.LanguageByISO(iso)
		if !found {
			return invalidParameter("languages", "lang_iso")
		}
		custom, ok := item.text("custom_iso")
		if !ok && item.has("custom_iso") {
			return invalidParameter("languages", "custom_iso")
		}
		if slices.ContainsFunc(p.languages, func(l languageChoice) bool { return l.language.ID == language.ID }) {
			continue
		}
		p.languages = append(p.languages, languageChoice{language, custom})
	}
	return nil
}

// readBase finds the base language, which must be among the languages
// (documented). Without one it is the first (assumed).
func (p *projectCreate) readBase(o object) error {
	iso, ok := o.text("base_lang_iso")
	switch {
	case !ok && o.has("base_lang_iso"):
		return invalidParameter("base_lang_iso")
	case len(p.languages) == 0:
		if iso == "" {
			iso = defaultLanguage
		}
		language, found := state.LanguageByISO(iso)
		if !found {
			return invalidParameter("base_lang_iso")
		}
		p.languages = []languageChoice{{language: language}}
	case iso != "":
		p.base = slices.IndexFunc(p.languages, func(l languageChoice) bool { return l.iso() == iso || l.language.ISO == iso })
		if p.base < 0 {
			return invalidParameter("base_lang_iso")
		}
	}
	return nil
}

func createProject(c *call) (any, error) {
	input, _ := c.input.(projectCreate)
	var answer projectBody
	err := c.who.world.Update(func(tx *state.Tx) error {
		teamID, err := c.ownTeam(tx, input.teamID)
		if err != nil {
			return err
		}
		p := &state.Project{
			ID:          tx.NextProjectID(),
			Type:        input.projectType,
			Name:        input.name,
			Description: input.description,
			CreatedAt:   tx.Now(),
			CreatedBy:   c.who.userID,
			TeamID:      teamID,
			BaseID:      input.languages[input.base].language.ID,
			Settings:    state.DefaultSettings(),
		}
		p.Settings.Segmentation = input.segmentation
		tx.Projects.Put(tx, p)
		for _, l := range input.languages {
			tx.AddLanguage(l.language.InProject(p.ID, l.customISO))
		}
		tx.Contributors.Put(tx, &state.Contributor{ProjectID: p.ID, UserID: c.who.userID, CreatedAt: tx.Now(), Permissions: state.ProjectAdmin()})
		c.emitIn(tx, p, "", "project.created", nil)
		answer = projectView(tx, p)
		return nil
	})
	return answer, err
}

// ownTeam is the team a new project goes to: the one that was asked for, or
// the caller's first. Making a project needs the admin role in it (vendor's
// text); the statuses are assumed.
func (c *call) ownTeam(tx *state.Tx, asked int64) (int64, error) {
	if asked != 0 {
		m := tx.Members.Get(state.TeamKey(asked), c.who.userID)
		switch {
		case m == nil:
			return 0, invalidParameter("team_id")
		case !m.IsAdmin():
			c.record.Note("The user is no admin of the team.")
			return 0, errForbidden
		}
		return asked, nil
	}
	for t := range tx.Teams.All("") {
		if tx.Members.Get(state.TeamKey(t.ID), c.who.userID).IsAdmin() {
			return t.ID, nil
		}
	}
	c.record.Note("The user is no admin of any team.")
	return 0, errForbidden
}

// projectUpdate is the body of PUT /projects/{project_id}, checked.
type projectUpdate struct {
	name        string
	description *string // nil: stays
}

// checkProjectUpdate wants a name (documented as required). That it comes
// before the credential, as on POST, is assumed.
func checkProjectUpdate(c *call) error {
	o := c.bodyObject()
	name, ok := o.text("name")
	if !ok || name == "" {
		return invalidParameter("name")
	}
	input := projectUpdate{name: name}
	if o.has("description") {
		text, ok := o.text("description")
		if !ok {
			return invalidParameter("description")
		}
		input.description = &text
	}
	c.input = input
	return nil
}
