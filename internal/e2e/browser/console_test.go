package browser_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/golokalise/lokalise/internal/e2e/need"
	"github.com/golokalise/lokalise/oauth"
)

// mobileApp is a project of every new world. It has branching on.
const mobileApp = "3150927465e5a1d12ac0b7.40718253"

// project is the address of a page of that project.
func (a *app) project(tail string) string {
	return a.box.URL() + "/ui/projects/" + mobileApp + strings.TrimSuffix(tail, "/")
}

// submit presses the button that begins so.
func submit(words string) chromedp.Action[chromedp.Void] {
	return chromedp.Click(fmt.Sprintf("//main//button[starts-with(normalize-space(), %q)]", words))
}

// fill types into a field, in place of what is there, unless there is nothing to
// type.
func (b *tab) fill(id, text string) {
	b.Helper()
	if text != "" {
		b.do(chromedp.SetValue(chromedp.CSS("#"+id), text))
	}
}

// check presses a check box.
func (b *tab) check(name, value string) {
	b.Helper()
	b.do(chromedp.Click(chromedp.CSS(fmt.Sprintf(`input[name=%q][value=%q]`, name, value))))
}

func (b *tab) newProject(name, languages string) {
	b.Helper()
	b.do(chromedp.Click(chromedp.CSS("details.panel > summary")), chromedp.WaitVisible(chromedp.CSS("#name")))
	b.fill("name", name)
	b.fill("languages", languages)
}

func (b *tab) addKey(name, text string, plural bool) {
	b.Helper()
	b.do(chromedp.Click(chromedp.CSS("details.panel > summary")), chromedp.WaitVisible(chromedp.CSS("#name")))
	b.fill("name", name)
	b.fill("text", text)
	if plural {
		b.check("plural", "1")
	}
}

// shows fails the test unless the page shows the words.
func (b *tab) shows(words ...string) {
	b.Helper()
	text := b.text()
	for _, w := range words {
		if !strings.Contains(text, w) {
			b.Errorf("the page does not say %q:\n%s", w, text)
		}
	}
}

// grants makes two grants and uses one.
func (a *app) grants(b *tab) {
	a.Helper()
	for range 2 {
		b.visit(a.authURL())
		b.follow(appHeading, chromedp.Click(allowButton))
		token := a.connect()
		a.projects(token)
	}
}

// TestProjectsWithAndWithoutScript uses every control of the pages of projects,
// as a person does, with JavaScript and without.
func TestProjectsWithAndWithoutScript(t *testing.T) {
	t.Parallel()
	for name, script := range map[string]bool{"with": true, "without": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, b := startApp(t), open(t)
			b.script(script)
			b.useProjects(a)
			b.useKeys()
			b.useLanguages(a)
			b.noTrouble()
			if entries := a.box.Journal(); len(entries) != 0 {
				t.Errorf("the journal has %d entries of a person's doing", len(entries))
			}
		})
	}
}

// useProjects makes a project, is refused first, and finds it again.
func (b *tab) useProjects(a *app) {
	b.Helper()
	b.visit(a.box.URL() + "/ui/projects")
	b.newProject("Shoe shop", "fr, klingon")
	if status := b.follow("Projects", submit("Make the project")); status != http.StatusUnprocessableEntity {
		b.Errorf("status %d", status)
	}
	b.shows(`"klingon" is no code`)
	if name := ask(b, chromedp.Value(chromedp.CSS("#name"))); name != "Shoe shop" {
		b.Errorf("the name is %q now", name)
	}
	b.fill("languages", "fr, ar")
	b.follow("Keys of Shoe shop", submit("Make the project"))
	b.shows("The project was made.")
	b.follow("Projects", chromedp.Click(chromedp.CSS(".crumb a")))
	b.fill("search", "shoe")
	b.follow("Projects", submit("Search"))
	if strings.Contains(b.text(), "Mobile app") {
		b.Error("the search finds too much")
	}
	b.follow("Keys of Shoe shop", chromedp.Click(chromedp.CSS(".list .cell-main a")))
}

// useKeys adds a key, translates it, finds it and deletes it.
func (b *tab) useKeys() {
	b.Helper()
	b.addKey("cart.files", "%d files", true)
	b.follow("cart.files", submit("Add the key"))
	b.shows("The key was added.")
	b.fill("text-714-many", "ملفات")
	b.check("unverified-714", "1")
	b.check("hidden", "1")
	b.fill("tags", "cart, new")
	b.follow("cart.files", submit("Save"))
	b.shows("The key was saved.")
	if text := ask(b, chromedp.Value(chromedp.CSS("#text-714-many"))); text != "ملفات" {
		b.Errorf("the text is %q", text)
	}
	b.follow("cart.files", submit("Save"))
	b.shows("Nothing was different")
	b.check("reviewed-714", "1")
	b.follow("cart.files", submit("Save"))
	b.follow("Keys of Shoe shop", chromedp.Click("//nav[@aria-label='Project']//a[.='Keys']"))
	b.fill("search", "ملفات")
	b.follow("Keys of Shoe shop", submit("Search"))
	b.shows("cart.files", "hidden", "new")
	b.follow("cart.files", chromedp.Click(chromedp.CSS(".list .cell-main a")))
	b.follow("Delete the key “cart.files”?", chromedp.Click(chromedp.CSS("a.button-danger")))
	b.follow("cart.files", chromedp.Click("//a[.='Keep it']"))
	b.follow("Delete the key “cart.files”?", chromedp.Click(chromedp.CSS("a.button-danger")))
	b.follow("Keys of Shoe shop", submit("Delete the key"))
	b.shows("The key was deleted.", "No keys yet.")
}

// useLanguages adds a language and removes one, renames the project and deletes
// it.
func (b *tab) useLanguages(a *app) {
	b.Helper()
	b.follow("Languages", chromedp.Click("//nav[@aria-label='Project']//a[.='Languages']"))
	b.fill("language", "pl")
	b.follow("Languages", submit("Add"))
	b.shows("The language was added.", "Polish")
	b.follow("Remove “Arabic” from the project?", chromedp.Click("//tr[contains(., 'Arabic')]//a"))
	b.follow("Languages", submit("Remove the language"))
	b.shows("The language was removed.")
	b.follow("Files, tasks and snapshots", chromedp.Click("//nav[@aria-label='Project']//a[starts-with(., 'Files')]"))
	b.follow("Settings", chromedp.Click("//nav[@aria-label='Project']//a[.='Settings']"))
	b.fill("name", "Boot shop")
	b.follow("Settings", submit("Save"))
	b.shows("The project was changed.", "Boot shop")
	b.follow("Delete the project “Boot shop”?", chromedp.Click("//a[starts-with(., 'Delete the project')]"))
	b.follow("Projects", submit("Delete the project"))
	b.shows("The project was deleted.")
	if names := a.projectNames(); slices.Contains(names, "Boot shop") {
		b.Errorf("there are %q", names)
	}
}

// projectNames lists the projects of the default world by the names on the page
// that needs no credential.
func (a *app) projectNames() []string {
	a.Helper()
	b := open(a.T)
	b.visit(a.box.URL() + "/ui/projects")
	return eval[[]string](b, `[...document.querySelectorAll(".list .cell-main a")].map((e) => e.textContent)`)
}

// TestBranchAndWorldAreChosen: both are remembered from page to page.
func TestBranchAndWorldAreChosen(t *testing.T) {
	t.Parallel()
	a, b := startApp(t), open(t)
	if _, err := a.box.AddWorld("second"); err != nil {
		t.Fatal(err)
	}
	b.visit(a.box.URL() + "/ui/projects")
	b.fill("world", "second")
	b.follow("Projects", chromedp.Click(chromedp.CSS(".world button")))
	b.newProject("Only here", "")
	b.follow("Keys of Only here", submit("Make the project"))
	b.follow("Projects", chromedp.Click("//nav[@aria-label='Sandbox']//a[.='Projects']"))
	b.shows("Only here")
	b.fill("world", "default")
	b.follow("Projects", chromedp.Click(chromedp.CSS(".world button")))
	if strings.Contains(b.text(), "Only here") {
		t.Error("the project is in the default world too")
	}
	b.visit(a.project("/languages"))
	b.follow("Languages", chromedp.Click(chromedp.CSS(".branch button")))
	b.noTrouble()
}

// TestTokensWithAndWithoutScript presses every button of the page of tokens.
// TestHeaderStaysLowWithTwoWorlds holds the selector and the notice to the lines
// that are there without them: one on a wide window, three on a phone.
func TestHeaderStaysLowWithTwoWorlds(t *testing.T) {
	t.Parallel()
	need.NPM(t)
	a, b := startApp(t), open(t)
	if _, err := a.box.AddWorld("another-team-with-a-long-name"); err != nil {
		t.Fatal(err)
	}
	for width, most := range map[int64]int{1280: 70, 360: 140} {
		b.wear("light", width, false)
		b.visit(a.box.URL() + "/ui/tokens?world=another-team-with-a-long-name")
		if h := eval[int](b, `document.querySelector(".topbar").offsetHeight`); h > most {
			t.Errorf("at %d pixels the header is %d high, more than %d", width, h, most)
		}
		if b.width() > width {
			t.Errorf("at %d pixels the page is %d wide", width, b.width())
		}
		b.addAxe()
		b.checkAccess("two worlds")
	}
}

func TestTokensWithAndWithoutScript(t *testing.T) {
	t.Parallel()
	for name, script := range map[string]bool{"with": true, "without": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, b := startApp(t), open(t)
			a.grants(b)
			b.script(script)
			b.visit(a.box.URL() + "/ui/tokens")
			b.shows("mara.lind@example.com")
			if script == strings.Contains(b.text(), "59 minutes") {
				t.Errorf("with script %t the page says:\n%s", script, b.text())
			}
			for _, step := range []struct{ button, notice string }{
				{"Expire token", "Expired: whoever uses it"}, // of the latest
				{"Expire all", "Expired: whoever uses it"},
				{"Expire refresh token", "The refresh token has expired."},
				{"Revoke", "The grant was revoked"},
			} {
				b.follow("Tokens", submit(step.button))
				b.shows(step.notice)
			}
			b.usePolicy(a)
			b.noTrouble()
		})
	}
}

func (b *tab) usePolicy(a *app) {
	b.Helper()
	b.fill("rotation", "rotate")
	b.fill("grace", "5s")
	b.fill("access_life", "soon")
	b.check("expires_in_as_text", "1")
	b.follow("Tokens", submit("Save"))
	b.shows("is no length of time")
	b.fill("access_life", "90s")
	b.follow("Tokens", submit("Save"))
	b.shows("Tokens are issued so from now on.")
	if p := a.box.OAuth().Policy(); p.Rotation != "rotate" || p.AccessLife.Seconds() != 90 || !p.ExpiresInAsText {
		b.Errorf("the policy is %+v", p)
	}
	b.follow("Tokens", submit("Back to what was recorded"))
	if p := a.box.OAuth().Policy(); p.Rotation != "none" {
		b.Errorf("the policy is %+v", p)
	}
}

// TestScopesPageGivesTheLetter: the button copies what support is sent.
func TestScopesPageGivesTheLetter(t *testing.T) {
	t.Parallel()
	a, b := startApp(t), open(t)
	a.grants(b)
	b.visit(a.box.URL() + "/ui/scopes")
	b.shows("read_projects", "Held and unused", "write_projects")
	b.do(chromedp.Click(chromedp.CSS(`button[data-copy="letter"]`)), chromedp.WaitVisible(`//button[@data-copy="letter" and starts-with(normalize-space(), "Copied")]`))
	if letter := b.clipboard(); !strings.HasPrefix(letter, "Subject: ") || !strings.Contains(letter, "- read_projects: ") {
		t.Errorf("%q was copied", letter)
	}
	b.noTrouble()
}

// TestKeyIsSavedByKeyboard: the form can be reached, filled in and sent without
// a mouse.
func TestKeyIsSavedByKeyboard(t *testing.T) {
	t.Parallel()
	a, b := startApp(t), open(t)
	b.visit(a.project("/"))
	b.tabTo("New key")
	b.press(kb.Enter)
	b.press(kb.Tab)
	b.do(chromedp.KeyEvent("typed.key"))
	b.follow("typed.key", chromedp.KeyEvent(kb.Enter))
	b.shows("The key was added.")
}

// TestCrossSiteFormOfTheConsoleIsRefused: another site's page sends a form of
// the console. The browser has the sandbox open.
func TestCrossSiteFormOfTheConsoleIsRefused(t *testing.T) {
	t.Parallel()
	evil, a, b := startAttacker(t), startApp(t), open(t)
	b.visit(a.box.URL() + "/ui/projects")
	second := b.another()
	for name, origin := range evil.under() {
		t.Run(name, func(t *testing.T) {
			second := second.on(t)
			second.visit(page(origin, "form", "target", a.project("/delete")))
			if status := second.follow("This request came from another site", chromedp.Click(chromedp.CSS("button"))); status != http.StatusForbidden {
				t.Errorf("status %d", status)
			}
		})
	}
	b.visit(a.authURL(oauth.ScopeReadProjects))
	b.follow(appHeading, chromedp.Click(allowButton))
	if names := a.projects(a.connect()); !slices.Contains(names, "Mobile app") {
		t.Errorf("there are %q", names)
	}
}
