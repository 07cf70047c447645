package sandbox_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/ota"
	"github.com/golokalise/lokalise/sandbox"
)

const otaTeam = 276692 // of the seed; mobileApp is one of its projects

// airborne is a sandbox with the clients of package ota.
type airborne struct {
	*box
	ota *ota.Client
}

func otaBox(tb testing.TB) airborne {
	tb.Helper()
	b := start(tb, sandbox.WithoutRateLimit())
	b.Clock().Freeze()
	sandbox.AddKey(b.Server, mobileApp, "hello", map[string]string{"en": "Hello", "de": "Hallo"})
	main, err := lokalise.New(lokalise.WithAPIToken(b.creds.APIToken), lokalise.WithBaseURL(b.URL()))
	if err != nil {
		tb.Fatal(err)
	}
	client, err := ota.New(ota.NewTokenSource(main, mobileApp), lokalise.WithBaseURL(b.URL()))
	if err != nil {
		tb.Fatal(err)
	}
	return airborne{b, client}
}

func (a airborne) build(framework string, publish bool) sandbox.OTABundle {
	a.Helper()
	b, err := a.BuildOTABundle(sandbox.OTABundleOptions{ProjectID: mobileApp, Framework: framework, Publish: publish})
	if err != nil {
		a.Fatal(err)
	}
	return b
}

func (a airborne) archives() *ota.Archives {
	a.Helper()
	token, err := a.ota.SDKTokens.Create(a.Context(), otaTeam, mobileApp)
	if err != nil {
		a.Fatal(err)
	}
	archives, err := ota.NewArchives(token.Token, lokalise.WithBaseURL(a.URL()))
	if err != nil {
		a.Fatal(err)
	}
	return archives
}

func (a airborne) version(from *ota.Archives, appVersion string, prerelease bool) int64 {
	a.Helper()
	archive, err := from.Get(a.Context(), mobileApp, ota.FrameworkIOS, &ota.ArchiveOptions{AppVersion: appVersion, Prerelease: prerelease})
	if err != nil {
		a.Fatal(err)
	}
	return archive.Version
}

func TestAppFetchesWhatWasPublished(t *testing.T) {
	t.Parallel()
	a := otaBox(t)
	archives := a.archives()
	_, err := archives.Get(t.Context(), mobileApp, ota.FrameworkIOS, &ota.ArchiveOptions{AppVersion: "1.0"})
	if !errors.Is(err, lokalise.ErrNotFound) {
		t.Errorf("without a bundle: %v", err)
	}
	first, second := a.build("ios_sdk", false), a.build("ios_sdk", false)
	if err := a.ota.Bundles.Publish(t.Context(), otaTeam, mobileApp, ota.FrameworkIOS, first.ID); err != nil {
		t.Fatal(err)
	}
	if err := a.ota.Bundles.Stage(t.Context(), otaTeam, mobileApp, ota.FrameworkIOS, second.ID); err != nil {
		t.Fatal(err)
	}
	if got := a.version(archives, "1.0", false); got != first.ID {
		t.Errorf("got %d, want %d", got, first.ID)
	}
	if got := a.version(archives, "1.0", true); got != second.ID {
		t.Errorf("prerelease: got %d, want %d", got, second.ID)
	}
	if err := a.ota.Bundles.Publish(t.Context(), otaTeam, mobileApp, ota.FrameworkIOS, second.ID); err != nil {
		t.Fatal(err)
	}
	if got := a.version(archives, "1.0", false); got != second.ID {
		t.Errorf("after the second: got %d, want %d", got, second.ID)
	}
	if err := a.ota.Bundles.Publish(t.Context(), otaTeam, mobileApp, ota.FrameworkAndroid, second.ID); !errors.Is(err, lokalise.ErrNotFound) {
		t.Errorf("another framework: %v", err)
	}
}

func TestArchiveOfABundleIsFetchedWithoutACredential(t *testing.T) {
	t.Parallel()
	a := otaBox(t)
	made := a.build("ios_sdk", true)
	bundle, err := a.ota.Bundles.Get(t.Context(), otaTeam, mobileApp, made.ID)
	if err != nil {
		t.Fatal(err)
	}
	address, _ := bundle.FileURL.Get()
	path := strings.TrimPrefix(address, a.URL())
	got := a.send("GET", path, "")
	archive, err := zip.NewReader(bytes.NewReader([]byte(got.body)), int64(len(got.body)))
	if got.status != http.StatusOK || err != nil || len(archive.File) == 0 {
		t.Fatalf("%s: %d, %v", path, got.status, err)
	}
	bare, _, _ := strings.Cut(path, "?")
	if refused := a.send("GET", bare, ""); refused.status != http.StatusForbidden {
		t.Errorf("without the signature: %d", refused.status)
	}
	_, signature, _ := strings.Cut(path, "=")
	if len(signature) != 40 || strings.Contains(a.journalJSON(), signature) {
		t.Errorf("the signature %q is in the journal", signature)
	}
}

func TestBundleIsListedChangedAndDeleted(t *testing.T) {
	t.Parallel()
	a := otaBox(t)
	made := a.build("flutter_sdk", true)
	ctx := t.Context()
	if list, err := a.ota.Bundles.List(ctx, otaTeam, mobileApp); err != nil || len(list) != 1 || !list[0].FileURL.IsZero() || !list[0].IsProduction || list[0].CreatedBy != "320181" {
		t.Errorf("list %+v, %v", list, err)
	}
	changed, err := a.ota.Bundles.Update(ctx, otaTeam, mobileApp, made.ID, &ota.BundleUpdateRequest{Description: "spring"})
	if err != nil || changed.Description != "spring" || changed.FileURL.IsZero() {
		t.Errorf("changed %+v, %v", changed, err)
	}
	if gone, err := a.ota.Bundles.Delete(ctx, otaTeam, mobileApp, made.ID); err != nil || !gone.Deleted || gone.ID != made.ID {
		t.Errorf("deleted %+v, %v", gone, err)
	}
	if _, err := a.ota.Bundles.Get(ctx, otaTeam, mobileApp, made.ID); !errors.Is(err, lokalise.ErrNotFound) {
		t.Errorf("after that: %v", err)
	}
}

func TestFreezePeriodHoldsABundle(t *testing.T) {
	t.Parallel()
	a := otaBox(t)
	ctx := t.Context()
	archives := a.archives()
	frozen, newest := a.build("ios_sdk", false), a.build("ios_sdk", true)
	made, err := a.ota.FreezePeriods.Create(ctx, otaTeam, mobileApp, &ota.FreezePeriodRequest{From: "2.0", To: "2.9", BundleID: frozen.ID})
	if err != nil || made.Framework != ota.FrameworkIOS {
		t.Fatalf("%+v, %v", made, err)
	}
	for version, want := range map[string]int64{"1.9.9": newest.ID, "2": frozen.ID, "2.0.1": frozen.ID, "2.9": frozen.ID, "2.10": newest.ID} {
		if got := a.version(archives, version, false); got != want {
			t.Errorf("app %s gets %d, want %d", version, got, want)
		}
	}
	if b, err := a.ota.Bundles.Get(ctx, otaTeam, mobileApp, frozen.ID); err != nil || !b.IsFrozen {
		t.Errorf("bundle %+v, %v", b, err)
	}
	if _, err := a.ota.FreezePeriods.Update(ctx, otaTeam, mobileApp, made.ID, &ota.FreezePeriodRequest{From: "3", To: "4", BundleID: frozen.ID}); err != nil {
		t.Error(err)
	}
	if list, err := a.ota.FreezePeriods.List(ctx, otaTeam, mobileApp, ota.FrameworkIOS); err != nil || len(list) != 1 || list[0].From != "3" {
		t.Errorf("list %+v, %v", list, err)
	}
	if _, err := a.ota.FreezePeriods.Create(ctx, otaTeam, mobileApp, &ota.FreezePeriodRequest{From: "3", To: "2", BundleID: frozen.ID}); err == nil {
		t.Error("a period that ends before it begins was taken")
	}
	if gone, err := a.ota.FreezePeriods.Delete(ctx, otaTeam, mobileApp, made.ID); err != nil || !gone.Deleted {
		t.Errorf("deleted %+v, %v", gone, err)
	}
	if got := a.version(archives, "3.5", false); got != newest.ID {
		t.Errorf("after that the app gets %d", got)
	}
}

func TestUsageIsCountedByDayAndMonth(t *testing.T) {
	t.Parallel()
	a := otaBox(t)
	archives := a.archives()
	a.build("ios_sdk", true)
	now := a.Clock().Now()
	a.version(archives, "1", false)
	a.version(archives, "1", false)
	a.Clock().Advance(40 * 24 * time.Hour)
	a.version(archives, "1", false)
	stats, err := a.ota.Statistics.Get(t.Context(), otaTeam, mobileApp, &ota.StatisticsOptions{From: now, To: a.Clock().Now()})
	if err != nil {
		t.Fatal(err)
	}
	if len(stats.Daily) != 2 || stats.Daily[0].Downloads != 2 || len(stats.Monthly) != 2 || stats.Totals.Downloads != 3 || stats.Totals.TrafficBytes == 0 {
		t.Errorf("got %+v", stats)
	}
}

func TestOTATakesItsOwnCredentialsOnly(t *testing.T) {
	t.Parallel()
	a := otaBox(t)
	var jwt struct{ JWT string }
	a.api("POST", "/projects/"+mobileApp+"/tokens", `{"service":"ota"}`).decode(t, &jwt)
	path := "/v3/teams/276692/projects/" + mobileApp + "/tokens"
	bearer := "Bearer " + jwt.JWT
	for name, c := range map[string]struct {
		path   string
		header []string
		status int
		want   string
	}{
		"nothing":         {path, nil, 401, `{"message":"Unauthorized","statusCode":401,"error":"UNAUTHORIZED"}`},
		"API token":       {path, []string{"X-Api-Token", a.creds.APIToken}, 401, `{"message":"Unauthorized","statusCode":401,"error":"UNAUTHORIZED"}`},
		"forged":          {path, []string{"Authorization", bearer + "x"}, 401, `{"message":"Unauthorized","statusCode":401,"error":"UNAUTHORIZED"}`},
		"another project": {strings.Replace(path, mobileApp, backOffice, 1), []string{"Authorization", bearer}, 404, `{"message":"Project not found","statusCode":404,"error":"ENTITY_NOT_FOUND"}`},
		"another team":    {strings.Replace(path, "276692", "1", 1), []string{"Authorization", bearer}, 404, `{"message":"Project not found","statusCode":404,"error":"ENTITY_NOT_FOUND"}`},
		"no token of it":  {"/v3/lokalise/projects/" + mobileApp + "/frameworks/ios_sdk?appVersion=1&transVersion=0", []string{"Authorization", bearer}, 401, `{"message":"Unauthorized","statusCode":401,"error":"UNAUTHORIZED"}`},
		"right":           {path, []string{"Authorization", bearer}, 200, `{"data":[]}`},
	} {
		if got := a.send("GET", c.path, "", c.header...); got.status != c.status || got.body != c.want {
			t.Errorf("%s: %d %s", name, got.status, got.body)
		}
	}
	a.Clock().Advance(31 * time.Minute)
	if got := a.send("GET", path, "", "Authorization", bearer); got.status != 401 || got.body != `{"message":"Token expired","errorCode":"002_TOKEN_EXPIRED"}` {
		t.Errorf("expired: %d %s", got.status, got.body)
	}
	if list, err := a.ota.SDKTokens.List(t.Context(), otaTeam, mobileApp); err != nil || len(list) != 0 {
		t.Errorf("the client renews its token: %v, %v", list, err)
	}
}

func TestSDKTokenEndsWithItsDeletionAndIsNotShown(t *testing.T) {
	t.Parallel()
	a := otaBox(t)
	a.build("ios_sdk", true)
	token, err := a.ota.SDKTokens.Create(t.Context(), otaTeam, mobileApp)
	if err != nil || len(token.Token) != 36 {
		t.Fatalf("%v, %v", token, err)
	}
	ask := "/v3/lokalise/projects/" + mobileApp + "/frameworks/ios_sdk?appVersion=1&transVersion=0"
	got := a.send("GET", ask, "", "X-Ota-Api-Token", token.Token)
	if want := []string{"data"}; got.status != http.StatusOK || !slices.Equal(members(t, got.body), want) {
		t.Errorf("before: %d %s", got.status, got.body)
	}
	a.send("GET", "/v3/lokalise/projects/"+token.Token+"/frameworks/ios_sdk", "")
	if strings.Contains(a.journalJSON(), token.Token) {
		t.Error("the token is in the journal")
	}
	if _, err := a.ota.SDKTokens.Delete(t.Context(), otaTeam, mobileApp, token.ID); err != nil {
		t.Fatal(err)
	}
	if got := a.send("GET", ask, "", "X-Ota-Api-Token", token.Token); got.status != http.StatusUnauthorized {
		t.Errorf("after: %d", got.status)
	}
}

func TestBundleThatCannotBeMadeIsRefused(t *testing.T) {
	t.Parallel()
	a := otaBox(t)
	for body, want := range map[string]int{
		`{"project_id":"` + mobileApp + `","framework":"ios_sdk","publish":true}`:     http.StatusCreated,
		`{"project_id":"` + mobileApp + `","framework":"unity"}`:                      http.StatusBadRequest,
		`{"project_id":"` + mobileApp + `","framework":"ios_sdk","branch":"nowhere"}`: http.StatusBadRequest,
		`{"project_id":"1","framework":"ios_sdk"}`:                                    http.StatusBadRequest,
		`{"project_id":"` + mobileApp + `","framework":"ios_sdk","publsh":true}`:      http.StatusBadRequest,
	} {
		if got := a.write("ota/bundles", body); got.status != want {
			t.Errorf("%s: %d %s", body, got.status, got.body)
		}
	}
}
