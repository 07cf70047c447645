package ota_test

import (
	"context"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/ota"
)

const exampleTeam = 815

var exampleAnswers = map[string]string{
	"POST /api2/projects/{project}/tokens":                                 `{"jwt": "header.payload.signature"}`,
	"GET /v3/teams/815/projects/{project}/bundles":                         `{"data": [{"id": 31, "framework": "ios_sdk", "description": "Autumn", "isProduction": false}]}`,
	"POST /v3/teams/815/projects/{project}/frameworks/{framework}/publish": ``,
	"POST /v3/teams/815/projects/{project}/bundle-freezes":                 `{"data": {"id": 4, "bundleId": 31, "framework": "ios_sdk", "from": "1.0", "to": "2.0"}}`,
	"POST /v3/teams/815/projects/{project}/tokens":                         `{"data": {"id": 6, "token": "0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b"}}`,
	"GET /v3/teams/815/projects/{project}/stats":                           `{"totals": {"downloads": 1200, "trafficMb": 3.5, "trafficBytes": "3670016"}}`,
	"GET /v3/lokalise/projects/{project}/frameworks/{framework}":           `{"data": {"url": "https://storage.example.com/bundle.zip", "version": 31}}`,
}

// exampleServer serves the same answer whenever it is asked for a route.
func exampleServer(routes map[string]string) *httptest.Server {
	mux := http.NewServeMux()
	for route, answer := range routes {
		mux.HandleFunc(route, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, answer) })
	}
	return httptest.NewServer(mux)
}

// exampleClient returns a client that asks the server instead of Lokalise.
func exampleClient() (client *ota.Client, stop func()) {
	srv := exampleServer(exampleAnswers)
	api, err := lokalise.New(lokalise.WithAPIToken("a1b2c3d4e5f60718293a4b5c6d7e8f9001020304"), lokalise.WithBaseURL(srv.URL))
	if err != nil {
		log.Fatal(err)
	}
	client, err = ota.New(ota.NewTokenSource(api, project), lokalise.WithBaseURL(srv.URL))
	if err != nil {
		log.Fatal(err)
	}
	return client, srv.Close
}

// The service token that these calls take is made and renewed by the source.
func ExampleNewTokenSource() {
	ctx := context.Background()
	srv := exampleServer(exampleAnswers) // for Lokalise, leave out WithBaseURL
	defer srv.Close()

	api, err := lokalise.New(lokalise.WithAPIToken("a1b2c3d4e5f60718293a4b5c6d7e8f9001020304"), lokalise.WithBaseURL(srv.URL))
	if err != nil {
		log.Fatal(err)
	}
	client, err := ota.New(ota.NewTokenSource(api, project), lokalise.WithBaseURL(srv.URL))
	if err != nil {
		log.Fatal(err)
	}
	bundles, err := client.Bundles.List(ctx, exampleTeam, project)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(bundles[0].ID, bundles[0].Description)
	// Output:
	// 31 Autumn
}

func ExampleBundlesService_Publish() {
	ctx := context.Background()
	client, stop := exampleClient()
	defer stop()

	bundles, err := client.Bundles.List(ctx, exampleTeam, project)
	if err != nil {
		log.Fatal(err)
	}
	for _, bundle := range bundles {
		if bundle.IsProduction || bundle.IsFrozen {
			continue
		}
		if err := client.Bundles.Publish(ctx, exampleTeam, project, bundle.Framework, bundle.ID); err != nil {
			log.Fatal(err)
		}
		fmt.Println("published", bundle.Description)
	}
	// Output:
	// published Autumn
}

// Apps of these versions keep the bundle, whatever is published later.
func ExampleFreezePeriodsService_Create() {
	ctx := context.Background()
	client, stop := exampleClient()
	defer stop()

	freeze, err := client.FreezePeriods.Create(ctx, exampleTeam, project, &ota.FreezePeriodRequest{
		From: "1.0", To: "2.0", BundleID: 31,
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(freeze.ID, freeze.Framework, freeze.From, freeze.To)
	// Output:
	// 4 ios_sdk 1.0 2.0
}

// What prints an SDK token shows it masked; its field Token is what apps need.
func ExampleSDKTokensService_Create() {
	ctx := context.Background()
	client, stop := exampleClient()
	defer stop()

	token, err := client.SDKTokens.Create(ctx, exampleTeam, project)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(token.ID, len(token.Token))
	// Output:
	// 6 36
}

func ExampleStatisticsService_Get() {
	ctx := context.Background()
	client, stop := exampleClient()
	defer stop()

	statistics, err := client.Statistics.Get(ctx, exampleTeam, project, &ota.StatisticsOptions{
		From: time.Date(2026, time.March, 1, 0, 0, 0, 0, time.UTC),
		To:   time.Date(2026, time.March, 31, 0, 0, 0, 0, time.UTC),
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(statistics.Totals.Downloads, "downloads,", statistics.Totals.TrafficBytes, "bytes")
	// Output:
	// 1200 downloads, 3670016 bytes
}

// What an app asks when it starts.
func ExampleArchives_Get() {
	ctx := context.Background()
	srv := exampleServer(exampleAnswers) // for Lokalise, leave out WithBaseURL
	defer srv.Close()

	archives, err := ota.NewArchives("0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b", lokalise.WithBaseURL(srv.URL))
	if err != nil {
		log.Fatal(err)
	}
	archive, err := archives.Get(ctx, project, ota.FrameworkIOS, &ota.ArchiveOptions{AppVersion: "1.2.3", TransVersion: 30})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(archive.Version, archive.URL)
	// Output:
	// 31 https://storage.example.com/bundle.zip
}
