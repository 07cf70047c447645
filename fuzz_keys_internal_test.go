package lokalise

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// FuzzKeyDecoders does for keys, translations and what hangs on them what
// FuzzDecoders does for projects.
func FuzzKeyDecoders(f *testing.F) {
	for _, seed := range []string{
		`{"key_id": 1, "key_name": {"ios": "a", "web": "b"}, "filenames": {"other": ""}, "custom_attributes": "", "char_limit": 0, "modified_at": "x"}`,
		`{"comments": [{"comment_id": 2, "key_id": 1}], "screenshots": [{"screenshot_id": 3}], "translations": [{"translation": "{\"one\":\"\\u00e4\"}"}]}`,
		`{"custom_attributes": "{\"a\": 1}", "platforms": ["web"], "tags": [], "is_plural": true, "plural_name": "n"}`,
		`{"translation_id": 4, "segment_number": 1, "reviewed_by": 0, "task_id": null, "is_fuzzy": true, "custom_translation_statuses": []}`,
		`{"key_removed": true, "keys_locked": 1, "keys_removed": false, "branch": "main", "project_id": "p"}`,
		`{"lang_id": 640, "lang_iso": "en", "plural_forms": null, "is_rtl": false}`, `{"plural_forms": ["one", "other"]}`,
		`{"id": 7, "title": "t", "color": "#f2d600"}`, `{"value": "v", "words": 3, "modified_by": 0}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		agree[plainKey](t, text, decodeKey)
		agree[plainKeyName](t, text, decodeKeyName)
		agree[plainKeyFilenames](t, text, decodeKeyFilenames)
		agree[plainKeyDeleted](t, text, decodeKeyDeleted)
		agree[plainKeysBulkDeleted](t, text, decodeKeysBulkDeleted)
		agree[plainComment](t, text, decodeComment)
		agree[plainCommentDeleted](t, text, decodeCommentDeleted)
		agree[plainTranslation](t, text, decodeTranslation)
		agree[plainTranslationStatus](t, text, decodeTranslationStatus)
		agree[plainTranslationStatusDeleted](t, text, decodeTranslationStatusDeleted)
		agree[plainSegment](t, text, decodeSegment)
		agree[plainLanguage](t, text, decodeLanguage)
		agree[plainLanguageDeleted](t, text, decodeLanguageDeleted)
	})
}

type (
	plainKey                      Key
	plainKeyName                  KeyName
	plainKeyFilenames             KeyFilenames
	plainKeyDeleted               KeyDeleted
	plainKeysBulkDeleted          KeysBulkDeleted
	plainComment                  Comment
	plainCommentDeleted           CommentDeleted
	plainTranslation              Translation
	plainTranslationStatus        TranslationStatus
	plainTranslationStatusDeleted TranslationStatusDeleted
	plainSegment                  Segment
	plainLanguage                 Language
	plainLanguageDeleted          LanguageDeleted
)

// FuzzProjectPartDecoders does for branches, contributors, files and processes
// what FuzzDecoders does for projects.
func FuzzProjectPartDecoders(f *testing.F) {
	for _, seed := range []string{
		`{"branch_id": 1, "name": "a/b", "created_at": "2026-03-02 08:15:00 (Etc/UTC)", "created_by": 2}`,
		`{"project_id": "p", "branch_merged": true, "branch": {"branch_id": 1}, "target_branch": {"branch_id": 2}, "branch_deleted": true}`,
		`{"user_id": 1, "admin_rights": ["keys", "create_branches"], "languages": [{"lang_id": 640, "is_writable": true}], "role_id": null}`,
		`{"file_id": -1, "filename": "__unassigned__", "key_count": 0}`, `{"bundle_url": "https://example.com/b.zip"}`,
		`{"process_id": "file-import/1a", "created_by": "20181", "details": {"files": [{"status": "failed", "name_custom": null}]}, "message": null}`,
		`{"details": {"items_to_process": 1, "download_url": "u"}, "url": "u", "keys_deleted": true}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		agree[plainBranch](t, text, decodeBranch)
		agree[plainBranchMerged](t, text, decodeBranchMerged)
		agree[plainBranchDeleted](t, text, decodeBranchDeleted)
		agree[plainContributor](t, text, decodeContributor)
		agree[plainContributorLanguage](t, text, decodeContributorLanguage)
		agree[plainContributorDeleted](t, text, decodeContributorDeleted)
		agree[plainFile](t, text, decodeFile)
		agree[plainFileDeleted](t, text, decodeFileDeleted)
		agree[plainDownloadBundle](t, text, decodeDownloadBundle)
		agree[plainQueuedProcess](t, text, decodeQueuedProcess)
		agree[plainProcessDetails](t, text, decodeProcessDetails)
		agree[plainProcessFile](t, text, decodeProcessFile)
		agree[plainProjectDeleted](t, text, decodeProjectDeleted)
		agree[plainProjectEmptied](t, text, decodeProjectEmptied)
	})
}

type (
	plainBranch              Branch
	plainBranchMerged        BranchMerged
	plainBranchDeleted       BranchDeleted
	plainContributor         Contributor
	plainContributorLanguage ContributorLanguage
	plainContributorDeleted  ContributorDeleted
	plainFile                File
	plainFileDeleted         FileDeleted
	plainDownloadBundle      DownloadBundle
	plainQueuedProcess       QueuedProcess
	plainProcessDetails      ProcessDetails
	plainProcessFile         ProcessFile
	plainProjectDeleted      ProjectDeleted
	plainProjectEmptied      ProjectEmptied
)

// A model that gets a decoder gets a fuzz target too.
func TestEveryGeneratedDecoderIsFuzzed(t *testing.T) {
	t.Parallel()
	read := func(pattern string) string {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		var all strings.Builder
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			all.Write(text)
		}
		return all.String()
	}
	targets := read("fuzz_*_test.go")
	decoders := regexp.MustCompile(`(?m)^func (decode\w+)\(`).FindAllStringSubmatch(read("*_gen.go"), -1)
	if len(decoders) == 0 {
		t.Fatal("no decoders were found")
	}
	for _, decoder := range decoders {
		// The members of this one are read by decodeProjectQAIssues.
		if decoder[1] != "decodeProjectQAIssuesMembers" && !strings.Contains(targets, ", "+decoder[1]+")") {
			t.Errorf("no fuzz target calls %s", decoder[1])
		}
	}
}
