package lokalise_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"strings"
	"testing"

	"github.com/golokalise/lokalise"
)

const oneTerm = `{"id": 61, "projectId": "20008339586cded200e0d8.29879849", "term": "router", "description": "A network device",
 "caseSensitive": false, "translatable": true, "forbidden": false, "translations": [
  {"langId": 597, "langName": "Latvian", "langIso": "lv", "translation": "maršrutētājs", "description": ""}],
 "tags": ["net"], "createdAt": "2026-03-02 08:15:00 (Etc/UTC)", "updatedAt": null}`

func wantTerm() lokalise.GlossaryTerm {
	return lokalise.GlossaryTerm{
		ID: 61, ProjectID: projectID, Term: "router", Description: "A network device", Translatable: true,
		Translations: []lokalise.GlossaryTranslation{{LangID: 597, LangName: "Latvian", LangISO: "lv", Translation: "maršrutētājs"}},
		Tags:         []string{"net"}, CreatedAt: march2(), UpdatedAt: lokalise.Null[lokalise.Time](),
	}
}

func TestGlossaryTermOperations(t *testing.T) {
	t.Parallel()
	term := wantTerm()
	const path = projectPath + "/glossary-terms"
	options := &lokalise.GlossaryTermListOptions{Cursor: "5471757", Limit: 10}
	cases := asList(opCase{
		op:     "GET /projects/{project_id}/glossary-terms",
		path:   path,
		query:  "cursor=5471757&limit=10", // and no pagination=cursor
		answer: `{"data": [` + oneTerm + `], "meta": {"count": 1, "limit": 10, "cursor": 5471757, "hasMore": false}}`,
		want:   []lokalise.GlossaryTerm{term},
	}, func(ctx context.Context, c *lokalise.Client) (*lokalise.Page[lokalise.GlossaryTerm], error) {
		return c.GlossaryTerms.List(ctx, projectID, options)
	}, func(ctx context.Context, c *lokalise.Client) iter.Seq2[*lokalise.GlossaryTerm, error] {
		return c.GlossaryTerms.All(ctx, projectID, options)
	})
	cases = append(cases,
		opCase{
			op:     "GET /projects/{project_id}/glossary-terms/{term_id}",
			path:   path + "/61",
			answer: `{"data": ` + oneTerm + `}`,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.GlossaryTerms.Get(ctx, projectID, 61)
			},
			want: &term,
		},
		opCase{
			op:   "POST /projects/{project_id}/glossary-terms",
			path: path,
			body: `{"terms": [{"term": "router", "description": "", "caseSensitive": true, "translatable": false, "forbidden": true,
			 "translations": [{"langId": 597, "translation": "x", "description": "y"}], "tags": ["net"]}]}`,
			answer: `{"data": [` + oneTerm + `], "meta": {"count": 1, "created": 1, "limit": 500}, "errors": []}`,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.GlossaryTerms.Create(ctx, projectID, []lokalise.GlossaryTermCreateRequest{{
					Term: "router", CaseSensitive: true, Forbidden: true, Tags: []string{"net"},
					Translations: []lokalise.GlossaryRequestTranslation{
						{LangID: 597, Translation: lokalise.Some("x"), Description: lokalise.Some("y")},
					},
				}})
			},
			want: []lokalise.GlossaryTerm{term},
		},
		opCase{
			op:   "PUT /projects/{project_id}/glossary-terms",
			path: path,
			body: `{"terms": [{"id": 61, "term": "router", "description": "", "caseSensitive": false, "translatable": true, "forbidden": false,
			 "translations": [{"langId": 597}], "tags": []}]}`,
			answer: `{"data": [` + oneTerm + `], "meta": {"count": 1, "updated": 1, "limit": 500}, "errors": []}`,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.GlossaryTerms.Update(ctx, projectID, []lokalise.GlossaryTermUpdateRequest{{
					ID: 61, Term: lokalise.Some("router"), Description: lokalise.Some(""), CaseSensitive: lokalise.Some(false),
					Translatable: lokalise.Some(true), Forbidden: lokalise.Some(false), Tags: []string{},
					Translations: []lokalise.GlossaryRequestTranslation{{LangID: 597}},
				}})
			},
			want: []lokalise.GlossaryTerm{term},
		},
		opCase{
			op:     "DELETE /projects/{project_id}/glossary-terms",
			path:   path,
			body:   `{"terms": [61, 62]}`,
			answer: `{"data": {"deleted": {"count": 2, "ids": [61, 62]}}, "meta": []}`,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.GlossaryTerms.Delete(ctx, projectID, []int64{61, 62})
			},
			want: &lokalise.TermsDeleted{Deleted: lokalise.TermsDeletedIDs{Count: 2, IDs: []int64{61, 62}}},
		},
	)
	for _, c := range cases {
		testOperation(t, c)
	}
}

func TestGlossaryTermIsWrittenAsItWasRead(t *testing.T) {
	t.Parallel()
	assertWrittenAsRead(t, oneTerm, new(lokalise.GlossaryTerm))
	assertWrittenAsRead(t, strings.Replace(oneTerm, "null", `"2026-03-02 08:15:00 (Etc/UTC)"`, 1), new(lokalise.GlossaryTerm))
	assertWrittenAsRead(t, `{"deleted": {"count": 0, "ids": []}}`, new(lokalise.TermsDeleted))
	assertWrittenAsRead(t, `{"deleted": {"count": 0, "ids": []}, "failed": []}`, new(lokalise.TermsDeleted))
}

// The cursor of the glossary is a number, and the only header of its pages.
func TestGlossaryGoesByCursorWithoutBeingAsked(t *testing.T) {
	t.Parallel()
	var asked []string
	client := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.RawQuery)
		if r.URL.Query().Get("cursor") == "" {
			w.Header().Set("X-Pagination-Next-Cursor", "61")
		}
		answer(http.StatusOK, `{"data": [`+oneTerm+`], "meta": {"count": 1, "limit": 1, "cursor": 0, "hasMore": true, "nextCursor": 61}}`)(w, r)
	})
	terms, err := collect(client.GlossaryTerms.All(t.Context(), projectID, nil, lokalise.NoPrefetch()))
	if err != nil || len(terms) != 2 || fmt.Sprint(asked) != "[ cursor=61]" {
		t.Errorf("%d terms, asked for %q, %v", len(terms), asked, err)
	}
	page, err := client.GlossaryTerms.List(t.Context(), projectID, nil)
	if err != nil || page.Response.Page.NextCursor != lokalise.Some("61") || len(page.Response.Envelope["meta"]) == 0 {
		t.Errorf("got %+v, %v", page, err)
	}
}

// Errors of the glossary are texts, while those of all other bulk operations
// are objects.
func TestGlossaryTermsThatFailedComeAsTexts(t *testing.T) {
	t.Parallel()
	client := newServer(t, answer(http.StatusOK, `{"data": [`+oneTerm+`], "meta": {"count": 2, "created": 1}, "errors": ["Term \"bus\" exists"]}`))
	terms, err := client.GlossaryTerms.Create(t.Context(), projectID, make([]lokalise.GlossaryTermCreateRequest, 2))
	var e *lokalise.PartialError
	if !errors.As(err, &e) || len(terms) != 1 || len(e.Failed) != 1 {
		t.Fatalf("%d made, %v", len(terms), err)
	}
	if f := e.Failed[0]; f.Index != -1 || f.Message != `Term "bus" exists` || e.Total != 2 {
		t.Errorf("got %+v", e)
	}
}

// When no term could be made, the answer has status 422, the shape of a success
// and no member "error".
func TestGlossaryOfWhichNothingWasMade(t *testing.T) {
	t.Parallel()
	client := newServer(t, answer(http.StatusUnprocessableEntity, `{"data": [], "meta": {"count": 1, "created": 0}, "errors": ["No term", "No \u0007 luck"]}`))
	terms, err := client.GlossaryTerms.Create(t.Context(), projectID, make([]lokalise.GlossaryTermCreateRequest, 1))
	var e *lokalise.APIError
	if !errors.As(err, &e) || !errors.Is(err, lokalise.ErrBadRequest) || terms != nil {
		t.Fatalf("got %v, %v", terms, err)
	}
	if len(e.Errors) != 2 || e.Message != "No term; No   luck" {
		t.Errorf("got %+v", e)
	}
}

func TestGlossaryTermsThatWereNotDeletedAreNamed(t *testing.T) {
	t.Parallel()
	client := newServer(t, answer(http.StatusOK, `{"data": {"deleted": {"count": 1, "ids": [61]},
	 "failed": [{"count": 2, "ids": [63, 99], "message": "No such term"}]}, "meta": []}`))
	deleted, err := client.GlossaryTerms.Delete(t.Context(), projectID, []int64{61, 62, 63})
	var e *lokalise.PartialError
	if !errors.As(err, &e) || deleted == nil || len(deleted.Deleted.IDs) != 1 || len(e.Failed) != 2 {
		t.Fatalf("got %+v, %v", deleted, err)
	}
	if e.Failed[0].Index != 2 || e.Failed[0].Message != "No such term" || e.Failed[1].Index != -1 {
		t.Errorf("got %+v", e.Failed)
	}
}

func TestManyGlossaryTermsAreDeletedInSeveralRequests(t *testing.T) {
	t.Parallel()
	var sizes []int
	client := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		var body struct{ Terms []int64 }
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			t.Error(err)
		}
		sizes = append(sizes, len(body.Terms))
		if len(sizes) == 3 {
			answer(http.StatusForbidden, "")(w, r)
			return
		}
		last := len(body.Terms) - 1
		ids, err := json.Marshal(body.Terms[:last])
		if err != nil {
			t.Error(err)
		}
		answer(http.StatusOK, fmt.Sprintf(`{"data": {"deleted": {"count": %d, "ids": %s}, "failed": [{"count": 1, "ids": [%d], "message": "No"}]}}`,
			last, ids, body.Terms[last]))(w, r)
	})
	ids := make([]int64, 1200)
	for i := range ids {
		ids[i] = int64(i + 1)
	}
	deleted, err := client.GlossaryTerms.Delete(t.Context(), projectID, ids)
	var e *lokalise.PartialError
	if !errors.As(err, &e) || !errors.Is(err, lokalise.ErrForbidden) || fmt.Sprint(sizes) != "[500 500 200]" {
		t.Fatalf("in requests of %v, %v", sizes, err)
	}
	if len(deleted.Deleted.IDs) != 998 || deleted.Deleted.Count != 998 || len(deleted.Failed.Or(nil)) != 2 {
		t.Errorf("deleted %d", len(deleted.Deleted.IDs))
	}
	// The last request was refused as a whole, which says so for each of its terms.
	if len(e.Failed) != 202 || e.Failed[0].Index != 499 || e.Failed[1].Index != 999 || e.Failed[2].Index != 1000 || e.Total != 1200 {
		t.Errorf("got %v", e)
	}
}
