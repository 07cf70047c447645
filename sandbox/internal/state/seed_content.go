package state

import (
	"strings"
	"sync"
	"time"
)

// seededProject is what a project of the seed has in it.
type seededProject struct {
	id       string
	isos     []string // of its languages, the base language first
	created  time.Time
	by       int64 // user
	keys     []seededKey
	comments []seededComment
}

// seededKey is a key with its texts, in the order of the project's languages.
// One that is empty has not been translated. The plural forms of a text are
// parted by bars, in the order of the language.
type seededKey struct {
	name      string
	platforms string // with spaces between
	file      string
	texts     []string

	description string
	tags        []string
	plural      bool
	hidden      bool
	archived    bool
	reviewed    int    // how many of the languages, the base language first
	unverified  string // language code
}

type seededComment struct {
	key  string
	text string
	by   int64
}

// seededRows are the rows of a project of the seed. They are made once, since
// rows never change, and every world has the same.
type seededRows struct {
	keys         []*Key
	translations []*Translation
	comments     []*Comment
}

// seedContent puts the content of a project of the seed in.
func seedContent(tx *Tx, projectID string) {
	rows := allSeededRows()[projectID]
	tx.NextIDs("keys", len(rows.keys))
	tx.NextIDs("translations", len(rows.translations))
	tx.NextIDs("comments", len(rows.comments))
	tx.Keys.Append(tx, projectID, rows.keys)
	tx.Translations.Append(tx, projectID, rows.translations)
	tx.Comments.Append(tx, projectID, rows.comments)
}

var allSeededRows = sync.OnceValue(func() map[string]seededRows {
	ids := seedIDs{firstIDs["keys"], firstIDs["translations"], firstIDs["comments"]}
	rows := map[string]seededRows{}
	for _, p := range seededProjects {
		rows[p.id] = p.rows(&ids)
	}
	return rows
})

// seedIDs are the ids that were taken last.
type seedIDs struct{ key, translation, comment int64 }

func (p *seededProject) rows(ids *seedIDs) seededRows {
	var rows seededRows
	byName := map[string]*Key{}
	for i, s := range p.keys {
		ids.key++
		k := p.key(s, ids.key, p.created.Add(time.Duration(i+1)*26*time.Minute))
		for at, iso := range p.isos {
			ids.translation++
			l, _ := LanguageByISO(iso)
			k.Translations = append(k.Translations, TranslationRef{l.ID, ids.translation})
			rows.translations = append(rows.translations, p.translation(s, k, l, at, ids.translation))
		}
		rows.keys, byName[s.name] = append(rows.keys, k), k
	}
	for _, s := range p.comments {
		ids.comment++
		k := byName[s.key]
		k.ModifiedAt = k.ModifiedAt.Add(24 * time.Hour)
		rows.comments = append(rows.comments, &Comment{
			Content: p.id, ID: ids.comment, KeyID: k.ID, Text: s.text, AddedAt: k.ModifiedAt, AddedBy: s.by,
		})
	}
	return rows
}

func (p *seededProject) key(s seededKey, id int64, at time.Time) *Key {
	k := &Key{
		Content: p.id, ID: id, CreatedAt: at, CreatedBy: p.by, ModifiedAt: at, TranslationsModified: at.Add(time.Hour),
		Names: SamePerPlatform(s.name), Platforms: strings.Fields(s.platforms), Description: s.description, Tags: s.tags,
		IsPlural: s.plural, IsHidden: s.hidden, IsArchived: s.archived,
	}
	for _, platform := range k.Platforms {
		k.Filenames.Set(platform, s.file)
	}
	return k
}

func (p *seededProject) translation(s seededKey, k *Key, l SystemLanguage, at int, id int64) *Translation {
	text := s.texts[at]
	t := &Translation{
		Content: p.id, ID: id, KeyID: k.ID, LanguageID: l.ID, Text: text,
		ModifiedAt: k.TranslationsModified, ModifiedBy: p.by,
		IsReviewed: at < s.reviewed, IsUnverified: text == "" || l.ISO == s.unverified,
	}
	if t.IsReviewed {
		t.ReviewedBy = p.by
	}
	if s.plural {
		forms := map[string]string{}
		for i, form := range strings.Split(text, "|") {
			forms[l.PluralForms[i]] = form
		}
		t.Text = PluralText(l.PluralForms, forms)
	}
	return t
}
