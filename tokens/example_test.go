package tokens_test

import (
	"context"
	"fmt"
	"time"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/oauth"
	"github.com/golokalise/lokalise/tokens"
)

func Example() {
	ctx := context.Background()
	client, err := oauth.New(oauth.Config{ClientID: "client-id", ClientSecret: "client-secret"})
	if err != nil {
		panic(err)
	}
	ring, err := tokens.NewKeyRing(tokens.NewKey("2026-11")) // or KeysFromEnv, KeysFromFile
	if err != nil {
		panic(err)
	}
	manager, err := tokens.New(tokens.Config{
		Clients: []tokens.Refresher{client},
		Store:   tokens.NewMemoryStore(),
		Keys:    ring,
		OnEvent: func(e tokens.Event) { fmt.Println(e.GrantID, e.Kind) },
	})
	if err != nil {
		panic(err)
	}
	defer func() { _ = manager.Close(ctx) }()

	// After the callback, with what Exchange returned:
	token := &oauth.Token{AccessToken: "an access token", RefreshToken: "a refresh token", Expiry: time.Now().Add(time.Hour)}
	if _, err := manager.Put(ctx, "tenant-7/user-12", token); err != nil {
		panic(err)
	}

	// From then on:
	source := manager.Source("tenant-7/user-12")
	access, err := source.Token(ctx)
	fmt.Println(access, err)
	_, err = lokalise.New(lokalise.WithTokenSource(source))
	fmt.Println(err)
	// Output:
	// tenant-7/user-12 connected
	// an access token <nil>
	// <nil>
}
