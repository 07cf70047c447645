package sandbox

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/golokalise/lokalise/sandbox/internal/state"
	"github.com/golokalise/lokalise/sandbox/internal/web"
)

// saveKey changes what is different in the form: a key that only got another
// text is not said to be renamed.
func saveKey(p *uiPage) (done, error) {
	var body keyBody
	var err error
	changed := true
	p.view(func(tx *state.Tx) {
		o := p.project(tx)
		if o == nil {
			err = &formError{"The project is no longer there."}
			return
		}
		k := p.key(tx, o)
		switch {
		case k == nil:
			err = &formError{"The key is no longer there."}
		case o.seen(tx, k) != p.value(web.FieldSeen):
			err = &formError{"Somebody changed this key after you opened the page. Below is what you typed; save again to put it in place of the other change."}
		default:
			body, changed, err = p.readKeyForm(tx, o, k)
		}
	})
	if err != nil {
		return done{}, err
	}
	back := p.toProject(web.NoticeKeySaved, "/keys/"+p.r.PathValue("key"))
	if !changed {
		back.notice = web.NoticeKeyUnchanged
		return back, nil
	}
	return back, p.onProject("keys.update", map[string]string{"key_id": p.r.PathValue("key")}, body, nil)
}

// readKeyForm is the body of keys.update that the form stands for, and whether
// it changes anything.
func (p *uiPage) readKeyForm(tx *state.Tx, o *projectOf, k *state.Key) (body keyBody, changed bool, err error) {
	body = keyBody{
		Description: keep(k.Description, p.text("description")), Context: keep(k.Context, p.text("context")),
		Platforms: p.r.PostForm["platform"], Tags: commaList(p.value("tags")),
		IsPlural: p.checked("plural"), IsHidden: p.checked("hidden"), IsArchived: p.checked("archived"),
	}
	if body.CharLimit, err = strconv.ParseInt(p.value("limit"), 10, 64); err != nil || body.CharLimit < 0 {
		return body, false, &formError{"The character limit is a number from 0."}
	}
	if len(body.Platforms) == 0 {
		return body, false, &formError{"Choose at least one platform."}
	}
	renamed, err := p.readNames(k, &body)
	if err != nil {
		return body, false, err
	}
	for _, l := range o.languages(tx) {
		if t := tx.TranslationOf(k, l.ID); t != nil {
			body.Translations = append(body.Translations, p.readTranslation(k, l, t)...)
		}
	}
	same := !renamed && len(body.Translations) == 0 && body.Description == k.Description && body.Context == k.Context &&
		slices.Equal(body.Platforms, k.Platforms) && slices.Equal(body.Tags, k.Tags) && body.CharLimit == k.CharLimit &&
		body.IsPlural == k.IsPlural && body.IsHidden == k.IsHidden && body.IsArchived == k.IsArchived
	return body, !same, nil
}

// readNames reads the name, or one for each platform, and tells whether it is
// another.
func (p *uiPage) readNames(k *state.Key, body *keyBody) (renamed bool, err error) {
	if p.r.PostForm.Has("name") {
		name := p.value("name")
		if name == "" {
			return false, &formError{"A key needs a name."}
		}
		if name != k.Names.Web || !sameOnAll(k.Names) {
			body.Name = name
		}
		return body.Name != nil, nil
	}
	names := map[string]string{}
	for _, platform := range state.Platforms {
		name := p.value(web.FieldKeyName + platform)
		if name == "" {
			return false, &formError{"A key needs a name on every platform."}
		}
		names[platform] = name
		renamed = renamed || name != k.Names.Of(platform)
	}
	if renamed {
		body.Name = names
	}
	return renamed, nil
}

// readTranslation is what the form changes of a translation, or nothing. A mark
// is sent when the person set or took it away; otherwise the API decides what a
// new text does to it.
func (p *uiPage) readTranslation(k *state.Key, l *state.Language, t *state.Translation) []translationBody {
	texts, newText := map[string]string{}, false
	for _, form := range textForms(k, l) {
		field := web.TextFieldName(l.ID, form)
		old := formText(t, form)
		texts[form] = old
		if p.r.PostForm.Has(field) {
			texts[form] = keep(old, p.text(field))
		}
		newText = newText || texts[form] != old
	}
	id := strconv.FormatInt(l.ID, 10)
	reviewed, unverified := p.checked(web.FieldReviewed+id), p.checked(web.FieldUnverified+id)
	body := translationBody{ISO: l.ISO, Text: texts[""]}
	if k.IsPlural {
		body.Text = texts
	}
	if reviewed != t.IsReviewed {
		body.Reviewed = &reviewed
	}
	if unverified != t.IsUnverified {
		body.Unverified = &unverified
	}
	if !newText && body.Reviewed == nil && body.Unverified == nil {
		return nil
	}
	return []translationBody{body}
}

// text is what was typed into a field that has lines, with line feeds alone as
// the API is sent them. A browser sends carriage returns too.
func (p *uiPage) text(field string) string {
	return strings.ReplaceAll(p.r.PostForm.Get(field), "\r\n", "\n")
}

// keep is the old text when the new one only lacks what a browser does not give
// back as it was: kinds of line ends, and the character 0.
func keep(old, typed string) string {
	shown := strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "\uFFFD").Replace(old)
	if typed == shown {
		return old
	}
	return typed
}

func latest(k *state.Key) time.Time {
	if k.TranslationsModified.After(k.ModifiedAt) {
		return k.TranslationsModified
	}
	return k.ModifiedAt
}

func confirmDeleteKey(p *uiPage) {
	view := web.ConfirmView{Chrome: p.chrome, Nav: web.ProjectsPath, Button: "Delete the key"}
	if p.viewProject("key", func(tx *state.Tx, o *projectOf) bool {
		k := p.key(tx, o)
		if k != nil {
			view.Title = "Delete the key " + shortName(k.Name()) + "?"
			view.Text = "Its translations and comments go with it. There is no way back."
		}
		return k != nil
	}) {
		back := p.toProject("", "/keys/"+p.r.PathValue("key"))
		view.Back, view.Action = p.chrome.Link(back.path, back.query...), p.here()
		web.Confirm(p.w, view)
	}
}

// shortName is a name that stands in a sentence.
func shortName(name string) string {
	const most = 60
	if runes := []rune(name); len(runes) > most {
		return "“" + string(runes[:most]) + "…”"
	}
	return "“" + name + "”"
}

func deleteKey(p *uiPage) (done, error) {
	var answer struct {
		Removed bool `json:"key_removed"`
	}
	if err := p.onProject("keys.delete", map[string]string{"key_id": p.r.PathValue("key")}, nil, &answer); err != nil {
		return done{}, err
	}
	if !answer.Removed {
		return done{}, &formError{"A task has locked this key. Close the task, and delete the key then."}
	}
	return p.toProject(web.NoticeKeyDeleted, ""), nil
}
