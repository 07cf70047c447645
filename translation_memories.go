package lokalise

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"net/http"
)

// TranslationMemoriesService calls the operation on translation memories.
//
// It is experimental: it rests on a third party's word that the vendor's
// specification has the operation. No official SDK has it, no answer was
// recorded, and this may change in any release.
type TranslationMemoriesService struct{ service }

// List returns the translation memories of a project, as the API writes them:
// which members they have is not known, nor under which name the answer lists
// them or how it is paged. The list is taken to be the one array in the answer;
// what stands beside it is in Response.Envelope.
//
// It needs the scope read_translation_memory, a third party says. It is
// experimental, see [TranslationMemoriesService].
//
//lokalise:op GET /projects/{project_id}/translation-memories
func (s *TranslationMemoriesService) List(ctx context.Context, project ProjectID, opts ...RequestOption) (*Page[json.RawMessage], error) {
	r := s.client.newCall(http.MethodGet, "/projects/{project_id}/translation-memories", opts)
	r.path.projectID(project)
	page := &Page[json.RawMessage]{Response: new(Response)}
	if r.options.response == nil {
		r.options.response = page.Response
	}
	err := r.receive(ctx, func(rd *reader) (err error) {
		page.Items, err = rd.onlyList()
		return err
	})
	if err != nil {
		return nil, err
	}
	*page.Response = *r.options.response
	return page, nil
}

// All goes through the translation memories of a project, those of the one answer
// that [TranslationMemoriesService.List] gets.
//
// It needs the scope read_translation_memory, a third party says. It is
// experimental, see [TranslationMemoriesService].
//
//lokalise:op GET /projects/{project_id}/translation-memories
func (s *TranslationMemoriesService) All(ctx context.Context, project ProjectID, opts ...RequestOption) iter.Seq2[*json.RawMessage, error] {
	return func(yield func(*json.RawMessage, error) bool) {
		page, err := s.List(ctx, project, opts...)
		if err != nil {
			yield(nil, err)
			return
		}
		for i := range page.Items {
			if !yield(&page.Items[i], nil) {
				return
			}
		}
	}
}

// onlyList reads an answer that is an array, or an object with one array among
// its members, and returns the elements of that. The other members are kept in
// the envelope.
func (rd *reader) onlyList() ([]json.RawMessage, error) {
	text, err := rd.value()
	if err != nil {
		return nil, err
	}
	lists := 0
	found := text
	rd.wire.Reset(text)
	if rd.wire.Kind() == '[' {
		lists = 1
	} else {
		for ok := rd.wire.Object(); ok; ok = rd.wire.Next() {
			name := string(rd.wire.Name())
			if value := rd.wire.RawText(); value[0] == '[' {
				found = value
				lists++
			} else {
				rd.keep(name, value)
			}
		}
	}
	if err := rd.wire.Err(); err != nil {
		return nil, err
	}
	if lists != 1 {
		return nil, errors.New("it does not hold one list")
	}
	var items []json.RawMessage
	rd.wire.Reset(found)
	for ok := rd.wire.Array(); ok; ok = rd.wire.Next() {
		items = append(items, rd.wire.Raw())
	}
	return items, nil
}
