package sandbox_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/golokalise/lokalise/sandbox"
)

func TestFaultsAreAddedAndRemovedByForms(t *testing.T) {
	t.Parallel()
	p := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit()).person()
	p.open("/ui/faults")
	p.says("None: every request goes the way it should.")
	p.submit("/ui/faults", "operation", "projects.*", "kind", "status", "status", "503", "message", "Try later", "retry", "7",
		"when", "after", "times", "2", "skip", "1", "percent", "100", "user", "mara.lind@example.com", "credential", "API token")
	p.says("The fault is in force.", "status 503, after the change", "2 times, after 1 request", "mara.lind@example.com")
	f := p.Faults()[0].Fault
	if f.Operation != "projects.*" || f.Status != 503 || f.Message != "Try later" || !f.After || f.Times != 2 || f.Skip != 1 || f.Header.Get("Retry-After") != "7" || f.Credential != "API token" {
		t.Errorf("%+v", f)
	}
	if p.api("GET", "/projects", "").status != http.StatusOK {
		t.Error("the first request did not pass")
	}
	if a := p.api("GET", "/projects", ""); a.status != http.StatusServiceUnavailable || a.header.Get("Retry-After") != "7" {
		t.Errorf("the second: %d %v", a.status, a.header)
	}
	p.api("GET", "/projects", "")
	p.open("/ui/faults")
	p.says(`>spent<`)
	p.submit("/remove")
	p.says("The fault was removed.")
	for _, kind := range []string{"reset", "truncated", "malformed", "proxy"} {
		p.submit("/ui/faults", "operation", "keys.list", "kind", kind)
	}
	p.submit("/ui/faults", "operation", "keys.list", "kind", "late", "delay", "1m30s", "times", "0")
	if list := p.Faults(); len(list) != 5 || list[4].Fault.Delay != 90*time.Second || !list[0].Fault.Reset || !list[3].Fault.ProxyPage {
		t.Errorf("%+v", list)
	}
	p.submit("/clear")
	if n := len(p.Faults()); n != 0 {
		t.Errorf("%d faults are left", n)
	}
}

func TestFaultPresets(t *testing.T) {
	t.Parallel()
	p := start(t, sandbox.InMemory()).person()
	if _, err := p.AddWorld("second"); err != nil {
		t.Fatal(err)
	}
	for _, preset := range []string{"rate-limit", "lost-answer", "slow-token", "server-error", "proxy"} {
		p.open("/ui/faults?world=second")
		p.submit("/presets", "preset", preset)
		p.says("The fault is in force.")
	}
	list := p.Faults()
	if len(list) != 5 || list[0].Fault.Times != 5 || list[2].Fault.Delay != 10*time.Second || list[4].Fault.World != "second" {
		t.Errorf("%+v", list)
	}
	if a := p.submit("/presets", "preset", "nothing"); a.status != http.StatusUnprocessableEntity {
		t.Errorf("no such preset: %d", a.status)
	}
}

func TestFaultFormSaysWhatIsWrongBesideTheField(t *testing.T) {
	t.Parallel()
	p := start(t, sandbox.InMemory()).person()
	for name, c := range map[string]struct {
		fields []string
		field  string
		says   string
	}{
		"operation": {[]string{"operation", "keys.creat" + xss, "kind", "status", "status", "500"}, "operation", "did you mean keys.create?"},
		"nothing":   {[]string{"operation", "", "kind", "status", "status", "500"}, "operation", "Operation is missing"},
		"status":    {[]string{"operation", "*", "kind", "status", "status", "200"}, "status", "between 400 and 599"},
		"none":      {[]string{"operation", "*", "kind", "status"}, "status", "An error has a status"},
		"word":      {[]string{"operation", "*", "kind", "status", "status", "many"}, "status", "whole number"},
		"times":     {[]string{"operation", "*", "kind", "reset", "times", "-1"}, "times", "whole number"},
		"delay":     {[]string{"operation", "*", "kind", "late", "delay", "soon"}, "delay", "no length of time"},
		"hours":     {[]string{"operation", "*", "kind", "late", "delay", "2h"}, "delay", "between 0 and an hour"},
		"late":      {[]string{"operation", "*", "kind", "late"}, "delay", "needs a delay"},
		"percent":   {[]string{"operation", "*", "kind", "reset", "percent", "101"}, "percent", "between 0"},
		"message":   {[]string{"operation", "*", "kind", "reset", "message", "x"}, "message", "need a status"},
		"user":      {[]string{"operation", "*", "kind", "reset", "user", "nobody@example.com"}, "user", "is not there"},
		"kind":      {[]string{"operation", "*", "kind", "tea"}, "kind", "Choose what happens"},
	} {
		p.open("/ui/faults")
		a := p.submit("/ui/faults", append(c.fields, "project", seedProject)...)
		if a.status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", name, a.status)
		}
		p.says(c.says, `id="`+c.field+`-problem"`, `aria-describedby="`+c.field+`-problem`, seedProject)
		p.saysNotRaw("<script>alert")
	}
	if n := len(p.Faults()); n != 0 {
		t.Errorf("%d faults were added", n)
	}
}
