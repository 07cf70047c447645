package state

import "time"

// Job is something that will happen at a time on the sandbox's clock. It is a
// row, so that it survives what its world survives.
type Job struct {
	ID   int64
	Kind string // who carries it out, see Universe.HandleJobs
	Arg  string // what about, the key of a row as a rule
	Due  time.Time
}

// JobHandler carries out jobs of a kind. It runs on the clock's goroutine, with
// no lock held, and must not wait for anything. Whatever it does about the
// world, it calls tx.Done in the same Update.
type JobHandler func(w *World, j *Job)

// HandleJobs says who carries out the jobs of a kind. It is called before the
// universe is used.
func (u *Universe) HandleJobs(kind string, handle JobHandler) { u.handlers[kind] = handle }

// Schedule plans a job.
func (tx *Tx) Schedule(kind, arg string, after time.Duration) *Job {
	w := tx.world
	j := &Job{ID: tx.NextID("jobs"), Kind: kind, Arg: arg, Due: w.universe.clock.Now().Add(after)}
	tx.Jobs.Put(tx, j)
	tx.AfterCommit(func() { w.arm(j) })
	return j
}

// Done takes a job off the list. It tells whether the job was still on it: if
// not, somebody else has done it, or the world was reset.
func (tx *Tx) Done(j *Job) bool {
	return tx.Jobs.Get("", j.ID) == j && tx.Jobs.Delete(tx, "", j.ID)
}

// arm has the clock carry a job out.
func (w *World) arm(j *Job) {
	u := w.universe
	u.clock.AfterFunc(j.Due.Sub(u.clock.Now()), func() {
		if handle := u.handlers[j.Kind]; handle != nil && w.waiting(j) {
			handle(w, j)
		}
	})
}

// waiting tells whether the job is still on the list.
func (w *World) waiting(j *Job) bool {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.data.Jobs.Get("", j.ID) == j
}

// armAll has the clock carry out everything that waits, after a world was
// loaded.
func (w *World) armAll() {
	w.mu.RLock()
	jobs := w.data.Jobs.Rows("")
	w.mu.RUnlock()
	for _, j := range jobs {
		w.arm(j)
	}
}
