package lokalise_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golokalise/lokalise"
)

const (
	oneEvent = `{"class_uid": 6003, "class_name": "API Activity", "category_uid": 6, "category_name": "Application Activity", "activity_id": 99,
	 "activity_name": "Other", "type_uid": 600399, "severity_id": 1, "severity": "Informational", "status_id": 1, "status": "Success", "time": 1772439300,
	 "metadata": {"uid": "e1", "version": "1.3.0", "log_provider": "audit", "event_code": "project.created",
	  "product": {"vendor_name": "Lokalise", "name": "Lokalise", "version": 1}},
	 "actor": {"user": {"uid": "4711", "type_id": 1}, "session": {"is_remote": true}}, "src_endpoint": {"ip": "192.0.2.1"},
	 "http_request": {"user_agent": "curl", "url": {"url_string": "https://example.com/project"}},
	 "enrichments": [{"name": "team", "value": "Ada's Team", "data": {"id": 815, "name": "Ada's Team"}}],
	 "unmapped": {"event_type_id": 1006, "data": {"name": "Website"}}}`
	bareEvent = `{"class_uid": 6003, "category_uid": 6, "activity_id": 99, "type_uid": 600399, "severity_id": 1, "time": 1772439300,
	 "metadata": {"uid": "e2", "version": "1.3.0"}}`
)

func wantEvent(t *testing.T) lokalise.AuditEvent {
	t.Helper()
	text := lokalise.Some[string]
	return lokalise.AuditEvent{
		ClassUID: 6003, ClassName: text("API Activity"), CategoryUID: 6, CategoryName: text("Application Activity"),
		ActivityID: 99, ActivityName: text("Other"), TypeUID: 600399, SeverityID: 1, Severity: text("Informational"),
		StatusID: lokalise.Some[int64](1), Status: text("Success"), Time: march2Timestamp,
		Metadata: lokalise.AuditMetadata{
			UID: "e1", Version: "1.3.0", LogProvider: text("audit"), EventCode: text("project.created"),
			Product: lokalise.Some(lokalise.AuditProduct{
				VendorName: text("Lokalise"), Name: text("Lokalise"), Version: lokalise.Some(number(t, "1")),
			}),
		},
		Actor: lokalise.Some(lokalise.AuditActor{
			User:    lokalise.Some(lokalise.AuditUser{UID: text("4711"), TypeID: lokalise.Some[int64](1)}),
			Session: lokalise.Some(lokalise.AuditSession{IsRemote: lokalise.Some(true)}),
		}),
		SrcEndpoint: lokalise.Some(lokalise.AuditEndpoint{IP: text("192.0.2.1")}),
		HTTPRequest: lokalise.Some(lokalise.AuditHTTPRequest{
			UserAgent: text("curl"), URL: lokalise.Some(lokalise.AuditURL{URLString: text("https://example.com/project")}),
		}),
		Enrichments: lokalise.Some([]lokalise.AuditEnrichment{{
			Name: text("team"), Value: text("Ada's Team"), Data: json.RawMessage(`{"id": 815, "name": "Ada's Team"}`),
		}}),
		Unmapped: json.RawMessage(`{"event_type_id": 1006, "data": {"name": "Website"}}`),
	}
}

func TestAuditLogOperations(t *testing.T) {
	t.Parallel()
	options := &lokalise.AuditLogListOptions{
		DateFrom:  time.Date(2026, time.March, 2, 1, 0, 0, 0, time.FixedZone("", 2*60*60)), // the day before in UTC
		DateTo:    time.Date(2026, time.March, 3, 23, 59, 0, 0, time.UTC),
		EventType: "project.created", ProjectID: projectID, UserID: 4711, Cursor: "bmV4dA==", Limit: 10,
	}
	for _, c := range asList(opCase{
		op:   "GET /audit-logs",
		path: "/v1/audit-logs",
		query: "date_from=2026-03-01&date_to=2026-03-03&event_type=project.created&project_id=20008339586cded200e0d8.29879849" +
			"&user_id=4711&cursor=bmV4dA%3D%3D&limit=10",
		answer: `{"data": [` + oneEvent + `], "next_cursor": null, "has_more": false}`,
		want:   []lokalise.AuditEvent{wantEvent(t)},
	}, func(ctx context.Context, c *lokalise.Client) (*lokalise.Page[lokalise.AuditEvent], error) {
		return c.AuditLogs.List(ctx, options)
	}, func(ctx context.Context, c *lokalise.Client) iter.Seq2[*lokalise.AuditEvent, error] {
		return c.AuditLogs.All(ctx, options)
	}) {
		testOperation(t, c)
	}
}

func TestAuditEventIsWrittenAsItWasRead(t *testing.T) {
	t.Parallel()
	for _, text := range []string{oneEvent, bareEvent} {
		assertWrittenAsRead(t, text, new(lokalise.AuditEvent))
	}
}

// eventPages serves pages of one event each, as API v1 pages its lists: the
// cursor of the next page stands in the body.
type eventPages struct {
	pages map[string]string // by cursor
	mu    sync.Mutex
	asked []string
}

func (p *eventPages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	p.asked = append(p.asked, r.URL.RawQuery)
	p.mu.Unlock()
	answer(http.StatusOK, p.pages[r.URL.Query().Get("cursor")])(w, r)
}

// event is a page with one event and what follows it.
func event(uid, rest string) string {
	return `{"data": [{"metadata": {"uid": "` + uid + `"}}], ` + rest + `}`
}

func uids(events []lokalise.AuditEvent) string {
	var all []string
	for _, e := range events {
		all = append(all, e.Metadata.UID)
	}
	return strings.Join(all, " ")
}

func TestAuditLogFollowsTheCursorInTheBody(t *testing.T) {
	t.Parallel()
	p := &eventPages{pages: map[string]string{
		"":    event("1", `"next_cursor": "b==", "has_more": true`),
		"b==": `{"has_more": true, "next_cursor": 12, "data": []}`, // an empty page, and the cursor in front of it
		"12":  event("2", `"has_more": false, "next_cursor": "old"`),
	}}
	var position string
	var response lokalise.Response
	client := newServer(t, p.ServeHTTP)
	got, err := collect(client.AuditLogs.All(t.Context(), &lokalise.AuditLogListOptions{UserID: 7, Limit: 1},
		lokalise.PositionInto(&position), lokalise.ResponseInto(&response)))
	if err != nil || uids(got) != "1 2" {
		t.Errorf("got %q, %v", uids(got), err)
	}
	if want := "user_id=7&limit=1 user_id=7&cursor=b%3D%3D&limit=1 user_id=7&cursor=12&limit=1"; strings.Join(p.asked, " ") != want {
		t.Errorf("asked for %q", p.asked)
	}
	if position != "cursor=12&limit=1" || !response.Page.NextCursor.IsZero() || string(response.Envelope["has_more"]) != "false" {
		t.Errorf("at %q, %+v", position, response.Page)
	}
	rest, err := collect(client.AuditLogs.All(t.Context(), nil, lokalise.From("cursor=b%3D%3D&limit=1")))
	if err != nil || uids(rest) != "2" {
		t.Errorf("from a position: %q, %v", uids(rest), err)
	}
}

func TestPageOfAuditLogHasTheCursorOfTheBody(t *testing.T) {
	t.Parallel()
	for rest, want := range map[string]string{
		`"next_cursor": "b", "has_more": true`:    "b",
		`"next_cursor": "b"`:                      "b",
		`"next_cursor": "b", "has_more": false`:   "",
		`"next_cursor": null, "has_more": false`:  "",
		`"next_cursor": null, "has_more": null`:   "",
		`"process": {"next_cursor": "elsewhere"}`: "",
	} {
		page, err := newServer(t, answer(http.StatusOK, event("1", rest))).AuditLogs.List(t.Context(), nil)
		if err != nil || page.Response.Page.NextCursor.Or("") != want || len(page.Items) != 1 {
			t.Errorf("%s: got %+v, %v", rest, page, err)
		}
	}
}

func TestAuditLogThatRepeatsItsCursorEnds(t *testing.T) {
	t.Parallel()
	p := &eventPages{pages: map[string]string{
		"":  event("1", `"next_cursor": "b", "has_more": true`),
		"b": event("2", `"next_cursor": "b", "has_more": true`),
	}}
	got, err := collect(newServer(t, p.ServeHTTP).AuditLogs.All(t.Context(), nil))
	if !errors.Is(err, lokalise.ErrRepeatedPage) || uids(got) != "1 2" {
		t.Errorf("got %q, %v", uids(got), err)
	}
}

// A list must not end early, as if it were complete, because the answer does
// not say how it goes on.
func TestAuditLogWhosePagingCannotBeReadIsAnError(t *testing.T) {
	t.Parallel()
	for rest, reason := range map[string]string{
		`"next_cursor": 12345, "has_more": "yes"`: "/has_more: the value is a string where a boolean was expected",
		`"next_cursor": ["b"], "has_more": true`:  "/next_cursor: the value is an array where a string was expected",
		`"next_cursor": null, "has_more": true`:   "it says that there is more",
		`"has_more": true`:                        "it says that there is more",
	} {
		client := newServer(t, answer(http.StatusOK, event("1", rest)))
		_, listErr := client.AuditLogs.List(t.Context(), nil)
		got, allErr := collect(client.AuditLogs.All(t.Context(), nil))
		for _, err := range []error{listErr, allErr} {
			if !errors.Is(err, lokalise.ErrDecode) || !strings.Contains(fmt.Sprint(err), reason) {
				t.Errorf("%s: got %v", rest, err)
			}
		}
		var page *lokalise.PageError
		if uids(got) != "1" || !errors.As(allErr, &page) || page.Position != "cursor=" {
			t.Errorf("%s: got %q, %v", rest, uids(got), allErr)
		}
	}
}

func TestAuditLogWithWrongItemsIsAnError(t *testing.T) {
	t.Parallel()
	for body, reason := range map[string]string{
		`{"data": {"metadata": {"uid": "e"}}, "has_more": false}`:                     "/data is",
		`{"data": [` + bareEvent + `, null], "next_cursor": null, "has_more": false}`: "/data/1 is null",
	} {
		client := newServer(t, answer(http.StatusOK, body))
		_, listErr := client.AuditLogs.List(t.Context(), nil)
		_, allErr := collect(client.AuditLogs.All(t.Context(), nil))
		for _, err := range []error{listErr, allErr} {
			if !errors.Is(err, lokalise.ErrDecode) || !strings.Contains(fmt.Sprint(err), reason) {
				t.Errorf("%s: got %v", body, err)
			}
		}
	}
}

// A bad cursor gives an answer in the shape of API v2 (recorded in 2026).
func TestAuditLogErrors(t *testing.T) {
	t.Parallel()
	client := newServer(t, answer(http.StatusBadRequest, `{"error": {"code": 400, "message": "Unexpected response status: 400"}}`))
	_, err := client.AuditLogs.List(t.Context(), &lokalise.AuditLogListOptions{Cursor: "x"})
	var e *lokalise.APIError
	if !errors.Is(err, lokalise.ErrBadRequest) || !errors.As(err, &e) || e.Path != prefix+"/v1/audit-logs" {
		t.Errorf("got %v", err)
	}
}
