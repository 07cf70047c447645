package sandbox_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/sandbox"
)

func TestScopesSaysWhatAProgramNeeded(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.WithoutRateLimit())
	token := b.grant("scope", "read_projects read_glossary").AccessToken
	get := func(path, token string) {
		b.send("GET", path, "", "Authorization", "Bearer "+token)
	}
	get("/api2/projects", token)
	get("/api2/projects", token)
	get("/api2/payment_cards", token)         // the scope is missing
	get("/api2/projects", "0123456789012345") // says nothing
	get("/api2/nonsense", token)
	b.api("GET", "/users/320181", "") // closed to OAuth tokens

	report := b.Scopes()
	if report.Requests != 4 {
		t.Errorf("%d requests were looked at", report.Requests)
	}
	if want := []string{"read_payment_cards", "read_projects"}; !slices.Equal(report.Names(), want) {
		t.Fatalf("needed %v, want %v", report.Names(), want)
	}
	cards, projects := report.Needed[0], report.Needed[1]
	if !cards.Missing || projects.Missing {
		t.Errorf("missing: %v %v", cards, projects)
	}
	if use := projects.Operations[0]; use.Operation != "projects.list" || use.Requests != 2 || use.Basis == "" {
		t.Errorf("use %+v", use)
	}
	if !slices.Equal(report.Unused, []string{"read_glossary"}) {
		t.Errorf("unused %v", report.Unused)
	}
	if len(report.Closed) != 1 || report.Closed[0].Operation != "users.get" {
		t.Errorf("closed %v", report.Closed)
	}
	letter := report.Letter()
	for _, part := range []string{"- read_payment_cards: ", "- read_projects: see your projects and their branches (projects.list)", "[name of the app]"} {
		if !strings.Contains(letter, part) {
			t.Errorf("the letter lacks %q:\n%s", part, letter)
		}
	}
	if strings.Contains(letter, "read_glossary") {
		t.Errorf("the letter asks for a scope that is not needed:\n%s", letter)
	}

	var over struct {
		Needed []struct{ Scope string }
		Letter string
	}
	b.send("GET", "/_sandbox/scopes", "").decode(t, &over)
	if len(over.Needed) != 2 || over.Letter != letter {
		t.Errorf("over the control plane: %+v", over)
	}
	if a := b.send("GET", "/_sandbox/scopes?client_id=x", ""); a.status != 404 {
		t.Errorf("unknown client: %d", a.status)
	}
	if err := b.Reset(); err != nil {
		t.Fatal(err)
	}
	if r := b.Scopes(); r.Requests != 0 || len(r.Needed) != 0 {
		t.Errorf("after a reset: %+v", r)
	}
}

func TestJournalNamesWhatNobodyRead(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.WithoutRateLimit())
	b.api("POST", "/projects?shade=red", `{"name":"P","descr":"not its name","languages":[{"lang_iso":"de","rtl":true}]}`)
	entries := b.Journal()
	got := entries[len(entries)-1].Unread
	if want := []string{"?shade", "descr", "languages.rtl"}; !slices.Equal(got, want) {
		t.Errorf("unread %v, want %v", got, want)
	}
}
