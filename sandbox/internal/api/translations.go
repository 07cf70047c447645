package api

import (
	"iter"
	"slices"
	"strconv"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// listTranslations lists translations in the order of their ids, by page or
// by cursor.
func listTranslations(c *call) (any, error) {
	q, err := c.readListQuery()
	if err != nil {
		return nil, err
	}
	f, err := c.readTranslationFilter()
	if err != nil {
		return nil, err
	}
	return c.view(func(tx *state.Tx, p *state.Project) (any, error) {
		v := c.newView(tx, p)
		v.resolve = q.resolve
		answer := struct {
			projectEnvelope
			Translations []translationBody `json:"translations"`
		}{projectEnvelope: c.envelope(p)}
		switch {
		case q.byCursor:
			found := cursorPage(c, f.find(v, q.after), q.page.limit, func(t *state.Translation) int64 { return t.ID })
			answer.Translations = views(found, v.translation)
		case f.isEmpty():
			answer.Translations = tablePage(c, q.page, tx.Translations, v.content, v.translation)
		default:
			answer.Translations = slicePage(c, q.page, slices.Collect(f.find(v, 0)), v.translation)
		}
		return answer, nil
	})
}

// translationFilter picks translations, or segments of one.
type translationFilter struct {
	languageID, taskID   int64 // 0: any
	reviewed, unverified *bool // nil: any
	untranslated         bool
	issues               []string
}

func (c *call) readTranslationFilter() (f translationFilter, err error) {
	if f, err = c.readSegmentFilter(); err != nil {
		return f, err
	}
	for name, to := range map[string]*int64{"filter_lang_id": &f.languageID, "filter_active_task_id": &f.taskID} {
		if text := c.query().Get(name); text != "" {
			if *to, err = strconv.ParseInt(text, 10, 64); err != nil {
				return f, invalidParameter(name)
			}
		}
	}
	return f, nil
}

// readSegmentFilter reads the filters that segments have too.
func (c *call) readSegmentFilter() (f translationFilter, err error) {
	for name, to := range map[string]**bool{"filter_is_reviewed": &f.reviewed, "filter_unverified": &f.unverified} {
		if c.query().Get(name) == "" {
			continue
		}
		flag, err := c.queryFlag(name)
		if err != nil {
			return f, err
		}
		*to = &flag
	}
	if f.untranslated, err = c.queryFlagOr("filter_untranslated", false); err != nil {
		return f, err
	}
	f.issues, err = c.queryIssues()
	return f, err
}

func (f *translationFilter) isEmpty() bool {
	return f.languageID == 0 && f.taskID == 0 && f.reviewed == nil && f.unverified == nil && !f.untranslated && f.issues == nil
}

// find goes through the translations that pass and come after an id.
func (f *translationFilter) find(v *contentView, after int64) iter.Seq[*state.Translation] {
	all := v.tx.Translations.After(v.content, after)
	if f.isEmpty() {
		return all
	}
	return func(yield func(*state.Translation) bool) {
		for t := range all {
			if f.match(v, t) && !yield(t) {
				return
			}
		}
	}
}

func (f *translationFilter) match(v *contentView, t *state.Translation) bool {
	switch {
	case f.languageID != 0 && f.languageID != t.LanguageID,
		f.taskID != 0 && f.taskID != t.TaskID,
		!f.matchMarks(t.IsReviewed, t.IsUnverified),
		f.untranslated && !t.IsEmpty():
		return false
	case f.issues == nil:
		return true
	}
	k := v.tx.Keys.Get(t.Content, t.KeyID)
	return k != nil && hasIssue(f.issues, t.Text, baseText(v.tx, v.project, k), t.LanguageID == v.project.BaseID)
}

func (f *translationFilter) matchMarks(reviewed, unverified bool) bool {
	return (f.reviewed == nil || *f.reviewed == reviewed) && (f.unverified == nil || *f.unverified == unverified)
}

type translationAnswer struct {
	projectEnvelope
	Translation translationBody `json:"translation"`
}

func getTranslation(c *call) (any, error) {
	resolve, err := c.readReferences()
	if err != nil {
		return nil, err
	}
	return c.view(func(tx *state.Tx, p *state.Project) (any, error) {
		t, err := c.pathTranslation(tx)
		if err != nil {
			return nil, err
		}
		v := c.newView(tx, p)
		v.resolve = resolve
		return translationAnswer{c.envelope(p), v.translation(t)}, nil
	})
}

func updateTranslation(c *call) (any, error) {
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		t, err := c.pathTranslation(tx)
		if err != nil {
			return nil, err
		}
		k, l := tx.Keys.Get(t.Content, t.KeyID), tx.Languages.Get(t.Content, t.LanguageID)
		if k == nil || l == nil {
			return nil, errNotFound
		}
		v := c.newView(tx, p)
		changes, err := c.translate(v, k, l, c.bodyObject())
		if err != nil {
			return nil, err
		}
		c.emitTranslated(tx, p, changes)
		return translationAnswer{c.envelope(p), v.translation(changes[0].after)}, nil
	})
}

func (c *call) pathTranslation(tx *state.Tx) (*state.Translation, error) {
	return inPath(c, "translation_id", tx.Translations, c.content())
}
