package lokalise

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/golokalise/lokalise/internal/glob"
)

// ErrNoFiles means that no mask of [FilesService.UploadAll] found a file.
var ErrNoFiles = errors.New("lokalise: no file was found")

// defaultUploads is how many files are uploaded at once. Lokalise's own action
// for GitHub uploads as many.
const defaultUploads = 6

// UploadAllRequest says which files [FilesService.UploadAll] uploads, and how.
type UploadAllRequest struct {
	// Masks name the files: "locales/en.json", "locales/%LANG_ISO%.json",
	// "src/**/messages_%LANG_ISO%.properties". * and ? stand for characters of
	// a name, [a-z] for one of several, ** for any number of folders, and
	// %LANG_ISO% for the code of a language. Names that begin with a dot are
	// found only by a mask that names the dot. A file that several masks find
	// is uploaded once, for the first of them. They are required.
	Masks []string
	// Dir is the folder in which relative masks are looked for. Defaults to the
	// current one.
	Dir string
	// Language tells the language of a file whose path, with slashes, is below
	// Dir. Defaults to what stands for %LANG_ISO% in the mask, or LangISO.
	Language func(name string) (langISO string, err error)
	// LangISO is the language of files whose mask has no %LANG_ISO%.
	LangISO string
	// Filename tells the name of a file in the project. Defaults to the path
	// below Dir with slashes, and %LANG_ISO% where the mask has it, so that all
	// languages of a file are one file in the project.
	Filename func(name, langISO string) string
	// Parallel is how many files are uploaded at once. The client's limits hold
	// all the same. Defaults to 6.
	Parallel int
	// Wait waits for the process of each file after all are uploaded. Nil does
	// not wait: an import may still fail then. Its Progress is called for
	// several processes at the same time.
	Wait *WaitOptions
	// Progress is called when something about a file has changed: it was
	// uploaded, its process came to its end, it failed. It is never called
	// twice at the same time. Defaults to nothing.
	Progress func(UploadedFile)
	// FileImportOptions are the same for all files.
	FileImportOptions
}

// UploadReport is what [FilesService.UploadAll] did.
type UploadReport struct {
	// Files has an element for each file that was found, in the order of the
	// masks and, for each, of the paths.
	Files []UploadedFile
	// Unmatched are the masks that found nothing.
	Unmatched []string
}

// UploadedFile is one file of an [UploadReport].
type UploadedFile struct {
	// Path is the file on disk.
	Path string
	// Filename is its name in the project, LangISO its language.
	Filename, LangISO string
	// Process is the import: as it began or, after a wait, as it ended. It is
	// nil when the file was not uploaded.
	Process *QueuedProcess
	// Err is why the file was not uploaded or its import failed. After a
	// [WaitError] the import may still succeed.
	Err error
}

// UploadError is an [FilesService.UploadAll] of which some files failed. The
// errors of the files are what errors.Is and errors.As see.
type UploadError struct {
	// Failed are the files that failed, of Total.
	Failed []UploadedFile
	Total  int
}

// Error counts the files that failed and names the first ones.
func (e *UploadError) Error() string {
	const most = 5
	var b strings.Builder
	fmt.Fprintf(&b, "lokalise: %d of %d files failed", len(e.Failed), e.Total)
	for i, f := range e.Failed {
		if i == most {
			b.WriteString("; …")
			break
		}
		fmt.Fprintf(&b, "; %s: %v", f.Path, f.Err)
	}
	return b.String()
}

// Unwrap returns the errors of the files.
func (e *UploadError) Unwrap() []error {
	errs := make([]error, len(e.Failed))
	for i, f := range e.Failed {
		errs[i] = f.Err
	}
	return errs
}

// UploadAll uploads all files that masks find, several at a time and within the
// client's limits, and tells for each what came of it. A file that fails stops
// none of the others, and neither does a mask that finds nothing; those are in
// the report. The report is never nil.
//
// The error is an [UploadError] when files failed, [ErrNoFiles] when there were
// none, and [ErrInvalidRequest] when the request makes no sense.
//
// It needs the scopes write_files and, to wait, read_background_processes.
func (s *FilesService) UploadAll(ctx context.Context, project ProjectID, body *UploadAllRequest, opts ...RequestOption) (*UploadReport, error) {
	report := new(UploadReport)
	if body == nil {
		return report, fmt.Errorf("%w: the request is nil", ErrInvalidRequest)
	}
	u := uploads{files: s, project: project, body: body, report: report}
	// A ResponseInto would be written by several calls at the same time.
	u.calls = append(slices.Clip(opts), func(o *callOptions) { o.response = nil })
	if err := u.find(); err != nil {
		return report, fmt.Errorf("%w: %w", ErrInvalidRequest, err)
	}
	if len(report.Files) == 0 {
		return report, fmt.Errorf("%w by %s", ErrNoFiles, strings.Join(body.Masks, ", "))
	}
	u.each(ctx, u.upload)
	if body.Wait != nil {
		u.each(ctx, u.wait)
	}
	return report, u.failures()
}

// uploads is one UploadAll on its way.
type uploads struct {
	files   *FilesService
	project ProjectID
	body    *UploadAllRequest
	calls   []RequestOption
	report  *UploadReport
	mu      sync.Mutex // around Progress
}

// find fills the report with the files. All masks are read before any file is
// looked for.
func (u *uploads) find() error {
	if len(u.body.Masks) == 0 {
		return errors.New("there are no masks")
	}
	masks := make([]glob.Mask, len(u.body.Masks))
	for i, text := range u.body.Masks {
		var err error
		if masks[i], err = glob.Parse(text); err != nil {
			return err
		}
	}
	known := map[string]bool{}
	for _, mask := range masks {
		found, err := mask.Find(u.body.Dir)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			u.report.Unmatched = append(u.report.Unmatched, mask.String())
		}
		for _, match := range found {
			if key := filepath.Clean(match.Path); !known[key] {
				known[key] = true
				u.report.Files = append(u.report.Files, u.file(match))
			}
		}
	}
	return nil
}

// file works out the language and the name of a file.
func (u *uploads) file(match glob.Match) UploadedFile {
	f := UploadedFile{Path: match.Path, LangISO: match.Language, Filename: match.Name}
	name := strings.ReplaceAll(match.Name, glob.Language, match.Language)
	switch {
	case u.body.Language != nil:
		f.LangISO, f.Err = u.body.Language(name)
	case f.LangISO == "":
		f.LangISO = u.body.LangISO
	}
	if f.Err == nil && f.LangISO == "" {
		f.Err = fmt.Errorf("%w: nothing tells the language of the file", ErrInvalidRequest)
	}
	if u.body.Filename != nil {
		f.Filename = u.body.Filename(name, f.LangISO)
	}
	return f
}

// each does something with all files that have not failed, several at a time.
func (u *uploads) each(ctx context.Context, do func(context.Context, *UploadedFile)) {
	turns := make(chan struct{}, max(orDefault(u.body.Parallel, defaultUploads), 1))
	var wg sync.WaitGroup
	for i := range u.report.Files {
		f := &u.report.Files[i]
		if f.Err != nil {
			continue
		}
		turns <- struct{}{}
		wg.Go(func() {
			defer func() { <-turns }()
			do(ctx, f)
			if u.body.Progress != nil {
				u.mu.Lock()
				defer u.mu.Unlock()
				u.body.Progress(*f)
			}
		})
	}
	wg.Wait()
}

func (u *uploads) upload(ctx context.Context, f *UploadedFile) {
	f.Process, f.Err = u.files.Upload(ctx, u.project, &FileUploadRequest{
		Content: ContentFromPath(f.Path), Filename: f.Filename, LangISO: f.LangISO,
		FileImportOptions: u.body.FileImportOptions,
	}, u.calls...)
}

func (u *uploads) wait(ctx context.Context, f *UploadedFile) {
	p, err := u.files.client.Processes.Wait(ctx, u.project, f.Process.ProcessID, u.body.Wait, u.calls...)
	if p != nil {
		f.Process = p
	}
	f.Err = err
}

func (u *uploads) failures() error {
	e := &UploadError{Total: len(u.report.Files)}
	for _, f := range u.report.Files {
		if f.Err != nil {
			e.Failed = append(e.Failed, f)
		}
	}
	if len(e.Failed) == 0 {
		return nil
	}
	return e
}
