package lokalise_test

import (
	"context"
	"errors"
	"fmt"
	"log"

	"github.com/golokalise/lokalise"
)

var keyAnswers = map[string]string{
	"GET /api2/projects/{project}/keys": `{"keys": [
		{"key_id": 101, "key_name": {"ios": "title", "android": "title", "web": "title", "other": "title"}, "platforms": ["web"],
		 "translations": [{"language_iso": "en", "translation": "Welcome"}, {"language_iso": "lv", "translation": "Sveiki"}]},
		{"key_id": 102, "key_name": {"ios": "bye", "android": "bye", "web": "bye", "other": "bye"}, "platforms": ["web", "ios"],
		 "translations": [{"language_iso": "en", "translation": "See you"}, {"language_iso": "lv", "translation": ""}]}]}`,
	"POST /api2/projects/{project}/keys": `{
		"keys": [{"key_id": 103, "key_name": {"ios": "cart", "android": "cart", "web": "cart", "other": "cart"}}],
		"errors": [{"message": "This key name is already taken", "code": 400,
		 "key_name": {"ios": "title", "android": "title", "web": "title", "other": "title"}}]}`,
	"PUT /api2/projects/{project}/keys/101":           `{"key": {"key_id": 101, "description": "The first line", "tags": ["home", "autumn"]}}`,
	"DELETE /api2/projects/{project}/keys":            `{"keys_removed": true, "keys_locked": 1}`,
	"GET /api2/projects/{project}/keys/101/comments":  `{"comments": [{"comment": "Shorter, please", "added_by_email": "ada@example.com"}]}`,
	"POST /api2/projects/{project}/keys/101/comments": `{"comments": [{"comment_id": 7, "comment": "Better now?"}]}`,
	"POST /api2/projects/{project}/screenshots":       `{"screenshots": [{"screenshot_id": 9, "title": "Home page", "key_ids": [101], "width": 640, "height": 400}]}`,
}

func ExampleKeysService_All() {
	ctx := context.Background()
	client, stop := exampleClient(keyAnswers)
	defer stop()

	options := &lokalise.KeyListOptions{
		IncludeTranslations: lokalise.Some(true),
		Platforms:           []lokalise.Platform{lokalise.PlatformWeb},
	}
	for key, err := range client.Keys.All(ctx, exampleProject, options) {
		if err != nil {
			log.Fatal(err)
		}
		for _, t := range key.Translations {
			fmt.Printf("%s [%s] %s\n", key.KeyName, t.LanguageISO, t.Translation)
		}
	}
	// Output:
	// title [en] Welcome
	// title [lv] Sveiki
	// bye [en] See you
	// bye [lv]
}

// Some keys were made and one was not: both are known.
func ExampleKeysService_Create() {
	ctx := context.Background()
	client, stop := exampleClient(keyAnswers)
	defer stop()

	web := []lokalise.Platform{lokalise.PlatformWeb}
	keys := []lokalise.KeyCreateRequest{
		{KeyName: lokalise.KeyNameRequest{All: "title"}, Platforms: web},
		{KeyName: lokalise.KeyNameRequest{All: "cart"}, Platforms: web, IsPlural: lokalise.Some(true), Translations: []lokalise.KeyTranslationRequest{
			{LanguageISO: "en", Translation: lokalise.Plurals(map[string]string{"one": "%d item", "other": "%d items"})},
		}},
	}
	created, err := client.Keys.Create(ctx, exampleProject, keys, nil)
	var partial *lokalise.PartialError
	if errors.As(err, &partial) {
		for _, failed := range partial.Failed {
			fmt.Println("not made:", &failed) // failed.Index is its place in keys, where that is known
		}
	} else if err != nil {
		log.Fatal(err)
	}
	for _, key := range created {
		fmt.Println("made:", key.KeyID, key.KeyName)
	}
	// Output:
	// not made: item 0 (key title): This key name is already taken (code 400)
	// made: 103 cart
}

func ExampleKeysService_Update() {
	ctx := context.Background()
	client, stop := exampleClient(keyAnswers)
	defer stop()

	key, err := client.Keys.Update(ctx, exampleProject, 101, &lokalise.KeyUpdateRequest{
		Description: lokalise.Some("The first line"),
		Tags:        []string{"autumn"},
		MergeTags:   lokalise.Some(true),
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(key.Description, key.Tags)
	// Output:
	// The first line [home autumn]
}

func ExampleKeysService_DeleteBulk() {
	ctx := context.Background()
	client, stop := exampleClient(keyAnswers)
	defer stop()

	deleted, err := client.Keys.DeleteBulk(ctx, exampleProject, []int64{101, 102, 103})
	if errors.Is(err, lokalise.ErrKeyLocked) {
		fmt.Println("keys in a task:", deleted.KeysLocked.Or(0))
	} else if err != nil {
		log.Fatal(err)
	}
	// Output:
	// keys in a task: 1
}

func ExampleCommentsService_Create() {
	ctx := context.Background()
	client, stop := exampleClient(keyAnswers)
	defer stop()

	for comment, err := range client.Comments.All(ctx, exampleProject, 101, nil) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s: %s\n", comment.AddedByEmail, comment.Comment)
	}
	added, err := client.Comments.Create(ctx, exampleProject, 101, []lokalise.CommentCreateRequest{{Comment: "Better now?"}})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(added[0].CommentID, added[0].Comment)
	// Output:
	// ada@example.com: Shorter, please
	// 7 Better now?
}

func ExampleScreenshotsService_Create() {
	ctx := context.Background()
	client, stop := exampleClient(keyAnswers)
	defer stop()

	image := []byte("\x89PNG\r\n\x1a\n") // os.ReadFile("home.png")
	screenshots, err := client.Screenshots.Create(ctx, exampleProject, []lokalise.ScreenshotCreateRequest{{
		Data:   lokalise.ScreenshotData(image),
		Title:  lokalise.Some("Home page"),
		KeyIDs: []int64{101},
	}})
	if err != nil {
		log.Fatal(err)
	}
	for _, s := range screenshots {
		fmt.Printf("%s: %d x %d, keys %d\n", s.Title, s.Width, s.Height, s.KeyIDs)
	}
	// Output:
	// Home page: 640 x 400, keys [101]
}
