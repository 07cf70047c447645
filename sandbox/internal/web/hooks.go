package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// WebhooksPath is the page about webhooks; deliveries are below it.
const WebhooksPath = ConsolePath + "webhooks"

// DeliveryPath is the page of a delivery.
func DeliveryPath(id string) string { return WebhooksPath + "/deliveries/" + url.PathEscape(id) }

// Names of the forms of the pages about webhooks.
const (
	FormReplay = "replay"
	FormPing   = "ping"
)

// HookRow is a webhook. Its address and secret are masked.
type HookRow struct {
	ID, ProjectID, ProjectName string
	URL, Secret                string
	Branch                     string // empty: all
	Events                     []string
}

// PingPath is where the form is sent that has the webhook pinged.
func (h HookRow) PingPath() string {
	return WebhooksPath + "/" + url.PathEscape(h.ProjectID) + "/" + url.PathEscape(h.ID) + "/ping"
}

// DeliveryRow is an event on its way to a webhook. Secrets in it are masked.
type DeliveryRow struct {
	ID, Event, URL, ProjectID string
	Status                    string // "waiting", "sent", "failed" or "canceled"
	Attempts                  int
	Created, Next             time.Time // Next is zero: no attempt is left
	Response                  int       // status of the last answer, 0: none came
	Problem                   string    // why the last attempt failed
	ReplayOf                  string    // id of a delivery; empty: it is no replay
}

// Path is the page of the delivery.
func (d DeliveryRow) Path() string { return DeliveryPath(d.ID) }

// ReplayOfPath is the page of the delivery that this one repeats.
func (d DeliveryRow) ReplayOfPath() string { return DeliveryPath(d.ReplayOf) }

// ReplayPath is where the form is sent that sends the delivery again.
func (d DeliveryRow) ReplayPath() string { return d.Path() + "/replay" }

// Class is the kind of status in the colors of a request's.
func (d DeliveryRow) Class() string {
	return map[string]string{"sent": "2xx", "waiting": "3xx", "failed": "5xx"}[d.Status]
}

// ResponseClass is that of the answer's status.
func (d DeliveryRow) ResponseClass() string { return statusClass(d.Response) }

// HooksView is the page about webhooks.
type HooksView struct {
	Chrome     Chrome
	Hooks      []HookRow
	MoreHooks  int           // that are not in Hooks
	Deliveries []DeliveryRow // of the window, newest first
	Window     Window
	Status     string // that deliveries are narrowed down to; empty: any
}

// DeliveryStatuses are those that deliveries can be narrowed down to.
var DeliveryStatuses = []string{"waiting", "sent", "failed", "canceled"}

// Hooks writes the page.
func Hooks(w http.ResponseWriter, v HooksView) {
	page := hooksPage{HooksView: v, Statuses: DeliveryStatuses, Pager: v.Window.Pages("Pages of deliveries", func(n int) string {
		return v.Chrome.Link(WebhooksPath, "status", v.Status, "page", strconv.Itoa(n))
	})}
	page.Pager.PreviousText, page.Pager.NextText = "Newer", "Older"
	render(w, v.Chrome.status(), "hooks", frame{Title: "Webhooks", Nav: WebhooksPath, Chrome: v.Chrome, View: page})
}

type hooksPage struct {
	HooksView
	Statuses []string
	Pager    Pager
}

// DeliveryView is one delivery in full.
type DeliveryView struct {
	Chrome  Chrome
	Row     DeliveryRow
	Hook    string  // id of the webhook
	Headers []Field // as sent, masked
	Body    string
	Answer  string // the beginning of the last answer's body, masked
}

// Delivery writes the page.
func Delivery(w http.ResponseWriter, v DeliveryView) {
	v.Body, v.Answer = prettyJSON(v.Body), prettyJSON(strings.ToValidUTF8(v.Answer, "\uFFFD"))
	render(w, v.Chrome.status(), "delivery", frame{Title: "Delivery " + v.Row.ID, Nav: WebhooksPath, Chrome: v.Chrome, View: v})
}
