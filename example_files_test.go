package lokalise_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/golokalise/lokalise"
)

var fileAnswers = map[string]string{
	"GET /api2/projects/{project}/files":            `{"files": [{"file_id": 5, "filename": "locales/%LANG_ISO%.json", "key_count": 2}, {"file_id": -1, "filename": "__unassigned__", "key_count": 1}]}`,
	"DELETE /api2/projects/{project}/files/5":       `{"file_deleted": true}`,
	"POST /api2/projects/{project}/files/upload":    `{"process": {"process_id": "imp1", "type": "file-import", "status": "queued"}}`,
	"GET /api2/projects/{project}/processes":        `{"processes": [{"process_id": "imp1", "type": "file-import", "status": "finished"}, {"process_id": "imp2", "type": "file-import", "status": "finished"}]}`,
	"GET /api2/projects/{project}/processes/{id}":   `{"process": {"process_id": "imp1", "status": "finished", "details": {"files": [{"status": "finished", "name_original": "en.json", "key_count_inserted": 3}]}}}`,
	"GET /api2/projects/{project}/processes/broken": `{"process": {"process_id": "broken", "status": "finished", "details": {"files": [{"status": "failed", "name_original": "lv.json", "message": "Not JSON"}]}}}`,
	"POST /api2/projects/{project}/files/download":  `{"bundle_url": "{server}/bundle.zip"}`,
	"GET /bundle.zip": exampleBundle("locales/en.json", `{"title": "Welcome"}`, "locales/lv.json", `{"title": "Sveiki"}`),
}

// exampleBundle returns a zip archive of names and contents in turn.
func exampleBundle(files ...string) string {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, err := w.Create(files[i])
		if err != nil {
			log.Fatal(err)
		}
		if _, err := f.Write([]byte(files[i+1])); err != nil {
			log.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		log.Fatal(err)
	}
	return b.String()
}

// exampleFolder returns a folder with two files to upload.
func exampleFolder() (dir string, remove func()) {
	dir, err := os.MkdirTemp("", "example")
	if err != nil {
		log.Fatal(err)
	}
	for name, text := range map[string]string{"en.json": `{"title": "Welcome"}`, "lv.json": `{"title": "Sveiki"}`} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			log.Fatal(err)
		}
	}
	return dir, func() { _ = os.RemoveAll(dir) }
}

// A file on disk is ContentFromPath("locales/en.json"). It is sent as it is
// read. The import is a process, which is waited for.
func ExampleFilesService_Upload() {
	ctx := context.Background()
	client, stop := exampleClient(fileAnswers)
	defer stop()

	queued, err := client.Files.Upload(ctx, exampleProject, &lokalise.FileUploadRequest{
		Content:  lokalise.ContentFromReader(strings.NewReader(`{"title": "Welcome"}`)),
		Filename: "locales/%LANG_ISO%.json",
		LangISO:  "en",
		FileImportOptions: lokalise.FileImportOptions{
			Tags: []string{"web"}, ReplaceModified: lokalise.Some(true),
		},
	})
	if err != nil {
		log.Fatal(err)
	}
	done, err := client.Processes.Wait(ctx, exampleProject, queued.ProcessID, nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(queued.Status, "->", done.Status)
	// Output:
	// queued -> finished
}

// A mask that finds nothing is reported and stops nothing; a file that fails is
// in the report and in the error.
func ExampleFilesService_UploadAll() {
	ctx := context.Background()
	client, stop := exampleClient(fileAnswers)
	defer stop()
	dir, remove := exampleFolder()
	defer remove()

	report, err := client.Files.UploadAll(ctx, exampleProject, &lokalise.UploadAllRequest{
		Dir:   dir,
		Masks: []string{"%LANG_ISO%.json", "legal/%LANG_ISO%.md"},
		Wait:  &lokalise.WaitOptions{Timeout: 5 * time.Minute},
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, file := range report.Files {
		fmt.Println(file.LangISO, file.Filename, file.Process.Status)
	}
	fmt.Println("found nothing:", report.Unmatched)
	// Output:
	// en %LANG_ISO%.json finished
	// lv %LANG_ISO%.json finished
	// found nothing: [legal/%LANG_ISO%.md]
}

// A process that finished may hold a file that failed, which is an error too.
func ExampleProcessesService_Wait() {
	ctx := context.Background()
	client, stop := exampleClient(fileAnswers)
	defer stop()

	_, err := client.Processes.Wait(ctx, exampleProject, "broken", &lokalise.WaitOptions{
		Timeout:  10 * time.Minute,
		Progress: func(p *lokalise.QueuedProcess) { fmt.Println("is", p.Status) },
	})
	var failure *lokalise.ProcessError
	var unfinished *lokalise.WaitError
	switch {
	case errors.As(err, &failure):
		for _, file := range failure.FailedFiles() {
			fmt.Println(file.NameOriginal, "failed:", file.Message)
		}
	case errors.As(err, &unfinished):
		fmt.Println("wait again later for", unfinished.ProcessID)
	}
	// Output:
	// is finished
	// lv.json failed: Not JSON
}

func ExampleProcessesService_All() {
	ctx := context.Background()
	client, stop := exampleClient(fileAnswers)
	defer stop()

	for process, err := range client.Processes.All(ctx, exampleProject, nil) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(process.ProcessID, process.Type, process.Status)
	}
	// Output:
	// imp1 file-import finished
	// imp2 file-import finished
}

// The bundle is exported, fetched without Lokalise's credentials, checked and
// extracted. Files that have the same content already are not touched.
func ExampleFilesService_DownloadTo() {
	ctx := context.Background()
	client, stop := exampleClient(fileAnswers)
	defer stop()
	dir, remove := exampleFolder()
	defer remove()

	options := &lokalise.DownloadOptions{Progress: func(lokalise.DownloadProgress) { /* a progress bar */ }}
	for range 2 {
		downloaded, err := client.Files.DownloadTo(ctx, exampleProject, dir, &lokalise.FileDownloadRequest{
			Format:      lokalise.FileFormatJSON,
			FilterLangs: []string{"en", "lv"},
		}, options)
		if err != nil {
			log.Fatal(err)
		}
		for _, file := range downloaded.Files {
			fmt.Println(file.Name, file.Size, "bytes, changed:", file.Changed)
		}
	}
	// Output:
	// locales/en.json 20 bytes, changed: true
	// locales/lv.json 19 bytes, changed: true
	// locales/en.json 20 bytes, changed: false
	// locales/lv.json 19 bytes, changed: false
}

func ExampleFilesService_All() {
	ctx := context.Background()
	client, stop := exampleClient(fileAnswers)
	defer stop()

	for file, err := range client.Files.All(ctx, exampleProject, nil) {
		switch {
		case err != nil:
			log.Fatal(err)
		case file.FileID == lokalise.FileUnassignedID:
			fmt.Println(file.KeyCount, "key without a file")
		default:
			fmt.Println(file.KeyCount, "keys in", file.Filename)
		}
	}
	// Output:
	// 2 keys in locales/%LANG_ISO%.json
	// 1 key without a file
}
