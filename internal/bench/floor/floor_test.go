package floor_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/golokalise/lokalise/internal/bench/floor"
	"github.com/golokalise/lokalise/internal/bench/stub"
)

// start serves a stub on loopback.
func start(t *testing.T) (*stub.Server, string) {
	t.Helper()
	s := stub.New(stub.Options{Verify: true})
	server := httptest.NewServer(s.Handler())
	t.Cleanup(server.Close)
	return s, server.URL
}

// wire is the body of a GET as general JSON.
func wire(t *testing.T, address string) map[string]any {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("X-Api-Token", "any")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	var v map[string]any
	if err := json.NewDecoder(response.Body).Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

// general turns a model into general JSON.
func general(t *testing.T, v any) any {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var g any
	if err := json.Unmarshal(text, &g); err != nil {
		t.Fatal(err)
	}
	return g
}

// clients are the decoders for whole bodies.
var clients = map[string]func(base, token string) *floor.Client{"raw": floor.New, "raw+jsonv2": floor.NewV2}

func TestProjectsAreDecodedWithoutLoss(t *testing.T) {
	t.Parallel()
	_, base := start(t)
	want := wire(t, base+"/api2/projects?limit=100")["projects"]
	for name, open := range clients {
		client := open(base, "any")
		t.Cleanup(client.Close)
		list, err := client.ListProjects(t.Context(), 100)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(general(t, list), want) {
			t.Errorf("%s: the list is not what was sent", name)
		}
		one, err := client.GetProject(t.Context(), stub.ProjectID(7))
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(general(t, one), want.([]any)[7]) {
			t.Errorf("%s: the project is not what was sent", name)
		}
	}
}

func TestKeysAreDecodedWithoutLoss(t *testing.T) {
	t.Parallel()
	_, base := start(t)
	id := stub.ProjectID(stub.SmallProject)
	want := wire(t, base+"/api2/projects/"+id+"/keys?limit=500&include_translations=1")["keys"]
	client, v2 := floor.New(base, "any"), floor.NewV2(base, "any")
	t.Cleanup(client.Close)
	t.Cleanup(v2.Close)
	for name, walk := range map[string]func(cursor string) ([]floor.Key, string, error){
		"raw": func(cursor string) ([]floor.Key, string, error) {
			return client.ListKeys(t.Context(), id, 200, cursor)
		},
		"raw+jsonv2":    func(cursor string) ([]floor.Key, string, error) { return v2.ListKeys(t.Context(), id, 200, cursor) },
		"stream":        collect(t.Context(), client.StreamKeys, id),
		"stream+jsonv2": collect(t.Context(), client.StreamKeysV2, id),
	} {
		var keys []floor.Key
		for cursor, more := "", true; more; {
			page, next, err := walk(cursor)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			keys = append(keys, page...)
			cursor, more = next, next != ""
		}
		if !reflect.DeepEqual(general(t, keys), want) {
			t.Errorf("%s: %d keys, not what was sent", name, len(keys))
		}
	}
}

// collect gathers what a stream yields.
func collect(ctx context.Context, stream func(context.Context, string, int, string, func(*floor.Key)) (string, error), id string) func(string) ([]floor.Key, string, error) {
	return func(cursor string) (keys []floor.Key, next string, err error) {
		next, err = stream(ctx, id, 200, cursor, func(k *floor.Key) { keys = append(keys, *k) })
		return keys, next, err
	}
}

func TestUploadsArriveUnchanged(t *testing.T) {
	t.Parallel()
	s, base := start(t)
	client := floor.New(base, "any")
	t.Cleanup(client.Close)
	for name, upload := range map[string]func(context.Context, string, string) error{
		"stream": client.UploadStream, "whole": client.UploadWhole,
	} {
		for _, length := range []int64{0, 1, 48<<10 - 1, 48 << 10, 48<<10 + 1, 100 << 10} {
			path := filepath.Join(t.TempDir(), "upload.json")
			if err := stub.WriteUpload(path, length); err != nil {
				t.Fatal(err)
			}
			if err := upload(t.Context(), stub.ProjectID(0), path); err != nil {
				t.Fatal(err)
			}
			if got, want := s.Stats().UploadSum, checksum(t, path); got != want {
				t.Errorf("%s of %d bytes: checksum %s, not %s", name, length, got, want)
			}
		}
	}
}

func checksum(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func TestDownloadExtractsTheWholeBundle(t *testing.T) {
	t.Parallel()
	_, base := start(t)
	client := floor.New(base, "any")
	t.Cleanup(client.Close)
	dir := t.TempDir()
	n, err := client.Download(t.Context(), stub.ProjectID(stub.SmallProject), dir)
	if err != nil {
		t.Fatal(err)
	}
	if want := int64(stub.BundleMB(stub.SmallProject)) << 20; n != want || onDisk(t, dir) != want {
		t.Errorf("%d bytes reported, %d on disk, want %d", n, onDisk(t, dir), want)
	}
}

// onDisk is the size of all files in a folder.
func onDisk(t *testing.T, dir string) (total int64) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		total += info.Size()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return total
}

func TestAStatusThatIsNotExpectedIsAnError(t *testing.T) {
	t.Parallel()
	_, base := start(t)
	client := floor.New(base, "any")
	t.Cleanup(client.Close)
	if _, err := client.GetProject(t.Context(), "unknown"); err == nil {
		t.Error("GetProject: no error")
	}
	if _, err := client.StreamKeys(t.Context(), "unknown", 1, "", func(*floor.Key) {}); err == nil {
		t.Error("StreamKeys: no error")
	}
	if err := client.UploadWhole(t.Context(), "unknown", os.DevNull); err == nil {
		t.Error("UploadWhole: no error")
	}
	if _, err := client.Download(t.Context(), "unknown", t.TempDir()); err == nil {
		t.Error("Download: no error")
	}
}
