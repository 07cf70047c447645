package lokalise

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
)

// ProcessesService calls the operations on queued processes: the imports,
// exports and other work that a project does in the background.
type ProcessesService struct{ service }

// ProcessType is the kind of a queued process.
type ProcessType string

// The kinds of processes that Lokalise names.
const (
	ProcessTypeFileImport          ProcessType = "file-import"
	ProcessTypeSketchImport        ProcessType = "sketch-import"
	ProcessTypeBulkApplyTM         ProcessType = "bulk-apply-tm"
	ProcessTypeCreateBranchReindex ProcessType = "create-branch-reindex"
	ProcessTypeAsyncExport         ProcessType = "async-export"
)

// ProcessStatus is how far a queued process, or one file of it, has come.
type ProcessStatus string

// The states that Lokalise names. The last three are final.
const (
	ProcessStatusQueued         ProcessStatus = "queued"
	ProcessStatusPreProcessing  ProcessStatus = "pre_processing"
	ProcessStatusRunning        ProcessStatus = "running"
	ProcessStatusPostProcessing ProcessStatus = "post_processing"
	ProcessStatusFinished       ProcessStatus = "finished"
	ProcessStatusFailed         ProcessStatus = "failed"
	ProcessStatusCanceled       ProcessStatus = "cancelled" //nolint:misspell // the API's own spelling
)

// Final reports whether the state is one that a process does not leave. A
// state that is not known is taken for one of work in progress.
func (s ProcessStatus) Final() bool {
	return s == ProcessStatusFinished || s.failed()
}

func (s ProcessStatus) failed() bool {
	return s == ProcessStatusFailed || s == ProcessStatusCanceled
}

// QueuedProcess is work that a project does in the background.
//
// The answer to [FilesService.AsyncDownload] has the identifier only, so every
// other field may be missing.
type QueuedProcess struct {
	// ProcessID is 40 hexadecimal digits for an import and a UUID for an
	// export. In 2020 identifiers held a slash.
	ProcessID string        `json:"process_id"`
	Type      ProcessType   `json:"type,omitzero"`
	Status    ProcessStatus `json:"status,omitzero"`
	// Message says why a process failed. It is null for exports.
	Message Opt[string] `json:"message,omitzero"`
	// CreatedBy is the identifier of a user. It was recorded as a number and,
	// in 2020, as a text.
	CreatedBy Number `json:"created_by,omitzero"`
	// CreatedByEmail is absent for exports.
	CreatedByEmail Opt[string] `json:"created_by_email,omitzero"`
	// CreatedAt is in the zone of Berlin for exports and in UTC otherwise.
	CreatedAt          Time      `json:"created_at,omitzero"`
	CreatedAtTimestamp Timestamp `json:"created_at_timestamp,omitzero"`
	// URL was in answers recorded in 2020: the path of the process.
	URL Opt[string] `json:"url,omitzero"`
	// Details are in the answer to Get only.
	Details Opt[ProcessDetails] `json:"details,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// ProcessDetails are what a process of one kind says: an import has Files, an
// export has the rest.
type ProcessDetails struct {
	// Files has an element for each file of an import.
	Files Opt[[]ProcessFile] `json:"files,omitzero"`
	// ItemsToProcess is the number of keys that an export will write. It is
	// there while the export runs, the official command-line tool says.
	ItemsToProcess Opt[int64] `json:"items_to_process,omitzero"`
	// ItemsProcessed is how many of them are written.
	ItemsProcessed Opt[int64] `json:"items_processed,omitzero"`
	// FileSizeKB is the size of the bundle in KiB.
	FileSizeKB Opt[int64] `json:"file_size_kb,omitzero"`
	// TotalNumberOfKeys is the number of keys in the bundle.
	TotalNumberOfKeys Opt[int64] `json:"total_number_of_keys,omitzero"`
	// DownloadURL is where the bundle of a finished export is. Whoever knows it
	// can fetch the bundle, for 24 hours.
	DownloadURL Opt[string] `json:"download_url,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// ProcessFile is one file of an import.
type ProcessFile struct {
	// Status may be [ProcessStatusFailed] in a process that is finished.
	Status  ProcessStatus `json:"status"`
	Message string        `json:"message"`
	// NameOriginal is the name under which the file was uploaded.
	NameOriginal string `json:"name_original"`
	// NameCustom is the name that the project has for the file, if it is
	// another one.
	NameCustom     Opt[string] `json:"name_custom"`
	WordCountTotal int64       `json:"word_count_total"`
	KeyCountTotal  int64       `json:"key_count_total"`
	// KeyCountInserted is the number of keys that are new.
	KeyCountInserted int64 `json:"key_count_inserted"`
	KeyCountUpdated  int64 `json:"key_count_updated"`
	KeyCountSkipped  int64 `json:"key_count_skipped"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// List returns one page of the processes of a project, without their details.
//
// It needs the scope read_background_processes.
// https://developers.lokalise.com/reference/list-all-processes
//
//lokalise:op GET /projects/{project_id}/processes
func (s *ProcessesService) List(ctx context.Context, project ProjectID, o *ListOptions, opts ...RequestOption) (*Page[QueuedProcess], error) {
	return listPage(ctx, s.listCall(project, opts), o.paging(), decodeQueuedProcess)
}

// All goes through all processes of a project, page by page, without their
// details.
//
// It needs the scope read_background_processes.
// https://developers.lokalise.com/reference/list-all-processes
//
//lokalise:op GET /projects/{project_id}/processes
func (s *ProcessesService) All(ctx context.Context, project ProjectID, o *ListOptions, opts ...RequestOption) iter.Seq2[*QueuedProcess, error] {
	return iterate(ctx, s.listCall(project, opts), o.paging(), decodeQueuedProcess)
}

func (s *ProcessesService) listCall(project ProjectID, opts []RequestOption) *call {
	r := s.client.newCall(http.MethodGet, "/projects/{project_id}/processes", opts)
	r.path.projectID(project)
	r.result = "processes"
	return r
}

// Get returns a process with its details. For one that was started on a branch
// the branch has to be named too.
//
// It needs the scope read_background_processes.
// https://developers.lokalise.com/reference/retrieve-a-process
//
//lokalise:op GET /projects/{project_id}/processes/{process_id}
func (s *ProcessesService) Get(ctx context.Context, project ProjectID, processID string, opts ...RequestOption) (*QueuedProcess, error) {
	r := s.client.newCall(http.MethodGet, "/projects/{project_id}/processes/{process_id}", opts)
	r.path.projectID(project)
	r.path.text(processID)
	r.result = "process"
	return one(ctx, r, decodeQueuedProcess)
}
