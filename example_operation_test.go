package lokalise_test

import (
	"context"
	"fmt"
	"log"
	"net/http"

	"github.com/golokalise/lokalise"
)

func ExampleClient_Do() {
	ctx := context.Background()
	client, stop := exampleClient(map[string]string{
		"GET /api2/projects/{project}/links/{kind}": `{"project_id": "20008339586cded200e0d8.29879849", "links": [{"url": "https://example.com/style"}]}`,
	})
	defer stop()

	// An operation that Lokalise added after this version of the package.
	var links []struct {
		URL string `json:"url"`
	}
	err := client.Do(ctx, lokalise.Operation{
		Method: http.MethodGet,
		Route:  "/api2/projects/{project_id}/links/{kind}",
		Args:   []any{exampleProject, "style guides"},
		Result: "links",
	}, &links)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(links[0].URL)
	// Output:
	// https://example.com/style
}
