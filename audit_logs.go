package lokalise

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
	"time"
)

// AuditLogsService calls the operation on audit logs, which is of API v1.
type AuditLogsService struct{ service }

// AuditEvent is something that somebody did: an event of class "API Activity"
// (6003) in the Open Cybersecurity Schema Framework, version 1.3.0
// (https://schema.ocsf.io/1.3.0/classes/api_activity). What the framework lets
// one leave out may be absent.
type AuditEvent struct {
	ClassUID     int64       `json:"class_uid"`
	ClassName    Opt[string] `json:"class_name,omitzero"`
	CategoryUID  int64       `json:"category_uid"`
	CategoryName Opt[string] `json:"category_name,omitzero"`
	ActivityID   int64       `json:"activity_id"`
	ActivityName Opt[string] `json:"activity_name,omitzero"`
	TypeUID      int64       `json:"type_uid"`
	// TypeName is declared by the official Node SDK and was never recorded.
	TypeName   Opt[string] `json:"type_name,omitzero"`
	SeverityID int64       `json:"severity_id"`
	Severity   Opt[string] `json:"severity,omitzero"`
	StatusID   Opt[int64]  `json:"status_id,omitzero"`
	Status     Opt[string] `json:"status,omitzero"`
	// Time is when it happened.
	Time     Timestamp     `json:"time"`
	Metadata AuditMetadata `json:"metadata"`
	// Actor is who did it.
	Actor Opt[AuditActor] `json:"actor,omitzero"`
	// SrcEndpoint is where the request came from.
	SrcEndpoint Opt[AuditEndpoint] `json:"src_endpoint,omitzero"`
	// HTTPRequest is the request that did it.
	HTTPRequest Opt[AuditHTTPRequest] `json:"http_request,omitzero"`
	// Enrichments tell about the objects of the event: its team and project.
	Enrichments Opt[[]AuditEnrichment] `json:"enrichments,omitzero"`
	// Unmapped is what Lokalise knows and the framework has no place for, as
	// it was sent.
	Unmapped json.RawMessage `json:"unmapped,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// AuditMetadata is about the event itself.
type AuditMetadata struct {
	// UID names the event.
	UID string `json:"uid"`
	// Version is that of the framework.
	Version     string      `json:"version"`
	LogProvider Opt[string] `json:"log_provider,omitzero"`
	// EventCode is the type of the event, such as "project.created".
	EventCode Opt[string]       `json:"event_code,omitzero"`
	Product   Opt[AuditProduct] `json:"product,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// AuditProduct is the product that logged the event.
type AuditProduct struct {
	VendorName Opt[string] `json:"vendor_name,omitzero"`
	Name       Opt[string] `json:"name,omitzero"`
	// Version was recorded as a number; the official Node SDK declares a text
	// too.
	Version Opt[Number] `json:"version,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// AuditActor is who did it.
type AuditActor struct {
	User    Opt[AuditUser]    `json:"user,omitzero"`
	Session Opt[AuditSession] `json:"session,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// AuditUser is the user who did it.
type AuditUser struct {
	// UID is the identifier of the user. It is a text here and a number in API
	// v2.
	UID    Opt[string] `json:"uid,omitzero"`
	TypeID Opt[int64]  `json:"type_id,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// AuditSession is the session in which it was done.
type AuditSession struct {
	IsRemote Opt[bool] `json:"is_remote,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// AuditEndpoint is where a request came from.
type AuditEndpoint struct {
	IP Opt[string] `json:"ip,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// AuditHTTPRequest is the request that did it.
type AuditHTTPRequest struct {
	UserAgent Opt[string]   `json:"user_agent,omitzero"`
	URL       Opt[AuditURL] `json:"url,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// AuditURL is the address of a request.
type AuditURL struct {
	URLString Opt[string] `json:"url_string,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// AuditEnrichment tells about an object of an event.
type AuditEnrichment struct {
	// Name is the kind of the object, such as "team" or "project".
	Name Opt[string] `json:"name,omitzero"`
	// Value is the name of the object.
	Value Opt[string] `json:"value,omitzero"`
	// Data has the object's identifier and name as "id" and "name". The
	// identifier is a number for a team and a text for a project.
	Data json.RawMessage `json:"data,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// AuditLogListOptions filters and pages a list of events. nil and the zero
// value list everything.
type AuditLogListOptions struct {
	// DateFrom lists events from the beginning of a day on: the one in UTC that
	// holds this moment. Defaults to no limit.
	DateFrom time.Time
	// DateTo lists events up to the end of a day: the one in UTC that holds
	// this moment. Defaults to no limit.
	DateTo time.Time
	// EventType lists the events of one type only, such as "project.created".
	EventType string
	// ProjectID lists the events of one project only. The official Node SDK
	// declares a number here, though the identifiers of projects are texts.
	ProjectID ProjectID
	// UserID lists what one user did.
	UserID int64
	// Cursor is the cursor of the page, which the page before it gave in
	// Response.Page.NextCursor; All starts there. Defaults to the first page.
	Cursor string
	// Limit is the number of events on a page, at most 1,000.
	Limit int
}

func (o *AuditLogListOptions) encode(q *query) paging {
	if o == nil {
		return paging{byCursor: true}
	}
	q.day("date_from", o.DateFrom)
	q.day("date_to", o.DateTo)
	q.str("event_type", o.EventType)
	q.str("project_id", string(o.ProjectID))
	q.int("user_id", o.UserID)
	return paging{byCursor: true, start: position{cursor: o.Cursor, limit: o.Limit}}
}

// List returns one page of the audit log, oldest events first.
//
// Which scope it needs is not known, nor whether OAuth tokens are accepted: the
// official SDKs call it with API tokens only.
// https://developers.lokalise.com/reference/list-audit-logs
//
//lokalise:op GET /audit-logs
func (s *AuditLogsService) List(ctx context.Context, o *AuditLogListOptions, opts ...RequestOption) (*Page[AuditEvent], error) {
	r := s.listCall(opts)
	return listPage(ctx, r, o.encode(&r.query), decodeAuditEvent)
}

// All goes through the audit log, oldest events first, page by page. The cursor
// of the next page stands behind the events of a page, so that it is asked for
// only when those are used up.
//
// Which scope it needs is not known, nor whether OAuth tokens are accepted: the
// official SDKs call it with API tokens only.
// https://developers.lokalise.com/reference/list-audit-logs
//
//lokalise:op GET /audit-logs
func (s *AuditLogsService) All(ctx context.Context, o *AuditLogListOptions, opts ...RequestOption) iter.Seq2[*AuditEvent, error] {
	r := s.listCall(opts)
	return iterate(ctx, r, o.encode(&r.query), decodeAuditEvent)
}

func (s *AuditLogsService) listCall(opts []RequestOption) *call {
	r := s.client.newCall(http.MethodGet, "/audit-logs", opts)
	r.api = apiV1
	r.result = "data"
	r.cursorInBody = true
	return r
}
