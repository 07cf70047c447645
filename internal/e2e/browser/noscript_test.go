package browser_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/golokalise/lokalise/oauth"
)

// script turns JavaScript on or off in a tab. The test's own still runs, as long
// as it waits for no promise.
func (b *tab) script(on bool) {
	b.Helper()
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
		return err
	}))
}

// visible tells whether any element that a selector finds is shown.
func (b *tab) visible(selector string) bool {
	b.Helper()
	return eval[bool](b, `[...document.querySelectorAll(`+"`"+selector+"`"+`)].some((e) => e.checkVisibility())`)
}

// TestSwitchUserAndAllowWithoutScript: all accounts are listed at once.
func TestSwitchUserAndAllowWithoutScript(t *testing.T) {
	t.Parallel()
	a, b := startApp(t), open(t)
	b.script(false)
	b.visit(a.authURL())
	if b.visible("button.switch") {
		t.Error("JavaScript is on")
	}
	b.do(chromedp.Click("//label[contains(., 'tomas.rey@example.com')]"))
	b.follow(appHeading, chromedp.Click(allowButton))
	if names := a.projects(a.connect()); !slices.Contains(names, "Back office") {
		t.Errorf("the token opens %q", names)
	}
}

func TestDenyWithoutScript(t *testing.T) {
	t.Parallel()
	a, b := startApp(t), open(t)
	b.script(false)
	b.visit(a.authURL())
	b.follow(appHeading, chromedp.Click(denyButton))
	if _, err := oauth.ParseCallback(a.callback(), a.state); !errors.Is(err, oauth.ErrDenied) {
		t.Errorf("the callback says %v", err)
	}
}

// TestCodePageWithoutScript: the code is there to be selected, and no button
// that would do nothing.
func TestCodePageWithoutScript(t *testing.T) {
	t.Parallel()
	a, b := startApp(t), open(t)
	b.script(false)
	b.visit(a.authURLWith("redirect_uri", ""))
	b.follow("Access allowed", chromedp.Click(allowButton))
	if b.visible("button.copy") {
		t.Error("a copy button is shown and can do nothing")
	}
	a.exchange(ask(b, chromedp.Value(chromedp.CSS("#code"))))
}
