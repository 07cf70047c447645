package sandbox

import (
	"net/http"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// addWebhookControl mounts the part of the control plane that is about
// deliveries. Both paths take ?world= or ?client_id=, as those about tokens do.
func (s *Server) addWebhookControl(p *controlPlane) {
	for pattern, handle := range map[string]func(*state.World, http.ResponseWriter, *http.Request){
		"GET /_sandbox/webhooks/deliveries":              s.getDeliveries,
		"POST /_sandbox/webhooks/deliveries/{id}/replay": s.postReplay,
	} {
		p.handle(pattern, func(w http.ResponseWriter, r *http.Request) {
			if o := s.oauthOfRequest(w, r); o != nil {
				handle(o.world, w, r)
			}
		}, ofWorld...)
	}
}

func (s *Server) getDeliveries(world *state.World, w http.ResponseWriter, _ *http.Request) {
	writeControl(w, http.StatusOK, struct {
		Deliveries []Delivery `json:"deliveries"`
	}{s.deliveries(world)})
}

func (s *Server) postReplay(world *state.World, w http.ResponseWriter, r *http.Request) {
	id, ok := withID(w, r)
	if !ok {
		return
	}
	d, err := s.replay(world, id)
	if err != nil {
		writeControlError(w, http.StatusNotFound, "There is no such delivery; GET /_sandbox/webhooks/deliveries lists them.")
		return
	}
	writeControl(w, http.StatusCreated, d)
}
