package fidelity_test

import (
	"path"
	"strings"
)

// knownDifference is a way in which answers differ from recordings on purpose,
// or for a reason.
type knownDifference struct {
	operation string   // pattern of path.Match
	places    []string // beginnings of what jsontest.Diff says
	reason    string
}

// Reasons that several operations have.
const (
	onlyInFixture = "in a fixture of an official SDK, in no response that was recorded"
	cutShort      = "the recordings were cut short by hand; those of single contributors have it"
	notAsked      = "the recordings did not ask for it; answers with single keys have it"
	nullOrValue   = "the recordings have one of both, since they have one case only; the sandbox was put into both"
	asRequested   = "repeats what the request had, in its types"
)

var knownDifferences = []knownDifference{
	{"*", []string{"branch is absent or string"}, "absent with branching off, as recorded for other operations"},
	{"audit_logs.list", []string{"data[].actor.session", "data[].http_request", "data[].src_endpoint", "data[].unmapped"}, "documented by the official SDK, left out of the recording's fixture"},
	{"audit_logs.list", []string{"data[].enrichments[].data.id is number or string"}, "recorded as a number for a team and a text for a project, in other responses"},
	{"billing_details.*", []string{"vatnumber is"}, nullOrValue},
	{"contributors.create", []string{"contributors[].languages[]."}, cutShort},
	{"contributors.list", []string{"contributors[].languages[]."}, cutShort},
	{"contributors.list", []string{"contributors[].admin_rights[] is string"}, "rights are texts in every other recording"},
	{"contributors.me", []string{"contributor.uuid was not", "project_uuid was not"}, "a later recording has it"},
	{"glossary_terms.get", []string{"data.updatedAt is"}, nullOrValue},
	{"glossary_terms.update_bulk", []string{"data[].updatedAt is string"}, nullOrValue},
	{"glossary_terms.list", []string{"meta.nextCursor was not"}, "recorded in a response with a further page"},
	{"glossary_terms.update_bulk", []string{"errors was not", "meta was not"}, "recorded for glossary_terms.create_bulk; the official SDK expects both"},
	{"keys.list", []string{"branch was not"}, "the recordings are of a project with branching off"},
	{"keys.list", []string{"keys[].modified_at", "keys[].translations_modified_at"}, "newer than the recordings; those of single keys have it"},
	{"keys.list", []string{"keys[].comments was", "keys[].screenshots was", "keys[].translations was"}, notAsked},
	{"languages.get", []string{"language.project_language_uuid is missing"}, onlyInFixture},
	{"languages.list", []string{"languages[].project_language_uuid is missing"}, onlyInFixture},
	{"orders.create", []string{"card_id is", "translation_tier is"}, asRequested},
	{"orders.create", []string{"order_id is"}, "null in a dry run, which is all that was recorded"},
	{"orders.get", []string{"branch is", "briefing is", "payment_method is", "translation_style is", "translation_tier_name is"}, nullOrValue},
	{"orders.list", []string{"orders[].branch is", "orders[].payment_method is"}, nullOrValue},
	{"projects.get", []string{"team_uuid is missing"}, onlyInFixture},
	{"queued_processes.get", []string{"process.details.items_"}, "read by an official client while an export runs; recorded is one that has ended"},
	{"queued_processes.get", []string{"process.details is absent"}, "absent until the process has something to tell; recorded are those that have ended"},
	{"queued_processes.list", []string{"processes[].created_by_email is absent"}, "absent for an export, as in the recording of a single one"},
	{"queued_processes.list", []string{"processes[].message is"}, "null for an export, as in the recording of a single one"},
	{"screenshots.get", []string{"screenshot.keys[].coordinates"}, "the sandbox does not read pictures: places are null, as recorded for keys linked by hand"},
	{"screenshots.list", []string{"screenshots[].keys[].coordinates"}, "the sandbox does not read pictures: places are null, as recorded for keys linked by hand"},
	{"tasks.create", []string{"task.languages[].initial_tm_leverage"}, "an empty list until it has been counted, as recorded in other responses"},
	{"tasks.*", []string{"task.languages[].initial_tm_leverage is array or object", "tasks[].languages[].initial_tm_leverage is array or object"}, "an empty list until it has been counted, as recorded in other responses"},
	{"tasks.get", []string{"task.languages[].tm_leverage is missing"}, onlyInFixture},
	{"tasks.*", []string{"task.due_date", "task.parent_task_id is", "tasks[].parent_task_id is"}, nullOrValue},
	{"tasks.*", []string{"task.completed_", "task.languages[].completed_", "tasks[].completed_", "tasks[].languages[].completed_"}, nullOrValue},
	{"teams.get", []string{"team."}, "the fixture of the official SDK has the members of a list; a recording of 2025 has those of the sandbox"},
	{"user_groups.get", []string{"role_id is"}, nullOrValue},
	{"webhooks.*", []string{"webhook.branch is", "webhooks[].branch is"}, nullOrValue},
	{"webhooks.regenerate_secret", []string{"branch was not"}, "recorded in other responses for a project with branching on"},
}

// differences explains what differs and remembers which explanations it used.
type differences struct{ used map[[2]int]bool }

func newDifferences() differences { return differences{map[[2]int]bool{}} }

// reason says why an answer differs, or is empty.
func (d differences) reason(operation, difference string) string {
	for i, known := range knownDifferences {
		if fits, _ := path.Match(known.operation, operation); !fits { // the patterns are well-formed
			continue
		}
		for at, place := range known.places {
			if strings.HasPrefix(difference, place) {
				d.used[[2]int{i, at}] = true
				return known.reason
			}
		}
	}
	return ""
}

// unused lists what explained nothing.
func (d differences) unused() []string {
	var unused []string
	for i, known := range knownDifferences {
		for at, place := range known.places {
			if !d.used[[2]int{i, at}] {
				unused = append(unused, known.operation+": "+place)
			}
		}
	}
	return unused
}
