package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/golokalise/lokalise/sandbox/internal/web"
)

func faultsView(text string) web.FaultsView {
	return web.FaultsView{
		Chrome: web.Chrome{
			Worlds: []string{"default", text}, World: text, Token: strings.Repeat("a", 64),
			Refused: &web.Refused{Form: web.FormFault, Status: http.StatusUnprocessableEntity, Problem: text, Field: "operation", Values: url.Values{"operation": {text}}},
		},
		Rows: []web.FaultRow{{
			ID: "1", Name: text, Operation: text, Action: text, Only: []web.Field{{Name: "User", Value: text}},
			Times: 2, Skip: 1, Percent: 50, Seen: 3, Hit: 2, Spent: true, RemovePath: "/ui/faults/1/remove",
		}},
		Presets:    []web.FaultPreset{{ID: "slow", Label: "Slow", Hint: "Late."}},
		Operations: []string{text}, Credentials: []string{text},
	}
}

func clockView(text string) web.ClockView {
	return web.ClockView{
		Chrome: web.Chrome{Token: strings.Repeat("a", 64)},
		Now:    noon, Ahead: time.Hour, Frozen: true, RateLimit: 6, More: 3,
		Upcoming: []web.UpcomingRow{{Due: noon.Add(time.Minute), What: text, Link: web.DeliveryPath(text)}, {Due: noon, What: text}},
	}
}

func deliveryRow(text string) web.DeliveryRow {
	return web.DeliveryRow{ID: text, Event: text, URL: text, ProjectID: text, Status: "failed", Attempts: 2, Created: noon, Next: noon, Response: 500, Problem: text, ReplayOf: text}
}

func hooksView(text string) web.HooksView {
	return web.HooksView{
		Chrome:     web.Chrome{Token: strings.Repeat("a", 64)},
		Hooks:      []web.HookRow{{ID: text, ProjectID: text, ProjectName: text, URL: text, Secret: "5ec2…[redacted]", Branch: text, Events: []string{text}}},
		Deliveries: []web.DeliveryRow{deliveryRow(text)}, Window: web.NewWindow(2, 1, 3), Status: "failed",
	}
}

func deliveryView(text string) web.DeliveryView {
	return web.DeliveryView{Chrome: web.Chrome{Token: strings.Repeat("a", 64)}, Row: deliveryRow(text), Hook: text, Headers: []web.Field{{Name: "X-Secret", Value: text}}, Body: text, Answer: text}
}

// A line break in a value would begin a field of the stream that the sender
// chooses.
func TestEventsKeepHostileTextInOneField(t *testing.T) {
	t.Parallel()
	rec := httptest.NewRecorder()
	web.StartEvents(rec)
	events := web.NewEvents(rec, time.Second)
	bad := "a\r\nid: 9\revent: planted\n\n" + hostile
	if err := events.Row(web.JournalRow{ID: "7", Method: bad, Path: bad, Operation: bad, Credential: bad, Fault: bad, Scope: bad}, bad); err != nil {
		t.Fatal(err)
	}
	if err := events.Flush("7"); err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(strings.ReplaceAll(rec.Body.String(), "\r", "\n"), "\n") {
		switch name, value, _ := strings.Cut(line, ": "); {
		case name == "data" && !strings.Contains(value, "<script>"), line == "event: request", line == "id: 7", line == ":", line == "":
		default:
			t.Errorf("the stream has the line %q", line)
		}
	}
}

// The command is run by a shell whose curl prints its words.
func TestCurlCommandIsSafeToPaste(t *testing.T) {
	t.Parallel()
	sh := shell(t)
	v := entryView("")
	v.Method, v.BaseURL, v.Path = "PO'ST$(x)", "http://127.0.0.1:8484", "/api2/it's/`x`"
	v.RawQuery = "a=$HOME&token=5ec2%E2%80%A6%5Bredacted%5D"
	v.Request = web.Message{
		Headers: []web.Field{{"X-Api-Token", "5ec2…[redacted]"}, {"Accept", "'; x"}, {"Host", "h"}, {"Sec-Fetch-Mode", "cors"}},
		Body:    `{"client_secret":"5ec2…[redacted]","name":"it's $HOME"}`, Size: 60,
	}
	_, page := render(t, func(w http.ResponseWriter) { web.JournalEntry(w, v) })
	command := ""
	for _, g := range find(checkPage(t, page), "code") {
		if g.attrs["id"] == "snippet-curl-text" {
			command = g.text
		}
	}
	script := "curl() { printf '%s\\n' \"$@\"; }\n" + command
	run := exec.CommandContext(t.Context(), sh, "-c", script)
	run.Env = []string{"TOKEN=t1", "LOKALISE_API_TOKEN=t2", "LOKALISE_CLIENT_SECRET=t3"}
	out, err := run.CombinedOutput()
	want := strings.Join([]string{
		"-X", "PO'ST$(x)", "http://127.0.0.1:8484/api2/it's/`x`?a=$HOME&token=t1", "-H", "X-Api-Token: t2", "-H", "Accept: '; x",
		"--data-raw", `{"client_secret":"t3","name":"it's $HOME"}`, "",
	}, "\n")
	if err != nil || string(out) != want {
		t.Errorf("%v\n%s\nprints\n%s\nwant\n%s", err, command, out, want)
	}
}
