package main

import (
	"reflect"
	"strings"
	"testing"
)

func TestScanRefusesADirectiveThatMatchesNoOperation(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ path, directive, want string }{
		"a path that does not exist":      {"keys.go", "GET /nowhere", "keys.go:5:1: directive \"GET /nowhere\": no such operation"},
		"another method":                  {"keys.go", "PUT /projects/{project_id}/keys", "no such operation"},
		"an operation of another package": {"keys.go", "GET /tokens", "no such operation"},
		"no path":                         {"keys.go", "GET", "want METHOD /path"},
		"too much":                        {"keys.go", "GET /a b c", "want METHOD /path"},
		"two operations, no id":           {"oauth/token.go", "POST /oauth2/token", "oauth2.token and oauth2.refresh share it, add the id"},
		"two operations, a wrong id":      {"oauth/token.go", "POST /oauth2/token oauth2.revoke", "no such operation"},
	} {
		root := repository(t, map[string]string{
			"operations.json": smallList,
			test.path:         "package p\n\n// F does.\n//\n//lokalise:op " + test.directive + "\nfunc F() {}\n",
		})
		_, err := generate(root)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: err = %v, want %q", name, err, test.want)
		}
	}
}

func TestScanRefusesAFileThatDoesNotParse(t *testing.T) {
	t.Parallel()
	root := repository(t, map[string]string{"operations.json": smallList, "keys.go": "package"})
	if _, err := generate(root); err == nil {
		t.Error("no error")
	}
}

func TestScanQualifiesNames(t *testing.T) {
	t.Parallel()
	root := repository(t, map[string]string{
		"operations.json": smallList,
		"ota/tokens.go": `package ota

// A is a method of a generic type.
//
//lokalise:op GET /tokens
func (c *Client[T]) A() {}

// B is a method of a value.
//
//lokalise:op GET /tokens
func (c Client) B() {}

//lokalise:op GET /tokens
func C() {}

// D has the directive indented, so it is text.
//
//	//lokalise:op GET /tokens
func D() {}
`,
	})
	ops, err := load(root + "/operations.json")
	if err != nil {
		t.Fatal(err)
	}
	calls, err := scan(root, ops)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]string{"ota.sdk_tokens.list": {"ota.Client.A", "ota.Client.B", "ota.C"}}
	if !reflect.DeepEqual(calls, want) {
		t.Errorf("calls = %v, want %v", calls, want)
	}
}
