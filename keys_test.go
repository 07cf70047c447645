package lokalise_test

import (
	"context"
	"errors"
	"iter"
	"net/http"
	"strings"
	"testing"

	"github.com/golokalise/lokalise"
)

const (
	// listedKey is a key as a list gives it that was asked for nothing more.
	listedKey = `{"key_id": 553662, "created_at": "2026-03-02 08:15:00 (Etc/UTC)", "created_at_timestamp": 1772439300,
	 "key_name": {"ios": "greeting", "android": "greeting", "web": "greeting", "other": "greeting"},
	 "filenames": {"ios": "", "android": "", "web": "%LANG_ISO%.json", "other": ""}, "description": "Says hello",
	 "platforms": ["web", "other"], "tags": ["home"], "is_plural": false, "plural_name": "", "is_hidden": false,
	 "is_archived": false, "context": "", "base_words": 1, "char_limit": 0, "custom_attributes": "{\"max\": 3}",
	 "modified_at": "2026-03-02 08:15:00 (Etc/UTC)", "modified_at_timestamp": 1772439300,
	 "translations_modified_at": "2026-03-02 08:15:00 (Etc/UTC)", "translations_modified_at_timestamp": 1772439300`
	fullKey = listedKey + `, "comments": [` + oneComment + `], "screenshots": [], "translations": [` + oneTranslation + `]}`
	// oldKey is what 2018 had.
	oldKey = `{"key_id": 1, "created_at": "2018-12-10 17:35:34 (Etc/UTC)",
	 "key_name": {"ios": "k", "android": "k", "web": "k", "other": "k"},
	 "filenames": {"ios": "", "android": "", "web": "", "other": ""}, "description": "", "platforms": ["web"], "tags": [],
	 "comments": [], "screenshots": [], "translations": [], "is_plural": false, "plural_name": "", "is_hidden": false,
	 "is_archived": false, "context": "", "base_words": 0, "char_limit": 0, "custom_attributes": ""}`
)

func wantListedKey() lokalise.Key {
	return lokalise.Key{
		KeyID: 553662, CreatedAt: march2(), CreatedAtTimestamp: march2Timestamp,
		KeyName:   lokalise.KeyName{IOS: "greeting", Android: "greeting", Web: "greeting", Other: "greeting"},
		Filenames: lokalise.KeyFilenames{Web: "%LANG_ISO%.json"}, Description: "Says hello",
		Platforms: []lokalise.Platform{lokalise.PlatformWeb, lokalise.PlatformOther}, Tags: []string{"home"},
		BaseWords: 1, CustomAttributes: `{"max": 3}`,
		ModifiedAt: march2(), ModifiedAtTimestamp: march2Timestamp,
		TranslationsModifiedAt: march2(), TranslationsModifiedAtTimestamp: march2Timestamp,
	}
}

func wantFullKey() lokalise.Key {
	key := wantListedKey()
	key.Comments = []lokalise.Comment{wantComment()}
	key.Screenshots = []lokalise.Screenshot{}
	key.Translations = []lokalise.Translation{wantTranslation()}
	return key
}

// allKeyFilters sets every option of a list of keys but those of paging.
func allKeyFilters() *lokalise.KeyListOptions {
	return &lokalise.KeyListOptions{
		DisableReferences: lokalise.Some(true), IncludeComments: lokalise.Some(false),
		IncludeScreenshots: lokalise.Some(true), IncludeTranslations: lokalise.Some(true),
		TranslationLangIDs: []int64{640, 894}, Tags: []string{"home", "two words"}, Filenames: []string{"a.json"},
		Keys: []string{"greeting"}, KeyIDs: []int64{1, 2},
		Platforms:    []lokalise.Platform{lokalise.PlatformIOS, lokalise.PlatformAndroid},
		Untranslated: lokalise.Some(true), QAIssues: []lokalise.QAIssue{lokalise.QAIssueNumbers},
		Archived: lokalise.ArchivedKeysOnly, Limit: 500,
	}
}

const allKeyFiltersQuery = "disable_references=1&include_comments=0&include_screenshots=1&include_translations=1" +
	"&filter_translation_lang_ids=640,894&filter_tags=home,two+words&filter_filenames=a.json&filter_keys=greeting" +
	"&filter_key_ids=1,2&filter_platforms=ios,android&filter_untranslated=1&filter_qa_issues=numbers" +
	"&filter_archived=only&limit=500"

func TestKeyListOperations(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		set   func(o *lokalise.KeyListOptions)
		query string
	}{
		"by number": {func(o *lokalise.KeyListOptions) { o.Page = 3 }, "&page=3"},
		"by cursor": {func(o *lokalise.KeyListOptions) { o.ByCursor = true }, "&pagination=cursor"},
		"a cursor":  {func(o *lokalise.KeyListOptions) { o.Cursor = "eyIxIjoyNTU5ODU3MTB9=" }, "&pagination=cursor&cursor=eyIxIjoyNTU5ODU3MTB9%3D"},
	}
	for name, c := range cases {
		options := allKeyFilters()
		c.set(options)
		operations := asList(opCase{
			op:     "GET /projects/{project_id}/keys",
			path:   projectPath + "/keys",
			query:  allKeyFiltersQuery + c.query,
			answer: `{"project_id": "p", "keys": [` + fullKey + `,` + listedKey + `}]}`,
			want:   []lokalise.Key{wantFullKey(), wantListedKey()},
		}, func(ctx context.Context, c *lokalise.Client) (*lokalise.Page[lokalise.Key], error) {
			return c.Keys.List(ctx, projectID, options)
		}, func(ctx context.Context, c *lokalise.Client) iter.Seq2[*lokalise.Key, error] {
			return c.Keys.All(ctx, projectID, options)
		})
		t.Run(name, func(t *testing.T) {
			for _, operation := range operations {
				testOperation(t, operation)
			}
		})
	}
}

// List goes by number and All by cursor where the options do not say.
func TestKeyListWithoutOptions(t *testing.T) {
	t.Parallel()
	for _, options := range []*lokalise.KeyListOptions{nil, {}} {
		var queries []string
		client := newServer(t, func(w http.ResponseWriter, r *http.Request) {
			queries = append(queries, r.URL.RawQuery)
			answer(http.StatusOK, `{"keys": []}`)(w, r)
		})
		if _, err := client.Keys.List(t.Context(), projectID, options); err != nil {
			t.Error(err)
		}
		if _, err := collect(client.Keys.All(t.Context(), projectID, options)); err != nil {
			t.Error(err)
		}
		if got := strings.Join(queries, " | "); got != " | pagination=cursor" {
			t.Errorf("asked for %q", got)
		}
	}
}

func TestKeysAreListedByNumberOrByCursor(t *testing.T) {
	t.Parallel()
	handler, count := inTurn(answer(http.StatusOK, `{"keys": []}`))
	client := newServer(t, handler)
	for _, options := range []*lokalise.KeyListOptions{{Page: 2, Cursor: "x"}, {Page: 1, ByCursor: true}, {Tags: []string{"a,b"}}} {
		_, listErr := client.Keys.List(t.Context(), projectID, options)
		_, allErr := collect(client.Keys.All(t.Context(), projectID, options))
		if !errors.Is(listErr, lokalise.ErrInvalidRequest) || !errors.Is(allErr, lokalise.ErrInvalidRequest) {
			t.Errorf("%+v: %v, %v", options, listErr, allErr)
		}
	}
	if count.Load() != 0 {
		t.Errorf("%d requests", count.Load())
	}
}

// A list by cursor has no numbers in its header, only the next cursor.
func TestAllKeysFollowTheCursor(t *testing.T) {
	t.Parallel()
	var queries []string
	client := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		queries = append(queries, r.URL.RawQuery)
		w.Header().Set("X-Pagination-Limit", "1")
		if r.URL.Query().Get("cursor") == "" {
			w.Header().Set("X-Pagination-Next-Cursor", "eyI+/w==")
		}
		answer(http.StatusOK, `{"keys": [{"key_id": `+strings.Repeat("1", len(queries))+`}]}`)(w, r)
	})
	keys, err := collect(client.Keys.All(t.Context(), projectID, &lokalise.KeyListOptions{Limit: 1}))
	if err != nil || len(keys) != 2 || keys[0].KeyID != 1 || keys[1].KeyID != 11 {
		t.Errorf("got %+v, %v", keys, err)
	}
	if got := strings.Join(queries, " "); got != "pagination=cursor&limit=1 pagination=cursor&cursor=eyI%2B%2Fw%3D%3D&limit=1" {
		t.Errorf("asked for %q", got)
	}
}

func TestKeyOperations(t *testing.T) {
	t.Parallel()
	want := wantFullKey()
	const body = `"key_name": "greeting", "platforms": ["web"], "description": "Says hello",
	 "filenames": {"web": "%LANG_ISO%.json", "other": ""}, "tags": ["home"], "comments": [{"comment": "Hm"}],
	 "screenshots": [{"data": "data:image/png;base64,AA==", "title": "Home", "description": "", "screenshot_tags": ["ui"]}],
	 "is_plural": true, "plural_name": "greetings", "is_hidden": false, "is_archived": true, "context": "menu",
	 "char_limit": 20, "custom_attributes": "{\"max\": 3}"`
	update := lokalise.KeyUpdateRequest{
		KeyName: lokalise.KeyNameRequest{All: "greeting"}, Platforms: []lokalise.Platform{lokalise.PlatformWeb},
		Description: lokalise.Some("Says hello"),
		Filenames:   lokalise.KeyFilenamesRequest{Web: lokalise.Some("%LANG_ISO%.json"), Other: lokalise.Some("")},
		Tags:        []string{"home"}, Comments: []lokalise.CommentCreateRequest{{Comment: "Hm"}},
		Screenshots: []lokalise.KeyScreenshotRequest{{
			Data: "data:image/png;base64,AA==", Title: lokalise.Some("Home"), Description: lokalise.Some(""), ScreenshotTags: []string{"ui"},
		}},
		IsPlural: lokalise.Some(true), PluralName: lokalise.Some("greetings"), IsHidden: lokalise.Some(false),
		IsArchived: lokalise.Some(true), Context: lokalise.Some("menu"), CharLimit: lokalise.Some[int64](20),
		CustomAttributes: lokalise.Some[lokalise.CustomAttributes](`{"max": 3}`),
	}
	translations := []lokalise.KeyTranslationRequest{
		{LanguageISO: "en", Translation: lokalise.Plurals(map[string]string{"one": "Hello", "other": "Hellos"})},
		{
			LanguageISO: "lv", Translation: lokalise.Text("Sveiki"), IsReviewed: lokalise.Some(true),
			IsUnverified: lokalise.Some(false), CustomTranslationStatusIDs: []int64{9},
		},
		{LanguageISO: "fr", IsReviewed: lokalise.Some(true)},
	}
	const translationsBody = `"translations": [{"language_iso": "en", "translation": {"one": "Hello", "other": "Hellos"}},
	 {"language_iso": "lv", "translation": "Sveiki", "is_reviewed": true, "is_unverified": false, "custom_translation_status_ids": [9]},
	 {"language_iso": "fr", "is_reviewed": true}]`
	bulk := update
	bulk.MergeTags = lokalise.Some(false)
	cases := []opCase{{
		op:     "GET /projects/{project_id}/keys/{key_id}",
		path:   projectPath + "/keys/553662",
		query:  "disable_references=1",
		answer: `{"project_id": "p", "key": ` + fullKey + `}`,
		call: func(ctx context.Context, c *lokalise.Client) (any, error) {
			return c.Keys.Get(ctx, projectID, 553662, &lokalise.KeyGetOptions{DisableReferences: lokalise.Some(true)})
		},
		want: &want,
	}, {
		op:     "POST /projects/{project_id}/keys",
		path:   projectPath + "/keys",
		body:   `{"keys": [{` + body + `,` + translationsBody + `}], "use_automations": false}`,
		answer: `{"project_id": "p", "keys": [` + fullKey + `], "errors": []}`,
		call: func(ctx context.Context, c *lokalise.Client) (any, error) {
			return c.Keys.Create(ctx, projectID, []lokalise.KeyCreateRequest{{
				KeyName: update.KeyName, Platforms: update.Platforms, Description: update.Description, Filenames: update.Filenames,
				Tags: update.Tags, Comments: update.Comments, Screenshots: update.Screenshots, Translations: translations,
				IsPlural: update.IsPlural, PluralName: update.PluralName, IsHidden: update.IsHidden, IsArchived: update.IsArchived,
				Context: update.Context, CharLimit: update.CharLimit, CustomAttributes: update.CustomAttributes,
			}}, &lokalise.KeyBulkOptions{UseAutomations: lokalise.Some(false)})
		},
		want: []lokalise.Key{want},
	}, {
		op:     "PUT /projects/{project_id}/keys/{key_id}",
		path:   projectPath + "/keys/553662",
		body:   `{` + body + `, "merge_tags": false}`,
		answer: `{"project_id": "p", "key": ` + fullKey + `}`,
		call: func(ctx context.Context, c *lokalise.Client) (any, error) {
			return c.Keys.Update(ctx, projectID, 553662, &bulk)
		},
		want: &want,
	}, {
		op:     "PUT /projects/{project_id}/keys",
		path:   projectPath + "/keys",
		body:   `{"keys": [{"key_id": 553662, ` + body + `, "merge_tags": false, ` + translationsBody + `}, {"key_id": 7, "tags": []}]}`,
		answer: `{"project_id": "p", "keys": [` + fullKey + `]}`,
		call: func(ctx context.Context, c *lokalise.Client) (any, error) {
			return c.Keys.UpdateBulk(ctx, projectID, []lokalise.KeyBulkUpdateRequest{
				{KeyID: 553662, KeyUpdateRequest: bulk, Translations: translations},
				{KeyID: 7, KeyUpdateRequest: lokalise.KeyUpdateRequest{Tags: []string{}}},
			}, nil)
		},
		want: []lokalise.Key{want},
	}, {
		op:     "DELETE /projects/{project_id}/keys/{key_id}",
		path:   projectPath + "/keys/553662",
		answer: `{"project_id": "p", "branch": "main", "key_removed": true, "keys_locked": 0}`,
		call: func(ctx context.Context, c *lokalise.Client) (any, error) {
			return c.Keys.Delete(ctx, projectID, 553662)
		},
		want: &lokalise.KeyDeleted{ProjectID: "p", KeyRemoved: true, KeysLocked: lokalise.Some[int64](0), Branch: lokalise.Some("main")},
	}, {
		op:     "DELETE /projects/{project_id}/keys",
		path:   projectPath + "/keys",
		body:   `{"keys": [553662, 7]}`,
		answer: `{"project_id": "p", "branch": "main", "keys_removed": true, "keys_locked": 0}`,
		call: func(ctx context.Context, c *lokalise.Client) (any, error) {
			return c.Keys.DeleteBulk(ctx, projectID, []int64{553662, 7})
		},
		want: &lokalise.KeysBulkDeleted{ProjectID: "p", KeysRemoved: true, KeysLocked: lokalise.Some[int64](0), Branch: lokalise.Some("main")},
	}}
	for _, c := range cases {
		testOperation(t, c)
	}
}

func TestDeleteOfLockedKeyIsAnError(t *testing.T) {
	t.Parallel()
	for _, text := range []string{`{"project_id": "p", "key_removed": false, "keys_locked": 1}`, `{"project_id": "p", "key_removed": false}`} {
		got, err := newServer(t, answer(http.StatusOK, text)).Keys.Delete(t.Context(), projectID, 553662)
		if !errors.Is(err, lokalise.ErrKeyLocked) || !strings.Contains(err.Error(), "locked") || !strings.Contains(err.Error(), "/keys/553662") {
			t.Errorf("got %v", err)
		}
		if got == nil || got.ProjectID != "p" {
			t.Errorf("the answer is missing: %+v", got)
		}
	}
}

func TestKeyIsWrittenAsItWasRead(t *testing.T) {
	t.Parallel()
	for _, text := range []string{fullKey, listedKey + "}", oldKey} {
		assertWrittenAsRead(t, text, new(lokalise.Key))
	}
	assertWrittenAsRead(t, `{"project_id": "p", "key_removed": false}`, new(lokalise.KeyDeleted))
	assertWrittenAsRead(t, `{"project_id": "p", "keys_removed": true, "keys_locked": 3}`, new(lokalise.KeysBulkDeleted))
}

// A list leaves out what it was not asked for, and that is not the same as none.
func TestMissingListsOfKeyAreNotEmptyOnes(t *testing.T) {
	t.Parallel()
	client := newServer(t, answer(http.StatusOK, `{"keys": [`+listedKey+`}, `+oldKey+`]}`))
	page, err := client.Keys.List(t.Context(), projectID, nil)
	if err != nil {
		t.Fatal(err)
	}
	without, empty := page.Items[0], page.Items[1]
	if without.Translations != nil || without.Comments != nil || without.Screenshots != nil {
		t.Errorf("got %+v", without)
	}
	if empty.Translations == nil || empty.Comments == nil || empty.Screenshots == nil || len(empty.Translations) != 0 {
		t.Errorf("got %+v", empty)
	}
}

func TestCustomAttributesAreJSONInAText(t *testing.T) {
	t.Parallel()
	for text, want := range map[lokalise.CustomAttributes]string{
		`{"a": [1]}`: `{"a": [1]}`, "": "", "{": "", "plain": "", "12": "12",
	} {
		if got := string(text.JSON()); got != want {
			t.Errorf("%q: got %q", text, got)
		}
	}
}

func TestKeyNames(t *testing.T) {
	t.Parallel()
	same := lokalise.KeyName{IOS: "a", Android: "a", Web: "a", Other: "a"}
	different := lokalise.KeyName{IOS: "a", Android: "a", Web: "b", Other: "c"}
	if got := []string{same.String(), different.String(), lokalise.KeyName{}.String()}; strings.Join(got, ",") != "a,a / b / c," {
		t.Errorf("got %q", got)
	}
	for platform, want := range map[lokalise.Platform]string{
		lokalise.PlatformIOS: "a", lokalise.PlatformAndroid: "a", lokalise.PlatformWeb: "b", lokalise.PlatformOther: "c", "watch": "",
	} {
		if got := different.For(platform); got != want || lokalise.KeyFilenames(different).For(platform) != want {
			t.Errorf("%s: got %q", platform, got)
		}
	}
	for want, name := range map[string]lokalise.KeyNameRequest{
		`"a"`: same.Request(),
		`{"ios": "a", "android": "a", "web": "b", "other": "c"}`: different.Request(),
		`{"web": "b"}`: {Web: lokalise.Some("b")},
		`""`:           {},
	} {
		for pkg, p := range packages {
			if out, err := p.marshal(name); err != nil || !sameJSON(t, string(out), want) {
				t.Errorf("%s: %s, %v, want %s", pkg, out, err, want)
			}
		}
	}
}

func TestKeyFilenamesRequest(t *testing.T) {
	t.Parallel()
	for want, files := range map[string]lokalise.KeyFilenamesRequest{
		`{"ios": "a", "android": "a", "web": "a", "other": "a"}`: {All: "a"},
		`{"ios": "", "android": "b"}`:                            {IOS: lokalise.Some(""), Android: lokalise.Some("b")},
	} {
		for pkg, p := range packages {
			if out, err := p.marshal(files); err != nil || !sameJSON(t, string(out), want) {
				t.Errorf("%s: %s, %v, want %s", pkg, out, err, want)
			}
		}
	}
}
