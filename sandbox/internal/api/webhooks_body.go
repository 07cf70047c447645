package api

import "github.com/golokalise/lokalise/sandbox/internal/state"

// webhookBody is a webhook on the wire, its members in the recorded order.
type webhookBody struct {
	WebhookID    string               `json:"webhook_id"`
	URL          string               `json:"url"`
	Branch       *string              `json:"branch"` // null: all
	Secret       string               `json:"secret"`
	Events       []string             `json:"events"`
	EventLangMap []eventLanguagesBody `json:"event_lang_map"`
}

type eventLanguagesBody struct {
	Event        string   `json:"event"`
	LangISOCodes []string `json:"lang_iso_codes"`
}

// The answers about webhooks have no branch beside the project id, but for a
// new secret's (recorded).

type webhooksAnswer struct {
	ProjectID string        `json:"project_id"`
	Webhooks  []webhookBody `json:"webhooks"`
}

type webhookAnswer struct {
	ProjectID string      `json:"project_id"`
	Webhook   webhookBody `json:"webhook"`
}

type webhookDeleted struct {
	ProjectID      string `json:"project_id"`
	WebhookDeleted bool   `json:"webhook_deleted"`
}

type webhookRegenerated struct {
	ProjectID string `json:"project_id"`
	Branch    string `json:"branch,omitzero"`
	Secret    string `json:"secret"`
}

func webhookView(h *state.Webhook) webhookBody {
	body := webhookBody{WebhookID: h.ID, URL: h.URL, Secret: h.Secret, Events: h.Events, EventLangMap: []eventLanguagesBody{}}
	if h.Branch != "" {
		body.Branch = &h.Branch
	}
	for _, only := range h.Languages {
		body.EventLangMap = append(body.EventLangMap, eventLanguagesBody{Event: only.Event, LangISOCodes: only.ISOs})
	}
	return body
}
