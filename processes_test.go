package lokalise_test

import (
	"context"
	"errors"
	"iter"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/golokalise/lokalise"
)

const importID = "0123456789abcdef0123456789abcdef01234567"

// queuedImport is the process of an upload as it begins.
const queuedImport = `{"process_id": "` + importID + `", "type": "file-import", "status": "queued", "message": "",
 "created_by": 4711, "created_by_email": "ada@example.com", "created_at": "2026-03-02 08:15:00 (Etc/UTC)",
 "created_at_timestamp": 1772439300}`

func wantQueuedImport(t *testing.T) lokalise.QueuedProcess {
	return lokalise.QueuedProcess{
		ProcessID: importID, Type: lokalise.ProcessTypeFileImport, Status: lokalise.ProcessStatusQueued,
		Message: lokalise.Some(""), CreatedBy: number(t, "4711"), CreatedByEmail: lokalise.Some("ada@example.com"),
		CreatedAt: lokalise.ParseTime("2026-03-02 08:15:00 (Etc/UTC)"), CreatedAtTimestamp: 1772439300,
	}
}

func TestProcessOperations(t *testing.T) {
	t.Parallel()
	queued := wantQueuedImport(t)
	options := &lokalise.ListOptions{Page: 3, Limit: 10}
	cases := asList(opCase{
		op:     "GET /projects/{project_id}/processes",
		path:   projectPath + "/processes",
		query:  "page=3&limit=10",
		answer: `{"project_id": "p", "branch": "main", "processes": [` + queuedImport + `]}`,
		want:   []lokalise.QueuedProcess{queued},
	}, func(ctx context.Context, c *lokalise.Client) (*lokalise.Page[lokalise.QueuedProcess], error) {
		return c.Processes.List(ctx, projectID, options)
	}, func(ctx context.Context, c *lokalise.Client) iter.Seq2[*lokalise.QueuedProcess, error] {
		return c.Processes.All(ctx, projectID, options)
	})
	cases = append(cases, getImport(t), getExport())
	for _, c := range cases {
		testOperation(t, c)
	}
}

func getImport(t *testing.T) opCase {
	return opCase{
		op: "GET /projects/{project_id}/processes/{process_id}",
		// Identifiers of 2020 hold a slash.
		path: projectPath + ":dev/processes/file-import%2F0f",
		answer: `{"project_id": "p", "process": {"process_id": "file-import/0f", "status": "running", "created_by": "4711",
		 "url": "/api2/x", "details": {"files": [{"status": "queued", "message": "", "name_original": "en.json",
		 "name_custom": null, "word_count_total": 6, "key_count_total": 5, "key_count_inserted": 4, "key_count_updated": 3,
		 "key_count_skipped": 2}]}}}`,
		call: func(ctx context.Context, c *lokalise.Client) (any, error) {
			return c.Processes.Get(ctx, projectID.Branch("dev"), "file-import/0f")
		},
		want: &lokalise.QueuedProcess{
			ProcessID: "file-import/0f", Status: lokalise.ProcessStatusRunning, CreatedBy: number(t, `"4711"`), URL: lokalise.Some("/api2/x"),
			Details: lokalise.Some(lokalise.ProcessDetails{Files: lokalise.Some([]lokalise.ProcessFile{{
				Status: lokalise.ProcessStatusQueued, NameOriginal: "en.json", NameCustom: lokalise.Null[string](),
				WordCountTotal: 6, KeyCountTotal: 5, KeyCountInserted: 4, KeyCountUpdated: 3, KeyCountSkipped: 2,
			}})}),
		},
	}
}

func getExport() opCase {
	return opCase{
		op:   "GET /projects/{project_id}/processes/{process_id}",
		path: projectPath + "/processes/8f1d",
		answer: `{"process": {"process_id": "8f1d", "type": "async-export", "status": "finished", "message": null,
		 "created_at": "2026-03-02 09:15:00 (Europe/Berlin)", "details": {"file_size_kb": 12, "total_number_of_keys": 34,
		 "items_to_process": 34, "items_processed": 33, "download_url": "https://storage.example.com/b"}}}`,
		call: func(ctx context.Context, c *lokalise.Client) (any, error) {
			return c.Processes.Get(ctx, projectID, "8f1d")
		},
		want: &lokalise.QueuedProcess{
			ProcessID: "8f1d", Type: lokalise.ProcessTypeAsyncExport, Status: lokalise.ProcessStatusFinished,
			Message: lokalise.Null[string](), CreatedAt: lokalise.ParseTime("2026-03-02 09:15:00 (Europe/Berlin)"),
			Details: lokalise.Some(lokalise.ProcessDetails{
				FileSizeKB: lokalise.Some[int64](12), TotalNumberOfKeys: lokalise.Some[int64](34),
				ItemsToProcess: lokalise.Some[int64](34), ItemsProcessed: lokalise.Some[int64](33),
				DownloadURL: lokalise.Some("https://storage.example.com/b"),
			}),
		},
	}
}

// process answers with a process in a state.
func process(status, message, details string) http.HandlerFunc {
	return answer(http.StatusOK, `{"process": {"process_id": "`+importID+`", "type": "file-import", "status": "`+status+
		`", "message": "`+message+`", "details": {`+details+`}}}`)
}

func TestWaitLooksLessAndLessOftenUntilTheEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var looks []time.Duration
		start := time.Now()
		states := []string{"queued", "pre_processing", "running", "some new state", "post_processing", "running", "running", "running", "finished"}
		handler, _ := inTurn(func(w http.ResponseWriter, r *http.Request) {
			i := len(looks)
			looks = append(looks, time.Since(start))
			process(states[i], "", "")(w, r)
		})
		client := newMemoryServer(t, handler)
		var seen []string
		p, err := client.Processes.Wait(t.Context(), projectID, importID, &lokalise.WaitOptions{
			Progress: func(p *lokalise.QueuedProcess) { seen = append(seen, string(p.Status)) },
		})
		if err != nil || p.Status != lokalise.ProcessStatusFinished {
			t.Fatalf("%+v, %v", p, err)
		}
		if got := strings.Join(seen, ","); got != strings.Join(states, ",") {
			t.Errorf("reported %s", got)
		}
		want := time.Second
		for i := 1; i < len(looks); i++ {
			if pause := looks[i] - looks[i-1]; pause < want*8/10 || pause > want*12/10 {
				t.Errorf("pause %d is %v, want about %v", i, pause, want)
			}
			want = min(want*3/2, 10*time.Second)
		}
	})
}

func TestWaitTurnsEndsIntoErrors(t *testing.T) {
	t.Parallel()
	const oneFailed = `"files": [{"status": "finished", "message": "", "name_original": "en.json"},
	 {"status": "failed", "message": "Unexpected token", "name_original": "lv.json"}]`
	for what, c := range map[string]struct {
		handler http.HandlerFunc
		class   error
		text    string
	}{
		"failed":                      {process("failed", "No keys found", ""), lokalise.ErrProcessFailed, "is failed: No keys found"},
		"canceled":                    {process(string(lokalise.ProcessStatusCanceled), "By ada", ""), lokalise.ErrProcessCanceled, ": By ada"},
		"a failed file in a finished": {process("finished", "", oneFailed), lokalise.ErrProcessFailed, "file lv.json is failed: Unexpected token"},
	} {
		client := newServer(t, c.handler)
		p, err := client.Processes.Wait(t.Context(), projectID, importID, nil)
		var e *lokalise.ProcessError
		if !errors.Is(err, c.class) || !errors.As(err, &e) || e.Process != p || p.ProcessID != importID {
			t.Errorf("%s: %+v, %v", what, p, err)
			continue
		}
		if !strings.Contains(err.Error(), c.text) || !strings.Contains(err.Error(), importID) {
			t.Errorf("%s: the error is %v", what, err)
		}
		if errors.Is(err, lokalise.ErrProcessFailed) && errors.Is(err, lokalise.ErrProcessCanceled) {
			t.Errorf("%s: the error has two classes", what)
		}
	}
	client := newServer(t, process("finished", "", oneFailed))
	_, err := client.Processes.Wait(t.Context(), projectID, importID, nil)
	var e *lokalise.ProcessError
	if errors.As(err, &e); len(e.FailedFiles()) != 1 || e.FailedFiles()[0].NameOriginal != "lv.json" {
		t.Errorf("failed files are %+v", e.FailedFiles())
	}
}

// An unknown state is not an end: whether it is one only time tells.
func TestWaitHasADeadlineAndCanBeTakenUpAgain(t *testing.T) {
	t.Parallel()
	for what, c := range map[string]struct {
		options *lokalise.WaitOptions
		limit   time.Duration // of the context
		want    time.Duration
	}{
		"the default": {nil, time.Hour, 15 * time.Minute},
		"an option":   {&lokalise.WaitOptions{Timeout: time.Minute}, time.Hour, time.Minute},
		"the context": {&lokalise.WaitOptions{Timeout: time.Hour}, time.Minute, time.Minute},
	} {
		synctest.Test(t, func(t *testing.T) {
			var done atomic.Bool
			client := newMemoryServer(t, func(w http.ResponseWriter, r *http.Request) {
				status := "sleeping"
				if done.Load() {
					status = "finished"
				}
				process(status, "", "")(w, r)
			})
			ctx, cancel := context.WithTimeout(t.Context(), c.limit)
			defer cancel()
			start := time.Now()
			p, err := client.Processes.Wait(ctx, projectID, importID, c.options)
			var e *lokalise.WaitError
			if !errors.Is(err, context.DeadlineExceeded) || !errors.As(err, &e) || e.ProcessID != importID || e.Status != "sleeping" || p == nil {
				t.Fatalf("%s: %+v, %v", what, p, err)
			}
			if took := time.Since(start); took != c.want || e.Waited != c.want {
				t.Errorf("%s: took %v, the error says %v", what, took, e.Waited)
			}
			done.Store(true)
			if _, err := client.Processes.Wait(t.Context(), projectID, e.ProcessID, nil); err != nil {
				t.Errorf("%s: the second wait: %v", what, err)
			}
		})
	}
}

func TestWaitOutlivesFailuresThatPass(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		down := answer(http.StatusBadGateway, "<html>")
		var handlers []http.HandlerFunc
		for range 4 * 4 { // each look is repeated three times
			handlers = append(handlers, down)
		}
		handler, _ := inTurn(append(handlers, answer(http.StatusOK, "<html>"), process("finished", "", ""))...)
		if p, err := newMemoryServer(t, handler).Processes.Wait(t.Context(), projectID, importID, nil); err == nil {
			t.Errorf("five looks failed in a row, and the wait went on: %+v", p)
		}
		handler, _ = inTurn(append(handlers, process("finished", "", ""))...)
		if _, err := newMemoryServer(t, handler).Processes.Wait(t.Context(), projectID, importID, nil); err != nil {
			t.Error(err)
		}
	})
}

func TestWaitEndsAtAFailureThatStays(t *testing.T) {
	t.Parallel()
	handler, count := inTurn(answer(http.StatusNotFound, `{"error": {"message": "Not Found", "code": 404}}`))
	_, err := newServer(t, handler).Processes.Wait(t.Context(), projectID, importID, nil)
	var e *lokalise.WaitError
	if !errors.Is(err, lokalise.ErrNotFound) || !errors.As(err, &e) || count.Load() != 1 {
		t.Errorf("%d requests, %v", count.Load(), err)
	}
}

func TestWaitEndsWithItsContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client := newMemoryServer(t, process("running", "", ""))
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(30*time.Second, cancel)
		start := time.Now()
		_, err := client.Processes.Wait(ctx, projectID, importID, nil)
		if took := time.Since(start); !errors.Is(err, context.Canceled) || took != 30*time.Second {
			t.Errorf("after %v: %v", took, err)
		}
	})
}

// A process that runs did not fail because nobody waits for it any more.
func TestWaitWhoseContextEndsDuringALookIsNoFailureOfTheProcess(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		p, err := newMemoryServer(t, process("running", "", "")).Processes.Wait(ctx, projectID, importID, &lokalise.WaitOptions{
			Progress: func(*lokalise.QueuedProcess) { cancel() },
		})
		var e *lokalise.WaitError
		if !errors.Is(err, context.Canceled) || errors.Is(err, lokalise.ErrProcessFailed) || !errors.As(err, &e) || e.Status != "running" {
			t.Errorf("%+v, %v", p, err)
		}
	})
}

func TestWaitRefusesNegativeDurations(t *testing.T) {
	t.Parallel()
	client := newServer(t, func(http.ResponseWriter, *http.Request) { t.Error("a request was sent") })
	for _, o := range []lokalise.WaitOptions{{Timeout: -1}, {FirstPause: -1}, {MaxPause: -1}} {
		if _, err := client.Processes.Wait(t.Context(), projectID, importID, &o); !errors.Is(err, lokalise.ErrInvalidRequest) {
			t.Errorf("%+v: %v", o, err)
		}
	}
	if _, err := client.Processes.Wait(t.Context(), projectID, "", nil); !errors.Is(err, lokalise.ErrInvalidRequest) {
		t.Errorf("no process: %v", err)
	}
}

// A message is somebody else's text, and must not break a line of a log.
func TestProcessErrorHasOneLine(t *testing.T) {
	t.Parallel()
	client := newServer(t, process("failed", `two\nlines\u001b[31m`, ""))
	_, err := client.Processes.Wait(t.Context(), projectID, importID, nil)
	if strings.ContainsAny(err.Error(), "\n\x1b") {
		t.Errorf("got %q", err.Error())
	}
}
