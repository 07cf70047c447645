package sandbox_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"
)

// fill puts two files, a key without one, and translations into the project.
func fill(b *filesBox) {
	b.Helper()
	b.imported("app/%LANG_ISO%.json", "en", `{"title":"Title","sub":"Sub"}`, `"tags":["app"]`)
	b.imported("app/%LANG_ISO%.json", "de", `{"title":"Titel"}`)
	b.imported("help.json", "en", `{"faq":"FAQ"}`, `"tags":["help"]`)
	b.ok("POST", "/keys", `{"keys":[{"key_name":"loose","platforms":["web"],"translations":[{"language_iso":"en","translation":"Loose"}]},
		{"key_name":"phone","platforms":["ios"],"translations":[{"language_iso":"en","translation":"Phone"}]}]}`)
}

func TestDownloadLaysFilesOut(t *testing.T) {
	t.Parallel()
	b := startFiles(t)
	fill(b)
	const en = `"filter_langs":["en"],"indentation":"1sp",`
	for name, c := range map[string]struct{ options, want string }{
		"original names, a folder for each language": {
			en + `"directory_prefix":"%LANG_ISO%/x"`,
			"== en/x/app/en.json\n{\n \"title\": \"Title\",\n \"sub\": \"Sub\"\n}\n== en/x/help.json\n{\n \"faq\": \"FAQ\"\n}\n== en/x/no_filename.json\n{\n \"loose\": \"Loose\"\n}\n",
		},
		"one file": {
			en + `"original_filenames":false`,
			"== locale/en.json\n{\n \"title\": \"Title\",\n \"sub\": \"Sub\",\n \"faq\": \"FAQ\",\n \"loose\": \"Loose\"\n}\n",
		},
		"a path of one's own, another code": {
			en + `"original_filenames":false,"include_tags":["help"],"bundle_structure":"%PROJECT_NAME%/%LANG_NAME%/%LANG_ISO%.%FORMAT%","language_mapping":[{"original_language_iso":"en","custom_language_iso":"en-GB"}]`,
			"== Web shop/English/en-GB.json\n{\n \"faq\": \"FAQ\"\n}\n",
		},
		"no path out of the bundle": {
			en + `"include_tags":["help"],"directory_prefix":"../../%LANG_ISO%"`,
			"== en/help.json\n{\n \"faq\": \"FAQ\"\n}\n",
		},
		"the same path for two languages": {
			`"include_tags":["help"],"filter_langs":["en","de"],"directory_prefix":"","export_empty_as":"base","indentation":"1sp"`,
			"== help.json\n{\n \"faq\": \"FAQ\"\n}\n== help_de.json\n{\n \"faq\": \"FAQ\"\n}\n",
		},
		"keys of all platforms": {
			en + `"original_filenames":false,"all_platforms":true,"exclude_tags":["app","help"]`,
			"== locale/en.json\n{\n \"loose\": \"Loose\",\n \"phone\": \"Phone\"\n}\n",
		},
	} {
		expect(t, name, b.download(`{"format":"json",`+c.options+`}`), c.want)
	}
}

func TestDownloadPicksKeysAndTexts(t *testing.T) {
	t.Parallel()
	b := startFiles(t)
	fill(b)
	const one = `"original_filenames":false,"bundle_structure":"%LANG_ISO%.json","indentation":"1sp",`
	for name, c := range map[string]struct{ options, want string }{
		"a file": {`"filter_filenames":["help.json"],"filter_langs":["en"]`, "== en.json\n{\n \"faq\": \"FAQ\"\n}\n"},
		"translated": {
			`"filter_data":["translated"],"include_tags":["app"]`,
			"== de.json\n{\n \"title\": \"Titel\"\n}\n== en.json\n{\n \"title\": \"Title\",\n \"sub\": \"Sub\"\n}\n",
		},
		"untranslated": {`"filter_data":["untranslated"],"include_tags":["app"],"filter_langs":["de"]`, "== de.json\n{\n \"sub\": \"\"\n}\n"},
		"verified":     {`"filter_data":["verified"],"filter_langs":["de"]`, "== de.json\n{\n \"title\": \"Titel\"\n}\n"},
		"empty as base": {
			`"filter_langs":["de"],"include_tags":["app"],"export_empty_as":"base"`,
			"== de.json\n{\n \"title\": \"Titel\",\n \"sub\": \"Sub\"\n}\n",
		},
		"empty skipped": {`"filter_langs":["de"],"include_tags":["app"],"export_empty_as":"skip"`, "== de.json\n{\n \"title\": \"Titel\"\n}\n"},
		"empty as null": {
			`"filter_langs":["de"],"include_tags":["app"],"export_empty_as":"null"`,
			"== de.json\n{\n \"title\": \"Titel\",\n \"sub\": null\n}\n",
		},
		"sorted": {
			`"filter_langs":["en"],"export_sort":"a_z"`,
			"== en.json\n{\n \"faq\": \"FAQ\",\n \"loose\": \"Loose\",\n \"sub\": \"Sub\",\n \"title\": \"Title\"\n}\n",
		},
		"the last first": {
			`"filter_langs":["en"],"export_sort":"last_added","include_tags":["app"],"add_newline_eof":true`,
			"== en.json\n{\n \"sub\": \"Sub\",\n \"title\": \"Title\"\n}\n\n",
		},
	} {
		expect(t, name, b.download(`{"format":"json",`+one+c.options+`}`), c.want)
	}
}

func TestDownloadResolvesReferencesAndAddsProjects(t *testing.T) {
	t.Parallel()
	b := startFiles(t)
	b.imported("en.json", "en", `{"name":"Shop","hello":"Welcome to [%key:name%]"}`)
	other := &filesBox{b.box, b.create(`{"name":"Common"}`).ID}
	other.imported("common.json", "en", `{"ok":"OK"}`)
	const one = `{"format":"json","original_filenames":false,"filter_langs":["en"],"indentation":"1sp",`
	expect(t, "references", b.download(one+`"export_sort":"a_z"}`), "== locale/en.json\n{\n \"hello\": \"Welcome to Shop\",\n \"name\": \"Shop\"\n}\n")
	expect(t, "no references", b.download(one+`"disable_references":true,"include_pids":["`+other.id+`"]}`),
		"== locale/en.json\n{\n \"name\": \"Shop\",\n \"hello\": \"Welcome to [%key:name%]\",\n \"ok\": \"OK\"\n}\n")
}

func TestDownloadWritesWhatEachFormatHas(t *testing.T) {
	t.Parallel()
	b := startFiles(t)
	b.imported("en.json", "en", `{"path":"a/b","lines":"one\ntwo"}`)
	const one = `{"original_filenames":false,"filter_langs":["en"],"all_platforms":true,`
	expect(t, "slashes", b.download(one+`"format":"json","indentation":"1sp"}`), "== locale/en.json\n{\n \"path\": \"a\\/b\",\n \"lines\": \"one\\ntwo\"\n}\n")
	got := b.download(one + `"format":"csv"}`)
	if !strings.Contains(got, `one\ntwo`) {
		t.Errorf("CSV with line breaks replaced:\n%s", got)
	}
	if got := b.download(one + `"format":"csv","replace_breaks":false}`); !strings.Contains(got, "one\ntwo") {
		t.Errorf("CSV with line breaks:\n%s", got)
	}
	expect(t, "properties", b.download(one+`"format":"properties","java_properties_separator":":","original_filenames":true}`),
		"== en/en.properties\n"+"path:a/b\nlines:one\\ntwo\n")
}

func TestDownloadWithNothingToExport(t *testing.T) {
	t.Parallel()
	b := startFiles(t)
	const message = "No keys for export with current export settings"
	if a := b.api("POST", "/projects/"+b.id+"/files/download", `{"format":"json"}`); a.status != http.StatusNotAcceptable || a.message(t) != message {
		t.Errorf("%d %s", a.status, a.body)
	}
	b.noted("no keys")
	p := b.async(`{"format":"json"}`)
	if p.Status != "failed" || p.Message == nil || *p.Message != message {
		t.Errorf("async: %+v", p)
	}
}

// TestDownloadWithNothingToExportSaysWhy: the answer is the same, whatever the
// reason, so the journal has it.
func TestDownloadWithNothingToExportSaysWhy(t *testing.T) {
	t.Parallel()
	b := startFiles(t)
	b.ok("POST", "/keys", `{"keys":[{"key_name":"a","platforms":["web"],"tags":["x"],"translations":[{"language_iso":"en","translation":"A"}]}]}`)
	for options, words := range map[string][]string{
		`{"format":"strings"}`:                                           {"format strings", "platform ios", "keys are of web", "all_platforms"},
		`{"format":"json","include_tags":["y"]}`:                         {"filters"},
		`{"format":"strings","all_platforms":true,"include_tags":["y"]}`: {"filters"},
	} {
		if a := b.api("POST", "/projects/"+b.id+"/files/download", options); a.status != http.StatusNotAcceptable {
			t.Errorf("%s: %d %s", options, a.status, a.body)
		}
		b.noted(words...)
	}
}

// noted looks for words in what the journal notes about the last request.
func (b *filesBox) noted(words ...string) {
	b.Helper()
	notes := strings.Join(b.last().Notes, " ")
	for _, word := range words {
		if !strings.Contains(notes, word) {
			b.Errorf("the journal notes %q, want %q", notes, word)
		}
	}
}

func TestDownloadRefusesUnknownValues(t *testing.T) {
	t.Parallel()
	b := startFiles(t)
	fill(b)
	for _, member := range []string{
		`"export_sort":"random"`, `"filter_data":["good"]`, `"filter_langs":["ja"]`, `"plural_format":"x"`, `"indentation":"9sp"`,
		`"language_mapping":[{}]`, `"include_pids":["nope"]`, `"java_properties_separator":"-"`, `"all_platforms":"yes"`,
	} {
		name, _, _ := strings.Cut(strings.Trim(member, `"`), `"`)
		a := b.api("POST", "/projects/"+b.id+"/files/download", `{"format":"json",`+member+`}`)
		if a.status != http.StatusBadRequest || a.message(t) != "Invalid `"+name+"` parameter" {
			t.Errorf("%s: %d %s", member, a.status, a.body)
		}
	}
	if a := b.api("POST", "/projects/"+b.id+"/files/download", `{"format":"docx"}`); !strings.Contains(a.message(t), "json_structured") {
		t.Errorf("unknown format: %d %s", a.status, a.body)
	}
}

// async exports in the background, to the end.
func (b *filesBox) async(options string) processReport {
	b.Helper()
	var started struct {
		ID string `json:"process_id"`
	}
	a := b.ok("POST", "/files/async-download", options)
	a.decode(b, &started)
	if !regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`).MatchString(started.ID) || len(members(b, a.body)) != 1 {
		b.Errorf("answer %s", a.body)
	}
	if p := b.process(started.ID); p.Status != "queued" || p.Type != "async-export" || p.Message != nil {
		b.Errorf("queued: %+v", p)
	}
	b.settle()
	return b.process(started.ID)
}

func TestAsyncDownloadTellsWhereTheBundleIs(t *testing.T) {
	t.Parallel()
	b := startFiles(t)
	fill(b)
	p := b.async(`{"format":"json","filter_langs":["de"],"filter_data":["translated"],"directory_prefix":"","indentation":"1sp"}`)
	if p.Status != "finished" || p.Details.Keys != 1 || p.Details.KB != 1 || p.Email != "" || !strings.HasSuffix(p.Created, " (Europe/Berlin)") {
		t.Errorf("finished: %+v", p)
	}
	expect(t, "bundle", b.unzip(p.Details.URL), "== app/de.json\n{\n \"title\": \"Titel\"\n}\n")
	b.Clock().Advance(24 * time.Hour)
	path := strings.TrimPrefix(p.Details.URL, b.URL())
	if a := b.send("GET", path, ""); a.status != http.StatusForbidden {
		t.Errorf("a day later: %d", a.status)
	}
}

func TestBundleIsServedInParts(t *testing.T) {
	t.Parallel()
	b := startFiles(t)
	fill(b)
	var bundle struct {
		URL string `json:"bundle_url"`
	}
	b.ok("POST", "/files/download", `{"format":"json"}`).decode(t, &bundle)
	path := strings.TrimPrefix(bundle.URL, b.URL())
	if !regexp.MustCompile(`^/files/export/` + regexp.QuoteMeta(b.id) + `/[0-9a-f]{32}/Web_shop-locale\.zip$`).MatchString(path) {
		t.Errorf("path %s", path)
	}
	whole := b.send("GET", path, "")
	tag := whole.header.Get("Etag")
	part := b.send("GET", path, "", "Range", "bytes=4-9", "If-Range", tag)
	if part.status != http.StatusPartialContent || part.body != whole.body[4:10] {
		t.Errorf("part: %d %q", part.status, part.body)
	}
	if a := b.send("GET", path, "", "If-None-Match", tag); tag == "" || a.status != http.StatusNotModified {
		t.Errorf("with its tag %s: %d", tag, a.status)
	}
	if a := b.send("GET", path, "", "X-Api-Token", b.creds.APIToken); !strings.Contains(strings.Join(b.last().Notes, " "), "must not get it") {
		t.Errorf("with a credential: %d, notes %v", a.status, b.last().Notes)
	}
	if a := b.send("GET", path+"x", ""); a.status != http.StatusForbidden {
		t.Errorf("elsewhere: %d", a.status)
	}
	if a := b.send("POST", path, ""); a.status != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", a.status)
	}
}

func TestDownloadOfALargeProjectMustBeAsynchronous(t *testing.T) {
	t.Parallel()
	b := startFiles(t)
	b.imported("en.json", "en", manyKeys(4_000))
	a := b.ok("POST", "/files/download", `{"format":"json"}`)
	if a.header.Get("X-Response-Too-Big") == "" || a.body != `{"project_id":"`+b.id+`","bundle_url":""}` {
		t.Errorf("%v %s", a.header, a.body)
	}
	if p := b.async(`{"format":"json","filter_langs":["en"]}`); p.Details.Keys != 4_000 {
		t.Errorf("async: %+v", p)
	}
}

// manyKeys is a JSON file.
func manyKeys(n int) string {
	var file strings.Builder
	file.WriteByte('{')
	for i := range n {
		if i > 0 {
			file.WriteByte(',')
		}
		fmt.Fprintf(&file, `"key.%d":"Text number %d of them"`, i, i)
	}
	file.WriteByte('}')
	return file.String()
}
