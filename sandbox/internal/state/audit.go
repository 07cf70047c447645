package state

import "time"

// AuditEntry is a line of the audit log. What it says of teams and projects is
// kept as it was then.
type AuditEntry struct {
	ID          int64
	At          time.Time
	Code        string // what happened, for example project.created
	TeamID      int64
	TeamName    string
	ProjectID   string
	ProjectName string
	Description string // of the project
	UserID      int64  // 0: the sandbox itself
	Origin      Origin
}

// Origin is where a request came from that made something happen.
type Origin struct {
	Address   string // IP address
	UserAgent string
	URL       string // without the query
}

// auditKept is how many entries of a world are kept. How long the real service
// keeps them is not known.
const auditKept = 20_000

// auditCodes are the codes of events that the audit log has another name for.
// Only project.created and project.deleted are recorded; that the other codes
// are the names that webhooks use is assumed.
var auditCodes = map[string]string{"project.snapshot": "project.snapshot.created"}

// LogEvent writes an event into the audit log. It is an [EventHandler].
func LogEvent(tx *Tx, e Event) {
	entry := AuditEntry{
		ID: tx.NextID("audit"), At: tx.Now(), Code: e.Name, TeamID: e.TeamID, ProjectID: e.ProjectID, UserID: e.UserID, Origin: e.Origin,
	}
	if code, there := auditCodes[e.Name]; there {
		entry.Code = code
	}
	if p := tx.Projects.Get("", e.ProjectID); p != nil {
		entry.ProjectName, entry.Description, entry.TeamID = p.Name, p.Description, p.TeamID
	}
	if t := tx.Teams.Get("", entry.TeamID); t != nil {
		entry.TeamName = t.Name
	}
	tx.Audit.Put(tx, &entry)
	if tx.Audit.Len("") > auditKept {
		for oldest := range tx.Audit.All("") {
			tx.Audit.Delete(tx, "", oldest.ID)
			break
		}
	}
}
