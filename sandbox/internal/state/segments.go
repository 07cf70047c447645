package state

import (
	"slices"
	"strings"
	"unicode"
)

// SplitText cuts a text into segments: after the punctuation that ends a
// sentence and the white space behind it, and after a line break. What the
// real service goes by is not known. The segments together are the text.
func SplitText(text string) []string {
	var parts []string
	start, ends := 0, false
	for i, r := range text {
		switch {
		case unicode.IsSpace(r):
			ends = ends || r == '\n'
			continue
		case ends && i > start && unicode.IsSpace(rune(text[i-1])):
			parts = append(parts, text[start:i])
			start = i
		}
		ends = strings.ContainsRune(".!?。！？…", r)
	}
	return append(parts, text[start:])
}

// SegmentsOf lists the segments of a translation. A text that nobody has
// worked on by segments is cut now, and its segments have the marks of the
// whole. One without a text has as many segments as the base text, so that
// each can be translated (assumed).
func (tx *Tx) SegmentsOf(t *Translation, baseID int64) []Segment {
	segments := t.Segments
	if segments == nil {
		segments = t.split()
	}
	if t.LanguageID == baseID {
		return segments
	}
	k := tx.Keys.Get(t.Content, t.KeyID)
	if k == nil {
		return segments
	}
	if base := tx.TranslationOf(k, baseID); base != nil {
		segments = slices.Clone(segments)
		for n := len(base.split()); len(segments) < n; {
			empty := t.segment(int64(len(segments)+1), "")
			empty.IsReviewed, empty.ReviewedBy, empty.IsUnverified = false, 0, true
			segments = append(segments, empty)
		}
	}
	return segments
}

// split cuts the text. Plural forms stay together (assumed).
func (t *Translation) split() []Segment {
	parts := []string{t.Text}
	if _, plural := Plurals(t.Text); !plural {
		parts = SplitText(t.Text)
	}
	segments := make([]Segment, len(parts))
	for i, part := range parts {
		segments[i] = t.segment(int64(i+1), part)
	}
	return segments
}

func (t *Translation) segment(number int64, text string) Segment {
	return Segment{
		Number: number, Text: text, ModifiedAt: t.ModifiedAt, ModifiedBy: t.ModifiedBy,
		IsReviewed: t.IsReviewed, ReviewedBy: t.ReviewedBy, IsUnverified: t.IsUnverified, StatusIDs: t.StatusIDs,
	}
}

// PutSegments puts changed segments in. Text and marks of the translation
// follow from them: it is reviewed when all of them are, and unverified when
// one is (assumed).
func (tx *Tx) PutSegments(t Translation, segments []Segment, by int64) *Translation {
	var text strings.Builder
	t.IsReviewed, t.IsUnverified, t.ReviewedBy = true, false, 0
	for i, s := range segments {
		if previous := text.String(); i > 0 && s.Text != "" && previous != "" && strings.TrimRightFunc(previous, unicode.IsSpace) == previous {
			text.WriteByte(' ') // a segment that was empty had none behind it
		}
		text.WriteString(s.Text)
		t.IsReviewed = t.IsReviewed && s.IsReviewed
		t.IsUnverified = t.IsUnverified || s.IsUnverified
		t.ReviewedBy = max(t.ReviewedBy, s.ReviewedBy)
	}
	if !t.IsReviewed {
		t.ReviewedBy = 0
	}
	t.Text, t.Segments = text.String(), segments
	return tx.PutTranslation(t, by)
}

// Value is the segment's text without the white space that parts it from the
// next.
func (s Segment) Value() string { return strings.TrimRightFunc(s.Text, unicode.IsSpace) }

// WithValue returns the segment with another text, parted from the next as
// before.
func (s Segment) WithValue(value string) Segment {
	s.Text = value + s.Text[len(s.Value()):]
	return s
}
