package webhook

import (
	"encoding/json"

	"github.com/golokalise/lokalise"
)

// ProjectImported is the event project.imported: a file was uploaded. An upload of
// several files makes one event for each.
type ProjectImported struct {
	Common
	Import        Import        `json:"import"`
	ImportOptions ImportOptions `json:"import_options"`
	Language      Language      `json:"language"`
	User          User          `json:"user"`
}

// Name returns the event's name.
func (ProjectImported) Name() lokalise.WebhookEvent { return lokalise.EventProjectImported }

// Import is what an upload did.
type Import struct {
	Filename string `json:"filename"`
	Format   string `json:"format"`
	// Inserted, Updated and Skipped count keys.
	Inserted int64 `json:"inserted"`
	Updated  int64 `json:"updated"`
	Skipped  int64 `json:"skipped"`
}

// ImportOptions are the options that the file was uploaded with.
type ImportOptions struct {
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

// UnmarshalJSON also reads [], which PHP writes for an object without members.
func (o *ImportOptions) UnmarshalJSON(data []byte) error {
	type plain ImportOptions
	if isEmptyList(data) {
		*o = ImportOptions{}
		return nil
	}
	return json.Unmarshal(data, (*plain)(o))
}

// ProjectExported is the event project.exported: files were downloaded.
type ProjectExported struct {
	Common
	Export Export `json:"export"`
	User   User   `json:"user"`
}

// Name returns the event's name.
func (ProjectExported) Name() lokalise.WebhookEvent { return lokalise.EventProjectExported }

// Export is what was downloaded.
type Export struct {
	Type     string `json:"type"`
	Filename string `json:"filename"`
	// Platform is ios, android, web or other.
	Platform string `json:"platform"`
}

// ProjectCopied is the event project.copied: a project was copied.
type ProjectCopied struct {
	Common
	// Action is what caused it, such as import.file for an upload; empty where the
	// event does not say.
	Action     string  `json:"action,omitempty"`
	NewProject Project `json:"new_project"`
	User       User    `json:"user"`
}

// Name returns the event's name.
func (ProjectCopied) Name() lokalise.WebhookEvent { return lokalise.EventProjectCopied }

// ProjectDeleted is the event project.deleted: a project was deleted.
type ProjectDeleted struct {
	Common
	User User `json:"user"`
}

// Name returns the event's name.
func (ProjectDeleted) Name() lokalise.WebhookEvent { return lokalise.EventProjectDeleted }

// SnapshotCreated is the event project.snapshot: a snapshot was taken.
type SnapshotCreated struct {
	Common
	User User `json:"user"`
}

// Name returns the event's name.
func (SnapshotCreated) Name() lokalise.WebhookEvent { return lokalise.EventSnapshotCreated }
