package tokens

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"os"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/golokalise/lokalise/oauth"
)

// scenario is what two processes do to one grant whose token has expired.
type scenario struct {
	name         string
	jobs         [2]func(*world, *slot) error
	faults       int  // how many calls of a run may go wrong
	unknown      bool // the grant was never refreshed, so it is not known to rotate
	reuseRevokes bool
	deletes      bool // one of the jobs deletes the grant
	kind         bool // the server forgives; explored for the planted bugs alone, since a strict one shows more
	alike        bool // both do the same, so it does not matter which begins
	plant        func(*Manager)
}

// scenarios allow one fault in a run. TOKENS_MODEL_FAULTS=2 explores every
// pair of faults, which takes an hour.
func scenarios(t *testing.T) []scenario {
	faults := 1
	if raceDetector || testing.Short() {
		faults = 0 // the schedules alone
	}
	if text := os.Getenv("TOKENS_MODEL_FAULTS"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			t.Fatalf("TOKENS_MODEL_FAULTS: %v", err)
		}
		faults = n
	}
	refresh := [2]func(*world, *slot) error{getToken, getToken}
	list := []scenario{
		{name: "one refreshes, one connects again", jobs: [2]func(*world, *slot) error{getToken, connectAgain}},
		{name: "one refreshes, one deletes", jobs: [2]func(*world, *slot) error{getToken, deleteGrant}, deletes: true},
		{name: "two refresh", jobs: refresh, alike: true, kind: true},
		{name: "two refresh, reuse revokes", jobs: refresh, alike: true, reuseRevokes: true},
		{name: "two refresh, never rotated before", jobs: refresh, alike: true, unknown: true},
	}
	for i := range list {
		list[i].faults = faults
	}
	return list
}

// TestModelHoldsInEverySchedule explores every order of the two processes'
// calls, with every call failing, losing its answer or killing its process.
func TestModelHoldsInEverySchedule(t *testing.T) {
	t.Parallel()
	for _, sc := range scenarios(t) {
		if sc.kind {
			continue
		}
		t.Run(sc.name, func(t *testing.T) {
			t.Parallel()
			runs, states, err := explore(t, &sc)
			t.Logf("%d schedules, %d states", runs, states)
			if err != nil {
				t.Error(err)
			}
		})
	}
}

// TestModelFindsPlantedBugs shows that the model can fail.
func TestModelFindsPlantedBugs(t *testing.T) {
	t.Parallel()
	for name, plant := range map[string]func(*Manager){
		"hand-out before store": plantHandOutBeforeStore,
		"no re-read":            plantNoReread,
		"blind overwrite":       plantBlindOverwrite,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, sc := range scenarios(t) {
				sc.plant, sc.faults = plant, 1
				if _, _, err := explore(t, &sc); err != nil {
					t.Logf("found in %q: %v", sc.name, err)
					return
				}
			}
			t.Error("no scenario found the bug")
		})
	}
}

// plantHandOutBeforeStore gives the callers the new token, then stores it.
func plantHandOutBeforeStore(m *Manager) {
	settle := m.steps.settle
	m.steps.settle = func(ctx context.Context, g *grant, sent stored, out outcome) (stored, verdict, error) {
		if out.kind == refreshed {
			early := sent
			early.AccessToken = out.token.AccessToken
			g.land(g.flight, early, nil, true)
		}
		return settle(ctx, g, sent, out)
	}
}

// plantNoReread takes a rejection for the end of the grant, whatever the
// store holds by now.
func plantNoReread(m *Manager) {
	settle := m.steps.settle
	m.steps.settle = func(ctx context.Context, g *grant, sent stored, out outcome) (stored, verdict, error) {
		if out.kind != rejected {
			return settle(ctx, g, sent, out)
		}
		cur, err := m.persist(ctx, g, func(st *state, now time.Time) bool {
			st.reauth(ReasonRejected, now)
			return true
		})
		return cur, giveUp, err
	}
}

// plantBlindOverwrite stores a new token over whatever is there.
func plantBlindOverwrite(m *Manager) {
	settle := m.steps.settle
	m.steps.settle = func(ctx context.Context, g *grant, sent stored, out outcome) (stored, verdict, error) {
		if out.kind != refreshed {
			return settle(ctx, g, sent, out)
		}
		next := sent.state
		next.renew(out, m.clock(), m.random())
		cur, err := m.persist(ctx, g, func(st *state, _ time.Time) bool {
			*st = next
			return true
		})
		return cur, useStored, err
	}
}

// getToken asks for a token, again if the manager says that it may help.
func getToken(w *world, s *slot) error {
	const tries = 2
	var err error
	for range tries {
		var token string
		if token, err = s.manager.Token(context.Background(), modelGrant); err == nil {
			w.locked(func() { w.checkHandedOut(token) })
			return nil
		}
		e, ok := errors.AsType[*Error](err)
		if !ok || e.NeedsReauth() {
			return err
		}
		time.Sleep(2 * maxStoreBackoff)
	}
	return err
}

func (w *world) checkHandedOut(token string) {
	for _, st := range w.history {
		if st.AccessToken == token {
			return
		}
	}
	w.fail("%s was handed out and is not stored", token)
}

func connectAgain(w *world, s *slot) error {
	_, err := s.manager.Put(context.Background(), modelGrant, &oauth.Token{
		AccessToken: "access-again", RefreshToken: "again-1", Expiry: time.Now().Add(2 * time.Hour),
	})
	return err
}

func deleteGrant(_ *world, s *slot) error { return s.manager.Delete(context.Background(), modelGrant) }

// explore runs every schedule of a scenario, depth first. A run that comes to
// a state which was explored before is given up.
func explore(t *testing.T, sc *scenario) (runs, states int, err error) {
	visited := map[uint64]bool{}
	seed := maphash.MakeSeed()
	var prefix []int
	for {
		runs++
		x := &execution{prefix: prefix, visited: visited, seed: seed}
		synctest.Test(t, func(t *testing.T) { x.run(sc) })
		if x.world.broken != nil {
			return runs, len(visited), fmt.Errorf("%w\nschedule: %s", x.world.broken, strings.Join(x.log, ", "))
		}
		last := len(x.taken) - 1
		for last >= 0 && x.taken[last]+1 == x.options[last] {
			last--
		}
		if last < 0 {
			return runs, len(visited), nil
		}
		prefix = append(x.taken[:last:last], x.taken[last]+1)
	}
}

// execution is one run: it follows a prefix of choices, then takes the first
// option everywhere.
type execution struct {
	prefix, taken, options []int
	visited                map[uint64]bool
	seed                   maphash.Seed
	world                  *world
	dying                  *slot
	log                    []string
}

func (x *execution) run(sc *scenario) {
	w := newWorld(sc)
	x.world = w
	for _, job := range sc.jobs {
		w.launch(job)
	}
	if x.schedule() {
		w.locked(w.checkEnd)
	}
	w.end()
}

func newWorld(sc *scenario) *world {
	w := &world{
		scenario: sc, faults: sc.faults, start: time.Now(),
		news: make(chan struct{}, 1), over: make(chan struct{}),
		server: modelServer{reuseRevokes: sc.reuseRevokes, sent: map[string][]sending{}},
	}
	w.seedGrant()
	return w
}

// seedGrant stores a grant whose token has expired.
func (w *world) seedGrant() {
	st := state{
		Layout: stateFormat, Connection: "first", Generation: 1, Health: Healthy,
		AccessToken: "access-0", RefreshToken: "refresh-0", Rotation: rotationSeen,
		Obtained: w.start.Add(-2 * time.Hour), Expiry: w.start.Add(-time.Hour),
		Since: w.start, Connected: w.start, LastUsed: w.start,
	}
	if w.scenario.unknown {
		st.Rotation = rotationUnknown
	}
	plain, err := st.encode()
	if err != nil {
		panic(err)
	}
	w.base = 1
	w.record = &Record{ID: modelGrant, Version: 1, Data: append([]byte(plainMagic), plain...)}
	w.history = []state{st}
}

// launch starts a process.
func (w *world) launch(job func(*world, *slot) error) {
	s := &slot{index: len(w.slots), dead: make(chan struct{})}
	m, err := New(Config{
		Clients:        []Refresher{modelEndpoint{w, s}},
		Store:          modelStore{w, s},
		Keys:           NoEncryption(),
		RefreshTimeout: modelRefreshTimeout,
		StoreTimeout:   modelStoreTimeout,
	})
	if err != nil {
		panic(err)
	}
	ids := 0
	m.random = func() float64 { return modelRandom }
	m.newID = func() string {
		ids++
		return fmt.Sprintf("process-%d-%d", s.index, ids)
	}
	m.owner = m.newID()
	s.manager = m
	w.locked(func() { w.slots = append(w.slots, s) })
	if w.scenario.plant != nil {
		w.scenario.plant(m)
	}
	w.jobs.Go(func() {
		err := job(w, s)
		if !s.isDead() {
			w.note(s, fmt.Sprint("done:", err))
			w.locked(func() { s.done = true })
			w.notify()
		}
	})
}

// schedule lets one process go on at a time until all are done. It reports
// false when the run was given up.
func (x *execution) schedule() (finished bool) {
	w := x.world
	for {
		synctest.Wait()
		select {
		case <-w.news: // old: whoever sent it stands at a seam by now
		default:
		}
		var next step
		w.locked(func() { next = x.step() })
		switch next {
		case stepHeir:
			w.launch(getToken)
		case stepTime:
			<-w.news // lets time pass until a process comes to a seam
		case stepDeath:
			synctest.Wait()
			w.locked(x.bury)
		case stepGiveUp:
			return false
		case stepEnd:
			return true
		}
	}
}

// step is what the explorer does next, apart from letting a call go on.
type step int

const (
	stepCall step = iota
	stepHeir
	stepTime
	stepDeath
	stepGiveUp
	stepEnd
)

func (x *execution) step() step {
	w := x.world
	waiting := w.waiting()
	switch {
	case w.broken != nil || w.faults < 0:
		return stepGiveUp
	case len(waiting) == 0 && w.finished():
		return stepEnd
	case len(waiting) == 0 && w.idle():
		return stepHeir
	case len(waiting) == 0:
		return stepTime
	}
	pick, ok := x.choose(w.options(waiting))
	if !ok {
		return stepGiveUp
	}
	return x.perform(pick)
}

// idle tells whether every process has done its job or died.
func (w *world) idle() bool {
	for _, s := range w.slots {
		if !s.done {
			return false
		}
	}
	return true
}

// finished tells whether an heir has done its job.
func (w *world) finished() bool {
	last := w.slots[len(w.slots)-1]
	return last.index >= len(w.scenario.jobs) && last.done && !last.isDead()
}

func (w *world) waiting() (slots []*slot) {
	for _, s := range w.slots {
		if s.waiting != nil {
			slots = append(slots, s)
		}
	}
	return slots
}

// choice is one way to go on.
type choice struct {
	slot *slot // nil: let time pass
	effect
}

// options lists every way to go on. Time may pass although a process stands
// at a seam, as long as another one sleeps: the one at the seam is slow.
func (w *world) options(waiting []*slot) (list []choice) {
	if w.scenario.alike && w.now() == 0 && len(w.slots[0].seen) == 0 && len(waiting) > 1 {
		waiting = waiting[:1]
	}
	for _, s := range waiting {
		list = append(list, choice{s, works})
		for _, e := range s.waiting.mishaps {
			if w.faults > 0 {
				list = append(list, choice{s, e})
			}
		}
	}
	for _, s := range w.slots {
		if s.waiting == nil && !s.done {
			return append(list, choice{})
		}
	}
	return list
}

// choose takes the next choice of the prefix, or the first option. It reports
// false if the state was explored before.
func (x *execution) choose(options []choice) (choice, bool) {
	at := len(x.taken)
	pick := 0
	switch {
	case at < len(x.prefix):
		pick = x.prefix[at]
	default:
		key := x.key()
		if x.visited[key] {
			return choice{}, false
		}
		x.visited[key] = true
	}
	x.taken = append(x.taken, pick)
	x.options = append(x.options, len(options))
	return options[pick], true
}

// key names a state of the run: what is outside the processes, and everything
// that each process has seen, which determines its inside.
func (x *execution) key() uint64 {
	w := x.world
	var h maphash.Hash
	h.SetSeed(x.seed)
	fmt.Fprintln(&h, w.now(), w.faults, w.server.current, w.server.revoked, w.server.sent)
	if w.record != nil {
		fmt.Fprintln(&h, describe(*w.record, w.base))
	}
	for _, s := range w.slots {
		fmt.Fprintln(&h, s.index, s.isDead(), s.done, s.waiting != nil, s.seen)
	}
	for _, st := range w.history {
		fmt.Fprintln(&h, st.AccessToken, st.Intent)
	}
	return h.Sum64()
}

// perform lets a call go on.
func (x *execution) perform(c choice) step {
	if c.slot == nil {
		x.log = append(x.log, "time passes")
		return stepTime
	}
	call := c.slot.waiting
	x.log = append(x.log, fmt.Sprintf("%d %s %s", c.slot.index, call.name,
		[...]string{"works", "fails", "loses its reply", "dies before", "dies after"}[c.effect]))
	c.slot.waiting = nil
	if c.effect != works {
		x.world.faults--
	}
	call.pick <- c.effect
	if c.effect == diesBefore || c.effect == diesAfter {
		x.dying = c.slot
		return stepDeath
	}
	return stepCall
}

// bury marks a process as dead once its last call has had its effect.
func (x *execution) bury() {
	x.dying.done = true
	close(x.dying.dead)
}

// checkEnd holds the end of a run against what may be lost.
func (w *world) checkEnd() {
	if w.record == nil {
		if !w.scenario.deletes {
			w.fail("the grant is gone")
		}
		return
	}
	if w.scenario.deletes && w.faults == w.scenario.faults {
		w.fail("the grant was not deleted")
	}
	undisturbed := w.faults == w.scenario.faults
	st := mustDecode(*w.record)
	if undisturbed && st.Health != Healthy && !w.slow() {
		w.fail("nothing went wrong and the grant is %s (%s)", st.Health, st.Reason)
	}
	if st.Health == ReauthRequired && undisturbed && !w.slow() {
		w.fail("nothing went wrong and the account has to be connected again")
	}
}

// slow tells whether a refresh token was sent twice, which without a fault
// happens only when a process was slower than it may be.
func (w *world) slow() bool {
	for _, sent := range w.server.sent {
		if len(sent) > 1 {
			return true
		}
	}
	return false
}
