package webhooks

import "slices"

// events are the names of everything that webhooks can be told of: what the
// documentation of creating one lists, and what the official Node SDK declares
// a payload of beyond that. Some of the latter were recorded as events of a
// webhook; that all of them are taken is assumed.
var events = []string{
	"project.branch.added",
	"project.branch.deleted",
	"project.branch.merged",
	"project.contributor.added",
	"project.contributor.added_public",
	"project.contributor.deleted",
	"project.copied",
	"project.deleted",
	"project.exported",
	"project.imported",
	"project.key.added",
	"project.key.comment.added",
	"project.key.modified",
	"project.keys.added",
	"project.keys.deleted",
	"project.keys.modified",
	"project.language.removed",
	"project.language.settings_changed",
	"project.languages.added",
	"project.snapshot",
	"project.task.closed",
	"project.task.created",
	"project.task.deleted",
	"project.task.initial_tm_leverage.calculated",
	"project.task.language.closed",
	"project.task.queued",
	"project.translation.proofread",
	"project.translation.updated",
	"project.translations.proofread",
	"project.translations.updated",
	"team.order.completed",
	"team.order.created",
	"team.order.deleted",
}

// Known tells whether there is an event of that name.
func Known(event string) bool { return slices.Contains(events, event) }

// HasLanguages tells whether an event can be narrowed to some languages. That
// is documented for the events about one translation, and recorded for
// project.translations.updated.
func HasLanguages(event string) bool {
	switch event {
	case "project.translation.updated", "project.translation.proofread", "project.translations.updated", "project.translations.proofread":
		return true
	}
	return false
}
