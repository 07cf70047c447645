package state

import (
	"fmt"
	"slices"
	"strings"
)

// Side is one of the two branches of a merge.
type Side string

// Sides that can win a conflict. With NoSide a conflict ends the merge.
const (
	NoSide     Side = ""
	SideSource Side = "source"
	SideTarget Side = "target"
)

// Merged is what a merge changed in the target, in keys.
type Merged struct {
	Inserted, Updated, Deleted int
}

// ConflictError is a merge of branches that both changed the same.
type ConflictError struct {
	Count int
	Keys  []string // names of some of them
}

func (e *ConflictError) Error() string {
	return fmt.Sprintf("%d keys were changed in both branches: %s", e.Count, strings.Join(e.Keys, ", "))
}

// maxNamedConflicts keeps the text of a ConflictError short.
const maxNamedConflicts = 5

// merge is one merge. What a side has changed is what differs from what both
// had in common; only that goes from the source to the target, key by key and
// translation by translation.
type merge struct {
	*Tx
	source, target, common string
	prefer                 Side
	by                     int64
	inserted               map[int64]bool // keys that were not in the target
	result                 Merged
	conflict               ConflictError
}

// MergeBranch brings what was changed in the source into the target. The error
// is a *ConflictError when both changed the same and no side is preferred; the
// Update must fail then, since a part of the merge has been done. How the real
// service merges is known from its help pages only in outline.
func (tx *Tx) MergeBranch(source, target *Branch, prefer Side, by int64) (Merged, error) {
	m := &merge{Tx: tx, source: source.Content(), target: target.Content(), common: tx.commonOf(source, target), inserted: map[int64]bool{}, prefer: prefer, by: by}
	m.languages()
	for s := range tx.Keys.All(m.source) {
		m.key(s)
	}
	m.deleted()
	if m.conflict.Count > 0 {
		return Merged{}, &m.conflict
	}
	for _, t := range tx.content {
		if rows, ok := t.(interface{ copyNew(m *merge) }); ok {
			rows.copyNew(m)
		}
	}
	common := commonContent(source, target)
	tx.DeleteContent(common)
	tx.CopyContent(m.source, common)
	return m.result, nil
}

// commonOf finds what two branches have in common. Two that never met have
// what one of them was made from, which is near enough.
func (tx *Tx) commonOf(source, target *Branch) string {
	for _, pair := range [][2]*Branch{{source, target}, {source, tx.origin(source)}, {target, tx.origin(target)}} {
		if pair[1] == nil {
			continue
		}
		if content := commonContent(pair[0], pair[1]); tx.Languages.Len(content) > 0 {
			return content
		}
	}
	return ""
}

func (tx *Tx) origin(b *Branch) *Branch { return tx.Branches.Get(b.ProjectID, b.OriginID) }

// languages adds those that are new in the source.
func (m *merge) languages() {
	for l := range m.Languages.All(m.source) {
		if m.Languages.Get(m.target, l.ID) == nil && m.Languages.Get(m.common, l.ID) == nil {
			added := *l
			added.Content = m.target
			m.AddLanguage(&added)
		}
	}
}

// key merges a key of the source.
func (m *merge) key(s *Key) {
	c, t := m.Keys.Get(m.common, s.ID), m.Keys.Get(m.target, s.ID)
	switch {
	case t != nil:
		m.both(s, c, t)
	case c == nil:
		m.added(s)
	case !m.sameWhole(s, c) && m.wins(s): // deleted in the target
		m.insert(s)
	}
}

// added merges a key that is new in the source. One of the same name that is
// new in the target is a conflict.
func (m *merge) added(s *Key) {
	for _, t := range m.Keys.Named(m.target, s.Name()) {
		if t.Names != s.Names || m.Keys.Get(m.source, t.ID) != nil {
			continue
		}
		if m.sameWhole(s, t) || !m.wins(s) {
			return
		}
		m.DeleteKey(m.target, t.ID)
	}
	m.insert(s)
}

// both merges a key that is in both branches.
func (m *merge) both(s, c, t *Key) {
	changed, lost := false, false
	if !sameKey(s, t) && !sameKey(s, c) {
		if sameKey(t, c) || m.prefers(&lost) {
			m.replace(s, t)
			changed = true
		}
	}
	for _, ref := range s.Translations {
		st, tt := m.TranslationOf(s, ref.LanguageID), m.TranslationOf(t, ref.LanguageID)
		ct := m.translationOf(c, ref.LanguageID)
		if tt == nil || sameTranslation(st, tt) || sameTranslation(st, ct) {
			continue
		}
		touched := !sameTranslation(tt, ct)
		if touched && sameText(st, ct) { // a mark of the source says nothing about the target's text
			continue
		}
		if !touched || m.prefers(&lost) {
			moved := *st
			moved.Content, moved.ID, moved.KeyID, moved.TaskID = m.target, tt.ID, t.ID, tt.TaskID
			m.PutTranslation(moved, m.by)
			changed = true
		}
	}
	if lost {
		m.conflicts(s)
	}
	if changed {
		m.result.Updated++
	}
}

// deleted merges the keys that both had and the source has no more.
func (m *merge) deleted() {
	var gone []int64
	for c := range m.Keys.All(m.common) {
		t := m.Keys.Get(m.target, c.ID)
		if t == nil || m.Keys.Get(m.source, c.ID) != nil {
			continue
		}
		if m.sameWhole(t, c) || m.wins(t) {
			gone = append(gone, t.ID)
		}
	}
	m.result.Deleted = m.DeleteKeys(m.target, gone)
}

// prefers tells whether the source wins. lost is set when nobody is preferred.
func (m *merge) prefers(lost *bool) bool {
	*lost = *lost || m.prefer == NoSide
	return m.prefer == SideSource
}

// wins is prefers for a conflict about a key as a whole.
func (m *merge) wins(k *Key) bool {
	if m.prefer == NoSide {
		m.conflicts(k)
	}
	return m.prefer == SideSource
}

func (m *merge) conflicts(k *Key) {
	m.conflict.Count++
	if len(m.conflict.Keys) < maxNamedConflicts {
		m.conflict.Keys = append(m.conflict.Keys, k.Name())
	}
}

// insert puts a key of the source into the target with its translations into
// the target's languages.
func (m *merge) insert(s *Key) {
	k := *s
	k.Content = m.target
	k.Translations = make([]TranslationRef, 0, m.Languages.Len(m.target))
	for l := range m.Languages.All(m.target) {
		t := emptyTranslation(&k, l, 0)
		if st := m.TranslationOf(s, l.ID); st != nil {
			*t = *st
			t.Content, t.TaskID = m.target, 0
		}
		if t.ID == 0 || m.Translations.Get(m.target, t.ID) != nil {
			t.ID = m.NextID("translations")
		}
		m.Translations.Put(m.Tx, t)
		k.Translations = append(k.Translations, TranslationRef{l.ID, t.ID})
	}
	m.Keys.Put(m.Tx, &k)
	m.inserted[k.ID] = true
	m.result.Inserted++
}

// replace gives a key of the target what is the key's own in the source.
func (m *merge) replace(s, t *Key) {
	k := *s
	k.Content, k.CreatedAt, k.ModifiedAt = m.target, t.CreatedAt, m.Now()
	k.Translations, k.TranslationsModified = t.Translations, t.TranslationsModified
	m.Keys.Put(m.Tx, &k)
}

func (m *merge) translationOf(k *Key, languageID int64) *Translation {
	if k == nil {
		return nil
	}
	return m.TranslationOf(k, languageID)
}

// sameWhole compares keys with their translations into the languages of a: that
// a branch lost a language is no change of its keys.
func (m *merge) sameWhole(a, b *Key) bool {
	if !sameKey(a, b) {
		return false
	}
	for _, ref := range a.Translations {
		if !sameTranslation(m.TranslationOf(a, ref.LanguageID), m.TranslationOf(b, ref.LanguageID)) {
			return false
		}
	}
	return true
}

// sameKey compares what is a key's own, without ids and times.
func sameKey(a, b *Key) bool {
	return b != nil && a.Names == b.Names && a.Filenames == b.Filenames && a.Description == b.Description &&
		a.IsPlural == b.IsPlural && a.PluralName == b.PluralName && a.IsHidden == b.IsHidden && a.IsArchived == b.IsArchived &&
		a.Context == b.Context && a.CharLimit == b.CharLimit && a.CustomAttributes == b.CustomAttributes &&
		slices.Equal(a.Platforms, b.Platforms) && slices.Equal(a.Tags, b.Tags)
}

// sameTranslation compares texts and what was said about them. A missing
// translation is like an empty one that nobody looked at.
func sameTranslation(a, b *Translation) bool {
	if a == nil || b == nil {
		other := a
		if a == nil {
			other = b
		}
		return other == nil || other.IsEmpty() && !other.IsReviewed && len(other.StatusIDs) == 0
	}
	return a.Text == b.Text && a.IsReviewed == b.IsReviewed && a.IsUnverified == b.IsUnverified &&
		slices.Equal(a.StatusIDs, b.StatusIDs) && slices.EqualFunc(a.Segments, b.Segments, sameSegment)
}

// sameText compares a text with the one it came from, if it came from any.
func sameText(t, origin *Translation) bool {
	if origin == nil {
		return t.IsEmpty()
	}
	return t.Text == origin.Text
}

func sameSegment(a, b Segment) bool {
	return a.Number == b.Number && a.Text == b.Text && a.IsReviewed == b.IsReviewed && a.IsUnverified == b.IsUnverified &&
		slices.Equal(a.StatusIDs, b.StatusIDs)
}

// copyNew copies the rows of a resource that hangs on keys, if they are new in
// the source. Keys with their translations and languages have been merged, and
// a file is known by its name.
func (c contentRows[T]) copyNew(m *merge) {
	switch any(c.Table) {
	case any(m.Keys), any(m.Translations), any(m.Languages):
		return
	case any(m.Files):
		for f := range m.Files.All(m.source) {
			if m.Files.Get(m.common, f.ID) == nil {
				m.FileNamed(m.target, f.Name)
			}
		}
		return
	}
	for row := range c.All(m.source) {
		id := c.key(row)
		if c.Get(m.target, id) != nil || c.Get(m.common, id) != nil && !m.back(row) || m.orphan(row) {
			continue
		}
		copied := *row
		c.in(&copied, m.target)
		c.Put(m.Tx, &copied)
	}
}

// orphan tells whether a row of the source would have no key in the target: one
// that was deleted there, or that did not get in.
func (m *merge) orphan(row any) bool {
	comment, ok := row.(*Comment)
	return ok && m.Keys.Get(m.target, comment.KeyID) == nil
}

// back tells whether a row of the source lost its key in the target, which the
// merge has put there again: it comes back with it.
func (m *merge) back(row any) bool {
	comment, ok := row.(*Comment)
	return ok && m.inserted[comment.KeyID]
}
