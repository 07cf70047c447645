package lokalise

import (
	"context"
	"errors"
	"fmt"

	"github.com/golokalise/lokalise/internal/bundle"
)

// The classes of bundles that are not extracted, for errors.Is. In each case
// the target folder is as it was.
var (
	// ErrBundleCorrupt is a bundle that is cut short, is not a zip archive, or
	// whose contents have another checksum than they should.
	ErrBundleCorrupt = bundle.ErrCorrupt
	// ErrBundleTooBig is a bundle beyond one of [DownloadLimits].
	ErrBundleTooBig = bundle.ErrTooBig
	// ErrBundleUnsafe is a bundle with a name that leads out of the target, a
	// link, or names that are one file on some systems.
	ErrBundleUnsafe = bundle.ErrUnsafe
)

// DownloadStep is a step of a download.
type DownloadStep string

// The steps of a download, in their order.
const (
	// DownloadStepExport asks the API for the bundle.
	DownloadStepExport DownloadStep = "export"
	// DownloadStepWait waits for the process of an asynchronous export.
	DownloadStepWait DownloadStep = "wait"
	// DownloadStepFetch fetches the bundle from where it is stored.
	DownloadStepFetch DownloadStep = "fetch"
	// DownloadStepExtract checks the bundle and extracts it.
	DownloadStepExtract DownloadStep = "extract"
)

// DownloadOptions say how [FilesService.DownloadTo] works. Nil is all defaults.
type DownloadOptions struct {
	// Async takes the asynchronous way at once. Defaults to the synchronous
	// way first, and the asynchronous one when the project is too big for it.
	Async bool
	// ProcessID takes up a download whose export was started before: the
	// process of [Downloaded], [DownloadError] or
	// [FilesService.AsyncDownload]. The request may be nil then. Defaults to
	// a new export.
	ProcessID string
	// Wait says how to wait for an asynchronous export.
	Wait *WaitOptions
	// Progress is called again and again during the download, in the goroutine
	// of the call. Defaults to nothing.
	Progress func(DownloadProgress)
	// Limits bound the bundle.
	Limits DownloadLimits
}

// DownloadLimits bound a bundle. A zero is the default.
type DownloadLimits struct {
	// BundleBytes is the size of the bundle itself. Defaults to 4 GiB.
	BundleBytes int64
	// TotalBytes is the size of all its files together. Defaults to 8 GiB.
	TotalBytes int64
	// FileBytes is the size of each file. Defaults to 2 GiB.
	FileBytes int64
	// Files is the number of files and folders. Defaults to 50,000.
	Files int
	// Ratio is how many times larger than the bundle all files together may
	// be, when that is more than 64 MiB. Defaults to 200.
	Ratio int64
}

// DownloadProgress is how far a download has come.
type DownloadProgress struct {
	// Step is what goes on.
	Step DownloadStep
	// ProcessID is the process of an asynchronous export.
	ProcessID string
	// Keys is how many keys the export has written, of TotalKeys; both are
	// zero where the API does not tell.
	Keys, TotalKeys int64
	// Bytes counts the bytes of this step: of the bundle while it is fetched,
	// of its files while they are extracted. TotalBytes is -1 when it is not
	// known. When the bundle is fetched anew, Bytes starts over.
	Bytes, TotalBytes int64
	// Files is the number of files extracted, of TotalFiles.
	Files, TotalFiles int
}

// Downloaded is what a download did.
type Downloaded struct {
	// Files are the files of the bundle, in its order.
	Files []DownloadedFile
	// Bytes is the size of all files together, BundleBytes that of the bundle.
	Bytes, BundleBytes int64
	// ProcessID is the process of an asynchronous export; empty when the
	// synchronous way was taken.
	ProcessID string
}

// Changed returns the number of files that were written.
func (d *Downloaded) Changed() int {
	n := 0
	for _, f := range d.Files {
		if f.Changed {
			n++
		}
	}
	return n
}

// DownloadedFile is a file of a bundle.
type DownloadedFile struct {
	// Name is the path below the target folder, with slashes.
	Name string
	// Size is in bytes.
	Size int64
	// Changed reports that the file was written. A file with the same content
	// is left alone, and keeps its time.
	Changed bool
}

// DownloadError is a download that did not reach its end. The target folder is
// as it was before, unless the error says that something could not be put
// back. The cause is what errors.Is and errors.As see.
type DownloadError struct {
	// Step is the one that failed.
	Step DownloadStep
	// ProcessID is the process of an asynchronous export that was started. The
	// download can be taken up there, see [DownloadOptions].
	ProcessID string
	// Err is the cause.
	Err error
}

// Error names the step, the process and the cause.
func (e *DownloadError) Error() string {
	if e.ProcessID == "" {
		return fmt.Sprintf("lokalise: download, step %s: %v", e.Step, e.Err)
	}
	return fmt.Sprintf("lokalise: download, step %s of process %s: %v", e.Step, clean(e.ProcessID, maxErrorMessage), e.Err)
}

// Unwrap returns the cause.
func (e *DownloadError) Unwrap() error { return e.Err }

// DownloadTo exports the files of a project, fetches the bundle and extracts it
// into a folder, which is made if it is not there.
//
// It takes the synchronous way and, when the project is too big for that, the
// asynchronous one. The bundle is fetched without Lokalise's credentials,
// through https unless the API itself is on plain http. It is checked before
// anything in the folder changes: no path or link leads out of the folder, no
// size is beyond the limits, every checksum is right. Files that have the same
// content already are not touched, others are replaced by a rename, and files
// that are not in the bundle stay. Memory does not grow with the bundle: it goes
// to a temporary folder inside the target, whose name begins with .lokalise-
// and which is removed at the end. A process that is killed leaves it behind,
// and may leave some files replaced and others not; any other failure leaves the
// target as it was.
//
// Two downloads into the same folder at the same time get in each other's way.
//
// It needs the scopes read_files and, for the asynchronous way,
// read_background_processes.
func (s *FilesService) DownloadTo(ctx context.Context, project ProjectID, dir string, body *FileDownloadRequest, o *DownloadOptions, opts ...RequestOption) (*Downloaded, error) {
	d := download{files: s, project: project, body: body, calls: opts}
	if o != nil {
		d.options = *o
	}
	d.now.ProcessID = d.options.ProcessID
	d.step(DownloadStepExport)
	result, err := d.run(ctx, dir)
	if err != nil {
		return nil, &DownloadError{Step: d.now.Step, ProcessID: d.now.ProcessID, Err: err}
	}
	return result, nil
}

// download is one download on its way.
type download struct {
	files   *FilesService
	project ProjectID
	body    *FileDownloadRequest
	options DownloadOptions
	calls   []RequestOption
	now     DownloadProgress
}

// step begins a step.
func (d *download) step(s DownloadStep) {
	d.now.Step, d.now.Bytes, d.now.TotalBytes = s, 0, -1
	d.report()
}

func (d *download) report() {
	if d.options.Progress != nil {
		d.options.Progress(d.now)
	}
}

// run opens the target first: whoever cannot write there need not wait for an
// export.
func (d *download) run(ctx context.Context, dir string) (result *Downloaded, err error) {
	target, err := bundle.OpenTarget(dir)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, target.Close()) }()
	address, err := d.export(ctx)
	if err != nil {
		return nil, err
	}
	return d.fetchInto(ctx, address, target)
}

// export returns the address of the bundle.
func (d *download) export(ctx context.Context) (string, error) {
	if d.now.ProcessID == "" && !d.options.Async {
		answer, tooBig, err := d.files.download(ctx, d.project, d.body, d.calls)
		switch {
		case err == nil && !tooBig:
			return answer.BundleURL, nil
		case !tooBig && !errors.Is(err, ErrTooBig):
			return "", err
		}
	}
	if d.now.ProcessID == "" {
		p, err := d.files.AsyncDownload(ctx, d.project, d.body, d.calls...)
		if err != nil {
			return "", err
		}
		d.now.ProcessID = p.ProcessID
	}
	return d.wait(ctx)
}

// wait waits for the process of the export.
func (d *download) wait(ctx context.Context) (string, error) {
	d.step(DownloadStepWait)
	var options WaitOptions
	if d.options.Wait != nil {
		options = *d.options.Wait
	}
	theirs := options.Progress
	options.Progress = func(p *QueuedProcess) {
		d.countKeys(p)
		if theirs != nil {
			theirs(p)
		}
	}
	p, err := d.files.client.Processes.Wait(ctx, d.project, d.now.ProcessID, &options, d.calls...)
	if err != nil {
		return "", err
	}
	details, _ := p.Details.Get()
	address := details.DownloadURL.Or("")
	if address == "" {
		return "", errors.New("the process has finished and names no bundle")
	}
	return address, nil
}

func (d *download) countKeys(p *QueuedProcess) {
	details, _ := p.Details.Get()
	d.now.Keys = details.ItemsProcessed.Or(d.now.Keys)
	d.now.TotalKeys = details.ItemsToProcess.Or(d.now.TotalKeys)
	if total, ok := details.TotalNumberOfKeys.Get(); ok {
		d.now.Keys, d.now.TotalKeys = total, total
	}
	d.report()
}

// fetchInto fetches the bundle and extracts it.
func (d *download) fetchInto(ctx context.Context, address string, target *bundle.Target) (result *Downloaded, err error) {
	d.step(DownloadStepFetch)
	spool, err := target.Spool()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, spool.Close()) }()
	f := fetch{client: d.files.client, address: address, spool: spool, limits: d.limits()}
	f.progress = func(n, total int64) {
		d.now.Bytes, d.now.TotalBytes = n, total
		d.report()
	}
	archive, size, err := f.run(ctx)
	if err != nil {
		return nil, err
	}
	d.step(DownloadStepExtract)
	files, err := bundle.Extract(ctx, archive, target, func(p bundle.Progress) {
		d.now.Bytes, d.now.TotalBytes, d.now.Files, d.now.TotalFiles = p.Bytes, p.TotalBytes, p.Files, p.TotalFiles
		d.report()
	})
	if err != nil {
		return nil, err
	}
	result = &Downloaded{Bytes: archive.Bytes(), BundleBytes: size, ProcessID: d.now.ProcessID}
	for _, f := range files {
		result.Files = append(result.Files, DownloadedFile(f))
	}
	return result, nil
}

func (d *download) limits() bundle.Limits {
	l := d.options.Limits
	return bundle.Limits{Archive: l.BundleBytes, Total: l.TotalBytes, File: l.FileBytes, Files: l.Files, Ratio: l.Ratio}.OrDefaults()
}
