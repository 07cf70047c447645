package lokalise_test

import (
	"context"
	"errors"
	"fmt"
	"log"

	"github.com/golokalise/lokalise"
)

var translationAnswers = map[string]string{
	"GET /api2/projects/{project}/keys/101/segments/en":   `{"segments": [{"segment_number": 1, "value": "Welcome.", "words": 1}, {"segment_number": 2, "value": "Take a seat.", "words": 3}]}`,
	"PUT /api2/projects/{project}/keys/101/segments/en/2": `{"segment": {"segment_number": 2, "value": "Have a seat.", "is_reviewed": true}}`,
	"GET /api2/projects/{project}/glossary-terms":         `{"data": [{"id": 1, "term": "cart", "description": "What a customer wants to buy", "translatable": true}, {"id": 2, "term": "Lokalise", "forbidden": false}], "meta": {"count": 2, "limit": 500, "cursor": null, "hasMore": false}}`,
	"POST /api2/projects/{project}/glossary-terms":        `{"data": [{"id": 3, "term": "wish list"}], "meta": {"count": 1, "created": 1, "limit": 500}}`,
	"GET /api2/projects/{project}/translations": `{"translations": [
		{"translation_id": 31, "key_id": 101, "language_iso": "lv", "translation": "Sveiki", "is_reviewed": false},
		{"translation_id": 32, "key_id": 103, "language_iso": "lv", "translation": "{\"one\":\"%d prece\",\"other\":\"%d preces\"}", "is_reviewed": false}]}`,
	"PUT /api2/projects/{project}/translations/31": `{"translation": {"translation_id": 31, "translation": "Laipni lūdzam", "is_reviewed": true}}`,
	"GET /api2/projects/{project}/languages":       `{"languages": [{"lang_id": 640, "lang_iso": "en", "lang_name": "English"}, {"lang_id": 678, "lang_iso": "lv", "lang_name": "Latvian"}]}`,
	"POST /api2/projects/{project}/languages": `{"languages": [{"lang_id": 597, "lang_iso": "ar", "lang_name": "Arabic", "is_rtl": true}],
		"errors": [{"message": "Language is already added", "code": 208, "lang_iso": "lv"}]}`,
	"GET /api2/system/languages":                                      `{"languages": [{"lang_id": 597, "lang_iso": "ar", "lang_name": "Arabic", "is_rtl": true}]}`,
	"GET /api2/projects/{project}/custom_translation_statuses/colors": `{"colors": ["#61bd4f", "#f2d600"]}`,
	"POST /api2/projects/{project}/custom_translation_statuses":       `{"custom_translation_status": {"status_id": 71, "title": "legal", "color": "#61bd4f"}}`,
	"GET /api2/projects/{project}/translation-memories":               `{"translation_memories": [{"id": 1, "name": "Website"}]}`,
}

// The forms of a plural key come as JSON in a text, which Plurals reads.
func ExampleTranslationsService_All() {
	ctx := context.Background()
	client, stop := exampleClient(translationAnswers)
	defer stop()

	options := &lokalise.TranslationListOptions{LangID: 678, IsReviewed: lokalise.Some(false)}
	for t, err := range client.Translations.All(ctx, exampleProject, options) {
		if err != nil {
			log.Fatal(err)
		}
		forms, plural, err := t.Plurals()
		switch {
		case err != nil:
			log.Fatal(err)
		case plural:
			fmt.Println(t.KeyID, forms["one"], "/", forms["other"])
		default:
			fmt.Println(t.KeyID, t.Translation)
		}
	}
	// Output:
	// 101 Sveiki
	// 103 %d prece / %d preces
}

func ExampleTranslationsService_Update() {
	ctx := context.Background()
	client, stop := exampleClient(translationAnswers)
	defer stop()

	translation, err := client.Translations.Update(ctx, exampleProject, 31, &lokalise.TranslationUpdateRequest{
		Translation: lokalise.Text("Laipni lūdzam"),
		IsReviewed:  lokalise.Some(true),
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(translation.Translation, translation.IsReviewed)
	// Output:
	// Laipni lūdzam true
}

func ExampleLanguagesService_All() {
	ctx := context.Background()
	client, stop := exampleClient(translationAnswers)
	defer stop()

	for language, err := range client.Languages.All(ctx, exampleProject, nil) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(language.LangID, language.LangISO, language.LangName)
	}
	// Output:
	// 640 en English
	// 678 lv Latvian
}

// What matters is that the project has the languages, so those that it had
// already are no failure here.
func ExampleLanguagesService_Create() {
	ctx := context.Background()
	client, stop := exampleClient(translationAnswers)
	defer stop()

	added, err := client.Languages.Create(ctx, exampleProject, []lokalise.LanguageCreateRequest{{LangISO: "lv"}, {LangISO: "ar"}})
	var partial *lokalise.PartialError
	if err != nil && !errors.As(err, &partial) {
		log.Fatal(err)
	}
	if partial != nil {
		for _, failed := range partial.Failed {
			fmt.Println(failed.LangISO, "is there already:", errors.Is(&failed, lokalise.ErrAlreadyAdded))
		}
	}
	for _, language := range added {
		fmt.Println("added:", language.LangName, language.IsRTL)
	}
	// Output:
	// lv is there already: true
	// added: Arabic true
}

func ExampleLanguagesService_AllSystem() {
	ctx := context.Background()
	client, stop := exampleClient(translationAnswers)
	defer stop()

	for language, err := range client.Languages.AllSystem(ctx, nil) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(language.LangISO, language.LangName)
	}
	// Output:
	// ar Arabic
}

func ExampleTranslationStatusesService_Create() {
	ctx := context.Background()
	client, stop := exampleClient(translationAnswers)
	defer stop()

	colors, err := client.TranslationStatuses.Colors(ctx, exampleProject)
	if err != nil {
		log.Fatal(err)
	}
	status, err := client.TranslationStatuses.Create(ctx, exampleProject, &lokalise.TranslationStatusCreateRequest{
		Title: "legal", Color: colors[0],
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(status.StatusID, status.Title, status.Color)
	// Output:
	// 71 legal #61bd4f
}

// Experimental: what a translation memory consists of is not known, so it is
// returned as it was sent.
func ExampleTranslationMemoriesService_List() {
	ctx := context.Background()
	client, stop := exampleClient(translationAnswers)
	defer stop()

	memories, err := client.TranslationMemories.List(ctx, exampleProject)
	if err != nil {
		log.Fatal(err)
	}
	for _, memory := range memories.Items {
		fmt.Printf("%s\n", memory)
	}
	// Output:
	// {"id": 1, "name": "Website"}
}

func ExampleSegmentsService_Update() {
	ctx := context.Background()
	client, stop := exampleClient(translationAnswers)
	defer stop()

	for segment, err := range client.Segments.All(ctx, exampleProject, 101, "en", nil) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(segment.SegmentNumber, segment.Value)
	}
	segment, err := client.Segments.Update(ctx, exampleProject, 101, "en", 2, &lokalise.SegmentUpdateRequest{
		Value: "Have a seat.", IsReviewed: lokalise.Some(true),
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(segment.Value, segment.IsReviewed)
	// Output:
	// 1 Welcome.
	// 2 Take a seat.
	// Have a seat. true
}

func ExampleGlossaryTermsService_Create() {
	ctx := context.Background()
	client, stop := exampleClient(translationAnswers)
	defer stop()

	for term, err := range client.GlossaryTerms.All(ctx, exampleProject, nil) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(term.ID, term.Term, term.Translatable)
	}
	terms, err := client.GlossaryTerms.Create(ctx, exampleProject, []lokalise.GlossaryTermCreateRequest{
		{Term: "wish list", Description: "What a customer may buy later", Translatable: true},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(terms[0].ID, terms[0].Term)
	// Output:
	// 1 cart true
	// 2 Lokalise false
	// 3 wish list
}
