package ota_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/ota"
)

const (
	listedBundle = `{"id": 71, "projectId": "20008339586cded200e0d8.29879849", "isPrerelease": true, "isProduction": false,
	 "createdAt": "2026-03-02T08:15:00.250Z", "createdBy": "4711", "framework": "ios_sdk", "description": "Spring", "isFrozen": false,
	 "lokaliseId": 905, "fileId": "f1", "modifiedAt": "2026-03-02T08:15:00.250Z"}`
	gottenBundle = `{"id": 71, "projectId": "20008339586cded200e0d8.29879849", "isPrerelease": true, "isProduction": false,
	 "createdAt": "2026-03-02T08:15:00.250Z", "createdBy": "4711", "framework": "ios_sdk", "description": "Spring", "isFrozen": false,
	 "lokaliseId": null, "fileId": "f1", "fileUrl": "https://files.example/f1", "modifiedAt": "2026-03-02T08:15:00.250Z"}`
)

func wantBundle() ota.Bundle {
	at := lokalise.ParseTime("2026-03-02T08:15:00.250Z")
	return ota.Bundle{
		ID: 71, ProjectID: project, IsPrerelease: true, CreatedAt: at, CreatedBy: "4711", Framework: ota.FrameworkIOS,
		Description: "Spring", LokaliseID: lokalise.Some[int64](905), FileID: "f1", ModifiedAt: at,
	}
}

func TestBundleOperations(t *testing.T) {
	t.Parallel()
	bundle := wantBundle()
	bundle.LokaliseID, bundle.FileURL = lokalise.Null[int64](), lokalise.Some("https://files.example/f1")
	for _, c := range []opCase{
		{
			op:     "GET /teams/{team_id}/projects/{project_id}/bundles",
			path:   projectPath + "/bundles",
			answer: `{"data": [` + listedBundle + `]}`,
			call: func(ctx context.Context, c *ota.Client, _ *ota.Archives) (any, error) {
				return c.Bundles.List(ctx, 815, project)
			},
			want: []ota.Bundle{wantBundle()},
		},
		{
			op:     "GET /teams/{team_id}/projects/{project_id}/bundles/{bundle_id}",
			path:   projectPath + "/bundles/71",
			answer: `{"data": ` + gottenBundle + `}`,
			call: func(ctx context.Context, c *ota.Client, _ *ota.Archives) (any, error) {
				return c.Bundles.Get(ctx, 815, project, 71)
			},
			want: &bundle,
		},
		{
			op:     "PATCH /teams/{team_id}/projects/{project_id}/bundles/{bundle_id}",
			path:   projectPath + "/bundles/71",
			body:   `{"description": "Spring"}`,
			answer: `{"data": ` + gottenBundle + `}`,
			call: func(ctx context.Context, c *ota.Client, _ *ota.Archives) (any, error) {
				return c.Bundles.Update(ctx, 815, project, 71, &ota.BundleUpdateRequest{Description: "Spring"})
			},
			want: &bundle,
		},
		{
			op:     "DELETE /teams/{team_id}/projects/{project_id}/bundles/{bundle_id}",
			path:   projectPath + "/bundles/71",
			answer: `{"data": {"id": 71, "deleted": true}}`,
			call: func(ctx context.Context, c *ota.Client, _ *ota.Archives) (any, error) {
				return c.Bundles.Delete(ctx, 815, project, 71)
			},
			want: &ota.ResourceDeleted{ID: 71, Deleted: true},
		},
		{
			op:     "POST /teams/{team_id}/projects/{project_id}/frameworks/{framework}/publish",
			path:   projectPath + "/frameworks/android_sdk/publish",
			body:   `{"bundleId": 71}`,
			status: http.StatusNoContent,
			call: func(ctx context.Context, c *ota.Client, _ *ota.Archives) (any, error) {
				return nil, c.Bundles.Publish(ctx, 815, project, ota.FrameworkAndroid, 71)
			},
		},
		{
			op:     "POST /teams/{team_id}/projects/{project_id}/frameworks/{framework}/stage",
			path:   projectPath + "/frameworks/flutter_sdk/stage",
			body:   `{"bundleId": 71}`,
			status: http.StatusNoContent,
			call: func(ctx context.Context, c *ota.Client, _ *ota.Archives) (any, error) {
				return nil, c.Bundles.Stage(ctx, 815, project, ota.FrameworkFlutter, 71)
			},
		},
	} {
		testOperation(t, c)
	}
}

func TestBundleIsWrittenAsItWasRead(t *testing.T) {
	t.Parallel()
	for _, text := range []string{listedBundle, gottenBundle} {
		assertWrittenAsRead(t, text, new(ota.Bundle))
	}
}

func TestAnswersThatAreNoBundles(t *testing.T) {
	t.Parallel()
	for body, reason := range map[string]string{
		`{"data": "unexpected"}`:                 "there is no list",
		`{"data": null}`:                         `it has no "data"`,
		`{"data": {}}`:                           "there is no list",
		`{"data": [` + listedBundle + `, null]}`: "an item of the list is null",
		`{"data": [{"id": []}, {"id": [1]}]}`:    "number was expected",
		`{"data": [7]}`:                          "an object was expected",
		`{}`:                                     `it has no "data"`,
		`[]`:                                     "",
		`{"data": [], "error": {"message": "x"}}`: "",
	} {
		client, _ := clients(t, answer(http.StatusOK, body))
		bundles, err := client.Bundles.List(t.Context(), 815, project)
		if reason != "" && (!errors.Is(err, lokalise.ErrDecode) || !strings.Contains(err.Error(), reason)) || err == nil {
			t.Errorf("%s: got %v, %v", body, bundles, err)
		}
	}
	for _, body := range []string{`{"data": "unexpected"}`, `{"data": [null, null]}`} {
		client, _ := clients(t, answer(http.StatusOK, body))
		if deleted, err := client.Bundles.Delete(t.Context(), 815, project, 71); !errors.Is(err, lokalise.ErrDecode) {
			t.Errorf("%s: got %v, %v", body, deleted, err)
		}
	}
}

// An error that is documented, and one that has neither shape.
func TestErrorsOfOverTheAir(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		status int
		body   string
		class  error
		code   string
	}{
		{400, `{"message": "The token is too old", "errorCode": "002_TOKEN_EXPIRED", "details": {"since": 1}}`, lokalise.ErrUnauthorized, "002_TOKEN_EXPIRED"},
		{400, `{"message": "Bad", "errorCode": "001_BAD", "details": {"since": 1}}`, lokalise.ErrBadRequest, "001_BAD"},
		{401, `{"message": "No", "errorCode": 401, "details": {"since": 1}}`, lokalise.ErrUnauthorized, ""},
		{500, `oops`, lokalise.ErrServer, ""},
	} {
		client, _ := clients(t, answer(c.status, c.body))
		err := client.Bundles.Publish(t.Context(), 815, project, ota.FrameworkIOS, 71)
		var e *lokalise.APIError
		if !errors.Is(err, c.class) || !errors.As(err, &e) || e.ErrorCode != c.code {
			t.Errorf("%s: got %v", c.body, err)
			continue
		}
		if strings.Contains(c.body, "since") && string(e.Details) != `{"since": 1}` {
			t.Errorf("%s: details are %s", c.body, e.Details)
		}
	}
}

func TestIdentifiersAreChecked(t *testing.T) {
	t.Parallel()
	client, _ := clients(t, func(http.ResponseWriter, *http.Request) { t.Error("a request was sent") })
	for _, err := range []error{
		client.Bundles.Publish(t.Context(), 0, project, ota.FrameworkIOS, 71),
		client.Bundles.Publish(t.Context(), 815, "", ota.FrameworkIOS, 71),
		client.Bundles.Publish(t.Context(), 815, project, "", 71),
	} {
		if !errors.Is(err, lokalise.ErrInvalidRequest) {
			t.Errorf("got %v", err)
		}
	}
}

func TestOptionsAreThoseOfTheRoot(t *testing.T) {
	t.Parallel()
	if _, err := ota.New(source(jwt), lokalise.WithAPIToken("x")); err == nil {
		t.Error("two credentials: no error")
	}
	if _, err := ota.New(nil); err == nil {
		t.Error("no source: no error")
	}
	if _, err := ota.NewArchives(""); err == nil {
		t.Error("no token: no error")
	}
	var r lokalise.Response
	client, _ := clients(t, answer(http.StatusOK, `{"data": [], "more": 1}`))
	if _, err := client.Bundles.List(t.Context(), 815, project, lokalise.ResponseInto(&r)); err != nil || r.Status != 200 || string(r.Envelope["more"]) != "1" {
		t.Errorf("got %+v, %v", r, err)
	}
}
