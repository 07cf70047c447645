package browser_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/golokalise/lokalise/sandbox"
)

// watchLooks are the pages to watch and to steer by.
var watchLooks = []look{
	{name: "journal-more-filters", visit: func(a *app, b *tab) {
		if err := a.box.Inject(sandbox.FaultStatus("projects.list", http.StatusServiceUnavailable)); err != nil {
			a.Fatal(err)
		}
		a.work()
		b.visit(a.box.URL() + "/journal?faults=1")
	}},
	{name: "faults-empty", visit: func(a *app, b *tab) { b.visit(a.box.URL() + "/ui/faults") }},
	{name: "faults", visit: func(a *app, b *tab) {
		a.inject(sandbox.FaultLostAnswer("keys.create"), sandbox.Fault{Name: "night shift", Operation: "projects.*,keys.*", User: "mara.lind@example.com", Credential: "OAuth token", ProxyPage: true, Skip: 3, Probability: 0.25},
			sandbox.FaultDelay("oauth2.token", 10*time.Second))
		b.visit(a.box.URL() + "/ui/faults")
	}},
	{name: "faults-refused", visit: func(a *app, b *tab) {
		b.visit(a.box.URL() + "/ui/faults")
		b.do(fill("#operation", "keys.creat"), fill("#status", "503"))
		b.follow("Faults", press("Add the fault"))
	}},
	{name: "clock", visit: func(a *app, b *tab) {
		a.box.Clock().Freeze()
		a.hook(http.StatusBadGateway)
		b.visit(a.box.URL() + "/ui/clock")
	}},
	{name: "reset", visit: func(a *app, b *tab) { b.visit(a.box.URL() + "/ui/reset") }},
	{name: "webhooks-empty", visit: func(a *app, b *tab) { b.visit(a.box.URL() + "/ui/webhooks") }},
	{name: "webhooks", visit: func(a *app, b *tab) {
		a.hook(http.StatusBadGateway)
		b.visit(a.box.URL() + "/ui/webhooks")
	}},
	{name: "delivery", visit: func(a *app, b *tab) {
		a.hook(http.StatusBadGateway)
		b.visit(a.box.URL() + "/ui/webhooks/deliveries/2")
	}},
	{name: "home-busy", visit: func(a *app, b *tab) {
		a.work()
		b.visit(a.box.URL() + "/")
	}},
}

func (a *app) inject(list ...sandbox.Fault) {
	a.Helper()
	if err := a.box.Inject(list...); err != nil {
		a.Fatal(err)
	}
}

// hook has the app told of keys, to which it answers with a status, and adds
// one.
func (a *app) hook(status int) {
	a.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("POST /", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		fmt.Fprint(w, `{"answer":"of the app"}`)
	})
	receiver := httptest.NewServer(mux)
	a.Cleanup(receiver.Close)
	a.api(http.MethodPost, "/projects/7746120366054f3a0b41e2.18890427/webhooks", fmt.Sprintf(`{"url":%q,"events":["project.key.added","project.key.modified"]}`, receiver.URL+"/hooks/lokalise"))
	a.api(http.MethodPost, "/projects/7746120366054f3a0b41e2.18890427/keys", `{"keys":[{"key_name":"told","platforms":["web"]}]}`)
	a.box.Clock().Settle()
}

// api makes a request with the personal token.
func (a *app) api(method, path, body string) int {
	a.Helper()
	req, err := http.NewRequestWithContext(a.Context(), method, a.box.URL()+"/api2"+path, strings.NewReader(body))
	if err != nil {
		a.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Api-Token", a.box.Credentials().APIToken)
	res, err := a.box.Client().Do(req)
	if err != nil {
		a.Fatal(err)
	}
	_ = res.Body.Close()
	return res.StatusCode
}

func fill(selector, text string) chromedp.Action[chromedp.Void] {
	return chromedp.SetValue(chromedp.CSS(selector), text)
}

// press clicks the button with the text.
func press(text string) chromedp.Action[chromedp.Void] {
	return chromedp.Click("//main//button[contains(., '" + text + "')]")
}

// until waits for a condition in the page.
func (b *tab) until(condition string) {
	b.Helper()
	eval[bool](b, `new Promise((done) => {
		const look = () => (`+condition+`) ? done(true) : requestAnimationFrame(look);
		look();
	})`)
}

const liveRows = `[...document.querySelectorAll(".live tbody tr")]`

func TestJournalIsLive(t *testing.T) {
	t.Parallel()
	a, b := startApp(t, sandbox.WithoutRateLimit()), open(t)
	b.visit(a.box.URL() + "/journal?operation=projects.*")
	b.until(`document.querySelector("[data-live-state]").textContent === "Live"`)
	a.api(http.MethodGet, "/teams", "")
	a.api(http.MethodGet, "/projects", "")
	b.until(liveRows + `.length === 1 && ` + liveRows + `[0].checkVisibility() && !document.querySelector(".empty")`)
	b.until(`document.getElementById("announcer").textContent === "1 new request"`)
	b.do(press("Pause"))
	a.api(http.MethodPost, "/projects", `{}`)
	b.until(`document.querySelector("[data-live-pause]").textContent === "Go on (1 new)"`)
	if n := eval[int](b, liveRows+`.length`); n != 1 {
		t.Errorf("%d rows while paused", n)
	}
	b.do(press("Go on"))
	b.until(liveRows + `.length === 2 && ` + liveRows + `[0].textContent.includes("projects.create")`)
	for range 110 {
		a.api(http.MethodGet, "/projects", "")
	}
	last := a.box.Journal()
	b.until(fmt.Sprintf(`document.getElementById("request-%d")`, last[len(last)-1].ID))
	if n := eval[int](b, liveRows+`.length`); n != 100 {
		t.Errorf("the page has %d rows", n)
	}
	b.follow("GET /api2/projects", chromedp.Click(chromedp.CSS(".cell-path a")))
	b.noTrouble()
}

func TestHomeIsLive(t *testing.T) {
	t.Parallel()
	a, b := startApp(t, sandbox.WithoutRateLimit()), open(t)
	b.visit(a.box.URL() + "/")
	b.until(`document.querySelector("[data-live-state]").textContent === "Live"`)
	for range 7 {
		a.api(http.MethodGet, "/projects", "")
	}
	b.until(liveRows + `.length === 5 && document.getElementById("request-7")`)
	b.noTrouble()
}

func TestJournalWithoutScript(t *testing.T) {
	t.Parallel()
	a, b := startApp(t), open(t)
	b.script(false)
	b.visit(a.box.URL() + "/journal")
	if b.visible("[data-live-pause]") {
		t.Error("a button is shown and can do nothing")
	}
	a.api(http.MethodGet, "/projects", "")
	b.follow("Journal", chromedp.Click("//a[. = 'Reload']"))
	if !strings.Contains(b.text(), "projects.list") {
		t.Error("the request is not there")
	}
}

func TestFaultsWithTheBrowser(t *testing.T) {
	t.Parallel()
	a, b := startApp(t, sandbox.WithoutRateLimit()), open(t)
	b.visit(a.box.URL() + "/ui/faults")
	b.follow("Faults", press("500 for the next request"))
	if status := a.api(http.MethodGet, "/projects", ""); status != http.StatusInternalServerError {
		t.Errorf("status %d", status)
	}
	b.do(fill("#operation", "projects.lost"), fill("#status", "503"))
	b.follow("Faults", press("Add the fault"))
	if focus := eval[string](b, `document.activeElement.id`); focus != "operation" {
		t.Errorf("the focus is on %q", focus)
	}
	b.do(fill("#operation", "projects.list"))
	b.follow("Faults", press("Add the fault"))
	if status := a.api(http.MethodGet, "/projects", ""); status != http.StatusServiceUnavailable {
		t.Errorf("status %d", status)
	}
	b.follow("Faults", chromedp.Click("(//main//button[starts-with(., 'Remove the') or contains(., 'Remove the fault')])[1]"))
	b.follow("Faults", press("Remove all"))
	if n := len(a.box.Faults()); n != 0 {
		t.Errorf("%d faults are left", n)
	}
	b.noTrouble()
}

func TestClockWithTheBrowser(t *testing.T) {
	t.Parallel()
	a, b := startApp(t), open(t)
	b.visit(a.box.URL() + "/ui/clock")
	b.follow("Clock", press("Stop it"))
	before := a.box.Clock().Now()
	b.follow("Clock", press("1 day"))
	b.do(fill("#by", "1h30m"))
	b.follow("Clock", press("Move"))
	if moved := a.box.Clock().Now().Sub(before); moved != 25*time.Hour+30*time.Minute {
		t.Errorf("moved by %v", moved)
	}
	b.follow("Clock", press("Let it run"))
	b.follow("Reset the world default?", chromedp.Click("//a[contains(., 'Reset the world')]"))
	b.follow("Your own Lokalise to try things on", press("Reset the world"))
	b.noTrouble()
}

func TestWebhooksWithTheBrowser(t *testing.T) {
	t.Parallel()
	a, b := startApp(t, sandbox.WithoutRateLimit()), open(t)
	a.hook(http.StatusOK)
	b.visit(a.box.URL() + "/ui/webhooks")
	b.do(chromedp.SetValue(chromedp.CSS("#filter-status"), "failed"))
	b.follow("Webhooks", press("Show"))
	if text := b.text(); !strings.Contains(text, "No delivery is failed.") {
		t.Error(text)
	}
	b.visit(a.box.URL() + "/ui/webhooks")
	b.do(press("Ping"), chromedp.WaitVisible(chromedp.CSS(".toast")))
	b.do(press("Send again"), chromedp.WaitVisible(chromedp.CSS(".facts a[href$='/deliveries/3']")))
	if list := a.box.Deliveries(); len(list) != 4 || list[3].ReplayOf != 3 || list[3].Status != sandbox.DeliverySent {
		t.Errorf("%+v", list)
	}
	b.noTrouble()
}
