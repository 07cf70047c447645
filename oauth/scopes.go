package oauth

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Scope is one permission that a user is asked for. The type is open: a scope
// which this package does not know can be written as a plain string.
//
// Lokalise publishes no list of scopes; its documentation names them endpoint
// by endpoint (https://developers.lokalise.com/docs/oauth-2-flow). Each
// constant says how sure its name is:
//
//   - documented: an excerpt of Lokalise's documentation has it.
//   - recorded: an answer of the real token endpoint carried it.
//   - vendor text: a third party's copy of the reference has it.
//   - third party: only somebody else's code has it.
//
// A scope never widens what the user may do: most writes also need a right in
// the project or a role in the team.
type Scope string

// The known scopes.
const (
	// ScopeReadProjects opens listing and reading projects (documented,
	// recorded) and their branches (third party).
	ScopeReadProjects Scope = "read_projects"
	// ScopeWriteProjects opens creating, updating, emptying and deleting
	// projects (documented), and changing and merging branches (third party).
	ScopeWriteProjects Scope = "write_projects"

	// ScopeReadComments opens reading comments of keys and of a whole project
	// (documented).
	ScopeReadComments Scope = "read_comments"
	// ScopeWriteComments opens adding and deleting comments (vendor text).
	ScopeWriteComments Scope = "write_comments"

	// ScopeReadContributors opens reading a project's contributors, the user's
	// own entry ("me") among them (vendor text).
	ScopeReadContributors Scope = "read_contributors"
	// ScopeWriteContributors opens adding, changing and removing contributors
	// (vendor text).
	ScopeWriteContributors Scope = "write_contributors"

	// ScopeReadFiles opens listing files and downloading them, at once or in
	// the background (vendor text).
	ScopeReadFiles Scope = "read_files"
	// ScopeWriteFiles opens uploading files (documented) and deleting them
	// (vendor text). That it opens uploads from file storage too is inferred.
	ScopeWriteFiles Scope = "write_files"

	// ScopeReadGlossary opens reading glossary terms (vendor text).
	ScopeReadGlossary Scope = "read_glossary"
	// ScopeWriteGlossary opens creating, changing and deleting glossary terms
	// (vendor text).
	ScopeWriteGlossary Scope = "write_glossary"

	// ScopeReadKeys opens reading keys (vendor text).
	ScopeReadKeys Scope = "read_keys"
	// ScopeWriteKeys opens creating, changing and deleting keys, one by one and
	// in bulk (vendor text).
	ScopeWriteKeys Scope = "write_keys"

	// ScopeReadLanguages opens reading the languages of a project and those
	// that Lokalise knows (vendor text).
	ScopeReadLanguages Scope = "read_languages"
	// ScopeWriteLanguages opens changing and removing a project's languages
	// (vendor text). That it opens adding them too is inferred.
	ScopeWriteLanguages Scope = "write_languages"

	// ScopeReadPaymentCards opens reading the user's payment cards (vendor
	// text).
	ScopeReadPaymentCards Scope = "read_payment_cards"
	// ScopeWritePaymentCards opens adding and deleting payment cards (vendor
	// text).
	ScopeWritePaymentCards Scope = "write_payment_cards"

	// ScopeReadBackgroundProcesses opens reading queued processes, which
	// uploads and background downloads are followed by (vendor text). No scope
	// for writing them was found.
	ScopeReadBackgroundProcesses Scope = "read_background_processes"

	// ScopeReadScreenshots opens reading screenshots (vendor text).
	ScopeReadScreenshots Scope = "read_screenshots"
	// ScopeWriteScreenshots opens adding, changing and deleting screenshots
	// (vendor text).
	ScopeWriteScreenshots Scope = "write_screenshots"

	// ScopeReadSnapshots opens listing snapshots (vendor text).
	ScopeReadSnapshots Scope = "read_snapshots"
	// ScopeWriteSnapshots opens taking, restoring and deleting snapshots
	// (vendor text).
	ScopeWriteSnapshots Scope = "write_snapshots"

	// ScopeReadTasks opens reading tasks (vendor text).
	ScopeReadTasks Scope = "read_tasks"
	// ScopeWriteTasks opens creating, changing and deleting tasks (vendor
	// text).
	ScopeWriteTasks Scope = "write_tasks"

	// ScopeReadTeamGroups opens reading a team's user groups (vendor text).
	ScopeReadTeamGroups Scope = "read_team_groups"
	// ScopeWriteTeamGroups opens changing user groups, their members and their
	// projects (vendor text, recorded).
	ScopeWriteTeamGroups Scope = "write_team_groups"

	// ScopeReadTeamOrders opens reading a team's translation orders and the
	// translation providers (vendor text).
	ScopeReadTeamOrders Scope = "read_team_orders"
	// ScopeWriteTeamOrders opens placing translation orders (vendor text).
	ScopeWriteTeamOrders Scope = "write_team_orders"

	// ScopeReadTeamUsers opens reading the users of a team, and also the teams
	// themselves, which have no scope of their own (vendor text).
	ScopeReadTeamUsers Scope = "read_team_users"
	// ScopeWriteTeamUsers opens changing and removing the users of a team
	// (vendor text).
	ScopeWriteTeamUsers Scope = "write_team_users"

	// ScopeReadTeamUserBillingDetails opens reading a team's billing details
	// (vendor text).
	ScopeReadTeamUserBillingDetails Scope = "read_team_user_billing_details"
	// ScopeWriteTeamUserBillingDetails opens creating and changing billing
	// details (vendor text).
	ScopeWriteTeamUserBillingDetails Scope = "write_team_user_billing_details"

	// ScopeReadTranslations opens reading translations (vendor text).
	ScopeReadTranslations Scope = "read_translations"
	// ScopeWriteTranslations opens changing translations (vendor text).
	ScopeWriteTranslations Scope = "write_translations"

	// ScopeReadWebhooks opens reading a project's webhooks, their secrets
	// included (vendor text).
	ScopeReadWebhooks Scope = "read_webhooks"
	// ScopeWriteWebhooks opens creating, changing and deleting webhooks and
	// renewing their secrets (vendor text).
	ScopeWriteWebhooks Scope = "write_webhooks"

	// ScopeReadTranslationMemory opens listing translation memories (third
	// party, not confirmed by any document: ask for it only when you need it,
	// since Lokalise may refuse a scope that it does not know).
	ScopeReadTranslationMemory Scope = "read_translation_memory"
)

// operationScope is what is known about the scope of one operation.
type operationScope struct {
	scope Scope
	basis string // scope_basis of operations.json
}

// ErrUnknownOperation is matched by the error of ScopesFor for an operation
// that does not exist.
var ErrUnknownOperation = errors.New("oauth: unknown operation")

// ScopeNeeds is what ScopesFor answers. All lists are sorted and free of
// duplicates.
type ScopeNeeds struct {
	// Scopes is what the authorization URL must ask for.
	Scopes []Scope

	// Unsure lists the operations whose scope is in Scopes on weak grounds:
	// inferred by analogy, or taken from a third party's code.
	Unsure []string

	// Unknown lists the operations whose scope was not found anywhere. Scopes
	// says nothing about them; Lokalise's support can tell.
	Unknown []string

	// NoOAuth lists the operations that no OAuth scope opens, such as
	// "users.get" or the over-the-air ones: they need another credential.
	NoOAuth []string
}

// ScopesFor tells which scopes a set of API operations needs. Operations are
// named as in docs/operations.md, "projects.list" for one. Names that do not
// exist are an error that matches ErrUnknownOperation and lists them; the
// answer then covers the others.
func ScopesFor(operations ...string) (ScopeNeeds, error) {
	var needs ScopeNeeds
	var missing []string
	for _, id := range operations {
		known, ok := operationScopes[id]
		if !ok {
			missing = append(missing, id)
			continue
		}
		needs.add(id, known)
	}
	needs.Scopes = sortedSet(needs.Scopes)
	needs.Unsure = sortedSet(needs.Unsure)
	needs.Unknown = sortedSet(needs.Unknown)
	needs.NoOAuth = sortedSet(needs.NoOAuth)
	if len(missing) > 0 {
		return needs, fmt.Errorf("%w: %s", ErrUnknownOperation, strings.Join(sortedSet(missing), ", "))
	}
	return needs, nil
}

func (n *ScopeNeeds) add(id string, known operationScope) {
	switch known.basis {
	case "none":
		n.NoOAuth = append(n.NoOAuth, id)
		return
	case "unknown":
		n.Unknown = append(n.Unknown, id)
		return
	case "third_party", "inferred":
		n.Unsure = append(n.Unsure, id)
	}
	n.Scopes = append(n.Scopes, known.scope)
}

func sortedSet[T ~string](list []T) []T {
	slices.Sort(list)
	return slices.Compact(list)
}
