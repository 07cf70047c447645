package web_test

import (
	"fmt"
	"html"
	"strings"
	"testing"
)

// tag is a start tag of a page, as far as the checks below need it.
type tag struct {
	name    string
	attrs   map[string]string
	parents []tag  // open elements around it, outermost first
	text    string // text up to its end tag, descendants included
}

var voidElements = map[string]bool{"meta": true, "link": true, "input": true, "img": true, "br": true, "hr": true}

// parsePage reads the HTML this package writes: every element closed, every
// attribute quoted or bare. It reports what does not nest, so that a broken
// template shows here and not in a browser.
func parsePage(page string) ([]tag, error) {
	var tags []tag
	var open []int // indexes of tags that are not closed yet
	rest := strings.TrimPrefix(page, "<!doctype html>")
	for {
		text, after, found := strings.Cut(rest, "<")
		for _, i := range open {
			tags[i].text += html.UnescapeString(text)
		}
		if !found {
			break
		}
		raw, next := cutTag(after)
		rest = next
		if name, isEnd := strings.CutPrefix(raw, "/"); isEnd {
			if len(open) == 0 || tags[open[len(open)-1]].name != name {
				return nil, fmt.Errorf("end tag %q closes nothing that is open", name)
			}
			open = open[:len(open)-1]
			continue
		}
		t := parseTag(strings.TrimSuffix(raw, "/"))
		for _, i := range open {
			t.parents = append(t.parents, tags[i])
		}
		tags = append(tags, t)
		if !voidElements[t.name] && !strings.HasSuffix(raw, "/") {
			open = append(open, len(tags)-1)
		}
	}
	if len(open) > 0 {
		return nil, fmt.Errorf("%s is never closed", tags[open[0]].name)
	}
	return tags, nil
}

// cutTag splits after the ">" that ends a tag, which is not one inside quotes.
func cutTag(s string) (raw, rest string) {
	quoted := false
	for i := range len(s) {
		switch {
		case s[i] == '"':
			quoted = !quoted
		case s[i] == '>' && !quoted:
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}

func parseTag(raw string) tag {
	name, rest, _ := strings.Cut(strings.TrimSpace(raw), " ")
	t := tag{name: name, attrs: map[string]string{}}
	for rest = strings.TrimSpace(rest); rest != ""; rest = strings.TrimSpace(rest) {
		end := strings.IndexAny(rest, "= ")
		if end < 0 {
			t.attrs[rest] = ""
			break
		}
		key := rest[:end]
		if rest[end] == ' ' {
			t.attrs[key], rest = "", rest[end:]
			continue
		}
		value, after, _ := strings.Cut(strings.TrimPrefix(rest[end+1:], `"`), `"`)
		t.attrs[key], rest = html.UnescapeString(value), after
	}
	return t
}

func find(tags []tag, name string) (out []tag) {
	for _, t := range tags {
		if t.name == name {
			out = append(out, t)
		}
	}
	return out
}

// checkPage asserts what holds for every page, whatever it is about.
func checkPage(t *testing.T, page string) []tag {
	t.Helper()
	tags, err := parsePage(page)
	if err != nil {
		t.Fatalf("page does not nest: %v", err)
	}
	checkNothingInline(t, tags)
	checkStructure(t, tags)
	checkNames(t, tags)
	return tags
}

func checkNothingInline(t *testing.T, tags []tag) {
	t.Helper()
	for _, g := range tags {
		for name, value := range g.attrs {
			if strings.HasPrefix(strings.ToLower(name), "on") || name == "style" {
				t.Errorf("<%s> has the inline attribute %s", g.name, name)
			}
			if strings.HasPrefix(strings.ToLower(strings.TrimSpace(value)), "javascript:") && (name == "href" || name == "src" || name == "action") {
				t.Errorf("<%s %s> runs script", g.name, name)
			}
		}
		if g.name == "style" || g.name == "script" && (g.attrs["src"] == "" || strings.TrimSpace(g.text) != "") {
			t.Errorf("inline <%s>", g.name)
		}
	}
}

func checkStructure(t *testing.T, tags []tag) {
	t.Helper()
	for _, name := range []string{"html", "title", "main", "h1", "header"} {
		if n := len(find(tags, name)); n != 1 {
			t.Errorf("%d <%s>, want 1", n, name)
		}
	}
	if find(tags, "html")[0].attrs["lang"] != "en" {
		t.Error("the page does not say its language")
	}
	level := 0
	for _, g := range tags {
		if len(g.name) == 2 && g.name[0] == 'h' && '1' <= g.name[1] && g.name[1] <= '6' {
			next := int(g.name[1] - '0')
			if next > level+1 {
				t.Errorf("heading <%s> %q follows level %d", g.name, g.text, level)
			}
			level = next
		}
	}
}

// checkNames asserts that every control has a name a screen reader can say and
// that every reference by ID leads somewhere.
func checkNames(t *testing.T, tags []tag) {
	t.Helper()
	ids, labels := map[string]bool{}, map[string]bool{}
	for _, g := range tags {
		if id := g.attrs["id"]; id != "" {
			if ids[id] {
				t.Errorf("id %q occurs twice", id)
			}
			ids[id] = true
		}
		if g.name == "label" && strings.TrimSpace(g.text) != "" {
			labels[g.attrs["for"]] = true
		}
	}
	for _, g := range tags {
		for _, ref := range []string{"for", "aria-labelledby", "aria-describedby", "data-copy"} {
			for _, id := range strings.Fields(g.attrs[ref]) {
				if !ids[id] {
					t.Errorf("<%s %s=%q> leads nowhere", g.name, ref, id)
				}
			}
		}
		switch g.name {
		case "input", "select", "textarea":
			if g.attrs["type"] != "hidden" && !labels[g.attrs["id"]] && !insideLabel(g) {
				t.Errorf("<%s name=%q id=%q> has no label", g.name, g.attrs["name"], g.attrs["id"])
			}
		case "button", "a":
			if strings.TrimSpace(g.text) == "" {
				t.Errorf("<%s %v> has no text", g.name, g.attrs)
			}
		case "img":
			if _, has := g.attrs["alt"]; !has {
				t.Error("<img> without alt")
			}
		}
	}
}

func insideLabel(g tag) bool {
	for _, p := range g.parents {
		if p.name == "label" {
			return true
		}
	}
	return false
}

func TestPageCheckerSeesDefects(t *testing.T) {
	t.Parallel()
	for name, page := range map[string]string{
		"unclosed":  `<main><p></main>`,
		"stray end": `<main></p></main>`,
		"open":      `<main><p>`,
	} {
		if _, err := parsePage(page); err == nil {
			t.Errorf("%s: %q passed", name, page)
		}
	}
	tags, err := parsePage(`<label for="a">A</label><input id="a" value="x > &lt;y" onclick="f()" disabled>`)
	if err != nil {
		t.Fatal(err)
	}
	input := find(tags, "input")[0]
	if input.attrs["value"] != "x > <y" || input.attrs["onclick"] != "f()" {
		t.Errorf("attributes read as %q", input.attrs)
	}
	if _, has := input.attrs["disabled"]; !has {
		t.Error("bare attribute lost")
	}
}
