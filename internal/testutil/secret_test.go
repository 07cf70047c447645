package testutil_test

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/internal/testutil"
)

// planted has a character for every escape: slash, plus, space, quote, ampersand,
// angle bracket and one beyond ASCII.
const planted = `pl/an+t ed"&<é>s3cret`

func TestFindSecretFindsEveryFormOfAPlantedSecret(t *testing.T) {
	t.Parallel()
	quoted, err := json.Marshal(map[string]string{"token": planted})
	if err != nil {
		t.Fatal(err)
	}
	twice, err := json.Marshal(string(quoted))
	if err != nil {
		t.Fatal(err)
	}
	basic := &http.Request{Header: http.Header{}}
	basic.SetBasicAuth("client", planted)
	for name, text := range map[string]string{
		"raw":          "token=" + planted + ".",
		"query":        url.Values{"code": {planted}}.Encode(),
		"small query":  strings.ToLower(url.QueryEscape(planted)),
		"path":         "/x/" + url.PathEscape(planted),
		"JSON":         string(quoted),
		"JSON twice":   string(twice),
		"PHP JSON":     strings.ReplaceAll(`"pl/an+t ed\"&<é>s3cret"`, "/", `\/`),
		"%q":           fmt.Sprintf("%q", planted),
		"%+q":          fmt.Sprintf("%+q", planted),
		"%x":           fmt.Sprintf("%x", planted),
		"%X":           fmt.Sprintf("%X", planted),
		"%v of bytes":  fmt.Sprintf("%v", []byte(planted)),
		"hex dump":     hex.EncodeToString([]byte("front" + planted + "back")),
		"HTML":         "<p>" + html.EscapeString(planted) + "</p>",
		"Basic header": fmt.Sprint(basic.Header),
	} {
		if testutil.FindSecret(text, planted) == nil {
			t.Errorf("%s: nothing found in %q", name, text)
		}
	}
}

func TestFindSecretFindsBase64AtEveryOffset(t *testing.T) {
	t.Parallel()
	for front := range 6 {
		for back := range 6 {
			plain := strings.Repeat("x", front) + planted + strings.Repeat("y", back)
			for _, enc := range []*base64.Encoding{base64.StdEncoding, base64.URLEncoding, base64.RawStdEncoding, base64.RawURLEncoding} {
				if testutil.FindSecret(enc.EncodeToString([]byte(plain)), planted) == nil {
					t.Errorf("%d bytes in front, %d behind: nothing found", front, back)
				}
			}
		}
	}
}

func TestFindSecretNamesTheForm(t *testing.T) {
	t.Parallel()
	const secret = "0123456789abcdef"
	got := testutil.FindSecret(base64.StdEncoding.EncodeToString([]byte("a"+secret)), secret)
	if !slices.Contains(got, "base64 at offset 1") {
		t.Errorf("forms = %q", got)
	}
}

func TestFindSecretFindsNothingInCleanText(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "oauth: token endpoint answered 400 invalid_request", planted[:len(planted)-1]} {
		if got := testutil.FindSecret(text, planted); got != nil {
			t.Errorf("FindSecret(%q) = %q", text, got)
		}
	}
}

func TestFindSecretRefusesASecretTooShortToSearchFor(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	testutil.FindSecret("text", "short")
}

// recorder is a testing.TB that remembers what failed.
type recorder struct{ failures []string }

func (*recorder) Helper() {}
func (r *recorder) Errorf(format string, args ...any) {
	r.failures = append(r.failures, fmt.Sprintf(format, args...))
}

func TestAssertNoSecretFailsForALeakOnly(t *testing.T) {
	t.Parallel()
	var rec recorder
	testutil.AssertNoSecret(&rec, "log", "a clean line", planted)
	if len(rec.failures) != 0 {
		t.Errorf("clean text failed: %q", rec.failures)
	}
	testutil.AssertNoSecret(&rec, "log", "a line with "+planted, "another secret", planted)
	if len(rec.failures) != 1 || !strings.Contains(rec.failures[0], "log: secret 1 leaks (raw") {
		t.Errorf("failures = %q", rec.failures)
	}
}
