package lokalise_test

import (
	"context"
	"iter"
	"net/http"
	"testing"

	"github.com/golokalise/lokalise"
)

const oneSegment = `{"segment_number": 2, "language_iso": "en_US", "modified_at": "2026-03-02 08:15:00 (Etc/UTC)",
 "modified_at_timestamp": 1772439300, "modified_by": 4711, "modified_by_email": "ada@example.com",
 "value": "Second sentence.", "is_fuzzy": false, "is_reviewed": true, "reviewed_by": 0, "words": 2,
 "custom_translation_statuses": []}`

func wantSegment() lokalise.Segment {
	return lokalise.Segment{
		SegmentNumber: 2, LanguageISO: "en_US", ModifiedAt: march2(), ModifiedAtTimestamp: march2Timestamp,
		ModifiedBy: 4711, ModifiedByEmail: "ada@example.com", Value: "Second sentence.", IsReviewed: true, Words: 2,
	}
}

func TestSegmentOperations(t *testing.T) {
	t.Parallel()
	want := wantSegment()
	const envelope = `{"project_id": "p", "key_id": 553662, "language_iso": "en_US", `
	options := &lokalise.SegmentListOptions{
		DisableReferences: lokalise.Some(false), IsReviewed: lokalise.Some(true), Unverified: lokalise.Some(false),
		Untranslated: lokalise.Some(true), QAIssues: []lokalise.QAIssue{lokalise.QAIssueURL, lokalise.QAIssueDoubleSpace},
	}
	cases := asList(opCase{
		op:     "GET /projects/{project_id}/keys/{key_id}/segments/{language_iso}",
		path:   projectPath + "/keys/553662/segments/en_US",
		query:  "disable_references=0&filter_is_reviewed=1&filter_unverified=0&filter_untranslated=1&filter_qa_issues=url,double_space",
		answer: envelope + `"segments": [` + oneSegment + `]}`,
		want:   []lokalise.Segment{want},
	}, func(ctx context.Context, c *lokalise.Client) (*lokalise.Page[lokalise.Segment], error) {
		return c.Segments.List(ctx, projectID, 553662, "en_US", options)
	}, func(ctx context.Context, c *lokalise.Client) iter.Seq2[*lokalise.Segment, error] {
		return c.Segments.All(ctx, projectID, 553662, "en_US", options)
	})
	cases = append(cases, opCase{
		op:     "GET /projects/{project_id}/keys/{key_id}/segments/{language_iso}/{segment_number}",
		path:   projectPath + "/keys/553662/segments/en_US/2",
		query:  "disable_references=1",
		answer: envelope + `"segment": ` + oneSegment + `}`,
		call: func(ctx context.Context, c *lokalise.Client) (any, error) {
			return c.Segments.Get(ctx, projectID, 553662, "en_US", 2, &lokalise.SegmentGetOptions{DisableReferences: lokalise.Some(true)})
		},
		want: &want,
	}, opCase{
		op:     "PUT /projects/{project_id}/keys/{key_id}/segments/{language_iso}/{segment_number}",
		path:   projectPath + "/keys/553662/segments/en_US/2",
		body:   `{"value": "Second sentence.", "is_fuzzy": false, "is_reviewed": true, "custom_translation_status_ids": []}`,
		answer: envelope + `"segment": ` + oneSegment + `}`,
		call: func(ctx context.Context, c *lokalise.Client) (any, error) {
			return c.Segments.Update(ctx, projectID, 553662, "en_US", 2, &lokalise.SegmentUpdateRequest{
				Value: "Second sentence.", IsFuzzy: lokalise.Some(false), IsReviewed: lokalise.Some(true),
				CustomTranslationStatusIDs: []int64{},
			})
		},
		want: &want,
	})
	for _, c := range cases {
		testOperation(t, c)
	}
}

// Beside the segments stands which key and language they belong to.
func TestSegmentsHaveAnEnvelope(t *testing.T) {
	t.Parallel()
	client := newServer(t, answer(http.StatusOK, `{"project_id": "p", "key_id": 5, "language_iso": "en", "segments": []}`))
	page, err := client.Segments.List(t.Context(), projectID, 5, "en", nil)
	if err != nil || string(page.Response.Envelope["key_id"]) != "5" || string(page.Response.Envelope["language_iso"]) != `"en"` {
		t.Errorf("got %+v, %v", page, err)
	}
}

func TestSegmentIsWrittenAsItWasRead(t *testing.T) {
	t.Parallel()
	assertWrittenAsRead(t, oneSegment, new(lokalise.Segment))
}
