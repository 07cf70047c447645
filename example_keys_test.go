package lokalise_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"log"

	"github.com/golokalise/lokalise"
)

func ExampleKeysService_All() {
	ctx := context.Background()
	shop := openShop()
	defer shop.close()

	options := &lokalise.KeyListOptions{
		IncludeTranslations: lokalise.Some(true),
		Platforms:           []lokalise.Platform{lokalise.PlatformIOS},
	}
	for key, err := range shop.client.Keys.All(ctx, shop.project, options) {
		if err != nil {
			log.Fatal(err)
		}
		for _, t := range key.Translations {
			fmt.Printf("%s [%s] %s\n", key.KeyName, t.LanguageISO, t.Translation)
		}
	}
	// Output:
	// bye [en] See you
	// bye [lv] Atā
}

// Some keys were made and one was not: both are known.
func ExampleKeysService_Create() {
	ctx := context.Background()
	shop := openShop()
	defer shop.close()

	web := []lokalise.Platform{lokalise.PlatformWeb}
	keys := []lokalise.KeyCreateRequest{
		{KeyName: lokalise.KeyNameRequest{All: "title"}, Platforms: web},
		{KeyName: lokalise.KeyNameRequest{All: "wishes"}, Platforms: web, IsPlural: lokalise.Some(true), Translations: []lokalise.KeyTranslationRequest{
			{LanguageISO: "en", Translation: lokalise.Plurals(map[string]string{"one": "%d item", "other": "%d items"})},
		}},
	}
	created, err := shop.client.Keys.Create(ctx, shop.project, keys, nil)
	var partial *lokalise.PartialError
	if errors.As(err, &partial) {
		for _, failed := range partial.Failed {
			fmt.Println("not made:", &failed) // failed.Index is its place in keys, where that is known
		}
	} else if err != nil {
		log.Fatal(err)
	}
	for _, key := range created {
		fmt.Println("made:", key.KeyName)
	}
	// Output:
	// not made: item 0 (key title): This key name is already taken (code 400)
	// made: wishes
}

func ExampleKeysService_Update() {
	ctx := context.Background()
	shop := openShop()
	defer shop.close()

	key, err := shop.client.Keys.Update(ctx, shop.project, shop.keys["title"], &lokalise.KeyUpdateRequest{
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
	shop := openShop()
	defer shop.close()

	// Keys of a task whose work is under way cannot be deleted.
	_, err := shop.client.Tasks.Create(ctx, shop.project, &lokalise.TaskCreateRequest{
		Title: "Autumn texts", Keys: []int64{shop.keys["title"]}, DoLockTranslations: lokalise.Some(true),
		Languages: []lokalise.TaskRequestLanguage{{LanguageISO: "lv", Users: []int64{shop.ada}}},
	})
	if err != nil {
		log.Fatal(err)
	}
	deleted, err := shop.client.Keys.DeleteBulk(ctx, shop.project, []int64{shop.keys["title"], shop.keys["bye"]})
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
	shop := openShop()
	defer shop.close()

	for comment, err := range shop.client.Comments.All(ctx, shop.project, shop.keys["title"], nil) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s: %s\n", comment.AddedByEmail, comment.Comment)
	}
	added, err := shop.client.Comments.Create(ctx, shop.project, shop.keys["title"], []lokalise.CommentCreateRequest{{Comment: "Better now?"}})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(added[0].Comment)
	// Output:
	// ada@example.com: Shorter, please
	// Better now?
}

// examplePicture is a picture of 640 times 400 pixels.
func examplePicture() []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 640, 400))); err != nil {
		log.Fatal(err)
	}
	return b.Bytes()
}

func ExampleScreenshotsService_Create() {
	ctx := context.Background()
	shop := openShop()
	defer shop.close()

	picture := examplePicture() // os.ReadFile("home.png")
	screenshots, err := shop.client.Screenshots.Create(ctx, shop.project, []lokalise.ScreenshotCreateRequest{{
		Data:   lokalise.ScreenshotData(picture),
		Title:  lokalise.Some("Home page"),
		KeyIDs: []int64{shop.keys["title"]},
	}})
	if err != nil {
		log.Fatal(err)
	}
	for _, s := range screenshots {
		fmt.Printf("%s: %d x %d, %d key\n", s.Title, s.Width, s.Height, len(s.KeyIDs))
	}
	// Output:
	// Home page: 640 x 400, 1 key
}
