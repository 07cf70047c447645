package sandbox_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/golokalise/lokalise/sandbox"
)

// hookReceiver answers with a status, and keeps what it was sent.
type hookReceiver struct {
	mu     sync.Mutex
	status int
	bodies []string
}

func (r *hookReceiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	data, _ := io.ReadAll(req.Body) // in memory
	r.mu.Lock()
	defer r.mu.Unlock()
	r.bodies = append(r.bodies, string(data))
	w.WriteHeader(r.status)
	fmt.Fprint(w, `{"said":"`+req.Header.Get("X-Secret")+`<script>alert(1)</script>"}`)
}

func (r *hookReceiver) answer(status int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.status = status
}

func TestWebhookIsPingedAndADeliverySentAgain(t *testing.T) {
	t.Parallel()
	r := &hookReceiver{status: http.StatusInternalServerError}
	p := start(t, sandbox.InMemory(), sandbox.WithWebhookHandler(r), sandbox.WithoutRateLimit()).person()
	p.open("/ui/webhooks")
	p.says("No webhooks.", "None yet.")
	made := p.api("POST", "/projects/"+website+"/webhooks", `{"url":"https://user:planted-pass@shop.example/hook?token=planted-token&x=%3Cscript%3Ealert(1)","events":["project.key.added"]}`)
	var hook struct {
		Webhook struct{ Secret string }
	}
	made.decode(t, &hook)
	p.Clock().Settle()
	secrets := []string{hook.Webhook.Secret, "planted-pass", "planted-token"}
	p.open("/ui/webhooks")
	p.says("shop.example", "project.key.added", ">failed<", "1 delivery")
	if strings.Contains(p.page.body, ">waiting<") == strings.Contains(p.page.body, ">failed<") {
		t.Logf("%s", p.page.body)
	}
	assertNoSecret(t, "webhooks", p.page.body, secrets...)
	r.answer(http.StatusOK)
	p.submit("/ping")
	p.says("A ping was sent.", ">sent<", "X-Secret", "…[redacted]", "said")
	assertNoSecret(t, "delivery", p.page.body, secrets...)
	p.saysNotRaw("<script>alert")
	p.open("/ui/webhooks/deliveries/1")
	p.says("The receiver answered 500")
	p.submit("/replay")
	p.says("The delivery was sent again", ">sent<", "1 again")
	if n := len(r.bodies); n != 3 || r.bodies[0] != r.bodies[2] {
		t.Errorf("arrived: %q", r.bodies)
	}
	p.open("/ui/webhooks?status=sent")
	p.says("2 deliveries")
}

func TestWebhookPagesForWhatIsNotThere(t *testing.T) {
	t.Parallel()
	p := start(t, sandbox.InMemory(), sandbox.WithWebhookHandler(&hookReceiver{status: 200})).person()
	for _, id := range []string{"7", "x", "-1", "99999999999999999999"} {
		if a := p.do(p.browser, p.request("GET", "/ui/webhooks/deliveries/"+id, "")); a.status != http.StatusNotFound {
			t.Errorf("%s: %d", id, a.status)
		}
	}
	p.api("POST", "/projects/"+website+"/webhooks", `{"url":"https://shop.example/hook","events":["project.key.added"]}`)
	p.Clock().Settle()
	p.open("/ui/webhooks")
	action, fields := p.form("/replay")
	for _, path := range []string{"/ui/webhooks/deliveries/77/replay", "/ui/webhooks/deliveries/x/replay", "/ui/webhooks/" + website + "/none/ping", "/ui/faults/7/remove"} {
		if a := p.post(path, fields); a.status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", path, a.status)
		}
	}
	if a := p.post(action, fields, "Origin", "https://attacker.example"); a.status != http.StatusForbidden {
		t.Errorf("from another site: %d", a.status)
	}
	if a := p.post(action, fields, "Host", "attacker.example"); a.status != http.StatusMisdirectedRequest {
		t.Errorf("under a foreign name: %d", a.status)
	}
}

// consoleForms are the forms that change the sandbox itself.
var consoleForms = map[string][]string{
	"/ui/faults": {"operation", "*", "kind", "reset"}, "/ui/faults/presets": {"preset", "proxy"}, "/ui/faults/clear": nil, "/ui/faults/1/remove": nil,
	"/ui/clock/step": {"by", "24h"}, "/ui/clock/advance": {"by", "1h"}, "/ui/clock/freeze": {"freeze", "0"}, "/ui/reset": nil,
	"/ui/webhooks/deliveries/1/replay": nil,
}

func TestConsoleFormsWithoutTheirTokenChangeNothing(t *testing.T) {
	t.Parallel()
	p := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit(), sandbox.WithWebhookHandler(&hookReceiver{status: 200})).person()
	p.Clock().Freeze()
	p.api("POST", "/projects/"+website+"/webhooks", `{"url":"https://shop.example/hook","events":["project.key.added"]}`)
	p.Clock().Settle()
	if err := p.Inject(sandbox.FaultStatus("teams.list", 503)); err != nil {
		t.Fatal(err)
	}
	now := func() string {
		return fmt.Sprint(p.Clock().Now(), p.Clock().Frozen(), p.Faults(), p.Deliveries(), p.projects())
	}
	before := now()
	p.open("/ui/clock")
	for action, pairs := range consoleForms {
		_, fields := p.form("/ui/clock/freeze")
		for i := 0; i+1 < len(pairs); i += 2 {
			fields.Set(pairs[i], pairs[i+1])
		}
		for _, token := range []string{"", strings.Repeat("0", 64)} {
			fields.Set("csrf", token)
			if a := p.post(action, fields); a.status != http.StatusForbidden && a.status != http.StatusNotFound {
				t.Errorf("%s with the token %q: %d", action, token, a.status)
			}
		}
		p.do(p.browser, p.request("GET", action+"?"+fields.Encode(), ""))
		if now() != before {
			t.Fatalf("%s changed something", action)
		}
	}
}
