package api

import "github.com/golokalise/lokalise/sandbox/internal/state"

// Progress is how far content of a project has come, as the API's statistics
// count it.
type Progress struct {
	Percent   int
	Languages map[int64]LanguageProgress // by language id
}

// LanguageProgress is the part of it in one language.
type LanguageProgress struct {
	Percent   int
	WordsToDo int // of the base language
}

// ProgressCost is how many translations ProgressOf looks at when the content
// has changed since the last time.
func ProgressCost(tx *state.Tx, content string) int {
	return tx.Keys.Len(content) * max(1, tx.Languages.Len(content))
}

// ProgressOf counts how far content of a project has come.
func ProgressOf(tx *state.Tx, p *state.Project, content string) Progress {
	s := statisticsOf(tx, p, content)
	progress := Progress{Percent: s.progress, Languages: make(map[int64]LanguageProgress, len(s.languages))}
	for _, l := range s.languages {
		progress.Languages[l.LanguageID] = LanguageProgress{Percent: l.Progress, WordsToDo: l.WordsToDo}
	}
	return progress
}
