package main

import (
	"bytes"
	"errors"
	"go/format"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The files of this repository are what the generator makes now.
func TestGeneratedFilesAreFresh(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := run([]string{"-check", "-root", "../.."}, &out); err != nil {
		t.Errorf("%v\n%s", err, out.String())
	}
}

const smallList = `{"about": "x", "operations": [
  {"id": "keys.list", "api": "v2", "method": "GET", "path": "/projects/{project_id}/keys", "scope": "read_keys", "scope_basis": "vendor_text", "paging": "offset+cursor", "limit_max": 500, "evidence": "recorded", "status": 200, "docs": "https://docs.example/keys", "node": "Keys.list", "go_v5": "Keys().List"},
  {"id": "audit_logs.list", "api": "v1", "method": "GET", "path": "/audit-logs", "scope_basis": "unknown", "paging": "body-cursor", "limit_max": 1000, "evidence": "recorded", "status": 200},
  {"id": "keys.create", "api": "v2", "method": "POST", "path": "/projects/{project_id}/keys", "scope": "write_keys", "scope_basis": "third_party", "paging": "none", "evidence": "sdk", "status": 200},
  {"id": "ota.sdk_tokens.list", "api": "ota", "method": "GET", "path": "/tokens", "scope_basis": "none", "paging": "none", "evidence": "recorded", "status": 200},
  {"id": "oauth2.token", "api": "oauth2", "method": "POST", "path": "/oauth2/token", "scope_basis": "none", "paging": "none", "evidence": "recorded", "status": 200},
  {"id": "oauth2.refresh", "api": "oauth2", "method": "POST", "path": "/oauth2/token", "scope_basis": "none", "paging": "none", "evidence": "recorded", "status": 200}
]}`

// repository writes a small repository and returns its root.
func repository(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for path, text := range files {
		path = filepath.Join(root, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func smallRepository(t *testing.T) string {
	t.Helper()
	return repository(t, map[string]string{
		"operations.json": smallList,
		"keys.go": `package lokalise

// List lists.
//
//lokalise:op GET /projects/{project_id}/keys
func (s *KeysService) List() {}

// All lists too.
//
//lokalise:op GET /projects/{project_id}/keys
func (s KeysService) All() {}
`,
		"keys_test.go": "package lokalise\n\n// F.\n//\n//lokalise:op GET /nowhere\nfunc F() {}\n",
		"oauth/refresh.go": `package oauth

// Refresh refreshes.
//
//lokalise:op POST /oauth2/token oauth2.refresh
func Refresh() {}
`,
	})
}

func read(t *testing.T, root, path string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, path))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestRunWritesFilesThatAreFreshAfterwards(t *testing.T) {
	t.Parallel()
	root := smallRepository(t)
	var out bytes.Buffer
	if err := run([]string{"-root", root}, &out); err != nil {
		t.Fatal(err)
	}
	if err := run([]string{"-root", root, "-check"}, &out); err != nil || out.Len() != 0 {
		t.Errorf("check after writing: %v %q", err, out.String())
	}
	header := regexp.MustCompile(`^// Code generated .* DO NOT EDIT\.\n`) // what Go's tools look for
	for _, path := range []string{"oauth/scopes_gen.go", "sandbox/internal/api/operations_gen.go"} {
		text := read(t, root, path)
		formatted, err := format.Source([]byte(text))
		if err != nil || string(formatted) != text || !header.MatchString(text) {
			t.Errorf("%s is not as gofmt wants it or has no header: %v\n%s", path, err, text)
		}
	}
	for path, wants := range map[string][]string{
		"oauth/scopes_gen.go": {
			`"keys.list":           {"read_keys", "vendor_text"},`,
			`"audit_logs.list":     {"", "unknown"},`,
			`"ota.sdk_tokens.list": {"", "none"},`,
		},
		"sandbox/internal/api/operations_gen.go": {
			`{"keys.list", "v2", "GET", "/projects/{project_id}/keys", "read_keys", "vendor_text", "offset+cursor", 500, "recorded", 200},`,
		},
		"docs/operations.md": {
			"DO NOT EDIT", "## Keys\n", "## OTA: sdk tokens\n", "## OAuth 2\n", "## Audit logs\n",
			"| [keys.list](https://docs.example/keys) | `GET /api2/projects/{project_id}/keys` | `lokalise.KeysService.List`, `lokalise.KeysService.All` | `read_keys` | offset+cursor, up to 500 | vendor text | recorded |\n" +
				"| keys.create | `POST /api2/projects/{project_id}/keys` |  | `write_keys` |  | third party | sdk |\n",
			"| audit_logs.list | `GET /v1/audit-logs` |", "| ota.sdk_tokens.list | `GET /v3/tokens` |",
			"| oauth2.token | `POST /oauth2/token` |  |", "| oauth2.refresh | `POST /oauth2/token` | `oauth.Refresh` |",
		},
		"docs/migrating.md": {
			"DO NOT EDIT", "## From the Node SDK\n", "### Keys\n",
			"| [keys.list](https://docs.example/keys) | `client.Keys.List`, `client.Keys.All` | `Keys().List` | `Keys.list` |\n" +
				"| keys.create |  |  |  |\n",
			"| oauth2.refresh | `oauth.Refresh` |  |  |",
		},
	} {
		text := read(t, root, path)
		for _, want := range wants {
			if !strings.Contains(text, want) {
				t.Errorf("%s has no %q:\n%s", path, want, text)
			}
		}
	}
}

func TestCheckNamesTheStaleFilesOnly(t *testing.T) {
	t.Parallel()
	root := smallRepository(t)
	if err := run([]string{"-root", root}, &bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, "docs/operations.md"), []byte("edited"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(root, "oauth/scopes_gen.go")); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	err := run([]string{"-root", root, "-check"}, &out)
	if !errors.Is(err, errStale) || out.String() != "stale: oauth/scopes_gen.go\nstale: docs/operations.md\n" {
		t.Errorf("err = %v, output %q", err, out.String())
	}
	if got := read(t, root, "docs/operations.md"); got != "edited" {
		t.Error("-check wrote a file")
	}
}

func TestTheCommandExitsWithOneWhenAFileIsStale(t *testing.T) {
	t.Parallel()
	cmd := exec.CommandContext(t.Context(), "go", "run", ".", "-check", "-root", smallRepository(t))
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 1 || !bytes.Contains(out, []byte("stale: sandbox/internal/api/operations_gen.go")) {
		t.Errorf("err = %v\n%s", err, out)
	}
}

func TestRunRefusesUnknownFlagsAndMissingRoots(t *testing.T) {
	t.Parallel()
	if err := run([]string{"-nonsense"}, &bytes.Buffer{}); err == nil {
		t.Error("an unknown flag was accepted")
	}
	if err := run([]string{"-root", filepath.Join(t.TempDir(), "nowhere")}, &bytes.Buffer{}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a root that does not exist: %v", err)
	}
}
