package browser_test

import (
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/golokalise/lokalise/internal/e2e/need"
)

// violation is a rule of axe-core that a page breaks.
type violation struct {
	ID     string `json:"id"`
	Impact string `json:"impact"`
	Help   string `json:"help"`
	Nodes  []struct {
		HTML    string `json:"html"`
		Summary string `json:"failureSummary"`
	} `json:"nodes"`
}

// addAxe puts axe-core into the page.
func (b *tab) addAxe() {
	b.Helper()
	axe, err := os.ReadFile(need.NPM(b.TB).Axe())
	if err != nil {
		b.Fatal(err)
	}
	eval[chromedp.Void](b, string(axe))
}

// checkAccess runs axe-core's rules, those for good practice included.
func (b *tab) checkAccess(name string) {
	b.Helper()
	for _, v := range eval[[]violation](b, `axe.run(document, {resultTypes: ["violations"]}).then((r) => r.violations)`) {
		for _, n := range v.Nodes {
			b.Errorf("%s: %s, %s: %s\n%s\n%s", name, v.ID, v.Impact, v.Help, n.HTML, n.Summary)
		}
	}
}

// TestAxeFindsWhatIsWrong is the control: a page with defects has violations.
func TestAxeFindsWhatIsWrong(t *testing.T) {
	t.Parallel()
	b := open(t)
	b.do(chromedp.Navigate("data:text/html," + url.PathEscape(`<!doctype html><h1>x</h1><p style="color:#ddd;background:#fff">faint</p><img src="data:,">`)))
	b.addAxe()
	found := eval[[]string](b, `axe.run(document).then((r) => r.violations.map((v) => v.id))`)
	for _, id := range []string{"color-contrast", "image-alt", "html-has-lang"} {
		if !strings.Contains(strings.Join(found, " "), id) {
			t.Errorf("axe-core found %q and not %s", found, id)
		}
	}
}
