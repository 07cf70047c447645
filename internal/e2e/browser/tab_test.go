package browser_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience is how long the browser may take for one step. It is there so that
// a test which waits for what never comes says so.
const patience = 30 * time.Second

// tab is a tab with a profile of its own: no cookie is shared with others.
type tab struct {
	testing.TB
	ctx     context.Context
	console *console
}

// console collects errors: of scripts, and of the content security policy.
type console struct {
	mu       sync.Mutex
	troubles []string
}

// open opens a tab for the length of the test.
func open(t *testing.T) *tab {
	t.Helper()
	return openIn(t, running(t), chromedp.WithNewBrowserContext())
}

// another opens a second tab in the profile of the first.
func (b *tab) another() *tab {
	b.Helper()
	return openIn(b.TB, b.ctx)
}

func openIn(tb testing.TB, parent context.Context, opts ...chromedp.ContextOption) *tab {
	tb.Helper()
	c := &console{}
	ctx, cancel := chromedp.NewContext(parent, append(opts, chromedp.WithListener(c.listen))...)
	tb.Cleanup(cancel)
	// The first call opens the tab and ties it to its context, so it has no
	// limit of its own.
	if err := chromedp.Do(ctx); err != nil {
		tb.Fatal(err)
	}
	return &tab{tb, ctx, c}
}

// on is the tab as part of a subtest.
func (b *tab) on(t *testing.T) *tab { return &tab{t, b.ctx, b.console} }

// listen collects what goes wrong on the pages. That the page itself has a
// status of 400 is no trouble.
func (c *console) listen(event any) {
	var trouble string
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		trouble = e.ExceptionDetails.Text
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError && e.Entry.Source != log.EntrySourceNetwork {
			trouble = e.Entry.Text
		}
	}
	if trouble != "" {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.troubles = append(c.troubles, trouble)
	}
}

// do runs actions one after another, each within the patience.
func (b *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	for _, action := range actions {
		ask(b, action)
	}
}

// ask runs an action and returns its value.
func ask[T any](b *tab, action chromedp.Action[T]) T {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	value, err := chromedp.Run(ctx, action)
	if err != nil {
		b.Fatalf("%v\non %s", err, b.describe())
	}
	return value
}

// eval runs JavaScript in the page.
func eval[T any](b *tab, expression string) T {
	b.Helper()
	return ask(b, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

// visit opens a URL and returns the status of the page.
func (b *tab) visit(pageURL string) int {
	b.Helper()
	res := ask(b, chromedp.NavigateResponse(pageURL))
	if res == nil {
		b.Fatalf("no response from %s", pageURL)
	}
	return int(res.Status)
}

// heading is the page's heading.
func (b *tab) heading() string {
	b.Helper()
	return strings.TrimSpace(ask(b, chromedp.Text(chromedp.CSS("h1"))))
}

// text is all that the page says.
func (b *tab) text() string {
	b.Helper()
	return ask(b, chromedp.Text(chromedp.CSS("body")))
}

// follow runs actions that end in another page, such as a click, and checks the
// heading of that page. It returns the page's status.
func (b *tab) follow(heading string, actions ...chromedp.Action[chromedp.Void]) int {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	res, err := chromedp.RunResponse(ctx, actions...)
	if err != nil {
		b.Fatalf("no page with the heading %q: %v\n%s", heading, err, b.describe())
	}
	if h := b.heading(); h != heading {
		b.Fatalf("the heading is %q, want %q\n%s", h, heading, b.describe())
	}
	return int(res.Status)
}

// describe says where the browser is, for a test that fails.
func (b *tab) describe() string {
	ctx, cancel := context.WithTimeout(b.ctx, time.Second)
	defer cancel()
	where, err := chromedp.Run(ctx, chromedp.Evaluate[string](`location.href + "\n" + document.body?.innerText`))
	if err != nil {
		return "a page that does not answer"
	}
	return where
}

// take returns the errors since it was called last.
func (c *console) take() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	troubles := c.troubles
	c.troubles = nil
	return troubles
}

// noTrouble fails the test for every error on the console.
func (b *tab) noTrouble() {
	b.Helper()
	for _, trouble := range b.console.take() {
		b.Errorf("on the console: %s", trouble)
	}
}
