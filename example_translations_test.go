package lokalise_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"

	"github.com/golokalise/lokalise"
)

// languageID returns Lokalise's number of a language of the project.
func languageID(ctx context.Context, shop *exampleShop, iso string) (int64, error) {
	for language, err := range shop.client.Languages.All(ctx, shop.project, nil) {
		if err != nil || language.LangISO == iso {
			return language.LangID, err
		}
	}
	return 0, fmt.Errorf("the project has no language %s", iso)
}

// The forms of a plural key come as JSON in a text, which Plurals reads.
func ExampleTranslationsService_All() {
	ctx := context.Background()
	shop := openShop()
	defer shop.close()

	options := &lokalise.TranslationListOptions{LangID: must(languageID(ctx, shop, "lv")), IsReviewed: lokalise.Some(false)}
	for t, err := range shop.client.Translations.All(ctx, shop.project, options) {
		if err != nil {
			log.Fatal(err)
		}
		forms, plural, err := t.Plurals()
		switch {
		case err != nil:
			log.Fatal(err)
		case plural:
			fmt.Println(forms["one"], "/", forms["other"])
		default:
			fmt.Println(t.Translation)
		}
	}
	// Output:
	// Sveiki
	// Atā
	// %d prece / %d preces
}

func ExampleTranslationsService_Update() {
	ctx := context.Background()
	shop := openShop()
	defer shop.close()

	all, err := shop.client.Translations.List(ctx, shop.project, nil)
	if err != nil {
		log.Fatal(err)
	}
	translation, err := shop.client.Translations.Update(ctx, shop.project, all.Items[0].TranslationID, &lokalise.TranslationUpdateRequest{
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
	shop := openShop()
	defer shop.close()

	for language, err := range shop.client.Languages.All(ctx, shop.project, nil) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(language.LangISO, language.LangName)
	}
	// Output:
	// en English
	// lv Latvian
}

// What matters is that the project has the languages, so those that it had
// already are no failure here.
func ExampleLanguagesService_Create() {
	ctx := context.Background()
	shop := openShop()
	defer shop.close()

	added, err := shop.client.Languages.Create(ctx, shop.project, []lokalise.LanguageCreateRequest{{LangISO: "lv"}, {LangISO: "ar"}})
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
	shop := openShop()
	defer shop.close()

	for language, err := range shop.client.Languages.AllSystem(ctx, nil) {
		if err != nil {
			log.Fatal(err)
		}
		if language.IsRTL {
			fmt.Println(language.LangISO, language.LangName)
		}
	}
	// Output:
	// ar Arabic
	// ar_001 Arabic (World)
	// he Hebrew
	// fa Persian
	// ur Urdu
}

func ExampleTranslationStatusesService_Create() {
	ctx := context.Background()
	shop := openShop()
	defer shop.close()

	colors, err := shop.client.TranslationStatuses.Colors(ctx, shop.project)
	if err != nil {
		log.Fatal(err)
	}
	status, err := shop.client.TranslationStatuses.Create(ctx, shop.project, &lokalise.TranslationStatusCreateRequest{
		Title: "legal", Color: colors[0],
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(status.Title, status.Color == colors[0])
	// Output:
	// legal true
}

// Experimental: what a translation memory consists of is not known, so it is
// returned as it was sent.
func ExampleTranslationMemoriesService_List() {
	ctx := context.Background()
	// No answer of this operation is known, so the sandbox has none.
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"translation_memories": [{"id": 1, "name": "Website"}]}`)
	}))
	defer srv.Close()
	client, err := lokalise.New(lokalise.WithAPIToken(testToken), lokalise.WithBaseURL(srv.URL))
	if err != nil {
		log.Fatal(err)
	}

	memories, err := client.TranslationMemories.List(ctx, "20008339586cded200e0d8.29879849")
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
	shop := openShop()
	defer shop.close()

	project, err := shop.client.Projects.Create(ctx, &lokalise.ProjectCreateRequest{
		Name: "Help", BaseLangISO: lokalise.Some("en"), Languages: []lokalise.ProjectLanguage{{LangISO: "en"}},
		IsSegmentationEnabled: lokalise.Some(true),
	})
	if err != nil {
		log.Fatal(err)
	}
	keys, err := shop.client.Keys.Create(ctx, project.ProjectID, []lokalise.KeyCreateRequest{{
		KeyName: lokalise.KeyNameRequest{All: "title"}, Platforms: []lokalise.Platform{lokalise.PlatformWeb},
		Translations: []lokalise.KeyTranslationRequest{{LanguageISO: "en", Translation: lokalise.Text("Welcome. Take a seat.")}},
	}}, nil)
	if err != nil {
		log.Fatal(err)
	}
	for segment, err := range shop.client.Segments.All(ctx, project.ProjectID, keys[0].KeyID, "en", nil) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(segment.SegmentNumber, segment.Value)
	}
	segment, err := shop.client.Segments.Update(ctx, project.ProjectID, keys[0].KeyID, "en", 2, &lokalise.SegmentUpdateRequest{
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
	shop := openShop()
	defer shop.close()

	_, err := shop.client.GlossaryTerms.Create(ctx, shop.project, []lokalise.GlossaryTermCreateRequest{
		{Term: "wish list", Description: "What a customer may buy later", Translatable: true},
		{Term: "Lokalise", Description: "A name", CaseSensitive: true},
	})
	if err != nil {
		log.Fatal(err)
	}
	for term, err := range shop.client.GlossaryTerms.All(ctx, shop.project, nil) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(term.Term, term.Translatable)
	}
	// Output:
	// wish list true
	// Lokalise false
}
