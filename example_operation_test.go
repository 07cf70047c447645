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
	shop := openShop()
	defer shop.close()

	// As for an operation that Lokalise added after this version of the package.
	var languages []struct {
		ISO string `json:"lang_iso"`
	}
	err := shop.client.Do(ctx, lokalise.Operation{
		Method: http.MethodGet,
		Route:  "/api2/projects/{project_id}/languages",
		Args:   []any{shop.project},
		Result: "languages",
	}, &languages)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(languages)
	// Output:
	// [{en} {lv}]
}
