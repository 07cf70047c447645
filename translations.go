package lokalise

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
)

// TranslationsService calls the operations on translations.
type TranslationsService struct{ service }

// Translation is the text of a key in one language.
type Translation struct {
	TranslationID int64  `json:"translation_id"`
	KeyID         int64  `json:"key_id"`
	LanguageISO   string `json:"language_iso"`
	ModifiedAt    Time   `json:"modified_at"`
	// ModifiedAtTimestamp is absent in answers recorded in 2018.
	ModifiedAtTimestamp Timestamp `json:"modified_at_timestamp,omitzero"`
	// ModifiedBy is the identifier of a user.
	ModifiedBy      int64  `json:"modified_by"`
	ModifiedByEmail string `json:"modified_by_email"`
	// Translation is the text. For a plural key it is JSON, which
	// [Translation.Plurals] reads.
	Translation string `json:"translation"`
	// IsUnverified is absent in answers recorded before 2021; IsFuzzy was the
	// same then.
	IsUnverified Opt[bool] `json:"is_unverified,omitzero"`
	IsReviewed   bool      `json:"is_reviewed"`
	// IsFuzzy is the old name of IsUnverified, sent beside it. One official SDK
	// was recorded without it.
	IsFuzzy Opt[bool] `json:"is_fuzzy,omitzero"`
	// ReviewedBy is the identifier of a user, 0 for none.
	ReviewedBy int64 `json:"reviewed_by"`
	Words      int64 `json:"words"`
	// CustomTranslationStatuses is nil in answers recorded in 2018, which have
	// none.
	CustomTranslationStatuses []TranslationStatus `json:"custom_translation_statuses,omitzero"`
	// TaskID is the task that the translation belongs to; null for none. It is
	// absent in answers recorded before 2021.
	TaskID Opt[int64] `json:"task_id,omitzero"`
	// SegmentNumber is absent in answers recorded before 2024.
	SegmentNumber Opt[int64] `json:"segment_number,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// Plurals returns the plural forms of the translation by their names, "one",
// "other" and so on, and whether it has any: the translation of a key that is
// not plural is a plain text. It is an error when the text is a JSON object
// but its members are no texts, which happens where somebody translates JSON.
//
// [Plurals] makes of such a map the translation of a request.
func (t *Translation) Plurals() (map[string]string, bool, error) { return parsePlurals(t.Translation) }

// TranslationListOptions filters and pages a list of translations. Nil and the
// zero value list everything.
type TranslationListOptions struct {
	// DisableReferences leaves references to other keys, [%key:…%], as they
	// are. Defaults to false.
	DisableReferences Opt[bool]
	// LangID lists the translations into one language only; it is
	// [Language.LangID]. Defaults to all languages.
	LangID int64
	// IsReviewed lists those only that are reviewed, or are not. Defaults to
	// both.
	IsReviewed Opt[bool]
	// Unverified lists those only that are unverified, or are not. Defaults to
	// both.
	Unverified Opt[bool]
	// Untranslated lists those only that have no text. Defaults to false.
	Untranslated Opt[bool]
	// QAIssues lists those only that one of these checks complains about.
	QAIssues []QAIssue
	// ActiveTaskID lists those only that belong to this task.
	ActiveTaskID int64
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
	// Limit is the number of translations on a page, at most 5,000. Defaults
	// to 100.
	Limit int
}

func (o *TranslationListOptions) encode(q *query, all bool) paging {
	if o == nil {
		return cursorPaging(q, all, 0, "", false, 0)
	}
	q.flag("disable_references", o.DisableReferences)
	q.int("filter_lang_id", o.LangID)
	q.flag("filter_is_reviewed", o.IsReviewed)
	q.flag("filter_unverified", o.Unverified)
	q.flag("filter_untranslated", o.Untranslated)
	commaList(q, "filter_qa_issues", o.QAIssues)
	q.int("filter_active_task_id", o.ActiveTaskID)
	return cursorPaging(q, all, o.Page, o.Cursor, o.ByCursor, o.Limit)
}

// TranslationGetOptions changes what [TranslationsService.Get] returns.
type TranslationGetOptions struct {
	// DisableReferences leaves references to other keys, [%key:…%], as they
	// are. Defaults to false.
	DisableReferences Opt[bool]
}

// TranslationUpdateRequest is the body of [TranslationsService.Update].
type TranslationUpdateRequest struct {
	// Translation is required.
	Translation  TranslationText `json:"translation,omitzero"`
	IsUnverified Opt[bool]       `json:"is_unverified,omitzero"`
	IsReviewed   Opt[bool]       `json:"is_reviewed,omitzero"`
	// CustomTranslationStatusIDs replace the statuses; an empty list that is
	// not nil takes them away.
	CustomTranslationStatusIDs []int64 `json:"custom_translation_status_ids,omitzero"`
}

// List returns one page of the translations of a project.
//
// It needs the scope read_translations.
// https://developers.lokalise.com/reference/list-all-translations
//
//lokalise:op GET /projects/{project_id}/translations
func (s *TranslationsService) List(ctx context.Context, project ProjectID, o *TranslationListOptions, opts ...RequestOption) (*Page[Translation], error) {
	r := s.listCall(project, opts)
	return listPage(ctx, r, o.encode(&r.query, false), decodeTranslation)
}

// All goes through all translations of a project, page by page. It goes by
// cursor unless the options have a page number.
//
// It needs the scope read_translations.
// https://developers.lokalise.com/reference/list-all-translations
//
//lokalise:op GET /projects/{project_id}/translations
func (s *TranslationsService) All(ctx context.Context, project ProjectID, o *TranslationListOptions, opts ...RequestOption) iter.Seq2[*Translation, error] {
	r := s.listCall(project, opts)
	return iterate(ctx, r, o.encode(&r.query, true), decodeTranslation)
}

func (s *TranslationsService) listCall(project ProjectID, opts []RequestOption) *call {
	r := s.client.newCall(http.MethodGet, "/projects/{project_id}/translations", opts)
	r.path.projectID(project)
	r.result = "translations"
	return r
}

// Get returns a translation.
//
// It needs the scope read_translations.
// https://developers.lokalise.com/reference/retrieve-a-translation
//
//lokalise:op GET /projects/{project_id}/translations/{translation_id}
func (s *TranslationsService) Get(ctx context.Context, project ProjectID, translationID int64, o *TranslationGetOptions, opts ...RequestOption) (*Translation, error) {
	r := s.oneCall(http.MethodGet, project, translationID, opts)
	if o != nil {
		r.query.flag("disable_references", o.DisableReferences)
	}
	return one(ctx, r, decodeTranslation)
}

// Update changes a translation.
//
// It needs the scope write_translations.
// https://developers.lokalise.com/reference/update-a-translation
//
//lokalise:op PUT /projects/{project_id}/translations/{translation_id}
func (s *TranslationsService) Update(ctx context.Context, project ProjectID, translationID int64, body *TranslationUpdateRequest, opts ...RequestOption) (*Translation, error) {
	r := s.oneCall(http.MethodPut, project, translationID, opts)
	withBody(r, body)
	return one(ctx, r, decodeTranslation)
}

func (s *TranslationsService) oneCall(method string, project ProjectID, translationID int64, opts []RequestOption) *call {
	r := s.client.newCall(method, "/projects/{project_id}/translations/{translation_id}", opts)
	r.path.projectID(project)
	r.path.id(translationID)
	r.result = "translation"
	return r
}
