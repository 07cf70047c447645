package api

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// export is everything that goes into a bundle. It is collected while nobody
// changes the world, and written when others may: rows never change.
type export struct {
	exportRequest
	project   *state.Project
	branch    string
	platform  string
	base      *state.Language
	languages []*state.Language
	keys      []exportedKey
	now       int64 // Unix time, for the archive
}

// exportedKey is a key with the texts that go out, by the language's place in
// the export; nil is none.
type exportedKey struct {
	key      *state.Key
	file     string
	base     string
	texts    []*state.Translation
	resolved []string // texts with their references resolved
	comments []string
}

// collect gathers what a request asks for, as a user may see it.
func (e exportRequest) collect(tx *state.Tx, p *state.Project, branch string, userID int64) (*export, error) {
	x := &export{exportRequest: e, project: p, branch: branch, platform: platformOf(e.Format), now: tx.Now().Unix()}
	content := state.BranchContent(p.ID, branch)
	for _, iso := range e.FilterLangs {
		if languageByISO(tx, content, iso) == nil {
			return nil, invalidParameter("filter_langs")
		}
	}
	for l := range tx.Languages.All(content) {
		if len(e.FilterLangs) == 0 || slices.Contains(e.FilterLangs, l.ISO) {
			x.languages = append(x.languages, l)
		}
	}
	x.base = tx.Languages.Get(content, p.BaseID)
	x.add(tx, p, content)
	for _, id := range e.IncludePIDs {
		id, otherBranch, _ := strings.Cut(id, ":")
		other := tx.Projects.Get("", id)
		if other == nil || !canReach(tx, other, userID) {
			return nil, invalidParameter("include_pids")
		}
		x.add(tx, other, state.BranchContent(id, otherBranch))
	}
	x.sort()
	if len(x.keys) == 0 {
		return nil, errNothingToExport
	}
	return x, nil
}

// whyNothing says why no key of content is exported, for the journal. Most often
// the keys are of other platforms than the format.
func (e exportRequest) whyNothing(tx *state.Tx, content string) string {
	platform := platformOf(e.Format)
	found := map[string]bool{}
	for k := range tx.Keys.All(content) {
		for _, name := range k.Platforms {
			found[name] = true
		}
	}
	switch {
	case tx.Keys.Len(content) == 0:
		return "The project has no keys."
	case e.AllPlatforms || found[platform]:
		return "The project has keys for this export, but its filters take none of them, or they are archived."
	default:
		return fmt.Sprintf("The format %s takes keys of the platform %s, and the project's keys are of %s. With all_platforms they are exported too.",
			e.Format, platform, strings.Join(slices.Sorted(maps.Keys(found)), ", "))
	}
}

// add gathers the keys of content. Languages of another project are those with
// the same code.
func (x *export) add(tx *state.Tx, p *state.Project, content string) {
	ids := make([]int64, len(x.languages))
	for i, l := range x.languages {
		if own := languageByISO(tx, content, l.ISO); own != nil {
			ids[i] = own.ID
		}
	}
	for k := range tx.Keys.All(content) {
		if !x.takes(k, x.platform) {
			continue
		}
		row := exportedKey{key: k, file: x.fileOf(k), texts: make([]*state.Translation, len(ids))}
		if b := tx.TranslationOf(k, p.BaseID); b != nil {
			row.base = b.Text
		}
		some := false
		for i, id := range ids {
			if t := tx.TranslationOf(k, id); t != nil && x.takesText(t) {
				row.texts[i], some = t, true
			}
		}
		if !some {
			continue
		}
		if x.Write.IncludeComments {
			for _, c := range tx.CommentsOf(k) {
				row.comments = append(row.comments, c.Text)
			}
		}
		if !x.DisableReferences {
			row.resolve(&contentView{tx: tx, content: content, resolve: true})
		}
		x.keys = append(x.keys, row)
	}
}

// fileOf is the file of a key, as far as the format is concerned.
func (x *export) fileOf(k *state.Key) string {
	if name := k.Filenames.Of(x.platform); name != "" || !x.AllPlatforms {
		return name
	}
	for _, platform := range state.Platforms {
		if name := k.Filenames.Of(platform); name != "" {
			return name
		}
	}
	return ""
}

// sort brings the keys into the order asked for: the oldest first by default
// (assumed).
func (x *export) sort() {
	var less func(a, b *state.Key) int
	byID := func(a, b *state.Key) int { return cmp.Compare(a.ID, b.ID) }
	switch x.Sort {
	case "last_added":
		less = func(a, b *state.Key) int { return byID(b, a) }
	case "last_updated":
		less = func(a, b *state.Key) int { return cmp.Or(lastChange(b).Compare(lastChange(a)), byID(b, a)) }
	case "a_z":
		less = func(a, b *state.Key) int { return cmp.Or(strings.Compare(x.name(a), x.name(b)), byID(a, b)) }
	case "z_a":
		less = func(a, b *state.Key) int { return cmp.Or(strings.Compare(x.name(b), x.name(a)), byID(b, a)) }
	default:
		return // as they were gathered
	}
	slices.SortStableFunc(x.keys, func(a, b exportedKey) int { return less(a.key, b.key) })
}

// name is a key's name in the export.
func (x *export) name(k *state.Key) string { return cmp.Or(k.Names.Of(x.platform), k.Name()) }

// lastChange is when a key or one of its translations changed last.
func lastChange(k *state.Key) time.Time {
	if k.TranslationsModified.After(k.ModifiedAt) {
		return k.TranslationsModified
	}
	return k.ModifiedAt
}

// resolve puts the texts in that those of a key refer to.
func (row *exportedKey) resolve(v *contentView) {
	for i, t := range row.texts {
		if t == nil || !strings.Contains(t.Text, referenceStart) {
			continue
		}
		if row.resolved == nil {
			row.resolved = make([]string, len(row.texts))
		}
		row.resolved[i] = v.text(t)
	}
}

// text is what is exported for the i-th language.
func (row *exportedKey) text(i int) string {
	if row.resolved != nil && row.resolved[i] != "" {
		return row.resolved[i]
	}
	return row.texts[i].Text
}
