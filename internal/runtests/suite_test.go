package main

import (
	"bytes"
	"os"
	"path/filepath"
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
	s.run(t.Context(), pass{dir: module(t, files), packages: "./...", env: []string{"GOWORK=off"}})
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

func TestRootRunsInEachMode(t *testing.T) {
	t.Parallel()
	var got []string
	for _, p := range plan([]string{".", "cmd"}, true) {
		got = append(got, p.String())
	}
	want := ". | . GOWORK=off | . GOEXPERIMENT=jsonv2 | cmd"
	if strings.Join(got, " | ") != want {
		t.Errorf("passes: %q, want %q", strings.Join(got, " | "), want)
	}
}

func TestPackagesCanBeLeftOut(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	s := suite{out: &out}
	s.run(t.Context(), pass{
		dir: module(t, map[string]string{
			"a_test.go": header + "func TestIn(t *testing.T) {}\n",
			"b_test.go": "package m\n",
		}),
		packages: "./...", without: []string{"internal/slow"}, env: []string{"GOWORK=off"},
	})
	if !s.report(true) || !strings.Contains(out.String(), "\n1 passed, 0 failed") {
		t.Errorf("without a package that is not there: %s", out.String())
	}
	p := pass{dir: module(t, map[string]string{"a.go": "package m\n"}), packages: "./...", without: []string{"m"}, env: []string{"GOWORK=off"}}
	packages, err := p.list(t.Context())
	if err != nil || len(packages) != 0 {
		t.Errorf("left are %v, %v", packages, err)
	}
}
