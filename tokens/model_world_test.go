package tokens

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing/synctest"
	"time"

	"github.com/golokalise/lokalise/oauth"
)

// The model of the refresh protocol. Two real managers share one scripted
// store and one scripted token endpoint. Every call of either stops at a seam,
// where the explorer decides which process goes on, and whether its call works,
// fails, loses its answer, or is the last thing that the process does. Time is
// synctest's, so waiting costs nothing and context deadlines are real.

const (
	modelGrant = "g"

	// A process that meets another's open intention waits for their sum. They
	// are chosen so that two rounds of polling are enough for that, and so
	// that a writer which was slow once comes back before the other is done.
	modelRefreshTimeout = 10 * time.Millisecond
	modelStoreTimeout   = 30 * time.Millisecond
	modelRandom         = 0.75
)

// effect is what the explorer lets happen to a call.
type effect int

const (
	works      effect = iota
	fails             // nothing happens, and the caller cannot tell
	losesReply        // it happens, and the caller cannot tell
	diesBefore        // the process ends before it happens
	diesAfter         // the process ends after it happened
)

// What can happen to a call that reads, and to one that changes something.
var (
	readMishaps  = []effect{fails, diesBefore}
	writeMishaps = []effect{fails, losesReply, diesBefore, diesAfter}
)

// world is one run of the model: the outside of the processes.
type world struct {
	scenario *scenario
	slots    []*slot
	mu       sync.Mutex // of what follows, for processes that run at the same time
	faults   int        // how many may still happen
	news     chan struct{}
	over     chan struct{}
	jobs     sync.WaitGroup
	start    time.Time

	record  *Record // nil: not in the store
	base    int64   // the first version, which is random
	history []state // every state that was ever stored
	server  modelServer

	broken error // the first invariant that did not hold
}

// modelServer rotates refresh tokens.
type modelServer struct {
	reuseRevokes bool // a used refresh token that comes again ends the family
	current      int  // the number of the refresh token that is good
	revoked      bool
	sent         map[string][]sending
}

type sending struct {
	owner string
	at    time.Duration
}

// slot is one process. When both have done their job or died, an heir comes
// after them; if that one dies, another does.
type slot struct {
	index   int
	manager *Manager
	dead    chan struct{} // closed when the process has died
	waiting *seamCall
	seen    []string // every answer that the process got
	done    bool     // or dead
}

// seamCall is a call that waits for the explorer.
type seamCall struct {
	name    string
	mishaps []effect
	run     func(effect) error
	pick    chan effect
}

func (w *world) fail(format string, args ...any) {
	if w.broken == nil && !w.isOver() {
		w.broken = fmt.Errorf(format, args...)
	}
}

func (w *world) now() time.Duration { return time.Since(w.start) }

var errModel = errors.New("connection lost")

// enter stops a call until the explorer lets it go on. A call whose context
// ends first, because its process was slow, fails without effect; that counts
// as one of the faults of the run.
func (w *world) enter(s *slot, ctx context.Context, name string, run func(effect) error) error {
	call := &seamCall{name: name, mishaps: writeMishaps, run: run, pick: make(chan effect, 1)}
	if name == "get" {
		call.mishaps = readMishaps
	}
	select {
	case <-w.over:
		return errModel
	case <-s.dead:
		<-w.over
		return errModel
	default:
	}
	w.locked(func() { s.waiting = call })
	w.notify()
	var err error
	select {
	case e := <-call.pick:
		w.locked(func() { err = call.run(e) })
		if e == diesBefore || e == diesAfter {
			<-w.over
			return errModel
		}
	case <-ctx.Done():
		w.locked(func() {
			s.waiting = nil
			w.faults--
		})
		err = ctx.Err()
	case <-w.over:
		return errModel
	}
	w.note(s, fmt.Sprintf("%s:%v@%d", name, err, w.now()))
	return err
}

func (w *world) locked(f func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	f()
}

// note adds to what a process has seen.
func (w *world) note(s *slot, what string) {
	w.locked(func() { s.seen = append(s.seen, what) })
}

func (w *world) notify() {
	select {
	case w.news <- struct{}{}:
	default:
	}
}

// modelStore is the store as one process sees it.
type modelStore struct {
	w *world
	s *slot
}

func (m modelStore) Get(ctx context.Context, _ string) (rec Record, err error) {
	err = m.w.enter(m.s, ctx, "get", func(e effect) error {
		switch {
		case e == fails || e == losesReply:
			return errModel
		case m.w.record == nil:
			return ErrNotFound
		}
		rec = copyRecord(*m.w.record)
		return nil
	})
	if err == nil {
		m.w.note(m.s, describe(rec, m.w.base))
	}
	return rec, err
}

func (m modelStore) Put(ctx context.Context, rec Record, expected int64) error {
	return m.w.enter(m.s, ctx, "put", func(e effect) error {
		if e == fails || e == diesBefore {
			return errModel
		}
		err := m.w.put(m.s, rec, expected)
		if e != works {
			return errModel
		}
		return err
	})
}

func (m modelStore) Delete(ctx context.Context, _ string, expected int64) error {
	return m.w.enter(m.s, ctx, "delete", func(e effect) error {
		switch {
		case e == fails || e == diesBefore:
			return errModel
		case m.w.record == nil || m.w.record.Version != expected:
			return ErrConflict
		}
		m.w.record = nil
		if e != works {
			return errModel
		}
		return nil
	})
}

func (m modelStore) List(context.Context, string, int) ([]Record, error) { return nil, errModel }

func (m modelStore) Due(context.Context, int) ([]Record, error) { return nil, errModel }

// put is compare-and-swap, and holds what is written against the invariants.
func (w *world) put(s *slot, rec Record, expected int64) error {
	var old int64
	if w.record != nil {
		old = w.record.Version
	}
	if old != expected {
		return ErrConflict
	}
	next := mustDecode(rec)
	if w.record != nil {
		w.checkStep(mustDecode(*w.record), next)
	} else {
		w.fail("%s brought a deleted grant back", s.manager.owner)
	}
	stored := copyRecord(rec)
	w.record = &stored
	w.history = append(w.history, next)
	return nil
}

// checkStep holds one write against what it replaces.
func (w *world) checkStep(before, after state) {
	switch {
	case before.Connection != after.Connection:
		for _, st := range w.history {
			if st.Connection == after.Connection {
				w.fail("an earlier connection was written over a later one")
			}
		}
	case after.Generation < before.Generation,
		after.Generation == before.Generation && after.RefreshToken != before.RefreshToken:
		w.fail("%s of generation %d was written over %s of generation %d",
			after.RefreshToken, after.Generation, before.RefreshToken, before.Generation)
	case before.Intent != nil && before.Intent.Last:
		// The one further try was recorded. Its sender may have been too slow
		// to make it; nobody else can know, so the grant may be given up.
	case after.Health == ReauthRequired && before.Health != ReauthRequired && len(w.server.sent[after.RefreshToken]) == 0:
		w.fail("%s was given up without having been tried", after.RefreshToken)
	}
}

// modelEndpoint is the token endpoint as one process sees it.
type modelEndpoint struct {
	w *world
	s *slot
}

func (m modelEndpoint) Refresh(ctx context.Context, refreshToken string) (token *oauth.Token, err error) {
	owner := m.s.manager.owner
	m.w.locked(func() { m.w.checkSending(owner, refreshToken) })
	err = m.w.enter(m.s, ctx, "refresh", func(e effect) error {
		if e == fails || e == diesBefore {
			return &oauth.Error{MaybeSent: true}
		}
		token, err = m.w.server.refresh(refreshToken)
		if e != works {
			return &oauth.Error{MaybeSent: true}
		}
		return err
	})
	if errors.Is(err, context.DeadlineExceeded) {
		err = &oauth.Error{MaybeSent: true}
	}
	if err != nil {
		return nil, err
	}
	m.w.note(m.s, token.RefreshToken)
	return token, nil
}

// checkSending holds a request against the rule that a refresh token is sent
// once, and once more only if that was recorded and the first sender has had
// its time.
func (w *world) checkSending(owner, refreshToken string) {
	before := w.server.sent[refreshToken]
	w.server.sent[refreshToken] = append(before, sending{owner, w.now()})
	switch {
	case w.scenario.unknown || len(before) == 0:
		return
	case len(before) > 1:
		w.fail("%s was sent %d times", refreshToken, len(before)+1)
	}
	recorded := false
	for _, st := range w.history {
		recorded = recorded || st.RefreshToken == refreshToken && st.Intent != nil &&
			st.Intent.Last && st.Intent.Owner == owner
	}
	if !recorded {
		w.fail("%s was sent again and that was not recorded", refreshToken)
	}
	first := before[0]
	if w.alive(first.owner) && first.owner != owner && !w.lostRecorded(refreshToken) &&
		w.now()-first.at < modelRefreshTimeout {
		w.fail("%s was sent again while the first sender was at it", refreshToken)
	}
}

func (w *world) lostRecorded(refreshToken string) bool {
	for _, st := range w.history {
		if st.RefreshToken == refreshToken && st.Intent != nil && st.Intent.Lost {
			return true
		}
	}
	return false
}

func (w *world) alive(owner string) bool {
	for _, s := range w.slots {
		if s.manager.owner == owner {
			return !s.isDead()
		}
	}
	return false
}

func (s *slot) isDead() bool {
	select {
	case <-s.dead:
		return true
	default:
		return false
	}
}

func (s *modelServer) refresh(refreshToken string) (*oauth.Token, error) {
	if s.revoked || refreshToken != fmt.Sprint("refresh-", s.current) {
		s.revoked = s.revoked || s.reuseRevokes && strings.HasPrefix(refreshToken, "refresh-")
		return nil, &oauth.Error{Status: http.StatusBadRequest, Code: "invalid_grant"}
	}
	s.current++
	return &oauth.Token{
		AccessToken:  fmt.Sprint("access-", s.current),
		RefreshToken: fmt.Sprint("refresh-", s.current),
		Expiry:       time.Now().Add(time.Hour),
	}, nil
}

func mustDecode(rec Record) state {
	plain, ok := cutPlain(rec.Data)
	if !ok {
		panic("the model stores plain records")
	}
	st, err := decodeState(plain)
	if err != nil {
		panic(err)
	}
	return st
}

// describe is a record as part of a key: versions count from the first one.
func describe(rec Record, base int64) string {
	return fmt.Sprintf("%d %s", rec.Version-base, rec.Data)
}

// end releases whatever still waits and lets every goroutine of the run
// finish. What happens from here on counts for nothing.
func (w *world) end() {
	close(w.over)
	for _, s := range w.slots {
		s.manager.cancel()
	}
	w.jobs.Wait()
	synctest.Wait()
}

func (w *world) isOver() bool {
	select {
	case <-w.over:
		return true
	default:
		return false
	}
}
