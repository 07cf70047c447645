package fidelity_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/golokalise/lokalise/sandbox"
)

// branching is a project of the seed with branching on, as the recorded ones
// have it.
const branching = "/api2/projects/3150927465e5a1d12ac0b7.40718253"

// in decodes one member of the answer to a request.
func in(t *testing.T, box *sandbox.Server, c comparison, to any) {
	t.Helper()
	if err := json.Unmarshal(send(t, box, c), to); err != nil {
		t.Fatal(err)
	}
}

func TestBranchesAndSnapshotsHaveTheRecordedShape(t *testing.T) {
	t.Parallel()
	box := sandbox.Start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	var branched struct {
		Branch struct {
			ID int64 `json:"branch_id"`
		}
	}
	var kept struct {
		Snapshot struct {
			ID int64 `json:"snapshot_id"`
		}
	}
	in(t, box, comparison{method: http.MethodPost, path: branching + "/branches", body: map[string]any{"name": "one"}, status: http.StatusOK}, &branched)
	in(t, box, comparison{method: http.MethodPost, path: branching + "/snapshots", body: map[string]any{"title": "one"}, status: http.StatusOK}, &kept)
	branch := fmt.Sprintf("%s/branches/%d", branching, branched.Branch.ID)
	snapshot := fmt.Sprintf("%s/snapshots/%d", branching, kept.Snapshot.ID)
	for _, c := range []comparison{
		{recorded: "branches/create.json", method: http.MethodPost, path: branching + "/branches", body: map[string]any{"name": "two"}},
		{recorded: "branches/list.json", method: http.MethodGet, path: branching + "/branches"},
		{recorded: "branches/list_pagination.json", method: http.MethodGet, path: branching + "/branches?limit=1&page=2"},
		{recorded: "branches/retrieve.json", method: http.MethodGet, path: branch},
		{recorded: "branches/update.json", method: http.MethodPut, path: branch, body: map[string]any{"name": "three"}},
		{recorded: "branches/merge.json", method: http.MethodPost, path: branch + "/merge"},
		{recorded: "branches/merge_default.json", method: http.MethodPost, path: branch + "/merge"},
		{recorded: "branches/delete.json", method: http.MethodDelete, path: branch},
		{recorded: "snapshots/create.json", method: http.MethodPost, path: branching + "/snapshots", body: map[string]any{"title": "two"}},
		{recorded: "snapshots/list.json", method: http.MethodGet, path: branching + "/snapshots"},
		{recorded: "snapshots/list_pagination.json", method: http.MethodGet, path: branching + "/snapshots?limit=1"},
		{recorded: "snapshots/restore.json", method: http.MethodPost, path: snapshot},
		{recorded: "snapshots/delete.json", method: http.MethodDelete, path: snapshot},
	} {
		c.status = http.StatusOK
		compare(t, box, c)
	}
}

func TestFilesAndProcessesHaveTheRecordedShape(t *testing.T) {
	t.Parallel()
	box := sandbox.Start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	upload := map[string]any{
		"data": base64.StdEncoding.EncodeToString([]byte(`{"a":"A"}`)), "filename": "a.json", "lang_iso": "en",
	}
	export := map[string]any{"format": "json"}
	compare(t, box, comparison{recorded: "files/upload.json", method: http.MethodPost, path: branching + "/files/upload", body: upload, status: http.StatusAccepted})
	var imported struct {
		Process struct {
			ID string `json:"process_id"`
		}
	}
	in(t, box, comparison{method: http.MethodPost, path: branching + "/files/upload", body: upload, status: http.StatusAccepted}, &imported)
	var exported struct {
		ID string `json:"process_id"`
	}
	in(t, box, comparison{method: http.MethodPost, path: branching + "/files/async-download", body: export, status: http.StatusOK}, &exported)
	box.Clock().Advance(time.Minute)
	for _, c := range []comparison{
		{recorded: "files/upload_process_check.json", method: http.MethodGet, path: branching + "/processes/" + imported.Process.ID},
		{recorded: "queued_processes/retrieve.json", method: http.MethodGet, path: branching + "/processes/" + imported.Process.ID},
		{recorded: "files/download_process_check.json", method: http.MethodGet, path: branching + "/processes/" + exported.ID},
		{recorded: "queued_processes/list_pagination.json", method: http.MethodGet, path: branching + "/processes?limit=1"},
		{recorded: "files/list.json", method: http.MethodGet, path: branching + "/files"},
		{recorded: "files/list_pagination.json", method: http.MethodGet, path: branching + "/files?limit=1"},
		{recorded: "files/download.json", method: http.MethodPost, path: branching + "/files/download", body: export},
		{recorded: "files/async_download.json", method: http.MethodPost, path: branching + "/files/async-download", body: export},
	} {
		c.status = http.StatusOK
		compare(t, box, c)
	}
}
