package lokalise_test

import (
	"context"
	"iter"
	"net/http"
	"reflect"
	"testing"

	"github.com/golokalise/lokalise"
)

const (
	oneTranslation = `{"translation_id": 344412, "key_id": 553662, "language_iso": "lv",
	 "modified_at": "2026-03-02 08:15:00 (Etc/UTC)", "modified_at_timestamp": 1772439300,
	 "modified_by": 4711, "modified_by_email": "ada@example.com", "translation": "Sveiki",
	 "is_unverified": false, "is_reviewed": true, "is_fuzzy": false, "reviewed_by": 4711, "words": 1,
	 "custom_translation_statuses": [{"status_id": 9, "title": "legal", "color": "#61bd4f"}],
	 "task_id": null, "segment_number": 1}`
	// oldTranslation is what 2018 had.
	oldTranslation = `{"translation_id": 344412, "key_id": 553662, "language_iso": "lv",
	 "modified_at": "2018-12-10 17:35:34 (Etc/UTC)", "modified_by": 4711, "modified_by_email": "ada@example.com",
	 "translation": "", "is_reviewed": false, "is_fuzzy": true, "reviewed_by": 0, "words": 0}`
)

func wantTranslation() lokalise.Translation {
	return lokalise.Translation{
		TranslationID: 344412, KeyID: 553662, LanguageISO: "lv",
		ModifiedAt: march2(), ModifiedAtTimestamp: march2Timestamp, ModifiedBy: 4711, ModifiedByEmail: "ada@example.com",
		Translation: "Sveiki", IsUnverified: lokalise.Some(false), IsReviewed: true, IsFuzzy: lokalise.Some(false),
		ReviewedBy: 4711, Words: 1,
		CustomTranslationStatuses: []lokalise.TranslationStatus{{StatusID: 9, Title: "legal", Color: "#61bd4f"}},
		TaskID:                    lokalise.Null[int64](), SegmentNumber: lokalise.Some[int64](1),
	}
}

func TestTranslationOperations(t *testing.T) {
	t.Parallel()
	want := wantTranslation()
	filters := func() *lokalise.TranslationListOptions {
		return &lokalise.TranslationListOptions{
			DisableReferences: lokalise.Some(true), LangID: 640, IsReviewed: lokalise.Some(false),
			Unverified: lokalise.Some(true), Untranslated: lokalise.Some(false),
			QAIssues:     []lokalise.QAIssue{lokalise.QAIssueHTML, lokalise.QAIssueBrackets},
			ActiveTaskID: 55, Limit: 5000,
		}
	}
	const filterQuery = "disable_references=1&filter_lang_id=640&filter_is_reviewed=0&filter_unverified=1" +
		"&filter_untranslated=0&filter_qa_issues=html,brackets&filter_active_task_id=55&limit=5000"
	list := opCase{
		op:     "GET /projects/{project_id}/translations",
		path:   projectPath + "/translations",
		query:  filterQuery + "&page=2",
		answer: `{"project_id": "p", "translations": [` + oneTranslation + `]}`,
		want:   []lokalise.Translation{want},
	}
	cases := asList(list, func(ctx context.Context, c *lokalise.Client) (*lokalise.Page[lokalise.Translation], error) {
		o := filters()
		o.Page = 2
		return c.Translations.List(ctx, projectID, o)
	}, func(ctx context.Context, c *lokalise.Client) iter.Seq2[*lokalise.Translation, error] {
		o := filters()
		o.Page = 2
		return c.Translations.All(ctx, projectID, o)
	})
	list.query = filterQuery + "&pagination=cursor&cursor=eyI%3D"
	cases = append(cases, asList(list, func(ctx context.Context, c *lokalise.Client) (*lokalise.Page[lokalise.Translation], error) {
		o := filters()
		o.Cursor = "eyI="
		return c.Translations.List(ctx, projectID, o)
	}, func(ctx context.Context, c *lokalise.Client) iter.Seq2[*lokalise.Translation, error] {
		o := filters()
		o.Cursor = "eyI="
		return c.Translations.All(ctx, projectID, o)
	})...)
	cases = append(cases, opCase{
		op:     "GET /projects/{project_id}/translations/{translation_id}",
		path:   projectPath + "/translations/344412",
		query:  "disable_references=1",
		answer: `{"project_id": "p", "branch": "main", "translation": ` + oneTranslation + `}`,
		call: func(ctx context.Context, c *lokalise.Client) (any, error) {
			return c.Translations.Get(ctx, projectID, 344412, &lokalise.TranslationGetOptions{DisableReferences: lokalise.Some(true)})
		},
		want: &want,
	}, opCase{
		op:     "PUT /projects/{project_id}/translations/{translation_id}",
		path:   projectPath + "/translations/344412",
		body:   `{"translation": "Sveiki", "is_unverified": false, "is_reviewed": true, "custom_translation_status_ids": [9]}`,
		answer: `{"project_id": "p", "translation": ` + oneTranslation + `}`,
		call: func(ctx context.Context, c *lokalise.Client) (any, error) {
			return c.Translations.Update(ctx, projectID, 344412, &lokalise.TranslationUpdateRequest{
				Translation: lokalise.Text("Sveiki"), IsUnverified: lokalise.Some(false), IsReviewed: lokalise.Some(true),
				CustomTranslationStatusIDs: []int64{9},
			})
		},
		want: &want,
	})
	for _, c := range cases {
		testOperation(t, c)
	}
}

func TestTranslationIsWrittenAsItWasRead(t *testing.T) {
	t.Parallel()
	for _, text := range []string{oneTranslation, oldTranslation} {
		assertWrittenAsRead(t, text, new(lokalise.Translation))
	}
}

func TestTranslationOfOldAnswerShowsWhatIsAbsent(t *testing.T) {
	t.Parallel()
	answered := newServer(t, answer(http.StatusOK, `{"translation": `+oldTranslation+`}`))
	got, err := answered.Translations.Get(t.Context(), projectID, 344412, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !got.IsUnverified.IsZero() || !got.TaskID.IsZero() || got.CustomTranslationStatuses != nil || got.ModifiedAtTimestamp != 0 {
		t.Errorf("got %+v", got)
	}
}

// Answers have plural forms as JSON inside of a string, requests as an object.
func TestPluralsOfTranslation(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		text  string
		forms map[string]string
		fails bool
	}{
		"plural":            {text: `{"one":"%d \u0101bols","other":"%d āboli"}`, forms: map[string]string{"one": "%d ābols", "other": "%d āboli"}},
		"all empty":         {text: `{"one":"","other":""}`, forms: map[string]string{"one": "", "other": ""}},
		"no forms":          {text: `{}`, forms: map[string]string{}},
		"a text":            {text: "Hello"},
		"nothing":           {text: ""},
		"a placeholder":     {text: "{count} apples"},
		"a quoted text":     {text: `{"}`},
		"a number":          {text: "12"},
		"a list":            {text: `["one"]`},
		"JSON to translate": {text: `{"title": {"text": "Hello"}}`, fails: true},
		"a form of null":    {text: `{"one": null}`, fails: true},
	}
	for name, c := range cases {
		translation, segment := lokalise.Translation{Translation: c.text}, lokalise.Segment{Value: c.text}
		for _, read := range []func() (map[string]string, bool, error){translation.Plurals, segment.Plurals} {
			forms, ok, err := read()
			if !reflect.DeepEqual(forms, c.forms) || ok != (c.forms != nil) || (err != nil) != c.fails {
				t.Errorf("%s: got %v, %v, %v", name, forms, ok, err)
			}
		}
	}
}

func TestTranslationTextIsWrittenAsTextOrAsObject(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		text lokalise.TranslationText
		want string
	}{
		"text":            {lokalise.Text("a & b"), `{"translation": "a & b"}`},
		"empty text":      {lokalise.Text(""), `{"translation": ""}`},
		"plural forms":    {lokalise.Plurals(map[string]string{"one": "1", "other": "n"}), `{"translation": {"one": "1", "other": "n"}}`},
		"no plural forms": {lokalise.Plurals(nil), `{"translation": {}}`},
		"zero value":      {lokalise.TranslationText{}, `{}`},
	}
	for name, c := range cases {
		for pkg, p := range packages {
			out, err := p.marshal(lokalise.TranslationUpdateRequest{Translation: c.text})
			if err != nil || !sameJSON(t, string(out), c.want) {
				t.Errorf("%s, %s: %s, %v, want %s", name, pkg, out, err, c.want)
			}
		}
	}
}
