package lokalise_test

import (
	"context"
	"errors"
	"iter"
	"net/http"
	"testing"

	"github.com/golokalise/lokalise"
)

// everyImportOption is a request to import a file in which everything is set.
func everyImportOption() *lokalise.FileUploadRequest {
	yes, no := lokalise.Some(true), lokalise.Some(false)
	return &lokalise.FileUploadRequest{
		Filename: "locales/%LANG_ISO%.json",
		LangISO:  "en_US",
		FileImportOptions: lokalise.FileImportOptions{
			Format:                              lokalise.FileFormatJSONStructured,
			ConvertPlaceholders:                 no,
			DetectICUPlurals:                    yes,
			Tags:                                []string{"web", "autumn"},
			TagInsertedKeys:                     no,
			TagUpdatedKeys:                      no,
			TagSkippedKeys:                      yes,
			ReplaceModified:                     yes,
			SlashNToLinebreak:                   no,
			KeysToValues:                        yes,
			DistinguishByFile:                   yes,
			ApplyTM:                             yes,
			UseAutomations:                      no,
			HiddenFromContributors:              yes,
			CleanupMode:                         yes,
			CustomTranslationStatusIDs:          []int64{71, 72},
			CustomTranslationStatusInsertedKeys: no,
			CustomTranslationStatusUpdatedKeys:  no,
			CustomTranslationStatusSkippedKeys:  yes,
			SkipDetectLangISO:                   yes,
			FilterTaskID:                        lokalise.Some[int64](9001),
		},
	}
}

// importOptions is what everyImportOption is on the wire.
const importOptions = `"filename": "locales/%LANG_ISO%.json", "lang_iso": "en_US", "format": "json_structured",
 "convert_placeholders": false, "detect_icu_plurals": true, "tags": ["web", "autumn"], "tag_inserted_keys": false,
 "tag_updated_keys": false, "tag_skipped_keys": true, "replace_modified": true, "slashn_to_linebreak": false,
 "keys_to_values": true, "distinguish_by_file": true, "apply_tm": true, "use_automations": false,
 "hidden_from_contributors": true, "cleanup_mode": true, "custom_translation_status_ids": [71, 72],
 "custom_translation_status_inserted_keys": false, "custom_translation_status_updated_keys": false,
 "custom_translation_status_skipped_keys": true, "skip_detect_lang_iso": true, "filter_task_id": 9001`

// everyExportOption is a request to export files in which everything is set.
func everyExportOption() *lokalise.FileDownloadRequest {
	yes, no := lokalise.Some(true), lokalise.Some(false)
	return &lokalise.FileDownloadRequest{
		Format:                     lokalise.FileFormatJSON,
		OriginalFilenames:          no,
		BundleStructure:            lokalise.Some("%LANG_ISO%/app.%FORMAT%"),
		DirectoryPrefix:            lokalise.Some(""),
		AllPlatforms:               yes,
		FilterLangs:                []string{"en", "lv"},
		FilterData:                 []lokalise.ExportFilter{lokalise.ExportFilterTranslated, lokalise.ExportFilterNonHidden},
		FilterFilenames:            []string{"app.json"},
		AddNewlineEOF:              yes,
		CustomTranslationStatusIDs: []int64{71},
		IncludeTags:                []string{"web"},
		ExcludeTags:                []string{"old"},
		ExportSort:                 lokalise.ExportSortAToZ,
		ExportEmptyAs:              lokalise.ExportEmptyAsBase,
		ExportNullAs:               lokalise.ExportNullAsEmpty,
		IncludeComments:            yes,
		IncludeDescription:         no,
		IncludePIDs:                []lokalise.ProjectID{"30008339586cded200e0d8.29879849"},
		Triggers:                   []lokalise.ExportTrigger{lokalise.ExportTriggerGitHub},
		FilterRepositories:         []string{"acme/website"},
		ReplaceBreaks:              no,
		DisableReferences:          yes,
		PluralFormat:               lokalise.PluralFormatI18nextV4,
		PlaceholderFormat:          lokalise.PlaceholderFormatICU,
		WebhookURL:                 lokalise.Some("https://example.com/hook"),
		LanguageMapping:            []lokalise.LanguageMapping{{OriginalLanguageISO: "pt_BR", CustomLanguageISO: "pt"}},
		ICUNumeric:                 yes,
		EscapePercent:              yes,
		Indentation:                lokalise.Indentation2Spaces,
		YAMLIncludeRoot:            no,
		JSONUnescapedSlashes:       yes,
		JavaPropertiesEncoding:     lokalise.JavaPropertiesLatin1,
		JavaPropertiesSeparator:    lokalise.JavaPropertiesColon,
		BundleDescription:          lokalise.Some("autumn"),
		FilterTaskID:               lokalise.Some[int64](9001),
		Compact:                    yes,
	}
}

// exportOptions is what everyExportOption is on the wire.
const exportOptions = `{"format": "json", "original_filenames": false, "bundle_structure": "%LANG_ISO%/app.%FORMAT%",
 "directory_prefix": "", "all_platforms": true, "filter_langs": ["en", "lv"],
 "filter_data": ["translated", "nonhidden"], "filter_filenames": ["app.json"], "add_newline_eof": true,
 "custom_translation_status_ids": [71], "include_tags": ["web"], "exclude_tags": ["old"], "export_sort": "a_z",
 "export_empty_as": "base", "export_null_as": "empty", "include_comments": true, "include_description": false,
 "include_pids": ["30008339586cded200e0d8.29879849"], "triggers": ["github"], "filter_repositories": ["acme/website"],
 "replace_breaks": false, "disable_references": true, "plural_format": "i18next_v4", "placeholder_format": "icu",
 "webhook_url": "https://example.com/hook",
 "language_mapping": [{"original_language_iso": "pt_BR", "custom_language_iso": "pt"}], "icu_numeric": true,
 "escape_percent": true, "indentation": "2sp", "yaml_include_root": false, "json_unescaped_slashes": true,
 "java_properties_encoding": "latin-1", "java_properties_separator": ":", "bundle_description": "autumn",
 "filter_task_id": 9001, "compact": true}`

func TestFileOperations(t *testing.T) {
	t.Parallel()
	queued := wantQueuedImport(t)
	cases := []opCase{
		{
			op:   "POST /projects/{project_id}/files/upload",
			path: projectPath + "/files/upload",
			// The file is {"a":"ā"}.
			body:   `{` + importOptions + `, "data": "eyJhIjoixIEifQ=="}`,
			answer: `{"project_id": "p", "branch": "main", "process": ` + queuedImport + `}`,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				body := everyImportOption()
				body.Content = lokalise.ContentFromBytes([]byte(`{"a":"ā"}`))
				return c.Files.Upload(ctx, projectID, body)
			},
			want: &queued,
		},
		{
			op:     "POST /projects/{project_id}/files/upload-from-fss",
			path:   projectPath + "/files/upload-from-fss",
			body:   `{` + importOptions + `, "fss_file_id": "1f4"}`,
			answer: `{"project_id": "p", "process": ` + queuedImport + `}`,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.Files.UploadFromFSS(ctx, projectID, "1f4", everyImportOption())
			},
			want: &queued,
		},
		{
			op:     "POST /projects/{project_id}/files/download",
			path:   projectPath + ":a%2Fb%20c/files/download",
			body:   exportOptions,
			answer: `{"project_id": "p", "branch": "a/b c", "bundle_url": "https://storage.example.com/b.zip"}`,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.Files.Download(ctx, projectID.Branch("a/b c"), everyExportOption())
			},
			want: &lokalise.DownloadBundle{ProjectID: "p", Branch: lokalise.Some("a/b c"), BundleURL: "https://storage.example.com/b.zip"},
		},
		{
			op:     "POST /projects/{project_id}/files/async-download",
			path:   projectPath + "/files/async-download",
			body:   exportOptions,
			answer: `{"process_id": "8f1d6a5e-3b0c-4c55-9f4e-6d3a2b1c0d9e"}`,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.Files.AsyncDownload(ctx, projectID, everyExportOption())
			},
			want: &lokalise.QueuedProcess{ProcessID: "8f1d6a5e-3b0c-4c55-9f4e-6d3a2b1c0d9e"},
		},
		{
			op:     "DELETE /projects/{project_id}/files/{file_id}",
			path:   projectPath + "/files/123",
			answer: `{"project_id": "p", "file_deleted": true}`,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.Files.Delete(ctx, projectID, 123)
			},
			want: &lokalise.FileDeleted{ProjectID: "p", FileDeleted: true},
		},
	}
	cases = append(cases, fileLists()...)
	for _, c := range cases {
		testOperation(t, c)
	}
}

func fileLists() []opCase {
	options := &lokalise.FileListOptions{Filename: "en app", Page: 2, Limit: 50}
	return asList(opCase{
		op:    "GET /projects/{project_id}/files",
		path:  projectPath + "/files",
		query: "filter_filename=en+app&page=2&limit=50",
		answer: `{"project_id": "p", "files": [{"file_id": 5, "filename": "%LANG_ISO%.json", "key_count": 7},
		 {"file_id": -1, "filename": "__unassigned__", "key_count": 2}, {"filename": "of 2018.json", "key_count": 1}]}`,
		want: []lokalise.File{
			{FileID: 5, Filename: "%LANG_ISO%.json", KeyCount: 7},
			{FileID: lokalise.FileUnassignedID, Filename: "__unassigned__", KeyCount: 2},
			{Filename: "of 2018.json", KeyCount: 1},
		},
	}, func(ctx context.Context, c *lokalise.Client) (*lokalise.Page[lokalise.File], error) {
		return c.Files.List(ctx, projectID, options)
	}, func(ctx context.Context, c *lokalise.Client) iter.Seq2[*lokalise.File, error] {
		return c.Files.All(ctx, projectID, options)
	})
}

// The header's presence counts. Its value was seen to be a sentence, a word and
// nothing.
func TestDownloadReportsThatTheProjectIsTooBig(t *testing.T) {
	t.Parallel()
	for _, value := range []string{"", "true", "Use the other one."} {
		client := newServer(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header()["X-Response-Too-Big"] = []string{value}
			answer(http.StatusOK, `{"project_id": "p", "bundle_url": "https://storage.example.com/b.zip"}`)(w, r)
		})
		bundle, err := client.Files.Download(t.Context(), projectID, &lokalise.FileDownloadRequest{Format: lokalise.FileFormatJSON})
		if err != nil || !bundle.TooBig {
			t.Errorf("%q: %+v, %v", value, bundle, err)
		}
	}
}

func TestUploadThatMakesNoSenseIsNotSent(t *testing.T) {
	t.Parallel()
	handler, count := inTurn(answer(http.StatusOK, `{}`))
	client := newServer(t, handler)
	content := lokalise.ContentFromBytes(nil)
	for what, body := range map[string]*lokalise.FileUploadRequest{
		"nothing":     nil,
		"no content":  {Filename: "a.json", LangISO: "en"},
		"nil reader":  {Content: lokalise.ContentFromReader(nil), Filename: "a.json", LangISO: "en"},
		"no name":     {Content: content, LangISO: "en"},
		"no language": {Content: content, Filename: "a.json"},
		"no file":     {Content: lokalise.ContentFromPath(t.TempDir() + "/none"), Filename: "a.json", LangISO: "en"},
		"a folder":    {Content: lokalise.ContentFromPath(t.TempDir()), Filename: "a.json", LangISO: "en"},
	} {
		if _, err := client.Files.Upload(t.Context(), projectID, body); !errors.Is(err, lokalise.ErrInvalidRequest) {
			t.Errorf("%s: got %v", what, err)
		}
	}
	for what, call := range map[string]func() error{
		"fss without a file": func() error {
			_, err := client.Files.UploadFromFSS(t.Context(), projectID, "", everyImportOption())
			return err
		},
		"fss without a request": func() error {
			_, err := client.Files.UploadFromFSS(t.Context(), projectID, "1f4", nil)
			return err
		},
		"fss with content": func() error {
			_, err := client.Files.UploadFromFSS(t.Context(), projectID, "1f4", &lokalise.FileUploadRequest{Content: content})
			return err
		},
		"a file without a number": func() error {
			_, err := client.Files.Delete(t.Context(), projectID, 0)
			return err
		},
	} {
		if err := call(); !errors.Is(err, lokalise.ErrInvalidRequest) {
			t.Errorf("%s: got %v", what, err)
		}
	}
	if n := count.Load(); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}
