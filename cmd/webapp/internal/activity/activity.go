// Package activity remembers what happened in each workspace lately, and wakes
// those who watch it.
package activity

import (
	"slices"
	"sync"
	"time"
)

// kept is how many entries of a workspace are remembered.
const kept = 40

// Tone says how an entry is meant.
type Tone string

// The tones.
const (
	Plain Tone = "plain"
	Good  Tone = "good"
	Warn  Tone = "warn"
	Bad   Tone = "bad"
	Lab   Tone = "lab" // somebody played with the sandbox
)

// Entry is one thing that happened.
type Entry struct {
	ID   int // counts up from 1 in a workspace
	Time time.Time
	Tone Tone
	Text string
	Turn bool // another connection, or none, from here on
}

// Log remembers entries in memory. It is safe for use by many goroutines.
type Log struct {
	now func() time.Time

	mu         sync.Mutex
	workspaces map[string]*workspace
}

type workspace struct {
	entries []Entry // oldest first
	last    int     // ID
	changed chan struct{}

	connection time.Time
	generation int64
}

// New returns an empty log with a clock.
func New(now func() time.Time) *Log {
	return &Log{now: now, workspaces: map[string]*workspace{}}
}

// of returns the workspace with an ID. The caller has the lock.
func (l *Log) of(id string) *workspace {
	w, ok := l.workspaces[id]
	if !ok {
		w = &workspace{changed: make(chan struct{})}
		l.workspaces[id] = w
	}
	return w
}

// Add remembers an entry.
func (l *Log) Add(id string, tone Tone, text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.add(l.of(id), Entry{Tone: tone, Text: text})
}

// AddTurn is Add for what makes an end of the connection before it.
func (l *Log) AddTurn(id string, tone Tone, text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.add(l.of(id), Entry{Tone: tone, Text: text, Turn: true})
}

func (l *Log) add(w *workspace, e Entry) {
	w.last++
	e.ID, e.Time = w.last, l.now()
	w.entries = append(w.entries, e)
	if len(w.entries) > kept {
		w.entries = slices.Delete(w.entries, 0, len(w.entries)-kept)
	}
	close(w.changed)
	w.changed = make(chan struct{})
}

// Generation notes which access token of a connection is the current one, and
// reports whether that was news: a manager tells of health, and a refresh that
// works while all is well changes none.
func (l *Log) Generation(id string, connection time.Time, generation int64) (news bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	w := l.of(id)
	news = w.connection.Equal(connection) && generation > w.generation
	if !w.connection.Equal(connection) || news {
		w.connection, w.generation = connection, generation
	}
	return news
}

// Recent returns the entries of a workspace, the newest first.
func (l *Log) Recent(id string) []Entry {
	l.mu.Lock()
	defer l.mu.Unlock()
	entries := slices.Clone(l.of(id).entries)
	slices.Reverse(entries)
	return entries
}

// Changed returns a channel that is closed when the next entry is added. Take it
// before you look at the entries, and none is missed.
func (l *Log) Changed(id string) <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.of(id).changed
}
