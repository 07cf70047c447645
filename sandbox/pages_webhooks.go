package sandbox

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/golokalise/lokalise/internal/redact"
	"github.com/golokalise/lokalise/sandbox/internal/state"
	"github.com/golokalise/lokalise/sandbox/internal/web"
	"github.com/golokalise/lokalise/sandbox/internal/webhooks"
)

func (s *Server) addWebhookPages(mux *http.ServeMux) {
	mux.HandleFunc("GET "+web.WebhooksPath, s.ui(s.webhooksPage))
	mux.HandleFunc("POST "+web.WebhooksPath+"/{project}/{webhook}/ping", s.form(web.FormPing, s.pingFrom, s.webhooksPage))
	mux.HandleFunc("GET "+web.WebhooksPath+"/deliveries/{id}", s.ui(s.deliveryPage))
	mux.HandleFunc("POST "+web.WebhooksPath+"/deliveries/{id}/replay", s.form(web.FormReplay, s.replayFrom, s.webhooksPage))
}

const (
	shownHooks      = 200
	shownDeliveries = 50 // on a page
)

func (s *Server) webhooksPage(p *uiPage) {
	view := web.HooksView{Chrome: p.chrome}
	if status := p.r.URL.Query().Get("status"); slices.Contains(web.DeliveryStatuses, status) {
		view.Status = status
	}
	var deliveries []*state.Delivery
	p.view(func(tx *state.Tx) {
		for project := range tx.Projects.All("") {
			for _, h := range tx.Webhooks.Rows(project.ID) {
				if len(view.Hooks) == shownHooks {
					view.MoreHooks++
					continue
				}
				view.Hooks = append(view.Hooks, s.hookRow(project, h))
			}
		}
		for d := range tx.Deliveries.All("") {
			if view.Status == "" || string(d.Status) == view.Status {
				deliveries = append(deliveries, d)
			}
		}
	})
	slices.Reverse(deliveries)
	view.Window = web.NewWindow(p.pageNumber(), shownDeliveries, len(deliveries))
	start, end := view.Window.Bounds()
	for _, d := range deliveries[start:end] {
		view.Deliveries = append(view.Deliveries, deliveryRow(s.delivery(d)))
	}
	web.Hooks(p.w, view)
}

// hookRow is a webhook with its secrets masked: the one that signs, and
// whatever its address has in it.
func (s *Server) hookRow(project *state.Project, h *state.Webhook) web.HookRow {
	address := redact.Mask
	if u, err := url.Parse(h.URL); err == nil {
		address = s.mask().Text(redact.URL(u))
	}
	return web.HookRow{
		ID: h.ID, ProjectID: project.ID, ProjectName: s.mask().Text(project.Name), URL: address,
		Secret: redact.Secret(h.Secret), Branch: h.Branch, Events: h.Events,
	}
}

func deliveryRow(d Delivery) web.DeliveryRow {
	row := web.DeliveryRow{
		ID: strconv.FormatInt(d.ID, 10), Event: d.Event, URL: d.URL, ProjectID: d.ProjectID, Status: string(d.Status),
		Attempts: d.Attempts, Created: d.CreatedAt, Next: d.NextAttempt, Response: d.ResponseStatus, Problem: d.Error,
	}
	if d.ReplayOf != 0 {
		row.ReplayOf = strconv.FormatInt(d.ReplayOf, 10)
	}
	return row
}

func (s *Server) deliveryPage(p *uiPage) {
	id, err := strconv.ParseInt(p.r.PathValue("id"), 10, 64)
	var row *state.Delivery
	secret := ""
	if err == nil {
		p.view(func(tx *state.Tx) {
			if row = tx.Deliveries.Get("", id); row == nil {
				return
			}
			secret = row.Secret
			if h := tx.Webhooks.Get(row.ProjectID, row.WebhookID); h != nil {
				secret = h.Secret
			}
		})
	}
	if row == nil {
		p.gone("delivery")
		return
	}
	d := s.delivery(row)
	header := redact.HeaderWith(webhooks.Header(row, secret), redact.Secret)
	web.Delivery(p.w, web.DeliveryView{
		Chrome: p.chrome, Row: deliveryRow(d), Hook: d.WebhookID, Headers: headerFields(header),
		Body: string(d.Body), Answer: d.Response,
	})
}

// replayFrom sends a delivery again and waits for the first attempt, so that
// the page that follows says what became of it.
func (s *Server) replayFrom(p *uiPage) (done, error) {
	id, err := strconv.ParseInt(p.r.PathValue("id"), 10, 64)
	if err != nil {
		return done{}, &formError{"There is no such delivery."}
	}
	made, err := s.replay(p.world.inner, id)
	if errors.Is(err, ErrNoDelivery) {
		return done{}, &formError{"There is no such delivery any more."}
	}
	if err != nil {
		return done{}, err
	}
	s.clock.Settle()
	return done{notice: web.NoticeReplayed, path: web.DeliveryPath(strconv.FormatInt(made.ID, 10))}, nil
}

func (s *Server) pingFrom(p *uiPage) (done, error) {
	var made *state.Delivery
	err := p.world.inner.Update(func(tx *state.Tx) error {
		h := tx.Webhooks.Get(p.r.PathValue("project"), p.r.PathValue("webhook"))
		if h == nil {
			return &formError{"There is no such webhook any more."}
		}
		made = tx.Ping(h)
		return nil
	})
	if err != nil {
		return done{}, err //nolint:wrapcheck // a formError, or the storage's
	}
	s.clock.Settle()
	return done{notice: web.NoticePinged, path: web.DeliveryPath(strconv.FormatInt(made.ID, 10))}, nil
}
