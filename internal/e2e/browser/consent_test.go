package browser_test

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/golokalise/lokalise/oauth"
)

const (
	consentHeading = "Sandbox app wants access to your account"
	appHeading     = "Back in the app"
)

const (
	allowButton = chromedp.CSS(`button[value="allow"]`)
	denyButton  = chromedp.CSS(`button[value="deny"]`)
)

// TestAllow: the user presses Allow, lands in the app, and the app reads the
// user's projects.
func TestAllow(t *testing.T) {
	t.Parallel()
	a, b := startApp(t), open(t)
	if status := b.visit(a.authURL()); status != http.StatusOK {
		t.Fatalf("the consent page has status %d", status)
	}
	if h := b.heading(); h != consentHeading {
		t.Errorf("the heading is %q", h)
	}
	for _, words := range []string{"Mara Lind", "mara.lind@example.com", "read_projects", "write_projects", "127.0.0.1", "not the real Lokalise"} {
		if !strings.Contains(b.text(), words) {
			t.Errorf("the page does not say %q:\n%s", words, b.text())
		}
	}
	b.follow(appHeading, chromedp.Click(allowButton))
	token := a.connect()
	if names := a.projects(token); !slices.Equal(names, []string{"Help center", "Mobile app", "Website"}) {
		t.Errorf("the token opens %q", names)
	}
	b.noTrouble()
}

// TestDeny: the app learns that the user said no, and gets nothing else.
func TestDeny(t *testing.T) {
	t.Parallel()
	a, b := startApp(t), open(t)
	b.visit(a.authURL())
	b.follow(appHeading, chromedp.Click(denyButton))
	back := a.callback()
	if _, err := oauth.ParseCallback(back, a.state); !errors.Is(err, oauth.ErrDenied) {
		t.Errorf("the callback says %v", err)
	}
	if back.Query().Has("code") {
		t.Error("there is a code in a denial")
	}
	b.noTrouble()
}

// TestSwitchUser: the user picks another account, and the token is that
// user's.
func TestSwitchUser(t *testing.T) {
	t.Parallel()
	a, b := startApp(t), open(t)
	b.visit(a.authURL())
	b.do(
		chromedp.Click(chromedp.CSS("button.switch")),
		chromedp.WaitVisible("//label[contains(., 'tomas.rey@example.com')]"),
		chromedp.Click("//label[contains(., 'tomas.rey@example.com')]"),
	)
	b.follow(appHeading, chromedp.Click(allowButton))
	names := a.projects(a.connect())
	if !slices.Contains(names, "Back office") {
		t.Errorf("the token opens %q, and not what only the second user sees", names)
	}
	if user := a.user(); user != "tomas.rey@example.com" {
		t.Errorf("the token is %s's", user)
	}
	b.noTrouble()
}

// TestConsentIsAnsweredOnce: back in the history, the page is of no use.
func TestConsentIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	a, b := startApp(t), open(t)
	b.visit(a.authURL())
	id := ask(b, chromedp.Value(chromedp.CSS(`input[name="request"]`)))
	b.follow(appHeading, chromedp.Click(denyButton))
	a.callback()
	b.visit(a.authURL())
	b.do(chromedp.SetValue(chromedp.CSS(`input[name="request"]`), id))
	b.follow("This request has expired", chromedp.Click(allowButton))
	a.notCalled()
}
