package stub

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"
)

// templateCount is the number of different keys. Key number i has the texts of
// template i modulo this and ids and names of its own, so that half a million
// keys need ten megabytes here and a page costs one copy.
const templateCount = 5000

// First ids. All ids have nine digits, so that they can be written into a
// rendered template.
const (
	firstKeyID         = 400_000_000
	firstTranslationID = 700_000_000
	idDigits           = 9
)

// keyCount is the number of keys of the i-th project.
func keyCount(project int) int {
	switch project {
	case BigProject:
		return 500_000
	case PageProject:
		return 5_000
	case SmallProject:
		return 500
	}
	return 0
}

// hole is a place in a template where an id of the key goes.
type hole struct {
	at          int // bytes from the start of the item
	base, scale int // the id of key i is base + scale × i
}

// keyTemplates are the rendered keys, one after the other, each with a comma
// behind it.
type keyTemplates struct {
	text  []byte
	start []int // of each template, and the end of the last one
	holes [][]hole
}

// newKeyTemplates renders the templates, with translations or without.
func newKeyTemplates(translations bool) *keyTemplates {
	k := &keyTemplates{}
	for i := range templateCount {
		k.start = append(k.start, len(k.text))
		w := keyWriter{dst: k.text, from: len(k.text), rand: source(i)}
		w.key(translations)
		k.text = append(w.dst, ',')
		k.holes = append(k.holes, w.holes)
	}
	k.start = append(k.start, len(k.text))
	return k
}

// appendKeys appends the keys first to first+n-1, parted by commas.
func (k *keyTemplates) appendKeys(dst []byte, first, n int) []byte {
	for i := first; i < first+n; i++ {
		t := i % templateCount
		at := len(dst)
		dst = append(dst, k.text[k.start[t]:k.start[t+1]]...)
		for _, h := range k.holes[t] {
			strconv.AppendInt(dst[at+h.at:at+h.at], int64(h.base+h.scale*i), 10)
		}
	}
	if n > 0 {
		dst = dst[:len(dst)-1]
	}
	return dst
}

// keyWriter renders one template.
type keyWriter struct {
	dst   []byte
	from  int
	rand  *rand.Rand
	holes []hole
}

// id leaves a hole for an id.
func (w *keyWriter) id(base, scale int) {
	w.holes = append(w.holes, hole{at: len(w.dst) - w.from, base: base, scale: scale})
	w.dst = append(w.dst, "000000000"[:idDigits]...)
}

// raw appends text as it is.
func (w *keyWriter) raw(format string, args ...any) {
	w.dst = fmt.Appendf(w.dst, format, args...)
}

// key renders the key as the API writes it. One key in fifty is plural, one in
// eight has tags.
func (w *keyWriter) key(translations bool) {
	created := w.time()
	plural := w.rand.IntN(50) == 0
	w.raw(`{"key_id":`)
	w.id(firstKeyID, 1)
	w.raw(`,"created_at":%q,"created_at_timestamp":%d,"key_name":{`, created.Format(timeFormat), created.Unix())
	name := fmt.Sprintf("screen%02d.%s.%s_", w.rand.IntN(60), w.word(), w.word())
	for n, platform := range platforms {
		w.raw(`%s%q:"%s`, comma(n), platform, name)
		w.id(firstKeyID, 1)
		w.raw(`"`)
	}
	w.raw(`},"filenames":{"ios":"","android":"","web":"%%LANG_ISO%%.json","other":""},"description":"`)
	w.dst = appendText(w.dst, w.rand, "en", w.rand.IntN(6))
	w.raw(`","platforms":["web"],"tags":%s,`, w.tags())
	if translations {
		w.translations(plural)
	}
	w.raw(`"is_plural":%t,"plural_name":"","is_hidden":false,"is_archived":false,"context":"",`, plural)
	w.raw(`"base_words":%d,"char_limit":0,"custom_attributes":"",`, w.rand.IntN(20))
	modified := w.time()
	w.raw(`"modified_at":%q,"modified_at_timestamp":%d,`, modified.Format(timeFormat), modified.Unix())
	w.raw(`"translations_modified_at":%q,"translations_modified_at_timestamp":%d}`, modified.Format(timeFormat), modified.Unix())
}

// platforms are the platforms of a key, in the order of the answers.
var platforms = []string{"ios", "android", "web", "other"}

// translations renders the key's translations, one for each language.
func (w *keyWriter) translations(plural bool) {
	w.raw(`"translations":[`)
	for n, language := range languages {
		modified := w.time()
		w.raw(`%s{"translation_id":`, comma(n))
		w.id(firstTranslationID+n, len(languages))
		w.raw(`,"key_id":`)
		w.id(firstKeyID, 1)
		w.raw(`,"language_iso":%q,"modified_at":%q,"modified_at_timestamp":%d,`, language, modified.Format(timeFormat), modified.Unix())
		w.raw(`"modified_by":%d,"modified_by_email":"user%d@example.com","translation":"`, 20000+w.rand.IntN(9), w.rand.IntN(9))
		count := 1 + w.rand.IntN(14)
		w.text(language, count, plural)
		w.raw(`","is_unverified":%t,"is_reviewed":%t,"is_fuzzy":false,"reviewed_by":0,"words":%d,`, w.rand.IntN(9) == 0, w.rand.IntN(2) == 0, count)
		w.raw(`"custom_translation_statuses":[],"task_id":null,"segment_number":1}`)
	}
	w.raw(`],`)
}

// text renders a translation: plain, or for a plural key JSON inside the
// string, as the API does it.
func (w *keyWriter) text(language string, n int, plural bool) {
	if !plural {
		w.dst = appendText(w.dst, w.rand, language, n)
		return
	}
	w.raw(`{\"one\":\"`)
	w.dst = appendText(w.dst, w.rand, language, n)
	w.raw(`\",\"other\":\"`)
	w.dst = appendText(w.dst, w.rand, language, n)
	w.raw(`\"}`)
}

// tags renders the list of tags, which most keys leave empty.
func (w *keyWriter) tags() string {
	if w.rand.IntN(8) != 0 {
		return "[]"
	}
	return fmt.Sprintf("[%q,%q]", w.word(), w.word())
}

// word picks an English word.
func (w *keyWriter) word() string {
	list := words["en"]
	return list[w.rand.IntN(len(list))]
}

// time picks a moment of the last years.
func (w *keyWriter) time() time.Time {
	return time.Unix(1600000000+int64(w.rand.IntN(100000000)), 0).UTC()
}
