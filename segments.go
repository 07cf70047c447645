package lokalise

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
)

// SegmentsService calls the operations on segments, the parts of a long
// translation. A project has them when segmentation is switched on in its
// settings ([ProjectSettings.Segmentation]).
type SegmentsService struct{ service }

// Segment is a part of a translation.
type Segment struct {
	// SegmentNumber counts the segments of the translation from 1.
	SegmentNumber       int64     `json:"segment_number"`
	LanguageISO         string    `json:"language_iso"`
	ModifiedAt          Time      `json:"modified_at"`
	ModifiedAtTimestamp Timestamp `json:"modified_at_timestamp"`
	// ModifiedBy is the identifier of a user.
	ModifiedBy      int64  `json:"modified_by"`
	ModifiedByEmail string `json:"modified_by_email"`
	// Value is the text. For a plural key it is JSON, which [Segment.Plurals]
	// reads.
	Value string `json:"value"`
	// IsFuzzy is what other resources call unverified.
	IsFuzzy    bool `json:"is_fuzzy"`
	IsReviewed bool `json:"is_reviewed"`
	// ReviewedBy is the identifier of a user, 0 for none.
	ReviewedBy                int64               `json:"reviewed_by"`
	Words                     int64               `json:"words"`
	CustomTranslationStatuses []TranslationStatus `json:"custom_translation_statuses"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// Plurals returns the plural forms of the segment as [Translation.Plurals]
// does those of a translation.
func (s *Segment) Plurals() (map[string]string, bool, error) { return parsePlurals(s.Value) }

// SegmentListOptions filters a list of segments. Nil and the zero value list
// everything. The list has no pages.
type SegmentListOptions struct {
	// DisableReferences leaves references to other keys, [%key:…%], as they
	// are. Defaults to false.
	DisableReferences Opt[bool]
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
}

func (o *SegmentListOptions) encode(q *query) {
	if o == nil {
		return
	}
	q.flag("disable_references", o.DisableReferences)
	q.flag("filter_is_reviewed", o.IsReviewed)
	q.flag("filter_unverified", o.Unverified)
	q.flag("filter_untranslated", o.Untranslated)
	commaList(q, "filter_qa_issues", o.QAIssues)
}

// SegmentGetOptions changes what [SegmentsService.Get] returns.
type SegmentGetOptions struct {
	// DisableReferences leaves references to other keys, [%key:…%], as they
	// are. Defaults to false.
	DisableReferences Opt[bool]
}

// SegmentUpdateRequest is the body of [SegmentsService.Update].
type SegmentUpdateRequest struct {
	// Value is the text. It is required.
	Value string `json:"value"`
	// IsFuzzy is what other resources call unverified.
	IsFuzzy    Opt[bool] `json:"is_fuzzy,omitzero"`
	IsReviewed Opt[bool] `json:"is_reviewed,omitzero"`
	// CustomTranslationStatusIDs replace the statuses; an empty list that is
	// not nil takes them away.
	CustomTranslationStatusIDs []int64 `json:"custom_translation_status_ids,omitzero"`
}

// List returns the segments of a key in a language, all of them: the list has
// no pages.
//
// Which scope it needs is not known.
// https://developers.lokalise.com/reference/list-all-segments-for-key-language
//
//lokalise:op GET /projects/{project_id}/keys/{key_id}/segments/{language_iso}
func (s *SegmentsService) List(ctx context.Context, project ProjectID, keyID int64, languageISO string, o *SegmentListOptions, opts ...RequestOption) (*Page[Segment], error) {
	return list(ctx, s.listCall(project, keyID, languageISO, o, opts), decodeSegment)
}

// All goes through the segments of a key in a language.
//
// Which scope it needs is not known.
// https://developers.lokalise.com/reference/list-all-segments-for-key-language
//
//lokalise:op GET /projects/{project_id}/keys/{key_id}/segments/{language_iso}
func (s *SegmentsService) All(ctx context.Context, project ProjectID, keyID int64, languageISO string, o *SegmentListOptions, opts ...RequestOption) iter.Seq2[*Segment, error] {
	return iterate(ctx, s.listCall(project, keyID, languageISO, o, opts), paging{}, decodeSegment)
}

func (s *SegmentsService) listCall(project ProjectID, keyID int64, languageISO string, o *SegmentListOptions, opts []RequestOption) *call {
	r := s.client.newCall(http.MethodGet, "/projects/{project_id}/keys/{key_id}/segments/{language_iso}", opts)
	r.path.projectID(project)
	r.path.id(keyID)
	r.path.text(languageISO)
	r.result = "segments"
	o.encode(&r.query)
	return r
}

// Get returns a segment.
//
// Which scope it needs is not known.
// https://developers.lokalise.com/reference/retrieve-a-segment-for-key-language
//
//lokalise:op GET /projects/{project_id}/keys/{key_id}/segments/{language_iso}/{segment_number}
func (s *SegmentsService) Get(ctx context.Context, project ProjectID, keyID int64, languageISO string, segmentNumber int64, o *SegmentGetOptions, opts ...RequestOption) (*Segment, error) {
	r := s.oneCall(http.MethodGet, project, keyID, languageISO, segmentNumber, opts)
	if o != nil {
		r.query.flag("disable_references", o.DisableReferences)
	}
	return one(ctx, r, decodeSegment)
}

// Update changes a segment.
//
// Which scope it needs is not known.
// https://developers.lokalise.com/reference/update-a-segment
//
//lokalise:op PUT /projects/{project_id}/keys/{key_id}/segments/{language_iso}/{segment_number}
func (s *SegmentsService) Update(ctx context.Context, project ProjectID, keyID int64, languageISO string, segmentNumber int64, body *SegmentUpdateRequest, opts ...RequestOption) (*Segment, error) {
	r := s.oneCall(http.MethodPut, project, keyID, languageISO, segmentNumber, opts)
	withBody(r, body)
	return one(ctx, r, decodeSegment)
}

func (s *SegmentsService) oneCall(method string, project ProjectID, keyID int64, languageISO string, segmentNumber int64, opts []RequestOption) *call {
	r := s.client.newCall(method, "/projects/{project_id}/keys/{key_id}/segments/{language_iso}/{segment_number}", opts)
	r.path.projectID(project)
	r.path.id(keyID)
	r.path.text(languageISO)
	r.path.id(segmentNumber)
	r.result = "segment"
	return r
}
