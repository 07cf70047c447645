package sandbox

import (
	"fmt"
	"os/exec"
	"runtime"
	"testing"
)

// TestShellsQuoteTheirOwnWay holds each shell's line against what its manual
// says of single quotes: in sh nothing is special but the quote itself, which
// therefore has to stand outside; in fish a backslash escapes the quote and
// itself; in PowerShell a quote is written twice. Only sh is asked, too, since
// no machine can be expected to have the others.
func TestShellsQuoteTheirOwnWay(t *testing.T) {
	t.Parallel()
	want := map[string]string{
		"sh":         `export X='` + `it'\''s "$HOME", ` + "`id`" + `, \n, \\, $(id), !1, %s; end` + "'\n",
		"fish":       `set -gx X '` + `it\'s "$HOME", ` + "`id`" + `, \\n, \\\\, $(id), !1, %s; end` + "'\n",
		"powershell": `$env:X = '` + `it''s "$HOME", ` + "`id`" + `, \n, \\, $(id), !1, %s; end` + "'\n",
	}
	for _, s := range shells() {
		if got := fmt.Sprintf(s.format, "X", s.quote(nasty)); got != want[s.name] {
			t.Errorf("%s:\ngot  %swant %s", s.name, got, want[s.name])
		}
	}
	if len(shells()) != len(want) {
		t.Errorf("%d shells, %d of them tested", len(shells()), len(want))
	}
}

const nasty = `it's "$HOME", ` + "`id`" + `, \n, \\, $(id), !1, %s; end`

func TestQuotedValueIsAValueWhateverIsInIt(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		return // it has no sh
	}
	for _, s := range shells() {
		if s.name != "sh" {
			continue
		}
		script := fmt.Sprintf(s.format, "X", s.quote(nasty)) + `printf %s "$X"`
		got, err := exec.CommandContext(t.Context(), "sh", "-c", script).Output()
		if err != nil || string(got) != nasty {
			t.Errorf("got  %q, %v\nwant %q", got, err, nasty)
		}
	}
}

func TestAddressBecomesAURLThatWorksOnThisMachine(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"127.0.0.1:8484":   "http://127.0.0.1:8484",
		"localhost:80":     "http://localhost:80",
		":9000":            "http://127.0.0.1:9000",
		"0.0.0.0:9000":     "http://127.0.0.1:9000",
		"[::]:9000":        "http://127.0.0.1:9000",
		"[::1]:9000":       "http://[::1]:9000",
		"build-7.test:443": "http://build-7.test:443",
	} {
		a, err := splitAddr(in, "")
		if err != nil || a.url() != want {
			t.Errorf("%s: %s, %v; want %s", in, a.url(), err, want)
		}
	}
	for _, in := range []string{"", "8484", "127.0.0.1", "127.0.0.1:http", "127.0.0.1:65536", "a:b:c"} {
		if a, err := splitAddr(in, ""); err == nil {
			t.Errorf("%q is taken for %+v", in, a)
		}
	}
}
