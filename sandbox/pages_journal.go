package sandbox

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/golokalise/lokalise/sandbox/internal/journal"
	"github.com/golokalise/lokalise/sandbox/internal/web"
)

func (s *Server) addJournalPages(mux *http.ServeMux) {
	mux.HandleFunc("GET "+web.JournalPath, s.ui(s.journalPage))
	mux.HandleFunc("GET "+web.JournalEventsPath, s.journalEvents)
	mux.HandleFunc("GET "+web.JournalPath+"/{id}", s.ui(s.entryPage))
}

// journalCredentials are the kinds of credential that the journal names.
var journalCredentials = []string{
	journal.CredentialNone, journal.CredentialUnchecked, journal.CredentialUnknown, journal.CredentialAPIToken, journal.CredentialReadOnly,
	journal.CredentialBearer, journal.CredentialExpired, journal.CredentialClient, journal.CredentialBrowser,
	journal.CredentialService, journal.CredentialApp,
}

func (s *Server) journalPage(p *uiPage) {
	// The number comes first: a request that arrives in between is shown twice
	// and put right by the script, instead of never.
	view := web.JournalView{
		Chrome: p.chrome, Last: s.ring.Last(), Filter: web.ParseJournalFilter(p.r.URL.Query()),
		Credentials: journalCredentials, Download: controlPath + "journal",
	}
	view.Rows = s.latestRows(0)
	web.Journal(p.w, view)
}

// latestRows are the latest records, newest first: so many, or all for 0.
func (s *Server) latestRows(limit int) []web.JournalRow {
	records := s.ring.Records(0)
	if limit > 0 {
		records = records[max(0, len(records)-limit):]
	}
	rows := make([]web.JournalRow, len(records))
	for i, rec := range records {
		rows[i] = s.row(rec)
	}
	slices.Reverse(rows)
	return rows
}

func (s *Server) entryPage(p *uiPage) {
	id, err := strconv.ParseUint(p.r.PathValue("id"), 10, 64)
	var rec *journal.Record
	if err == nil {
		rec = s.ring.Find(id)
	}
	if rec == nil {
		web.Problem(p.w, http.StatusNotFound, web.NotFound(p.r.URL.Path))
		return
	}
	mask := s.mask()
	m := mask.Record(rec)
	web.JournalEntry(p.w, web.JournalEntryView{
		Chrome: p.chrome, JournalRow: s.row(rec), User: rec.User, BaseURL: baseURL(p.r),
		RawQuery: m.Query, Query: queryFields(m.Query),
		Request:  web.Message{Headers: headerFields(m.RequestHeader), Body: m.RequestBody, Size: rec.Request.Size(), Truncated: m.RequestCut},
		Response: web.Message{Headers: headerFields(m.ResponseHeader), Body: m.ResponseBody, Size: rec.Response.Size(), Truncated: m.ResponseCut},
		Unread:   maskAll(mask, rec.Unread),
		Notes:    m.Notes,
	})
}
