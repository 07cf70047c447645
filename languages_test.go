package lokalise_test

import (
	"context"
	"errors"
	"iter"
	"net/http"
	"testing"

	"github.com/golokalise/lokalise"
)

const oneLanguage = `{"lang_id": 894, "lang_iso": "lv", "lang_name": "Latvian", "is_rtl": false,
 "plural_forms": ["zero", "one", "other"]}`

func wantLanguage() lokalise.Language {
	return lokalise.Language{
		LangID: 894, LangISO: "lv", LangName: "Latvian", PluralForms: lokalise.Some([]string{"zero", "one", "other"}),
	}
}

func TestLanguageOperations(t *testing.T) {
	t.Parallel()
	want := wantLanguage()
	list := opCase{
		op:     "GET /projects/{project_id}/languages",
		path:   projectPath + "/languages",
		query:  "page=2&limit=50",
		answer: `{"project_id": "p", "languages": [` + oneLanguage + `]}`,
		want:   []lokalise.Language{want},
	}
	options := &lokalise.ListOptions{Page: 2, Limit: 50}
	cases := asList(list, func(ctx context.Context, c *lokalise.Client) (*lokalise.Page[lokalise.Language], error) {
		return c.Languages.List(ctx, projectID, options)
	}, func(ctx context.Context, c *lokalise.Client) iter.Seq2[*lokalise.Language, error] {
		return c.Languages.All(ctx, projectID, options)
	})
	list.op, list.path = "GET /system/languages", "/api2/system/languages"
	cases = append(cases, asList(list, func(ctx context.Context, c *lokalise.Client) (*lokalise.Page[lokalise.Language], error) {
		return c.Languages.ListSystem(ctx, options)
	}, func(ctx context.Context, c *lokalise.Client) iter.Seq2[*lokalise.Language, error] {
		return c.Languages.AllSystem(ctx, options)
	})...)
	cases = append(cases, opCase{
		op:     "GET /projects/{project_id}/languages/{lang_id}",
		path:   projectPath + "/languages/894",
		answer: `{"project_id": "p", "language": ` + oneLanguage + `}`,
		call: func(ctx context.Context, c *lokalise.Client) (any, error) {
			return c.Languages.Get(ctx, projectID, 894)
		},
		want: &want,
	}, opCase{
		op:   "POST /projects/{project_id}/languages",
		path: projectPath + "/languages",
		body: `{"languages": [{"lang_iso": "lv", "custom_iso": "lv-LV", "custom_name": "Latviešu",
		 "custom_plural_forms": ["one", "other"]}]}`,
		answer: `{"project_id": "p", "languages": [` + oneLanguage + `], "errors": []}`,
		call: func(ctx context.Context, c *lokalise.Client) (any, error) {
			return c.Languages.Create(ctx, projectID, []lokalise.LanguageCreateRequest{{
				LangISO: "lv", CustomISO: lokalise.Some("lv-LV"), CustomName: lokalise.Some("Latviešu"),
				CustomPluralForms: []string{"one", "other"},
			}})
		},
		want: []lokalise.Language{want},
	}, opCase{
		op:     "PUT /projects/{project_id}/languages/{lang_id}",
		path:   projectPath + "/languages/894",
		body:   `{"lang_iso": "lv", "plural_forms": ["one", "other"]}`,
		answer: `{"project_id": "p", "language": ` + oneLanguage + `}`,
		call: func(ctx context.Context, c *lokalise.Client) (any, error) {
			return c.Languages.Update(ctx, projectID, 894, &lokalise.LanguageUpdateRequest{
				LangISO: lokalise.Some("lv"), PluralForms: []string{"one", "other"},
			})
		},
		want: &want,
	}, opCase{
		op:     "DELETE /projects/{project_id}/languages/{lang_id}",
		path:   projectPath + "/languages/894",
		answer: `{"project_id": "p", "language_deleted": true}`,
		call: func(ctx context.Context, c *lokalise.Client) (any, error) {
			return c.Languages.Delete(ctx, projectID, 894)
		},
		want: &lokalise.LanguageDeleted{ProjectID: "p", LanguageDeleted: true},
	})
	for _, c := range cases {
		testOperation(t, c)
	}
}

// The identifier of a new language is a text in some answers.
func TestLanguageIDMayBeAText(t *testing.T) {
	t.Parallel()
	client := newServer(t, answer(http.StatusOK, `{"languages": [{"lang_id": "894", "lang_iso": "lv"}]}`))
	got, err := client.Languages.Create(t.Context(), projectID, []lokalise.LanguageCreateRequest{{LangISO: "lv"}})
	if err != nil || len(got) != 1 || got[0].LangID != 894 {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestLanguageThatIsThereAlready(t *testing.T) {
	t.Parallel()
	client := newServer(t, answer(http.StatusOK, `{"languages": [`+oneLanguage+`], "errors": [
	 {"message": "This language is already in the project", "code": 208, "lang_iso": "en"}]}`))
	got, err := client.Languages.Create(t.Context(), projectID, []lokalise.LanguageCreateRequest{{LangISO: "lv"}, {LangISO: "en"}})
	var e *lokalise.PartialError
	if !errors.As(err, &e) || !errors.Is(err, lokalise.ErrAlreadyAdded) || errors.Is(err, lokalise.ErrKeyLocked) {
		t.Fatalf("got %v", err)
	}
	if len(got) != 1 || len(e.Failed) != 1 || e.Failed[0].Index != 1 || e.Failed[0].LangISO != "en" || e.Failed[0].Code != 208 {
		t.Errorf("got %+v, %+v", got, e)
	}
}

func TestLanguageIsWrittenAsItWasRead(t *testing.T) {
	t.Parallel()
	assertWrittenAsRead(t, oneLanguage, new(lokalise.Language))
	assertWrittenAsRead(t, `{"lang_id": 1, "lang_iso": "x", "lang_name": "X", "is_rtl": true, "plural_forms": null,
	 "project_language_uuid": "01989e27-0000-7000-8000-1941288a4f85"}`, new(lokalise.Language))
}
