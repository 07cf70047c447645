package sandbox_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/sandbox"
)

// pngData is a picture, three pixels by two, in the form that the API takes.
func pngData(tb testing.TB) string {
	tb.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 3, 2))); err != nil {
		tb.Fatal(err)
	}
	return "data:image/png;base64," + base64.StdEncoding.EncodeToString(b.Bytes())
}

func jpegData(tb testing.TB) string {
	tb.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 20, 10)), nil); err != nil {
		tb.Fatal(err)
	}
	return "data:image/jpeg;base64," + base64.StdEncoding.EncodeToString(b.Bytes())
}

func TestScreenshotsAreMadeAndServed(t *testing.T) {
	t.Parallel()
	w := newWork(t, threeLanguages)
	k := w.webKeys("a", "A")[0]
	var made struct {
		Screenshots []screenshot
		Errors      []struct {
			Message    string
			Code       int
			Screenshot map[string]any
		}
	}
	w.ok("POST", "/screenshots", fmt.Sprintf(`{"screenshots":[
		{"data":"%s","title":"T","tags":["x"],"key_ids":["%d"],"ocr":false},
		{"data":"%s"},
		{"data":"data:image/png;base64,bm90IGFuIGltYWdl","title":"Broken","ocr":true},
		{"title":"None"},
		{"data":"%[1]s","key_ids":[5]}]}`, pngData(t), k.ID, jpegData(t)), &made)
	if len(made.Screenshots) != 2 || len(made.Errors) != 3 {
		t.Fatalf("made %+v", made)
	}
	first, second := made.Screenshots[0], made.Screenshots[1]
	if first.Width != 3 || first.Height != 2 || first.Title != "T" || !slices.Equal(first.Tags, []string{"x"}) || !slices.Equal(first.KeyIDs, []int64{k.ID}) {
		t.Errorf("first %+v", first)
	}
	if second.Width != 20 || second.Height != 10 || !strings.HasSuffix(second.URL, ".jpg") {
		t.Errorf("second %+v", second)
	}
	broken := made.Errors[0]
	if broken.Code != 400 || broken.Message != "Invalid `screenshots`.`data` parameter" || broken.Screenshot["data"] != "data:image/png;base64,bm90IGFuIGltYWdl" ||
		broken.Screenshot["title"] != "Broken" || broken.Screenshot["ocr"] != true {
		t.Errorf("refused %+v", broken)
	}
	if unknown := made.Errors[2]; unknown.Message != "Invalid `screenshots`.`key_ids` parameter" {
		t.Errorf("refused %+v", unknown)
	}
	path, served := strings.CutPrefix(first.URL, w.URL())
	if !served {
		t.Fatalf("the picture is at %s", first.URL)
	}
	a := w.send("GET", path, "")
	if a.status != http.StatusOK || a.header.Get("Content-Type") != "image/png" || !strings.HasSuffix(pngData(t), base64.StdEncoding.EncodeToString([]byte(a.body))) {
		t.Errorf("the picture: %d %v", a.status, a.header)
	}
	w.screenshotChanges(t, first, path)
}

func (w *work) screenshotChanges(t *testing.T, s screenshot, picture string) {
	t.Helper()
	path := fmt.Sprintf("/screenshots/%d", s.ID)
	var got struct{ Screenshot screenshot }
	w.ok("PUT", path, `{"title":"New","key_ids":[]}`, &got)
	if got.Screenshot.Title != "New" || len(got.Screenshot.KeyIDs) != 0 || !slices.Equal(got.Screenshot.Tags, []string{"x"}) || got.Screenshot.URL != s.URL {
		t.Errorf("changed to %+v", got.Screenshot)
	}
	w.refused("PUT", path, `{"key_ids":[5]}`, http.StatusBadRequest, "Invalid `key_ids` parameter")
	w.refused("PUT", path, `{"tags":"x"}`, http.StatusBadRequest, "Invalid `tags` parameter")
	if a := w.api("DELETE", w.project+path, ""); !strings.HasSuffix(a.body, `"screenshot_deleted":true}`) {
		t.Errorf("deleted: %s", a.body)
	}
	w.refused("GET", path, "", http.StatusNotFound, "Not Found")
	for _, gone := range []string{picture, "/_sandbox/screenshots/default/x/y/z.png"} {
		if a := w.send("GET", gone, ""); a.status != http.StatusNotFound {
			t.Errorf("%s: %d", gone, a.status)
		}
	}
}

func TestComments(t *testing.T) {
	t.Parallel()
	w := newWork(t, threeLanguages)
	keys := w.webKeys("a", "A", "b", "B")
	path := fmt.Sprintf("/keys/%d/comments", keys[0].ID)
	var list struct{ Comments []comment }
	w.ok("POST", path, `{"comments":[{"comment":"First"},{"comment":"<p>Second</p>"}]}`, &list)
	made := list.Comments
	if len(made) != 2 || made[1].Comment != "<p>Second</p>" || made[1].KeyID != keys[0].ID || made[1].AddedBy == 0 {
		t.Errorf("made %+v", made)
	}
	w.ok("POST", fmt.Sprintf("/keys/%d/comments", keys[1].ID), `{"comments":[{"comment":"Third"}]}`, nil)
	for path, want := range map[string]int{path: 2, path + "?limit=1&page=2": 1, "/comments": 3, "/comments?limit=2&page=2": 1} {
		if w.ok("GET", path, "", &list); len(list.Comments) != want {
			t.Errorf("%s: %+v", path, list.Comments)
		}
	}
	one := fmt.Sprintf("%s/%d", path, made[0].ID)
	var got struct{ Comment comment }
	if w.ok("GET", one, "", &got); got.Comment != made[0] {
		t.Errorf("read %+v", got.Comment)
	}
	w.refused("GET", fmt.Sprintf("/keys/%d/comments/%d", keys[1].ID, made[0].ID), "", http.StatusNotFound, "Not Found")
	for body, name := range map[string]string{
		`{}`: "`comments`", `{"comments":[]}`: "`comments`", `{"comments":["x"]}`: "`comments`",
		`{"comments":[{"comment":"x"},{"comment":""}]}`: "`comments`.`comment`", `{"comments":[{"comment":1}]}`: "`comments`.`comment`",
	} {
		w.refused("POST", path, body, http.StatusBadRequest, "Invalid "+name+" parameter")
	}
	if a := w.api("DELETE", w.project+one, ""); !strings.HasSuffix(a.body, `"comment_deleted":true}`) {
		t.Errorf("deleted: %s", a.body)
	}
	w.refused("DELETE", one, "", http.StatusNotFound, "Not Found")
}

func TestLanguages(t *testing.T) {
	t.Parallel()
	type language struct {
		ID    int64    `json:"lang_id"`
		ISO   string   `json:"lang_iso"`
		Name  string   `json:"lang_name"`
		RTL   bool     `json:"is_rtl"`
		Forms []string `json:"plural_forms"`
	}
	w := newWork(t, threeLanguages)
	k := w.keys(`{"key_name":"n","platforms":["web"],"is_plural":true,"translations":[{"language_iso":"pl","translation":{"one":"1","few":"2"}}]}`)[0]
	var made struct {
		Languages []language
		Errors    []refusal
	}
	w.ok("POST", "/languages", `{"languages":[{"lang_iso":"ar_001","custom_iso":"ar_X","custom_name":"Mine","custom_plural_forms":["other","one"]},
		{"lang_iso":"de"},{"lang_iso":"xx"},{"lang_iso":"fr","custom_iso":"EN"}]}`, &made)
	if l := made.Languages; len(l) != 1 || l[0].ID != 731 || l[0].ISO != "ar_X" || l[0].Name != "Mine" || !l[0].RTL || !slices.Equal(l[0].Forms, []string{"one", "other"}) {
		t.Errorf("made %+v", made.Languages)
	}
	if want := []refusal{
		{Message: "Language is already added", Code: 208, ISO: "de"},
		{Message: "Invalid `languages`.`lang_iso` parameter", Code: 400, ISO: "xx"},
		{Message: "Invalid `languages`.`custom_iso` parameter", Code: 400, ISO: "fr"},
	}; !slices.Equal(made.Errors, want) {
		t.Errorf("errors %+v", made.Errors)
	}
	text := func(iso string) string {
		var got struct{ Key key }
		w.ok("GET", fmt.Sprintf("/keys/%d", k.ID), "", &got)
		return got.Key.in(iso).Text
	}
	if got := text("ar_X"); got != `{"one":"","other":""}` {
		t.Errorf("the new language's translation: %q", got)
	}
	var got struct{ Language language }
	w.ok("PUT", "/languages/748", `{"lang_iso":"pl_PL","lang_name":"Polski","plural_forms":["few","other"]}`, &got)
	if got.Language.ISO != "pl_PL" || got.Language.Name != "Polski" || text("pl_PL") != `{"few":"2","other":""}` {
		t.Errorf("changed to %+v, text %s", got.Language, text("pl_PL"))
	}
	var list struct{ Languages []language }
	w.ok("GET", "/languages", "", &list)
	if len(list.Languages) != 4 || list.Languages[0].Name != "English" || list.Languages[3].Name != "Polski" {
		t.Errorf("list %+v", list.Languages)
	}
	if a := w.api("DELETE", w.project+"/languages/731", ""); !strings.HasSuffix(a.body, `"language_deleted":true}`) || text("ar_X") != "" {
		t.Errorf("deleted: %s", a.body)
	}
	w.refused("DELETE", "/languages/640", "", http.StatusBadRequest, "The base language cannot be deleted")
	w.refused("GET", "/languages/731", "", http.StatusNotFound, "Not Found")
	w.refused("PUT", "/languages/748", `{"lang_iso":"en"}`, http.StatusBadRequest, "Invalid `lang_iso` parameter")
	w.refused("PUT", "/languages/748", `{"plural_forms":["none"]}`, http.StatusBadRequest, "Invalid `plural_forms` parameter")
	w.refused("POST", "/languages", `{"languages":[{}]}`, http.StatusBadRequest, "Invalid `languages`.`lang_iso` parameter")
	if a := w.api("GET", "/system/languages?limit=2", ""); !strings.HasPrefix(a.body, `{"languages":[{"lang_id":891,"lang_iso":"aa"`) || a.header.Get("X-Pagination-Limit") != "2" {
		t.Errorf("system: %s", a.body)
	}
}

// TestSeededProjectsHaveContent: a fresh sandbox shows something of everything.
func TestSeededProjectsHaveContent(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	for id, languages := range map[string]int{seedProject: 4, "7746120366054f3a0b41e2.18890427": 3, "5098341266b0c94c1d2f85.73310946": 2} {
		w := &work{b, "/projects/" + id}
		var list keysAnswer
		w.ok("GET", "/keys?include_translations=1&include_comments=1", "", &list)
		var plural, hidden, empty, reviewed, unverified, comments int
		for _, k := range list.Keys {
			plural, hidden, comments = plural+count(k.IsPlural), hidden+count(k.IsHidden), comments+len(k.Comments)
			if len(k.Translations) != languages {
				t.Errorf("%s has %d translations", k.Name.Web, len(k.Translations))
			}
			for _, one := range k.Translations {
				empty, reviewed, unverified = empty+count(one.Text == ""), reviewed+count(one.Reviewed), unverified+count(one.Unverified && one.Text != "")
			}
		}
		if len(list.Keys) != 12 || plural == 0 || hidden == 0 || empty == 0 || reviewed == 0 || unverified == 0 || comments == 0 {
			t.Errorf("%s: %d keys, %d plural, %d hidden, %d empty, %d reviewed, %d unverified, %d comments", id, len(list.Keys), plural, hidden, empty, reviewed, unverified, comments)
		}
	}
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
