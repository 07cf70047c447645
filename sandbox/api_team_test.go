package sandbox_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/sandbox"
)

// People and teams of every new world.
const (
	mara, tomas, yuki = 320181, 320182, 320183

	teamApps, teamTools = 276692, 276693

	website    = "7746120366054f3a0b41e2.18890427"
	helpCenter = "5098341266b0c94c1d2f85.73310946"
)

// as returns a function that sends API requests as another user, with every
// scope that the tests of this file need.
func (b *box) as(email string) func(method, path, body string) answer {
	b.Helper()
	token := b.grantFor(sandbox.AuthorizeOptions{User: email}, "scope",
		"read_team_users write_team_users read_team_groups write_team_groups read_contributors write_contributors "+
			"read_team_orders write_team_orders read_team_user_billing_details read_glossary write_glossary read_projects")
	return func(method, path, body string) answer {
		b.Helper()
		return b.bearer(token.AccessToken, method, path, body)
	}
}

// want checks the status of an answer and reads it.
func want[T any](tb testing.TB, a answer, status int) (body T) {
	tb.Helper()
	if a.status != status {
		tb.Fatalf("%d %s, want %d", a.status, a.body, status)
	}
	a.decode(tb, &body)
	return body
}

func TestTeamsCountWhatTheyUse(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	type quota struct{ Users, Keys, Projects int }
	list := want[struct {
		Teams []struct {
			ID    int64 `json:"team_id"`
			Plan  string
			Usage quota `json:"quota_usage"`
		}
	}](t, b.api("GET", "/teams", ""), http.StatusOK)
	if len(list.Teams) != 1 || list.Teams[0].ID != teamApps || list.Teams[0].Plan == "" || list.Teams[0].Usage.Users != 3 {
		t.Fatalf("%+v", list)
	}
	before := list.Teams[0].Usage.Projects
	b.create(`{"name":"One more"}`)
	one := want[struct {
		Team struct {
			PlanName  string `json:"plan_name"`
			CreatedAt string `json:"created_at"`
			Usage     struct {
				quota
				ID *int64
			} `json:"quota_usage"`
		}
	}](t, b.api("GET", fmt.Sprintf("/teams/%d", teamApps), ""), http.StatusOK).Team
	if one.PlanName == "" || one.CreatedAt != "2024-03-01T09:00:00Z" || one.Usage.Projects != before+1 || one.Usage.ID != nil {
		t.Errorf("%+v", one)
	}
}

func TestTeamsAnswerByRole(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	member := b.as("yuki.tanaka@example.com")
	for path, status := range map[string]int{
		fmt.Sprintf("/teams/%d", teamApps):                       http.StatusOK,
		fmt.Sprintf("/teams/%d/roles", teamApps):                 http.StatusOK,
		fmt.Sprintf("/teams/%d/translation_providers", teamApps): http.StatusOK,
		fmt.Sprintf("/teams/%d/users", teamApps):                 http.StatusForbidden,
		fmt.Sprintf("/teams/%d/users/%d", teamApps, mara):        http.StatusForbidden,
		fmt.Sprintf("/teams/%d/groups", teamApps):                http.StatusForbidden,
		fmt.Sprintf("/teams/%d/orders", teamApps):                http.StatusForbidden,
		fmt.Sprintf("/teams/%d/billing_details", teamApps):       http.StatusForbidden,
		"/teams/1": http.StatusNotFound,
	} {
		if a := member("GET", path, ""); a.status != status {
			t.Errorf("GET %s: %d %s, want %d", path, a.status, a.body, status)
		} else if status == http.StatusForbidden && len(b.last().Notes) == 0 {
			t.Errorf("GET %s: the journal does not say why", path)
		}
	}
	if a := b.api("GET", fmt.Sprintf("/teams/%d/users", teamTools), ""); a.status != http.StatusNotFound {
		t.Errorf("a team of others: %d %s", a.status, a.body)
	}
	path := fmt.Sprintf("/teams/%d/users/%d", teamApps, yuki)
	if a := b.api("PUT", path, `{"role":"biller"}`); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if a := member("GET", fmt.Sprintf("/teams/%d/orders", teamApps), ""); a.status != http.StatusOK {
		t.Errorf("a biller: %d %s", a.status, a.body)
	}
}

func TestTeamKeepsAnOwner(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	user := func(id int64) string { return fmt.Sprintf("/teams/%d/users/%d", teamApps, id) }
	for _, test := range []struct {
		method, path, body string
		status             int
	}{
		{"PUT", user(mara), `{"role":"member"}`, http.StatusForbidden},
		{"DELETE", user(mara), "", http.StatusForbidden},
		{"PUT", user(yuki), `{"role":"king"}`, http.StatusBadRequest},
		{"PUT", user(1), `{"role":"admin"}`, http.StatusNotFound},
		{"PUT", user(tomas), `{"role":"owner"}`, http.StatusOK},
		{"PUT", user(mara), `{"role":"admin"}`, http.StatusOK},
		{"PUT", user(yuki), `{"role":"owner"}`, http.StatusForbidden}, // an admin makes no owners
	} {
		if a := b.api(test.method, test.path, test.body); a.status != test.status {
			t.Errorf("%s %s %s: %d %s", test.method, test.path, test.body, a.status, a.body)
		}
	}
}

func TestWhoLeavesATeamLeavesItsProjectsAndGroups(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	deleted := want[map[string]any](t, b.api("DELETE", fmt.Sprintf("/teams/%d/users/%d", teamApps, yuki), ""), http.StatusOK)
	if deleted["team_user_deleted"] != true {
		t.Errorf("%v", deleted)
	}
	for _, project := range []string{website, helpCenter} {
		if ids := b.contributors(project); slices.Contains(ids, yuki) {
			t.Errorf("still in %s: %v", project, ids)
		}
	}
	groups := want[struct {
		Groups []struct{ Members []int64 } `json:"user_groups"`
	}](t, b.api("GET", fmt.Sprintf("/teams/%d/groups", teamApps), ""), http.StatusOK)
	if len(groups.Groups) != 1 || len(groups.Groups[0].Members) != 0 {
		t.Errorf("%+v", groups)
	}
	if codes := b.auditCodes(""); !slices.Contains(codes, "project.contributor.deleted") {
		t.Errorf("the audit log has %v", codes)
	}
}

// contributors lists the ids of a project's contributors.
func (b *box) contributors(project string) []int64 {
	b.Helper()
	var ids []int64
	for _, c := range want[struct {
		Contributors []struct {
			ID int64 `json:"user_id"`
		}
	}](b, b.api("GET", "/projects/"+project+"/contributors", ""), http.StatusOK).Contributors {
		ids = append(ids, c.ID)
	}
	return ids
}

func TestGroupsLetTheirMembersIntoProjects(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	groups := fmt.Sprintf("/teams/%d/groups", teamApps)
	id := want[struct {
		Group struct {
			GroupID int64 `json:"group_id"`
		}
	}](t,
		b.api("POST", groups, `{"name":"Admins","is_admin":true,"is_reviewer":false,"admin_rights":["upload"]}`), http.StatusOK).Group.GroupID
	group := fmt.Sprintf("%s/%d", groups, id)
	if a := b.api("POST", group+"/projects/add", `{"projects":[]}`); a.status != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d %s", a.status, a.body)
	}
	if slices.Contains(b.contributors(mobileApp), yuki) {
		t.Fatal("there already")
	}
	for _, step := range []struct {
		path, body string
		in         bool
	}{
		{"/projects/add", fmt.Sprintf(`{"projects":[%q]}`, mobileApp), false},
		{"/members/add", fmt.Sprintf(`{"users":[%d]}`, yuki), true},
		{"/projects/remove", fmt.Sprintf(`{"projects":[%q]}`, mobileApp), false},
		{"/projects/add", fmt.Sprintf(`{"projects":[%q]}`, mobileApp), true},
		{"/members/remove", fmt.Sprintf(`{"users":[%d]}`, yuki), false},
	} {
		if a := b.api("PUT", group+step.path, step.body); a.status != http.StatusOK {
			t.Fatalf("%s: %d %s", step.path, a.status, a.body)
		}
		if in := slices.Contains(b.contributors(mobileApp), yuki); in != step.in {
			t.Errorf("after %s %s: contributor %v", step.path, step.body, in)
		}
	}
	for path, body := range map[string]string{"/projects/add": fmt.Sprintf(`{"projects":[%q]}`, backOffice), "/members/add": `{"users":[1]}`} {
		if a := b.api("PUT", group+path, body); a.status != http.StatusBadRequest {
			t.Errorf("%s %s: %d %s", path, body, a.status, a.body)
		}
	}
}

func TestAGroupLeavesInvitationsAlone(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	groups := fmt.Sprintf("/teams/%d/groups", teamApps)
	list := want[struct {
		Groups []struct {
			ID int64 `json:"group_id"`
		} `json:"user_groups"`
	}](t, b.api("GET", groups, ""), http.StatusOK)
	group := fmt.Sprintf("%s/%d", groups, list.Groups[0].ID)
	through := fmt.Sprintf("/projects/%s/contributors/%d", helpCenter, yuki)
	if a := b.api("DELETE", through, ""); a.status != http.StatusBadRequest {
		t.Errorf("leaving what the group gives: %d %s", a.status, a.body)
	}
	b.api("PUT", group+"/projects/add", fmt.Sprintf(`{"projects":[%q]}`, website))
	if a := b.api("DELETE", group, ""); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if !slices.Contains(b.contributors(website), yuki) {
		t.Error("the group took an invitation along")
	}
	if slices.Contains(b.contributors(helpCenter), yuki) {
		t.Error("the group left a member behind")
	}
}

func TestGroupsAreChecked(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	for body, message := range map[string]string{
		`{"is_admin":true,"is_reviewer":true}`:                                                               "Invalid `name` parameter",
		`{"name":"x","is_reviewer":true}`:                                                                    "Invalid `is_admin` parameter",
		`{"name":"x","is_admin":false,"is_reviewer":true}`:                                                   "Invalid `languages`.`reference` parameter",
		`{"name":"x","is_admin":false,"is_reviewer":true,"languages":{"reference":[640]}}`:                   "Invalid `languages`.`contributable` parameter",
		`{"name":"x","is_admin":false,"is_reviewer":true,"languages":{"reference":[],"contributable":[-1]}}`: "Invalid `languages`.`contributable` parameter",
		`{"name":"x","is_admin":true,"is_reviewer":true,"admin_rights":["fly"]}`:                             "Invalid `admin_rights` parameter",
		`{"name":"x","is_admin":true,"is_reviewer":true,"role_id":77}`:                                       "Invalid `role_id` parameter",
	} {
		if a := b.api("POST", fmt.Sprintf("/teams/%d/groups", teamApps), body); a.status != http.StatusBadRequest || a.message(t) != message {
			t.Errorf("%s: %d %s", body, a.status, a.body)
		}
	}
}

func TestUsersAreShownToTheirTeams(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	one := want[map[string]any](t, b.api("GET", fmt.Sprintf("/users/%d", tomas), ""), http.StatusOK)
	if one["email"] != "tomas.rey@example.com" || len(one["uuid"].(string)) != 36 {
		t.Errorf("%v", one)
	}
	b.api("DELETE", fmt.Sprintf("/teams/%d/users/%d", teamApps, yuki), "")
	if a := b.api("GET", fmt.Sprintf("/users/%d", yuki), ""); a.status != http.StatusNotFound {
		t.Errorf("%d %s", a.status, a.body)
	}
}

func TestBillingDetailsAreMadeOnceAndReplaced(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	path := fmt.Sprintf("/teams/%d/billing_details", teamApps)
	details := `{"billing_email":"bills@example.com","country_code":"LV","zip":"LV-1010","city":"Riga"}`
	for _, step := range []struct {
		method, body string
		status       int
	}{
		{"GET", "", http.StatusNotFound},
		{"PUT", details, http.StatusNotFound},
		{"POST", strings.Replace(details, "LV", "US", 1), http.StatusBadRequest},
		{"POST", `{"billing_email":"bills@example.com","country_code":"LV"}`, http.StatusBadRequest},
		{"POST", details, http.StatusOK},
		{"POST", details, http.StatusBadRequest},
		{"PUT", strings.Replace(details, "Riga", "Liepāja", 1), http.StatusOK},
	} {
		if a := b.api(step.method, path, step.body); a.status != step.status {
			t.Errorf("%s %s: %d %s", step.method, step.body, a.status, a.body)
		}
	}
	got := want[map[string]any](t, b.api("GET", path, ""), http.StatusOK)
	if got["city"] != "Liepāja" || got["vatnumber"] != nil || got["company"] != "" {
		t.Errorf("%v", got)
	}
}
