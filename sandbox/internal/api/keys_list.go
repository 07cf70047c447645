package api

import (
	"iter"
	"slices"
	"strconv"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// listKeys lists keys in the order in which they were made (a third party's
// observation), by page or by cursor.
func listKeys(c *call) (any, error) {
	q, err := c.readKeyQuery()
	if err != nil {
		return nil, err
	}
	return c.view(func(tx *state.Tx, p *state.Project) (any, error) {
		v := c.newView(tx, p)
		v.resolve = q.resolve
		view := func(k *state.Key) keyBody { return v.key(k, q.parts) }
		answer := struct {
			projectEnvelope
			Keys []keyBody `json:"keys"`
		}{projectEnvelope: c.envelope(p)}
		switch {
		case q.byCursor:
			found := cursorPage(c, q.filter.find(v, q.after), q.page.limit, func(k *state.Key) int64 { return k.ID })
			answer.Keys = views(found, view)
		case q.filter.isEmpty():
			answer.Keys = tablePage(c, q.page, tx.Keys, v.content, view)
		default:
			answer.Keys = slicePage(c, q.page, slices.Collect(q.filter.find(v, 0)), view)
		}
		return answer, nil
	})
}

// keyQuery is the query of keys.list.
type keyQuery struct {
	listQuery
	parts  keyParts
	filter keyFilter
}

// listQuery is what every list has that can be read by page and by cursor.
type listQuery struct {
	page     page
	byCursor bool
	after    int64 // id
	resolve  bool  // references
}

func (c *call) readListQuery() (q listQuery, err error) {
	if q.resolve, err = c.readReferences(); err != nil {
		return q, err
	}
	switch c.query().Get("pagination") {
	case "", "offset":
		q.page, err = c.offsetPage()
	case "cursor":
		q.byCursor = true
		q.after, q.page.limit, err = c.cursor()
	default:
		err = invalidParameter("pagination")
	}
	return q, err
}

func (c *call) readKeyQuery() (q keyQuery, err error) {
	if q.listQuery, err = c.readListQuery(); err != nil {
		return q, err
	}
	for name, to := range map[string]*bool{
		"include_comments":     &q.parts.comments,
		"include_screenshots":  &q.parts.screenshots,
		"include_translations": &q.parts.translations,
		"filter_untranslated":  &q.filter.untranslated,
	} {
		if *to, err = c.queryFlagOr(name, false); err != nil {
			return q, err
		}
	}
	if q.parts.languageIDs, err = c.queryNumbers("filter_translation_lang_ids"); err != nil {
		return q, err
	}
	q.filter.languageIDs = q.parts.languageIDs
	if q.filter.ids, err = c.queryNumbers("filter_key_ids"); err != nil {
		return q, err
	}
	return q, c.readKeyFilter(&q.filter)
}

func (c *call) readKeyFilter(f *keyFilter) (err error) {
	f.names, f.tags, f.filenames = c.queryList("filter_keys"), c.queryList("filter_tags"), c.queryList("filter_filenames")
	f.platforms = c.queryList("filter_platforms")
	for _, platform := range f.platforms {
		if !slices.Contains(state.Platforms, platform) {
			return invalidParameter("filter_platforms")
		}
	}
	f.archived = c.query().Get("filter_archived")
	if !slices.Contains([]string{"", "include", "exclude", "only"}, f.archived) {
		return invalidParameter("filter_archived")
	}
	f.issues, err = c.queryIssues()
	return err
}

// queryNumbers reads a query parameter that holds ids with commas between.
func (c *call) queryNumbers(name string) ([]int64, error) {
	var ids []int64
	for _, text := range c.queryList(name) {
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return nil, invalidParameter(name)
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// keyFilter picks keys. A key passes when it passes every filter that is set,
// and a filter that is a list when one of the list fits (assumed). Names are
// compared as a whole (assumed).
type keyFilter struct {
	names, tags, filenames, platforms []string
	ids, languageIDs                  []int64
	untranslated                      bool // in one of the languages, or in any
	issues                            []string
	archived                          string
}

func (f *keyFilter) isEmpty() bool {
	return f.names == nil && f.tags == nil && f.filenames == nil && f.platforms == nil && f.ids == nil &&
		!f.untranslated && f.issues == nil && (f.archived == "" || f.archived == "include")
}

// find goes through the keys that pass and come after an id, in the order of
// their ids. Names and ids lead to their keys without a look at the others.
func (f *keyFilter) find(v *contentView, after int64) iter.Seq[*state.Key] {
	keys := v.tx.Keys.After(v.content, after)
	if f.names != nil || f.ids != nil {
		keys = slices.Values(f.candidates(v, after))
	}
	if f.isEmpty() {
		return keys
	}
	return func(yield func(*state.Key) bool) {
		for k := range keys {
			if f.match(v, k) && !yield(k) {
				return
			}
		}
	}
}

func (f *keyFilter) candidates(v *contentView, after int64) []*state.Key {
	ids := slices.Clone(f.ids)
	if f.ids == nil {
		for _, name := range f.names {
			for _, k := range v.tx.Keys.Named(v.content, name) {
				ids = append(ids, k.ID)
			}
		}
	}
	slices.Sort(ids)
	var keys []*state.Key
	for _, id := range slices.Compact(ids) {
		if k := v.tx.Keys.Get(v.content, id); k != nil && id > after {
			keys = append(keys, k)
		}
	}
	return keys
}

func (f *keyFilter) match(v *contentView, k *state.Key) bool {
	switch {
	case f.names != nil && !onAPlatform(k.Names, f.names),
		f.filenames != nil && !onAPlatform(k.Filenames, f.filenames),
		f.tags != nil && !overlap(k.Tags, f.tags),
		f.platforms != nil && !overlap(k.Platforms, f.platforms),
		f.archived == "exclude" && k.IsArchived,
		f.archived == "only" && !k.IsArchived:
		return false
	case f.untranslated || f.issues != nil:
		return f.matchTranslations(v, k)
	}
	return true
}

func (f *keyFilter) matchTranslations(v *contentView, k *state.Key) bool {
	untranslated, issue := !f.untranslated, f.issues == nil
	base := baseText(v.tx, v.project, k)
	for _, t := range v.translationsOf(k, f.languageIDs) {
		untranslated = untranslated || t.IsEmpty()
		issue = issue || hasIssue(f.issues, t.Text, base, t.LanguageID == v.project.BaseID)
	}
	return untranslated && issue
}

func onAPlatform(p state.PerPlatform, texts []string) bool {
	for _, platform := range state.Platforms {
		if text := p.Of(platform); text != "" && slices.Contains(texts, text) {
			return true
		}
	}
	return false
}

func overlap(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}
