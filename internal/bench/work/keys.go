package work

import (
	"context"
	"fmt"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/internal/bench/floor"
	"github.com/golokalise/lokalise/internal/bench/stub"
)

// keysList fetches one page of 5,000 keys with three translations each.
func keysList() Work {
	const limit = 5000
	return Work{
		Name: "keys-list-5000", About: "one page of 5,000 keys with translations, List",
		OnNode: true, Warm: 1, Ops: 3, Slices: 3,
		Impls: []Impl{
			withFloor(Raw, floor.New, wholePages(stub.PageProject, limit)),
			withFloor("raw+jsonv2", floor.NewV2, wholePages(stub.PageProject, limit)),
			withClient(Ours, listKeys(limit)),
		},
	}
}

// keysAll fetches the same page, key by key.
func keysAll() Work {
	const limit = 5000
	return Work{
		Name: "keys-all-5000", About: "the same 5,000 keys, All",
		OnNode: true, Warm: 1, Ops: 3, Slices: 3,
		Impls: []Impl{
			withFloor(Raw, floor.New, wholePages(stub.PageProject, limit)),
			withFloor("stream", floor.New, streamedPages((*floor.Client).StreamKeys, stub.PageProject, limit)),
			withFloor("stream+jsonv2", floor.New, streamedPages((*floor.Client).StreamKeysV2, stub.PageProject, limit)),
			withClient(Ours, allKeys(stub.PageProject, limit)),
		},
	}
}

// keysWalk fetches half a million keys by cursor.
func keysWalk(limit int) Work {
	return Work{
		Name: fmt.Sprintf("keys-walk-%d", limit), About: fmt.Sprintf("500,000 keys by cursor, pages of %d, All", limit),
		OnNode: true, Long: true, Ops: 1, Slices: 1,
		Impls: []Impl{
			withFloor(Raw, floor.New, wholePages(stub.BigProject, limit)),
			withFloor("stream+jsonv2", floor.New, streamedPages((*floor.Client).StreamKeysV2, stub.BigProject, limit)),
			withClient(Ours, allKeys(stub.BigProject, limit)),
		},
	}
}

// keysWanted asks for what the floors ask for.
func keysWanted(limit int) *lokalise.KeyListOptions {
	return &lokalise.KeyListOptions{IncludeTranslations: lokalise.Some(true), ByCursor: true, Limit: limit}
}

// listKeys fetches the one page of a project.
func listKeys(limit int) func(context.Context, *lokalise.Client) (Tally, error) {
	return func(ctx context.Context, c *lokalise.Client) (Tally, error) {
		page, err := c.Keys.List(ctx, lokalise.ProjectID(stub.ProjectID(stub.PageProject)), keysWanted(limit))
		if err != nil {
			return Tally{}, err
		}
		var t Tally
		for i := range page.Items {
			t.addOurs(&page.Items[i])
		}
		return t, nil
	}
}

// allKeys goes through all keys of a project with the iterator.
func allKeys(project, limit int) func(context.Context, *lokalise.Client) (Tally, error) {
	return func(ctx context.Context, c *lokalise.Client) (Tally, error) {
		var t Tally
		for key, err := range c.Keys.All(ctx, lokalise.ProjectID(stub.ProjectID(project)), keysWanted(limit)) {
			if err != nil {
				return t, err
			}
			t.addOurs(key)
		}
		return t, nil
	}
}

// addOurs counts a key of the client as addKey does one of the floor.
func (t *Tally) addOurs(key *lokalise.Key) {
	t.add(key.KeyID)
	for i := range key.Translations {
		t.Sum += key.Translations[i].TranslationID + key.Translations[i].Words
	}
}

// wholePages goes through all keys of a project with whole bodies.
func wholePages(project, limit int) func(context.Context, *floor.Client) (Tally, error) {
	return func(ctx context.Context, c *floor.Client) (Tally, error) {
		var t Tally
		for cursor, more := "", true; more; more = cursor != "" {
			keys, next, err := c.ListKeys(ctx, stub.ProjectID(project), limit, cursor)
			if err != nil {
				return t, err
			}
			for i := range keys {
				t.addKey(&keys[i])
			}
			cursor = next
		}
		return t, nil
	}
}

// streamer is a floor's method that decodes a page item by item.
type streamer func(c *floor.Client, ctx context.Context, id string, limit int, cursor string, yield func(*floor.Key)) (string, error)

// streamedPages goes through all keys of a project, key by key.
func streamedPages(stream streamer, project, limit int) func(context.Context, *floor.Client) (Tally, error) {
	return func(ctx context.Context, c *floor.Client) (Tally, error) {
		var t Tally
		for cursor, more := "", true; more; more = cursor != "" {
			next, err := stream(c, ctx, stub.ProjectID(project), limit, cursor, t.addKey)
			if err != nil {
				return t, err
			}
			cursor = next
		}
		return t, nil
	}
}

// addKey counts a key: its id, and the id and the words of each translation.
func (t *Tally) addKey(key *floor.Key) {
	t.add(key.KeyID)
	for i := range key.Translations {
		t.Sum += key.Translations[i].TranslationID + key.Translations[i].Words
	}
}
