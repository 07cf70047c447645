package api

import (
	"slices"
	"strings"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// rights say which right of a contributor opens an operation to somebody who
// is no admin, by the beginning of the operation's id. An operation that is
// not here takes an admin. Which right belongs to which operation is in the
// vendor's reference ("Manage keys", "Upload files"); the names are those of
// recorded admin_rights. That a right is enough without the admin role is
// assumed.
var rights = []struct{ operation, right string }{
	{"files.upload", "upload"},
	{"files.delete", "upload"},
	{"files.", "download"},
	{"tasks.", "tasks"},
	{"contributors.", "contributors"},
	{"screenshots.", "screenshots"},
	{"keys.", "keys"},
	{"comments.", "keys"},
	{"translations.", "keys"},
	{"segments.", "keys"},
	{"languages.", "languages"},
	{"glossary_terms.", "glossary"},
	{"snapshots.create", "settings"},
	{"snapshots.list", "settings"},
	{"snapshots.delete", "settings"},
	{"webhooks.", "settings"},
	{"projects.update", "settings"},
	{"projects.empty", "settings"},
	{"queued_processes.", "activity"},
}

// rightFor is the right that opens an operation, or empty.
func rightFor(operation string) string {
	for _, r := range rights {
		if strings.HasPrefix(operation, r.operation) {
			return r.right
		}
	}
	return ""
}

// mayDo tells whether a contributor who is no admin may use an operation. What
// only shows the project is open to everybody in it.
func mayDo(c *state.Contributor, operation string) bool {
	switch operation {
	case "projects.get", "contributors.me", "glossary_terms.list", "glossary_terms.get":
		return true
	}
	right := rightFor(operation)
	return right != "" && slices.Contains(c.Rights, right)
}

// orRight ends the sentence that the user is no admin.
func orRight(operation string) string {
	if right := rightFor(operation); right != "" {
		return " and lacks the right " + right
	}
	return ""
}
