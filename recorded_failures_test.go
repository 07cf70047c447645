package lokalise_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/internal/testutil"
	"github.com/golokalise/lokalise/ota"
)

// clients are clients of one server.
type clients struct {
	api *lokalise.Client
	ota *ota.Client
}

// failure is a recorded or malformed answer and the error that it must give.
type failure struct {
	file   string
	status int
	call   func(ctx context.Context, c clients) error
	want   error
	// says is what the error's text must hold.
	says []string
}

func callProject(ctx context.Context, c clients) error {
	_, err := c.api.Projects.Get(ctx, projectID)
	return err
}

func callAudit(ctx context.Context, c clients) error {
	_, err := c.api.AuditLogs.List(ctx, nil)
	return err
}

func callOTATokens(ctx context.Context, c clients) error {
	_, err := c.ota.SDKTokens.List(ctx, 815, projectID)
	return err
}

func callOTADelete(ctx context.Context, c clients) error {
	_, err := c.ota.Bundles.Delete(ctx, 815, projectID, 1)
	return err
}

// recordedFailures are the recordings of errors, and the ones that are broken on
// purpose: an answer that does not fit is an error that says where, never a
// result that is quietly empty.
func recordedFailures() []failure {
	return []failure{
		{"errors/error_plain", http.StatusUnauthorized, callProject, lokalise.ErrUnauthorized, []string{"401", "Auth error"}},
		{"errors/error_code", http.StatusUnauthorized, callProject, lokalise.ErrUnauthorized, []string{"401", "Auth error"}},
		{"errors/error_empty", http.StatusBadRequest, callProject, lokalise.ErrBadRequest, []string{"400"}},
		{"errors/error_500", http.StatusInternalServerError, callProject, lokalise.ErrServer, []string{"500", "Something very bad has happened"}},
		{"errors/error_429", http.StatusTooManyRequests, callProject, lokalise.ErrRateLimited, []string{"429", "Too many requests"}},
		{"errors/error_with_malformed_code", http.StatusInternalServerError, callProject, lokalise.ErrServer, []string{"500", "Server error"}},
		{"errors/nested_error_with_malformed_code", http.StatusInternalServerError, callProject, lokalise.ErrServer, []string{"500", "Server error"}},
		{"screenshots/list_error", http.StatusNotFound, func(ctx context.Context, c clients) error {
			_, err := c.api.Screenshots.List(ctx, projectID, nil)
			return err
		}, lokalise.ErrNotFound, []string{"404", "Not Found"}},
		{"ota_sdk_tokens/error_404", http.StatusNotFound, callOTATokens, lokalise.ErrNotFound, []string{"404", "Project not found"}},

		{"comments/project_comments_malformed", http.StatusOK, func(ctx context.Context, c clients) error {
			_, err := c.api.Comments.ListProject(ctx, projectID, nil)
			return err
		}, lokalise.ErrDecode, []string{"comments"}},
		{"keys/list_cursor_pagination_malformed", http.StatusOK, func(ctx context.Context, c clients) error {
			_, err := collect(c.api.Keys.All(ctx, projectID, nil))
			return err
		}, lokalise.ErrDecode, []string{"keys"}},
		{"keys/retrieve_malformed", http.StatusOK, func(ctx context.Context, c clients) error {
			_, err := c.api.Keys.Get(ctx, projectID, 74189435, nil)
			return err
		}, lokalise.ErrDecode, []string{`"key"`}},
		{"screenshots/create_malformed", http.StatusOK, func(ctx context.Context, c clients) error {
			_, err := c.api.Screenshots.Create(ctx, projectID, []lokalise.ScreenshotCreateRequest{{Data: "data:image/png;base64,AAAA"}})
			return err
		}, lokalise.ErrDecode, []string{"screenshots"}},
		{"files/upload_malformed", http.StatusOK, func(ctx context.Context, c clients) error {
			_, err := c.api.Files.Upload(ctx, projectID, &lokalise.FileUploadRequest{
				Content: lokalise.ContentFromBytes([]byte(`{}`)), Filename: "en.json", LangISO: "en",
			})
			return err
		}, lokalise.ErrDecode, []string{`"process"`}},
		{"audit_logs/list_malformed_data", http.StatusOK, callAudit, lokalise.ErrDecode, []string{"data"}},
		{"audit_logs/list_malformed_item", http.StatusOK, callAudit, lokalise.ErrDecode, []string{"null"}},
		{"audit_logs/list_malformed_pagination", http.StatusOK, callAudit, lokalise.ErrDecode, []string{"has_more"}},
		{"ota_bundle_management/delete_invalid", http.StatusOK, callOTADelete, lokalise.ErrDecode, nil},
		{"ota_bundle_management/delete_invalid2", http.StatusOK, callOTADelete, lokalise.ErrDecode, nil},
	}
}

func TestRecordedFailures(t *testing.T) {
	t.Parallel()
	dir := testutil.RecordedDir(t)
	for _, c := range recordedFailures() {
		t.Run(c.file, func(t *testing.T) {
			t.Parallel()
			body, err := os.ReadFile(filepath.Join(dir, c.file+".json"))
			if err != nil {
				t.Fatal(err)
			}
			err = c.call(t.Context(), failingClients(t, c.status, string(body)))
			if !errors.Is(err, c.want) {
				t.Fatalf("got %v, want %v", err, c.want)
			}
			for _, text := range c.says {
				if !strings.Contains(err.Error(), text) {
					t.Errorf("the error does not say %q: %v", text, err)
				}
			}
		})
	}
}

// failingClients are clients of a server that answers everything alike.
func failingClients(t *testing.T, status int, body string) clients {
	t.Helper()
	srv := httptest.NewServer(answer(status, body))
	t.Cleanup(srv.Close)
	opts := []lokalise.Option{lokalise.WithBaseURL(srv.URL), lokalise.WithoutLimits(), lokalise.WithMaxAttempts(1), lokalise.WithMaxWait(0)}
	source := sourceFunc(func(context.Context) (string, error) { return testToken, nil })
	api, err := lokalise.New(append(opts, lokalise.WithTokenSource(source))...)
	if err != nil {
		t.Fatal(err)
	}
	overTheAir, err := ota.New(source, opts...)
	if err != nil {
		t.Fatal(err)
	}
	return clients{api, overTheAir}
}
