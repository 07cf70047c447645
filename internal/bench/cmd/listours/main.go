// Command listours lists projects with the client. Only the size of its binary
// matters: it stands beside listraw.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/golokalise/lokalise"
)

func main() {
	if err := list(context.Background(), os.Getenv("LOKALISE_API_TOKEN")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func list(ctx context.Context, token string) error {
	client, err := lokalise.New(lokalise.WithAPIToken(token))
	if err != nil {
		return err
	}
	page, err := client.Projects.List(ctx, nil)
	if err != nil {
		return err
	}
	for i := range page.Items {
		fmt.Println(page.Items[i].ProjectID, page.Items[i].Name)
	}
	return nil
}
