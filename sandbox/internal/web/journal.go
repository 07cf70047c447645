package web

import (
	"net/http"
	"time"
)

// JournalRow is one request in the journal's table.
type JournalRow struct {
	ID         string
	Time       time.Time // sandbox clock
	Method     string
	Path       string // without the query
	Operation  string // id in operations.json; empty: none
	Status     int
	Duration   time.Duration
	Scope      string // scope the operation takes; empty: none
	Credential string // kind: "OAuth token", "API token", "client", "none" …
}

// JournalView is the table of requests.
type JournalView struct {
	Chrome Chrome
	Rows   []JournalRow  // all of them, newest first; this package filters and pages
	Filter JournalFilter // from ParseJournalFilter
}

// Journal writes the table with status 200.
func Journal(w http.ResponseWriter, v JournalView) {
	render(w, http.StatusOK, "journal", frame{Title: "Journal", Nav: JournalPath, Chrome: v.Chrome, View: newJournalPage(v)})
}

// Field is one header or query parameter, its secrets masked by the caller.
type Field struct{ Name, Value string }

// Message is the request or the answer of a journal entry, its secrets masked
// by the caller. JSON bodies are indented on the page.
type Message struct {
	Headers   []Field
	Body      string
	Truncated bool // Body is only the beginning, or was not kept if it is empty
}

// JournalEntryView is one request in full.
type JournalEntryView struct {
	Chrome Chrome
	JournalRow
	Query    []Field
	Request  Message
	Response Message
	Notes    []string // what the sandbox has to say about it, such as a missing scope
	Fault    string   // name of the fault that was injected, masked; empty: none
}

// JournalEntry writes one request in full with status 200. It is linked as
// JournalPath + "/" + ID.
func JournalEntry(w http.ResponseWriter, v JournalEntryView) {
	render(w, http.StatusOK, "entry", frame{Title: v.Method + " " + shorten(v.Path, 60), Nav: JournalPath, Chrome: v.Chrome, View: newEntryPage(v)})
}

type entryPage struct {
	Row               rowLine
	Query             []Field
	Request, Response Message
	Notes             []string
	Fault             string
}

func newEntryPage(v JournalEntryView) entryPage {
	v.Request.Body = prettyJSON(v.Request.Body)
	v.Response.Body = prettyJSON(v.Response.Body)
	return entryPage{Row: newRowLine(v.JournalRow), Query: v.Query, Request: v.Request, Response: v.Response, Notes: v.Notes, Fault: v.Fault}
}

// namedMessage is a Message with a word that tells the page's two apart.
type namedMessage struct {
	ID string
	Message
}

func nameMessage(id string, m Message) namedMessage { return namedMessage{ID: id, Message: m} }
