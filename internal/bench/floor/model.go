package floor

// Project is a project with all the fields that answers have.
type Project struct {
	ProjectID          string            `json:"project_id"`
	ProjectType        string            `json:"project_type"`
	Name               string            `json:"name"`
	Description        string            `json:"description"`
	CreatedAt          string            `json:"created_at"`
	CreatedAtTimestamp int64             `json:"created_at_timestamp"`
	CreatedBy          int64             `json:"created_by"`
	CreatedByEmail     string            `json:"created_by_email"`
	TeamID             int64             `json:"team_id"`
	BaseLanguageID     int64             `json:"base_language_id"`
	BaseLanguageISO    string            `json:"base_language_iso"`
	Settings           ProjectSettings   `json:"settings"`
	Statistics         ProjectStatistics `json:"statistics"`
}

// ProjectSettings are the switches of a project.
type ProjectSettings struct {
	PerPlatformKeyNames                    bool `json:"per_platform_key_names"`
	Reviewing                              bool `json:"reviewing"`
	AutoToggleUnverified                   bool `json:"auto_toggle_unverified"`
	OfflineTranslation                     bool `json:"offline_translation"`
	KeyEditing                             bool `json:"key_editing"`
	InlineMachineTranslations              bool `json:"inline_machine_translations"`
	Branching                              bool `json:"branching"`
	Segmentation                           bool `json:"segmentation"`
	CustomTranslationStatuses              bool `json:"custom_translation_statuses"`
	CustomTranslationStatusesAllowMultiple bool `json:"custom_translation_statuses_allow_multiple"`
	ContributorPreviewDownloadEnabled      bool `json:"contributor_preview_download_enabled"`
}

// ProjectStatistics are the counts of a project.
type ProjectStatistics struct {
	ProgressTotal int64             `json:"progress_total"`
	KeysTotal     int64             `json:"keys_total"`
	Team          int64             `json:"team"`
	BaseWords     int64             `json:"base_words"`
	QAIssuesTotal int64             `json:"qa_issues_total"`
	QAIssues      QAIssues          `json:"qa_issues"`
	Languages     []ProjectLanguage `json:"languages"`
}

// QAIssues counts the findings of each quality check.
type QAIssues struct {
	NotReviewed                   int64 `json:"not_reviewed"`
	Unverified                    int64 `json:"unverified"`
	SpellingGrammar               int64 `json:"spelling_grammar"`
	InconsistentPlaceholders      int64 `json:"inconsistent_placeholders"`
	InconsistentHTML              int64 `json:"inconsistent_html"`
	DifferentNumberOfURLs         int64 `json:"different_number_of_urls"`
	DifferentURLs                 int64 `json:"different_urls"`
	LeadingWhitespace             int64 `json:"leading_whitespace"`
	TrailingWhitespace            int64 `json:"trailing_whitespace"`
	DifferentNumberOfEmailAddress int64 `json:"different_number_of_email_address"`
	DifferentEmailAddress         int64 `json:"different_email_address"`
	DifferentBrackets             int64 `json:"different_brackets"`
	DifferentNumbers              int64 `json:"different_numbers"`
	DoubleSpace                   int64 `json:"double_space"`
	SpecialPlaceholder            int64 `json:"special_placeholder"`
	UnbalancedBrackets            int64 `json:"unbalanced_brackets"`
}

// ProjectLanguage is the progress of one language.
type ProjectLanguage struct {
	LanguageID  int64  `json:"language_id"`
	LanguageISO string `json:"language_iso"`
	Progress    int64  `json:"progress"`
	WordsToDo   int64  `json:"words_to_do"`
}

// Key is a key as a list with translations has it.
type Key struct {
	KeyID                           int64         `json:"key_id"`
	CreatedAt                       string        `json:"created_at"`
	CreatedAtTimestamp              int64         `json:"created_at_timestamp"`
	KeyName                         PerPlatform   `json:"key_name"`
	Filenames                       PerPlatform   `json:"filenames"`
	Description                     string        `json:"description"`
	Platforms                       []string      `json:"platforms"`
	Tags                            []string      `json:"tags"`
	Translations                    []Translation `json:"translations"`
	IsPlural                        bool          `json:"is_plural"`
	PluralName                      string        `json:"plural_name"`
	IsHidden                        bool          `json:"is_hidden"`
	IsArchived                      bool          `json:"is_archived"`
	Context                         string        `json:"context"`
	BaseWords                       int64         `json:"base_words"`
	CharLimit                       int64         `json:"char_limit"`
	CustomAttributes                string        `json:"custom_attributes"`
	ModifiedAt                      string        `json:"modified_at"`
	ModifiedAtTimestamp             int64         `json:"modified_at_timestamp"`
	TranslationsModifiedAt          string        `json:"translations_modified_at"`
	TranslationsModifiedAtTimestamp int64         `json:"translations_modified_at_timestamp"`
}

// PerPlatform is a value for each platform.
type PerPlatform struct {
	IOS     string `json:"ios"`
	Android string `json:"android"`
	Web     string `json:"web"`
	Other   string `json:"other"`
}

// Translation is the text of a key in one language.
type Translation struct {
	TranslationID             int64               `json:"translation_id"`
	KeyID                     int64               `json:"key_id"`
	LanguageISO               string              `json:"language_iso"`
	ModifiedAt                string              `json:"modified_at"`
	ModifiedAtTimestamp       int64               `json:"modified_at_timestamp"`
	ModifiedBy                int64               `json:"modified_by"`
	ModifiedByEmail           string              `json:"modified_by_email"`
	Translation               string              `json:"translation"`
	IsUnverified              bool                `json:"is_unverified"`
	IsReviewed                bool                `json:"is_reviewed"`
	IsFuzzy                   bool                `json:"is_fuzzy"`
	ReviewedBy                int64               `json:"reviewed_by"`
	Words                     int64               `json:"words"`
	CustomTranslationStatuses []TranslationStatus `json:"custom_translation_statuses"`
	TaskID                    *int64              `json:"task_id"`
	SegmentNumber             int64               `json:"segment_number"`
}

// TranslationStatus is a status that a project defined for itself.
type TranslationStatus struct {
	StatusID int64  `json:"status_id"`
	Title    string `json:"title"`
	Color    string `json:"color"`
}
