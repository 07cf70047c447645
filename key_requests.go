package lokalise

// ArchivedKeys tells what a list does with archived keys.
type ArchivedKeys string

// The documented ways.
const (
	ArchivedKeysInclude ArchivedKeys = "include"
	ArchivedKeysExclude ArchivedKeys = "exclude"
	ArchivedKeysOnly    ArchivedKeys = "only"
)

// KeyListOptions filters and pages a list of keys. Nil and the zero value list
// everything, without comments, screenshots and translations. A value of a list
// may not hold a comma.
type KeyListOptions struct {
	// DisableReferences leaves references to other keys, [%key:…%], as they
	// are. Defaults to false.
	DisableReferences Opt[bool]
	// IncludeComments adds the comments of each key. Defaults to false.
	IncludeComments Opt[bool]
	// IncludeScreenshots adds the screenshots of each key. Defaults to false.
	IncludeScreenshots Opt[bool]
	// IncludeTranslations adds the translations of each key. Defaults to false.
	IncludeTranslations Opt[bool]
	// TranslationLangIDs are the languages of the translations that are added;
	// they are [Language.LangID]. Defaults to all languages.
	TranslationLangIDs []int64
	// Tags lists keys with one of these tags only.
	Tags []string
	// Filenames lists keys of these files only.
	Filenames []string
	// Keys lists keys with these names only.
	Keys []string
	// KeyIDs lists keys with these identifiers only.
	KeyIDs []int64
	// Platforms lists keys of these platforms only.
	Platforms []Platform
	// Untranslated lists those only that lack a translation. Defaults to false.
	Untranslated Opt[bool]
	// QAIssues lists those only that one of these checks complains about.
	QAIssues []QAIssue
	// Archived defaults to [ArchivedKeysInclude].
	Archived ArchivedKeys
	// Page is the number of the page, from 1. With it, All goes by numbers
	// too, from there on. Defaults to 1.
	Page int
	// Cursor is the [PageInfo.NextCursor] of the page before, for a list that
	// goes by cursor. Defaults to the first page.
	Cursor string
	// ByCursor makes List go by cursor, which is faster than by number for
	// long lists. All does it by itself, and so does a Cursor. Defaults to
	// false.
	ByCursor bool
	// Limit is the number of keys on a page, at most 500. Defaults to 100.
	Limit int
}

func (o *KeyListOptions) encode(q *query, all bool) paging {
	if o == nil {
		return cursorPaging(q, all, 0, "", false, 0)
	}
	q.flag("disable_references", o.DisableReferences)
	q.flag("include_comments", o.IncludeComments)
	q.flag("include_screenshots", o.IncludeScreenshots)
	q.flag("include_translations", o.IncludeTranslations)
	intList(q, "filter_translation_lang_ids", o.TranslationLangIDs)
	commaList(q, "filter_tags", o.Tags)
	commaList(q, "filter_filenames", o.Filenames)
	commaList(q, "filter_keys", o.Keys)
	intList(q, "filter_key_ids", o.KeyIDs)
	commaList(q, "filter_platforms", o.Platforms)
	q.flag("filter_untranslated", o.Untranslated)
	commaList(q, "filter_qa_issues", o.QAIssues)
	q.str("filter_archived", string(o.Archived))
	return cursorPaging(q, all, o.Page, o.Cursor, o.ByCursor, o.Limit)
}

// KeyGetOptions changes what [KeysService.Get] returns.
type KeyGetOptions struct {
	// DisableReferences leaves references to other keys, [%key:…%], as they
	// are. Defaults to false.
	DisableReferences Opt[bool]
}

// KeyBulkOptions are for [KeysService.Create] and [KeysService.UpdateBulk].
type KeyBulkOptions struct {
	// UseAutomations runs the automations of the project. Defaults to true.
	UseAutomations Opt[bool]
}

func (o *KeyBulkOptions) automations() Opt[bool] {
	if o == nil {
		return Opt[bool]{}
	}
	return o.UseAutomations
}

// keysBody is the body of the requests about many keys.
type keysBody[T any] struct {
	Keys           []T       `json:"keys"`
	UseAutomations Opt[bool] `json:"use_automations,omitzero"`
}

// KeyCreateRequest is a key that is to be created.
type KeyCreateRequest struct {
	// KeyName is required.
	KeyName KeyNameRequest `json:"key_name"`
	// Platforms are required.
	Platforms   []Platform          `json:"platforms"`
	Description Opt[string]         `json:"description,omitzero"`
	Filenames   KeyFilenamesRequest `json:"filenames,omitzero"`
	Tags        []string            `json:"tags,omitzero"`
	// Comments are added to the key.
	Comments []CommentCreateRequest `json:"comments,omitzero"`
	// Screenshots are added to the key.
	Screenshots  []KeyScreenshotRequest  `json:"screenshots,omitzero"`
	Translations []KeyTranslationRequest `json:"translations,omitzero"`
	// IsPlural defaults to false.
	IsPlural Opt[bool] `json:"is_plural,omitzero"`
	// PluralName is a name that some file formats need.
	PluralName Opt[string] `json:"plural_name,omitzero"`
	// IsHidden hides the key from everybody who is no admin. Defaults to false.
	IsHidden Opt[bool] `json:"is_hidden,omitzero"`
	// IsArchived defaults to false.
	IsArchived Opt[bool]   `json:"is_archived,omitzero"`
	Context    Opt[string] `json:"context,omitzero"`
	// CharLimit is the largest number of characters of a translation. Defaults
	// to 0, no limit.
	CharLimit        Opt[int64]            `json:"char_limit,omitzero"`
	CustomAttributes Opt[CustomAttributes] `json:"custom_attributes,omitzero"`
}

// KeyTranslationRequest is a translation that a key is to get.
type KeyTranslationRequest struct {
	// LanguageISO is required.
	LanguageISO string          `json:"language_iso"`
	Translation TranslationText `json:"translation,omitzero"`
	IsReviewed  Opt[bool]       `json:"is_reviewed,omitzero"`
	// IsUnverified marks the translation as one to be looked at.
	IsUnverified Opt[bool] `json:"is_unverified,omitzero"`
	// CustomTranslationStatusIDs replace the statuses; an empty list that is
	// not nil takes them away.
	CustomTranslationStatusIDs []int64 `json:"custom_translation_status_ids,omitzero"`
}

// KeyScreenshotRequest is a screenshot that a key is to get.
type KeyScreenshotRequest struct {
	// Data is the image as a data URL, "data:image/png;base64,…". It is
	// required.
	Data           string      `json:"data"`
	Title          Opt[string] `json:"title,omitzero"`
	Description    Opt[string] `json:"description,omitzero"`
	ScreenshotTags []string    `json:"screenshot_tags,omitzero"`
}

// KeyUpdateRequest is the body of [KeysService.Update]. What is absent stays as
// it is.
type KeyUpdateRequest struct {
	KeyName     KeyNameRequest      `json:"key_name,omitzero"`
	Platforms   []Platform          `json:"platforms,omitzero"`
	Description Opt[string]         `json:"description,omitzero"`
	Filenames   KeyFilenamesRequest `json:"filenames,omitzero"`
	// Tags replace the tags, or are added to them where MergeTags is true.
	Tags []string `json:"tags,omitzero"`
	// MergeTags defaults to false.
	MergeTags Opt[bool] `json:"merge_tags,omitzero"`
	// Comments are added to the key.
	Comments []CommentCreateRequest `json:"comments,omitzero"`
	// Screenshots are added to the key.
	Screenshots []KeyScreenshotRequest `json:"screenshots,omitzero"`
	IsPlural    Opt[bool]              `json:"is_plural,omitzero"`
	// PluralName is a name that some file formats need.
	PluralName Opt[string] `json:"plural_name,omitzero"`
	// IsHidden hides the key from everybody who is no admin.
	IsHidden   Opt[bool]   `json:"is_hidden,omitzero"`
	IsArchived Opt[bool]   `json:"is_archived,omitzero"`
	Context    Opt[string] `json:"context,omitzero"`
	// CharLimit is the largest number of characters of a translation; 0 is no
	// limit.
	CharLimit        Opt[int64]            `json:"char_limit,omitzero"`
	CustomAttributes Opt[CustomAttributes] `json:"custom_attributes,omitzero"`
}

// KeyBulkUpdateRequest is a key that [KeysService.UpdateBulk] is to change.
type KeyBulkUpdateRequest struct {
	// KeyID is required.
	KeyID int64 `json:"key_id"`
	// KeyUpdateRequest is what is to be changed; its members stand beside the
	// others.
	KeyUpdateRequest
	// Translations are changed too; those into other languages stay as they
	// are.
	Translations []KeyTranslationRequest `json:"translations,omitzero"`
}
