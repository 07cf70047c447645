package sandbox_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// The model of a walk is what a person would expect of the API, as simply as it
// can be said: nested maps, copied as a whole.

type modelProject struct {
	id           string
	name         string
	contents     map[string]*modelContent // by the name of the branch; master is always there
	common       map[string]*modelContent // what a branch and master had in common at last
	branches     map[string]int64         // without master
	snapshots    map[int64]modelSnapshot
	webhooks     map[string]string // URL by id
	tasks        map[int64]string  // title
	contributors map[int64]string  // address
}

type modelSnapshot struct {
	title   string
	content *modelContent
}

// modelContent is what a branch or a snapshot has of its own.
type modelContent struct {
	languages map[string]int64
	keys      map[int64]*modelKey
	files     map[string]bool
}

type modelKey struct {
	name, description string
	texts             map[string]string // by language; a missing one is empty
	comments          map[int64]string
}

func newModelContent() *modelContent {
	return &modelContent{languages: map[string]int64{}, keys: map[int64]*modelKey{}, files: map[string]bool{}}
}

func (k *modelKey) clone() *modelKey {
	return &modelKey{k.name, k.description, maps.Clone(k.texts), maps.Clone(k.comments)}
}

func (c *modelContent) clone() *modelContent {
	copied := &modelContent{maps.Clone(c.languages), map[int64]*modelKey{}, maps.Clone(c.files)}
	for id, k := range c.keys {
		copied.keys[id] = k.clone()
	}
	return copied
}

// same compares keys as a merge does: without comments, and in the languages of
// the source, since that it has lost one is no change of its keys.
func (k *modelKey) same(other *modelKey, languages map[string]int64) bool {
	for iso := range languages {
		if k.texts[iso] != other.texts[iso] {
			return false
		}
	}
	return k.name == other.name && k.description == other.description
}

// describe is everything in the content as text, always in the same order.
func (c *modelContent) describe() string {
	var lines []string
	for id, k := range c.keys {
		lines = append(lines, k.describe(id, c.languages))
	}
	slices.Sort(lines)
	return fmt.Sprintf("languages %q\nfiles %q\n%s", slices.Sorted(maps.Keys(c.languages)), slices.Sorted(maps.Keys(c.files)), strings.Join(lines, "\n"))
}

func (k *modelKey) describe(id int64, languages map[string]int64) string {
	texts := map[string]string{}
	for iso := range languages {
		texts[iso] = k.texts[iso]
	}
	// fmt writes maps in the order of their keys.
	return fmt.Sprintf("key %d %q %q texts %q comments %v", id, k.name, k.description, texts, k.comments)
}

func (p *modelProject) describe() string {
	snapshots := map[int64]string{}
	for id, s := range p.snapshots {
		snapshots[id] = s.title
	}
	return fmt.Sprintf("name %q\nbranches %v\nsnapshots %v\nwebhooks %q\ntasks %v\ncontributors %v",
		p.name, p.branches, snapshots, p.webhooks, p.tasks, p.contributors)
}

// merge brings what a branch changed into master; in a conflict the branch
// wins.
func (p *modelProject) merge(branch string) {
	s, t, c := p.contents[branch], p.contents["master"], p.common[branch]
	for iso, id := range s.languages {
		if _, had := c.languages[iso]; !had {
			t.languages[iso] = id
		}
	}
	for id, key := range s.keys {
		mergeKey(s, t, c, id, key)
	}
	for id := range c.keys {
		if s.keys[id] == nil {
			delete(t.keys, id)
		}
	}
	for name := range s.files {
		if !c.files[name] {
			t.files[name] = true
		}
	}
	p.common[branch] = s.clone()
}

func mergeKey(s, t, c *modelContent, id int64, key *modelKey) {
	there, before := t.keys[id], c.keys[id]
	switch {
	case there == nil && (before == nil || !key.same(before, s.languages)):
		insertMerged(s, t, id, key)
		return
	case there == nil:
		return // deleted in master, and not changed here
	}
	if before == nil {
		before = &modelKey{}
	}
	if key.description != before.description {
		there.description = key.description
	}
	for iso := range s.languages {
		if _, known := t.languages[iso]; known && key.texts[iso] != before.texts[iso] {
			there.texts[iso] = key.texts[iso]
		}
	}
	for comment, text := range key.comments {
		if _, had := before.comments[comment]; !had {
			there.comments[comment] = text
		}
	}
}

// insertMerged puts a key into master; one of the same name that is new there
// has to go.
func insertMerged(s, t *modelContent, id int64, key *modelKey) {
	for other, k := range t.keys {
		if k.name == key.name && s.keys[other] == nil {
			delete(t.keys, other)
		}
	}
	inserted := key.clone()
	for iso := range inserted.texts {
		if _, known := t.languages[iso]; !known {
			delete(inserted.texts, iso)
		}
	}
	t.keys[id] = inserted
}
