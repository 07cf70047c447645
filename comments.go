package lokalise

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
)

// CommentsService calls the operations on the comments of keys.
type CommentsService struct{ service }

// Comment is a comment on a key.
type Comment struct {
	CommentID int64 `json:"comment_id"`
	KeyID     int64 `json:"key_id"`
	// Comment is the text.
	Comment string `json:"comment"`
	// AddedBy is the identifier of a user.
	AddedBy      int64  `json:"added_by"`
	AddedByEmail string `json:"added_by_email"`
	AddedAt      Time   `json:"added_at"`
	// AddedAtTimestamp is absent in answers recorded in 2018.
	AddedAtTimestamp Timestamp `json:"added_at_timestamp,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// CommentDeleted is what [CommentsService.Delete] returns.
type CommentDeleted struct {
	ProjectID      ProjectID `json:"project_id"`
	CommentDeleted bool      `json:"comment_deleted"`
	// Branch is the name of the branch; it is absent where the project has
	// none.
	Branch Opt[string] `json:"branch,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// CommentCreateRequest is a comment that is to be made.
type CommentCreateRequest struct {
	// Comment is the text. It is required.
	Comment string `json:"comment"`
}

// List returns one page of the comments on a key.
//
// It needs the scope read_comments.
// https://developers.lokalise.com/reference/list-key-comments
//
//lokalise:op GET /projects/{project_id}/keys/{key_id}/comments
func (s *CommentsService) List(ctx context.Context, project ProjectID, keyID int64, o *ListOptions, opts ...RequestOption) (*Page[Comment], error) {
	r := s.keyCall(http.MethodGet, project, keyID, opts)
	return listPage(ctx, r, o.paging(), decodeComment)
}

// All goes through all comments on a key, page by page.
//
// It needs the scope read_comments.
// https://developers.lokalise.com/reference/list-key-comments
//
//lokalise:op GET /projects/{project_id}/keys/{key_id}/comments
func (s *CommentsService) All(ctx context.Context, project ProjectID, keyID int64, o *ListOptions, opts ...RequestOption) iter.Seq2[*Comment, error] {
	r := s.keyCall(http.MethodGet, project, keyID, opts)
	return iterate(ctx, r, o.paging(), decodeComment)
}

// ListProject returns one page of the comments in a project.
//
// It needs the scope read_comments.
// https://developers.lokalise.com/reference/list-project-comments
//
//lokalise:op GET /projects/{project_id}/comments
func (s *CommentsService) ListProject(ctx context.Context, project ProjectID, o *ListOptions, opts ...RequestOption) (*Page[Comment], error) {
	return listPage(ctx, s.projectCall(project, opts), o.paging(), decodeComment)
}

// AllProject goes through all comments in a project, page by page.
//
// It needs the scope read_comments.
// https://developers.lokalise.com/reference/list-project-comments
//
//lokalise:op GET /projects/{project_id}/comments
func (s *CommentsService) AllProject(ctx context.Context, project ProjectID, o *ListOptions, opts ...RequestOption) iter.Seq2[*Comment, error] {
	return iterate(ctx, s.projectCall(project, opts), o.paging(), decodeComment)
}

func (s *CommentsService) projectCall(project ProjectID, opts []RequestOption) *call {
	r := s.client.newCall(http.MethodGet, "/projects/{project_id}/comments", opts)
	r.path.projectID(project)
	r.result = "comments"
	return r
}

// Get returns a comment.
//
// It needs the scope read_comments.
// https://developers.lokalise.com/reference/retrieve-a-comment
//
//lokalise:op GET /projects/{project_id}/keys/{key_id}/comments/{comment_id}
func (s *CommentsService) Get(ctx context.Context, project ProjectID, keyID, commentID int64, opts ...RequestOption) (*Comment, error) {
	r := s.oneCall(http.MethodGet, project, keyID, commentID, opts)
	r.result = "comment"
	return one(ctx, r, decodeComment)
}

// Create adds comments to a key. More than 500 go in several requests. It
// returns the comments that were made, and a [*PartialError] when some were
// not.
//
// It needs the scope write_comments.
// https://developers.lokalise.com/reference/create-comments
//
//lokalise:op POST /projects/{project_id}/keys/{key_id}/comments
func (s *CommentsService) Create(ctx context.Context, project ProjectID, keyID int64, comments []CommentCreateRequest, opts ...RequestOption) ([]Comment, error) {
	return bulk(ctx, comments, bulkOperation[CommentCreateRequest, Comment]{
		call: func(chunk []CommentCreateRequest) *call {
			r := s.keyCall(http.MethodPost, project, keyID, opts)
			withBody(r, &struct {
				Comments []CommentCreateRequest `json:"comments"`
			}{chunk})
			return r
		},
		decode: decodeComment,
	})
}

func (s *CommentsService) keyCall(method string, project ProjectID, keyID int64, opts []RequestOption) *call {
	r := s.client.newCall(method, "/projects/{project_id}/keys/{key_id}/comments", opts)
	r.path.projectID(project)
	r.path.id(keyID)
	r.result = "comments"
	return r
}

// Delete deletes a comment.
//
// It needs the scope write_comments.
// https://developers.lokalise.com/reference/delete-a-comment
//
//lokalise:op DELETE /projects/{project_id}/keys/{key_id}/comments/{comment_id}
func (s *CommentsService) Delete(ctx context.Context, project ProjectID, keyID, commentID int64, opts ...RequestOption) (*CommentDeleted, error) {
	return one(ctx, s.oneCall(http.MethodDelete, project, keyID, commentID, opts), decodeCommentDeleted)
}

func (s *CommentsService) oneCall(method string, project ProjectID, keyID, commentID int64, opts []RequestOption) *call {
	r := s.client.newCall(method, "/projects/{project_id}/keys/{key_id}/comments/{comment_id}", opts)
	r.path.projectID(project)
	r.path.id(keyID)
	r.path.id(commentID)
	return r
}
