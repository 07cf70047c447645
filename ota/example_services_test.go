package ota_test

import (
	"context"
	"fmt"
	"log"
	"time"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/ota"
)

// exampleClient returns a client for a server that gives the same answer
// whenever it is asked for a route.
func exampleClient() (client *ota.Client, stop func()) {
	srv := exampleServer(map[string]string{
		"POST /api2/projects/{project}/tokens":                 `{"jwt": "header.payload.signature"}`,
		"POST /v3/teams/815/projects/{project}/bundle-freezes": `{"data": {"id": 4, "bundleId": 31, "framework": "ios_sdk", "from": "1.0", "to": "2.0"}}`,
		"POST /v3/teams/815/projects/{project}/tokens":         `{"data": ` + oneToken + `}`,
		"GET /v3/teams/815/projects/{project}/stats":           `{"totals": {"downloads": 1200, "trafficMb": 3.5, "trafficBytes": "3670016"}}`,
	})
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

// Apps of these versions keep the bundle, whatever is published later.
func ExampleFreezePeriodsService_Create() {
	ctx := context.Background()
	client, stop := exampleClient()
	defer stop()

	freeze, err := client.FreezePeriods.Create(ctx, 815, project, &ota.FreezePeriodRequest{
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

	token, err := client.SDKTokens.Create(ctx, 815, project)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(token.ID, token.Token != "")
	// Output:
	// 91 true
}

func ExampleStatisticsService_Get() {
	ctx := context.Background()
	client, stop := exampleClient()
	defer stop()

	statistics, err := client.Statistics.Get(ctx, 815, project, &ota.StatisticsOptions{
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
