package api

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// auditEvent is a line of the audit log: an event of class "API Activity" of
// the Open Cybersecurity Schema Framework 1.3.0. The constants are recorded.
type auditEvent struct {
	ClassUID     int               `json:"class_uid"`
	ClassName    string            `json:"class_name"`
	CategoryUID  int               `json:"category_uid"`
	CategoryName string            `json:"category_name"`
	ActivityID   int               `json:"activity_id"`
	ActivityName string            `json:"activity_name"`
	TypeUID      int               `json:"type_uid"`
	SeverityID   int               `json:"severity_id"`
	Severity     string            `json:"severity"`
	StatusID     int               `json:"status_id"`
	Status       string            `json:"status"`
	Time         int64             `json:"time"` // Unix seconds
	Metadata     auditMetadata     `json:"metadata"`
	Actor        auditActor        `json:"actor"`
	SrcEndpoint  auditEndpoint     `json:"src_endpoint"`
	HTTPRequest  auditRequest      `json:"http_request"`
	Enrichments  []auditEnrichment `json:"enrichments"`
	Unmapped     auditUnmapped     `json:"unmapped"`
}

type auditMetadata struct {
	UID         string       `json:"uid"`
	Version     string       `json:"version"`
	LogProvider string       `json:"log_provider"`
	EventCode   string       `json:"event_code"`
	Product     auditProduct `json:"product"`
}

type auditProduct struct {
	VendorName string `json:"vendor_name"`
	Name       string `json:"name"`
	Version    int    `json:"version"`
}

type auditActor struct {
	User    auditUser    `json:"user"`
	Session auditSession `json:"session"`
}

type auditUser struct {
	UID    string `json:"uid"`
	TypeID int    `json:"type_id"`
}

type auditSession struct {
	IsRemote bool `json:"is_remote"`
}

type auditEndpoint struct {
	IP string `json:"ip"`
}

type auditRequest struct {
	UserAgent string   `json:"user_agent"`
	URL       auditURL `json:"url"`
}

type auditURL struct {
	URLString string `json:"url_string"`
}

type auditEnrichment struct {
	Name  string          `json:"name"`
	Value string          `json:"value"`
	Data  auditEnrichData `json:"data"`
}

// auditEnrichData has a number as the id of a team and a text as that of a
// project (recorded).
type auditEnrichData struct {
	ID   any    `json:"id"`
	Name string `json:"name"`
}

type auditUnmapped struct {
	EventGroupID int             `json:"event_group_id"`
	EventTypeID  int             `json:"event_type_id"`
	APICall      bool            `json:"api_call"`
	Data         auditUnmappedOf `json:"data"`
}

type auditUnmappedOf struct {
	Name        string `json:"name"`
	Description string `json:"description"`
}

// auditEventType is the number in every recording. What it counts is not
// known.
const auditEventType = 1006

func auditView(world string, e *state.AuditEntry) auditEvent {
	return auditEvent{
		ClassUID: 6003, ClassName: "API Activity", CategoryUID: 6, CategoryName: "Application Activity",
		ActivityID: 99, ActivityName: "Other", TypeUID: 600399, SeverityID: 1, Severity: "Informational", StatusID: 1, Status: "Success",
		Time: e.At.Unix(),
		Metadata: auditMetadata{
			UID: auditUID(world, e.ID), Version: "1.3.0", LogProvider: "lokalise-audit", EventCode: e.Code,
			Product: auditProduct{"Lokalise", "Lokalise Expert", 1},
		},
		Actor:       auditActor{auditUser{strconv.FormatInt(e.UserID, 10), 1}, auditSession{IsRemote: true}},
		SrcEndpoint: auditEndpoint{e.Origin.Address},
		HTTPRequest: auditRequest{e.Origin.UserAgent, auditURL{e.Origin.URL}},
		Enrichments: auditEnrichments(e),
		Unmapped: auditUnmapped{
			EventTypeID: auditEventType, APICall: e.Origin != state.Origin{}, Data: auditUnmappedOf{e.ProjectName, e.Description},
		},
	}
}

func auditEnrichments(e *state.AuditEntry) []auditEnrichment {
	list := []auditEnrichment{{"team", e.TeamName, auditEnrichData{e.TeamID, e.TeamName}}}
	if e.ProjectID != "" {
		list = append(list, auditEnrichment{"project", e.ProjectName, auditEnrichData{e.ProjectID, e.ProjectName}})
	}
	return list
}

// auditUID names an entry with 24 hexadecimal characters, as recorded.
func auditUID(world string, id int64) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "audit %s %d", world, id))
	return hex.EncodeToString(sum[:12])
}
