package web

import (
	"slices"
	"strings"
)

// resource says in plain words what a scope's name stands for. The names come
// from the vendor's endpoint pages and from recorded token answers; what a
// scope opens is the list of operations that ask for it.
type resource struct {
	read, readDetail   string
	write, writeDetail string // empty: no such scope is known
}

// resources is keyed by the part of a scope name after read_ or write_.
var resources = map[string]resource{
	"projects": {
		"See your projects and their branches", "Names, settings, languages, branches and statistics of every project you can reach.",
		"Create, change and delete projects", "Also empty a project of all its keys, and create, merge and delete branches.",
	},
	"keys": {
		"See translation keys", "Key names, their descriptions, tags, platforms and custom attributes.",
		"Create, change and delete translation keys", "Also many at a time. Deleting a key deletes its translations.",
	},
	"translations": {
		"See translations", "The text of every translation and whether it was reviewed.",
		"Change translations", "Edit texts and mark them reviewed or unverified.",
	},
	"languages": {
		"See languages", "Languages of your projects, and the list of languages on offer.",
		"Add, change and remove project languages", "Removing a language removes all its translations.",
	},
	"files": {
		"List and download files", "Export the content of a project as translation files.",
		"Upload and delete files", "An upload can add keys and replace translations.",
	},
	"comments": {
		"See comments", "Comments on keys and who wrote them.",
		"Write and delete comments", "New comments appear under your name.",
	},
	"contributors": {
		"See contributors", "Names, e-mail addresses and rights of the people in a project.",
		"Invite, change and remove contributors", "Also change what the others may do in a project.",
	},
	"screenshots": {
		"See screenshots", "Images, titles and the keys they are linked to.",
		"Upload, change and delete screenshots", "Also link screenshots to keys.",
	},
	"snapshots": {
		"See snapshots", "When the saved copies of a project were made, and by whom.",
		"Create, restore and delete snapshots", "Restoring a snapshot makes a new project from it.",
	},
	"tasks": {
		"See tasks", "Assignees, due dates and progress of translation and review tasks.",
		"Create, change and delete tasks", "Also assign people and close tasks.",
	},
	"glossary": {
		"See the glossary", "Terms, their definitions and translations.",
		"Add, change and delete glossary terms", "Also many at a time.",
	},
	"webhooks": {
		"See webhooks", "Which addresses are told about events in a project.",
		"Create, change and delete webhooks", "Send a project's events to other addresses, and renew the secret.",
	},
	"background_processes": {
		read: "See background jobs", readDetail: "Progress and results of uploads and downloads that are under way.",
	},
	"translation_memory": {
		read: "See the translation memory", readDetail: "Texts translated earlier that are kept for reuse.",
	},
	"team_users": {
		"See teams and their members", "Team names and plans; names, e-mail addresses and roles of members.",
		"Change and remove team members", "Also change a member's role in the team.",
	},
	"team_groups": {
		"See user groups", "Groups of your teams, their members and projects.",
		"Create, change and delete user groups", "Also decide who is in a group and which projects it reaches.",
	},
	"team_orders": {
		"See translation orders", "Orders of your teams, their prices, and the translation providers.",
		"Place translation orders", "An order costs money in the real service.",
	},
	"team_user_billing_details": {
		"See billing details", "Company name, address and tax numbers of your teams.",
		"Change billing details", "Company name, address and tax numbers of your teams.",
	},
	"payment_cards": {
		"See payment cards", "Brand, last four digits and expiry date of saved cards.",
		"Add and remove payment cards", "Cards that orders of your teams are paid with.",
	},
}

const readPrefix, writePrefix = "read_", "write_"

// DescribeScope says in plain words what a scope lets an app do: a title, one
// sentence of detail, and whether it can change things. For a name that is not
// known it makes the title from the name and says in the detail that nothing
// else is known; write then follows the name's prefix, and a name without one
// counts as write, the graver of the two.
func DescribeScope(name string) (title, detail string, write bool) {
	key, isRead := strings.CutPrefix(name, readPrefix)
	if !isRead {
		key = strings.TrimPrefix(name, writePrefix)
	}
	r := resources[key]
	switch {
	case isRead && r.read != "":
		return r.read, r.readDetail, false
	case strings.HasPrefix(name, writePrefix) && r.write != "":
		return r.write, r.writeDetail, true
	}
	return humanize(name), "The sandbox has no description of this scope.", !isRead
}

// Scopes lists the names DescribeScope has words for, sorted.
func Scopes() []string {
	var names []string
	for key, r := range resources {
		if r.read != "" {
			names = append(names, readPrefix+key)
		}
		if r.write != "" {
			names = append(names, writePrefix+key)
		}
	}
	slices.Sort(names)
	return names
}

// humanize turns a_scope_name into "A scope name".
func humanize(name string) string {
	words := strings.TrimSpace(strings.ReplaceAll(name, "_", " "))
	if words == "" {
		return "Unnamed scope"
	}
	return strings.ToUpper(words[:1]) + words[1:]
}
