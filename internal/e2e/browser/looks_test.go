package browser_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/golokalise/lokalise/internal/e2e/need"
)

// TestLooks takes pictures of every page in light and dark, wide and narrow,
// and checks each for accessibility and for scrolling sideways.
func TestLooks(t *testing.T) {
	t.Parallel()
	need.NPM(t)
	dir := screenshots(t)
	tab := open(t) // one after another in one tab: each new profile costs a second
	for _, l := range slices.Concat(looks, watchLooks) {
		t.Run(l.name, func(t *testing.T) {
			a, b := startApp(t), tab.on(t)
			b.wear("light", 1280, false)
			l.visit(a, b)
			b.addAxe()
			for _, scheme := range []string{"light", "dark"} {
				for _, width := range []int64{1280, 360} {
					b.wear(scheme, width, !l.part)
					name := fmt.Sprintf("%s-%s-%d", l.name, scheme, width)
					b.photograph(filepath.Join(dir, name+".png"))
					if !l.bare || scheme == "light" {
						b.checkAccess(name)
					}
					if b.width() > width {
						t.Errorf("%s: the page is %d pixels wide", name, b.width())
					}
				}
			}
			b.noTrouble()
		})
	}
}

// screenshots is the folder that the pictures go to.
func screenshots(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("LOKALISE_SCREENSHOTS")
	if dir == "" {
		dir = filepath.Join("..", "screenshots")
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// wear gives the tab a color scheme and a width; narrow means a phone. Nothing
// moves, so that a picture or a check never meets a page halfway. A window that
// is as tall as the page shows what sticks to its edge where it belongs.
func (b *tab) wear(scheme string, width int64, tall bool) {
	b.Helper()
	b.do(window(width, 740), chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{
				{Name: "prefers-color-scheme", Value: scheme},
				{Name: "prefers-reduced-motion", Value: "reduce"},
			},
		})
		return err
	}))
	if tall {
		b.do(window(width, eval[int64](b, `document.scrollingElement.scrollHeight`)))
	}
}

func window(width, height int64) chromedp.Action[chromedp.Void] {
	if width > 600 {
		return chromedp.EmulateViewport(width, height)
	}
	return chromedp.EmulateViewport(width, height, chromedp.EmulateMobile, chromedp.EmulateTouch, chromedp.EmulateScale(2))
}

// width is that of the page. Where it is more than the window's, a person has
// to scroll sideways.
func (b *tab) width() int64 {
	b.Helper()
	return eval[int64](b, `document.scrollingElement.scrollWidth`)
}

func (b *tab) photograph(file string) {
	b.Helper()
	if err := os.WriteFile(file, ask(b, chromedp.CaptureScreenshot()), 0o644); err != nil {
		b.Fatal(err)
	}
}

// TestWidePageIsFound is the control.
func TestWidePageIsFound(t *testing.T) {
	t.Parallel()
	b := open(t)
	b.do(chromedp.Navigate(`data:text/html,<!doctype html><meta name="viewport" content="width=device-width"><p style="width:400px">x`))
	for _, tall := range []bool{false, true} {
		b.wear("light", 360, tall)
		if b.width() < 400 {
			t.Errorf("the page is %d pixels wide", b.width())
		}
	}
}
