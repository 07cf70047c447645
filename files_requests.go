package lokalise

// FileUploadRequest is the body of [FilesService.Upload].
type FileUploadRequest struct {
	// Content is the file itself, such as ContentFromPath("locales/en.json").
	// It is required.
	Content Content `json:"-"`
	// Progress is called while the file is sent, with the bytes of the file so
	// far and in all, -1 when that is not known. When the file is sent again, it
	// starts over. It is called from another goroutine than the call's.
	// Defaults to nothing.
	Progress func(sent, total int64) `json:"-"`
	// Filename is the name of the file in the project. It may have slashes, and
	// %LANG_ISO% in place of the language. It is required.
	Filename string `json:"filename"`
	// LangISO is the language of the file in the project, such as "en_US". It
	// is required.
	LangISO string `json:"lang_iso"`
	FileImportOptions
}

// FileImportOptions say how a file is imported. What is absent is left to the
// API.
type FileImportOptions struct {
	// Format is the format of the file. Defaults to what the name's extension
	// tells.
	Format FileFormat `json:"format,omitzero"`
	// ConvertPlaceholders turns placeholders into Lokalise's universal ones.
	// Defaults to true.
	ConvertPlaceholders Opt[bool] `json:"convert_placeholders,omitzero"`
	// DetectICUPlurals makes plurals of texts in ICU's notation. Defaults to
	// false.
	DetectICUPlurals Opt[bool] `json:"detect_icu_plurals,omitzero"`
	// Tags are put on the keys of the file, as the next three fields say.
	Tags []string `json:"tags,omitzero"`
	// TagInsertedKeys puts the tags on keys that are new. Defaults to true.
	TagInsertedKeys Opt[bool] `json:"tag_inserted_keys,omitzero"`
	// TagUpdatedKeys puts the tags on keys that change. Defaults to true.
	TagUpdatedKeys Opt[bool] `json:"tag_updated_keys,omitzero"`
	// TagSkippedKeys puts the tags on keys that stay as they are. Defaults to
	// false.
	TagSkippedKeys Opt[bool] `json:"tag_skipped_keys,omitzero"`
	// ReplaceModified overwrites translations that were changed in Lokalise.
	// Defaults to false.
	ReplaceModified Opt[bool] `json:"replace_modified,omitzero"`
	// SlashNToLinebreak turns \n into a line break. Defaults to true.
	SlashNToLinebreak Opt[bool] `json:"slashn_to_linebreak,omitzero"`
	// KeysToValues takes the key's name where the value is empty. Defaults to
	// false.
	KeysToValues Opt[bool] `json:"keys_to_values,omitzero"`
	// DistinguishByFile lets keys of the same name exist once in each file.
	// Defaults to false.
	DistinguishByFile Opt[bool] `json:"distinguish_by_file,omitzero"`
	// ApplyTM applies full matches of the translation memory. Defaults to
	// false.
	ApplyTM Opt[bool] `json:"apply_tm,omitzero"`
	// UseAutomations runs the project's automations. Defaults to true.
	UseAutomations Opt[bool] `json:"use_automations,omitzero"`
	// HiddenFromContributors hides new keys from contributors. Defaults to
	// false.
	HiddenFromContributors Opt[bool] `json:"hidden_from_contributors,omitzero"`
	// CleanupMode deletes the keys of the file that are not in it anymore, with
	// their translations into all languages. There is no way back but a
	// snapshot. Defaults to false.
	CleanupMode Opt[bool] `json:"cleanup_mode,omitzero"`
	// CustomTranslationStatusIDs are put on the translations, as the next three
	// fields say.
	CustomTranslationStatusIDs []int64 `json:"custom_translation_status_ids,omitzero"`
	// CustomTranslationStatusInsertedKeys puts the statuses on keys that are
	// new. Defaults to true.
	CustomTranslationStatusInsertedKeys Opt[bool] `json:"custom_translation_status_inserted_keys,omitzero"`
	// CustomTranslationStatusUpdatedKeys puts the statuses on keys that change.
	// Defaults to true.
	CustomTranslationStatusUpdatedKeys Opt[bool] `json:"custom_translation_status_updated_keys,omitzero"`
	// CustomTranslationStatusSkippedKeys puts the statuses on keys that stay as
	// they are. Defaults to false.
	CustomTranslationStatusSkippedKeys Opt[bool] `json:"custom_translation_status_skipped_keys,omitzero"`
	// SkipDetectLangISO keeps the API from guessing the language from the name
	// of the file. Defaults to false.
	SkipDetectLangISO Opt[bool] `json:"skip_detect_lang_iso,omitzero"`
	// FilterTaskID imports into this task only.
	FilterTaskID Opt[int64] `json:"filter_task_id,omitzero"`
}

// FileDownloadRequest says what is exported, and how. What is absent is left
// to the API.
type FileDownloadRequest struct {
	// Format is the format of the files. It is required.
	Format FileFormat `json:"format"`
	// OriginalFilenames keeps the names that the files were uploaded under.
	// Without, each language is one file. Defaults to true.
	OriginalFilenames Opt[bool] `json:"original_filenames,omitzero"`
	// BundleStructure is where files go when OriginalFilenames is false, with
	// the placeholders %LANG_ISO%, %LANG_NAME%, %FORMAT% and %PROJECT_NAME%.
	BundleStructure Opt[string] `json:"bundle_structure,omitzero"`
	// DirectoryPrefix goes before the names when OriginalFilenames is true, with
	// the placeholder %LANG_ISO%. An empty one is another thing than none.
	DirectoryPrefix Opt[string] `json:"directory_prefix,omitzero"`
	// AllPlatforms exports the keys of all platforms.
	AllPlatforms Opt[bool] `json:"all_platforms,omitzero"`
	// FilterLangs are the languages to export. Defaults to all.
	FilterLangs []string `json:"filter_langs,omitzero"`
	// FilterData picks translations.
	FilterData []ExportFilter `json:"filter_data,omitzero"`
	// FilterFilenames are the files to export. Defaults to all.
	FilterFilenames []string `json:"filter_filenames,omitzero"`
	// AddNewlineEOF ends each file with a line break.
	AddNewlineEOF Opt[bool] `json:"add_newline_eof,omitzero"`
	// CustomTranslationStatusIDs exports the translations with these statuses
	// only.
	CustomTranslationStatusIDs []int64 `json:"custom_translation_status_ids,omitzero"`
	// IncludeTags exports the keys with these tags only.
	IncludeTags []string `json:"include_tags,omitzero"`
	// ExcludeTags leaves out the keys with these tags.
	ExcludeTags []string `json:"exclude_tags,omitzero"`
	// ExportSort is the order of the keys.
	ExportSort ExportSort `json:"export_sort,omitzero"`
	// ExportEmptyAs is what is written for empty translations.
	ExportEmptyAs ExportEmptyAs `json:"export_empty_as,omitzero"`
	// ExportNullAs matters to [FileFormatRubyYAML] only.
	ExportNullAs ExportNullAs `json:"export_null_as,omitzero"`
	// IncludeComments writes the comments of keys. Defaults to false.
	IncludeComments Opt[bool] `json:"include_comments,omitzero"`
	// IncludeDescription writes the descriptions of keys. Defaults to true.
	IncludeDescription Opt[bool] `json:"include_description,omitzero"`
	// IncludePIDs are further projects, whose keys are merged in.
	IncludePIDs []ProjectID `json:"include_pids,omitzero"`
	// Triggers are the integrations to start.
	Triggers []ExportTrigger `json:"triggers,omitzero"`
	// FilterRepositories are the repositories to which the triggers push, as
	// organization/repository.
	FilterRepositories []string `json:"filter_repositories,omitzero"`
	// ReplaceBreaks writes line breaks as \n. Defaults to true.
	ReplaceBreaks Opt[bool] `json:"replace_breaks,omitzero"`
	// DisableReferences leaves references to other keys as they are. Defaults
	// to false.
	DisableReferences Opt[bool] `json:"disable_references,omitzero"`
	// PluralFormat defaults to the usual one of the format.
	PluralFormat PluralFormat `json:"plural_format,omitzero"`
	// PlaceholderFormat defaults to the usual one of the format.
	PlaceholderFormat PlaceholderFormat `json:"placeholder_format,omitzero"`
	// WebhookURL is sent a POST with the address of the bundle.
	WebhookURL Opt[string] `json:"webhook_url,omitzero"`
	// LanguageMapping gives languages other codes in the export.
	LanguageMapping []LanguageMapping `json:"language_mapping,omitzero"`
	// ICUNumeric writes zero, one and two as =0, =1 and =2 in
	// [PluralFormatICU].
	ICUNumeric Opt[bool] `json:"icu_numeric,omitzero"`
	// EscapePercent writes [%] as %% in [PlaceholderFormatPrintf].
	EscapePercent Opt[bool] `json:"escape_percent,omitzero"`
	// Indentation defaults to [IndentationDefault].
	Indentation Indentation `json:"indentation,omitzero"`
	// YAMLIncludeRoot writes the language as the root of YAML files.
	YAMLIncludeRoot Opt[bool] `json:"yaml_include_root,omitzero"`
	// JSONUnescapedSlashes leaves slashes in JSON as they are.
	JSONUnescapedSlashes Opt[bool] `json:"json_unescaped_slashes,omitzero"`
	// JavaPropertiesEncoding is the encoding of .properties files.
	JavaPropertiesEncoding JavaPropertiesEncoding `json:"java_properties_encoding,omitzero"`
	// JavaPropertiesSeparator stands between keys and values of .properties
	// files.
	JavaPropertiesSeparator JavaPropertiesSeparator `json:"java_properties_separator,omitzero"`
	// BundleDescription describes a bundle of [FileFormatIOSSDK],
	// [FileFormatAndroidSDK] or [FileFormatFlutterSDK].
	BundleDescription Opt[string] `json:"bundle_description,omitzero"`
	// FilterTaskID exports the keys of one task; for [FileFormatOfflineXLIFF]
	// only.
	FilterTaskID Opt[int64] `json:"filter_task_id,omitzero"`
	// Compact leaves out what [FileFormatARB] does not need.
	Compact Opt[bool] `json:"compact,omitzero"`
}

// LanguageMapping gives a language another code in an export.
type LanguageMapping struct {
	// OriginalLanguageISO is the code in the project. It is required.
	OriginalLanguageISO string `json:"original_language_iso"`
	// CustomLanguageISO is the code in the export. It is required.
	CustomLanguageISO string `json:"custom_language_iso"`
}
