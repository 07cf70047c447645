package ota_test

import (
	"context"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/ota"
)

// exampleServer gives the same answer whenever it is asked for a route.
func exampleServer(routes map[string]string) *httptest.Server {
	mux := http.NewServeMux()
	for route, answer := range routes {
		mux.HandleFunc(route, func(w http.ResponseWriter, _ *http.Request) {
			if answer == "" {
				w.WriteHeader(http.StatusNoContent)
				return
			}
			_, _ = io.WriteString(w, answer)
		})
	}
	return httptest.NewServer(mux)
}

// A new bundle is published, unless it is already. For Lokalise itself no base
// URL is needed.
func ExampleBundlesService_Publish() {
	ctx := context.Background()
	srv := exampleServer(map[string]string{
		"POST /api2/projects/{project}/tokens":              `{"jwt": "eyJhbGciOi.c2VydmljZXRva2Vu.c2lnbmF0dXJl"}`,
		"GET /v3/teams/{team}/projects/{project}/bundles":   `{"data": [` + listedBundle + `]}`,
		"POST /v3/teams/815/projects/{project}/frameworks/": ``,
	})
	defer srv.Close()

	api, err := lokalise.New(lokalise.WithAPIToken("0123456789abcdef0123456789abcdef01234567"), lokalise.WithBaseURL(srv.URL))
	if err != nil {
		log.Fatal(err)
	}
	client, err := ota.New(ota.NewTokenSource(api, project), lokalise.WithBaseURL(srv.URL))
	if err != nil {
		log.Fatal(err)
	}
	bundles, err := client.Bundles.List(ctx, 815, project)
	if err != nil {
		log.Fatal(err)
	}
	for _, bundle := range bundles {
		if bundle.IsProduction {
			continue
		}
		if err := client.Bundles.Publish(ctx, 815, project, bundle.Framework, bundle.ID); err != nil {
			log.Fatal(err)
		}
		fmt.Println("published", bundle.Description)
	}
	// Output:
	// published Spring
}

func ExampleArchives_Get() {
	ctx := context.Background()
	srv := exampleServer(map[string]string{
		"GET /v3/lokalise/projects/{project}/frameworks/ios_sdk": `{"data": {"url": "https://files.example/f1.zip", "version": 71}}`,
	})
	defer srv.Close()

	archives, err := ota.NewArchives("0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b", lokalise.WithBaseURL(srv.URL))
	if err != nil {
		log.Fatal(err)
	}
	archive, err := archives.Get(ctx, project, ota.FrameworkIOS, &ota.ArchiveOptions{
		AppVersion:   "1.2.3",
		TransVersion: 70,
		TokenWait:    ota.NewTokenWait, // the token was made a moment ago
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(archive.Version, archive.URL)
	// Output:
	// 71 https://files.example/f1.zip
}
