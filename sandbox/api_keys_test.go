package sandbox_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/golokalise/lokalise/sandbox"
)

func TestKeyIsMadeWithAllItCanHave(t *testing.T) {
	t.Parallel()
	w := newWork(t, threeLanguages)
	k := w.keys(`{"key_name":{"ios":"apples.ios","web":"apples.web"},"platforms":["web","ios"],"filenames":{"web":"a.json","ios":null},
		"description":"Fruit","tags":["x","y","x"],"is_plural":true,"is_hidden":true,"char_limit":"40","custom_attributes":"{\"a\":1}",
		"comments":[{"comment":"One"},{"comment":"Two"}],
		"screenshots":[{"title":"S","screenshot_tags":["t"],"data":"` + pngData(t) + `"}],
		"translations":[{"language_iso":"en","translation":{"one":"an apple","other":"%d apples é"},"is_reviewed":true},
			{"language_iso":"pl","translation":"{\"few\":\"jabłka\"}","is_unverified":true}]}`)[0]
	if want := (perPlatform{"apples.ios", "apples.ios", "apples.web", "apples.ios"}); k.Name != want {
		t.Errorf("name %+v, want %+v", k.Name, want)
	}
	if k.Filenames != (perPlatform{Web: "a.json"}) || !slices.Equal(k.Platforms, []string{"ios", "web"}) || !slices.Equal(k.Tags, []string{"x", "y"}) {
		t.Errorf("files %+v, platforms %v, tags %v", k.Filenames, k.Platforms, k.Tags)
	}
	if k.Description != "Fruit" || !k.IsPlural || !k.IsHidden || k.IsArchived || k.CharLimit != 40 || k.Attributes != `{"a":1}` || k.BaseWords != 5 {
		t.Errorf("got %+v", k)
	}
	if len(k.Comments) != 2 || k.Comments[1].Comment != "Two" || k.Comments[1].KeyID != k.ID {
		t.Errorf("comments %+v", k.Comments)
	}
	if s := k.Screenshots; len(s) != 1 || s[0].Title != "S" || !slices.Equal(s[0].Tags, []string{"t"}) || !slices.Equal(s[0].KeyIDs, []int64{k.ID}) {
		t.Errorf("screenshots %+v", s)
	}
	if en := k.in("en"); en.Text != `{"one":"an apple","other":"%d apples \u00e9"}` || !en.Reviewed || en.ReviewedBy != en.ModifiedBy || en.Unverified || en.Words != 5 {
		t.Errorf("en %+v", en)
	}
	if de := k.in("de"); de.Text != `{"one":"","other":""}` || !de.Unverified || !de.Fuzzy || de.Reviewed || de.ReviewedBy != 0 {
		t.Errorf("de %+v", de)
	}
	if pl := k.in("pl"); pl.Text != `{"one":"","few":"jab\u0142ka","many":"","other":""}` || !pl.Unverified {
		t.Errorf("pl %+v", pl)
	}
	if k.Translations[0].ISO != "en" {
		t.Error("the base language is not the first")
	}
	var got struct{ Key key }
	w.ok("GET", fmt.Sprintf("/keys/%d", k.ID), "", &got)
	if jsonText(t, got.Key) != jsonText(t, k) {
		t.Errorf("read\n%+v\nmade\n%+v", got.Key, k)
	}
}

func TestKeysThatAreRefusedStandBesideThoseThatAreMade(t *testing.T) {
	t.Parallel()
	w := newWork(t, threeLanguages)
	w.webKeys("taken", "Text")
	var made keysAnswer
	w.ok("POST", "/keys", `{"keys":[
		{"key_name":"new","platforms":["web"]},
		{"key_name":"taken","platforms":["ios","web"]},
		{"key_name":"new","platforms":["web"]},
		{"key_name":"a","platforms":["web"],"translations":[{"language_iso":"fr","translation":"x"}]},
		{"key_name":"b","platforms":["web"],"translations":[{"language_iso":"en","translation":"x","custom_translation_status_ids":[7]}]},
		{"key_name":"c","platforms":["web"],"screenshots":[{"data":"data:image/png;base64,AAAA"}]},
		{"key_name":"taken","platforms":["ios"]},
		{"key_name":"taken","platforms":["web"],"filenames":{"web":"other.json"}}]}`, &made)
	if got := names(made.Keys); got != "new taken taken" {
		t.Errorf("made %s", got)
	}
	want := []refusal{
		{Message: "This key name is already taken", Code: 400, Name: perPlatform{"taken", "taken", "taken", "taken"}},
		{Message: "This key name is already taken", Code: 400, Name: perPlatform{"new", "new", "new", "new"}},
		{Message: "Invalid `keys`.`translations`.`language_iso` parameter", Code: 400, Name: perPlatform{"a", "a", "a", "a"}},
		{Message: "Invalid `keys`.`translations`.`custom_translation_status_ids` parameter", Code: 400, Name: perPlatform{"b", "b", "b", "b"}},
		{Message: "Invalid `keys`.`screenshots`.`data` parameter", Code: 400, Name: perPlatform{"c", "c", "c", "c"}},
	}
	if !slices.Equal(made.Errors, want) {
		t.Errorf("errors\n%+v\nwant\n%+v", made.Errors, want)
	}
	var list keysAnswer
	w.ok("GET", "/keys", "", &list)
	if got := names(list.Keys); got != "taken new taken taken" {
		t.Errorf("there are %s", got)
	}
}

func TestKeysOfTheWrongTypesAreRefusedAsAWhole(t *testing.T) {
	t.Parallel()
	w := newWork(t, threeLanguages)
	const good = `{"key_name":"good","platforms":["web"]},`
	for item, name := range map[string]string{
		`{"platforms":["web"]}`:                                                                                   "`keys`.`key_name`",
		`{"key_name":"","platforms":["web"]}`:                                                                     "`keys`.`key_name`",
		`{"key_name":7,"platforms":["web"]}`:                                                                      "`keys`.`key_name`",
		`{"key_name":{"web":""},"platforms":["web"]}`:                                                             "`keys`.`key_name`",
		`{"key_name":{"web":1},"platforms":["web"]}`:                                                              "`keys`.`key_name`.`web`",
		`{"key_name":"x"}`:                                                                                        "`keys`.`platforms`",
		`{"key_name":"x","platforms":[]}`:                                                                         "`keys`.`platforms`",
		`{"key_name":"x","platforms":["desktop"]}`:                                                                "`keys`.`platforms`",
		`{"key_name":"x","platforms":"web"}`:                                                                      "`keys`.`platforms`",
		`{"key_name":"x","platforms":["web"],"tags":"a"}`:                                                         "`keys`.`tags`",
		`{"key_name":"x","platforms":["web"],"filenames":"a"}`:                                                    "`keys`.`filenames`",
		`{"key_name":"x","platforms":["web"],"is_plural":1}`:                                                      "`keys`.`is_plural`",
		`{"key_name":"x","platforms":["web"],"char_limit":-1}`:                                                    "`keys`.`char_limit`",
		`{"key_name":"x","platforms":["web"],"description":[]}`:                                                   "`keys`.`description`",
		`{"key_name":"x","platforms":["web"],"custom_attributes":"{"}`:                                            "`keys`.`custom_attributes`",
		`{"key_name":"x","platforms":["web"],"comments":[{}]}`:                                                    "`keys`.`comments`.`comment`",
		`{"key_name":"x","platforms":["web"],"comments":"a"}`:                                                     "`keys`.`comments`",
		`{"key_name":"x","platforms":["web"],"screenshots":{}}`:                                                   "`keys`.`screenshots`",
		`{"key_name":"x","platforms":["web"],"translations":[{}]}`:                                                "`keys`.`translations`.`language_iso`",
		`{"key_name":"x","platforms":["web"],"translations":{}}`:                                                  "`keys`.`translations`",
		`{"key_name":"x","platforms":["web"],"translations":[{"language_iso":"en"}]}`:                             "`keys`.`translations`.`translation`",
		`{"key_name":"x","platforms":["web"],"translations":[{"language_iso":"en","translation":{"other":"x"}}]}`: "`keys`.`translations`.`translation`",
		`{"key_name":"x","platforms":["web"],"is_plural":true,"translations":[{"language_iso":"en","translation":{"other":1}}]}`: "`keys`.`translations`.`translation`",
		`{"key_name":"x","platforms":["web"],"translations":[{"language_iso":"en","translation":"x","is_reviewed":"yes"}]}`:      "`keys`.`translations`.`is_reviewed`",
	} {
		w.refused("POST", "/keys", `{"keys":[`+good+item+`]}`, http.StatusBadRequest, "Invalid "+name+" parameter")
	}
	for _, body := range []string{``, `{}`, `[]`, `{"keys":{}}`, `{"keys":[]}`, `{"keys":[1]}`, `{"keys":[` + strings.Repeat(good, 5000) + `{}]}`} {
		w.refused("POST", "/keys", body, http.StatusBadRequest, "Invalid `keys` parameter")
	}
	var list keysAnswer
	w.ok("GET", "/keys", "", &list)
	if len(list.Keys) != 0 {
		t.Errorf("made all the same: %s", names(list.Keys))
	}
}

func TestKeyIsUpdated(t *testing.T) {
	t.Parallel()
	w := newWork(t, threeLanguages)
	keys := w.webKeys("one", "First text", "two", "Second")
	path := fmt.Sprintf("/keys/%d", keys[0].ID)
	w.Clock().Advance(time.Hour)
	var got struct{ Key key }
	w.ok("PUT", path, `{"description":"New","tags":["a"],"comments":[{"comment":"Hi"}],"is_archived":true,"platforms":["other","ios"]}`, &got)
	k := got.Key
	if k.Description != "New" || !k.IsArchived || len(k.Comments) != 1 || k.Modified != k.Created+3600 || k.Translated != k.Created || !slices.Equal(k.Platforms, []string{"ios", "other"}) {
		t.Errorf("got %+v", k)
	}
	w.ok("PUT", path, `{"tags":["b","a"],"merge_tags":true}`, &got)
	if !slices.Equal(got.Key.Tags, []string{"a", "b"}) {
		t.Errorf("merged %v", got.Key.Tags)
	}
	w.ok("PUT", path, `{"tags":["c"]}`, &got)
	if !slices.Equal(got.Key.Tags, []string{"c"}) {
		t.Errorf("replaced %v", got.Key.Tags)
	}
	w.ok("PUT", path, `{"is_plural":true}`, &got)
	if en := got.Key.in("en"); en.Text != `{"one":"","other":"First text"}` {
		t.Errorf("plural: %s", en.Text)
	}
	w.ok("PUT", path, `{"is_plural":false}`, &got)
	if en := got.Key.in("en"); en.Text != "First text" {
		t.Errorf("no longer plural: %s", en.Text)
	}
	w.refused("PUT", path, `{"key_name":"two","platforms":["web"]}`, http.StatusBadRequest, "This key name is already taken")
	w.refused("PUT", path, `{"is_hidden":"x"}`, http.StatusBadRequest, "Invalid `is_hidden` parameter")
	w.refused("PUT", "/keys/1", `{}`, http.StatusNotFound, "Not Found")
	w.refused("PUT", "/keys/x", `{}`, http.StatusNotFound, "Not Found")
}

func TestKeysAreUpdatedInBulk(t *testing.T) {
	t.Parallel()
	w := newWork(t, threeLanguages)
	keys := w.webKeys("one", "First", "two", "Second")
	var got keysAnswer
	w.ok("PUT", "/keys", fmt.Sprintf(`{"keys":[
		{"key_id":%d,"description":"D","translations":[{"language_iso":"de","translation":"Erster"}]},
		{"key_id":1,"description":"D"},
		{"key_id":"%d","key_name":"one"},
		{"key_id":%[2]d,"key_name":"three"}]}`, keys[0].ID, keys[1].ID), &got)
	if names(got.Keys) != "one three" || got.Keys[0].Description != "D" || got.Keys[0].in("de").Text != "Erster" || got.Keys[0].in("de").Unverified {
		t.Errorf("changed %+v", got.Keys)
	}
	want := []refusal{{Message: "Key not found", Code: 404, KeyID: 1}, {Message: "This key name is already taken", Code: 400, KeyID: keys[1].ID}}
	if !slices.Equal(got.Errors, want) {
		t.Errorf("errors %+v", got.Errors)
	}
	w.refused("PUT", "/keys", `{"keys":[{"description":"x"}]}`, http.StatusBadRequest, "Invalid `keys`.`key_id` parameter")
}

func TestKeysAreDeletedWithWhatHangsOnThem(t *testing.T) {
	t.Parallel()
	w := newWork(t, threeLanguages)
	keys := w.webKeys("a", "A", "b", "B", "c", "C", "d", "D", "e", "E", "f", "F", "g", "G", "h", "H")
	w.ok("POST", fmt.Sprintf("/keys/%d/comments", keys[1].ID), `{"comments":[{"comment":"x"}]}`, nil)
	w.ok("POST", "/screenshots", fmt.Sprintf(`{"screenshots":[{"data":"%s","key_ids":[%d,%d]}]}`, pngData(t), keys[0].ID, keys[7].ID), nil)
	if a := w.api("DELETE", w.project+fmt.Sprintf("/keys/%d", keys[0].ID), ""); !strings.HasSuffix(a.body, `"key_removed":true,"keys_locked":0}`) {
		t.Errorf("one: %s", a.body)
	}
	var ids []string
	for _, k := range keys[:7] {
		ids = append(ids, fmt.Sprint(k.ID))
	}
	body := `{"keys":[` + strings.Join(ids, ",") + `,"` + ids[2] + `",5]}`
	if a := w.api("DELETE", w.project+"/keys", body); !strings.HasSuffix(a.body, `"keys_removed":true,"keys_locked":0}`) {
		t.Errorf("many: %s", a.body)
	}
	if a := w.api("DELETE", w.project+"/keys", body); !strings.HasSuffix(a.body, `"keys_removed":false,"keys_locked":0}`) {
		t.Errorf("again: %s", a.body)
	}
	var list struct {
		Keys         []key
		Comments     []comment
		Screenshots  []screenshot
		Translations []translation
	}
	for _, path := range []string{"/keys", "/comments", "/screenshots", "/translations"} {
		w.ok("GET", path, "", &list)
	}
	if names(list.Keys) != "h" || len(list.Comments) != 0 || len(list.Translations) != 3 || !slices.Equal(list.Screenshots[0].KeyIDs, []int64{keys[7].ID}) {
		t.Errorf("left: %+v", list)
	}
	w.refused("DELETE", "/keys/"+ids[0], "", http.StatusNotFound, "Not Found")
	w.refused("DELETE", "/keys", `{"keys":["x"]}`, http.StatusBadRequest, "Invalid `keys` parameter")
	w.refused("DELETE", "/keys", ``, http.StatusBadRequest, "Invalid `keys` parameter")
}

func TestKeysAreFiltered(t *testing.T) {
	t.Parallel()
	w := newWork(t, threeLanguages)
	all := w.keys(`
		{"key_name":"a","platforms":["web"],"tags":["t1"],"filenames":{"web":"f.json"},"translations":[{"language_iso":"en","translation":"Pay %s"},{"language_iso":"de","translation":"Zahle"},{"language_iso":"pl","translation":"x"}]},
		{"key_name":"b","platforms":["ios"],"tags":["t2","t1"],"translations":[{"language_iso":"en","translation":"B"},{"language_iso":"de","translation":"B"}]},
		{"key_name":"c","platforms":["web","other"],"is_archived":true},
		{"key_name":{"ios":"d.ios","web":"d"},"platforms":["ios","web"],"translations":[{"language_iso":"en","translation":"Two  spaces"}]}`)
	id := func(i int) string { return fmt.Sprint(all[i].ID) }
	for query, want := range map[string]string{
		"": "a b c d", "limit=2": "a b", "limit=2&page=2": "c d", "page=9": "",
		"filter_tags=t1": "a b", "filter_tags=t2,t9": "b", "filter_filenames=f.json": "a", "filter_platforms=ios,other": "b c d",
		"filter_keys=b,a,zz": "a b", "filter_keys=d.ios": "d", "filter_key_ids=" + id(3) + "," + id(1) + ",7": "b d",
		"filter_key_ids=" + id(3) + "&filter_keys=a": "", "filter_archived=only": "c", "filter_archived=exclude": "a b d", "filter_archived=include": "a b c d",
		"filter_untranslated=1": "b c d", "filter_untranslated=0": "a b c d", "filter_untranslated=1&filter_translation_lang_ids=20018": "c d",
		"filter_qa_issues=placeholders": "a", "filter_qa_issues=double_space,html": "d", "filter_qa_issues=spelling_and_grammar": "",
		"filter_platforms=web&limit=2&page=2":            "d",
		"pagination=cursor&filter_platforms=web&limit=2": "a c", "pagination=cursor&filter_keys=b,a&limit=1": "a",
	} {
		var list keysAnswer
		w.ok("GET", "/keys?"+query, "", &list)
		if got := names(list.Keys); got != want {
			t.Errorf("%q: %s, want %s", query, got, want)
		}
	}
	for query, name := range map[string]string{
		"limit=501": "limit", "page=0": "page", "pagination=x": "pagination", "pagination=cursor&cursor=x": "cursor", "filter_archived=x": "filter_archived",
		"filter_platforms=x": "filter_platforms", "filter_qa_issues=x": "filter_qa_issues", "filter_key_ids=x": "filter_key_ids",
		"filter_translation_lang_ids=en": "filter_translation_lang_ids", "include_comments=2": "include_comments", "disable_references=x": "disable_references",
	} {
		w.refused("GET", "/keys?"+query, "", http.StatusBadRequest, "Invalid `"+name+"` parameter")
	}
}

func TestKeysShowMoreWhenAskedTo(t *testing.T) {
	t.Parallel()
	w := newWork(t, threeLanguages)
	w.webKeys("a", "A")
	parts := []string{`"comments":`, `"screenshots":`, `"translations":`}
	for i, query := range []string{"include_comments=1", "include_screenshots=1", "include_translations=1"} {
		a := w.api("GET", w.project+"/keys?"+query, "")
		for j, part := range parts {
			if strings.Contains(a.body, part) != (i == j) {
				t.Errorf("%s: %s", query, a.body)
			}
		}
	}
	var list keysAnswer
	w.ok("GET", "/keys?include_translations=1&filter_translation_lang_ids=20018,748", "", &list)
	if got := list.Keys[0].Translations; len(got) != 2 || got[0].ISO != "pl" || got[1].ISO != "de" {
		t.Errorf("of two languages: %+v", got)
	}
}

// TestCursorGoesThroughAllKeys: also when keys come and go on the way.
func TestCursorGoesThroughAllKeys(t *testing.T) {
	t.Parallel()
	w := newWork(t, threeLanguages)
	made := w.webKeys("a", "A", "b", "B", "c", "C", "d", "D", "e", "E")
	var seen []key
	cursor, pages := "", 0
	for {
		a := w.api("GET", w.project+"/keys?pagination=cursor&limit=2&cursor="+url.QueryEscape(cursor), "")
		var list keysAnswer
		a.decode(t, &list)
		seen = append(seen, list.Keys...)
		if a.header.Get("X-Pagination-Limit") != "2" || a.header.Get("X-Pagination-Total-Count") != "" {
			t.Errorf("headers %v", a.header)
		}
		if pages++; pages == 1 {
			w.ok("DELETE", fmt.Sprintf("/keys/%d", made[1].ID), "", nil)
			w.ok("DELETE", fmt.Sprintf("/keys/%d", made[2].ID), "", nil)
		}
		if cursor = a.header.Get("X-Pagination-Next-Cursor"); cursor == "" {
			break
		}
	}
	if got := names(seen); got != "a b d e" || pages != 2 {
		t.Errorf("%d pages with %s", pages, got)
	}
}

func TestReferencesAreResolvedUnlessDisabled(t *testing.T) {
	t.Parallel()
	w := newWork(t, threeLanguages)
	keys := w.webKeys("app", "Acme", "hello", "Hello from [%key:app%]", "deep", "[%key:hello%]! [%key:nobody%] [%key:app", "loop", "([%key:loop%])")
	var got struct{ Key key }
	for i, want := range map[int]string{1: "Hello from Acme", 2: "Hello from Acme! [%key:nobody%] [%key:app"} {
		path := fmt.Sprintf("/keys/%d", keys[i].ID)
		w.ok("GET", path, "", &got)
		if text := got.Key.in("en").Text; text != want {
			t.Errorf("%q, want %q", text, want)
		}
		w.ok("GET", path+"?disable_references=1", "", &got)
		if text := got.Key.in("en").Text; !strings.Contains(text, "[%key:") {
			t.Errorf("resolved all the same: %q", text)
		}
	}
	w.ok("GET", fmt.Sprintf("/keys/%d", keys[3].ID), "", &got) // comes to an end
	if text := got.Key.in("en").Text; !strings.Contains(text, "[%key:loop%]") {
		t.Errorf("a key that names itself: %d characters", len(text))
	}
}

func TestBranchHasKeysOfItsOwn(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	b.api("POST", "/projects/"+seedProject+"/branches", `{"name":"feature"}`)
	branch := &work{b, "/projects/" + seedProject + ":feature"}
	branch.webKeys("only.here", "Text")
	var list keysAnswer
	branch.ok("GET", "/keys?filter_keys=only.here", "", &list)
	a := b.api("GET", "/projects/"+seedProject+"/keys?filter_keys=only.here", "")
	if len(list.Keys) != 1 || a.header.Get("X-Pagination-Total-Count") != "0" || !strings.Contains(a.body, `"branch":"master"`) {
		t.Errorf("in the branch %v, in the project %s", names(list.Keys), a.body)
	}
}

func TestKeyInALockingTaskIsNotDeleted(t *testing.T) {
	t.Parallel()
	w := newWork(t, threeLanguages)
	keys := w.webKeys("a", "A", "b", "B")
	w.ok("POST", "/tasks", fmt.Sprintf(`{"title":"T","keys":[%d],"do_lock_translations":true,"languages":[{"language_iso":"de","users":[320181]}]}`, keys[0].ID), nil)
	if a := w.api("DELETE", w.project+fmt.Sprintf("/keys/%d", keys[0].ID), ""); !strings.HasSuffix(a.body, `"key_removed":false,"keys_locked":1}`) {
		t.Errorf("one: %s", a.body)
	}
	if a := w.api("DELETE", w.project+"/keys", fmt.Sprintf(`{"keys":[%d,%d]}`, keys[0].ID, keys[1].ID)); !strings.HasSuffix(a.body, `"keys_removed":true,"keys_locked":1}`) {
		t.Errorf("many: %s", a.body)
	}
}
