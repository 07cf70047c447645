package web_test

import (
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/sandbox/internal/web"
)

func getStatic(method, path string) *httptest.ResponseRecorder {
	rec := httptest.NewRecorder()
	web.Static().ServeHTTP(rec, httptest.NewRequest(method, path, nil))
	return rec
}

func TestStaticFilesMayBeKeptForEver(t *testing.T) {
	t.Parallel()
	_, body := render(t, pages["home"])
	for suffix, contentType := range map[string]string{"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"} {
		path := regexp.MustCompile(`/_sandbox/static/[^"]+\.` + suffix).FindString(body)
		rec := getStatic(http.MethodGet, path)
		if rec.Code != http.StatusOK || rec.Header().Get("Content-Type") != contentType {
			t.Errorf("%s: %d %s", path, rec.Code, rec.Header().Get("Content-Type"))
		}
		if cache := rec.Header().Get("Cache-Control"); !strings.Contains(cache, "immutable") {
			t.Errorf("%s: Cache-Control %q", path, cache)
		}
		if rec.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s may be sniffed", path)
		}
		if head := getStatic(http.MethodHead, path); head.Body.Len() != 0 || head.Header().Get("Content-Length") != strconv.Itoa(rec.Body.Len()) {
			t.Errorf("HEAD %s: %d bytes, length %s", path, head.Body.Len(), head.Header().Get("Content-Length"))
		}
	}
}

func TestStaticServesNothingElse(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"", "css/1-tokens.css", "../web.go", "sandbox-0000000000000000.css", "templates/home.html", "a/icon.svg"} {
		if rec := getStatic(http.MethodGet, web.StaticPath+path); rec.Code != http.StatusNotFound {
			t.Errorf("%q: status %d, want 404", path, rec.Code)
		}
	}
	rec := getStatic(http.MethodPost, web.StaticPath+"icon.svg")
	if rec.Code != http.StatusMethodNotAllowed || rec.Header().Get("Allow") != "GET, HEAD" {
		t.Errorf("POST: status %d, Allow %q", rec.Code, rec.Header().Get("Allow"))
	}
}

// The pairs of tokens that the style sheet puts on each other, with the least
// contrast WCAG 2.2 asks for: 4.5 for text (1.4.3), 3 for borders of controls
// and focus rings (1.4.11).
var contrastPairs = []struct {
	front, back string
	least       float64
}{
	{"ink", "bg", 4.5},
	{"ink", "surface", 4.5},
	{"ink", "surface-2", 4.5},
	{"ink", "code-bg", 4.5},
	{"ink", "accent-soft", 4.5},
	{"ink", "warn-soft", 4.5},
	{"ink-2", "bg", 4.5},
	{"ink-2", "surface", 4.5},
	{"ink-2", "surface-2", 4.5},
	{"ink-2", "code-bg", 4.5},
	{"ink-2", "accent-soft", 4.5},
	{"accent", "bg", 4.5},
	{"accent", "surface", 4.5},
	{"accent", "accent-soft", 4.5},
	{"accent-hover", "surface", 4.5},
	{"accent-ink", "accent", 4.5},
	{"accent-ink", "accent-hover", 4.5},
	{"note-ink", "note-bg", 4.5},
	{"warn", "warn-soft", 4.5},
	{"warn", "surface", 4.5},
	{"bad", "bad-soft", 4.5},
	{"bad", "surface", 4.5},
	{"good", "good-soft", 4.5},
	{"good", "surface", 4.5},
	{"info", "info-soft", 4.5},
	{"tone-0-ink", "tone-0-bg", 4.5},
	{"tone-1-ink", "tone-1-bg", 4.5},
	{"tone-2-ink", "tone-2-bg", 4.5},
	{"tone-3-ink", "tone-3-bg", 4.5},
	{"tone-4-ink", "tone-4-bg", 4.5},
	{"line-control", "surface", 3},
	{"line-control", "bg", 3},
	{"line-control", "code-bg", 3},
	{"focus", "surface", 3},
	{"focus", "bg", 3},
}

func TestColorsHaveEnoughContrastInBothSchemes(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("static/css/1-tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	lightPart, darkPart, found := strings.Cut(string(raw), "@media (prefers-color-scheme: dark)")
	if !found {
		t.Fatal("no dark scheme")
	}
	light := colors(lightPart)
	dark := colors(darkPart)
	for name, value := range light { // what the dark scheme leaves alone
		if _, has := dark[name]; !has {
			dark[name] = value
		}
	}
	for scheme, tokens := range map[string]map[string][3]float64{"light": light, "dark": dark} {
		for _, p := range contrastPairs {
			front, ok1 := tokens[p.front]
			back, ok2 := tokens[p.back]
			if got := contrast(front, back); !ok1 || !ok2 || got < p.least {
				t.Errorf("%s: --%s on --%s has contrast %.2f, want %.1f", scheme, p.front, p.back, got, p.least)
			}
		}
	}
}

func colors(css string) map[string][3]float64 {
	out := map[string][3]float64{}
	for _, m := range regexp.MustCompile(`--([a-z0-9-]+): #([0-9a-f]{3,6});`).FindAllStringSubmatch(css, -1) {
		hex := m[2]
		if len(hex) == 3 {
			hex = fmt.Sprintf("%c%c%c%c%c%c", hex[0], hex[0], hex[1], hex[1], hex[2], hex[2])
		}
		var c [3]float64
		for i := range c {
			n, err := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
			if err != nil {
				return nil
			}
			c[i] = float64(n) / 255
		}
		out[m[1]] = c
	}
	return out
}

// contrast is the ratio of https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio.
func contrast(a, b [3]float64) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(c [3]float64) float64 {
	for i, v := range c {
		if v <= 0.04045 {
			c[i] = v / 12.92
		} else {
			c[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2]
}
