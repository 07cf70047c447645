package lokalise

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// The classes of processes that did not do their work, for errors.Is.
var (
	// ErrProcessFailed is a process that failed, or one that finished although
	// one of its files failed.
	ErrProcessFailed = errors.New("lokalise: process failed")
	// ErrProcessCanceled is a process that somebody canceled.
	ErrProcessCanceled = errors.New("lokalise: process canceled")
)

const (
	defaultWait      = 15 * time.Minute
	defaultWaitFirst = time.Second
	defaultWaitMost  = 10 * time.Second
	// maxFailedLooks is how many looks at a process may fail in a row. The
	// client has repeated each of them already.
	maxFailedLooks = 5
)

// WaitOptions say how to wait for a process. Nil is all defaults.
type WaitOptions struct {
	// Timeout bounds the wait, as does the deadline of the context. Defaults
	// to 15 minutes.
	Timeout time.Duration
	// FirstPause is the pause after the first look at the process. Each pause
	// is half as long again as the one before. Defaults to one second.
	FirstPause time.Duration
	// MaxPause is the longest pause. Defaults to ten seconds.
	MaxPause time.Duration
	// Progress is called after each look at the process, the last one
	// included. A status that this package does not know is seen here; the
	// wait goes on. Defaults to nothing.
	Progress func(*QueuedProcess)
}

func (o *WaitOptions) orDefaults() (WaitOptions, error) {
	var w WaitOptions
	if o != nil {
		w = *o
	}
	if w.Timeout < 0 || w.FirstPause < 0 || w.MaxPause < 0 {
		return w, fmt.Errorf("%w: WaitOptions: a duration is negative", ErrInvalidRequest)
	}
	w.Timeout = orDefault(w.Timeout, defaultWait)
	w.FirstPause = orDefault(w.FirstPause, defaultWaitFirst)
	w.MaxPause = max(orDefault(w.MaxPause, defaultWaitMost), w.FirstPause)
	return w, nil
}

func orDefault[T int | int64 | time.Duration](v, def T) T {
	if v == 0 {
		return def
	}
	return v
}

// ProcessError is a process that came to its end without having done all its
// work. errors.Is finds [ErrProcessFailed] or [ErrProcessCanceled].
type ProcessError struct {
	// Process is the process as it was seen last, with the results of its
	// files.
	Process *QueuedProcess
}

// Error names the process and what the server said about it and its files.
func (e *ProcessError) Error() string {
	p := e.Process
	var b strings.Builder
	fmt.Fprintf(&b, "lokalise: process %s", p.ProcessID)
	if p.Type != "" {
		fmt.Fprintf(&b, " (%s)", clean(string(p.Type), maxErrorMessage))
	}
	fmt.Fprintf(&b, " is %s", clean(string(p.Status), maxErrorMessage))
	if message := p.Message.Or(""); message != "" {
		fmt.Fprintf(&b, ": %s", clean(message, maxErrorMessage))
	}
	const most = 5
	for i, f := range e.FailedFiles() {
		if i == most {
			b.WriteString("; …")
			break
		}
		fmt.Fprintf(&b, "; file %s is %s: %s", clean(f.NameOriginal, maxErrorMessage),
			clean(string(f.Status), maxErrorMessage), clean(f.Message, maxErrorMessage))
	}
	return b.String()
}

// Is reports whether target is the class of the error.
func (e *ProcessError) Is(target error) bool {
	if e.Process.Status == ProcessStatusCanceled {
		return target == ErrProcessCanceled
	}
	return target == ErrProcessFailed
}

// FailedFiles returns the files that failed.
func (e *ProcessError) FailedFiles() []ProcessFile {
	details, _ := e.Process.Details.Get()
	var failed []ProcessFile
	for _, f := range details.Files.Or(nil) {
		if f.Status.failed() {
			failed = append(failed, f)
		}
	}
	return failed
}

// WaitError is a wait that ended before its process did. The process goes on,
// and [ProcessesService.Wait] can be called for it again. The cause is what
// errors.Is and errors.As see: context.DeadlineExceeded when the time was over.
type WaitError struct {
	// ProcessID is the process.
	ProcessID string
	// Status is the last one that was seen; empty when none was.
	Status ProcessStatus
	// Waited is how long the wait took.
	Waited time.Duration
	// Err is the cause.
	Err error
}

// Error names the process, its status and the cause.
func (e *WaitError) Error() string {
	status := string(e.Status)
	if status == "" {
		status = "not known"
	}
	return fmt.Sprintf("lokalise: the wait for process %s ended after %v, its status is %s: %v",
		e.ProcessID, e.Waited.Round(time.Millisecond), clean(status, maxErrorMessage), e.Err)
}

// Unwrap returns the cause.
func (e *WaitError) Unwrap() error { return e.Err }

// Wait looks at a process until it comes to its end, and returns it as it is
// then. The identifier is all that is needed, so that a wait can be taken up
// again by another program.
//
// A process that failed or was canceled is a [ProcessError], as is one that
// finished although one of its files failed; the process is returned beside
// it. Everything else that ends the wait is a [WaitError]. A look that fails
// for a reason that may pass, a lost connection say, does not end it at once.
//
// It needs the scope read_background_processes.
// https://developers.lokalise.com/reference/retrieve-a-process
//
//lokalise:op GET /projects/{project_id}/processes/{process_id}
func (s *ProcessesService) Wait(ctx context.Context, project ProjectID, processID string, o *WaitOptions, opts ...RequestOption) (*QueuedProcess, error) {
	options, err := o.orDefaults()
	if err != nil {
		return nil, &WaitError{ProcessID: processID, Err: err}
	}
	ctx, cancel := context.WithTimeout(ctx, options.Timeout)
	defer cancel()
	w := wait{options: options, pause: options.FirstPause, start: time.Now()}
	for {
		p, err := s.Get(ctx, project, processID, opts...)
		// A look that succeeded while the context ended says nothing of the end
		// of the process.
		if w.look(p, err) || err != nil && ctx.Err() != nil {
			return w.result(processID, err)
		}
		if !sleepFor(ctx, w.nextPause()) {
			return w.result(processID, contextError(ctx))
		}
	}
}

// wait is one wait for a process.
type wait struct {
	options WaitOptions
	start   time.Time
	pause   time.Duration
	failed  int // looks in a row
	last    *QueuedProcess
}

// look takes note of a look at the process and reports whether it was the
// last one.
func (w *wait) look(p *QueuedProcess, err error) bool {
	if err != nil {
		w.failed++
		return w.failed >= maxFailedLooks || !mayPass(err)
	}
	w.failed, w.last = 0, p
	if w.options.Progress != nil {
		w.options.Progress(p)
	}
	return p.Status.Final()
}

// mayPass reports whether an error may be gone at the next look.
func mayPass(err error) bool {
	var api *APIError
	if errors.As(err, &api) {
		return api.Retryable()
	}
	return !errors.Is(err, ErrInvalidRequest) && !errors.Is(err, ErrRedirect)
}

// nextPause returns how long to pause before the next look. Those who wait for
// processes that were started together shall not all look at the same moment.
func (w *wait) nextPause() time.Duration {
	d := w.pause - w.pause/5 + jitter(2*w.pause/5)
	w.pause = min(w.pause+w.pause/2, w.options.MaxPause)
	return d
}

// sleepFor pauses. It returns false when the context ends.
func sleepFor(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

func (w *wait) result(processID string, err error) (*QueuedProcess, error) {
	p := w.last
	if err != nil {
		e := &WaitError{ProcessID: processID, Waited: time.Since(w.start), Err: err}
		if p != nil {
			e.Status = p.Status
		}
		return p, e
	}
	failure := &ProcessError{Process: p}
	if p.Status != ProcessStatusFinished || len(failure.FailedFiles()) > 0 {
		return p, failure
	}
	return p, nil
}
