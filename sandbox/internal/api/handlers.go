package api

// endpoints says how each operation is answered, by its id in operations.json.
// An operation that is not here answers 501.
var endpoints = map[string]endpoint{
	"projects.list":   {handle: listProjects},
	"projects.create": {handle: createProject, check: checkProjectCreate},
	"projects.get":    {handle: getProject},
	"projects.update": {handle: updateProject, check: checkProjectUpdate},
	"projects.delete": {handle: deleteProject},
	"projects.empty":  {handle: emptyProject},

	"webhooks.list":              {handle: listWebhooks},
	"webhooks.create":            {handle: createWebhook, check: checkWebhookCreate},
	"webhooks.get":               {handle: getWebhook},
	"webhooks.update":            {handle: updateWebhook, check: checkWebhookUpdate},
	"webhooks.delete":            {handle: deleteWebhook},
	"webhooks.regenerate_secret": {handle: regenerateWebhookSecret},

	"branches.list":   {handle: listBranches},
	"branches.create": {handle: createBranch, check: checkBranchName},
	"branches.get":    {handle: getBranch},
	"branches.update": {handle: updateBranch, check: checkBranchName},
	"branches.delete": {handle: deleteBranch},
	"branches.merge":  {handle: mergeBranch, check: checkMerge},

	"snapshots.list":    {handle: listSnapshots},
	"snapshots.create":  {handle: createSnapshot, check: checkSnapshotCreate},
	"snapshots.restore": {handle: restoreSnapshot},
	"snapshots.delete":  {handle: deleteSnapshot},

	"queued_processes.list": {handle: listProcesses},
	"queued_processes.get":  {handle: getProcess},
}
