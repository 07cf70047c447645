package seed

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Names that a member can have, in the order in which errors list them.
var (
	roles     = []string{"owner", "admin", "member", "biller"}
	types     = []string{"localization_files", "paged_documents"}
	platforms = []string{"ios", "android", "web", "other"}
	forms     = []string{"zero", "one", "two", "few", "many", "other"}
)

var (
	emailForm    = regexp.MustCompile(`^[^@\s]+@[^@\s]+$`)
	languageForm = regexp.MustCompile(`^[A-Za-z]{2,3}([_-][A-Za-z0-9]{2,8})*$`)
	projectForm  = regexp.MustCompile(`^[0-9a-f]{20,22}\.[0-9]{8}$`)
	branchForm   = regexp.MustCompile(`^[A-Za-z0-9._/-]{1,100}$`)
)

// Check tells what cannot be used, as an [*Error]. That people, teams and
// languages exist is only known when the seed is put in.
func (s *Seed) Check() error {
	c := &checker{}
	if s.Version != Version {
		c.fail("/version", "version %d of the format is not known; this program reads version %d", s.Version, Version)
	}
	seen := map[string]bool{}
	for i, u := range s.Users {
		at := at("/users", i)
		c.match(at+"/email", u.Email, emailForm, "an e-mail address")
		c.text(at+"/name", u.Name)
		c.once(at+"/email", seen, u.Email)
	}
	seen = map[string]bool{}
	for i, t := range s.Teams {
		at := at("/teams", i)
		c.text(at+"/name", t.Name)
		c.once(at+"/name", seen, t.Name)
		c.members(at, t.Members)
	}
	seen = map[string]bool{}
	for i := range s.Projects {
		c.project(at("/projects", i), &s.Projects[i], seen)
	}
	return c.err()
}

func at(path string, i int) string { return path + "/" + strconv.Itoa(i) }

// member is the pointer to a member of an object (RFC 6901, section 3).
func member(path, name string) string {
	return path + "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
}

// checker keeps the first problem.
type checker struct{ first *Error }

func (c *checker) err() error {
	if c.first == nil {
		return nil
	}
	return c.first
}

func (c *checker) fail(path, format string, args ...any) {
	if c.first == nil {
		c.first = &Error{path, fmt.Sprintf(format, args...)}
	}
}

func (c *checker) text(path, text string) {
	if text == "" {
		c.fail(path, "it is missing or empty")
	}
}

func (c *checker) match(path, text string, form *regexp.Regexp, what string) {
	if !form.MatchString(text) {
		c.fail(path, "%.80q is not %s", text, what)
	}
}

func (c *checker) oneOf(path, text string, names []string) {
	if !slices.Contains(names, text) {
		c.fail(path, "%.80q is none of %s", text, strings.Join(names, ", "))
	}
}

func (c *checker) between(path string, n, low, high int64) {
	if n < low || n > high {
		c.fail(path, "%d is not between %d and %d", n, low, high)
	}
}

// once refuses what was seen before. Case does not matter.
func (c *checker) once(path string, seen map[string]bool, text string) {
	folded := strings.ToLower(text)
	if seen[folded] {
		c.fail(path, "%.80q is there twice", text)
	}
	seen[folded] = true
}

func (c *checker) members(path string, members []Member) {
	seen := map[string]bool{}
	for i, m := range members {
		at := at(path+"/members", i)
		c.match(at+"/user", m.User, emailForm, "an e-mail address")
		c.once(at+"/user", seen, m.User)
		c.oneOf(at+"/role", m.Role, roles)
	}
}

func (c *checker) project(path string, p *Project, ids map[string]bool) {
	c.text(path+"/name", p.Name)
	if p.ID != "" {
		c.match(path+"/id", p.ID, projectForm, "the id of a project, such as 3150927465e5a1d12ac0b7.40718253")
		c.once(path+"/id", ids, p.ID)
	}
	if p.Type != "" {
		c.oneOf(path+"/type", p.Type, types)
	}
	if p.CreatedBy != "" {
		c.match(path+"/created_by", p.CreatedBy, emailForm, "an e-mail address")
	}
	if len(p.Languages) == 0 {
		c.fail(path+"/languages", "it needs the base language at least")
	}
	c.languages(path+"/languages", p.Languages)
	c.contributors(path, p.Contributors)
	for i := range p.Keys {
		c.key(at(path+"/keys", i), &p.Keys[i])
	}
	seen := map[string]bool{"master": true}
	for i, name := range p.Branches {
		at := at(path+"/branches", i)
		c.match(at, name, branchForm, "the name of a branch: letters, digits and ._/- only")
		c.once(at, seen, name)
	}
	if p.Generate != nil {
		c.generate(path+"/generate", p.Generate)
	}
}

func (c *checker) languages(path string, isos []string) {
	seen := map[string]bool{}
	for i, iso := range isos {
		c.match(at(path, i), iso, languageForm, "the code of a language, such as pt_BR")
		c.once(at(path, i), seen, strings.ReplaceAll(iso, "-", "_"))
	}
}

func (c *checker) contributors(path string, contributors []Contributor) {
	seen := map[string]bool{}
	for i, person := range contributors {
		at := at(path+"/contributors", i)
		c.match(at+"/user", person.User, emailForm, "an e-mail address")
		c.once(at+"/user", seen, person.User)
		for j, l := range person.Languages {
			c.match(at+"/languages/"+strconv.Itoa(j)+"/language", l.Language, languageForm, "the code of a language, such as pt_BR")
		}
	}
}

func (c *checker) key(path string, k *Key) {
	c.text(path+"/name", k.Name)
	for _, platform := range slices.Sorted(maps.Keys(k.Names)) {
		c.oneOf(member(path+"/names", platform), platform, platforms)
		c.text(member(path+"/names", platform), k.Names[platform])
	}
	for i, platform := range k.Platforms {
		c.oneOf(at(path+"/platforms", i), platform, platforms)
	}
	for i, tag := range k.Tags {
		c.text(at(path+"/tags", i), tag)
	}
	c.between(path+"/char_limit", k.CharLimit, 0, 1_000_000)
	for _, iso := range slices.Sorted(maps.Keys(k.Translations)) {
		at := member(path+"/translations", iso)
		c.match(at, iso, languageForm, "the code of a language, such as pt_BR")
		c.translation(at, k, k.Translations[iso])
	}
	for i, comment := range k.Comments {
		at := at(path+"/comments", i)
		c.text(at+"/text", comment.Text)
		if comment.User != "" {
			c.match(at+"/user", comment.User, emailForm, "an e-mail address")
		}
	}
}

func (c *checker) translation(path string, k *Key, t Translation) {
	for _, form := range slices.Sorted(maps.Keys(t.Plural)) {
		c.oneOf(member(path+"/plural", form), form, forms)
	}
	if t.Plural != nil && t.Text != "" {
		c.fail(path, "it has both text and plural")
	}
	if t.Plural != nil && !k.Plural {
		c.fail(path, `the key has no "plural": true`)
	}
}

func (c *checker) generate(path string, g *Generate) {
	const percent = 100
	c.between(path+"/keys", int64(g.Keys), 1, MaxKeys)
	c.languages(path+"/languages", g.Languages)
	c.between(path+"/words", int64(g.Words), 0, 1000)
	c.between(path+"/untranslated", int64(g.Untranslated), 0, percent)
	c.between(path+"/plurals", int64(g.Plurals), 0, percent)
	for i, tag := range g.Tags {
		c.text(at(path+"/tags", i), tag)
	}
}
