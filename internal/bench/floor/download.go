package floor

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
)

// Download fetches a project's bundle to a temporary file and extracts it into
// dir, streaming both, and answers with the number of bytes extracted. The
// archive is the benchmark's own, so the names in it are not examined.
func (c *Client) Download(ctx context.Context, id, dir string) (int64, error) {
	address, err := c.bundleURL(ctx, id)
	if err != nil {
		return 0, err
	}
	archive, err := os.CreateTemp(dir, "bundle-*.zip")
	if err != nil {
		return 0, err
	}
	defer func() {
		_ = archive.Close()
		_ = os.Remove(archive.Name()) // the whole folder is the benchmark's to remove
	}()
	size, err := c.fetch(ctx, address, archive)
	if err != nil {
		return 0, err
	}
	return extract(archive, size, dir)
}

// bundleURL asks for the bundle and answers with its address.
func (c *Client) bundleURL(ctx context.Context, id string) (string, error) {
	body := bytes.NewReader([]byte(`{"format":"json"}`))
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.Base+"/api2/projects/"+id+"/files/download", body)
	if err != nil {
		return "", err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := c.send(request, http.StatusOK)
	if err != nil {
		return "", err
	}
	var answer struct {
		BundleURL string `json:"bundle_url"`
	}
	err = json.NewDecoder(response.Body).Decode(&answer)
	return answer.BundleURL, errors.Join(err, response.Body.Close())
}

// fetch copies what address answers into w.
func (c *Client) fetch(ctx context.Context, address string, w io.Writer) (int64, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return 0, err
	}
	response, err := c.HTTP.Do(request)
	if err != nil {
		return 0, err
	}
	defer func() { _ = response.Body.Close() }() // read to its end below, or of no more use
	if response.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("fetch the bundle: status %d", response.StatusCode)
	}
	return io.Copy(w, response.Body)
}

func extract(archive io.ReaderAt, size int64, dir string) (int64, error) {
	z, err := zip.NewReader(archive, size)
	if err != nil {
		return 0, err
	}
	var total int64
	for _, f := range z.File {
		n, err := extractFile(f, filepath.Join(dir, filepath.FromSlash(f.Name)))
		if err != nil {
			return total, err
		}
		total += n
	}
	return total, nil
}

func extractFile(f *zip.File, path string) (int64, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return 0, err
	}
	src, err := f.Open()
	if err != nil {
		return 0, err
	}
	defer func() { _ = src.Close() }() // only read
	dst, err := os.Create(path)
	if err != nil {
		return 0, err
	}
	n, err := io.Copy(dst, src) //nolint:gosec // G110: the benchmark's own archive
	return n, errors.Join(err, dst.Close())
}
