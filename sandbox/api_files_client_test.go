package sandbox_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/sandbox"
)

// inBubble runs fn with a client of a sandbox whose processes take a minute,
// which passes at once.
func inBubble(t *testing.T, fn func(t *testing.T, b *filesBox, client *lokalise.Client)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, sandbox.InMemory(), sandbox.WithProcessTime(time.Minute))
		p := b.create(`{"name":"Web shop","languages":[{"lang_iso":"en"},{"lang_iso":"de"}]}`)
		client, err := lokalise.New(lokalise.WithAPIToken(b.creds.APIToken), lokalise.WithBaseURL(b.URL()), lokalise.WithHTTPClient(b.Client()))
		if err != nil {
			t.Fatal(err)
		}
		fn(t, &filesBox{b, p.ID}, client)
	})
}

func write(t *testing.T, dir, name, content string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestClientUploadsAndDownloadsAProject(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *filesBox, client *lokalise.Client) {
		from, to := t.TempDir(), t.TempDir()
		write(t, from, "app/en.json", `{"title":"Title"}`)
		write(t, from, "app/de.json", `{"title":"Titel"}`)
		project := lokalise.ProjectID(b.id)
		report, err := client.Files.UploadAll(t.Context(), project, &lokalise.UploadAllRequest{
			Dir: from, Masks: []string{"app/%LANG_ISO%.json"}, Wait: &lokalise.WaitOptions{},
		})
		if err != nil || len(report.Files) != 2 || report.Files[0].Process.Status != lokalise.ProcessStatusFinished {
			t.Fatalf("%+v %v", report, err)
		}
		for _, async := range []bool{false, true} {
			done, err := client.Files.DownloadTo(t.Context(), project, to, &lokalise.FileDownloadRequest{
				Format: "json", DirectoryPrefix: lokalise.Some(""), Indentation: "1sp",
			}, &lokalise.DownloadOptions{Async: async})
			if err != nil || len(done.Files) != 2 || (done.ProcessID != "") != async {
				t.Fatalf("async %v: %+v %v", async, done, err)
			}
		}
		for name, want := range map[string]string{"en": "Title", "de": "Titel"} {
			data, err := os.ReadFile(filepath.Join(to, "app", name+".json"))
			if err != nil {
				t.Fatal(err)
			}
			expect(t, name, string(data), "{\n \"title\": \""+want+"\"\n}")
		}
	})
}

func TestClientLearnsThatAnImportFailed(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *filesBox, client *lokalise.Client) {
		p, err := client.Files.Upload(t.Context(), lokalise.ProjectID(b.id), &lokalise.FileUploadRequest{
			Content: lokalise.ContentFromBytes([]byte("{")), Filename: "a.json", LangISO: "en",
		})
		if err != nil {
			t.Fatal(err)
		}
		_, err = client.Processes.Wait(context.WithoutCancel(t.Context()), lokalise.ProjectID(b.id), p.ProcessID, nil)
		var failed *lokalise.ProcessError
		if !errors.As(err, &failed) || len(failed.FailedFiles()) != 1 {
			t.Errorf("%v", err)
		}
	})
}
