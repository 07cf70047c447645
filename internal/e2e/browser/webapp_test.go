package browser_test

import (
	"bufio"
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/golokalise/lokalise/internal/e2e/need"
)

// webapp is the demonstration app, as a process of its own.
type webapp struct{ url string }

// webappDir is where it was built; TestMain removes it.
var webappDir string

// builtWebapp builds it once. It is in another module of the workspace.
var builtWebapp = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "webapp-")
	if err != nil {
		return "", err
	}
	webappDir = dir
	file := filepath.Join(dir, "webapp")
	cmd := exec.Command("go", "build", "-o", file, "./webapp")
	cmd.Dir = filepath.Join("..", "..", "..", "cmd")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the web app: %w: %.1000s", err, out)
	}
	return file, nil
})

// startWebapp runs the app until the test ends. It must then end well.
func startWebapp(t *testing.T, args ...string) *webapp {
	t.Helper()
	file, err := builtWebapp()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(context.WithoutCancel(t.Context()), file, append([]string{"--addr", "127.0.0.1:0"}, args...)...)
	cmd.Env = append(os.Environ(), "TMPDIR="+t.TempDir())
	cmd.Stderr = t.Output()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt) // if it has ended, Wait says so
		guard := time.AfterFunc(patience, func() { _ = cmd.Process.Kill() })
		defer guard.Stop()
		if err := cmd.Wait(); err != nil {
			t.Errorf("the web app ended with %v", err)
		}
	})
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if address, ok := strings.CutPrefix(lines.Text(), "The web app runs at "); ok {
			return &webapp{address}
		}
	}
	t.Fatal("the web app did not say where it is")
	return nil
}

const workspaceHeading = "Harbor Coffee"

// signInto signs a tab in to the first workspace.
func (w *webapp) signInto(b *tab) {
	b.Helper()
	b.visit(w.url)
	b.follow(workspaceHeading, chromedp.Click("//button[contains(., 'Ada Brook')]"))
}

// connect goes from the dashboard through the consent page and back to it.
func (w *webapp) connect(b *tab) {
	b.Helper()
	b.follow(consentHeading, pressed("connect"))
	b.follow("Your Lokalise account is connected", chromedp.Click(allowButton))
	b.follow(workspaceHeading, chromedp.Click("//a[contains(., 'Go to the dashboard')]"))
	b.says("Healthy", "Website")
}

// says waits until the page has all of the words.
func (b *tab) says(words ...string) {
	b.Helper()
	for deadline := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		missing := ""
		for text, i := b.text(), 0; i < len(words) && missing == ""; i++ {
			if !strings.Contains(text, words[i]) {
				missing = words[i]
			}
		}
		switch {
		case missing == "":
			return
		case time.Now().After(deadline):
			b.Fatalf("the page does not say %q\n%s", missing, b.describe())
		}
	}
}

// pressed presses a button of the dashboard. A pointer that aims at it could miss:
// the page puts another one in its place when something happens.
func pressed(id string) chromedp.Action[chromedp.Void] {
	return chromedp.Evaluate[chromedp.Void](`document.getElementById("` + id + `").click()`)
}

// click presses a button that does not lead to another page.
func (b *tab) click(id string) {
	b.Helper()
	b.do(pressed(id))
}

// walk connects, kills the token, watches it heal, kills the grant and connects
// again. A press says what is done to a button.
func (w *webapp) walk(b *tab, press func(id string)) {
	b.Helper()
	w.signInto(b)
	b.says("Not connected")
	w.connect(b)
	b.says("number 1", "Help center", "Mobile app")

	press("expire")
	b.says("The access token has expired at the sandbox.")
	press("load")
	b.says("GET /projects: 401 Unauthorized", "A new access token is stored: number 2", "Healthy")

	press("revoke")
	b.says("The grant was revoked at the sandbox.")
	press("load")
	b.says("Connect again", "Lokalise refused the refresh token")
	w.connect(b)
	b.says("Connected again: the grant was replaced.", "number 1")
}

// TestWebappHeals: the way through the app with its script. Nothing but
// connecting loads another page.
func TestWebappHeals(t *testing.T) {
	t.Parallel()
	w, b := startWebapp(t), open(t)
	w.walk(b, b.click)
	b.says("Live")
	eval[chromedp.Void](b, `window.same = true`)

	// The token endpoint fails twice.
	b.click("fail")
	b.says("2 to go.")
	b.click("expire")
	b.says("The access token has expired at the sandbox. This app has not noticed: load the projects.\n\nExpire")
	b.click("load")
	b.says("Degraded. The token endpoint gave no usable answer.", "1 to go.")
	for i := 0; i < 100 && !strings.Contains(b.text(), "Healthy again."); i++ {
		b.click("load")
		time.Sleep(200 * time.Millisecond)
	}
	b.says("Healthy again.")
	if !eval[bool](b, `window.same === true`) {
		t.Error("the page was loaded anew")
	}
	// Another window sees what this one does.
	other := b.another()
	other.visit(w.url)
	other.says("Live")
	b.click("expire")
	other.says("The access token has expired at the sandbox.")
	b.noTrouble()
	other.noTrouble()
}

// TestWebappWithoutScript: the same way, with forms and redirects alone.
func TestWebappWithoutScript(t *testing.T) {
	t.Parallel()
	w, b := startWebapp(t), open(t)
	b.script(false)
	w.walk(b, func(id string) {
		b.Helper()
		b.follow(workspaceHeading, pressed(id))
	})
	if b.visible("#live") {
		t.Error("the page says that it is live, and cannot be")
	}
	b.follow(consentHeading, pressed("connect"))
	b.follow("Your Lokalise account was not connected", chromedp.Click(denyButton))
}

// TestWebappByKeyboard: Tab gets to everything, Enter does it, and what had the
// focus has it again when the page has changed around it.
func TestWebappByKeyboard(t *testing.T) {
	t.Parallel()
	w, b := startWebapp(t), open(t)
	b.visit(w.url)
	b.tabTo("AB") // the picture's initials come first
	b.follow(workspaceHeading, chromedp.KeyEvent("\r"))
	b.tabTo("Connect your Lokalise account")
	b.follow(consentHeading, chromedp.KeyEvent("\r"))
	b.tabTo("Allow")
	b.follow("Your Lokalise account is connected", chromedp.KeyEvent("\r"))
	b.tabTo("Go to the dashboard")
	b.follow(workspaceHeading, chromedp.KeyEvent("\r"))
	b.says("Live")
	b.tabTo("Expire the access token")
	b.press("\r")
	b.says("The access token has expired at the sandbox.")
	if has := b.focus(); has != "Expire the access token" {
		t.Errorf("%q has the focus", has)
	}
	b.noTrouble()
}

// TestWebappOnPostgreSQL: one flag more, and the way is the same.
func TestWebappOnPostgreSQL(t *testing.T) {
	t.Parallel()
	address, user := need.PostgreSQL(t)
	b := open(t)
	base := url.URL{Scheme: "postgres", User: url.User(user), Host: address, Path: "/postgres", RawQuery: "sslmode=disable"}
	schema := emptySchema(t, base)
	base.RawQuery += "&search_path=" + schema
	w := startWebapp(t, "--database", base.String())
	w.walk(b, b.click)
	b.says("Grants are kept in PostgreSQL")
	b.noTrouble()
}

// TestWebappLooks takes pictures of the pages in light and dark, wide and
// narrow, and checks each for accessibility and for scrolling sideways.
func TestWebappLooks(t *testing.T) {
	t.Parallel()
	need.NPM(t)
	dir := screenshots(t)
	w, b := startWebapp(t), open(t)
	look := func(name string) {
		t.Helper()
		b.addAxe()
		for _, scheme := range []string{"light", "dark"} {
			for _, width := range []int64{1280, 360} {
				b.wear(scheme, width, true)
				picture := fmt.Sprintf("webapp-%s-%s-%d", name, scheme, width)
				b.photograph(filepath.Join(dir, picture+".png"))
				b.checkAccess(picture)
				if b.width() > width {
					t.Errorf("%s: the page is %d pixels wide", picture, b.width())
				}
			}
		}
		b.wear("light", 1280, false)
	}
	b.wear("light", 1280, false)
	b.visit(w.url)
	look("signin")
	b.follow(workspaceHeading, chromedp.Click("//button[contains(., 'Ada Brook')]"))
	look("empty")
	b.follow(consentHeading, pressed("connect"))
	b.follow("Your Lokalise account was not connected", chromedp.Click(denyButton))
	look("denied")
	b.follow(consentHeading, chromedp.Click("//button[contains(., 'Try again')]"))
	b.follow("Your Lokalise account is connected", chromedp.Click(allowButton))
	look("connected")
	b.follow(workspaceHeading, chromedp.Click("//a[contains(., 'Go to the dashboard')]"))
	b.click("expire")
	b.says("has expired at the sandbox")
	b.click("load")
	b.says("number 2")
	look("healthy")
	b.click("revoke")
	b.says("was revoked at the sandbox")
	b.click("load")
	b.says("Connect again")
	look("revoked")
	b.visit(w.url + "/nowhere")
	look("nowhere")
	b.noTrouble()
}
