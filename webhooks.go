package lokalise

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"log/slog"
	"net/http"

	"github.com/golokalise/lokalise/internal/redact"
)

// WebhooksService calls the operations on webhooks of a project. Package
// webhook receives what they send.
type WebhooksService struct{ service }

// WebhookEvent is the name of something that happens in a project.
type WebhookEvent string

// The events that the documentation of Create lists.
const (
	EventBranchAdded             WebhookEvent = "project.branch.added"
	EventBranchDeleted           WebhookEvent = "project.branch.deleted"
	EventBranchMerged            WebhookEvent = "project.branch.merged"
	EventContributorAdded        WebhookEvent = "project.contributor.added"
	EventContributorDeleted      WebhookEvent = "project.contributor.deleted"
	EventProjectDeleted          WebhookEvent = "project.deleted"
	EventProjectExported         WebhookEvent = "project.exported"
	EventProjectImported         WebhookEvent = "project.imported"
	EventKeyAdded                WebhookEvent = "project.key.added"
	EventKeyCommentAdded         WebhookEvent = "project.key.comment.added"
	EventKeyModified             WebhookEvent = "project.key.modified"
	EventKeysDeleted             WebhookEvent = "project.keys.deleted"
	EventLanguageRemoved         WebhookEvent = "project.language.removed"
	EventLanguageSettingsChanged WebhookEvent = "project.language.settings_changed"
	EventLanguagesAdded          WebhookEvent = "project.languages.added"
	EventSnapshotCreated         WebhookEvent = "project.snapshot"
	EventTaskClosed              WebhookEvent = "project.task.closed"
	EventTaskCreated             WebhookEvent = "project.task.created"
	EventTaskDeleted             WebhookEvent = "project.task.deleted"
	EventTaskLanguageClosed      WebhookEvent = "project.task.language.closed"
	EventTranslationProofread    WebhookEvent = "project.translation.proofread"
	EventTranslationUpdated      WebhookEvent = "project.translation.updated"
	EventOrderCompleted          WebhookEvent = "team.order.completed"
	EventOrderCreated            WebhookEvent = "team.order.created"
	EventOrderDeleted            WebhookEvent = "team.order.deleted"
)

// The events that are delivered, since the official Node SDK declares what they
// carry, and that the documentation of Create does not list. Some of them were
// recorded as events of a webhook, and the guide to events says that one can
// subscribe to them.
const (
	EventContributorAddedPublic          WebhookEvent = "project.contributor.added_public"
	EventProjectCopied                   WebhookEvent = "project.copied"
	EventKeysAdded                       WebhookEvent = "project.keys.added"
	EventKeysModified                    WebhookEvent = "project.keys.modified"
	EventTaskInitialTMLeverageCalculated WebhookEvent = "project.task.initial_tm_leverage.calculated"
	EventTaskQueued                      WebhookEvent = "project.task.queued"
	EventTranslationsProofread           WebhookEvent = "project.translations.proofread"
	EventTranslationsUpdated             WebhookEvent = "project.translations.updated"
)

// Webhook tells somebody about events in a project. It shows its secret masked
// wherever it is printed or logged; written as JSON it is complete.
type Webhook struct {
	// WebhookID is a text of hexadecimal digits.
	WebhookID string `json:"webhook_id"`
	// URL is where events are sent.
	URL string `json:"url"`
	// Branch is null when the events of all branches are sent. It is absent in
	// answers recorded before 2021.
	Branch Opt[string] `json:"branch,omitzero"`
	// Secret comes with each event, in the header X-Secret.
	Secret string         `json:"secret"`
	Events []WebhookEvent `json:"events"`
	// EventLangMap narrows events to some languages. It is empty when there is
	// nothing of the kind.
	EventLangMap []WebhookEventLanguages `json:"event_lang_map"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// masked returns a copy without methods and without the secret.
func (w Webhook) masked() webhookJSON {
	w.Secret = redact.Secret(w.Secret)
	return webhookJSON(w)
}

// String shows the webhook, its secret masked.
func (w Webhook) String() string { return fmt.Sprintf("%+v", w.masked()) }

// GoString shows the webhook, its secret masked.
func (w Webhook) GoString() string { return fmt.Sprintf("%#v", w.masked()) }

// Format prints the webhook, its secret masked, whatever the verb.
func (w Webhook) Format(f fmt.State, verb rune) {
	_, _ = fmt.Fprintf(f, fmt.FormatString(f, verb), w.masked())
}

// LogValue is String.
func (w Webhook) LogValue() slog.Value { return slog.StringValue(w.String()) }

// WebhookEventLanguages narrows an event to some languages. Only events about
// translations can be narrowed.
type WebhookEventLanguages struct {
	Event        WebhookEvent `json:"event"`
	LangISOCodes []string     `json:"lang_iso_codes"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// WebhookRegenerated is the answer to [WebhooksService.RegenerateSecret]. It
// shows the secret masked wherever it is printed or logged.
type WebhookRegenerated struct {
	ProjectID ProjectID `json:"project_id"`
	// Secret is the new secret. The old one is not sent any more.
	Secret string `json:"secret"`
	// Branch is in some recorded answers only.
	Branch Opt[string] `json:"branch,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

func (w WebhookRegenerated) masked() webhookRegeneratedJSON {
	w.Secret = redact.Secret(w.Secret)
	return webhookRegeneratedJSON(w)
}

// String shows the answer, its secret masked.
func (w WebhookRegenerated) String() string { return fmt.Sprintf("%+v", w.masked()) }

// GoString shows the answer, its secret masked.
func (w WebhookRegenerated) GoString() string { return fmt.Sprintf("%#v", w.masked()) }

// Format prints the answer, its secret masked, whatever the verb.
func (w WebhookRegenerated) Format(f fmt.State, verb rune) {
	_, _ = fmt.Fprintf(f, fmt.FormatString(f, verb), w.masked())
}

// LogValue is String.
func (w WebhookRegenerated) LogValue() slog.Value { return slog.StringValue(w.String()) }

// WebhookDeleted is the answer to [WebhooksService.Delete].
type WebhookDeleted struct {
	ProjectID      ProjectID `json:"project_id"`
	WebhookDeleted bool      `json:"webhook_deleted"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// WebhookCreateRequest is the body of [WebhooksService.Create].
type WebhookCreateRequest struct {
	// URL is where events are sent. It is required, and has to answer 2xx to
	// the ping that Lokalise sends there at once.
	URL string `json:"url"`
	// Events are required.
	Events []WebhookEvent `json:"events"`
	// Branch narrows the webhook to one branch. Defaults to all branches.
	Branch Opt[string] `json:"branch,omitzero"`
	// EventLangMap narrows [EventTranslationUpdated] and
	// [EventTranslationProofread] to some languages; it is documented for these
	// two only.
	EventLangMap []WebhookEventLanguages `json:"event_lang_map,omitzero"`
}

// WebhookUpdateRequest is the body of [WebhooksService.Update]. What is absent
// stays as it is.
type WebhookUpdateRequest struct {
	URL Opt[string] `json:"url,omitzero"`
	// Events replace the ones that there were.
	Events []WebhookEvent `json:"events,omitzero"`
	// Branch narrows the webhook to one branch; null is all branches.
	Branch Opt[string] `json:"branch,omitzero"`
	// EventLangMap narrows [EventTranslationUpdated] and
	// [EventTranslationProofread] to some languages. An empty list that is not
	// nil ends that.
	EventLangMap []WebhookEventLanguages `json:"event_lang_map,omitzero"`
}

// List returns one page of the webhooks of a project. The user needs the right
// to manage its settings.
//
// It needs the scope read_webhooks.
// https://developers.lokalise.com/reference/list-all-webhooks
//
//lokalise:op GET /projects/{project_id}/webhooks
func (s *WebhooksService) List(ctx context.Context, project ProjectID, o *ListOptions, opts ...RequestOption) (*Page[Webhook], error) {
	return listPage(ctx, s.webhooksCall(http.MethodGet, project, "webhooks", opts), o.paging(), decodeWebhook)
}

// All goes through all webhooks of a project, page by page. The user needs the
// right to manage its settings.
//
// It needs the scope read_webhooks.
// https://developers.lokalise.com/reference/list-all-webhooks
//
//lokalise:op GET /projects/{project_id}/webhooks
func (s *WebhooksService) All(ctx context.Context, project ProjectID, o *ListOptions, opts ...RequestOption) iter.Seq2[*Webhook, error] {
	return iterate(ctx, s.webhooksCall(http.MethodGet, project, "webhooks", opts), o.paging(), decodeWebhook)
}

// Get returns a webhook. The user needs the right to manage the settings of the
// project.
//
// It needs the scope read_webhooks.
// https://developers.lokalise.com/reference/retrieve-a-webhook
//
//lokalise:op GET /projects/{project_id}/webhooks/{webhook_id}
func (s *WebhooksService) Get(ctx context.Context, project ProjectID, webhookID string, opts ...RequestOption) (*Webhook, error) {
	r := s.webhookCall(http.MethodGet, "/projects/{project_id}/webhooks/{webhook_id}", project, webhookID, opts)
	r.result = "webhook"
	return one(ctx, r, decodeWebhook)
}

// Create creates a webhook. The user needs the right to manage the settings of
// the project.
//
// It needs the scope write_webhooks.
// https://developers.lokalise.com/reference/create-a-webhook
//
//lokalise:op POST /projects/{project_id}/webhooks
func (s *WebhooksService) Create(ctx context.Context, project ProjectID, body *WebhookCreateRequest, opts ...RequestOption) (*Webhook, error) {
	r := s.webhooksCall(http.MethodPost, project, "webhook", opts)
	withBody(r, body)
	return one(ctx, r, decodeWebhook)
}

// Update changes a webhook. The user needs the right to manage the settings of
// the project.
//
// It needs the scope write_webhooks.
// https://developers.lokalise.com/reference/update-a-webhook
//
//lokalise:op PUT /projects/{project_id}/webhooks/{webhook_id}
func (s *WebhooksService) Update(ctx context.Context, project ProjectID, webhookID string, body *WebhookUpdateRequest, opts ...RequestOption) (*Webhook, error) {
	r := s.webhookCall(http.MethodPut, "/projects/{project_id}/webhooks/{webhook_id}", project, webhookID, opts)
	r.result = "webhook"
	withBody(r, body)
	return one(ctx, r, decodeWebhook)
}

// Delete deletes a webhook. The user needs the right to manage the settings of
// the project.
//
// It needs the scope write_webhooks.
// https://developers.lokalise.com/reference/delete-a-webhook
//
//lokalise:op DELETE /projects/{project_id}/webhooks/{webhook_id}
func (s *WebhooksService) Delete(ctx context.Context, project ProjectID, webhookID string, opts ...RequestOption) (*WebhookDeleted, error) {
	r := s.webhookCall(http.MethodDelete, "/projects/{project_id}/webhooks/{webhook_id}", project, webhookID, opts)
	return one(ctx, r, decodeWebhookDeleted)
}

// RegenerateSecret gives a webhook another secret and returns that. The user
// needs the right to manage the settings of the project.
//
// It needs the scope write_webhooks.
// https://developers.lokalise.com/reference/regenerate-a-webhook-secret
//
//lokalise:op PATCH /projects/{project_id}/webhooks/{webhook_id}/secret/regenerate
func (s *WebhooksService) RegenerateSecret(ctx context.Context, project ProjectID, webhookID string, opts ...RequestOption) (*WebhookRegenerated, error) {
	r := s.webhookCall(http.MethodPatch, "/projects/{project_id}/webhooks/{webhook_id}/secret/regenerate", project, webhookID, opts)
	return one(ctx, r, decodeWebhookRegenerated)
}

func (s *WebhooksService) webhooksCall(method string, project ProjectID, result string, opts []RequestOption) *call {
	r := s.client.newCall(method, "/projects/{project_id}/webhooks", opts)
	r.path.projectID(project)
	r.result = result
	return r
}

func (s *WebhooksService) webhookCall(method, route string, project ProjectID, webhookID string, opts []RequestOption) *call {
	r := s.client.newCall(method, route, opts)
	r.path.projectID(project)
	r.path.text(webhookID)
	return r
}
