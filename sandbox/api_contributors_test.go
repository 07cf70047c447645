package sandbox_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/sandbox"
)

type contributor struct {
	ID         int64  `json:"user_id"`
	Email      string `json:"email"`
	FullName   string `json:"fullname"`
	IsAdmin    bool   `json:"is_admin"`
	IsReviewer bool   `json:"is_reviewer"`
	Languages  []struct {
		ISO      string `json:"lang_iso"`
		Writable bool   `json:"is_writable"`
	}
	Rights []string `json:"admin_rights"`
	RoleID int64    `json:"role_id"`
	UUID   string   `json:"uuid"`
}

func (c contributor) languages() string {
	var list []string
	for _, l := range c.Languages {
		text := l.ISO
		if l.Writable {
			text += "+"
		}
		list = append(list, text)
	}
	slices.Sort(list)
	return strings.Join(list, " ")
}

// inviteOne invites somebody and returns the contributor.
func (b *box) inviteOne(project, item string) contributor {
	b.Helper()
	list := want[struct{ Contributors []contributor }](b,
		b.api("POST", "/projects/"+project+"/contributors", `{"contributors":[`+item+`]}`), http.StatusOK).Contributors
	if len(list) != 1 {
		b.Fatalf("%+v", list)
	}
	return list[0]
}

func TestInvitationMakesAUserAndAMember(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	got := b.inviteOne(website, `{"email":"Ines@example.com","fullname":"Ines Mota","is_reviewer":true,"languages":[{"lang_iso":"es","is_writable":true},{"lang_iso":"en"}]}`)
	if got.Email != "Ines@example.com" || got.FullName != "Ines Mota" || !got.IsReviewer || got.IsAdmin || got.languages() != "en es+" || len(got.Rights) != 0 {
		t.Errorf("%+v", got)
	}
	member := want[struct {
		User struct{ Role, Email string } `json:"team_user"`
	}](t, b.api("GET", fmt.Sprintf("/teams/%d/users/%d", teamApps, got.ID), ""), http.StatusOK).User
	if member.Role != "member" || member.Email != got.Email {
		t.Errorf("%+v", member)
	}
	again := want[struct {
		Contributors []contributor
		Errors       []struct{ Email string }
	}](t, b.api("POST", "/projects/"+website+"/contributors",
		`{"contributors":[{"email":"ines@EXAMPLE.com","is_admin":true},{"email":"new@example.com","is_admin":true}]}`), http.StatusOK)
	if len(again.Contributors) != 1 || len(again.Errors) != 1 || again.Errors[0].Email != got.Email {
		t.Errorf("%+v", again)
	}
	if codes := b.auditCodes(""); !slices.Contains(codes, "project.contributor.added") {
		t.Errorf("the audit log has %v", codes)
	}
}

func TestInvitationIsAllOrNothingWhenMalformed(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	before := b.contributors(website)
	for item, message := range map[string]string{
		`{}`:                        "Invalid `contributors`.`email` parameter",
		`{"email":"x"}`:             "Invalid `contributors`.`email` parameter",
		`{"email":"x@example.com"}`: "Invalid `contributors`.`languages` parameter",
		`{"email":"x@example.com","languages":[{"lang_iso":"pl"}]}`:      "Invalid `languages`.`lang_iso` parameter",
		`{"email":"x@example.com","is_admin":true,"admin_rights":["x"]}`: "Invalid `admin_rights` parameter",
		`{"email":"x@example.com","role_id":9}`:                          "Invalid `role_id` parameter",
	} {
		a := b.api("POST", "/projects/"+website+"/contributors", `{"contributors":[{"email":"first@example.com","is_admin":true},`+item+`]}`)
		if a.status != http.StatusBadRequest || a.message(t) != message {
			t.Errorf("%s: %d %s", item, a.status, a.body)
		}
	}
	if after := b.contributors(website); !slices.Equal(before, after) {
		t.Errorf("%v, was %v", after, before)
	}
}

func TestContributorMayDoWhatTheirRoleSays(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	b.inviteOne(mobileApp, `{"email":"yuki.tanaka@example.com","role_id":5,"languages":[{"lang_iso":"ja","is_writable":true}]}`)
	as := b.as("yuki.tanaka@example.com")
	contributors := "/projects/" + mobileApp + "/contributors"
	me := want[struct {
		UUID        string `json:"project_uuid"`
		Contributor contributor
	}](t, as("GET", contributors+"/me", ""), http.StatusOK)
	if c := me.Contributor; c.RoleID != 5 || c.UUID == "" || me.UUID == "" || c.languages() != "ja+" || c.IsReviewer {
		t.Errorf("%+v", me)
	}
	if a := as("GET", contributors, ""); a.status != http.StatusForbidden {
		t.Errorf("a translator: %d %s", a.status, a.body)
	}
	path := fmt.Sprintf("%s/%d", contributors, yuki)
	if a := b.api("PUT", path, `{"admin_rights":["contributors","manage_keys","branches_create"]}`); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	got := want[struct{ Contributor contributor }](t, as("GET", path, ""), http.StatusOK).Contributor
	if want := []string{"contributors", "keys", "create_branches", "branches_create"}; !slices.Equal(got.Rights, want) || got.languages() != "ja+" {
		t.Errorf("%+v", got)
	}
	b.api("PUT", path, `{"role_id":2}`)
	got = want[struct{ Contributor contributor }](t, b.api("GET", path, ""), http.StatusOK).Contributor
	if got.languages() != "de en fr ja+" || !slices.Contains(got.Rights, "upload") || got.RoleID != 2 {
		t.Errorf("a developer: %+v", got)
	}
	if a := b.api("DELETE", path, ""); a.status != http.StatusOK || !strings.Contains(a.body, `"contributor_deleted":true`) {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := as("GET", contributors+"/me", ""); a.status != http.StatusForbidden {
		t.Errorf("afterwards: %d %s", a.status, a.body)
	}
}

func TestAdminOfATeamIsNoContributorByThat(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	if a := b.api("GET", "/projects/"+helpCenter+"/contributors/me", ""); a.status != http.StatusNotFound || len(b.last().Notes) == 0 {
		t.Errorf("%d %s", a.status, a.body)
	}
	me := want[struct{ Contributor contributor }](t, b.api("GET", "/projects/"+mobileApp+"/contributors/me", ""), http.StatusOK).Contributor
	if !me.IsAdmin || me.languages() != "de+ en+ fr+ ja+" || len(me.Rights) == 0 {
		t.Errorf("%+v", me)
	}
}
