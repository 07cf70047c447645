package api

import (
	"slices"
	"strings"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// segmentEnvelope stands around answers about segments (recorded). It has no
// branch.
type segmentEnvelope struct {
	ProjectID   string `json:"project_id"`
	KeyID       int64  `json:"key_id"`
	LanguageISO string `json:"language_iso"`
}

// segmentBody is a segment on the wire, its members in the recorded order. Of
// the two names of one mark the recordings have the former alone.
type segmentBody struct {
	SegmentNumber       int64        `json:"segment_number"`
	LanguageISO         string       `json:"language_iso"`
	Value               string       `json:"value"`
	ModifiedBy          int64        `json:"modified_by"`
	ModifiedByEmail     string       `json:"modified_by_email"`
	ModifiedAt          string       `json:"modified_at"`
	ModifiedAtTimestamp int64        `json:"modified_at_timestamp"`
	IsReviewed          bool         `json:"is_reviewed"`
	ReviewedBy          int64        `json:"reviewed_by"`
	IsFuzzy             bool         `json:"is_fuzzy"`
	Words               int          `json:"words"`
	CustomStatuses      []statusBody `json:"custom_translation_statuses"`
}

// segmented is the translation that a path leads to, with its segments.
type segmented struct {
	*contentView
	key         *state.Key
	language    *state.Language
	translation *state.Translation
	segments    []state.Segment
}

// openSegments finds the translation of the path. In a project that does not
// cut texts there are no segments: 400 (assumed).
func (c *call) openSegments(tx *state.Tx, p *state.Project) (*segmented, error) {
	if !p.Settings.Segmentation {
		c.record.Note("Segmentation is off in this project.")
		return nil, failure(400, "Segmentation is not enabled for this project")
	}
	k, err := c.pathKey(tx)
	if err != nil {
		return nil, err
	}
	s := &segmented{contentView: c.newView(tx, p), key: k}
	if s.language = s.contentView.language(c.params["language_iso"]); s.language == nil {
		return nil, errNotFound
	}
	if s.translation = tx.TranslationOf(k, s.language.ID); s.translation == nil {
		return nil, errNotFound
	}
	s.segments = tx.SegmentsOf(s.translation, p.BaseID)
	return s, nil
}

// pathSegment finds the segment of the path.
func (c *call) pathSegment(s *segmented) (at int, err error) {
	number, err := c.pathID("segment_number")
	if err != nil {
		return 0, err
	}
	at = slices.IndexFunc(s.segments, func(one state.Segment) bool { return one.Number == number })
	if at < 0 {
		return 0, errNotFound
	}
	return at, nil
}

func (s *segmented) envelope() segmentEnvelope {
	return segmentEnvelope{s.project.ID, s.key.ID, s.language.ISO}
}

func (s *segmented) view(one state.Segment) segmentBody {
	text := one.Value()
	if s.resolve && strings.Contains(text, referenceStart) {
		left := mostReferences
		text = s.follow(text, s.translation.LanguageID, &left)
	}
	return segmentBody{
		SegmentNumber: one.Number, LanguageISO: s.language.ISO, Value: text,
		ModifiedBy: one.ModifiedBy, ModifiedByEmail: s.email(one.ModifiedBy),
		ModifiedAt: apiTime(one.ModifiedAt), ModifiedAtTimestamp: one.ModifiedAt.Unix(),
		IsReviewed: one.IsReviewed, ReviewedBy: one.ReviewedBy, IsFuzzy: one.IsUnverified,
		Words: state.Words(one.Text), CustomStatuses: s.statuses(one.StatusIDs),
	}
}

// listSegments lists all segments: the list has no pages (recorded).
func listSegments(c *call) (any, error) {
	resolve, err := c.readReferences()
	if err != nil {
		return nil, err
	}
	f, err := c.readSegmentFilter()
	if err != nil {
		return nil, err
	}
	return c.view(func(tx *state.Tx, p *state.Project) (any, error) {
		s, err := c.openSegments(tx, p)
		if err != nil {
			return nil, err
		}
		s.resolve = resolve
		list := []segmentBody{}
		for _, one := range s.segments {
			if s.match(&f, one) {
				list = append(list, s.view(one))
			}
		}
		return struct {
			segmentEnvelope
			Segments []segmentBody `json:"segments"`
		}{s.envelope(), list}, nil
	})
}

// match compares a segment with the one of the base text that has its number.
func (s *segmented) match(f *translationFilter, one state.Segment) bool {
	switch {
	case !f.matchMarks(one.IsReviewed, one.IsUnverified), f.untranslated && one.Value() != "":
		return false
	case f.issues == nil:
		return true
	}
	base := ""
	if t := s.tx.TranslationOf(s.key, s.project.BaseID); t != nil {
		if all := s.tx.SegmentsOf(t, s.project.BaseID); int(one.Number) <= len(all) {
			base = all[one.Number-1].Text
		}
	}
	return hasIssue(f.issues, one.Text, base, s.language.ID == s.project.BaseID)
}

type segmentAnswer struct {
	segmentEnvelope
	Segment segmentBody `json:"segment"`
}

func getSegment(c *call) (any, error) {
	resolve, err := c.readReferences()
	if err != nil {
		return nil, err
	}
	return c.view(func(tx *state.Tx, p *state.Project) (any, error) {
		s, err := c.openSegments(tx, p)
		if err != nil {
			return nil, err
		}
		s.resolve = resolve
		at, err := c.pathSegment(s)
		if err != nil {
			return nil, err
		}
		return segmentAnswer{s.envelope(), s.view(s.segments[at])}, nil
	})
}

func updateSegment(c *call) (any, error) {
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		s, err := c.openSegments(tx, p)
		if err != nil {
			return nil, err
		}
		at, err := c.pathSegment(s)
		if err != nil {
			return nil, err
		}
		one, err := s.read(c, s.segments[at])
		if err != nil {
			return nil, err
		}
		s.segments = slices.Clone(s.segments)
		s.segments[at] = one
		changed := tx.PutSegments(*s.translation, s.segments, c.who.userID)
		if s.language.ID == p.BaseID && changed.Text != s.translation.Text {
			s.unverify(s.key)
		}
		c.emitTranslated(tx, p, []translationChange{{before: s.translation, after: changed, segment: one.Number}})
		return segmentAnswer{s.envelope(), s.view(one)}, nil
	})
}

// read reads a segment, whose value is required (documented).
func (s *segmented) read(c *call, one state.Segment) (state.Segment, error) {
	o := c.bodyObject()
	value, ok := s.readValue(o)
	if !ok {
		return one, invalidParameter("value")
	}
	changed := one.WithValue(value)
	m := marks{&changed.IsReviewed, &changed.ReviewedBy, &changed.IsUnverified, &changed.StatusIDs}
	if err := s.readMarks(o, changed.Text != one.Text, m, c.who.userID); err != nil {
		return one, err
	}
	changed.ModifiedAt, changed.ModifiedBy = s.tx.Now(), c.who.userID
	return changed, nil
}

// readValue reads the text of a segment. Of a plural key it holds the forms.
func (s *segmented) readValue(o object) (string, bool) {
	value, ok := o.text("value")
	if !s.key.IsPlural || !ok {
		return value, ok
	}
	forms, plural := state.Plurals(value)
	if !plural {
		forms = map[string]string{"other": value}
	}
	return state.PluralText(s.language.PluralForms, forms), true
}
