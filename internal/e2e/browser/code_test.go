package browser_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"
)

// TestCodePage: without a redirect URI the user gets the code on a page, copies
// it with the button, and it is good.
func TestCodePage(t *testing.T) {
	t.Parallel()
	a, b := startApp(t), open(t)
	b.visit(a.authURLWith("redirect_uri", ""))
	if status := b.follow("Access allowed", chromedp.Click(allowButton)); status != http.StatusOK {
		t.Errorf("status %d", status)
	}
	if text := b.text(); !strings.Contains(text, "Valid for") || !strings.Contains(text, "on the sandbox's clock") {
		t.Errorf("the page does not say how long the code is valid:\n%s", text)
	}
	if state := ask(b, chromedp.Value(chromedp.CSS("#state"))); state != a.state {
		t.Errorf("the page shows the state %q", state)
	}
	b.do(
		chromedp.Click(chromedp.CSS(`button[data-copy="code"]`)),
		chromedp.WaitVisible(`//button[@data-copy="code" and starts-with(normalize-space(), "Copied")]`),
	)
	copied := b.clipboard()
	if shown := ask(b, chromedp.Value(chromedp.CSS("#code"))); copied != shown {
		t.Errorf("%q was copied, %q is shown", copied, shown)
	}
	if said := ask(b, chromedp.TextContent(chromedp.CSS("#announcer"))); said != "Copied" {
		t.Errorf("a screen reader says %q", said)
	}
	a.projects(a.exchange(copied))
	b.noTrouble()
}

// TestDenyWithoutRedirectURI: the page says that nothing was shared.
func TestDenyWithoutRedirectURI(t *testing.T) {
	t.Parallel()
	a, b := startApp(t), open(t)
	b.visit(a.authURLWith("redirect_uri", ""))
	b.follow("Access denied", chromedp.Click(denyButton))
	if b.visible("#code") || !strings.Contains(b.text(), "Nothing was shared") {
		t.Errorf("the page says:\n%s", b.text())
	}
	a.notCalled()
	b.noTrouble()
}

// clipboard is what a paste would give.
func (b *tab) clipboard() string {
	b.Helper()
	b.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		c := chromedp.FromContext(ctx)
		_, err := cdp.Call(ctx, c.Browser, browser.SetPermission, browser.SetPermissionParams{
			Permission: &browser.PermissionDescriptor{Name: "clipboard-read"}, Setting: browser.PermissionSettingGranted,
			BrowserContextID: c.BrowserContextID,
		})
		return err
	}))
	return eval[string](b, `navigator.clipboard.readText()`)
}
