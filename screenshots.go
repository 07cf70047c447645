package lokalise

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"iter"
	"net/http"
)

// ScreenshotsService calls the operations on screenshots, which show
// translators where a text stands.
type ScreenshotsService struct{ service }

// Screenshot is an image with the keys whose texts are in it.
type Screenshot struct {
	ScreenshotID int64   `json:"screenshot_id"`
	KeyIDs       []int64 `json:"key_ids"`
	// Keys say where in the image each text is. They are absent in answers
	// recorded before 2022.
	Keys Opt[[]ScreenshotKey] `json:"keys,omitzero"`
	// URL is where the image can be fetched.
	URL         string `json:"url"`
	Title       string `json:"title"`
	Description string `json:"description"`
	// ScreenshotTags are what requests call tags.
	ScreenshotTags []string `json:"screenshot_tags"`
	// Width and Height are those of the image in pixels.
	Width  int64 `json:"width"`
	Height int64 `json:"height"`
	// CreatedAt is absent in answers recorded in 2018, as is the timestamp.
	CreatedAt          Time      `json:"created_at,omitzero"`
	CreatedAtTimestamp Timestamp `json:"created_at_timestamp,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// ScreenshotKey is a key whose text is in a screenshot.
type ScreenshotKey struct {
	KeyID int64 `json:"key_id"`
	// Coordinates are null where the key was attached by its identifier and
	// its text was not found in the image.
	Coordinates Opt[ScreenshotCoordinates] `json:"coordinates"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// ScreenshotCoordinates are where in an image a text is, in pixels.
type ScreenshotCoordinates struct {
	Left   int64 `json:"left"`
	Top    int64 `json:"top"`
	Width  int64 `json:"width"`
	Height int64 `json:"height"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// ScreenshotDeleted is the answer to [ScreenshotsService.Delete].
type ScreenshotDeleted struct {
	ProjectID         ProjectID `json:"project_id"`
	ScreenshotDeleted bool      `json:"screenshot_deleted"`
	// Branch is absent where the project has no branches.
	Branch Opt[string] `json:"branch,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// ScreenshotCreateRequest is a screenshot that is to be made.
type ScreenshotCreateRequest struct {
	// Data is the image in the form that [ScreenshotData] gives it. It is
	// required.
	Data string `json:"data"`
	// Title is also how a failure is told to be of this screenshot, so it
	// should be another one for each of those that are made together.
	Title       Opt[string] `json:"title,omitzero"`
	Description Opt[string] `json:"description,omitzero"`
	// OCR finds the texts of the project in the image and attaches their keys.
	// Defaults to true.
	OCR Opt[bool] `json:"ocr,omitzero"`
	// KeyIDs are keys to attach.
	KeyIDs []int64  `json:"key_ids,omitzero"`
	Tags   []string `json:"tags,omitzero"`
}

// ScreenshotData returns an image in the form in which a request holds it: a
// "data:" URL in base64. The image has to be JPEG or PNG.
func ScreenshotData(image []byte) string {
	return "data:" + http.DetectContentType(image) + ";base64," + base64.StdEncoding.EncodeToString(image)
}

// ScreenshotUpdateRequest is the body of [ScreenshotsService.Update]. What is
// absent stays as it is.
type ScreenshotUpdateRequest struct {
	Title       Opt[string] `json:"title,omitzero"`
	Description Opt[string] `json:"description,omitzero"`
	// KeyIDs replace the keys; an empty list that is not nil takes them away.
	KeyIDs []int64 `json:"key_ids,omitzero"`
	// Tags replace the tags; an empty list that is not nil takes them away.
	Tags []string `json:"tags,omitzero"`
}

// List returns one page of the screenshots of a project.
//
// It needs the scope read_screenshots.
// https://developers.lokalise.com/reference/list-all-screenshots
//
//lokalise:op GET /projects/{project_id}/screenshots
func (s *ScreenshotsService) List(ctx context.Context, project ProjectID, o *ListOptions, opts ...RequestOption) (*Page[Screenshot], error) {
	return listPage(ctx, s.screenshotsCall(http.MethodGet, project, opts), o.paging(), decodeScreenshot)
}

// All goes through all screenshots of a project, page by page.
//
// It needs the scope read_screenshots.
// https://developers.lokalise.com/reference/list-all-screenshots
//
//lokalise:op GET /projects/{project_id}/screenshots
func (s *ScreenshotsService) All(ctx context.Context, project ProjectID, o *ListOptions, opts ...RequestOption) iter.Seq2[*Screenshot, error] {
	return iterate(ctx, s.screenshotsCall(http.MethodGet, project, opts), o.paging(), decodeScreenshot)
}

// Get returns a screenshot.
//
// It needs the scope read_screenshots.
// https://developers.lokalise.com/reference/retrieve-a-screenshot
//
//lokalise:op GET /projects/{project_id}/screenshots/{screenshot_id}
func (s *ScreenshotsService) Get(ctx context.Context, project ProjectID, screenshotID int64, opts ...RequestOption) (*Screenshot, error) {
	return one(ctx, s.screenshotCall(http.MethodGet, project, screenshotID, "screenshot", opts), decodeScreenshot)
}

// Create adds screenshots to a project. The user needs the right to manage
// screenshots. More than 500, or more than some 32 MiB of images, go in several
// requests. It returns the screenshots that were made, and a [*PartialError]
// when some were not.
//
// It needs the scope write_screenshots.
// https://developers.lokalise.com/reference/create-screenshots
//
//lokalise:op POST /projects/{project_id}/screenshots
func (s *ScreenshotsService) Create(ctx context.Context, project ProjectID, screenshots []ScreenshotCreateRequest, opts ...RequestOption) ([]Screenshot, error) {
	return bulk(ctx, screenshots, bulkOperation[ScreenshotCreateRequest, Screenshot]{
		call: func(chunk []ScreenshotCreateRequest) *call {
			r := s.screenshotsCall(http.MethodPost, project, opts)
			withBody(r, &struct {
				Screenshots []ScreenshotCreateRequest `json:"screenshots"`
			}{chunk})
			return r
		},
		decode: decodeScreenshot,
		is: func(item *ScreenshotCreateRequest, failure *ItemError) bool {
			return len(screenshots) == 1 || failure.Title != "" && item.Title.Or("") == failure.Title
		},
		size: screenshotsAtOnce(screenshots),
	})
}

// screenshotsAtOnce returns how many screenshots go into one request, so that
// its body, which is in memory, does not become much larger than it has to.
// What the API accepts at most is not known.
func screenshotsAtOnce(screenshots []ScreenshotCreateRequest) int {
	const most = 32 << 20
	largest := 1
	for i := range screenshots {
		largest = max(largest, len(screenshots[i].Data))
	}
	return min(max(most/largest, 1), bulkSize)
}

// Update changes a screenshot. The user needs the right to manage screenshots.
//
// It needs the scope write_screenshots.
// https://developers.lokalise.com/reference/update-a-screenshot
//
//lokalise:op PUT /projects/{project_id}/screenshots/{screenshot_id}
func (s *ScreenshotsService) Update(ctx context.Context, project ProjectID, screenshotID int64, body *ScreenshotUpdateRequest, opts ...RequestOption) (*Screenshot, error) {
	r := s.screenshotCall(http.MethodPut, project, screenshotID, "screenshot", opts)
	withBody(r, body)
	return one(ctx, r, decodeScreenshot)
}

// Delete deletes a screenshot. The user needs the right to manage screenshots.
//
// It needs the scope write_screenshots.
// https://developers.lokalise.com/reference/delete-a-screenshot
//
//lokalise:op DELETE /projects/{project_id}/screenshots/{screenshot_id}
func (s *ScreenshotsService) Delete(ctx context.Context, project ProjectID, screenshotID int64, opts ...RequestOption) (*ScreenshotDeleted, error) {
	return one(ctx, s.screenshotCall(http.MethodDelete, project, screenshotID, "", opts), decodeScreenshotDeleted)
}

func (s *ScreenshotsService) screenshotsCall(method string, project ProjectID, opts []RequestOption) *call {
	r := s.client.newCall(method, "/projects/{project_id}/screenshots", opts)
	r.path.projectID(project)
	r.result = "screenshots"
	return r
}

func (s *ScreenshotsService) screenshotCall(method string, project ProjectID, screenshotID int64, result string, opts []RequestOption) *call {
	r := s.client.newCall(method, "/projects/{project_id}/screenshots/{screenshot_id}", opts)
	r.path.projectID(project)
	r.path.id(screenshotID)
	r.result = result
	return r
}
