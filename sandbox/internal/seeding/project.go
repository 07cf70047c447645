package seeding

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/golokalise/lokalise/sandbox/internal/state"
	"github.com/golokalise/lokalise/sandbox/seed"
)

func (p *seeder) putProject(path string, in *seed.Project) error {
	out := state.Project{
		ID: in.ID, Name: in.Name, Description: in.Description, Type: cmp.Or(in.Type, "localization_files"),
		CreatedAt: When, TeamID: p.team, Settings: state.DefaultSettings(),
	}
	if out.ID == "" {
		out.ID = p.NextProjectIDAt(When)
	} else if p.Projects.Get("", out.ID) != nil {
		return failure(path+"/id", "this world has a project with this id already")
	}
	if in.Team != "" {
		if out.TeamID = p.teams[in.Team]; out.TeamID == 0 {
			return failure(path+"/team", `there is no team %.80q; add it to "teams"`, in.Team)
		}
	}
	var err error
	if out.CreatedBy, err = p.user(path+"/created_by", in.CreatedBy); err != nil {
		return err
	}
	if err := p.putLanguages(path, &out, in.Languages); err != nil {
		return err
	}
	p.Projects.Put(p.Tx, &out)
	if err := p.putContributors(path, &out, in.Contributors); err != nil {
		return err
	}
	if err := p.putKeys(path, &out, in.Keys); err != nil {
		return err
	}
	if err := p.generate(path+"/generate", &out, in.Generate); err != nil {
		return err
	}
	p.putBranches(&out, in.Branches)
	return nil
}

func (p *seeder) putLanguages(path string, out *state.Project, isos []string) error {
	for i, iso := range isos {
		l, found := state.LanguageByISO(iso)
		if !found {
			return failure(path+"/languages/"+strconv.Itoa(i), "the sandbox does not know the language %.20q", iso)
		}
		if i == 0 {
			out.BaseID = l.ID
		}
		p.Languages.Put(p.Tx, l.InProject(out.ID, ""))
	}
	return nil
}

// language finds a language of the project.
func (p *seeder) language(path string, project *state.Project, iso string) (int64, error) {
	l, found := state.LanguageByISO(iso)
	if !found || p.Languages.Get(project.ID, l.ID) == nil {
		return 0, failure(path, `the project has no language %.20q; add it to its "languages"`, iso)
	}
	return l.ID, nil
}

func (p *seeder) putContributors(path string, project *state.Project, people []seed.Contributor) error {
	p.Contributors.Put(p.Tx, &state.Contributor{
		ProjectID: project.ID, UserID: project.CreatedBy, CreatedAt: When, Permissions: state.ProjectAdmin(),
	})
	for i, person := range people {
		at := path + "/contributors/" + strconv.Itoa(i)
		id, err := p.user(at+"/user", person.User)
		if err != nil {
			return err
		}
		may := state.Permissions{IsReviewer: person.Reviewer}
		if person.Admin {
			may = state.ProjectAdmin()
		}
		for j, l := range person.Languages {
			languageID, err := p.language(at+"/languages/"+strconv.Itoa(j)+"/language", project, l.Language)
			if err != nil {
				return err
			}
			may.Languages = append(may.Languages, state.ContributorLanguage{LanguageID: languageID, Writable: l.Writable})
		}
		p.Contributors.Put(p.Tx, &state.Contributor{ProjectID: project.ID, UserID: id, CreatedAt: When, Permissions: may})
	}
	return nil
}

func (p *seeder) putKeys(path string, project *state.Project, keys []seed.Key) error {
	rows := make([]*state.Key, len(keys))
	texts := map[*state.Key]map[int64]seed.Translation{}
	for i := range keys {
		at := path + "/keys/" + strconv.Itoa(i)
		rows[i] = keyRow(&keys[i], project.CreatedBy)
		texts[rows[i]] = map[int64]seed.Translation{}
		for iso, t := range keys[i].Translations {
			languageID, err := p.language(at+"/translations/"+iso, project, iso)
			if err != nil {
				return err
			}
			texts[rows[i]][languageID] = t
		}
	}
	p.AppendKeys(project.ID, rows, When, func(t *state.Translation, k *state.Key, l *state.Language) {
		in, given := texts[k][l.ID]
		if !given {
			return
		}
		t.ModifiedBy, t.IsReviewed, t.IsUnverified = project.CreatedBy, in.Reviewed, in.Unverified
		t.Text = in.Text
		if in.Plural != nil {
			t.Text = state.PluralText(l.PluralForms, in.Plural)
		} else if k.IsPlural {
			t.Text = state.PluralText(l.PluralForms, map[string]string{"other": in.Text})
		}
		if in.Reviewed {
			t.ReviewedBy = project.CreatedBy
		}
	})
	for i := range keys {
		if err := p.putComments(path+"/keys/"+strconv.Itoa(i), rows[i], keys[i].Comments); err != nil {
			return err
		}
	}
	return nil
}

func keyRow(in *seed.Key, by int64) *state.Key {
	row := &state.Key{
		CreatedBy: by, Names: state.SamePerPlatform(in.Name), Description: in.Description, Context: in.Context,
		Platforms: in.Platforms, Tags: in.Tags, CharLimit: in.CharLimit, IsPlural: in.Plural, PluralName: in.PluralName,
		IsHidden: in.Hidden, IsArchived: in.Archived,
	}
	if len(row.Platforms) == 0 {
		row.Platforms = []string{"web"}
	}
	for platform, name := range in.Names {
		row.Names.Set(platform, name)
	}
	return row
}

func (p *seeder) putComments(path string, k *state.Key, comments []seed.Comment) error {
	for i, in := range comments {
		by, err := p.user(path+"/comments/"+strconv.Itoa(i)+"/user", in.User)
		if err != nil {
			return err
		}
		p.Comments.Put(p.Tx, &state.Comment{Content: k.Content, ID: p.NextID("comments"), KeyID: k.ID, Text: in.Text, AddedAt: When, AddedBy: by})
	}
	return nil
}

func (p *seeder) putBranches(project *state.Project, names []string) {
	if len(names) == 0 {
		return
	}
	p.AllowBranching(project)
	for _, name := range names {
		if p.BranchNamed(project.ID, strings.TrimSpace(name)) == nil {
			p.AddBranch(p.BranchNamed(project.ID, state.MasterBranch), name, project.CreatedBy)
		}
	}
}
