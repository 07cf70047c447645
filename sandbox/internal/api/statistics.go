package api

import (
	"slices"
	"strings"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// contentStatistics are the numbers of a project that take a look at every
// key. They are computed once for each state of the content.
type contentStatistics struct {
	progress  int
	keys      int
	baseWords int
	issues    qaIssues
	languages []languageStatistics // by code
}

// statisticsOf computes the statistics of content, or finds them computed.
func statisticsOf(tx *state.Tx, p *state.Project, content string) *contentStatistics {
	return state.Memo(tx, "statistics/"+content, contentVersion(tx, content), func() *contentStatistics {
		s := newTally(tx, p, content)
		for k := range tx.Keys.All(content) {
			s.add(tx, k)
		}
		return s.result()
	})
}

// contentVersion changes whenever keys, translations or languages do. The
// versions are mixed rather than compared, since a table that has become empty
// goes back to version 0.
func contentVersion(tx *state.Tx, content string) uint64 {
	const prime = 1099511628211 // of the hash FNV-1a
	v := tx.Keys.Version(content)
	v = v*prime ^ tx.Translations.Version(content)
	return v*prime ^ tx.Languages.Version(content)
}

// tally counts through keys.
type tally struct {
	baseID    int64
	keys      int
	baseWords int
	issues    qaIssues
	languages []languageTally // in the order of the languages
	at        map[int64]int
}

type languageTally struct {
	language   *state.Language
	translated int // keys
	wordsToDo  int
}

func newTally(tx *state.Tx, p *state.Project, content string) *tally {
	t := &tally{baseID: p.BaseID, at: map[int64]int{}}
	for l := range tx.Languages.All(content) {
		t.at[l.ID] = len(t.languages)
		t.languages = append(t.languages, languageTally{language: l})
	}
	return t
}

func (t *tally) add(tx *state.Tx, k *state.Key) {
	t.keys++
	base, words := "", 0
	if b := tx.TranslationOf(k, t.baseID); b != nil {
		base, words = b.Text, state.Words(b.Text)
	}
	t.baseWords += words
	for _, ref := range k.Translations {
		i, known := t.at[ref.LanguageID]
		row := tx.Translations.Get(k.Content, ref.ID)
		if !known || row == nil {
			continue
		}
		t.count(&t.languages[i], row, base, words)
	}
}

// count adds one translation. That translations without a text count as not
// reviewed is recorded: 60 keys in three languages, one of them empty, had 180
// of them.
func (t *tally) count(l *languageTally, row *state.Translation, base string, words int) {
	isBase := row.LanguageID == t.baseID
	if !row.IsReviewed {
		t.issues.NotReviewed++
	}
	if row.IsUnverified {
		t.issues.Unverified++
	}
	if row.IsEmpty() {
		if !isBase {
			l.wordsToDo += words
		}
		return
	}
	l.translated++
	t.issues.checkText(row.Text, base, isBase)
}

func (t *tally) result() *contentStatistics {
	s := &contentStatistics{keys: t.keys, baseWords: t.baseWords, issues: t.issues, languages: make([]languageStatistics, 0, len(t.languages))}
	sum := 0.0
	for i := range t.languages {
		l := &t.languages[i]
		share := t.share(l)
		sum += share
		s.languages = append(s.languages, languageStatistics{
			LanguageID: l.language.ID, LanguageISO: l.language.ISO, Progress: int(share), WordsToDo: l.wordsToDo,
		})
	}
	if len(t.languages) > 0 {
		s.progress = int(sum / float64(len(t.languages)))
	}
	slices.SortFunc(s.languages, func(a, b languageStatistics) int { return strings.Compare(a.LanguageISO, b.LanguageISO) })
	return s
}

// share is how much of a language is done, in percent: of the base language in
// keys, of others in words of the base language. That fits every recording, in
// which 1 word of 293 left is 99, and a base language without words left is 96.
func (t *tally) share(l *languageTally) float64 {
	const percent = 100
	switch {
	case t.keys == 0:
		return 0
	case l.language.ID == t.baseID || t.baseWords == 0:
		return percent * float64(l.translated) / float64(t.keys)
	}
	return percent * float64(t.baseWords-l.wordsToDo) / float64(t.baseWords)
}
