package sandbox_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/golokalise/lokalise/sandbox"
)

type auditPage struct {
	Data []struct {
		Time     int64
		Metadata struct {
			UID  string
			Code string `json:"event_code"`
		}
		Actor    struct{ User struct{ UID string } }
		Endpoint struct{ IP string } `json:"src_endpoint"`
		Request  struct {
			UserAgent string `json:"user_agent"`
		} `json:"http_request"`
		Enrichments []struct {
			Name string
			Data struct{ ID any }
		}
	}
	Next    *string `json:"next_cursor"`
	HasMore bool    `json:"has_more"`
}

func (b *box) audit(query string) auditPage {
	b.Helper()
	return want[auditPage](b, b.send("GET", "/v1/audit-logs"+query, "", "X-Api-Token", b.creds.APIToken), http.StatusOK)
}

// auditCodes lists what the audit log says that happened.
func (b *box) auditCodes(query string) []string {
	b.Helper()
	var codes []string
	for _, e := range b.audit(query).Data {
		codes = append(codes, e.Metadata.Code)
	}
	return codes
}

func TestAuditLogSaysWhoDidWhat(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	b.inviteOne(website, `{"email":"ines@example.com","is_admin":true}`)
	page := b.audit("?event_type=project.contributor.added")
	if len(page.Data) != 1 || page.HasMore || page.Next != nil {
		t.Fatalf("%+v", page)
	}
	e := page.Data[0]
	if e.Actor.User.UID != fmt.Sprint(mara) || e.Endpoint.IP == "" || e.Request.UserAgent == "" || len(e.Metadata.UID) != 24 {
		t.Errorf("%+v", e)
	}
	if len(e.Enrichments) != 2 || e.Enrichments[0].Data.ID != float64(teamApps) || e.Enrichments[1].Data.ID != website {
		t.Errorf("%+v", e.Enrichments)
	}
}

func TestAuditLogTellsTheLifeOfAProject(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	id := b.create(`{"name":"Short-lived"}`).ID
	b.api("PUT", "/projects/"+id, `{"name":"Renamed"}`)
	b.api("DELETE", "/projects/"+id, "")
	page := b.audit("?project_id=" + id)
	var codes []string
	for _, e := range page.Data {
		codes = append(codes, e.Metadata.Code)
		if e.Endpoint.IP == "" {
			t.Errorf("%s came from nowhere", e.Metadata.Code)
		}
	}
	if all := []string{"project.created", "project.updated", "project.deleted"}; !slices.Equal(codes, all) {
		t.Errorf("%v", codes)
	}
}

func TestAuditLogIsPagedAndFiltered(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	b.Clock().Freeze()
	first := b.inviteOne(website, `{"email":"a@example.com","is_admin":true}`)
	day := b.Clock().Now().UTC().Format(time.DateOnly)
	b.Clock().Advance(48 * time.Hour)
	b.inviteOne(mobileApp, `{"email":"b@example.com","is_admin":true}`)
	b.api("DELETE", fmt.Sprintf("/projects/%s/contributors/%d", website, first.ID), "")

	var codes []string
	query := "?limit=1"
	for {
		page := b.audit(query)
		for _, e := range page.Data {
			codes = append(codes, e.Metadata.Code)
		}
		if !page.HasMore {
			break
		}
		query = "?limit=1&cursor=" + url.QueryEscape(*page.Next)
	}
	if all := []string{"project.contributor.added", "project.contributor.added", "project.contributor.deleted"}; !slices.Equal(codes, all) {
		t.Errorf("%v", codes)
	}
	for query, n := range map[string]int{
		"?date_to=" + day: 1,
		"?date_from=" + b.Clock().Now().UTC().Format(time.DateOnly): 2,
		"?project_id=" + website:                                    2,
		"?user_id=1":                                                0,
		fmt.Sprintf("?user_id=%d&event_type=project.contributor.deleted", mara): 1,
	} {
		if got := b.auditCodes(query); len(got) != n {
			t.Errorf("%s: %v", query, got)
		}
	}
}

func TestAuditLogRefusesWhatItCannotRead(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	for query, message := range map[string]string{
		"?cursor=x":         "Unexpected response status: 400",
		"?cursor=e30%3D":    "Unexpected response status: 400",
		"?limit=1001":       "Invalid `limit` parameter",
		"?date_from=monday": "Invalid `date_from` parameter",
		"?user_id=me":       "Invalid `user_id` parameter",
	} {
		a := b.send("GET", "/v1/audit-logs"+query, "", "X-Api-Token", b.creds.APIToken)
		if a.status != http.StatusBadRequest || a.message(t) != message {
			t.Errorf("%s: %d %s", query, a.status, a.body)
		}
	}
	token := b.grantFor(sandbox.AuthorizeOptions{User: "yuki.tanaka@example.com"}).AccessToken
	if a := b.send("GET", "/v1/audit-logs", "", "Authorization", "Bearer "+token); a.status != http.StatusForbidden {
		t.Errorf("a member: %d %s", a.status, a.body)
	}
}

func TestServiceTokenIsForTheProjectsAdmins(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	got := want[struct{ JWT string }](t, b.api("POST", "/projects/"+mobileApp+"/tokens", `{"service":"ota"}`), http.StatusOK)
	if len(got.JWT) < 100 {
		t.Errorf("%q", got.JWT)
	}
	if a := b.api("POST", "/projects/"+mobileApp+"/tokens", `{"service":"tea"}`); a.status != http.StatusBadRequest {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := b.as("yuki.tanaka@example.com")("POST", "/projects/"+mobileApp+"/tokens", `{"service":"ota"}`); a.status != http.StatusForbidden {
		t.Errorf("%d %s", a.status, a.body)
	}
}
