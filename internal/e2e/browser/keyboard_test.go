package browser_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/golokalise/lokalise/oauth"
)

// focused says what has the focus, in the words that are written on it, whether
// a person sees that, and whether it is covered by something. A radio button
// lies in its label and may leave the outline to it.
const focused = `(() => {
	const e = document.activeElement;
	const label = e.labels?.[0] ?? e;
	const outlined = [e, label].some((x) => {
		const style = getComputedStyle(x);
		return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
	});
	const r = label.getBoundingClientRect();
	const corners = [[r.left + 4, r.top + 4], [r.right - 4, r.bottom - 4]];
	return {
		name: (label.innerText || label.value || "").trim().replace(/\s+/g, " "),
		seen: e.matches(":focus-visible") && outlined,
		covered: !corners.every(([x, y]) => label.contains(document.elementFromPoint(x, y))),
	};
})()`

type focus struct {
	Name    string `json:"name"`
	Seen    bool   `json:"seen"`
	Covered bool   `json:"covered"`
}

// focus is what has the focus. It fails the test when a person does not see it.
func (b *tab) focus() string {
	b.Helper()
	f := eval[focus](b, focused)
	if !f.Seen || f.Covered {
		b.Errorf("%q has the focus, and a person does not see it: %+v", f.Name, f)
	}
	return f.Name
}

// press presses a key.
func (b *tab) press(key string) {
	b.Helper()
	b.do(chromedp.KeyEvent(key))
}

// tabTo presses Tab until something has the focus whose name begins so, and
// returns what had it on the way.
func (b *tab) tabTo(name string) (way []string) {
	b.Helper()
	const enough = 30
	for range enough {
		b.press(kb.Tab)
		way = append(way, b.focus())
		if strings.HasPrefix(way[len(way)-1], name) {
			return way
		}
	}
	b.Fatalf("no way to %q by Tab, only to %q", name, way)
	return nil
}

// TestAllowByKeyboard: the answer can be given with Tab and Enter, and the
// focus goes through the page from top to bottom.
func TestAllowByKeyboard(t *testing.T) {
	t.Parallel()
	a, b := startApp(t), open(t)
	b.visit(a.authURL())
	way := b.tabTo("Allow")
	if want := []string{
		"Skip to content", "github.com (opens in a new tab)", "Switch", "Deny", "Allow",
	}; !slices.Equal(way, want) {
		t.Errorf("the focus went to %q, want %q", way, want)
	}
	b.follow(appHeading, chromedp.KeyEvent(kb.Enter))
	if names := a.projects(a.connect()); len(names) != 3 {
		t.Errorf("the token opens %q", names)
	}
}

func TestDenyByKeyboard(t *testing.T) {
	t.Parallel()
	a, b := startApp(t), open(t)
	b.visit(a.authURL())
	b.tabTo("Deny")
	b.follow(appHeading, chromedp.KeyEvent(" "))
	if back := a.callback().Query(); back.Get("error") != "access_denied" {
		t.Errorf("the callback says %v", back)
	}
}

// TestSwitchUserByKeyboard: Enter opens the list of accounts and the arrow keys
// choose. On a small screen nothing covers what has the focus.
func TestSwitchUserByKeyboard(t *testing.T) {
	t.Parallel()
	a, b := startApp(t), open(t)
	b.wear("light", 360, false)
	b.visit(a.authURL(oauth.ScopeReadProjects))
	b.tabTo("Switch")
	b.press(kb.Enter)
	if has := b.focus(); !strings.Contains(has, "Mara Lind") {
		t.Errorf("the list is open, and %q has the focus", has)
	}
	b.press(kb.ArrowDown)
	b.press(kb.ArrowDown)
	if has := b.focus(); !strings.Contains(has, "Yuki Tanaka") {
		t.Errorf("two arrows down, and %q has the focus", has)
	}
	b.tabTo("Allow")
	b.follow(appHeading, chromedp.KeyEvent(kb.Enter))
	if names := a.projects(a.connect()); !slices.Equal(names, []string{"Website"}) || a.user() != "yuki.tanaka@example.com" {
		t.Errorf("the token of %s opens %q", a.user(), names)
	}
}
