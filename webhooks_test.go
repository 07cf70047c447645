package lokalise_test

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/internal/testutil"
)

// hookSecret is a secret that is searched for wherever it must not be.
const hookSecret = "5ec4e7c0ffee5ec4e7c0ffee5ec4e7c0ffee1234"

const oneWebhook = `{"webhook_id": "b1a98c63f7e8", "url": "https://example.com/hook", "branch": null, "secret": "` + hookSecret + `",
 "events": ["project.imported", "project.keys.added", "project.flew"],
 "event_lang_map": [{"event": "project.translation.updated", "lang_iso_codes": ["lv", "de_AT"]}]}`

func wantWebhook() lokalise.Webhook {
	return lokalise.Webhook{
		WebhookID: "b1a98c63f7e8",
		URL:       "https://example.com/hook",
		Branch:    lokalise.Null[string](),
		Secret:    hookSecret,
		Events:    []lokalise.WebhookEvent{lokalise.EventProjectImported, lokalise.EventKeysAdded, "project.flew"},
		EventLangMap: []lokalise.WebhookEventLanguages{
			{Event: lokalise.EventTranslationUpdated, LangISOCodes: []string{"lv", "de_AT"}},
		},
	}
}

func TestWebhookOperations(t *testing.T) {
	t.Parallel()
	hook := wantWebhook()
	const wrapped = `{"project_id": "20008339586cded200e0d8.29879849", "webhook": ` + oneWebhook + `}`
	cases := asList(opCase{
		op:     "GET /projects/{project_id}/webhooks",
		path:   projectPath + "/webhooks",
		query:  "page=2&limit=10",
		answer: `{"project_id": "20008339586cded200e0d8.29879849", "webhooks": [` + oneWebhook + `]}`,
		want:   []lokalise.Webhook{hook},
	}, func(ctx context.Context, c *lokalise.Client) (*lokalise.Page[lokalise.Webhook], error) {
		return c.Webhooks.List(ctx, projectID, &lokalise.ListOptions{Page: 2, Limit: 10})
	}, func(ctx context.Context, c *lokalise.Client) iter.Seq2[*lokalise.Webhook, error] {
		return c.Webhooks.All(ctx, projectID, &lokalise.ListOptions{Page: 2, Limit: 10})
	})
	cases = append(cases,
		opCase{
			op: "GET /projects/{project_id}/webhooks/{webhook_id}",
			// The official Go SDK lets an identifier leave its place in the path.
			path:   projectPath + "/webhooks/..%2Fkeys%3Ffilter=1",
			answer: wrapped,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.Webhooks.Get(ctx, projectID, "../keys?filter=1")
			},
			want: &hook,
		},
		opCase{
			op:   "POST /projects/{project_id}/webhooks",
			path: projectPath + "/webhooks",
			body: `{"url": "https://example.com/hook", "branch": "main", "events": ["project.exported"],
			 "event_lang_map": [{"event": "project.translation.proofread", "lang_iso_codes": ["lv"]}]}`,
			answer: wrapped,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.Webhooks.Create(ctx, projectID, &lokalise.WebhookCreateRequest{
					URL: "https://example.com/hook", Branch: lokalise.Some("main"),
					Events: []lokalise.WebhookEvent{lokalise.EventProjectExported},
					EventLangMap: []lokalise.WebhookEventLanguages{
						{Event: lokalise.EventTranslationProofread, LangISOCodes: []string{"lv"}},
					},
				})
			},
			want: &hook,
		},
		opCase{
			op:     "PUT /projects/{project_id}/webhooks/{webhook_id}",
			path:   projectPath + "/webhooks/b1a98c63f7e8",
			body:   `{"branch": null, "events": ["project.snapshot"], "event_lang_map": []}`,
			answer: wrapped,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.Webhooks.Update(ctx, projectID, "b1a98c63f7e8", &lokalise.WebhookUpdateRequest{
					Branch: lokalise.Null[string](), Events: []lokalise.WebhookEvent{lokalise.EventSnapshotCreated},
					EventLangMap: []lokalise.WebhookEventLanguages{},
				})
			},
			want: &hook,
		},
		opCase{
			op:     "DELETE /projects/{project_id}/webhooks/{webhook_id}",
			path:   projectPath + "/webhooks/b1a98c63f7e8",
			answer: `{"project_id": "20008339586cded200e0d8.29879849", "webhook_deleted": true}`,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.Webhooks.Delete(ctx, projectID, "b1a98c63f7e8")
			},
			want: &lokalise.WebhookDeleted{ProjectID: projectID, WebhookDeleted: true},
		},
		opCase{
			op:     "PATCH /projects/{project_id}/webhooks/{webhook_id}/secret/regenerate",
			path:   projectPath + "/webhooks/b1a98c63f7e8/secret/regenerate",
			answer: `{"project_id": "20008339586cded200e0d8.29879849", "branch": "main", "secret": "` + hookSecret + `"}`,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.Webhooks.RegenerateSecret(ctx, projectID, "b1a98c63f7e8")
			},
			want: &lokalise.WebhookRegenerated{ProjectID: projectID, Secret: hookSecret, Branch: lokalise.Some("main")},
		},
	)
	for _, c := range cases {
		testOperation(t, c)
	}
}

func TestWebhookIsWrittenAsItWasRead(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		oneWebhook,
		`{"webhook_id": "a", "url": "", "secret": "s", "events": [], "event_lang_map": []}`, // as in 2019
	} {
		assertWrittenAsRead(t, text, new(lokalise.Webhook))
	}
}

func TestSecretOfWebhookIsNeverPrinted(t *testing.T) {
	t.Parallel()
	hook := wantWebhook()
	regenerated := lokalise.WebhookRegenerated{ProjectID: projectID, Secret: hookSecret}
	text := printed(hook, &hook, regenerated, &regenerated, []lokalise.Webhook{hook}, lokalise.Page[lokalise.Webhook]{Items: []lokalise.Webhook{hook}})
	testutil.AssertNoSecret(t, "webhooks", text, hookSecret)
	if !strings.Contains(text, "https://example.com/hook") || !strings.Contains(text, string(projectID)) {
		t.Errorf("the rest is not there: %s", text)
	}
}

// printed is what fmt and log/slog make of values, in every way that they have.
func printed(values ...any) string {
	var out bytes.Buffer
	text := slog.New(slog.NewTextHandler(&out, nil))
	for _, v := range values {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d"} {
			fmt.Fprintf(&out, verb+"\n", v)
		}
		text.Info("value", "value", v)
		if v, ok := v.(fmt.Stringer); ok {
			fmt.Fprintln(&out, v.String())
		}
		if v, ok := v.(fmt.GoStringer); ok {
			fmt.Fprintln(&out, v.GoString())
		}
		if v, ok := v.(slog.LogValuer); ok {
			slog.New(slog.NewJSONHandler(&out, nil)).Info("value", "value", v)
		}
	}
	return out.String()
}

// The official Node SDK declares what 33 events carry.
func TestThereIsAConstantForEachEvent(t *testing.T) {
	t.Parallel()
	events := []lokalise.WebhookEvent{
		lokalise.EventBranchAdded, lokalise.EventBranchDeleted, lokalise.EventBranchMerged,
		lokalise.EventContributorAdded, lokalise.EventContributorAddedPublic, lokalise.EventContributorDeleted,
		lokalise.EventProjectCopied, lokalise.EventProjectDeleted, lokalise.EventProjectExported, lokalise.EventProjectImported,
		lokalise.EventKeyAdded, lokalise.EventKeyCommentAdded, lokalise.EventKeyModified,
		lokalise.EventKeysAdded, lokalise.EventKeysDeleted, lokalise.EventKeysModified,
		lokalise.EventLanguageRemoved, lokalise.EventLanguageSettingsChanged, lokalise.EventLanguagesAdded,
		lokalise.EventSnapshotCreated,
		lokalise.EventTaskClosed, lokalise.EventTaskCreated, lokalise.EventTaskDeleted,
		lokalise.EventTaskInitialTMLeverageCalculated, lokalise.EventTaskLanguageClosed, lokalise.EventTaskQueued,
		lokalise.EventTranslationProofread, lokalise.EventTranslationUpdated,
		lokalise.EventTranslationsProofread, lokalise.EventTranslationsUpdated,
		lokalise.EventOrderCompleted, lokalise.EventOrderCreated, lokalise.EventOrderDeleted,
	}
	slices.Sort(events)
	if n := len(slices.Compact(slices.Clone(events))); n != 33 {
		t.Errorf("%d events", n)
	}
	for _, event := range events {
		if !strings.HasPrefix(string(event), "project.") && !strings.HasPrefix(string(event), "team.order.") {
			t.Errorf("%q", event)
		}
	}
}
