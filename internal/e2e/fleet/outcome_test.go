package fleet_test

import (
	"fmt"

	"github.com/golokalise/lokalise/sandbox"
	"github.com/golokalise/lokalise/tokens"
)

// outcome is what became of a fleet's grants.
type outcome struct {
	*fleet
	grants map[string]tokens.Status
	oauth  sandbox.OAuthStats
	stored int64 // tokens that were stored after a refresh
}

// outcome looks at everything once the fleet has stopped.
func (f *fleet) outcome() *outcome {
	f.Helper()
	o := &outcome{fleet: f, grants: f.settle()}
	o.oauth = f.sandbox.OAuth().Stats()
	for _, s := range o.grants {
		o.stored += s.Generation - firstGeneration
	}
	return o
}

// firstGeneration is that of a grant which was just connected.
const firstGeneration = 1

// perToken is how many token requests a stored token cost.
func (o *outcome) perToken() float64 {
	return float64(o.oauth.Refreshed+o.oauth.Refused) / float64(max(o.stored, 1))
}

// cost is perToken for a person. Grants that are gone do not tell how many
// tokens they had.
func (o *outcome) cost() string {
	if o.stored == 0 {
		return "stored tokens are gone"
	}
	return fmt.Sprintf("%d stored, %.3f each", o.stored, o.perToken())
}

// count is how many grants have a health.
func (o *outcome) count(h tokens.Health) (n int) {
	for _, s := range o.grants {
		if s.Health == h {
			n++
		}
	}
	return n
}

// log writes a row for docs/reliability.md.
func (o *outcome) log(disturbance string) {
	o.Helper()
	o.Logf("| %s | %s | %d grants, %s | %d healthy, %d reauth_required, %d missing | %d families revoked | %d requests, %s | %d of %d calls answered %v |",
		o.job.Store.Kind, disturbance, o.job.Grants, o.life,
		o.count(tokens.Healthy), o.count(tokens.ReauthRequired), o.job.Grants-len(o.grants),
		o.oauth.FamiliesRevoked, o.oauth.Refreshed+o.oauth.Refused, o.cost(),
		o.total.Answered, o.total.Calls, o.total.Failed)
	o.Cleanup(func() {
		if o.Failed() {
			o.Logf("calls that failed, one of each kind: %v", o.total.Examples)
		}
	})
}

// wantAllHealthy wants every grant kept.
func (o *outcome) wantAllHealthy() {
	o.Helper()
	if len(o.grants) != o.job.Grants {
		o.Errorf("%d of %d grants are left", len(o.grants), o.job.Grants)
	}
	for id, s := range o.grants {
		if s.Health != tokens.Healthy {
			o.Errorf("%s is %s: %s", id, s.Health, s.Reason)
		}
	}
	if o.oauth.FamiliesRevoked != 0 {
		o.Errorf("%d grants were revoked for a reused refresh token", o.oauth.FamiliesRevoked)
	}
	if o.stored < int64(o.job.Grants) {
		o.Errorf("only %d tokens were refreshed", o.stored)
	}
}

// wantLossExplained wants every grant kept, or reported as uncertain and lost
// at the server, too: a refresh was sent, and its answer died with whoever
// waited for it.
func (o *outcome) wantLossExplained() {
	o.Helper()
	if len(o.grants) != o.job.Grants {
		o.Errorf("%d of %d grants are left", len(o.grants), o.job.Grants)
	}
	lost := 0
	for id, s := range o.grants {
		switch {
		case s.Health == tokens.Healthy:
		case s.Health == tokens.ReauthRequired && s.Reason == tokens.ReasonUncertain:
			lost++
		default:
			o.Errorf("%s is %s: %s", id, s.Health, s.Reason)
		}
	}
	if lost != o.oauth.FamiliesRevoked {
		o.Errorf("%d grants are reported as uncertain, %d were lost at the server", lost, o.oauth.FamiliesRevoked)
	}
}

// wantEachToldOnce wants one event for each grant that needs its customer, from
// the whole fleet together.
func (o *outcome) wantEachToldOnce() {
	o.Helper()
	told := map[string]int{}
	for _, e := range o.events {
		if e.Kind == tokens.EventHealth && e.To == tokens.ReauthRequired {
			told[e.Grant]++
		}
	}
	for id, s := range o.grants {
		want := 0
		if s.Health == tokens.ReauthRequired {
			want = 1
		}
		if told[id] != want {
			o.Errorf("%s is %s, which was told %d times", id, s.Health, told[id])
		}
	}
}
