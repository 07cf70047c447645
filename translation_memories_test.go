package lokalise_test

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"net/http"
	"testing"

	"github.com/golokalise/lokalise"
)

func TestTranslationMemoryOperations(t *testing.T) {
	t.Parallel()
	for _, c := range asList(opCase{
		op:     "GET /projects/{project_id}/translation-memories",
		path:   projectPath + "/translation-memories",
		answer: `{"project_id": "p", "translation_memories": [{"id": 1}, 2.50]}`,
		want:   []json.RawMessage{json.RawMessage(`{"id": 1}`), json.RawMessage(`2.50`)},
	}, func(ctx context.Context, c *lokalise.Client) (*lokalise.Page[json.RawMessage], error) {
		return c.TranslationMemories.List(ctx, projectID)
	}, func(ctx context.Context, c *lokalise.Client) iter.Seq2[*json.RawMessage, error] {
		return c.TranslationMemories.All(ctx, projectID)
	}) {
		testOperation(t, c)
	}
}

// Nobody knows what the answer looks like, so that any list will do.
func TestTranslationMemoriesAreTheOneListOfTheAnswer(t *testing.T) {
	t.Parallel()
	for body, n := range map[string]int{
		`[]`:                         0,
		`[{}, {}]`:                   2,
		`{"data": [{}], "meta": {}}`: 1,
		`{"data": [], "x": "[]"}`:    0,
		`{}`:                         -1,
		`{"a": [], "b": []}`:         -1,
		`"text"`:                     -1,
		`null`:                       -1,
		``:                           -1,
	} {
		page, err := newServer(t, answer(http.StatusOK, body)).TranslationMemories.List(t.Context(), projectID)
		switch {
		case n < 0 && !errors.Is(err, lokalise.ErrDecode):
			t.Errorf("%s: got %v, %v", body, page, err)
		case n >= 0 && (err != nil || len(page.Items) != n):
			t.Errorf("%s: got %v, %v", body, page, err)
		}
	}
}

func TestTranslationMemoriesKeepWhatStandsBesideTheList(t *testing.T) {
	t.Parallel()
	client := newServer(t, with(answer(http.StatusOK, `{"project_id": "p", "memories": [{}], "has_more": true}`), "X-Pagination-Page-Count", "3"))
	page, err := client.TranslationMemories.List(t.Context(), projectID)
	if err != nil || page.Response.Page.PageCount != lokalise.Some(3) || string(page.Response.Envelope["has_more"]) != "true" {
		t.Errorf("got %+v, %v", page, err)
	}
}
