package api

import (
	"bytes"
	"encoding/base64"
	"image"
	_ "image/jpeg" // the two formats that screenshots have (documented)
	_ "image/png"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// ScreenshotPath is where the pictures are: below it world, content, id and
// file name. Whoever knows the address may see the picture, as with the real
// service, whose pictures lie in a public store (recorded).
const ScreenshotPath = "/_sandbox/screenshots/"

// screenshotBody is a screenshot on the wire, its members in the recorded
// order.
type screenshotBody struct {
	ScreenshotID       int64           `json:"screenshot_id"`
	Title              string          `json:"title"`
	Description        string          `json:"description"`
	ScreenshotTags     []string        `json:"screenshot_tags"`
	URL                string          `json:"url"`
	KeyIDs             []int64         `json:"key_ids"`
	Keys               []screenshotKey `json:"keys"`
	Width              int             `json:"width"`
	Height             int             `json:"height"`
	CreatedAt          string          `json:"created_at"`
	CreatedAtTimestamp int64           `json:"created_at_timestamp"`
}

// screenshotKey is a key's place on a picture. The sandbox does not read
// pictures, so no place is ever known: it is null, as recorded for keys that
// were linked by hand.
type screenshotKey struct {
	KeyID       int64     `json:"key_id"`
	Coordinates *struct{} `json:"coordinates"`
}

func (v *contentView) screenshot(s *state.Screenshot) screenshotBody {
	body := screenshotBody{
		ScreenshotID: s.ID, Title: s.Title, Description: s.Description, ScreenshotTags: s.Tags,
		URL: v.base + screenshotPath(v.tx.World().Name, s), KeyIDs: s.KeyIDs, Keys: make([]screenshotKey, len(s.KeyIDs)),
		Width: s.Width, Height: s.Height, CreatedAt: apiTime(s.CreatedAt), CreatedAtTimestamp: s.CreatedAt.Unix(),
	}
	for i, id := range s.KeyIDs {
		body.Keys[i].KeyID = id
	}
	return body
}

func screenshotPath(world string, s *state.Screenshot) string {
	return ScreenshotPath + url.PathEscape(world) + "/" + url.PathEscape(s.Content) + "/" + state.IDKey(s.ID) + "/" + s.FileName()
}

// readImage reads a picture in the form data:image/png;base64,…
func readImage(data string, s *state.Screenshot) bool {
	kind, text, found := strings.Cut(data, ";base64,")
	if !found || !strings.HasPrefix(kind, "data:image/") {
		return false
	}
	picture, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return false
	}
	config, format, err := image.DecodeConfig(bytes.NewReader(picture))
	if err != nil {
		return false
	}
	s.Image, s.MediaType, s.Width, s.Height = picture, "image/"+format, config.Width, config.Height
	return true
}

// ServeScreenshot serves the picture at an address that the API gave out. Its
// pattern has the parameters world, content, id and file.
func (s *Server) ServeScreenshot(w http.ResponseWriter, r *http.Request) {
	picture := s.findScreenshot(r)
	if picture == nil {
		WriteError(w, http.StatusNotFound, "Not Found")
		return
	}
	h := w.Header()
	h.Set("Content-Type", picture.MediaType)
	h.Set("Content-Length", strconv.Itoa(len(picture.Image)))
	h.Set("Cache-Control", "private, max-age=31536000, immutable")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	_, _ = w.Write(picture.Image) // the client went away: nobody is left to tell
}

func (s *Server) findScreenshot(r *http.Request) (found *state.Screenshot) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return nil
	}
	for _, world := range s.universe.Worlds() {
		if world.Name != r.PathValue("world") {
			continue
		}
		_ = world.View(func(tx *state.Tx) error { // the function does not fail
			found = tx.Screenshots.Get(r.PathValue("content"), id)
			return nil
		})
	}
	if found == nil || found.FileName() != r.PathValue("file") {
		return nil
	}
	return found
}
