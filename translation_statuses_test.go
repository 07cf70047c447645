package lokalise_test

import (
	"context"
	"iter"
	"testing"

	"github.com/golokalise/lokalise"
)

func TestTranslationStatusOperations(t *testing.T) {
	t.Parallel()
	const text = `{"status_id": 9, "title": "legal", "color": "#61bd4f"}`
	const one = `{"project_id": "p", "branch": "main", "custom_translation_status": ` + text + `}`
	want := lokalise.TranslationStatus{StatusID: 9, Title: "legal", Color: "#61bd4f"}
	cases := asList(opCase{
		op:     "GET /projects/{project_id}/custom_translation_statuses",
		path:   projectPath + "/custom_translation_statuses",
		query:  "page=2&limit=50",
		answer: `{"project_id": "p", "custom_translation_statuses": [` + text + `]}`,
		want:   []lokalise.TranslationStatus{want},
	}, func(ctx context.Context, c *lokalise.Client) (*lokalise.Page[lokalise.TranslationStatus], error) {
		return c.TranslationStatuses.List(ctx, projectID, &lokalise.ListOptions{Page: 2, Limit: 50})
	}, func(ctx context.Context, c *lokalise.Client) iter.Seq2[*lokalise.TranslationStatus, error] {
		return c.TranslationStatuses.All(ctx, projectID, &lokalise.ListOptions{Page: 2, Limit: 50})
	})
	cases = append(cases, opCase{
		op:     "GET /projects/{project_id}/custom_translation_statuses/{status_id}",
		path:   projectPath + "/custom_translation_statuses/9",
		answer: one,
		call: func(ctx context.Context, c *lokalise.Client) (any, error) {
			return c.TranslationStatuses.Get(ctx, projectID, 9)
		},
		want: &want,
	}, opCase{
		op:     "POST /projects/{project_id}/custom_translation_statuses",
		path:   projectPath + "/custom_translation_statuses",
		body:   `{"title": "legal", "color": "#61bd4f"}`,
		answer: one,
		call: func(ctx context.Context, c *lokalise.Client) (any, error) {
			return c.TranslationStatuses.Create(ctx, projectID, &lokalise.TranslationStatusCreateRequest{Title: "legal", Color: "#61bd4f"})
		},
		want: &want,
	}, opCase{
		op:     "PUT /projects/{project_id}/custom_translation_statuses/{status_id}",
		path:   projectPath + "/custom_translation_statuses/9",
		body:   `{"title": "legal"}`,
		answer: one,
		call: func(ctx context.Context, c *lokalise.Client) (any, error) {
			return c.TranslationStatuses.Update(ctx, projectID, 9, &lokalise.TranslationStatusUpdateRequest{Title: lokalise.Some("legal")})
		},
		want: &want,
	}, opCase{
		op:     "DELETE /projects/{project_id}/custom_translation_statuses/{status_id}",
		path:   projectPath + "/custom_translation_statuses/9",
		answer: `{"project_id": "p", "branch": "main", "custom_translation_status_deleted": true}`,
		call: func(ctx context.Context, c *lokalise.Client) (any, error) {
			return c.TranslationStatuses.Delete(ctx, projectID, 9)
		},
		want: &lokalise.TranslationStatusDeleted{ProjectID: "p", CustomTranslationStatusDeleted: true, Branch: lokalise.Some("main")},
	}, opCase{
		op:     "GET /projects/{project_id}/custom_translation_statuses/colors",
		path:   projectPath + "/custom_translation_statuses/colors",
		answer: `{"colors": ["#61bd4f", "#f2d600"]}`,
		call: func(ctx context.Context, c *lokalise.Client) (any, error) {
			return c.TranslationStatuses.Colors(ctx, projectID)
		},
		want: []string{"#61bd4f", "#f2d600"},
	})
	for _, c := range cases {
		testOperation(t, c)
	}
}
