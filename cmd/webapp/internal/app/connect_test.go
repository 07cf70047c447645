package app_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/cmd/webapp/internal/app"
	"github.com/golokalise/lokalise/oauth"
	"github.com/golokalise/lokalise/sandbox"
	"github.com/golokalise/lokalise/tokens"
)

func TestConnectAndSeeTheProjects(t *testing.T) {
	t.Parallel()
	ada := newSite(t).member("harbor")
	ada.dashboard("Not connected", "Connect your Lokalise account", "not", "Website", "Disconnect")
	a := ada.connect()
	if a.status != http.StatusOK || !strings.Contains(a.body, "Connected as Mara Lind (mara.lind@example.com)") {
		t.Errorf("the page says %d: %s", a.status, a.body)
	}
	ada.dashboard("Healthy", "read_projects", "Help center", "Mobile app", "Website", "Reconnect", "Disconnect",
		"Connected: the grant is stored.", "GET /projects: 200 OK", "not", "401 Unauthorized")
	if a := ada.post("/lokalise/disconnect"); a.status != http.StatusSeeOther || a.location != "/" {
		t.Errorf("disconnect: %+v", a)
	}
	ada.dashboard("Not connected", "Disconnected: the grant is forgotten.", "not", "Website")
}

func TestExpiredTokenHeals(t *testing.T) {
	t.Parallel()
	ada := newSite(t).member("harbor")
	ada.connect()
	ada.dashboard("number 1<")
	ada.experiment("expire")
	ada.dashboard("The access token has expired at the sandbox.", "number 1<")
	ada.load()
	page := ada.dashboard("Healthy", "number 2<", "Website")
	at := -1
	for _, text := range []string{"GET /projects: 200 OK", "A new access token is stored: number 2", "GET /projects: 401 Unauthorized"} {
		next := strings.Index(page, text) // the newest is first
		if next <= at {
			t.Errorf("%q is not where it should be\n%s", text, page)
		}
		at = next
	}
}

func TestRevokedGrantAsksToConnectAgain(t *testing.T) {
	t.Parallel()
	ada := newSite(t).member("harbor")
	ada.connect()
	ada.dashboard("Website")
	ada.experiment("revoke")
	ada.load()
	// What was loaded before stays, beside why there is nothing newer.
	ada.dashboard("state-reauth_required", "Lokalise refused the refresh token", "The account has to be connected again.", "Website")
	ada.connect()
	ada.dashboard("Healthy", "Connected again: the grant was replaced.", "Website", "not", "state-reauth_required")
	// The experiments are with the new grant now.
	ada.experiment("expire")
	ada.load()
	ada.dashboard("number 2<", "Healthy")
}

func TestFailingTokenEndpointDegradesAndHeals(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	ada := s.member("harbor")
	ada.connect()
	ada.experiment("fail")
	ada.dashboard("2 to go.")
	ada.experiment("expire")
	ada.load()
	ada.dashboard("state-degraded", "The token endpoint gave no usable answer.", "There is no valid access token at the moment.", "1 to go.",
		`life-left">refused<`, "not", "data-until") // nothing is left of a token that was refused
	const id = "workspace/harbor"
	if err := s.manager.Refresh(t.Context(), id); err == nil {
		t.Error("the second refresh works")
	}
	if err := s.manager.Refresh(t.Context(), id); err != nil {
		t.Errorf("the third refresh: %v", err)
	}
	ada.dashboard("Healthy again.", "state-healthy", "data-until", "not", "to go.", "refused<")
	ada.load()
	ada.dashboard("Website", "not", "note tone-bad")
}

func TestDeadGrantHasNoLifeLeft(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	ada := s.member("harbor")
	ada.connect()
	ada.dashboard("data-until")
	ada.experiment("revoke")
	if err := s.manager.Refresh(t.Context(), "workspace/harbor"); err == nil { // nobody has used the token since
		t.Error("the refresh of a revoked grant works")
	}
	ada.dashboard("state-reauth_required", `life-left">no longer used<`, "not", "data-until")
	ada.connect()
	ada.dashboard("state-healthy", "data-until")
	ada.experiment("revoke")
	ada.experiment("expire")
	ada.load()
	ada.dashboard("state-reauth_required", `life-left">refused<`, "not", "data-until")
}

// TestExperimentsEndWithTheConnection: what was done to a grant that is gone is
// no advice any more. The log keeps it.
func TestExperimentsEndWithTheConnection(t *testing.T) {
	t.Parallel()
	ada := newSite(t).member("harbor")
	ada.connect()
	ada.experiment("expire")
	const note = `lab-note">The access token has expired`
	ada.dashboard(note)
	ada.post("/lokalise/disconnect")
	ada.dashboard(`lab-note">Nothing was done yet.`, "The access token has expired", "not", note)
	ada.connect()
	ada.dashboard("not", note)
}

func TestRotationIsTurnedOnAndOff(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	ada := s.member("harbor")
	ada.connect()
	ada.experiment("rotate-on")
	if p := s.box.OAuth().Policy(); p.Rotation != sandbox.RotationDetectReuse {
		t.Errorf("the policy is %+v", p)
	}
	ada.experiment("expire")
	ada.load()
	ada.dashboard("Healthy", "replaced by each refresh", "Turn off rotation")
	ada.experiment("expire")
	ada.load()
	ada.dashboard("Healthy", "number 3<")
	ada.experiment("rotate-off")
	if p := s.box.OAuth().Policy(); p.Rotation != sandbox.RotationNone {
		t.Errorf("the policy is %+v", p)
	}
	ada.dashboard("Turn on rotation")
}

func TestDenied(t *testing.T) {
	t.Parallel()
	ada := newSite(t).member("harbor")
	a := ada.land(ada.decide(ada.start(), sandbox.AuthorizeOptions{Deny: true}))
	if a.status != http.StatusOK || !strings.Contains(a.body, "You did not give permission.") || !strings.Contains(a.body, "Try again") {
		t.Errorf("the page says %d: %s", a.status, a.body)
	}
	ada.dashboard("Not connected")
}

// TestNobodyAsked: a callback that this browser did not ask for.
func TestNobodyAsked(t *testing.T) {
	t.Parallel()
	a := newSite(t).member("harbor")
	page := a.land(a.url + "/lokalise/callback?code=0000&state=1111")
	if page.status != http.StatusBadRequest || !strings.Contains(page.body, "No connection is in progress in this browser.") {
		t.Errorf("the page says %d: %s", page.status, page.body)
	}
}

// TestOtherKeys: what was stored with keys that are gone asks to connect again,
// and that works.
func TestOtherKeys(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	before := s.newManager(tokens.Config{Clients: []tokens.Refresher{s.cfg.Client}, Store: s.store})
	_, err := before.Put(t.Context(), "workspace/harbor", &oauth.Token{AccessToken: "of-another-time", RefreshToken: "of-another-time"})
	s.check(err)
	ada := s.member("harbor")
	ada.dashboard("state-reauth_required", "cannot be opened with this app", "Reconnect")
	ada.connect()
	ada.dashboard("Healthy", "Website")
}

func TestWithoutSandboxThereAreNoExperiments(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(cfg *app.Config) { cfg.Lab, cfg.SandboxURL = nil, "" })
	ada := s.member("harbor")
	ada.connect()
	ada.dashboard("Healthy", "Website", "not", "Experiments", "sandbox")
	if a := ada.post("/experiments/revoke"); a.status != http.StatusNotFound {
		t.Errorf("an experiment answers %d", a.status)
	}
	if st, err := s.manager.Status(t.Context(), "workspace/harbor"); err != nil || st.Health != tokens.Healthy {
		t.Errorf("the grant is %+v, %v", st, err)
	}
}

func TestUnknownExperiment(t *testing.T) {
	t.Parallel()
	ada := newSite(t).member("harbor")
	if a := ada.post("/experiments/explode"); a.status != http.StatusNotFound {
		t.Errorf("it answers %d", a.status)
	}
	ada.experiment("expire") // nothing is connected
	ada.dashboard("Nothing was done: the sandbox has no grant of this workspace.")
}
