package state

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"
)

// Types of processes (documented, beside sketch-import and bulk-apply-tm,
// which the sandbox does not have).
const (
	ProcessImport  = "file-import"
	ProcessExport  = "async-export"
	ProcessReindex = "create-branch-reindex"
)

// Statuses of processes. Documented are also post_processing and one for a
// process that was called off, which the sandbox does not have.
const (
	ProcessQueued        = "queued"
	ProcessPreProcessing = "pre_processing"
	ProcessRunning       = "running"
	ProcessFinished      = "finished"
	ProcessFailed        = "failed"
)

// Process is something a project does in the background.
type Process struct {
	ProjectID string
	Number    int64
	ID        string // as clients know it
	Branch    string // the one of the request
	Type      string
	Status    string
	Message   string
	CreatedAt time.Time
	CreatedBy int64           // user
	Input     string          // what it works on, JSON; empty once it has ended
	Files     []ProcessFile   // of an import
	Export    *ProcessExports // of an export
}

// Ended tells whether the process will not change any more.
func (p *Process) Ended() bool { return p.Status == ProcessFinished || p.Status == ProcessFailed }

// ProcessFile is a file of an import.
type ProcessFile struct {
	Name     string
	Status   string
	Message  string
	Words    int
	Keys     int
	Inserted int
	Updated  int
	Skipped  int
}

// ProcessExports is how far an export is, and where its bundle is then.
type ProcessExports struct {
	Keys      int
	Processed int
	Bytes     int
	Path      string // of the bundle, with its query
}

// SetProcessTime says how long processes take from the request to their end,
// on the sandbox's clock. It is called before the universe is used.
func (u *Universe) SetProcessTime(d time.Duration) { u.processTime = d }

// processJob is the kind of the jobs that take processes further.
const processJob = "process"

// StartProcess puts a process into the queue. The caller has filled in type,
// branch, user and input.
func (tx *Tx) StartProcess(p Process) *Process {
	p.Number, p.CreatedAt, p.Status = tx.NextID("processes"), tx.Now(), ProcessQueued
	p.ID = tx.processID(p.Type, p.Number)
	tx.Processes.Put(tx, &p)
	tx.continueProcess(&p)
	return &p
}

// continueProcess plans the next step of a process: half of its time is spent
// in the queue, a quarter each in the two statuses before the end.
func (tx *Tx) continueProcess(p *Process) {
	after := tx.world.universe.processTime
	if p.Status == ProcessQueued {
		after /= 2
	} else {
		after /= 4
	}
	tx.Schedule(processJob, fmt.Sprintf("%d@%s", p.Number, p.ProjectID), after)
}

// processID makes an id of the recorded form: a UUID for an export, 40
// hexadecimal characters for everything else.
func (tx *Tx) processID(kind string, n int64) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "process %d of %s", n, tx.world.Name))
	text := hex.EncodeToString(sum[:])
	if kind != ProcessExport {
		return text[:40]
	}
	return UUIDFrom(text)
}

// UUIDFrom makes a UUID of the first 32 of hexadecimal characters.
func UUIDFrom(hex string) string {
	return fmt.Sprintf("%s-%s-4%s-a%s-%s", hex[:8], hex[8:12], hex[13:16], hex[17:20], hex[20:32])
}

// ProcessNamed returns the process with the id that clients know, or nil.
func (tx *Tx) ProcessNamed(projectID, id string) *Process {
	for _, p := range tx.Processes.Named(projectID, id) {
		return p
	}
	return nil
}

// ProcessHandler does the work of a process that runs. It gets no lock and
// may take its time; what it returns changes the world in one go, together
// with the process, which it is given to fill in. When it fails, or work does,
// the error's text is the message of a failed process.
type ProcessHandler func(w *World, p *Process) (finish func(tx *Tx, p *Process) error, err error)

// HandleProcesses says who does the work of a type of processes. It is called
// before the universe is used.
func (u *Universe) HandleProcesses(handlers map[string]ProcessHandler) {
	u.HandleJobs(processJob, func(w *World, j *Job) { stepProcess(w, j, handlers) })
}

// stepProcess takes a process one step further.
func stepProcess(w *World, j *Job, handlers map[string]ProcessHandler) {
	p, runs := beginStep(w, j)
	if !runs {
		return
	}
	finish, err := workOn(w, p, handlers[p.Type])
	if err == nil {
		err = endProcess(w, j, p, finish)
	}
	if err != nil {
		_ = endProcess(w, j, p, func(_ *Tx, p *Process) error {
			p.Status, p.Message = ProcessFailed, err.Error()
			return nil
		}) // fails only with the storage, which has reported it
	}
}

// errProcessDefect is a defect of the sandbox, which must not end the program
// it runs in.
var errProcessDefect = errors.New("the sandbox has a defect here: the process panicked")

// workOn does the work of a process.
func workOn(w *World, p *Process, handle ProcessHandler) (finish func(*Tx, *Process) error, err error) {
	defer func() {
		if recover() != nil {
			err = errProcessDefect
		}
	}()
	if handle == nil {
		return nil, nil
	}
	return handle(w, p)
}

// beginStep moves a process towards running. runs is true when it is its turn
// to do its work; the job stays then until that is done.
func beginStep(w *World, j *Job) (p *Process, runs bool) {
	_ = w.Update(func(tx *Tx) error { // fails only with the storage
		var number int64
		var projectID string
		if _, err := fmt.Sscanf(j.Arg, "%d@%s", &number, &projectID); err == nil {
			p = tx.Processes.Get(projectID, number)
		}
		if p == nil || p.Ended() {
			tx.Done(j)
			return nil
		}
		if p.Status == ProcessRunning {
			runs = true
			return nil
		}
		if !tx.Done(j) {
			return nil
		}
		next := *p
		next.Status = ProcessPreProcessing
		if p.Status == ProcessPreProcessing {
			next.Status = ProcessRunning
		}
		tx.Processes.Put(tx, &next)
		tx.continueProcess(&next)
		return nil
	})
	return p, runs
}

// endProcess finishes a process, unless it or its project is gone.
func endProcess(w *World, j *Job, p *Process, finish func(tx *Tx, p *Process) error) error {
	return w.Update(func(tx *Tx) error {
		if !tx.Done(j) || tx.Processes.Get(p.ProjectID, p.Number) != p {
			return nil
		}
		ended := *p
		ended.Status, ended.Input = ProcessFinished, ""
		if finish != nil {
			if err := finish(tx, &ended); err != nil {
				return err
			}
		}
		tx.Processes.Put(tx, &ended)
		return nil
	})
}
