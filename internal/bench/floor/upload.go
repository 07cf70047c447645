package floor

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"os"
)

// The JSON around the file's base64 text.
const (
	uploadHead = `{"filename":"messages.json","lang_iso":"en","data":"`
	uploadTail = `"}`
)

// UploadStream uploads a file without holding it: the body is encoded block by
// block while it is sent, and its length is known ahead.
func (c *Client) UploadStream(ctx context.Context, id, path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // only read
	info, err := file.Stat()
	if err != nil {
		return err
	}
	body := io.MultiReader(bytes.NewReader([]byte(uploadHead)), newBlockReader(file), bytes.NewReader([]byte(uploadTail)))
	length := len(uploadHead) + base64.StdEncoding.EncodedLen(int(info.Size())) + len(uploadTail)
	return c.postUpload(ctx, id, body, int64(length))
}

// UploadWhole uploads a file by building the whole body in memory.
func (c *Client) UploadWhole(ctx context.Context, id, path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	body, err := json.Marshal(map[string]any{"filename": "messages.json", "lang_iso": "en", "data": data})
	if err != nil {
		return err
	}
	return c.postUpload(ctx, id, bytes.NewReader(body), int64(len(body)))
}

func (c *Client) postUpload(ctx context.Context, id string, body io.Reader, length int64) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.Base+"/api2/projects/"+id+"/files/upload", body)
	if err != nil {
		return err
	}
	request.ContentLength = length
	request.Header.Set("Content-Type", "application/json")
	response, err := c.send(request, http.StatusAccepted)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, response.Body)
	_ = response.Body.Close() // read to its end
	return err
}

// rawBlock is how much of the file is encoded at once: a multiple of three, so
// that no block but the last needs padding.
const rawBlock = 48 << 10

// blockReader reads a file as base64 text.
type blockReader struct {
	src  io.Reader
	raw  []byte
	text []byte
	rest []byte // of text, not read yet
}

func newBlockReader(src io.Reader) *blockReader {
	return &blockReader{
		src: src, raw: make([]byte, rawBlock),
		text: make([]byte, base64.StdEncoding.EncodedLen(rawBlock)),
	}
}

func (b *blockReader) Read(p []byte) (int, error) {
	if len(b.rest) == 0 {
		n, err := io.ReadFull(b.src, b.raw)
		if n == 0 {
			return 0, err
		}
		base64.StdEncoding.Encode(b.text, b.raw[:n])
		b.rest = b.text[:base64.StdEncoding.EncodedLen(n)]
	}
	n := copy(p, b.rest)
	b.rest = b.rest[n:]
	return n, nil
}
