package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// module writes a module of one package into a temporary folder.
func module(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	files["go.mod"] = "module example.test/m\n\ngo 1.26.0\n"
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// runModule runs the suite on the module and returns the verdict and the output.
func runModule(t *testing.T, noSkip bool, files map[string]string) (bool, string) {
	t.Helper()
	var out bytes.Buffer
	s := suite{out: &out}
	s.run(t.Context(), pass{name: ".", dir: module(t, files), packages: []string{"./..."}, env: []string{"GOWORK=off"}})
	return s.report(noSkip), out.String()
}

const header = "package m\n\nimport \"testing\"\n\n"

func TestSummaryCountsWhatRan(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name    string
		noSkip  bool
		files   map[string]string
		success bool
		want    []string
	}{
		{
			name:    "all pass",
			files:   map[string]string{"m_test.go": header + "func TestA(t *testing.T) { t.Run(\"b\", func(*testing.T) {}) }\n"},
			success: true,
			want:    []string{"ok   example.test/m", "\n2 passed, 0 failed\n"},
		},
		{
			name:    "a skip is named",
			files:   map[string]string{"m_test.go": header + "func TestA(t *testing.T) {}\nfunc TestB(t *testing.T) { t.Skip(\"no such server\") }\n"},
			success: true,
			want:    []string{"example.test/m (GOWORK=off) TestB: no such server\n", "\n1 passed, 0 failed, 1 skipped\n"},
		},
		{
			name:   "a skip fails where none is allowed",
			noSkip: true,
			files:  map[string]string{"m_test.go": header + "func TestA(t *testing.T) {}\nfunc TestB(t *testing.T) { t.Skip(\"no such server\") }\n"},
			want:   []string{"Nothing may be skipped here", "\n1 passed, 0 failed, 1 skipped\n"},
		},
		{
			name:  "a failure keeps its output",
			files: map[string]string{"m_test.go": header + "func TestA(t *testing.T) { t.Error(\"three is not four\") }\nfunc TestB(t *testing.T) {}\n"},
			want:  []string{"--- FAIL: example.test/m (GOWORK=off) TestA", "three is not four", "\n1 passed, 1 failed\n"},
		},
		{
			name:  "a panic is a failure",
			files: map[string]string{"m_test.go": header + "func TestA(t *testing.T) { go func() { panic(\"lost\") }(); select {} }\n"},
			want:  []string{"lost", "\n0 passed, 1 failed\n"},
		},
		{
			name:  "a build that fails is a failure",
			files: map[string]string{"m_test.go": header + "func TestA(t *testing.T) { undefined() }\n"},
			want:  []string{"undefined: undefined", "\n0 passed, 1 failed\n"},
		},
		{
			name:  "no test at all is no success",
			files: map[string]string{"m.go": "package m\n"},
			want:  []string{"No test ran.", "\n0 passed, 0 failed\n"},
		},
		{
			name:  "a broken module file is a failure",
			files: map[string]string{"m_test.go": header, "m.go": "package other\n"},
			want:  []string{"found packages", "\n0 passed, 1 failed\n"},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			success, out := runModule(t, tc.noSkip, tc.files)
			if success != tc.success {
				t.Errorf("success is %t, want %t", success, tc.success)
			}
			for _, want := range tc.want {
				if !strings.Contains(out, want) {
					t.Errorf("the output lacks %q:\n%s", want, out)
				}
			}
		})
	}
}

func TestEveryModuleAndEachModeIsRun(t *testing.T) {
	t.Chdir(filepath.Join("..", ".."))
	main, others, err := plan(t.Context(), []string{".", "cmd"}, true)
	if err != nil {
		t.Fatal(err)
	}
	const module = "github.com/golokalise/lokalise"
	for _, name := range []string{module, module + "/tokens", module + "/cmd/lokalise"} {
		if !slices.Contains(main.packages, name) || !main.race {
			t.Errorf("the main pass does not run %s, with the race detector: %t", name, main.race)
		}
	}
	var got []string
	for _, p := range others {
		got = append(got, strings.Join(append(p.env, p.packages...), " "))
		if p.race {
			t.Errorf("%q runs with the race detector", p)
		}
	}
	want := []string{"./internal/guard", "GOWORK=off . ./internal/wire ./sandbox ./tokens", "GOEXPERIMENT=jsonv2 ."}
	if !slices.Equal(got, want) {
		t.Errorf("the other passes run %q, want %q", got, want)
	}
	if slices.Contains(main.packages, module+"/internal/guard") {
		t.Error("internal/guard runs twice")
	}
}

func TestRaceDetectorDoesNotWaitAtTheEndOfEachProcess(t *testing.T) {
	t.Setenv("GORACE", "history_size=2")
	if env := environment(pass{race: true}); !slices.Contains(env, "GORACE=atexit_sleep_ms=0 history_size=2") {
		t.Errorf("the environment is %q", env)
	}
}
