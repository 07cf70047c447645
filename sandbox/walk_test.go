package sandbox_test

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golokalise/lokalise/sandbox"
)

// walk is a sequence of random operations on projects of its own, beside a
// model of what they should have led to.
type walk struct {
	*box
	rnd      *rand.Rand
	name     string // in everything that it makes
	made     int    // texts
	projects map[string]*modelProject
	order    []string // ids of projects as they were made
	touched  *modelProject
	ids      *sync.Map // that were ever given out, by kind and number
	trace    []string
}

// tracedSteps is how many requests a failure shows.
const tracedSteps = 25

func newWalk(b *box, name string, seed uint64, ids *sync.Map) *walk {
	w := &walk{box: b, rnd: rand.New(rand.NewPCG(seed, 0)), name: name, projects: map[string]*modelProject{}, ids: ids}
	w.makeProject()
	return w
}

// fatal ends the test with the requests that led here.
func (w *walk) fatal(format string, args ...any) {
	w.Helper()
	w.Fatalf("%s\nafter the requests\n%s", fmt.Sprintf(format, args...), strings.Join(w.trace[max(0, len(w.trace)-tracedSteps):], "\n"))
}

func (w *walk) ok(method, path, body string, into any) {
	w.Helper()
	if method != http.MethodGet {
		w.trace = append(w.trace, fmt.Sprintf("%s %s %s", method, path, body))
	}
	a := w.api(method, path, body)
	if a.status != http.StatusOK {
		w.fatal("%s %s %s: %d %s", method, path, body, a.status, a.body)
	}
	if into != nil {
		a.decode(w, into)
	}
}

// gone checks that what was deleted cannot be found.
func (w *walk) gone(path string) {
	w.Helper()
	if a := w.api("GET", path, ""); a.status != http.StatusNotFound {
		w.fatal("%s is still there: %d %s", path, a.status, a.body)
	}
}

// unique checks that an id was never given out before.
func (w *walk) unique(kind string, id int64) {
	w.Helper()
	if _, known := w.ids.LoadOrStore(fmt.Sprint(kind, id), true); known || id == 0 {
		w.fatal("the id %d of a %s is not new", id, kind)
	}
}

func (w *walk) text(what string) string {
	w.made++
	return fmt.Sprintf("%s-%s-%d", w.name, what, w.made)
}

func (w *walk) one(of []string) string {
	if len(of) == 0 {
		return ""
	}
	return of[w.rnd.IntN(len(of))]
}

func (w *walk) add(p *modelProject) {
	w.projects[p.id], w.touched = p, p
	w.order = append(w.order, p.id)
}

// project is one of the projects. They are picked by age, since their ids are
// not the same in each run.
func (w *walk) project() *modelProject {
	w.order = slices.DeleteFunc(w.order, func(id string) bool { return w.projects[id] == nil })
	w.touched = w.projects[w.one(w.order)]
	return w.touched
}

// content is a branch of a project, mostly master, with its path.
func (w *walk) content() (c *modelContent, path string) {
	p := w.project()
	if name := w.branch(p); name != "" && w.rnd.IntN(3) == 0 {
		return p.contents[name], "/projects/" + p.id + ":" + name
	}
	return p.contents["master"], "/projects/" + p.id
}

func (w *walk) pick(c *modelContent) (int64, *modelKey) {
	ids := slices.Sorted(maps.Keys(c.keys))
	if len(ids) == 0 {
		return 0, nil
	}
	id := ids[w.rnd.IntN(len(ids))]
	return id, c.keys[id]
}

func (w *walk) key(c *modelContent) *modelKey {
	_, k := w.pick(c)
	return k
}

// first is the entry with the lowest key, or nothing.
func first[K cmp.Ordered, V any](of map[K]V) (key K, value V) {
	if len(of) == 0 {
		return key, value
	}
	key = slices.Min(slices.Collect(maps.Keys(of)))
	return key, of[key]
}

// run takes steps, and compares what they touched, and sometimes everything.
func (w *walk) run(n int) {
	total := 0
	for _, s := range steps {
		total += s.weight
	}
	for step := range n {
		at := w.rnd.IntN(total)
		for _, s := range steps {
			if at -= s.weight; at < 0 {
				s.do(w)
				break
			}
		}
		if w.touched != nil && step%4 == 0 {
			w.compare(w.touched)
		}
		if step%100 == 99 {
			w.compareAll()
		}
	}
}

// TestRandomWalkAgreesWithAModel takes 2,000 random steps, 600 under the race
// detector, and finds after them what a simple model says: nothing is lost, and
// nothing is there that should not be. WALK_STEPS and WALK_SEED take more steps, or the same ones again.
func TestRandomWalkAgreesWithAModel(t *testing.T) {
	t.Parallel()
	n, seed := amount(os.Getenv("WALK_STEPS"), unlessRace(2000, 600)), uint64(amount(os.Getenv("WALK_SEED"), 0))
	if seed == 0 {
		seed = uint64(time.Now().UnixNano()) % 1_000_000
	}
	t.Logf("repeat with WALK_SEED=%d WALK_STEPS=%d", seed, n)
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	b.Clock().Freeze()
	before := projectIDs(b)
	w := newWalk(b, "w", seed, &sync.Map{})
	w.run(n)
	w.compareAll()
	want := slices.Sorted(slices.Values(append(before, slices.Collect(maps.Keys(w.projects))...)))
	if got := projectIDs(b); !slices.Equal(got, want) {
		w.fatal("projects %q, want %q", got, want)
	}
}

func projectIDs(b *box) []string {
	var ids []string
	for _, p := range projects(b, b.api("GET", "/projects?limit=5000&include_statistics=0", "")) {
		ids = append(ids, p.ID)
	}
	return slices.Sorted(slices.Values(ids))
}

// TestManyWalksAtOnceLoseNothing has 64 clients walk at once, each through
// projects of its own, while all make and delete keys in one project that they
// share. Each finds its own projects as its model says; in the shared project
// is what they made less what they deleted.
func TestManyWalksAtOnceLoseNothing(t *testing.T) {
	t.Parallel()
	const clients = 64
	n := amount(os.Getenv("WALK_STEPS"), 1280) / clients
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	b.Clock().Freeze()
	shared := "/projects/" + b.create(`{"name":"Shared","languages":[{"lang_iso":"en"},{"lang_iso":"de"}]}`).ID
	ids, left := &sync.Map{}, make([]map[int64]string, clients)
	before := len(projectIDs(b))
	var walks [clients]*walk
	var wg sync.WaitGroup
	for client := range clients {
		own := *b
		own.TB = oneOfMany{t}
		left[client] = map[int64]string{}
		wg.Go(func() {
			w := newWalk(&own, fmt.Sprintf("c%d", client), uint64(client)+1, ids)
			walks[client] = w
			for range 4 {
				w.share(shared, left[client])
				w.run(n / 4)
			}
		})
	}
	wg.Wait()
	if t.Failed() {
		return
	}
	own := 0
	want := map[int64]string{}
	for client, w := range walks {
		own += len(w.projects)
		maps.Copy(want, left[client])
		w.TB = t
		w.compareAll()
	}
	if got := listKeys(b, shared, "?limit=500"); !maps.Equal(got, want) {
		t.Errorf("the shared project has %d keys, want %d", len(got), len(want))
	}
	if got := len(projectIDs(b)); got != before+own {
		t.Errorf("%d projects, want %d", got, before+own)
	}
}

// oneOfMany is a test in a goroutine of its own, which a failure ends. Parallel
// subtests would not do: no more of them run at once than there are processors.
type oneOfMany struct{ testing.TB }

func (t oneOfMany) Fatal(args ...any) {
	t.Helper()
	t.Error(args...)
	runtime.Goexit()
}

func (t oneOfMany) Fatalf(format string, args ...any) {
	t.Helper()
	t.Errorf(format, args...)
	runtime.Goexit()
}

// share makes keys in the shared project and deletes one of them. The list, which
// is long, is looked at now and then: it must have the others meanwhile.
func (w *walk) share(path string, left map[int64]string) {
	var made keysAnswer
	a, b, c := w.text("shared"), w.text("shared"), w.text("shared")
	w.ok("POST", path+"/keys", fmt.Sprintf(`{"keys":[{"key_name":%q,"platforms":["web"]},{"key_name":%q,"platforms":["web"]},{"key_name":%q,"platforms":["web"]}]}`, a, b, c), &made)
	if len(made.Keys) != 3 {
		w.fatal("%d keys made of 3", len(made.Keys))
	}
	for _, k := range made.Keys {
		w.unique("key", k.ID)
		left[k.ID] = k.Name.Web
	}
	w.ok("DELETE", fmt.Sprintf("%s/keys/%d", path, made.Keys[1].ID), "", nil)
	delete(left, made.Keys[1].ID)
	if w.rnd.IntN(3) != 0 {
		return
	}
	listed := listKeys(w.box, path, "?limit=500&pagination=cursor")
	for id, name := range left {
		if listed[id] != name {
			w.fatal("key %d %s is not in the list", id, name)
		}
	}
}
