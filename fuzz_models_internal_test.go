package lokalise

import "testing"

// FuzzWorkDecoders does for tasks, screenshots, webhooks, the glossary and audit logs
// what FuzzDecoders does for projects.
func FuzzWorkDecoders(f *testing.F) {
	for _, seed := range []string{
		`{"users": []}`,
		`{"users": null, "groups": [], "keys": ["7", 8.0]}`,
		`{"task_id": 1, "due_date": null, "languages": [{"initial_tm_leverage": [], "groups": []}], "closing_tags": ["a"], "completed_at_timestamp": 7}`,
		`{"initial_tm_leverage": {"0%+": 1, "100%": 2}, "tm_leverage": {"status": "x", "value": []}, "completed_by": "7"}`,
		`{"keys": [{"key_id": 1, "coordinates": null}, {"coordinates": {"left": 1.0}}], "url": "u", "width": "3"}`,
		`{"secret": "s", "branch": null, "events": ["a"], "event_lang_map": [{"event": "a", "lang_iso_codes": ["lv"]}]}`,
		`{"id": 1, "translations": [{"langId": 2}], "updatedAt": null, "createdAt": "2026-03-02 08:15:00 (Europe/Riga)"}`,
		`{"deleted": {"count": 1, "ids": [1]}, "failed": [{"ids": [2], "message": "m"}]}`,
		`{"time": 1, "metadata": {"product": {"version": "1"}}, "actor": {"user": {"uid": "7"}}, "enrichments": [{"data": {"id": 1}}], "unmapped": null}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		agree[plainTask](t, text, decodeTask)
		agree[plainTaskLanguage](t, text, decodeTaskLanguage)
		agree[plainTaskUser](t, text, decodeTaskUser)
		agree[plainTaskGroup](t, text, decodeTaskGroup)
		agree[plainTaskTMLeverage](t, text, decodeTaskTMLeverage)
		agree[plainTaskDeleted](t, text, decodeTaskDeleted)
		agree[plainScreenshot](t, text, decodeScreenshot)
		agree[plainScreenshotKey](t, text, decodeScreenshotKey)
		agree[plainScreenshotCoordinates](t, text, decodeScreenshotCoordinates)
		agree[plainScreenshotDeleted](t, text, decodeScreenshotDeleted)
		agree[plainWebhook](t, text, decodeWebhook)
		agree[plainWebhookEventLanguages](t, text, decodeWebhookEventLanguages)
		agree[plainWebhookRegenerated](t, text, decodeWebhookRegenerated)
		agree[plainWebhookDeleted](t, text, decodeWebhookDeleted)
		agree[plainGlossaryTerm](t, text, decodeGlossaryTerm)
		agree[plainGlossaryTranslation](t, text, decodeGlossaryTranslation)
		agree[plainTermsDeleted](t, text, decodeTermsDeleted)
		agree[plainTermsDeletedIDs](t, text, decodeTermsDeletedIDs)
		agree[plainTermsFailed](t, text, decodeTermsFailed)
		agree[plainAuditEvent](t, text, decodeAuditEvent)
		agree[plainAuditMetadata](t, text, decodeAuditMetadata)
		agree[plainAuditProduct](t, text, decodeAuditProduct)
		agree[plainAuditActor](t, text, decodeAuditActor)
		agree[plainAuditUser](t, text, decodeAuditUser)
		agree[plainAuditSession](t, text, decodeAuditSession)
		agree[plainAuditEndpoint](t, text, decodeAuditEndpoint)
		agree[plainAuditHTTPRequest](t, text, decodeAuditHTTPRequest)
		agree[plainAuditURL](t, text, decodeAuditURL)
		agree[plainAuditEnrichment](t, text, decodeAuditEnrichment)
		agree[plainJWT](t, text, decodeJWT)
		agree[plainSnapshot](t, text, decodeSnapshot)
		agree[plainSnapshotDeleted](t, text, decodeSnapshotDeleted)
	})
}

type (
	plainTask                  Task
	plainTaskLanguage          TaskLanguage
	plainTaskUser              TaskUser
	plainTaskGroup             TaskGroup
	plainTaskTMLeverage        TaskTMLeverage
	plainTaskDeleted           TaskDeleted
	plainScreenshot            Screenshot
	plainScreenshotKey         ScreenshotKey
	plainScreenshotCoordinates ScreenshotCoordinates
	plainScreenshotDeleted     ScreenshotDeleted
	plainWebhook               Webhook
	plainWebhookEventLanguages WebhookEventLanguages
	plainWebhookRegenerated    WebhookRegenerated
	plainWebhookDeleted        WebhookDeleted
	plainGlossaryTerm          GlossaryTerm
	plainGlossaryTranslation   GlossaryTranslation
	plainTermsDeleted          TermsDeleted
	plainTermsDeletedIDs       TermsDeletedIDs
	plainTermsFailed           TermsFailed
	plainAuditEvent            AuditEvent
	plainAuditMetadata         AuditMetadata
	plainAuditProduct          AuditProduct
	plainAuditActor            AuditActor
	plainAuditUser             AuditUser
	plainAuditSession          AuditSession
	plainAuditEndpoint         AuditEndpoint
	plainAuditHTTPRequest      AuditHTTPRequest
	plainAuditURL              AuditURL
	plainAuditEnrichment       AuditEnrichment
	plainJWT                   JWT
	plainSnapshot              Snapshot
	plainSnapshotDeleted       SnapshotDeleted
)

// FuzzTeamDecoders does for teams and what belongs to them
// what FuzzDecoders does for projects.
func FuzzTeamDecoders(f *testing.F) {
	for _, seed := range []string{
		`{"team_id": 1, "created_at": "2026-03-02T10:15:00+02:00", "quota_usage": {"id": null, "trafficBytes": 7}, "plan": null}`,
		`{"group_id": 1, "permissions": {"admin_rights": [], "languages": [{"lang_id": 1, "is_writable": true}]}, "members": [1], "role_id": null}`,
		`{"order_id": null, "card_id": "1774", "keys": [1, "2"], "source_words": {"lv": 1}, "total": 0.140, "dry_run": true}`,
		`{"source_words": [], "target_language_isos": null, "translation_tier": ""}`,
		`{"price_pair_min": "10.00", "tiers": [], "pairs": [{"price_per_word": 0.10}, {"price_per_word": "0.1"}]}`,
		`{"permissions": ["a"], "tagInfo": null, "doesEnableAllReadOnlyLanguages": true}`,
		`{"card_id": 1, "card_deleted": true, "last4": "0391", "vatnumber": null, "role": "owner"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		agree[plainTeam](t, text, decodeTeam)
		agree[plainTeamQuota](t, text, decodeTeamQuota)
		agree[plainTeamUser](t, text, decodeTeamUser)
		agree[plainTeamUserDeleted](t, text, decodeTeamUserDeleted)
		agree[plainTeamUserBillingDetails](t, text, decodeTeamUserBillingDetails)
		agree[plainUserGroup](t, text, decodeUserGroup)
		agree[plainUserGroupPermissions](t, text, decodeUserGroupPermissions)
		agree[plainUserGroupLanguage](t, text, decodeUserGroupLanguage)
		agree[plainUserGroupDeleted](t, text, decodeUserGroupDeleted)
		agree[plainPermissionTemplate](t, text, decodePermissionTemplate)
		agree[plainOrder](t, text, decodeOrder)
		agree[plainTranslationProvider](t, text, decodeTranslationProvider)
		agree[plainTranslationProviderTier](t, text, decodeTranslationProviderTier)
		agree[plainTranslationProviderPair](t, text, decodeTranslationProviderPair)
		agree[plainPaymentCard](t, text, decodePaymentCard)
		agree[plainCardDeleted](t, text, decodeCardDeleted)
		agree[plainUser](t, text, decodeUser)
	})
}

type (
	plainTeam                    Team
	plainTeamQuota               TeamQuota
	plainTeamUser                TeamUser
	plainTeamUserDeleted         TeamUserDeleted
	plainTeamUserBillingDetails  TeamUserBillingDetails
	plainUserGroup               UserGroup
	plainUserGroupPermissions    UserGroupPermissions
	plainUserGroupLanguage       UserGroupLanguage
	plainUserGroupDeleted        UserGroupDeleted
	plainPermissionTemplate      PermissionTemplate
	plainOrder                   Order
	plainTranslationProvider     TranslationProvider
	plainTranslationProviderTier TranslationProviderTier
	plainTranslationProviderPair TranslationProviderPair
	plainPaymentCard             PaymentCard
	plainCardDeleted             CardDeleted
	plainUser                    User
)
