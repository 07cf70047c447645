package api

// Payloads of the events of projects, as the event types of the official Node
// SDK have them. The project, the user and the times stand beside them, see
// state.Event.

// noPayload is the payload of an event that has nothing but those.
type noPayload struct{}

type eventBranch struct {
	ID   int64  `json:"id"`
	Name string `json:"name"`
}

// branchPayload is of project.branch.added and project.branch.deleted.
type branchPayload struct {
	Branch eventBranch `json:"branch"`
}

// branchMergedPayload is of project.branch.merged.
type branchMergedPayload struct {
	Branch       eventBranch  `json:"branch"`
	TargetBranch eventBranch  `json:"target_branch"`
	AffectedKeys affectedKeys `json:"affected_keys"`
}

type affectedKeys struct {
	Inserted int `json:"inserted_count"`
	Updated  int `json:"updated_count"`
}

// projectCopiedPayload is of project.copied.
type projectCopiedPayload struct {
	Action     string       `json:"action,omitzero"`
	NewProject eventProject `json:"new_project"`
}

type eventProject struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// importedPayload is of project.imported.
type importedPayload struct {
	Import        eventImport        `json:"import"`
	ImportOptions eventImportOptions `json:"import_options"`
	Language      eventLanguage      `json:"language"`
}

type eventImport struct {
	Filename string `json:"filename"`
	Format   string `json:"format"`
	Inserted int    `json:"inserted"`
	Updated  int    `json:"updated"`
	Skipped  int    `json:"skipped"`
}

type eventImportOptions struct {
	ReplaceLineBreaks    bool     `json:"replace_line_breaks"`
	ConvertPlaceholders  bool     `json:"convert_placeholders"`
	ReplaceModified      bool     `json:"replace_modified"`
	KeyTags              []string `json:"key_tags"`
	TagKeysInserted      bool     `json:"tag_keys_inserted"`
	TagKeysUpdated       bool     `json:"tag_keys_updated"`
	TagKeysSkipped       bool     `json:"tag_keys_skipped"`
	DetectICUPlurals     bool     `json:"detect_icu_plurals"`
	FillEmptyWithKeys    bool     `json:"fill_empty_with_keys"`
	HideFromContributors bool     `json:"hide_from_contributors"`
	DiffByFile           bool     `json:"diff_by_file"`
	UseTM                bool     `json:"use_tm"`
	Cleanup              bool     `json:"cleanup"`
}

// exportedPayload is of project.exported.
type exportedPayload struct {
	Export eventExport `json:"export"`
}

type eventExport struct {
	Type     string `json:"type"`
	Filename string `json:"filename"`
	Platform string `json:"platform"`
}

// keysPerEvent is how many keys one event tells of at most (assumed).
const keysPerEvent = 300

// actionImport is the action of events that an upload caused (documented).
const actionImport = "import.file"
