package state

import (
	"slices"
	"time"
)

// Platforms in the order in which the API writes them.
var Platforms = []string{"ios", "android", "web", "other"}

// PerPlatform is a text for each platform: the name of a key, or the file that
// it comes from.
type PerPlatform struct {
	IOS, Android, Web, Other string
}

// SamePerPlatform is the same text for every platform.
func SamePerPlatform(text string) PerPlatform { return PerPlatform{text, text, text, text} }

// Of returns the text of a platform.
func (p PerPlatform) Of(platform string) string {
	if at := p.at(platform); at != nil {
		return *at
	}
	return ""
}

// Set changes the text of a platform, if that is one.
func (p *PerPlatform) Set(platform, text string) {
	if at := p.at(platform); at != nil {
		*at = text
	}
}

func (p *PerPlatform) at(platform string) *string {
	switch platform {
	case "ios":
		return &p.IOS
	case "android":
		return &p.Android
	case "web":
		return &p.Web
	case "other":
		return &p.Other
	}
	return nil
}

// unique lists the different texts that are not empty.
func (p PerPlatform) unique() []string {
	if p.IOS != "" && p == SamePerPlatform(p.IOS) { // nearly always
		return []string{p.IOS}
	}
	all := []string{p.IOS, p.Android, p.Web, p.Other}
	slices.Sort(all)
	return slices.DeleteFunc(slices.Compact(all), func(s string) bool { return s == "" })
}

// Key is a key without its translations, comments and screenshots.
type Key struct {
	Content              string
	ID                   int64
	CreatedAt            time.Time
	CreatedBy            int64 // user
	Names                PerPlatform
	Filenames            PerPlatform
	Description          string
	Platforms            []string
	Tags                 []string
	IsPlural             bool
	PluralName           string
	IsHidden             bool
	IsArchived           bool
	Context              string
	CharLimit            int64
	CustomAttributes     string // JSON text, or empty
	ModifiedAt           time.Time
	TranslationsModified time.Time
	Translations         []TranslationRef // one for each language, in the order of the languages
}

// Name is the key's name for a person: the one of its first platform.
func (k *Key) Name() string {
	for _, platform := range k.Platforms {
		if name := k.Names.Of(platform); name != "" {
			return name
		}
	}
	for _, name := range k.Names.unique() {
		return name
	}
	return ""
}

// TranslationRef is the place of a translation.
type TranslationRef struct {
	LanguageID, ID int64
}

// TranslationID is the id of the key's translation into a language, or 0.
func (k *Key) TranslationID(languageID int64) int64 {
	for _, ref := range k.Translations {
		if ref.LanguageID == languageID {
			return ref.ID
		}
	}
	return 0
}

// TranslationOf returns the key's translation into a language, or nil.
func (tx *Tx) TranslationOf(k *Key, languageID int64) *Translation {
	return tx.Translations.Get(k.Content, k.TranslationID(languageID))
}

// AddKey puts a new key in, with an empty translation for every language, and
// returns it as it is in the table. The caller has filled in what is the key's
// own; the id and the times are set here.
func (tx *Tx) AddKey(k Key) *Key {
	k.ID, k.CreatedAt = tx.NextID("keys"), tx.Now()
	k.ModifiedAt, k.TranslationsModified = k.CreatedAt, k.CreatedAt
	k.Translations = make([]TranslationRef, 0, tx.Languages.Len(k.Content))
	id := tx.NextIDs("translations", tx.Languages.Len(k.Content))
	for l := range tx.Languages.All(k.Content) {
		tx.Translations.Put(tx, emptyTranslation(&k, l, id))
		k.Translations = append(k.Translations, TranslationRef{l.ID, id})
		id++
	}
	tx.Keys.Put(tx, &k)
	return &k
}

// DeleteKey deletes a key with its translations, comments and its places on
// screenshots. It tells whether the key was there.
func (tx *Tx) DeleteKey(content string, id int64) bool {
	return tx.DeleteKeys(content, []int64{id}) == 1
}

// DeleteKeys is DeleteKey for many keys, which costs little more than for one.
// It returns how many were there.
func (tx *Tx) DeleteKeys(content string, ids []int64) int {
	var translations, comments []int64
	for _, id := range ids {
		k := tx.Keys.Get(content, id)
		if k == nil {
			continue
		}
		for _, ref := range k.Translations {
			translations = append(translations, ref.ID)
		}
		for _, comment := range tx.CommentsOf(k) {
			comments = append(comments, comment.ID)
		}
		tx.takeOffScreenshots(k)
		for _, follow := range tx.world.universe.keyDeleted {
			follow(tx, k)
		}
	}
	tx.Translations.DeleteMany(tx, content, translations)
	tx.Comments.DeleteMany(tx, content, comments)
	return tx.Keys.DeleteMany(tx, content, ids)
}

// OnKeyDeleted adds what else has to go when a key does. It is called before
// the universe is used.
func (u *Universe) OnKeyDeleted(follow func(tx *Tx, k *Key)) {
	u.keyDeleted = append(u.keyDeleted, follow)
}

// AddLanguage puts a language into content, with an empty translation for
// every key.
func (tx *Tx) AddLanguage(l *Language) {
	tx.Languages.Put(tx, l)
	id := tx.NextIDs("translations", tx.Keys.Len(l.Content))
	for _, old := range tx.Keys.Rows(l.Content) {
		k := *old
		k.Translations = append(slices.Clone(old.Translations), TranslationRef{l.ID, id})
		tx.Translations.Put(tx, emptyTranslation(&k, l, id))
		tx.Keys.Put(tx, &k)
		id++
	}
}

// DeleteLanguage deletes a language with its translations. It tells whether
// the language was there.
func (tx *Tx) DeleteLanguage(content string, id int64) bool {
	if tx.Languages.Get(content, id) == nil {
		return false
	}
	var translations []int64
	for _, old := range tx.Keys.Rows(content) {
		k := *old
		translations = append(translations, k.TranslationID(id))
		k.Translations = slices.DeleteFunc(slices.Clone(old.Translations), func(r TranslationRef) bool { return r.LanguageID == id })
		tx.Keys.Put(tx, &k)
	}
	tx.Translations.DeleteMany(tx, content, translations)
	return tx.Languages.Delete(tx, content, id)
}
