package fidelity_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/golokalise/lokalise/sandbox"
)

func TestWebhooksHaveTheRecordedShape(t *testing.T) {
	t.Parallel()
	box := sandbox.Start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	path := "/api2/projects/" + create(t, box) + "/webhooks"
	body := map[string]any{"url": "http://127.0.0.1:1/", "events": []string{"project.exported"}}
	mapped := map[string]any{
		"url": "http://127.0.0.1:1/", "events": []string{"project.imported"},
		"event_lang_map": []map[string]any{{"event": "project.translation.updated", "lang_iso_codes": []string{"en"}}},
	}
	var made struct {
		Webhook struct {
			ID string `json:"webhook_id"`
		}
	}
	answer := send(t, box, comparison{method: http.MethodPost, path: path, body: mapped, status: http.StatusOK})
	if err := json.Unmarshal(answer, &made); err != nil {
		t.Fatal(err)
	}
	one := path + "/" + made.Webhook.ID
	for _, c := range []comparison{
		{recorded: "webhooks/create.json", method: http.MethodPost, path: path, body: body, status: http.StatusOK},
		{recorded: "webhooks/list.json", method: http.MethodGet, path: path, status: http.StatusOK},
		{recorded: "webhooks/list_pagination.json", method: http.MethodGet, path: path + "?limit=1&page=2", status: http.StatusOK},
		{recorded: "webhooks/retrieve.json", method: http.MethodGet, path: one, status: http.StatusOK},
		{recorded: "webhooks/update.json", method: http.MethodPut, path: one, body: map[string]any{"event_lang_map": []any{}}, status: http.StatusOK},
		{recorded: "webhooks/regenerate_secret.json", method: http.MethodPatch, path: one + "/secret/regenerate", status: http.StatusOK},
		{recorded: "webhooks/delete.json", method: http.MethodDelete, path: one, status: http.StatusOK},
	} {
		compare(t, box, c)
	}
}
