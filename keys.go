package lokalise

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"net/http"
)

// KeysService calls the operations on keys.
type KeysService struct{ service }

// Key is a key: a name with a translation in each language.
type Key struct {
	KeyID     int64 `json:"key_id"`
	CreatedAt Time  `json:"created_at"`
	// CreatedAtTimestamp is absent in answers recorded in 2018.
	CreatedAtTimestamp Timestamp    `json:"created_at_timestamp,omitzero"`
	KeyName            KeyName      `json:"key_name"`
	Filenames          KeyFilenames `json:"filenames"`
	Description        string       `json:"description"`
	Platforms          []Platform   `json:"platforms"`
	Tags               []string     `json:"tags"`
	// Comments are nil in a list that was not asked for them, and empty when
	// there are none.
	Comments []Comment `json:"comments,omitzero"`
	// Screenshots are nil in a list that was not asked for them, and empty when
	// there are none.
	Screenshots []Screenshot `json:"screenshots,omitzero"`
	// Translations are nil in a list that was not asked for them.
	Translations []Translation `json:"translations,omitzero"`
	// IsPlural tells that the translations have plural forms, which
	// [Translation.Plurals] reads.
	IsPlural bool `json:"is_plural"`
	// PluralName is a name that some file formats need.
	PluralName string `json:"plural_name"`
	// IsHidden hides the key from everybody who is no admin.
	IsHidden   bool   `json:"is_hidden"`
	IsArchived bool   `json:"is_archived"`
	Context    string `json:"context"`
	// BaseWords is the number of words in the base language.
	BaseWords int64 `json:"base_words"`
	// CharLimit is the largest number of characters of a translation; 0 is no
	// limit.
	CharLimit        int64            `json:"char_limit"`
	CustomAttributes CustomAttributes `json:"custom_attributes"`
	// ModifiedAt is absent in answers recorded before 2020.
	ModifiedAt          Time      `json:"modified_at,omitzero"`
	ModifiedAtTimestamp Timestamp `json:"modified_at_timestamp,omitzero"`
	// TranslationsModifiedAt is absent in answers recorded before 2020.
	TranslationsModifiedAt          Time      `json:"translations_modified_at,omitzero"`
	TranslationsModifiedAtTimestamp Timestamp `json:"translations_modified_at_timestamp,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// CustomAttributes are whatever a format or a user keeps with a key. The API
// has them as a text that holds JSON; the empty text is none. Conversion makes
// them of JSON: CustomAttributes(`{"max": 3}`).
type CustomAttributes string

// JSON returns the attributes as JSON, and nil when there are none or the text
// is not JSON.
func (a CustomAttributes) JSON() json.RawMessage {
	if raw := json.RawMessage(a); json.Valid(raw) {
		return raw
	}
	return nil
}

// KeyDeleted is what [KeysService.Delete] returns.
type KeyDeleted struct {
	ProjectID  ProjectID `json:"project_id"`
	KeyRemoved bool      `json:"key_removed"`
	// KeysLocked is the number of keys that were not deleted because a task
	// locks them. It is absent in answers recorded in 2018.
	KeysLocked Opt[int64] `json:"keys_locked,omitzero"`
	// Branch is the name of the branch; it is absent where the project has
	// none.
	Branch Opt[string] `json:"branch,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// List returns one page of the keys of a project.
//
// It needs the scope read_keys.
// https://developers.lokalise.com/reference/list-all-keys
//
//lokalise:op GET /projects/{project_id}/keys
func (s *KeysService) List(ctx context.Context, project ProjectID, o *KeyListOptions, opts ...RequestOption) (*Page[Key], error) {
	r := s.projectCall(http.MethodGet, project, opts)
	return listPage(ctx, r, o.encode(&r.query, false), decodeKey)
}

// All goes through all keys of a project, page by page. It goes by cursor
// unless the options have a page number.
//
// It needs the scope read_keys.
// https://developers.lokalise.com/reference/list-all-keys
//
//lokalise:op GET /projects/{project_id}/keys
func (s *KeysService) All(ctx context.Context, project ProjectID, o *KeyListOptions, opts ...RequestOption) iter.Seq2[*Key, error] {
	r := s.projectCall(http.MethodGet, project, opts)
	return iterate(ctx, r, o.encode(&r.query, true), decodeKey)
}

// Get returns a key with its comments, screenshots and translations.
//
// It needs the scope read_keys.
// https://developers.lokalise.com/reference/retrieve-a-key
//
//lokalise:op GET /projects/{project_id}/keys/{key_id}
func (s *KeysService) Get(ctx context.Context, project ProjectID, keyID int64, o *KeyGetOptions, opts ...RequestOption) (*Key, error) {
	r := s.oneCall(http.MethodGet, project, keyID, opts)
	r.result = "key"
	if o != nil {
		r.query.flag("disable_references", o.DisableReferences)
	}
	return one(ctx, r, decodeKey)
}

// Create creates keys. More than 500 go in several requests. It returns the
// keys that were created, and a [*PartialError] when some were not. The user
// needs the right to manage keys.
//
// It needs the scope write_keys.
// https://developers.lokalise.com/reference/create-keys
//
//lokalise:op POST /projects/{project_id}/keys
func (s *KeysService) Create(ctx context.Context, project ProjectID, keys []KeyCreateRequest, o *KeyBulkOptions, opts ...RequestOption) ([]Key, error) {
	return bulk(ctx, keys, bulkOperation[KeyCreateRequest, Key]{
		call: func(chunk []KeyCreateRequest) *call {
			r := s.projectCall(http.MethodPost, project, opts)
			withBody(r, &keysBody[KeyCreateRequest]{chunk, o.automations()})
			return r
		},
		decode: decodeKey,
		is: func(item *KeyCreateRequest, e *ItemError) bool {
			name, named := e.KeyName.Get()
			return named && item.KeyName.matches(name)
		},
	})
}

// Update changes a key. The user needs the right to manage keys.
//
// It needs the scope write_keys.
// https://developers.lokalise.com/reference/update-a-key
//
//lokalise:op PUT /projects/{project_id}/keys/{key_id}
func (s *KeysService) Update(ctx context.Context, project ProjectID, keyID int64, body *KeyUpdateRequest, opts ...RequestOption) (*Key, error) {
	r := s.oneCall(http.MethodPut, project, keyID, opts)
	r.result = "key"
	withBody(r, body)
	return one(ctx, r, decodeKey)
}

// UpdateBulk changes keys, with their translations. More than 500 go in
// several requests. It returns the keys that were changed, and a
// [*PartialError] when some were not. The user needs the right to manage keys.
//
// It needs the scope write_keys.
// https://developers.lokalise.com/reference/bulk-update
//
//lokalise:op PUT /projects/{project_id}/keys
func (s *KeysService) UpdateBulk(ctx context.Context, project ProjectID, keys []KeyBulkUpdateRequest, o *KeyBulkOptions, opts ...RequestOption) ([]Key, error) {
	return bulk(ctx, keys, bulkOperation[KeyBulkUpdateRequest, Key]{
		call: func(chunk []KeyBulkUpdateRequest) *call {
			r := s.projectCall(http.MethodPut, project, opts)
			withBody(r, &keysBody[KeyBulkUpdateRequest]{chunk, o.automations()})
			return r
		},
		decode: decodeKey,
		is: func(item *KeyBulkUpdateRequest, e *ItemError) bool {
			name, named := e.KeyName.Get()
			return item.KeyID == e.KeyID || e.KeyID == 0 && named && item.KeyName.matches(name)
		},
	})
}

func (s *KeysService) projectCall(method string, project ProjectID, opts []RequestOption) *call {
	r := s.client.newCall(method, "/projects/{project_id}/keys", opts)
	r.path.projectID(project)
	r.result = "keys"
	return r
}

// Delete deletes a key with its translations. The user needs the right to
// manage keys. When the API deletes nothing, because a task locks the key, the
// error is [ErrKeyLocked], and the answer comes with it.
//
// It needs the scope write_keys.
// https://developers.lokalise.com/reference/delete-a-key
//
//lokalise:op DELETE /projects/{project_id}/keys/{key_id}
func (s *KeysService) Delete(ctx context.Context, project ProjectID, keyID int64, opts ...RequestOption) (*KeyDeleted, error) {
	r := s.oneCall(http.MethodDelete, project, keyID, opts)
	answer, err := one(ctx, r, decodeKeyDeleted)
	if err == nil && !answer.KeyRemoved {
		err = fmt.Errorf("%w: %s %s removed nothing (keys_locked is %d)",
			ErrKeyLocked, r.method, r.pathForErrors(), answer.KeysLocked.Or(0))
	}
	return answer, err
}

func (s *KeysService) oneCall(method string, project ProjectID, keyID int64, opts []RequestOption) *call {
	r := s.client.newCall(method, "/projects/{project_id}/keys/{key_id}", opts)
	r.path.projectID(project)
	r.path.id(keyID)
	return r
}
