package api

import (
	"slices"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// translationBody is a translation on the wire, its members in the recorded
// order.
type translationBody struct {
	TranslationID       int64        `json:"translation_id"`
	SegmentNumber       int64        `json:"segment_number"`
	KeyID               int64        `json:"key_id"`
	LanguageISO         string       `json:"language_iso"`
	Translation         string       `json:"translation"`
	ModifiedBy          int64        `json:"modified_by"`
	ModifiedByEmail     string       `json:"modified_by_email"`
	ModifiedAt          string       `json:"modified_at"`
	ModifiedAtTimestamp int64        `json:"modified_at_timestamp"`
	IsReviewed          bool         `json:"is_reviewed"`
	ReviewedBy          int64        `json:"reviewed_by"`
	IsUnverified        bool         `json:"is_unverified"`
	IsFuzzy             bool         `json:"is_fuzzy"` // the former name, still sent
	Words               int          `json:"words"`
	CustomStatuses      []statusBody `json:"custom_translation_statuses"`
	TaskID              *int64       `json:"task_id"`
}

// translation shows a translation as a whole. Its segment number is 1, as in
// every recording; whether the real service shows one of segments otherwise is
// not known.
func (v *contentView) translation(t *state.Translation) translationBody {
	body := translationBody{
		TranslationID: t.ID, SegmentNumber: 1, KeyID: t.KeyID, LanguageISO: v.isos[t.LanguageID], Translation: v.text(t),
		ModifiedBy: t.ModifiedBy, ModifiedByEmail: v.email(t.ModifiedBy),
		ModifiedAt: apiTime(t.ModifiedAt), ModifiedAtTimestamp: t.ModifiedAt.Unix(),
		IsReviewed: t.IsReviewed, ReviewedBy: t.ReviewedBy, IsUnverified: t.IsUnverified, IsFuzzy: t.IsUnverified,
		Words: state.Words(t.Text), CustomStatuses: v.statuses(t.StatusIDs),
	}
	if t.TaskID != 0 {
		body.TaskID = &t.TaskID
	}
	return body
}

// translationsOf lists a key's translations into the languages, or all of
// them.
func (v *contentView) translationsOf(k *state.Key, languageIDs []int64) []*state.Translation {
	list := make([]*state.Translation, 0, len(v.languages))
	for _, l := range v.languages {
		if languageIDs != nil && !slices.Contains(languageIDs, l.ID) {
			continue
		}
		if t := v.tx.TranslationOf(k, l.ID); t != nil {
			list = append(list, t)
		}
	}
	return list
}
