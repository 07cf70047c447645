package sandbox

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/golokalise/lokalise/sandbox/internal/state"
	"github.com/golokalise/lokalise/sandbox/internal/web"
)

func addKey(p *uiPage) (done, error) {
	base, plural := p.baseLanguage()
	item := keyBody{
		Name: p.value("name"), Platforms: p.r.PostForm["platform"], Tags: commaList(p.value("tags")),
		Description: p.text("description"), IsPlural: p.checked("plural"),
	}
	switch {
	case item.Name == "":
		return done{}, &formError{"A key needs a name."}
	case len(item.Platforms) == 0:
		return done{}, &formError{"Choose at least one platform."}
	}
	if text := p.text("text"); text != "" {
		t := translationBody{ISO: base, Text: text}
		if item.IsPlural {
			t.Text = generalForm(text, plural)
		}
		item.Translations = append(item.Translations, t)
	}
	var made struct {
		Keys []struct {
			ID int64 `json:"key_id"`
		} `json:"keys"`
		Errors []struct {
			Message string `json:"message"`
		} `json:"errors"`
	}
	err := p.onProject("keys.create", nil, map[string]any{"keys": []keyBody{item}}, &made)
	switch {
	case err != nil:
		return done{}, err
	case len(made.Errors) > 0:
		return done{}, &formError{"The API refuses the key: " + made.Errors[0].Message + "."}
	}
	return p.toProject(web.NoticeKeyAdded, "/keys/"+strconv.FormatInt(made.Keys[0].ID, 10)), nil
}

// keyBody is a key in the bodies of keys.create and keys.update.
type keyBody struct {
	Name         any               `json:"key_name,omitzero"` // a text, or one for each platform
	Description  string            `json:"description"`
	Context      string            `json:"context"`
	Platforms    []string          `json:"platforms"`
	Tags         []string          `json:"tags"`
	IsPlural     bool              `json:"is_plural"`
	IsHidden     bool              `json:"is_hidden"`
	IsArchived   bool              `json:"is_archived"`
	CharLimit    int64             `json:"char_limit"`
	Translations []translationBody `json:"translations,omitzero"`
}

type translationBody struct {
	ISO        string `json:"language_iso"`
	Text       any    `json:"translation"` // a text, or one for each plural form
	Reviewed   *bool  `json:"is_reviewed,omitzero"`
	Unverified *bool  `json:"is_unverified,omitzero"`
}

// generalForm is a text as plural forms: all that the language has, so that
// there is something to change.
func generalForm(text string, forms []string) map[string]string {
	all := map[string]string{}
	for _, form := range forms {
		all[form] = text
	}
	return all
}

// baseLanguage is the code of the page's project's base language, and its
// plural forms.
func (p *uiPage) baseLanguage() (iso string, forms []string) {
	p.view(func(tx *state.Tx) {
		if o := p.project(tx); o != nil {
			if l := tx.Languages.Get(o.content, o.BaseID); l != nil {
				iso, forms = l.ISO, l.PluralForms
			}
		}
	})
	return iso, forms
}

// key finds the key that the path names, or nothing.
func (p *uiPage) key(tx *state.Tx, o *projectOf) *state.Key {
	id, err := strconv.ParseInt(p.r.PathValue("key"), 10, 64)
	if err != nil {
		return nil
	}
	return tx.Keys.Get(o.content, id)
}

func keyPage(p *uiPage) {
	view := web.KeyView{}
	if p.viewProject("key", func(tx *state.Tx, o *projectOf) bool {
		k := p.key(tx, o)
		if k != nil {
			view = o.keyView(tx, k)
		}
		return k != nil
	}) {
		view.Chrome = p.chrome
		web.Key(p.w, view)
	}
}

func (o *projectOf) keyView(tx *state.Tx, k *state.Key) web.KeyView {
	view := web.KeyView{
		Project: o.head(tx), ID: k.ID, Name: k.Name(), Description: k.Description, Context: k.Context,
		Tags: strings.Join(k.Tags, ", "), CharLimit: k.CharLimit, Plural: k.IsPlural, Hidden: k.IsHidden, Archived: k.IsArchived,
		Created: k.CreatedAt, Modified: latest(k), Seen: o.seen(tx, k), Locked: tx.IsLocked(k),
	}
	files := map[string]bool{}
	perPlatform := o.Settings.PerPlatformKeyNames || !sameOnAll(k.Names)
	for _, platform := range state.Platforms {
		view.Platforms = append(view.Platforms, web.PlatformChoice{Platform: platform, On: slices.Contains(k.Platforms, platform)})
		if perPlatform {
			view.Names = append(view.Names, web.PlatformName{Platform: platform, Name: k.Names.Of(platform)})
		}
		if file := k.Filenames.Of(platform); file != "" {
			files[file] = true
		}
	}
	view.Files = slices.Sorted(maps.Keys(files))
	for _, l := range o.languages(tx) {
		if t := tx.TranslationOf(k, l.ID); t != nil {
			view.Languages = append(view.Languages, o.translationForm(tx, k, l, t))
		}
	}
	for _, c := range tx.CommentsOf(k) {
		view.Comments = append(view.Comments, web.CommentLine{Text: c.Text, By: emailOf(tx, c.AddedBy), At: c.AddedAt})
	}
	return view
}

func sameOnAll(names state.PerPlatform) bool { return names == state.SamePerPlatform(names.Web) }

// languages are those of the branch, the base language first and the others by
// name.
func (o *projectOf) languages(tx *state.Tx) []*state.Language {
	rows := tx.Languages.Rows(o.content)
	slices.SortFunc(rows, func(a, b *state.Language) int {
		if (a.ID == o.BaseID) != (b.ID == o.BaseID) {
			if a.ID == o.BaseID {
				return -1
			}
			return 1
		}
		return strings.Compare(a.Name, b.Name)
	})
	return rows
}

func (o *projectOf) translationForm(tx *state.Tx, k *state.Key, l *state.Language, t *state.Translation) web.TranslationForm {
	form := web.TranslationForm{
		LanguageID: l.ID, ISO: l.ISO, Name: l.Name, RTL: l.RTL, IsBase: l.ID == o.BaseID,
		Reviewed: t.IsReviewed, Unverified: t.IsUnverified, Modified: t.ModifiedAt, ModifiedBy: emailOf(tx, t.ModifiedBy),
	}
	for _, id := range t.StatusIDs {
		if s := tx.Statuses.Get(o.ID, id); s != nil {
			form.Statuses = append(form.Statuses, s.Title)
		}
	}
	for _, name := range textForms(k, l) {
		form.Texts = append(form.Texts, web.TextField{Form: name, Text: formText(t, name)})
	}
	return form
}

// textForms are the plural forms that a key has texts for in a language, or one
// without a name.
func textForms(k *state.Key, l *state.Language) []string {
	if k.IsPlural {
		return l.PluralForms
	}
	return []string{""}
}

func formText(t *state.Translation, form string) string {
	if form == "" {
		return t.Text
	}
	forms, _ := state.Plurals(t.Text)
	return forms[form]
}

func emailOf(tx *state.Tx, userID int64) string {
	if u := tx.Users.Get("", userID); u != nil {
		return u.Email
	}
	return ""
}

// seen sums up what the form of a key was made from, so that a change that
// somebody else made meanwhile is not lost.
func (o *projectOf) seen(tx *state.Tx, k *state.Key) string {
	sum := sha256.New()
	own := *k
	own.ModifiedAt, own.TranslationsModified = own.CreatedAt, own.CreatedAt // a comment changes these
	fmt.Fprintf(sum, "%+v\n", own)
	for _, ref := range k.Translations {
		if t := tx.Translations.Get(o.content, ref.ID); t != nil {
			fmt.Fprintf(sum, "%d %q %t %t\n", t.ID, t.Text, t.IsReviewed, t.IsUnverified)
		}
	}
	const length = 8
	return hex.EncodeToString(sum.Sum(nil)[:length])
}
