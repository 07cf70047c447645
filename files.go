package lokalise

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"net/http"
)

// FilesService calls the operations on the files of a project, uploads files
// and downloads bundles of them.
type FilesService struct{ service }

// FileUnassignedID is the identifier of the entry in a list of files that
// counts the keys without a file. Its name is "__unassigned__".
const FileUnassignedID = -1

// File is a file of a project.
type File struct {
	// FileID is [FileUnassignedID] for the keys without a file. It is absent in
	// answers recorded before 2022.
	FileID   int64  `json:"file_id,omitzero"`
	Filename string `json:"filename"`
	KeyCount int64  `json:"key_count"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// FileDeleted is the answer to [FilesService.Delete].
type FileDeleted struct {
	ProjectID   ProjectID `json:"project_id"`
	FileDeleted bool      `json:"file_deleted"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// DownloadBundle is the answer to [FilesService.Download].
type DownloadBundle struct {
	ProjectID ProjectID `json:"project_id"`
	// Branch is absent where the project has no branches.
	Branch Opt[string] `json:"branch,omitzero"`
	// BundleURL is where the zip archive is, on another host than the API.
	// Whoever knows it can fetch the archive.
	BundleURL string `json:"bundle_url"`
	// TooBig reports the header X-Response-Too-Big: the project is too big for
	// this way, and [FilesService.AsyncDownload] is the one to take.
	TooBig bool `json:"-"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// FileListOptions filters and pages a list of files. Nil and the zero value
// list everything.
type FileListOptions struct {
	// Filename lists the files whose name matches. Defaults to all files.
	Filename string
	// Page is the number of the page, from 1; All starts there. Defaults to 1.
	Page int
	// Limit is the number of files on a page, at most 5,000. Defaults to 100.
	Limit int
}

func (o *FileListOptions) encode(q *query) paging {
	if o == nil {
		return paging{}
	}
	q.str("filter_filename", o.Filename)
	return paging{start: position{number: o.Page, limit: o.Limit}}
}

// List returns one page of the files of a project, with the number of their
// keys.
//
// It needs the scope read_files.
// https://developers.lokalise.com/reference/list-all-files
//
//lokalise:op GET /projects/{project_id}/files
func (s *FilesService) List(ctx context.Context, project ProjectID, o *FileListOptions, opts ...RequestOption) (*Page[File], error) {
	r := s.listCall(project, opts)
	return listPage(ctx, r, o.encode(&r.query), decodeFile)
}

// All goes through all files of a project, page by page.
//
// It needs the scope read_files.
// https://developers.lokalise.com/reference/list-all-files
//
//lokalise:op GET /projects/{project_id}/files
func (s *FilesService) All(ctx context.Context, project ProjectID, o *FileListOptions, opts ...RequestOption) iter.Seq2[*File, error] {
	r := s.listCall(project, opts)
	return iterate(ctx, r, o.encode(&r.query), decodeFile)
}

func (s *FilesService) listCall(project ProjectID, opts []RequestOption) *call {
	r := s.client.newCall(http.MethodGet, "/projects/{project_id}/files", opts)
	r.path.projectID(project)
	r.result = "files"
	return r
}

// Delete deletes a file with its keys. Projects of type
// [ProjectTypeLocalizationFiles] do not support it.
//
// It needs the scope write_files.
// https://developers.lokalise.com/reference/delete-a-file
//
//lokalise:op DELETE /projects/{project_id}/files/{file_id}
func (s *FilesService) Delete(ctx context.Context, project ProjectID, fileID int64, opts ...RequestOption) (*FileDeleted, error) {
	r := s.client.newCall(http.MethodDelete, "/projects/{project_id}/files/{file_id}", opts)
	r.path.projectID(project)
	r.path.id(fileID)
	return one(ctx, r, decodeFileDeleted)
}

// Upload uploads a file, whose import then is a process: [ProcessesService.Wait]
// tells how it ends. The file is sent as it is read; memory does not grow with
// it. A file that is too big for the API is [ErrTooBig]; how big it may be is
// not documented.
//
// The upload may take as long as the connection takes more of the file:
// [WithAttemptTimeout] bounds each step, and the bound of [WithCallTimeout]
// grows by one second for every 16 KiB. It is sent again when it was refused for
// coming too soon, or because of its token, unless the content can be read only
// once. An upload whose outcome is not known is not repeated.
//
// It needs the scope write_files.
// https://developers.lokalise.com/reference/upload-a-file
//
//lokalise:op POST /projects/{project_id}/files/upload
func (s *FilesService) Upload(ctx context.Context, project ProjectID, body *FileUploadRequest, opts ...RequestOption) (*QueuedProcess, error) {
	r := s.client.newCall(http.MethodPost, "/projects/{project_id}/files/upload", opts)
	r.path.projectID(project)
	r.result = "process"
	withUpload(r, body)
	return one(ctx, r, decodeQueuedProcess)
}

// UploadFromFSS imports a file that is in Lokalise's own file storage already,
// under the same project and for the use importViaMCP. The request has no
// Content.
//
// Experimental: the operation is in the official Node SDK (16.2.0) and nowhere
// else. It needs the scope write_files, which is inferred from Upload.
//
//lokalise:op POST /projects/{project_id}/files/upload-from-fss
func (s *FilesService) UploadFromFSS(ctx context.Context, project ProjectID, fssFileID string, body *FileUploadRequest, opts ...RequestOption) (*QueuedProcess, error) {
	r := s.client.newCall(http.MethodPost, "/projects/{project_id}/files/upload-from-fss", opts)
	r.path.projectID(project)
	r.result = "process"
	switch {
	case fssFileID == "":
		r.fail(fmt.Errorf("%w: the identifier of the stored file is empty", ErrInvalidRequest))
	case body != nil && body.Content.source != nil:
		r.fail(fmt.Errorf("%w: a stored file is imported without Content", ErrInvalidRequest))
	case body != nil:
		withBody(r, &fssUpload{*body, fssFileID})
	default:
		withBody[fssUpload](r, nil)
	}
	return one(ctx, r, decodeQueuedProcess)
}

// fssUpload is the body of UploadFromFSS.
type fssUpload struct {
	FileUploadRequest
	FSSFileID string `json:"fss_file_id"`
}

// Download exports the files of a project and returns the address of the
// bundle. [FilesService.DownloadTo] also fetches and extracts it.
//
// Since June 2025 a project with 10,000 pairs of key and language or more is
// too big for this way, third parties say; the answer is then [ErrTooBig], or
// one with TooBig set.
//
// It needs the scope read_files.
// https://developers.lokalise.com/reference/download-files
//
//lokalise:op POST /projects/{project_id}/files/download
func (s *FilesService) Download(ctx context.Context, project ProjectID, body *FileDownloadRequest, opts ...RequestOption) (*DownloadBundle, error) {
	bundle, _, err := s.download(ctx, project, body, opts)
	return bundle, err
}

// download also reports whether the answer, which may be an error, says that
// the project is too big.
func (s *FilesService) download(ctx context.Context, project ProjectID, body *FileDownloadRequest, opts []RequestOption) (*DownloadBundle, bool, error) {
	r := s.client.newCall(http.MethodPost, "/projects/{project_id}/files/download", opts)
	r.path.projectID(project)
	withBody(r, body)
	bundle, err := one(ctx, r, decodeDownloadBundle)
	tooBig := r.answer.res != nil && r.response().TooBig
	if bundle != nil {
		bundle.TooBig = tooBig
	}
	return bundle, tooBig, err
}

// AsyncDownload starts an export of the files of a project and returns the
// process, of which the answer has the identifier only. [ProcessesService.Wait]
// tells how it ends and where the bundle is; [FilesService.DownloadTo] also
// fetches and extracts it.
//
// It needs the scope read_files.
// https://developers.lokalise.com/reference/download-files-async
//
//lokalise:op POST /projects/{project_id}/files/async-download
func (s *FilesService) AsyncDownload(ctx context.Context, project ProjectID, body *FileDownloadRequest, opts ...RequestOption) (*QueuedProcess, error) {
	r := s.client.newCall(http.MethodPost, "/projects/{project_id}/files/async-download", opts)
	r.path.projectID(project)
	withBody(r, body)
	return one(ctx, r, decodeQueuedProcess)
}
