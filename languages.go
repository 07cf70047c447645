package lokalise

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
)

// LanguagesService calls the operations on the languages of a project and on
// those that Lokalise knows.
type LanguagesService struct{ service }

// Language is a language of a project, or one that Lokalise knows.
type Language struct {
	LangID int64 `json:"lang_id"`
	// LangISO is the code of the language, such as "en_US". A project may use
	// codes of its own.
	LangISO  string `json:"lang_iso"`
	LangName string `json:"lang_name"`
	// IsRTL tells that the language is written from right to left.
	IsRTL bool `json:"is_rtl"`
	// PluralForms are the names of its plural forms, such as "one" and "other";
	// null was recorded in 2018.
	PluralForms Opt[[]string] `json:"plural_forms"`
	// ProjectLanguageUUID is declared by the official Node SDK and was never
	// recorded.
	ProjectLanguageUUID Opt[string] `json:"project_language_uuid,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// LanguageDeleted is what [LanguagesService.Delete] returns.
type LanguageDeleted struct {
	ProjectID       ProjectID `json:"project_id"`
	LanguageDeleted bool      `json:"language_deleted"`
	// Branch is the name of the branch; it is absent where the project has
	// none.
	Branch Opt[string] `json:"branch,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// LanguageCreateRequest is a language that a project is to get.
type LanguageCreateRequest struct {
	// LangISO is the code of one of [LanguagesService.ListSystem]. It is
	// required.
	LangISO string `json:"lang_iso"`
	// CustomISO is the code that the project uses for it. Defaults to LangISO.
	CustomISO Opt[string] `json:"custom_iso,omitzero"`
	// CustomName is the name that the project uses for it.
	CustomName Opt[string] `json:"custom_name,omitzero"`
	// CustomPluralForms are the names of the plural forms that the project
	// uses.
	CustomPluralForms []string `json:"custom_plural_forms,omitzero"`
}

// LanguageUpdateRequest is the body of [LanguagesService.Update].
type LanguageUpdateRequest struct {
	// LangISO stays as it is when it is absent.
	LangISO Opt[string] `json:"lang_iso,omitzero"`
	// LangName stays as it is when it is absent.
	LangName Opt[string] `json:"lang_name,omitzero"`
	// PluralForms stay as they are when they are nil.
	PluralForms []string `json:"plural_forms,omitzero"`
}

// List returns one page of the languages of a project.
//
// It needs the scope read_languages.
// https://developers.lokalise.com/reference/list-project-languages
//
//lokalise:op GET /projects/{project_id}/languages
func (s *LanguagesService) List(ctx context.Context, project ProjectID, o *ListOptions, opts ...RequestOption) (*Page[Language], error) {
	return listPage(ctx, s.projectCall(http.MethodGet, project, opts), o.paging(), decodeLanguage)
}

// All goes through all languages of a project, page by page.
//
// It needs the scope read_languages.
// https://developers.lokalise.com/reference/list-project-languages
//
//lokalise:op GET /projects/{project_id}/languages
func (s *LanguagesService) All(ctx context.Context, project ProjectID, o *ListOptions, opts ...RequestOption) iter.Seq2[*Language, error] {
	return iterate(ctx, s.projectCall(http.MethodGet, project, opts), o.paging(), decodeLanguage)
}

// ListSystem returns one page of the languages that Lokalise knows.
//
// It needs the scope read_languages.
// https://developers.lokalise.com/reference/list-system-languages
//
//lokalise:op GET /system/languages
func (s *LanguagesService) ListSystem(ctx context.Context, o *ListOptions, opts ...RequestOption) (*Page[Language], error) {
	return listPage(ctx, s.systemCall(opts), o.paging(), decodeLanguage)
}

// AllSystem goes through all languages that Lokalise knows, page by page.
//
// It needs the scope read_languages.
// https://developers.lokalise.com/reference/list-system-languages
//
//lokalise:op GET /system/languages
func (s *LanguagesService) AllSystem(ctx context.Context, o *ListOptions, opts ...RequestOption) iter.Seq2[*Language, error] {
	return iterate(ctx, s.systemCall(opts), o.paging(), decodeLanguage)
}

func (s *LanguagesService) systemCall(opts []RequestOption) *call {
	r := s.client.newCall(http.MethodGet, "/system/languages", opts)
	r.result = "languages"
	return r
}

// Get returns a language of a project.
//
// It needs the scope read_languages.
// https://developers.lokalise.com/reference/retrieve-a-language
//
//lokalise:op GET /projects/{project_id}/languages/{lang_id}
func (s *LanguagesService) Get(ctx context.Context, project ProjectID, langID int64, opts ...RequestOption) (*Language, error) {
	r := s.oneCall(http.MethodGet, project, langID, opts)
	r.result = "language"
	return one(ctx, r, decodeLanguage)
}

// Create adds languages to a project. More than 500 go in several requests. It
// returns the languages that were added, and a [*PartialError] when some were
// not; [ErrAlreadyAdded] marks those that the project had already.
//
// It probably needs the scope write_languages, which changing a language needs.
// https://developers.lokalise.com/reference/create-languages
//
//lokalise:op POST /projects/{project_id}/languages
func (s *LanguagesService) Create(ctx context.Context, project ProjectID, languages []LanguageCreateRequest, opts ...RequestOption) ([]Language, error) {
	return bulk(ctx, languages, bulkOperation[LanguageCreateRequest, Language]{
		call: func(chunk []LanguageCreateRequest) *call {
			r := s.projectCall(http.MethodPost, project, opts)
			withBody(r, &struct {
				Languages []LanguageCreateRequest `json:"languages"`
			}{chunk})
			return r
		},
		decode: decodeLanguage,
		is:     func(item *LanguageCreateRequest, e *ItemError) bool { return item.LangISO == e.LangISO },
	})
}

func (s *LanguagesService) projectCall(method string, project ProjectID, opts []RequestOption) *call {
	r := s.client.newCall(method, "/projects/{project_id}/languages", opts)
	r.path.projectID(project)
	r.result = "languages"
	return r
}

// Update changes the code, the name or the plural forms that a project uses
// for a language. The user needs the right to manage languages.
//
// It needs the scope write_languages.
// https://developers.lokalise.com/reference/update-a-language
//
//lokalise:op PUT /projects/{project_id}/languages/{lang_id}
func (s *LanguagesService) Update(ctx context.Context, project ProjectID, langID int64, body *LanguageUpdateRequest, opts ...RequestOption) (*Language, error) {
	r := s.oneCall(http.MethodPut, project, langID, opts)
	r.result = "language"
	withBody(r, body)
	return one(ctx, r, decodeLanguage)
}

// Delete takes a language out of a project, with its translations. The user
// needs the right to manage languages.
//
// It needs the scope write_languages.
// https://developers.lokalise.com/reference/delete-a-language
//
//lokalise:op DELETE /projects/{project_id}/languages/{lang_id}
func (s *LanguagesService) Delete(ctx context.Context, project ProjectID, langID int64, opts ...RequestOption) (*LanguageDeleted, error) {
	return one(ctx, s.oneCall(http.MethodDelete, project, langID, opts), decodeLanguageDeleted)
}

func (s *LanguagesService) oneCall(method string, project ProjectID, langID int64, opts []RequestOption) *call {
	r := s.client.newCall(method, "/projects/{project_id}/languages/{lang_id}", opts)
	r.path.projectID(project)
	r.path.id(langID)
	return r
}
