package lokalise_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"strings"
	"testing"

	"github.com/golokalise/lokalise"
)

const oneScreenshot = `{"screenshot_id": 31, "title": "Login", "description": "", "screenshot_tags": ["web"], "url": "https://files.example/31.png",
 "key_ids": [11, 12], "keys": [{"key_id": 11, "coordinates": {"left": 5, "top": 6, "width": 70, "height": 8}}, {"key_id": 12, "coordinates": null}],
 "width": 640, "height": 480, "created_at": "2026-03-02 08:15:00 (Etc/UTC)", "created_at_timestamp": 1772439300}`

func wantScreenshot() lokalise.Screenshot {
	return lokalise.Screenshot{
		ScreenshotID: 31,
		KeyIDs:       []int64{11, 12},
		Keys: lokalise.Some([]lokalise.ScreenshotKey{
			{KeyID: 11, Coordinates: lokalise.Some(lokalise.ScreenshotCoordinates{Left: 5, Top: 6, Width: 70, Height: 8})},
			{KeyID: 12, Coordinates: lokalise.Null[lokalise.ScreenshotCoordinates]()},
		}),
		URL:                "https://files.example/31.png",
		Title:              "Login",
		ScreenshotTags:     []string{"web"},
		Width:              640,
		Height:             480,
		CreatedAt:          march2(),
		CreatedAtTimestamp: march2Timestamp,
	}
}

func TestScreenshotOperations(t *testing.T) {
	t.Parallel()
	screenshot := wantScreenshot()
	const envelope = `{"project_id": "20008339586cded200e0d8.29879849", "branch": "main", `
	cases := asList(opCase{
		op:     "GET /projects/{project_id}/screenshots",
		path:   projectPath + ":main/screenshots",
		query:  "page=2&limit=10",
		answer: envelope + `"screenshots": [` + oneScreenshot + `]}`,
		want:   []lokalise.Screenshot{screenshot},
	}, func(ctx context.Context, c *lokalise.Client) (*lokalise.Page[lokalise.Screenshot], error) {
		return c.Screenshots.List(ctx, projectID.Branch("main"), &lokalise.ListOptions{Page: 2, Limit: 10})
	}, func(ctx context.Context, c *lokalise.Client) iter.Seq2[*lokalise.Screenshot, error] {
		return c.Screenshots.All(ctx, projectID.Branch("main"), &lokalise.ListOptions{Page: 2, Limit: 10})
	})
	cases = append(cases,
		opCase{
			op:     "GET /projects/{project_id}/screenshots/{screenshot_id}",
			path:   projectPath + "/screenshots/31",
			answer: envelope + `"screenshot": ` + oneScreenshot + `}`,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.Screenshots.Get(ctx, projectID, 31)
			},
			want: &screenshot,
		},
		opCase{
			op:   "PUT /projects/{project_id}/screenshots/{screenshot_id}",
			path: projectPath + "/screenshots/31",
			// The request calls tags what the answer calls screenshot_tags.
			body:   `{"title": "Login", "key_ids": [], "tags": ["web"]}`,
			answer: envelope + `"screenshot": ` + oneScreenshot + `}`,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.Screenshots.Update(ctx, projectID, 31, &lokalise.ScreenshotUpdateRequest{
					Title: lokalise.Some("Login"), KeyIDs: []int64{}, Tags: []string{"web"},
				})
			},
			want: &screenshot,
		},
		opCase{
			op:     "DELETE /projects/{project_id}/screenshots/{screenshot_id}",
			path:   projectPath + "/screenshots/31",
			answer: envelope + `"screenshot_deleted": true}`,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.Screenshots.Delete(ctx, projectID, 31)
			},
			want: &lokalise.ScreenshotDeleted{ProjectID: projectID, ScreenshotDeleted: true, Branch: lokalise.Some("main")},
		},
		opCase{
			op:   "POST /projects/{project_id}/screenshots",
			path: projectPath + "/screenshots",
			body: `{"screenshots": [{"data": "data:image/png;base64,iVBORw0KGgo=", "title": "Login", "ocr": false, "key_ids": [11], "tags": ["web"]},
			 {"data": "d2", "description": ""}]}`,
			answer: envelope + `"screenshots": [` + oneScreenshot + `], "errors": []}`,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.Screenshots.Create(ctx, projectID, []lokalise.ScreenshotCreateRequest{
					{
						Data: lokalise.ScreenshotData([]byte("\x89PNG\r\n\x1a\n")), Title: lokalise.Some("Login"),
						OCR: lokalise.Some(false), KeyIDs: []int64{11}, Tags: []string{"web"},
					},
					{Data: "d2", Description: lokalise.Some("")},
				})
			},
			want: []lokalise.Screenshot{screenshot},
		},
	)
	for _, c := range cases {
		testOperation(t, c)
	}
}

func TestScreenshotIsWrittenAsItWasRead(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		oneScreenshot,
		`{"screenshot_id": 1, "title": "", "description": "", "screenshot_tags": [], "url": "", "key_ids": [], "width": 1, "height": 2}`, // as in 2018
	} {
		assertWrittenAsRead(t, text, new(lokalise.Screenshot))
	}
}

// A screenshot that was refused is echoed with its image, which is left out of
// the error.
func TestFailedScreenshotsAreNamedWithoutTheirImages(t *testing.T) {
	t.Parallel()
	image := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("pixels", 1000)))
	client := newServer(t, answer(http.StatusOK, `{"screenshots": [`+oneScreenshot+`], "errors": [
	 {"message": "Broken image", "code": 400, "screenshot": {"data": "`+image+`", "title": "Logout", "tags": []}}]}`))
	done, err := client.Screenshots.Create(t.Context(), projectID, []lokalise.ScreenshotCreateRequest{
		{Data: "d", Title: lokalise.Some("Login")}, {Data: image, Title: lokalise.Some("Logout")},
	})
	var e *lokalise.PartialError
	if !errors.As(err, &e) || len(done) != 1 || len(e.Failed) != 1 {
		t.Fatalf("%d made, %v", len(done), err)
	}
	if f := e.Failed[0]; f.Index != 1 || f.Title != "Logout" || f.Code != 400 || f.Message != "Broken image" {
		t.Errorf("got %+v", f)
	}
	if text := fmt.Sprintf("%v %+v %+v %s", err, *e, e.Failed[0], e.Failed[0].Extra); strings.Contains(text, image[:40]) {
		t.Errorf("the error holds the image: %.300s", text)
	}
}

func TestScreenshotWithoutTitleThatFailsHasNoIndexUnlessItIsAlone(t *testing.T) {
	t.Parallel()
	client := newServer(t, answer(http.StatusOK, `{"screenshots": [], "errors": [{"message": "Broken image", "code": 400, "screenshot": {"data": "d"}}]}`))
	for n, want := range map[int]int{1: 0, 2: -1} {
		_, err := client.Screenshots.Create(t.Context(), projectID, make([]lokalise.ScreenshotCreateRequest, n))
		var e *lokalise.PartialError
		if !errors.As(err, &e) || e.Failed[0].Index != want {
			t.Errorf("%d: got %v", n, err)
		}
	}
}

// A failure that names nothing is not taken to be that of the one screenshot
// without a name.
func TestFailureWithoutScreenshotHasNoIndex(t *testing.T) {
	t.Parallel()
	client := newServer(t, answer(http.StatusOK, `{"screenshots": [], "errors": [{"message": "Busy", "code": 400}]}`))
	_, err := client.Screenshots.Create(t.Context(), projectID, []lokalise.ScreenshotCreateRequest{{Title: lokalise.Some("Login")}, {}})
	var e *lokalise.PartialError
	if !errors.As(err, &e) || e.Failed[0].Index != -1 {
		t.Errorf("got %v", err)
	}
}

// The image is in memory as a whole, so large ones go in requests of their own.
func TestLargeScreenshotsGoInSeveralRequests(t *testing.T) {
	t.Parallel()
	var sizes []int
	client := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		var body struct {
			Screenshots []struct{ Title string }
		}
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			t.Error(err)
		}
		sizes = append(sizes, len(body.Screenshots))
		answer(http.StatusOK, `{"screenshots": [`+strings.TrimSuffix(strings.Repeat(oneScreenshot+",", len(body.Screenshots)), ",")+`], "errors": []}`)(w, r)
	})
	large := strings.Repeat("A", 12<<20)
	done, err := client.Screenshots.Create(t.Context(), projectID, []lokalise.ScreenshotCreateRequest{{Data: large}, {Data: "d"}, {Data: "d"}})
	if err != nil || len(done) != 3 || fmt.Sprint(sizes) != "[2 1]" {
		t.Errorf("%d made in %v, %v", len(done), sizes, err)
	}
}

func TestListOfScreenshotsThatIsAnObjectIsUnreadable(t *testing.T) {
	t.Parallel()
	client := newServer(t, answer(http.StatusOK, `{"screenshots": `+oneScreenshot+`, "errors": []}`))
	_, err := client.Screenshots.Create(t.Context(), projectID, []lokalise.ScreenshotCreateRequest{{Data: "d"}})
	var e *lokalise.PartialError
	if !errors.Is(err, lokalise.ErrDecode) || !errors.As(err, &e) || len(e.Unknown) != 1 {
		t.Errorf("got %v", err)
	}
}

func TestScreenshotDataNamesTheKindOfImage(t *testing.T) {
	t.Parallel()
	for image, want := range map[string]string{
		"\x89PNG\r\n\x1a\nrest": "data:image/png;base64,iVBORw0KGgpyZXN0",
		"\xff\xd8\xffrest":      "data:image/jpeg;base64,/9j/cmVzdA==",
	} {
		if got := lokalise.ScreenshotData([]byte(image)); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
