package lokalise_test

import (
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

// exampleFolder returns a folder with two files to upload.
func exampleFolder() (dir string, remove func()) {
	dir, err := os.MkdirTemp("", "example")
	if err != nil {
		log.Fatal(err)
	}
	for name, text := range map[string]string{"en.json": `{"hello": "Welcome"}`, "lv.json": `{"hello": "Sveiki"}`} {
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
	shop := openShop()
	defer shop.close()

	queued, err := shop.client.Files.Upload(ctx, shop.project, &lokalise.FileUploadRequest{
		Content:  lokalise.ContentFromReader(strings.NewReader(`{"hello": "Welcome"}`)),
		Filename: "locales/%LANG_ISO%.json",
		LangISO:  "en",
		FileImportOptions: lokalise.FileImportOptions{
			Tags: []string{"web"}, ReplaceModified: lokalise.Some(true),
		},
	})
	if err != nil {
		log.Fatal(err)
	}
	done, err := shop.client.Processes.Wait(ctx, shop.project, queued.ProcessID, nil)
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
	shop := openShop()
	defer shop.close()
	dir, remove := exampleFolder()
	defer remove()

	report, err := shop.client.Files.UploadAll(ctx, shop.project, &lokalise.UploadAllRequest{
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
	shop := openShop()
	defer shop.close()

	queued, err := shop.client.Files.Upload(ctx, shop.project, &lokalise.FileUploadRequest{
		Content: lokalise.ContentFromBytes([]byte(`{"hello": `)), Filename: "broken.json", LangISO: "en",
	})
	if err != nil {
		log.Fatal(err)
	}
	_, err = shop.client.Processes.Wait(ctx, shop.project, queued.ProcessID, &lokalise.WaitOptions{
		Timeout:  10 * time.Minute,
		Progress: func(*lokalise.QueuedProcess) { /* a progress bar */ },
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
	// broken.json failed: json file, line 1, column 9: the file ends within a value
}

func ExampleProcessesService_All() {
	ctx := context.Background()
	shop := openShop()
	defer shop.close()

	queued, err := shop.client.Files.Upload(ctx, shop.project, &lokalise.FileUploadRequest{
		Content: lokalise.ContentFromBytes([]byte(`{"hello": "Welcome", "thanks": "Thank you"}`)), Filename: "locales/%LANG_ISO%.json", LangISO: "en",
	})
	if err != nil {
		log.Fatal(err)
	}
	if _, err := shop.client.Processes.Wait(ctx, shop.project, queued.ProcessID, nil); err != nil {
		log.Fatal(err)
	}
	for process, err := range shop.client.Processes.All(ctx, shop.project, nil) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(process.Type, process.Status)
	}
	// Output:
	// file-import finished
}

// The bundle is exported, fetched without Lokalise's credentials, checked and
// extracted. Files that have the same content already are not touched.
func ExampleFilesService_DownloadTo() {
	ctx := context.Background()
	shop := openShop()
	defer shop.close()
	dir, remove := exampleFolder()
	defer remove()

	options := &lokalise.DownloadOptions{Progress: func(lokalise.DownloadProgress) { /* a progress bar */ }}
	for range 2 {
		downloaded, err := shop.client.Files.DownloadTo(ctx, shop.project, dir, &lokalise.FileDownloadRequest{
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
	// en/no_filename.json 123 bytes, changed: true
	// lv/no_filename.json 150 bytes, changed: true
	// en/no_filename.json 123 bytes, changed: false
	// lv/no_filename.json 150 bytes, changed: false
}

func ExampleFilesService_All() {
	ctx := context.Background()
	shop := openShop()
	defer shop.close()

	queued, err := shop.client.Files.Upload(ctx, shop.project, &lokalise.FileUploadRequest{
		Content: lokalise.ContentFromBytes([]byte(`{"hello": "Welcome", "thanks": "Thank you"}`)), Filename: "locales/%LANG_ISO%.json", LangISO: "en",
	})
	if err != nil {
		log.Fatal(err)
	}
	if _, err := shop.client.Processes.Wait(ctx, shop.project, queued.ProcessID, nil); err != nil {
		log.Fatal(err)
	}
	for file, err := range shop.client.Files.All(ctx, shop.project, nil) {
		switch {
		case err != nil:
			log.Fatal(err)
		case file.FileID == lokalise.FileUnassignedID:
			fmt.Println(file.KeyCount, "keys without a file")
		default:
			fmt.Println(file.KeyCount, "keys in", file.Filename)
		}
	}
	// Output:
	// 2 keys in locales/%LANG_ISO%.json
	// 3 keys without a file
}
