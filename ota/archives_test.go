package ota_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/ota"
)

const archivePath = "/v3/lokalise/projects/20008339586cded200e0d8.29879849/frameworks/ios_sdk"

func TestArchiveOperations(t *testing.T) {
	t.Parallel()
	want := &ota.BundleArchive{URL: "https://files.example/f1?signature=x", Version: 71}
	const text = `{"data": {"url": "https://files.example/f1?signature=x", "version": 71}}`
	for query, o := range map[string]*ota.ArchiveOptions{
		"appVersion=1.2.3&transVersion=0":                     {AppVersion: "1.2.3"},
		"appVersion=1.2.3&transVersion=70&prerelease=true":    {AppVersion: "1.2.3", TransVersion: 70, Prerelease: true},
		"appVersion=1.2.3%2Bb%26c&transVersion=9007199254741": {AppVersion: "1.2.3+b&c", TransVersion: 9007199254741, TokenWait: time.Hour},
	} {
		testOperation(t, opCase{
			op:         "GET /lokalise/projects/{project_id}/frameworks/{framework}",
			path:       archivePath,
			query:      query,
			answer:     text,
			credential: "X-Ota-Api-Token",
			call: func(ctx context.Context, _ *ota.Client, a *ota.Archives) (any, error) {
				return a.Get(ctx, project, ota.FrameworkIOS, o)
			},
			want: want,
		})
	}
}

func TestArchiveNeedsAnAppVersion(t *testing.T) {
	t.Parallel()
	_, archives := clients(t, func(http.ResponseWriter, *http.Request) { t.Error("a request was sent") })
	for _, o := range []*ota.ArchiveOptions{nil, {TransVersion: 1}} {
		if _, err := archives.Get(t.Context(), project, ota.FrameworkIOS, o); !errors.Is(err, lokalise.ErrInvalidRequest) {
			t.Errorf("%+v: got %v", o, err)
		}
	}
}

// young refuses the token until it is old enough.
type young struct {
	until time.Time
	asked int
}

func (y *young) RoundTrip(r *http.Request) (*http.Response, error) {
	y.asked++
	if time.Now().Before(y.until) {
		return response(r, http.StatusUnauthorized, `{"message": "Unauthorized", "statusCode": 401}`), nil
	}
	return response(r, http.StatusOK, `{"data": {"url": "u", "version": 71}}`), nil
}

func TestNewTokenIsWaitedFor(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		refusedFor, wait time.Duration
		ok               bool
		asked            int
		took             time.Duration
	}{
		"no wait":           {40 * time.Second, 0, false, 1, 0},
		"short wait":        {40 * time.Second, 12 * time.Second, false, 3, 10 * time.Second},
		"long enough":       {40 * time.Second, ota.NewTokenWait, true, 9, 40 * time.Second},
		"never good":        {time.Hour, ota.NewTokenWait, false, 19, 90 * time.Second},
		"good at once":      {0, ota.NewTokenWait, true, 1, 0},
		"wait below a step": {time.Second, time.Second, false, 1, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				y := &young{until: start.Add(c.refusedFor)}
				archive, err := archivesOver(t, y).Get(t.Context(), project, ota.FrameworkIOS, &ota.ArchiveOptions{AppVersion: "1", TokenWait: c.wait})
				if (err == nil) != c.ok || !c.ok && !errors.Is(err, lokalise.ErrUnauthorized) || c.ok && archive.Version != 71 {
					t.Errorf("got %v, %v", archive, err)
				}
				if took := time.Since(start); y.asked != c.asked || took != c.took {
					t.Errorf("asked %d times in %v, want %d in %v", y.asked, took, c.asked, c.took)
				}
			})
		})
	}
}

func TestWaitForNewTokenEndsWithTheContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), 7*time.Second)
		defer cancel()
		y := &young{until: start.Add(time.Hour)}
		_, err := archivesOver(t, y).Get(ctx, project, ota.FrameworkIOS, &ota.ArchiveOptions{AppVersion: "1", TokenWait: ota.NewTokenWait})
		if !errors.Is(err, lokalise.ErrUnauthorized) || time.Since(start) != 7*time.Second {
			t.Errorf("got %v after %v", err, time.Since(start))
		}
	})
}

func archivesOver(t *testing.T, transport http.RoundTripper) *ota.Archives {
	t.Helper()
	archives, err := ota.NewArchives(sdkToken, lokalise.WithHTTPClient(&http.Client{Transport: transport}), lokalise.WithoutLimits())
	if err != nil {
		t.Fatal(err)
	}
	return archives
}
