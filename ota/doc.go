// Package ota manages Lokalise's over-the-air bundles: the translations that an
// app fetches while it runs, without a release of its own.
//
// There are two credentials, and neither is the token of the API. Managing
// takes a service token, which is made for a project and lives for thirty
// minutes; [TokenSource] makes it with a client of package lokalise and renews
// it in time:
//
//	api, err := lokalise.New(lokalise.WithAPIToken(token))
//	…
//	client, err := ota.New(ota.NewTokenSource(api, project))
//	…
//	bundles, err := client.Bundles.List(ctx, teamID, project)
//
// Fetching a bundle, as an app does, takes an SDK token, which
// [SDKTokensService.Create] makes:
//
//	archives, err := ota.NewArchives(sdkToken)
//	…
//	archive, err := archives.Get(ctx, project, ota.FrameworkIOS, &ota.ArchiveOptions{AppVersion: "1.2.3"})
//
// Limits, retries, options of clients and of calls, and errors are those of
// package lokalise. The client for the bundles uses nothing of it but
// [lokalise.Client.Do].
//
// Lists are not paged here, so a List returns all there is.
package ota

//go:generate go run ../internal/modelgen
