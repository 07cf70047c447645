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

	"keys.list":        {handle: listKeys},
	"keys.create":      {handle: createKeys},
	"keys.get":         {handle: getKey},
	"keys.update":      {handle: updateKey},
	"keys.delete":      {handle: deleteKey},
	"keys.bulk_update": {handle: updateKeys},
	"keys.bulk_delete": {handle: deleteKeys},

	"translations.list":   {handle: listTranslations},
	"translations.get":    {handle: getTranslation},
	"translations.update": {handle: updateTranslation},

	"languages.list_system": {handle: listSystemLanguages},
	"languages.list":        {handle: listLanguages},
	"languages.create":      {handle: createLanguages},
	"languages.get":         {handle: getLanguage},
	"languages.update":      {handle: updateLanguage},
	"languages.delete":      {handle: deleteLanguage},

	"comments.list_project": {handle: listProjectComments},
	"comments.list":         {handle: listComments},
	"comments.create":       {handle: createComments},
	"comments.get":          {handle: getComment},
	"comments.delete":       {handle: deleteComment},

	"screenshots.list":   {handle: listScreenshots},
	"screenshots.create": {handle: createScreenshots},
	"screenshots.get":    {handle: getScreenshot},
	"screenshots.update": {handle: updateScreenshot},
	"screenshots.delete": {handle: deleteScreenshot},

	"segments.list":   {handle: listSegments},
	"segments.get":    {handle: getSegment},
	"segments.update": {handle: updateSegment},

	"translation_statuses.list":   {handle: listStatuses},
	"translation_statuses.colors": {handle: listStatusColors},
	"translation_statuses.create": {handle: createStatus},
	"translation_statuses.get":    {handle: getStatus},
	"translation_statuses.update": {handle: updateStatus},
	"translation_statuses.delete": {handle: deleteStatus},

	"tasks.list":   {handle: listTasks},
	"tasks.create": {handle: createTask, check: checkTaskCreate},
	"tasks.get":    {handle: getTask},
	"tasks.update": {handle: updateTask, check: checkTaskUpdate},
	"tasks.delete": {handle: deleteTask},

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
