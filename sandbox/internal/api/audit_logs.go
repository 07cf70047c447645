package api

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// maxAuditPage is the largest page, which is the default too (the maximum is
// documented by the official Node SDK, the default assumed).
const maxAuditPage = 1000

// errAuditCursor is the recorded answer to a cursor that cannot be read.
var errAuditCursor = failure(http.StatusBadRequest, "Unexpected response status: 400")

// auditFilter is the query of audit_logs.list.
type auditFilter struct {
	after     int64
	limit     int
	from, to  time.Time // to is the first moment that does not pass; zero: no limit
	eventType string
	projectID string
	userID    int64
}

func readAuditFilter(c *call) (f auditFilter, err error) {
	q := c.query()
	f = auditFilter{limit: maxAuditPage, eventType: q.Get("event_type"), projectID: q.Get("project_id")}
	if text := q.Get("limit"); text != "" {
		if f.limit, err = strconv.Atoi(text); err != nil || f.limit < 1 || f.limit > maxAuditPage {
			return f, invalidParameter("limit")
		}
	}
	if text := q.Get("user_id"); text != "" {
		if f.userID, err = strconv.ParseInt(text, 10, 64); err != nil {
			return f, invalidParameter("user_id")
		}
	}
	if f.from, err = c.day("date_from"); err != nil {
		return f, err
	}
	if f.to, err = c.day("date_to"); err != nil {
		return f, err
	}
	if !f.to.IsZero() {
		f.to = f.to.AddDate(0, 0, 1)
	}
	if text := q.Get("cursor"); text != "" {
		data, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			return f, errAuditCursor
		}
		if n, err := fmt.Sscanf(string(data), `{"id":%d}`, &f.after); n != 1 || err != nil || f.after < 0 {
			return f, errAuditCursor
		}
	}
	return f, nil
}

// day reads a query parameter that is a day in UTC, or the zero time.
func (c *call) day(name string) (time.Time, error) {
	text := c.query().Get(name)
	if text == "" {
		return time.Time{}, nil
	}
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return time.Time{}, invalidParameter(name)
	}
	return day, nil
}

func (f auditFilter) match(e *state.AuditEntry) bool {
	switch {
	case !f.from.IsZero() && e.At.Before(f.from), !f.to.IsZero() && !e.At.Before(f.to):
		return false
	case f.eventType != "" && e.Code != f.eventType, f.projectID != "" && e.ProjectID != f.projectID:
		return false
	}
	return f.userID == 0 || e.UserID == f.userID
}

// listAuditLogs shows what happened in the teams that the caller is an owner or
// admin of, the oldest first (recorded); who is none of any gets 403 (both
// assumed). The cursor stands in the body.
func listAuditLogs(c *call) (any, error) {
	f, err := readAuditFilter(c)
	if err != nil {
		return nil, err
	}
	answer := struct {
		Data       []auditEvent `json:"data"`
		NextCursor *string      `json:"next_cursor"`
		HasMore    bool         `json:"has_more"`
	}{Data: []auditEvent{}}
	err = c.who.world.View(func(tx *state.Tx) error {
		teams := administered(tx, c.who.userID)
		if len(teams) == 0 {
			c.record.Note("The user is no owner or admin of any team.")
			return errForbidden
		}
		var last int64
		for e := range tx.Audit.After("", f.after) {
			if !teams[e.TeamID] || !f.match(e) {
				continue
			}
			if answer.HasMore = len(answer.Data) == f.limit; answer.HasMore {
				next := base64.StdEncoding.EncodeToString(fmt.Appendf(nil, `{"id":%d}`, last))
				answer.NextCursor = &next
				return nil
			}
			answer.Data, last = append(answer.Data, auditView(c.who.world.Name, e)), e.ID
		}
		return nil
	})
	return answer, err
}

// administered are the teams that the user is an owner or admin of.
func administered(tx *state.Tx, userID int64) map[int64]bool {
	teams := map[int64]bool{}
	for t := range tx.Teams.All("") {
		if tx.Members.Get(state.TeamKey(t.ID), userID).IsAdmin() {
			teams[t.ID] = true
		}
	}
	return teams
}
