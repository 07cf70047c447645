package fleet_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/golokalise/lokalise/sandbox"
	"github.com/golokalise/lokalise/tokens"
)

// stores are those that a fleet of machines can share.
var stores = []string{"PostgreSQL", "Redis"}

// each runs a test on every store.
func each(t *testing.T, test func(t *testing.T, f *fleet)) {
	t.Helper()
	t.Parallel()
	for _, kind := range stores {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			test(t, newFleet(t, kind))
		})
	}
}

// maxRequests is how many token requests a stored token may cost.
const maxRequests = 1.05

func TestFleetKeepsEveryGrant(t *testing.T) {
	each(t, func(t *testing.T, f *fleet) {
		pause(t.Context(), f.life)
		f.stop()
		o := f.outcome()
		o.log("undisturbed")
		o.wantAllHealthy()
		if f.total.Answered != f.total.Calls {
			t.Errorf("of %d API calls %d were answered: %v", f.total.Calls, f.total.Answered, f.total.Failed)
		}
		if o.perToken() > maxRequests {
			t.Errorf("%.3f token requests for each stored token", o.perToken())
		}
	})
}

func TestFleetSurvivesKilledProcesses(t *testing.T) {
	each(t, func(t *testing.T, f *fleet) {
		// The answer travels for a while, so that a kill hits some on their way.
		f.inject(sandbox.Fault{Operation: "oauth2.refresh", After: true, Delay: 60 * time.Millisecond})
		for end := time.Now().Add(f.life); time.Now().Before(end); {
			pause(t.Context(), time.Duration(300+rand.IntN(500))*time.Millisecond)
			f.kill(rand.IntN(processes))
		}
		f.stop()
		o := f.outcome()
		o.log("processes killed")
		o.wantLossExplained()
	})
}

func TestFleetSurvivesLostAnswers(t *testing.T) {
	each(t, func(t *testing.T, f *fleet) {
		const lost = 5
		pause(t.Context(), f.life/4)
		// Committed at the server, and nobody hears of it.
		f.inject(sandbox.Fault{Operation: "oauth2.refresh", After: true, Reset: true, Skip: 3, Times: lost})
		pause(t.Context(), f.life*3/4)
		f.stop()
		o := f.outcome()
		o.log("answers lost")
		o.wantLossExplained()
		if n := o.count(tokens.ReauthRequired); n < 1 || n > lost {
			t.Errorf("%d grants are lost, of %d whose answer was", n, lost)
		}
		o.wantEachToldOnce()
	})
}

func TestFleetSurvivesACrashOfTheDatabase(t *testing.T) {
	each(t, func(t *testing.T, f *fleet) {
		for range 2 {
			pause(t.Context(), f.life/3)
			f.db.crash()
			pause(t.Context(), time.Second) // tokens end while it is away
			f.db.start(t)
		}
		pause(t.Context(), f.life/3)
		f.stop()
		o := f.outcome()
		o.log("database restarted")
		o.wantAllHealthy()
	})
}

func TestFleetTellsOfAnEmptiedRedis(t *testing.T) {
	t.Parallel()
	f := newFleet(t, "Redis")
	pause(t.Context(), f.life/2)
	client := redis.NewClient(&redis.Options{Addr: f.db.store.Host, ReadTimeout: time.Minute}) // on a busy machine
	defer client.Close()                                                                       //nolint:errcheck // nothing is left on it
	if err := client.FlushAll(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
	pause(t.Context(), f.life/2)
	f.stop()
	o := f.outcome()
	o.log("Redis emptied")
	if len(o.grants) != 0 {
		t.Errorf("%d grants came back out of a process's memory", len(o.grants))
	}
	missing := map[string]bool{}
	for _, e := range f.events {
		if e.Kind == tokens.EventMissing {
			missing[e.Grant] = true
		}
	}
	if len(missing) != f.job.Grants || f.total.Failed["not found"] == 0 {
		t.Errorf("%d of %d grants were reported missing; calls: %v", len(missing), f.job.Grants, f.total.Failed)
	}
	if n := f.total.Failed["other"] + f.total.Failed["unauthorized"]; n > 0 {
		t.Errorf("%d calls failed for another reason: %v", n, f.total.Failed)
	}
	if o.oauth.FamiliesRevoked != 0 {
		t.Errorf("%d grants were revoked", o.oauth.FamiliesRevoked)
	}
}
