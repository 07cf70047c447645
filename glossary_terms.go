package lokalise

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
	"slices"
)

// GlossaryTermsService calls the operations on the glossary of a project.
type GlossaryTermsService struct{ service }

// GlossaryTerm is a word that has a meaning of its own in a project. Its
// members have names in camel case on the wire.
type GlossaryTerm struct {
	ID          int64     `json:"id"`
	ProjectID   ProjectID `json:"projectId"`
	Term        string    `json:"term"`
	Description string    `json:"description"`
	// CaseSensitive tells that the term is one in this spelling only.
	CaseSensitive bool `json:"caseSensitive"`
	// Translatable tells that the term is translated at all.
	Translatable bool `json:"translatable"`
	// Forbidden tells that the term must not be used.
	Forbidden bool `json:"forbidden"`
	// Translations have an element for each language of the project; those
	// without a translation are empty.
	Translations []GlossaryTranslation `json:"translations"`
	Tags         []string              `json:"tags"`
	CreatedAt    Time                  `json:"createdAt"`
	// UpdatedAt is null until the term is changed.
	UpdatedAt Opt[Time] `json:"updatedAt"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// GlossaryTranslation is a term in another language.
type GlossaryTranslation struct {
	LangID      int64  `json:"langId"`
	LangName    string `json:"langName"`
	LangISO     string `json:"langIso"`
	Translation string `json:"translation"`
	Description string `json:"description"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// TermsDeleted is the answer to [GlossaryTermsService.Delete].
type TermsDeleted struct {
	Deleted TermsDeletedIDs `json:"deleted"`
	// Failed is absent where it was recorded; an official SDK's sample has it.
	Failed Opt[[]TermsFailed] `json:"failed,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// TermsDeletedIDs are the terms that were deleted.
type TermsDeletedIDs struct {
	Count int64   `json:"count"`
	IDs   []int64 `json:"ids"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// TermsFailed are terms that were not deleted, for one reason.
type TermsFailed struct {
	Count   int64   `json:"count"`
	IDs     []int64 `json:"ids"`
	Message string  `json:"message"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// GlossaryTermListOptions page a list of terms. nil asks for the first page and
// the API's own page size.
type GlossaryTermListOptions struct {
	// Cursor is the cursor of the page, which the page before it gave in
	// Response.Page.NextCursor; All starts there. It is the identifier of a
	// term, as a text. Defaults to the first page.
	Cursor string
	// Limit is the number of terms on a page, at most 500. Defaults to 500.
	Limit int
}

// paging goes by cursor, which this list does without being asked to.
func (o *GlossaryTermListOptions) paging() paging {
	p := paging{byCursor: true}
	if o != nil {
		p.start = position{cursor: o.Cursor, limit: o.Limit}
	}
	return p
}

// GlossaryTermCreateRequest is a term that is to be made. Everything but
// Translations and Tags is required.
type GlossaryTermCreateRequest struct {
	Term        string `json:"term"`
	Description string `json:"description"`
	// CaseSensitive makes it a term in this spelling only.
	CaseSensitive bool `json:"caseSensitive"`
	// Translatable tells that the term is translated at all.
	Translatable bool `json:"translatable"`
	// Forbidden tells that the term must not be used.
	Forbidden    bool                         `json:"forbidden"`
	Translations []GlossaryRequestTranslation `json:"translations,omitzero"`
	Tags         []string                     `json:"tags,omitzero"`
}

// GlossaryTermUpdateRequest is a term that is to be changed. What is absent
// stays as it is.
type GlossaryTermUpdateRequest struct {
	// ID is required.
	ID            int64                        `json:"id"`
	Term          Opt[string]                  `json:"term,omitzero"`
	Description   Opt[string]                  `json:"description,omitzero"`
	CaseSensitive Opt[bool]                    `json:"caseSensitive,omitzero"`
	Translatable  Opt[bool]                    `json:"translatable,omitzero"`
	Forbidden     Opt[bool]                    `json:"forbidden,omitzero"`
	Translations  []GlossaryRequestTranslation `json:"translations,omitzero"`
	// Tags replace the tags; an empty list that is not nil takes them away.
	Tags []string `json:"tags,omitzero"`
}

// GlossaryRequestTranslation is a translation that a term is to get.
type GlossaryRequestTranslation struct {
	LangID      int64       `json:"langId"`
	Translation Opt[string] `json:"translation,omitzero"`
	Description Opt[string] `json:"description,omitzero"`
}

// List returns one page of the glossary of a project.
//
// It needs the scope read_glossary.
// https://developers.lokalise.com/reference/list-glossary-terms
//
//lokalise:op GET /projects/{project_id}/glossary-terms
func (s *GlossaryTermsService) List(ctx context.Context, project ProjectID, o *GlossaryTermListOptions, opts ...RequestOption) (*Page[GlossaryTerm], error) {
	return listPage(ctx, s.termsCall(http.MethodGet, project, opts), o.paging(), decodeGlossaryTerm)
}

// All goes through the whole glossary of a project, page by page.
//
// It needs the scope read_glossary.
// https://developers.lokalise.com/reference/list-glossary-terms
//
//lokalise:op GET /projects/{project_id}/glossary-terms
func (s *GlossaryTermsService) All(ctx context.Context, project ProjectID, o *GlossaryTermListOptions, opts ...RequestOption) iter.Seq2[*GlossaryTerm, error] {
	return iterate(ctx, s.termsCall(http.MethodGet, project, opts), o.paging(), decodeGlossaryTerm)
}

// Get returns a term.
//
// It needs the scope read_glossary.
// https://developers.lokalise.com/reference/retrieve-a-glossary-term
//
//lokalise:op GET /projects/{project_id}/glossary-terms/{term_id}
func (s *GlossaryTermsService) Get(ctx context.Context, project ProjectID, termID int64, opts ...RequestOption) (*GlossaryTerm, error) {
	r := s.client.newCall(http.MethodGet, "/projects/{project_id}/glossary-terms/{term_id}", opts)
	r.path.projectID(project)
	r.path.id(termID)
	r.result = "data"
	return one(ctx, r, decodeGlossaryTerm)
}

// Create adds terms to the glossary of a project. More than 500 go in several
// requests. It returns the terms that were made, and a [*PartialError] when
// some were not; which ones, the API says in words only. When none was made the
// error is an [*APIError], whose Errors have a text for each reason.
//
// It needs the scope write_glossary.
// https://developers.lokalise.com/reference/create-glossary-terms
//
//lokalise:op POST /projects/{project_id}/glossary-terms
func (s *GlossaryTermsService) Create(ctx context.Context, project ProjectID, terms []GlossaryTermCreateRequest, opts ...RequestOption) ([]GlossaryTerm, error) {
	return writeTerms(ctx, s, http.MethodPost, project, terms, opts)
}

// Update changes terms of the glossary of a project. More than 500 go in
// several requests. It returns the terms that were changed, and a
// [*PartialError] when some were not; which ones, the API says in words only.
//
// It needs the scope write_glossary.
// https://developers.lokalise.com/reference/update-glossary-terms
//
//lokalise:op PUT /projects/{project_id}/glossary-terms
func (s *GlossaryTermsService) Update(ctx context.Context, project ProjectID, terms []GlossaryTermUpdateRequest, opts ...RequestOption) ([]GlossaryTerm, error) {
	return writeTerms(ctx, s, http.MethodPut, project, terms, opts)
}

func writeTerms[T any](ctx context.Context, s *GlossaryTermsService, method string, project ProjectID, terms []T, opts []RequestOption) ([]GlossaryTerm, error) {
	return bulk(ctx, terms, bulkOperation[T, GlossaryTerm]{
		call: func(chunk []T) *call {
			r := s.termsCall(method, project, opts)
			withBody(r, &glossaryTerms[T]{chunk})
			return r
		},
		decode: decodeGlossaryTerm,
	})
}

// glossaryTerms is the body of the operations on many terms.
type glossaryTerms[T any] struct {
	Terms []T `json:"terms"`
}

// Delete deletes terms of the glossary of a project. More than 500 go in
// several requests. It returns which terms were deleted, and a [*PartialError]
// when some were not.
//
// It needs the scope write_glossary.
// https://developers.lokalise.com/reference/delete-glossary-terms
//
//lokalise:op DELETE /projects/{project_id}/glossary-terms
func (s *GlossaryTermsService) Delete(ctx context.Context, project ProjectID, termIDs []int64, opts ...RequestOption) (*TermsDeleted, error) {
	var all *TermsDeleted
	err := inChunks(len(termIDs), 0, func(from, to int) chunkOutcome {
		r := s.termsCall(http.MethodDelete, project, opts)
		withBody(r, &glossaryTerms[int64]{termIDs[from:to]})
		answer, err := one(ctx, r, decodeTermsDeleted)
		if err != nil {
			return chunkOutcome{call: r, err: err}
		}
		if all == nil {
			all = answer
		} else {
			all.add(answer)
		}
		return chunkOutcome{call: r, failed: answer.itemErrors(termIDs[from:to])}
	})
	return all, err
}

// add joins the answers to two requests.
func (t *TermsDeleted) add(more *TermsDeleted) {
	t.Deleted.Count += more.Deleted.Count
	t.Deleted.IDs = append(t.Deleted.IDs, more.Deleted.IDs...)
	if failed, ok := more.Failed.Get(); ok {
		t.Failed = Some(append(t.Failed.Or(nil), failed...))
	}
}

// itemErrors says which of the terms of a request were not deleted.
func (t *TermsDeleted) itemErrors(termIDs []int64) []ItemError {
	var failed []ItemError
	for _, reason := range t.Failed.Or(nil) {
		for _, id := range reason.IDs {
			failed = append(failed, ItemError{
				Index:   slices.Index(termIDs, id), // -1 where it is not one of them
				Message: clean(reason.Message, maxErrorMessage),
			})
		}
	}
	return failed
}

func (s *GlossaryTermsService) termsCall(method string, project ProjectID, opts []RequestOption) *call {
	r := s.client.newCall(method, "/projects/{project_id}/glossary-terms", opts)
	r.path.projectID(project)
	r.result = "data"
	return r
}
