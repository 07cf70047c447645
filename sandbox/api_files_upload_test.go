package sandbox_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/sandbox"
)

func TestUploadBecomesKeysWhenItsProcessRuns(t *testing.T) {
	t.Parallel()
	b := startFiles(t)
	p := b.upload("locales/%LANG_ISO%.json", "en", `{"title":"Good day","cart":{"empty":"Nothing here yet"}}`)
	if len(p.ID) != 40 || p.Type != "file-import" || p.Status != "queued" || p.Email != "mara.lind@example.com" {
		t.Errorf("queued: %+v", p)
	}
	if keys := b.ok("GET", "/keys", "").header.Get("X-Pagination-Total-Count"); keys != "0" {
		t.Errorf("%s keys before the process ran", keys)
	}
	b.settle()
	p = b.process(p.ID)
	want := fileReport{Status: "finished", Name: "locales/%LANG_ISO%.json", Words: 5, Keys: 2, Inserted: 2}
	if p.Status != "finished" || len(p.Details.Files) != 1 || p.Details.Files[0] != want {
		t.Errorf("finished: %+v", p)
	}
	expect(t, "files", b.download(`{"format":"json","directory_prefix":"","json_unescaped_slashes":true,"filter_data":["translated"]}`),
		"== locales/en.json\n"+"{\n    \"title\": \"Good day\",\n    \"cart\": {\n        \"empty\": \"Nothing here yet\"\n    }\n}\n")
}

func TestUploadPassesThroughTheDocumentedStatuses(t *testing.T) {
	t.Parallel()
	b := startFiles(t)
	p := b.upload("en.json", "en", `{"a":"A"}`)
	var seen []string
	for range 4 {
		seen = append(seen, b.process(p.ID).Status)
		b.Clock().Advance(sandbox.DefaultProcessTime / 2)
	}
	if got := strings.Join(seen, " "); got != "queued pre_processing finished finished" {
		t.Errorf("statuses after each 25 ms: %s", got)
	}
}

func TestUploadAnswersWithTheProcess(t *testing.T) {
	t.Parallel()
	b := startFiles(t)
	a := b.api("POST", "/projects/"+b.id+"/files/upload", `{"data":"e30=","filename":"a.json","lang_iso":"en","queue":true}`)
	location := a.header.Get("Location")
	if a.status != http.StatusAccepted || !strings.HasPrefix(location, "/api2/projects/"+b.id+"/processes/") {
		t.Fatalf("%d, Location %q", a.status, location)
	}
	if got := b.send("GET", location, "", "X-Api-Token", b.creds.APIToken); got.status != http.StatusOK {
		t.Errorf("at the Location: %d %s", got.status, got.body)
	}
	if unread := b.Journal()[len(b.Journal())-2].Unread; len(unread) != 0 {
		t.Errorf("unread: %v", unread)
	}
}

func TestUploadRefusesWhatItCannotImport(t *testing.T) {
	t.Parallel()
	b := startFiles(t)
	for body, want := range map[string]string{
		`{"filename":"a.json","lang_iso":"en"}`:                                "Invalid `data` parameter",
		`{"data":"data:;base64,e30=","filename":"a.json","lang_iso":"en"}`:     "Invalid `data` parameter",
		`{"data":"e30=","lang_iso":"en"}`:                                      "Invalid `filename` parameter",
		`{"data":"e30=","filename":"a.json"}`:                                  "Invalid `lang_iso` parameter",
		`{"data":"e30=","filename":"a.json","lang_iso":"ja"}`:                  "Invalid `lang_iso` parameter",
		`{"data":"e30=","filename":"a.json","lang_iso":"en","tags":"x"}`:       "Invalid `tags` parameter",
		`{"data":"e30=","filename":"a.json","lang_iso":"en","cleanup_mode":1}`: "Invalid `cleanup_mode` parameter",
	} {
		if a := b.api("POST", "/projects/"+b.id+"/files/upload", body); a.status != http.StatusBadRequest || a.message(t) != want {
			t.Errorf("%s: %d %s", body, a.status, a.body)
		}
	}
	a := b.api("POST", "/projects/"+b.id+"/files/upload", `{"data":"e30=","filename":"a.psd","lang_iso":"en"}`)
	if message := a.message(t); a.status != http.StatusBadRequest || !strings.Contains(message, `"a.psd"`) || !strings.Contains(message, "json_structured") || !strings.Contains(message, "sandbox/formats, which this program does not import") {
		t.Errorf("unknown format: %d %s", a.status, message)
	}
	if a := b.api("POST", "/projects/"+b.id+"/files/upload-from-fss", `{"fss_file_id":"1","filename":"a.json","lang_iso":"en"}`); a.status != http.StatusBadRequest {
		t.Errorf("from storage: %d %s", a.status, a.body)
	}
}

func TestUploadOfABrokenFileFailsAndChangesNothing(t *testing.T) {
	t.Parallel()
	b := startFiles(t)
	p := b.upload("en.json", "en", `{"first":"One","second":`)
	b.settle()
	p = b.process(p.ID)
	if p.Status != "failed" || !strings.Contains(*p.Message, "line 1") || p.Details.Files[0].Status != "failed" {
		t.Errorf("%+v %s", p, *p.Message)
	}
	expect(t, "keys", b.ok("GET", "/keys", "").header.Get("X-Pagination-Total-Count"), "0")
	expect(t, "files", b.ok("GET", "/files", "").body, `{"project_id":"`+b.id+`","files":[]}`)
}

func TestUploadKeepsTextsUnlessTheyAreToBeReplaced(t *testing.T) {
	t.Parallel()
	b := startFiles(t)
	b.imported("en.json", "en", `{"a":"One","b":"Two"}`)
	if got := b.imported("en.json", "en", `{"a":"Uno","b":"Two","c":"Three"}`); got.Inserted != 1 || got.Updated != 0 || got.Skipped != 2 {
		t.Errorf("without replace_modified: %+v", got)
	}
	if got := b.imported("en.json", "en", `{"a":"Uno","b":""}`, `"replace_modified":true`); got.Updated != 1 || got.Skipped != 1 {
		t.Errorf("with replace_modified: %+v", got)
	}
	if got := b.imported("de.json", "de", `{"a":"Eins"}`); got.Updated != 1 {
		t.Errorf("into an empty translation: %+v", got)
	}
	expect(t, "files", b.download(`{"format":"json","original_filenames":false,"bundle_structure":"%LANG_ISO%.%FORMAT%","filter_langs":["en","de"],"filter_data":["translated"],"indentation":"1sp"}`),
		"== de.json\n{\n \"a\": \"Eins\"\n}\n== en.json\n{\n \"a\": \"Uno\",\n \"b\": \"Two\",\n \"c\": \"Three\"\n}\n")
}

func TestUploadTagsKeysAndHidesThem(t *testing.T) {
	t.Parallel()
	b := startFiles(t)
	b.imported("en.json", "en", `{"a":"A","b":"B"}`, `"tags":["first"],"hidden_from_contributors":true`)
	b.imported("en.json", "en", `{"a":"A2","b":"B","c":"C"}`, `"tags":["second"],"replace_modified":true,"tag_inserted_keys":false`)
	b.imported("en.json", "en", `{"a":"A2","b":"B3"}`, `"tags":["third"],"replace_modified":true,"tag_updated_keys":false,"tag_skipped_keys":true`)
	var list struct {
		Keys []struct {
			Name   struct{ Web string } `json:"key_name"`
			Tags   []string
			Hidden bool                 `json:"is_hidden"`
			Files  struct{ Web string } `json:"filenames"`
		}
	}
	b.ok("GET", "/keys", "").decode(t, &list)
	var got []string
	for _, k := range list.Keys {
		hidden := ""
		if k.Hidden {
			hidden = "hidden"
		}
		got = append(got, k.Name.Web+":"+strings.Join(k.Tags, ",")+":"+hidden+":"+k.Files.Web)
	}
	expect(t, "keys", strings.Join(got, " "), "a:first,second,third:hidden:en.json b:first:hidden:en.json c:::en.json")
}

func TestUploadReadsTextsAsItsOptionsSay(t *testing.T) {
	t.Parallel()
	b := startFiles(t)
	b.imported("en.json", "en", `{"break":"one\\ntwo","empty":"","count":"{n, plural, one {# item} other {# items}}"}`,
		`"keys_to_values":true,"detect_icu_plurals":true`)
	b.imported("en2.json", "en", `{"kept":"one\\ntwo"}`, `"slashn_to_linebreak":false`)
	expect(t, "files", b.download(`{"format":"json","original_filenames":false,"filter_langs":["en"],"plural_format":"array","indentation":"1sp"}`),
		"== locale/en.json\n{\n \"break\": \"one\\ntwo\",\n \"empty\": \"empty\",\n \"count\": {\n  \"one\": \"# item\",\n  \"other\": \"# items\"\n },\n \"kept\": \"one\\\\ntwo\"\n}\n")
}

func TestUploadKeepsFilesApartAndCleansUp(t *testing.T) {
	t.Parallel()
	b := startFiles(t)
	b.imported("a.json", "en", `{"title":"A","gone":"x"}`)
	if got := b.imported("b.json", "en", `{"title":"B"}`, `"distinguish_by_file":true`); got.Inserted != 1 {
		t.Errorf("the same name in another file: %+v", got)
	}
	b.imported("a.json", "en", `{"title":"A"}`, `"cleanup_mode":true`)
	expect(t, "files", b.download(`{"format":"json","filter_langs":["en"],"indentation":"1sp"}`),
		"== en/a.json\n{\n \"title\": \"A\"\n}\n== en/b.json\n{\n \"title\": \"B\"\n}\n")
	expect(t, "list", fileList(b, ""), "a.json 1, b.json 1")
}

func TestUploadGoesIntoTheBranchOfItsPath(t *testing.T) {
	t.Parallel()
	b := startFiles(t)
	if err := b.AllowBranching(b.id); err != nil {
		t.Fatal(err)
	}
	master := b.id
	b.ok("POST", "/branches", `{"name":"next"}`)
	b.id = master + ":next"
	b.imported("a.json", "en", `{"title":"A"}`)
	expect(t, "branch", fileList(b, ""), "a.json 1")
	b.id = master
	expect(t, "master", fileList(b, ""), "")
}

// fileList is the list of files as one text.
func fileList(b *filesBox, query string) string {
	b.Helper()
	var list struct {
		Files []struct {
			Name  string `json:"filename"`
			Count int    `json:"key_count"`
		}
	}
	b.ok("GET", "/files"+query, "").decode(b, &list)
	var names []string
	for _, f := range list.Files {
		names = append(names, f.Name+" "+jsonText(b, f.Count))
	}
	return strings.Join(names, ", ")
}

func TestFilesCountTheirKeys(t *testing.T) {
	t.Parallel()
	b := startFiles(t)
	b.imported("b.json", "en", `{"x":"X"}`)
	b.ok("POST", "/keys", `{"keys":[
		{"key_name":"one","platforms":["web"],"filenames":{"web":"a.json"}},
		{"key_name":"two","platforms":["web"],"filenames":{"web":"a.json","ios":"b.json"}},
		{"key_name":"three","platforms":["web"]}]}`)
	expect(t, "files", fileList(b, ""), "a.json 2, b.json 2, __unassigned__ 1")
	expect(t, "one of them", fileList(b, "?filter_filename=a.j"), "a.json 2")
	expect(t, "a page", fileList(b, "?limit=1&page=2"), "b.json 2")
	if a := b.api("DELETE", "/projects/"+b.id+"/files/1", ""); a.status != http.StatusBadRequest || a.message(t) != "Action not supported by this type of project" {
		t.Errorf("delete: %d %s", a.status, a.body)
	}
}

func TestFilesOfDocumentsAreDeletedWithTheirKeys(t *testing.T) {
	t.Parallel()
	b := startFiles(t)
	b.id = b.create(`{"name":"Docs","project_type":"paged_documents"}`).ID
	b.imported("a.json", "en", `{"x":"X"}`)
	b.imported("b.json", "en", `{"y":"Y"}`)
	var list struct {
		Files []struct {
			ID int64 `json:"file_id"`
		}
	}
	b.ok("GET", "/files", "").decode(t, &list)
	expect(t, "answer", b.ok("DELETE", "/files/"+jsonText(t, list.Files[0].ID), "").body, `{"project_id":"`+b.id+`","file_deleted":true}`)
	expect(t, "files", fileList(b, ""), "b.json 1")
}

func TestUploadKeepsICUMessagesThatPluralFormsCannotHold(t *testing.T) {
	t.Parallel()
	b := startFiles(t)
	b.ok("POST", "/languages", `{"languages":[{"lang_iso":"ru"}]}`)
	const en, ru = `{count, plural, =0{none} one{one} other{{count} many}}`, `{count, plural, =0{нет} one{один} other{{count}}}`
	b.imported("en.arb", "en", `{"n":"`+en+`","both":"`+en+`"}`)
	b.imported("ru.arb", "ru", `{"n":"`+ru+`","both":"{count, plural, one {а} few {б} many {в} other {г}}"}`)
	expect(t, "files", b.download(`{"format":"arb","all_platforms":true,"original_filenames":false,"filter_langs":["en","ru"],"indentation":"1sp"}`),
		"== locale/en.arb\n{\n \"@@locale\": \"en\",\n \"n\": \""+en+"\",\n \"both\": \""+en+"\"\n}\n"+
			"== locale/ru.arb\n{\n \"@@locale\": \"ru\",\n \"n\": \""+ru+"\",\n \"both\": \"{count, plural, one {а} few {б} many {в} other {г}}\"\n}\n")
}

func TestUploadSkipsEntriesWithoutAName(t *testing.T) {
	t.Parallel()
	b := startFiles(t)
	if got := b.imported("en.json", "en", `{"":"empty","a":"A"}`); got.Keys != 2 || got.Inserted != 1 || got.Skipped != 1 || got.Words != 1 {
		t.Errorf("the report is %+v", got)
	}
	expect(t, "keys", b.ok("GET", "/keys", "").header.Get("X-Pagination-Total-Count"), "1")
}

func TestUploadAndDownloadOfPOHaveTheFormsOfGettext(t *testing.T) {
	t.Parallel()
	b := startFiles(t)
	const fr = "msgid \"files\"\nmsgid_plural \"%d files\"\nmsgstr[0] \"fichier\"\nmsgstr[1] \"fichiers\""
	b.imported("fr.po", "fr", "msgid \"\"\nmsgstr \"X-Mine: 1\\n\"\n\n"+fr+"\n")
	got := b.download(`{"format":"po","all_platforms":true,"filter_langs":["fr"]}`)
	if !strings.Contains(got, `"Plural-Forms: nplurals=2; plural=(n > 1);\n"`) || !strings.HasSuffix(got, "\n\n"+fr+"\n") || strings.Contains(got, "X-Mine") {
		t.Errorf("downloaded is\n%s", got)
	}
	if got := b.download(`{"format":"arb","all_platforms":true,"filter_langs":["fr"]}`); !strings.Contains(got, "{count, plural, one {fichier} many {} other {fichiers}}") {
		t.Errorf("as ARB it is\n%s", got)
	}
}
