package sandbox_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/sandbox"
	"github.com/golokalise/lokalise/sandbox/internal/state"
	"github.com/golokalise/lokalise/webhook"
)

const mobileApp = "3150927465e5a1d12ac0b7.40718253" // a project of the seed

// receiver answers deliveries and remembers them.
type receiver struct {
	mu       sync.Mutex
	status   int // 0: 200
	bodies   []string
	headers  []http.Header
	verifies http.Handler // nil: nobody
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	data, _ := io.ReadAll(req.Body)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.bodies, r.headers = append(r.bodies, string(data)), append(r.headers, req.Header.Clone())
	if r.status != 0 {
		http.Error(w, "no thanks, "+req.Header.Get("X-Secret"), r.status)
		return
	}
	if r.verifies != nil {
		req.Body = io.NopCloser(strings.NewReader(string(data)))
		r.verifies.ServeHTTP(w, req)
	}
}

func (r *receiver) answers(status int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.status = status
}

func (r *receiver) count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.bodies)
}

type hook struct {
	ID           string   `json:"webhook_id"`
	URL          string   `json:"url"`
	Branch       *string  `json:"branch"`
	Secret       string   `json:"secret"`
	Events       []string `json:"events"`
	EventLangMap []struct {
		Event string   `json:"event"`
		Codes []string `json:"lang_iso_codes"`
	} `json:"event_lang_map"`
}

// hooked starts a sandbox whose webhook goes to a receiver.
func hooked(tb testing.TB, body string, opts ...sandbox.Option) (*box, *receiver, hook) {
	tb.Helper()
	r := new(receiver)
	b := start(tb, append([]sandbox.Option{sandbox.InMemory(), sandbox.WithWebhookHandler(r), sandbox.WithoutRateLimit()}, opts...)...)
	b.Clock().Freeze()
	return b, r, b.hook(body)
}

func (b *box) hook(body string) hook {
	b.Helper()
	a := b.api("POST", "/projects/"+mobileApp+"/webhooks", body)
	if a.status != http.StatusOK {
		b.Fatalf("create a webhook: %d %s", a.status, a.body)
	}
	var made struct{ Webhook hook }
	a.decode(b, &made)
	b.Clock().Settle()
	return made.Webhook
}

func (b *box) emit(e state.Event) {
	b.Helper()
	e.ProjectID = mobileApp
	if err := sandbox.Emit(b.Server, e); err != nil {
		b.Fatal(err)
	}
	b.Clock().Settle()
}

var hexForty = regexp.MustCompile(`^[0-9a-f]{40}$`)

func TestWebhookIsMadeReadChangedAndDeleted(t *testing.T) {
	t.Parallel()
	b, _, made := hooked(t, `{"url":"http://a.test/h","events":["project.exported"]}`)
	if !hexForty.MatchString(made.ID) || !hexForty.MatchString(made.Secret) || made.Branch != nil || made.EventLangMap == nil {
		t.Errorf("made %+v", made)
	}
	path := "/projects/" + mobileApp + "/webhooks/" + made.ID
	changed := b.api("PUT", path, `{"events":["project.snapshot"],"event_lang_map":[{"event":"project.translation.updated","lang_iso_codes":["de"]}]}`)
	want := `{"project_id":"` + mobileApp + `","webhook":{"webhook_id":"` + made.ID + `","url":"http://a.test/h","branch":null,"secret":"` + made.Secret +
		`","events":["project.snapshot"],"event_lang_map":[{"event":"project.translation.updated","lang_iso_codes":["de"]}]}}`
	if changed.body != want {
		t.Errorf("changed\n%s\nwant\n%s", changed.body, want)
	}
	if a := b.api("GET", path, ""); a.body != want {
		t.Errorf("read %s", a.body)
	}
	second := b.hook(`{"url":"http://b.test/h","events":["project.deleted"]}`)
	list := b.api("GET", "/projects/"+mobileApp+"/webhooks?limit=1&page=2", "")
	if !strings.Contains(list.body, second.ID) || strings.Contains(list.body, made.ID) || list.header.Get("X-Pagination-Total-Count") != "2" {
		t.Errorf("second page: %s", list.body)
	}
	renewed := b.api("PATCH", path+"/secret/regenerate", "")
	var secret struct {
		ProjectID string `json:"project_id"`
		Secret    string `json:"secret"`
	}
	renewed.decode(t, &secret)
	if secret.ProjectID != mobileApp || !hexForty.MatchString(secret.Secret) || secret.Secret == made.Secret {
		t.Errorf("renewed: %s", renewed.body)
	}
	if a := b.api("DELETE", path, ""); a.body != `{"project_id":"`+mobileApp+`","webhook_deleted":true}` {
		t.Errorf("deleted: %s", a.body)
	}
	if a := b.api("GET", path, ""); a.status != http.StatusNotFound {
		t.Errorf("after that: %d", a.status)
	}
}

func TestWebhookThatCannotBeIsRefused(t *testing.T) {
	t.Parallel()
	b, _, _ := hooked(t, `{"url":"http://a.test/h","events":["project.exported"]}`)
	path := "/projects/" + mobileApp + "/webhooks"
	for body, want := range map[string]string{
		`{}`:                                    "Invalid `url` parameter",
		`{"url":"ftp://a.test","events":["x"]}`: "Invalid `url` parameter",
		`{"url":"http://a.test"}`:               "Invalid `events` parameter",
		`{"url":"http://a.test","events":[]}`:   "Invalid `events` parameter",
		`{"url":"http://a.test","events":["project.exploded"]}`:                                                                                    "Invalid `events` parameter",
		`{"url":"http://a.test","events":["project.deleted"],"branch":"nowhere"}`:                                                                  "Invalid `branch` parameter",
		`{"url":"http://a.test","events":["project.deleted"],"event_lang_map":[{"event":"project.deleted","lang_iso_codes":["de"]}]}`:              "Invalid `event_lang_map`.`event` parameter",
		`{"url":"http://a.test","events":["project.deleted"],"event_lang_map":[{"event":"project.translation.updated","lang_iso_codes":["tlh"]}]}`: "Invalid `event_lang_map`.`lang_iso_codes` parameter",
	} {
		if a := b.api("POST", path, body); a.status != http.StatusBadRequest || a.message(t) != want {
			t.Errorf("%s: %d %s", body, a.status, a.body)
		}
	}
}

func TestPingIsAnArrayWithTheSecret(t *testing.T) {
	t.Parallel()
	_, r, made := hooked(t, `{"url":"http://a.test/h","events":["project.deleted"]}`)
	if r.count() != 1 || r.bodies[0] != `["ping"]` {
		t.Fatalf("got %q", r.bodies)
	}
	h := r.headers[0]
	if h.Get("X-Secret") != made.Secret || h.Get("Project-Id") != mobileApp || h.Get("Webhook-Id") != made.ID || h.Get("Content-Type") != "application/json" {
		t.Errorf("headers %v", h)
	}
}

// The project is gone by the time its deletion is told.
func TestReceiverOfThisProjectTakesADelivery(t *testing.T) {
	t.Parallel()
	b, r, made := hooked(t, `{"url":"http://a.test/h","events":["project.deleted"]}`)
	var got *webhook.ProjectDeleted
	var delivery *webhook.Delivery
	h, err := webhook.New(webhook.Config{Secrets: []string{made.Secret}})
	if err != nil {
		t.Fatal(err)
	}
	webhook.On(h, func(_ context.Context, d *webhook.Delivery, e *webhook.ProjectDeleted) error {
		delivery, got = d, e
		return nil
	})
	r.verifies = h
	if a := b.api("DELETE", "/projects/"+mobileApp, ""); a.status != http.StatusOK {
		t.Fatalf("delete: %d", a.status)
	}
	b.Clock().Settle()
	if got == nil {
		t.Fatalf("nothing arrived: %+v", b.Deliveries())
	}
	if got.Project.Name != "Mobile app" || got.User.Email != "mara.lind@example.com" || got.User.FullName != "Mara Lind" {
		t.Errorf("got %+v", got)
	}
	if delivery.WebhookID != made.ID || delivery.ProjectID != lokalise.ProjectID(mobileApp) {
		t.Errorf("delivery %+v", delivery)
	}
	want := []string{"event", "project", "user", "created_at", "created_at_timestamp"}
	if got := members(t, r.bodies[1]); !slices.Equal(got, want) {
		t.Errorf("members %v, want %v", got, want)
	}
	if d := b.Deliveries()[1]; d.Status != sandbox.DeliverySent || d.Attempts != 1 || d.ResponseStatus != http.StatusOK {
		t.Errorf("log %+v", d)
	}
}

func TestFailedDeliveryIsRepeatedForADay(t *testing.T) {
	t.Parallel()
	b, r, _ := hooked(t, `{"url":"http://a.test/h","events":["project.imported"]}`)
	r.answers(http.StatusBadGateway)
	b.emit(state.Event{Name: "project.imported", Payload: struct{}{}})
	made := b.Clock().Now()
	var at []time.Duration
	for seen := r.count(); b.Deliveries()[1].Status == sandbox.DeliveryWaiting; {
		next := b.Deliveries()[1].NextAttempt
		b.Clock().Advance(next.Sub(b.Clock().Now()))
		if r.count() != seen+1 {
			t.Fatalf("no attempt at %v", next)
		}
		seen++
		at = append(at, next.Sub(made).Round(time.Minute))
	}
	if at[0] != time.Minute || at[1] != 3*time.Minute || at[len(at)-1] > 24*time.Hour || at[len(at)-1] < 20*time.Hour {
		t.Errorf("repeated at %v", at)
	}
	d := b.Deliveries()[1]
	if d.Status != sandbox.DeliveryFailed || d.Attempts != len(at)+1 || d.ResponseStatus != http.StatusBadGateway || !d.NextAttempt.IsZero() {
		t.Errorf("log %+v", d)
	}
	for _, body := range r.bodies[2:] {
		if body != r.bodies[1] {
			t.Errorf("repeated as %s", body)
		}
	}
}

func TestAdvanceWaitsForEveryAttemptOnTheWay(t *testing.T) {
	t.Parallel()
	b, r, _ := hooked(t, `{"url":"http://a.test/h","events":["project.imported"]}`)
	r.answers(http.StatusInternalServerError)
	b.emit(state.Event{Name: "project.imported", Payload: struct{}{}})
	b.Clock().Advance(16 * time.Minute) // attempts at 1, 3, 7 and 15 minutes
	if got := r.count(); got != 6 {
		t.Errorf("%d requests, want 6", got)
	}
	r.answers(0)
	b.Clock().Advance(16 * time.Minute)
	if d := b.Deliveries()[1]; d.Status != sandbox.DeliverySent || d.Attempts != 6 {
		t.Errorf("log %+v", d)
	}
}

func TestUnansweredPingIsNotRepeated(t *testing.T) {
	t.Parallel()
	b, r, made := hooked(t, `{"url":"http://a.test/h","events":["project.imported"]}`)
	r.answers(http.StatusTeapot)
	if a := b.api("PUT", "/projects/"+mobileApp+"/webhooks/"+made.ID, `{"url":"http://a.test/other"}`); a.status != http.StatusOK {
		t.Fatal(a.body)
	}
	b.Clock().Advance(time.Hour)
	if d := b.Deliveries(); len(d) != 2 || d[1].Status != sandbox.DeliveryFailed || d[1].Attempts != 1 {
		t.Errorf("log %+v", d)
	}
}

func TestReplaySendsTheSameAgainWithTheNewSecret(t *testing.T) {
	t.Parallel()
	b, r, made := hooked(t, `{"url":"http://a.test/h","events":["project.imported"]}`)
	b.emit(state.Event{Name: "project.imported", UserID: 320182, Payload: map[string]any{"import": map[string]int{"inserted": 3}}})
	b.Clock().Advance(time.Hour)
	var renewed struct{ Secret string }
	b.api("PATCH", "/projects/"+mobileApp+"/webhooks/"+made.ID+"/secret/regenerate", "").decode(t, &renewed)
	again, err := b.Replay(2)
	if err != nil || again.ReplayOf != 2 {
		t.Fatalf("%+v, %v", again, err)
	}
	b.Clock().Settle()
	if r.count() != 3 || r.bodies[2] != r.bodies[1] || r.headers[2].Get("X-Secret") != renewed.Secret {
		t.Errorf("got %q with %v", r.bodies, r.headers[len(r.headers)-1])
	}
	if _, err := b.Replay(99); err == nil || !strings.Contains(err.Error(), "99") {
		t.Errorf("no delivery: %v", err)
	}
	if a := b.write("webhooks/deliveries/1/replay", ""); a.status != http.StatusCreated {
		t.Errorf("control plane: %d %s", a.status, a.body)
	}
	b.Clock().Settle()
	if r.count() != 4 || r.bodies[3] != `["ping"]` {
		t.Errorf("got %q", r.bodies)
	}
	if a := b.write("webhooks/deliveries/99/replay", ""); a.status != http.StatusNotFound {
		t.Errorf("control plane: %d %s", a.status, a.body)
	}
	if a := b.send("GET", "/_sandbox/webhooks/deliveries", ""); strings.Count(a.body, `"webhook_id"`) != 4 {
		t.Errorf("control plane: %s", a.body)
	}
}

func TestNoSecretOfAWebhookIsShown(t *testing.T) {
	t.Parallel()
	b, r, made := hooked(t, `{"url":"http://me:hunter2hunter2@a.test/h?token=topsecrettoken","events":["project.imported"]}`)
	r.answers(http.StatusForbidden) // and repeats the secret
	b.emit(state.Event{Name: "project.imported", Payload: map[string]string{"note": made.Secret}})
	b.api("GET", "/projects/"+mobileApp+"/webhooks/"+made.Secret, "")
	shown := b.journalJSON() + b.send("GET", "/_sandbox/webhooks/deliveries", "").body + jsonText(t, b.Deliveries())
	for _, secret := range []string{made.Secret, "hunter2", "topsecret"} {
		if strings.Contains(jsonText(t, b.Deliveries())+b.send("GET", "/_sandbox/webhooks/deliveries", "").body, secret) {
			t.Errorf("%s is in the log", secret)
		}
	}
	if strings.Contains(shown, made.Secret) {
		t.Error("the secret is shown")
	}
}

func TestEventOfOtherLanguagesIsNotDelivered(t *testing.T) {
	t.Parallel()
	b, r, _ := hooked(t, `{"url":"http://a.test/h","events":["project.translation.updated","project.key.added"],
		"event_lang_map":[{"event":"project.translation.updated","lang_iso_codes":["de","fr"]}]}`)
	b.emit(state.Event{Name: "project.translation.updated", Languages: []string{"ja"}, Payload: struct{}{}})
	b.emit(state.Event{Name: "project.translation.updated", Languages: []string{"fr"}, Payload: struct{}{}})
	b.emit(state.Event{Name: "project.key.added", Payload: struct{}{}})
	b.emit(state.Event{Name: "project.key.modified", Payload: struct{}{}}) // not asked for
	b.emit(state.Event{Name: "project.key.added"})                         // for the audit log only
	if r.count() != 3 {
		t.Errorf("got %q", r.bodies)
	}
}

func TestWebhookOfABranchHearsOfThatBranchAndOfTheProject(t *testing.T) {
	t.Parallel()
	b, r, _ := hooked(t, `{"url":"http://a.test/h","branch":"master","events":["project.key.added","project.contributor.added"]}`)
	b.emit(state.Event{Name: "project.key.added", Branch: "develop", Payload: struct{}{}})
	b.emit(state.Event{Name: "project.key.added", Branch: "master", Payload: struct{}{}})
	b.emit(state.Event{Name: "project.key.added", Payload: struct{}{}}) // branching is off: all is master
	b.emit(state.Event{Name: "project.contributor.added", Branch: "develop", Payload: struct{}{}})
	if r.count() != 4 {
		t.Fatalf("got %q", r.bodies)
	}
	if !strings.Contains(r.bodies[1], `"branch":"master"`) || strings.Contains(r.bodies[3], "branch") {
		t.Errorf("got %q", r.bodies)
	}
}

func TestDeletedWebhookGetsNothingMore(t *testing.T) {
	t.Parallel()
	b, r, made := hooked(t, `{"url":"http://a.test/h","events":["project.imported"]}`)
	r.answers(http.StatusInternalServerError)
	b.emit(state.Event{Name: "project.imported", Payload: struct{}{}})
	b.api("DELETE", "/projects/"+mobileApp+"/webhooks/"+made.ID, "")
	b.emit(state.Event{Name: "project.imported", Payload: struct{}{}})
	b.Clock().Advance(48 * time.Hour)
	if d := b.Deliveries(); r.count() != 2 || len(d) != 2 || d[1].Status != sandbox.DeliveryCanceled {
		t.Errorf("%d requests, log %+v", r.count(), d)
	}
}

func TestStrangersAreNotCalled(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.WithWebhookHosts("named.test"))
	b.hook(`{"url":"http://203.0.113.7/h","events":["project.imported"]}`)
	d := b.Deliveries()
	if len(d) != 1 || d[0].Status != sandbox.DeliveryFailed || d[0].ResponseStatus != 0 || !strings.Contains(d[0].Error, "WithWebhookHosts") {
		t.Errorf("log %+v", d)
	}
}

func TestDeliveryOverASocketFollowsNoRedirect(t *testing.T) {
	t.Parallel()
	var asked []string
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.Path)
		http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
	}))
	t.Cleanup(srv.Close)
	b := start(t)
	b.hook(`{"url":"` + srv.URL + `/here","events":["project.imported"]}`)
	if d := b.Deliveries(); !slices.Equal(asked, []string{"/here"}) || d[0].ResponseStatus != http.StatusTemporaryRedirect || d[0].Status != sandbox.DeliveryFailed {
		t.Errorf("asked %v, log %+v", asked, d)
	}
}

func TestReceiverThatDoesNotAnswerIsGivenUpOn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, sandbox.InMemory(), sandbox.WithWebhookHandler(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })))
		began := time.Now()
		b.hook(`{"url":"http://a.test/h","events":["project.imported"]}`)
		if took := time.Since(began); took != 10*time.Second {
			t.Errorf("took %v", took)
		}
		if d := b.Deliveries()[0]; !strings.Contains(d.Error, "within 10s") {
			t.Errorf("log %+v", d)
		}
	})
}

func TestCloseBreaksOffAttempts(t *testing.T) {
	t.Parallel()
	entered := make(chan struct{}, 1)
	srv, err := sandbox.New(sandbox.InMemory(), sandbox.WithWebhookHandler(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		entered <- struct{}{}
		<-r.Context().Done()
	})))
	if err != nil {
		t.Fatal(err)
	}
	b := &box{TB: t, Server: srv, creds: srv.Credentials()}
	if a := b.api("POST", "/projects/"+mobileApp+"/webhooks", `{"url":"http://a.test/h","events":["project.imported"]}`); a.status != http.StatusOK {
		t.Fatal(a.body)
	}
	<-entered
	if err := srv.Close(); err != nil {
		t.Error(err)
	}
	if d := srv.Deliveries()[0]; d.Status != sandbox.DeliveryWaiting || d.Attempts != 0 {
		t.Errorf("log %+v: as if it had never been tried", d)
	}
}

func TestOptionsForWebhooksCheckTheirValues(t *testing.T) {
	t.Parallel()
	for name, opt := range map[string]sandbox.Option{
		"client":  sandbox.WithWebhookClient(nil),
		"handler": sandbox.WithWebhookHandler(nil),
		"host":    sandbox.WithWebhookHosts("http://a.test"),
	} {
		if _, err := sandbox.New(opt); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
