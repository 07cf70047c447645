package main

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestLoadRefusesWhatCannotBeRight(t *testing.T) {
	t.Parallel()
	const good = `{"id": "keys.list", "api": "v2", "method": "GET", "path": "/keys", "scope": "read_keys", "scope_basis": "vendor_text", "paging": "offset", "limit_max": 500, "evidence": "recorded", "status": 200}`
	list := func(ops ...string) string { return `{"about": "x", "operations": [` + strings.Join(ops, ",") + `]}` }
	changed := func(old, replacement string) string {
		if !strings.Contains(good, old) {
			t.Fatalf("no %q to change", old)
		}
		return list(strings.Replace(good, old, replacement, 1))
	}
	for name, test := range map[string]struct{ text, want string }{
		"no JSON":               {`{`, "unexpected EOF"},
		"an unknown field":      {changed(`"status"`, `"state": 1, "status"`), `unknown field "state"`},
		"the same id twice":     {list(good, good), "there twice"},
		"an unknown API":        {changed(`"v2"`, `"v3"`), `api "v3" is not one of`},
		"an unknown method":     {changed(`"GET"`, `"get"`), `method "get" is not one of`},
		"an unknown basis":      {changed(`"vendor_text"`, `"vendor"`), `scope_basis "vendor" is not one of`},
		"an unknown paging":     {changed(`"offset"`, `"pages"`), `paging "pages" is not one of`},
		"an unknown evidence":   {changed(`"recorded"`, `"hearsay"`), `evidence "hearsay" is not one of`},
		"an id without a dot":   {changed(`"keys.list"`, `"keys"`), "no resource"},
		"a relative path":       {changed(`"/keys"`, `"keys"`), "does not start with a slash"},
		"a basis, no scope":     {changed(`"read_keys"`, `""`), `scope "" does not go with`},
		"a scope, no basis":     {changed(`"vendor_text"`, `"none"`), `scope "read_keys" does not go with`},
		"paging without limit":  {changed(`500`, `0`), "limit_max 0 does not go with"},
		"a limit, no paging":    {changed(`"offset"`, `"none"`), "limit_max 500 does not go with"},
		"a status of a failure": {changed(`: 200`, `: 404`), "status 404 is no success"},
	} {
		root := repository(t, map[string]string{"operations.json": test.text})
		_, err := load(filepath.Join(root, "operations.json"))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: err = %v, want %q", name, err, test.want)
		}
	}
	root := repository(t, map[string]string{"operations.json": list(good)})
	if ops, err := load(filepath.Join(root, "operations.json")); err != nil || len(ops) != 1 || ops[0].Scope != "read_keys" {
		t.Errorf("the unchanged one: %v, %v", ops, err)
	}
}
