package sandbox

import (
	"fmt"
	"os/exec"
	"testing"
)

// TestQuotedValueIsAValueWhateverIsInIt asks the shells themselves.
func TestQuotedValueIsAValueWhateverIsInIt(t *testing.T) {
	t.Parallel()
	const nasty = `a 'quoted' "word", $HOME, ` + "`id`" + `, \n, \\, $(id), !1, %s; end`
	interpreters := map[string][]string{
		"sh":         {"sh", "-c", "%sprintf %%s \"$X\""},
		"fish":       {"fish", "-c", "%sprintf %%s \"$X\""},
		"powershell": {"pwsh", "-NoProfile", "-Command", "%s[Console]::Out.Write($env:X)"},
	}
	for _, s := range shells() {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			command := interpreters[s.name]
			if _, err := exec.LookPath(command[0]); err != nil {
				t.Skipf("%s is not on this machine", command[0])
			}
			set := fmt.Sprintf(s.format, "X", s.quote(nasty))
			args := append(append([]string{}, command[1:len(command)-1]...), fmt.Sprintf(command[len(command)-1], set))
			got, err := exec.CommandContext(t.Context(), command[0], args...).Output()
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != nasty {
				t.Errorf("got  %q\nwant %q", got, nasty)
			}
		})
	}
}

func TestShellsQuoteTheirOwnWay(t *testing.T) {
	t.Parallel()
	want := map[string]string{
		"sh":         `'it'\''s \'`,
		"fish":       `'it\'s \\'`,
		"powershell": `'it''s \'`,
	}
	for _, s := range shells() {
		if got := s.quote(`it's \`); got != want[s.name] {
			t.Errorf("%s: %s, want %s", s.name, got, want[s.name])
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
