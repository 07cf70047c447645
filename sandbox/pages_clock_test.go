package sandbox_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/golokalise/lokalise/sandbox"
)

// saysNotRaw fails the test if the page as sent has the text.
func (p *person) saysNotRaw(text string) {
	p.Helper()
	if strings.Contains(p.page.body, text) {
		p.Errorf("the page has %q in it", text)
	}
}

func TestClockIsMovedAndStoppedByForms(t *testing.T) {
	t.Parallel()
	p := start(t, sandbox.InMemory(), sandbox.WithProcessTime(time.Hour)).person()
	p.open("/ui/clock")
	p.says("in step with real time", "6 requests a second", "Nothing waits for its time in this world.")
	p.submit("/freeze", "freeze", "1")
	p.says("The clock stands still.", "lets no more through")
	before := p.Clock().Now()
	for _, by := range []string{"1m", "1h", "24h"} {
		p.submit("/step", "by", by)
	}
	p.submit("/advance", "by", "90")
	p.says("The clock was moved", "1 day 1 hour ahead of real time")
	if moved := p.Clock().Now().Sub(before); moved != 25*time.Hour+2*time.Minute+30*time.Second {
		t.Errorf("moved by %v", moved)
	}
	p.submit("/freeze", "freeze", "0")
	p.says("The clock runs.")
	if p.Clock().Frozen() {
		t.Error("the clock stands still")
	}
}

func TestClockSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	p := start(t, sandbox.InMemory()).person()
	for by, want := range map[string]string{
		"soon": "no length of time", "-1h": "only moves forward", "-5": "only moves forward", "9999999h": "too long", "0": "more than nothing", "": "no length of time", "2000000h": "100 years", xss: "no length of time",
	} {
		p.open("/ui/clock")
		if a := p.submit("/advance", "by", by); a.status != http.StatusUnprocessableEntity {
			t.Errorf("%q: %d", by, a.status)
		}
		p.says(want, `id="by-problem"`)
		p.saysNotRaw("<script>alert")
	}
	p.open("/ui/clock")
	if a := p.submit("/freeze", "freeze", "perhaps"); a.status != http.StatusUnprocessableEntity {
		t.Errorf("%d", a.status)
	}
}

func TestClockShowsWhatHappensNext(t *testing.T) {
	t.Parallel()
	r := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) })
	p := start(t, sandbox.InMemory(), sandbox.WithProcessTime(time.Hour), sandbox.WithWebhookHandler(r), sandbox.WithoutRateLimit()).person()
	p.Clock().Freeze()
	p.api("POST", "/projects/"+website+"/webhooks", `{"url":"https://shop.example/hook","events":["project.key.added"]}`)
	p.Clock().Settle()
	p.api("POST", "/projects/"+website+"/keys", `{"keys":[{"key_name":"next","platforms":["web"]}]}`)
	p.Clock().Settle()
	p.api("POST", "/projects/"+website+"/files/async-download", `{"format":"json"}`)
	p.open("/ui/clock")
	p.says("Webhook: attempt 2 to deliver project.key.added", "Process async-export of project "+website, "in 30 minutes", `href="/ui/webhooks/deliveries/2"`)
	p.submit("/step", "by", "24h")
	p.says("Nothing waits for its time in this world.")
}

func TestResetAsksFirst(t *testing.T) {
	t.Parallel()
	p := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit()).person()
	if _, err := p.AddWorld("second"); err != nil {
		t.Fatal(err)
	}
	seed := p.projects()
	p.api("DELETE", "/projects/"+website, "")
	p.open("/ui/clock?world=second")
	p.open("/ui/reset?world=second")
	p.says("Reset the world second?")
	if p.projects() == seed {
		t.Fatal("the page alone reset the world")
	}
	p.submit("/ui/reset")
	p.says("The world is back to its seed.")
	if p.projects() == seed {
		t.Error("another world was reset")
	}
	p.open("/ui/reset")
	p.submit("/ui/reset")
	if p.projects() != seed {
		t.Error("the world was not reset")
	}
}
