package sandbox_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestTranslationIsUpdated(t *testing.T) {
	t.Parallel()
	w := newWork(t, threeLanguages)
	k := w.webKeys("a", "Text")[0]
	w.Clock().Advance(time.Hour)
	path := fmt.Sprintf("/translations/%d", k.in("de").ID)
	var got struct{ Translation translation }
	w.ok("PUT", path, `{"translation":"Ein Text","is_reviewed":true}`, &got)
	if de := got.Translation; de.Text != "Ein Text" || !de.Reviewed || de.ReviewedBy == 0 || de.Unverified || de.Words != 2 || de.KeyID != k.ID {
		t.Errorf("got %+v", de)
	}
	w.ok("PUT", path, `{"translation":"Ein Text","is_unverified":true}`, &got)
	if de := got.Translation; !de.Reviewed || !de.Unverified || !de.Fuzzy {
		t.Errorf("the same text: %+v", de)
	}
	w.ok("PUT", path, `{"translation":"Anders"}`, &got)
	if de := got.Translation; de.Reviewed || de.ReviewedBy != 0 || de.Unverified {
		t.Errorf("another text: %+v", de)
	}
	w.ok("GET", path, "", &got)
	if got.Translation.Text != "Anders" {
		t.Errorf("read %+v", got.Translation)
	}
	var read struct{ Key key }
	w.ok("GET", fmt.Sprintf("/keys/%d", k.ID), "", &read)
	if read.Key.Translated != k.Created+3600 || read.Key.Modified != k.Created {
		t.Errorf("times of the key: %+v", read.Key)
	}
	w.refused("PUT", path, `{}`, http.StatusBadRequest, "Invalid `translation` parameter")
	w.refused("PUT", path, `{"translation":7}`, http.StatusBadRequest, "Invalid `translation` parameter")
	w.refused("PUT", path, `{"translation":{"other":"x"}}`, http.StatusBadRequest, "Invalid `translation` parameter")
	w.refused("PUT", path, `{"translation":"x","custom_translation_status_ids":[1]}`, http.StatusBadRequest, "Invalid `custom_translation_status_ids` parameter")
	w.refused("PUT", "/translations/1", `{"translation":"x"}`, http.StatusNotFound, "Not Found")
	w.refused("GET", "/translations/x", "", http.StatusNotFound, "Not Found")
}

func TestNewBaseTextMakesTheOthersUnverified(t *testing.T) {
	t.Parallel()
	w := newWork(t, threeLanguages)
	k := w.keys(`{"key_name":"a","platforms":["web"],"translations":[{"language_iso":"en","translation":"Old"},{"language_iso":"de","translation":"Alt"}]}`)[0]
	if k.in("de").Unverified {
		t.Error("unverified from the start")
	}
	w.ok("PUT", fmt.Sprintf("/translations/%d", k.in("en").ID), `{"translation":"New"}`, nil)
	var got struct{ Translation translation }
	w.ok("GET", fmt.Sprintf("/translations/%d", k.in("de").ID), "", &got)
	if !got.Translation.Unverified || got.Translation.Text != "Alt" {
		t.Errorf("got %+v", got.Translation)
	}
}

func TestTranslationsAreFiltered(t *testing.T) {
	t.Parallel()
	w := newWork(t, threeLanguages)
	w.keys(`{"key_name":"a","platforms":["web"],"translations":[{"language_iso":"en","translation":"A {x}","is_reviewed":true},{"language_iso":"de","translation":"Ah"}]},
		{"key_name":"b","platforms":["web"],"translations":[{"language_iso":"en","translation":"B"}]}`)
	for query, want := range map[string]string{
		"": "de: de:Ah en:A {x} en:B pl: pl:", "filter_lang_id=640": "en:A {x} en:B", "filter_lang_id=1": "",
		"filter_is_reviewed=1": "en:A {x}", "filter_is_reviewed=0&filter_unverified=0": "de:Ah en:B", "filter_untranslated=1&filter_lang_id=20018": "de:",
		"filter_unverified=1": "de: pl: pl:", "filter_qa_issues=placeholders": "de:Ah", "filter_active_task_id=5": "",
		"limit=1&page=4": "en:B", "pagination=cursor&limit=1&filter_lang_id=20018": "de:Ah",
	} {
		var list struct{ Translations []translation }
		w.ok("GET", "/translations?"+query, "", &list)
		var got []string
		for _, one := range list.Translations {
			got = append(got, one.ISO+":"+one.Text)
		}
		slices.Sort(got)
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %v, want %s", query, got, want)
		}
	}
	for query, name := range map[string]string{
		"limit=5001": "limit", "filter_lang_id=en": "filter_lang_id", "filter_is_reviewed=x": "filter_is_reviewed",
		"filter_unverified=2": "filter_unverified", "filter_active_task_id=x": "filter_active_task_id",
	} {
		w.refused("GET", "/translations?"+query, "", http.StatusBadRequest, "Invalid `"+name+"` parameter")
	}
}

func TestStatusesAreMadeGivenAndTakenAway(t *testing.T) {
	t.Parallel()
	w := newWork(t, threeLanguages)
	k := w.webKeys("a", "Text")[0]
	var colors struct{ Colors []string }
	w.ok("GET", "/custom_translation_statuses/colors", "", &colors)
	var made struct {
		Status status `json:"custom_translation_status"`
	}
	w.ok("POST", "/custom_translation_statuses", `{"title":"waits","color":"`+colors.Colors[3]+`"}`, &made)
	path := fmt.Sprintf("/custom_translation_statuses/%d", made.Status.ID)
	w.ok("PUT", path, `{"title":"approved"}`, &made)
	if made.Status.Title != "approved" || made.Status.Color != colors.Colors[3] {
		t.Errorf("changed to %+v", made.Status)
	}
	var got struct{ Translation translation }
	translated := fmt.Sprintf("/translations/%d", k.in("de").ID)
	w.ok("PUT", translated, fmt.Sprintf(`{"translation":"x","custom_translation_status_ids":["%d",%[1]d]}`, made.Status.ID), &got)
	if !slices.Equal(got.Translation.Statuses, []status{made.Status}) {
		t.Errorf("statuses %+v", got.Translation.Statuses)
	}
	var list struct {
		Statuses []status `json:"custom_translation_statuses"`
	}
	w.ok("GET", "/custom_translation_statuses", "", &list)
	if !slices.Equal(list.Statuses, []status{made.Status}) {
		t.Errorf("list %+v", list.Statuses)
	}
	w.refused("POST", "/custom_translation_statuses", `{"title":"x","color":"#000000"}`, http.StatusBadRequest, "Invalid `color` parameter")
	w.refused("POST", "/custom_translation_statuses", `{"color":"#61bd4f"}`, http.StatusBadRequest, "Invalid `title` parameter")
	if a := w.api("DELETE", w.project+path, ""); !strings.HasSuffix(a.body, `"custom_translation_status_deleted":true}`) {
		t.Errorf("deleted: %s", a.body)
	}
	w.refused("GET", path, "", http.StatusNotFound, "Not Found")
	w.ok("GET", translated, "", &got)
	if len(got.Translation.Statuses) != 0 {
		t.Errorf("a status that is gone: %+v", got.Translation.Statuses)
	}
}

func TestSegments(t *testing.T) {
	t.Parallel()
	w := newWork(t, `{"name":"Segmented","is_segmentation_enabled":true,"languages":[{"lang_iso":"en"},{"lang_iso":"de"}]}`)
	k := w.webKeys("a", "One. Two!  Three")[0]
	path := fmt.Sprintf("/keys/%d/segments/", k.ID)
	type segment struct {
		Number   int64 `json:"segment_number"`
		Value    string
		Reviewed bool `json:"is_reviewed"`
		Fuzzy    bool `json:"is_fuzzy"`
	}
	values := func(query string) string {
		var list struct{ Segments []segment }
		w.ok("GET", path+query, "", &list)
		var all []string
		for _, s := range list.Segments {
			all = append(all, fmt.Sprintf("%d=%s", s.Number, s.Value))
		}
		return strings.Join(all, "|")
	}
	if got := values("en"); got != "1=One.|2=Two!|3=Three" {
		t.Errorf("base: %s", got)
	}
	if got := values("de"); got != "1=|2=|3=" {
		t.Errorf("without a text: %s", got)
	}
	var got struct{ Segment segment }
	w.ok("PUT", path+"en/2", `{"value":"Zwo!","is_reviewed":true}`, &got)
	if got.Segment != (segment{2, "Zwo!", true, false}) {
		t.Errorf("changed to %+v", got.Segment)
	}
	w.ok("PUT", path+"de/1", `{"value":"Eins."}`, nil)
	w.ok("PUT", path+"de/3", `{"value":"Drei"}`, nil)
	var whole struct{ Key key }
	w.ok("GET", fmt.Sprintf("/keys/%d", k.ID), "", &whole)
	if en, de := whole.Key.in("en"), whole.Key.in("de"); en.Text != "One. Zwo!  Three" || en.Reviewed || de.Text != "Eins. Drei" || !de.Unverified {
		t.Errorf("wholes: %+v %+v", en, de)
	}
	if got := values("en?filter_is_reviewed=1"); got != "2=Zwo!" {
		t.Errorf("reviewed: %s", got)
	}
	if got := values("de?filter_untranslated=1"); got != "2=" {
		t.Errorf("untranslated: %s", got)
	}
	w.refused("PUT", path+"en/1", `{}`, http.StatusBadRequest, "Invalid `value` parameter")
	w.refused("GET", path+"en/9", "", http.StatusNotFound, "Not Found")
	w.refused("GET", path+"fr", "", http.StatusNotFound, "Not Found")
	off := newWork(t, threeLanguages)
	off.refused("GET", fmt.Sprintf("/keys/%d/segments/en", off.webKeys("a", "A")[0].ID), "", http.StatusBadRequest, "Segmentation is not enabled for this project")
}
