package seeding

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"strconv"

	"github.com/golokalise/lokalise/sandbox/internal/state"
	"github.com/golokalise/lokalise/sandbox/seed"
)

// atOnce is how many keys are made before they are put in.
const atOnce = 10_000

// generator makes keys up, one after the other.
type generator struct {
	seed.Generate
	random  *rand.Rand
	by      int64
	base    int64          // language
	filled  map[int64]bool // languages that get texts; empty: all
	words   []byte         // of the text under way
	tags    [][]string     // one list for each tag, shared by its keys
	numbers int            // digits in a name
}

// generate makes the keys of a project up. They are handed over in portions, so
// that there is never more than what stays in the world.
func (p *seeder) generate(path string, project *state.Project, in *seed.Generate) error {
	if in == nil {
		return nil
	}
	g := &generator{
		Generate: *in, by: project.CreatedBy, base: project.BaseID, filled: map[int64]bool{},
		random:  rand.New(rand.NewPCG(uint64(in.Seed), 0)), //nolint:gosec // texts of tests, and the same for the same seed
		numbers: len(strconv.Itoa(in.Keys)),
	}
	g.Prefix, g.Words = cmp.Or(in.Prefix, "generated.key"), cmp.Or(in.Words, 8)
	for _, tag := range in.Tags {
		g.tags = append(g.tags, []string{tag})
	}
	for i, iso := range in.Languages {
		id, err := p.language(path+"/languages/"+strconv.Itoa(i), project, iso)
		if err != nil {
			return err
		}
		g.filled[id] = true
	}
	p.ExpectKeys(project.ID, in.Keys)
	for from := 0; from < in.Keys; from += atOnce {
		rows := g.keys(from, min(atOnce, in.Keys-from))
		p.AppendKeys(project.ID, rows, When, g.fill)
	}
	return nil
}

var webOnly = []string{"web"} // shared: rows never change

func (g *generator) keys(from, n int) []*state.Key {
	rows := make([]*state.Key, n)
	for i := range rows {
		number := from + i
		rows[i] = &state.Key{
			CreatedBy: g.by, Platforms: webOnly, IsPlural: g.chance(g.Plurals),
			Names: state.SamePerPlatform(fmt.Sprintf("%s.%0*d", g.Prefix, g.numbers, number+1)),
		}
		if len(g.tags) > 0 {
			rows[i].Tags = g.tags[number%len(g.tags)]
		}
	}
	return rows
}

func (g *generator) chance(percent int) bool { return percent > 0 && g.random.IntN(100) < percent }

func (g *generator) fill(t *state.Translation, k *state.Key, l *state.Language) {
	switch {
	case len(g.filled) > 0 && !g.filled[l.ID], l.ID != g.base && g.chance(g.Untranslated):
		return
	case k.IsPlural:
		forms := make(map[string]string, len(l.PluralForms))
		for _, form := range l.PluralForms {
			forms[form] = g.text(l)
		}
		t.Text = state.PluralText(l.PluralForms, forms)
	default:
		t.Text = g.text(l)
	}
	t.ModifiedBy, t.IsUnverified = g.by, false
}

// vocabulary is what texts are made of.
var vocabulary = [...]string{
	"account", "add", "address", "all", "amount", "back", "basket", "cancel", "change", "city", "close", "code", "confirm", "continue",
	"country", "date", "delete", "delivery", "details", "done", "edit", "email", "empty", "error", "file", "filter", "find", "first",
	"folder", "help", "history", "home", "invite", "language", "last", "list", "member", "menu", "message", "name", "new", "next", "note",
	"number", "open", "order", "page", "password", "pay", "phone", "print", "profile", "project", "remove", "reset", "save", "search",
	"send", "settings", "share", "team", "total", "update", "your",
}

// text is some words. In another language than the base language it begins with
// the language's code, so that one sees which it is.
func (g *generator) text(l *state.Language) string {
	g.words = g.words[:0]
	if l.ID != g.base {
		g.words = append(append(append(g.words, '['), l.ISO...), ']', ' ')
	}
	for i := range 1 + g.random.IntN(g.Words) {
		word := vocabulary[g.random.IntN(len(vocabulary))]
		if i > 0 {
			g.words = append(g.words, ' ')
		}
		g.words = append(g.words, word...)
	}
	return string(g.words)
}
