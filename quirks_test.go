package lokalise_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"reflect"
	"testing"
	"time"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/ota"
)

// quirk is something that the wire does and the documentation does not say.
type quirk struct {
	text string
	// into is the model to read the text into.
	into any
	// holds reports whether the model has what the text says.
	holds func(model any) bool
	// normalized tells that the text is written back in the usual form, such as
	// a number for the digits in a string.
	normalized bool
}

// of makes the check of one model out of that of any.
func of[T any](holds func(m *T) bool) func(any) bool {
	return func(model any) bool { return holds(model.(*T)) }
}

// testQuirks reads each text with both JSON packages, and writes it again: it has
// the members that it had, null stays null and absent stays absent.
func testQuirks(t *testing.T, quirks map[string]quirk) {
	t.Helper()
	for name, q := range quirks {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for pkg, p := range packages {
				model := reflect.New(reflect.TypeOf(q.into).Elem()).Interface()
				if err := p.unmarshal([]byte(q.text), model); err != nil {
					t.Fatalf("%s: %v", pkg, err)
				}
				if !q.holds(model) {
					t.Errorf("%s: got %+v", pkg, model)
				}
				out, err := p.marshal(model)
				if err != nil {
					t.Fatalf("%s: %v", pkg, err)
				}
				if !q.normalized && !hasAll(parseJSON(t, string(out)), parseJSON(t, q.text)) {
					t.Errorf("%s: written as %s, want %s in it", pkg, out, q.text)
				}
			}
		})
	}
}

// hasAll reports whether a JSON value has what another one has; objects may have
// more, since a model writes all of its members.
func hasAll(whole, part any) bool {
	switch part := part.(type) {
	case map[string]any:
		members, ok := whole.(map[string]any)
		for name, want := range part {
			got, there := members[name]
			ok = ok && there && hasAll(got, want)
		}
		return ok
	case []any:
		items, ok := whole.([]any)
		ok = ok && len(items) == len(part)
		for i := range part {
			ok = ok && hasAll(items[i], part[i])
		}
		return ok
	}
	return reflect.DeepEqual(whole, part)
}

// A comparison that lets more pass than it asks for must be able to fail.
func TestComparisonOfQuirksCanFail(t *testing.T) {
	t.Parallel()
	for part, want := range map[string]bool{
		`{"a": [{"b": null}]}`: true, `{}`: true, `{"a": [{}]}`: true,
		`{"a": []}`: false, `{"a": [{"b": 0}]}`: false, `{"a": [{"c": null}]}`: false, `{"d": null}`: false, `[]`: false,
	} {
		if got := hasAll(parseJSON(t, `{"a": [{"b": null}], "x": 1}`), parseJSON(t, part)); got != want {
			t.Errorf("%s: %t", part, got)
		}
	}
}

// Fields that come in two kinds.
func TestQuirksFieldsOfTwoKinds(t *testing.T) {
	t.Parallel()
	digits := func(n lokalise.Number, want int64) bool {
		got, ok := n.Int64()
		return ok && got == want
	}
	testQuirks(t, map[string]quirk{
		"branch is an object in a merge": {
			text: `{"project_id": "p", "branch_merged": true, "branch": {"branch_id": 7, "name": "dev"}}`, into: new(lokalise.BranchMerged),
			holds: of(func(m *lokalise.BranchMerged) bool { return m.Branch.Name == "dev" && m.TargetBranch.IsZero() }),
		},
		"branch is a name elsewhere": {
			text: `{"project_id": "p", "key_removed": true, "keys_locked": 0, "branch": "dev"}`, into: new(lokalise.KeyDeleted),
			holds: of(func(m *lokalise.KeyDeleted) bool { return m.Branch == lokalise.Some("dev") }),
		},
		"branch is absent without branching": {
			text: `{"project_id": "p", "key_removed": true, "keys_locked": 0}`, into: new(lokalise.KeyDeleted),
			holds: of(func(m *lokalise.KeyDeleted) bool { return m.Branch.IsZero() }),
		},
		"initial_tm_leverage is an array until it is calculated": {
			text: `{"initial_tm_leverage": []}`, into: new(lokalise.TaskLanguage),
			holds: of(func(m *lokalise.TaskLanguage) bool { return m.InitialTMLeverage == nil }),
		},
		"initial_tm_leverage is an object": {
			text: `{"initial_tm_leverage": {"0%+": 4, "60%+": 3, "75%+": 2, "95%+": 1, "100%": 9}}`, into: new(lokalise.TaskLanguage),
			holds: of(func(m *lokalise.TaskLanguage) bool {
				return len(m.InitialTMLeverage) == 5 && m.InitialTMLeverage["100%"] == 9
			}),
		},
		"lang_id is a text": {
			text: `{"lang_id": "894", "lang_iso": "lv"}`, into: new(lokalise.Language), normalized: true,
			holds: of(func(m *lokalise.Language) bool { return m.LangID == 894 }),
		},
		"keys, card_id, created_by and translation_tier of an order are texts": {
			text: `{"keys": ["11", 12], "card_id": "1774", "created_by": "20", "translation_tier": "1"}`, into: new(lokalise.Order),
			holds: of(func(m *lokalise.Order) bool {
				return digits(m.Keys[0], 11) && digits(m.Keys[1], 12) && digits(m.CardID, 1774) && digits(m.CreatedBy, 20) && digits(m.TranslationTier, 1)
			}),
		},
		"order_id is null in a dry run": {
			text: `{"order_id": null, "dry_run": true}`, into: new(lokalise.Order),
			holds: of(func(m *lokalise.Order) bool { return m.OrderID.IsNull() && m.DryRun.Or(false) }),
		},
		"created_by of a process is a text": {
			text: `{"process_id": "file-import/0a1b", "created_by": "4711"}`, into: new(lokalise.QueuedProcess),
			holds: of(func(m *lokalise.QueuedProcess) bool { return digits(m.CreatedBy, 4711) }),
		},
		"prices are texts and numbers": {
			text: `{"price_pair_min": "10.00", "pairs": [{"price_per_word": "0.0729"}, {"price_per_word": 0.10}]}`, into: new(lokalise.TranslationProvider),
			holds: of(func(m *lokalise.TranslationProvider) bool {
				pairs, _ := m.Pairs.Get()
				first, _ := pairs[0].PricePerWord.Float64()
				second, _ := pairs[1].PricePerWord.Float64()
				return m.PricePairMin.String() == "10.00" && first == 0.0729 && second == 0.1
			}),
		},
		"qa_issues was a number": {
			text: `{"statistics": {"progress": 33, "keys": 10, "qa_issues": 7}}`, into: new(lokalise.Project), normalized: true,
			holds: of(func(m *lokalise.Project) bool {
				s, ok := m.Statistics.Get()
				return ok && string(s.Extra["progress"]) == "33" && string(s.Extra["keys"]) == "10"
			}),
		},
		"the identifier in an audit event is a number or a text": {
			text: `{"enrichments": [{"name": "team", "data": {"id": 815}}, {"name": "project", "data": {"id": "p1"}}]}`, into: new(lokalise.AuditEvent),
			holds: of(func(m *lokalise.AuditEvent) bool {
				e, _ := m.Enrichments.Get()
				return len(e) == 2 && sameJSON(t, string(e[0].Data), `{"id": 815}`) && sameJSON(t, string(e[1].Data), `{"id": "p1"}`)
			}),
		},
		"the user of an audit event is a text": {
			text: `{"uid": "4711"}`, into: new(lokalise.AuditUser),
			holds: of(func(m *lokalise.AuditUser) bool { return m.UID == lokalise.Some("4711") }),
		},
		"projectId is a text in a bundle": {
			text: `{"projectId": "p1", "createdBy": "4711", "lokaliseId": null}`, into: new(ota.Bundle),
			holds: of(func(m *ota.Bundle) bool { return m.ProjectID == "p1" && m.CreatedBy == "4711" && m.LokaliseID.IsNull() }),
		},
		"projectId is a number in a freeze period": {
			text: `{"projectId": 188763, "from": "5.0", "to": "6.1"}`, into: new(ota.FreezePeriod),
			holds: of(func(m *ota.FreezePeriod) bool { return m.ProjectID == 188763 && m.From == "5.0" }),
		},
		"projectId is a number in an SDK token": {
			text: `{"projectId": 188763, "lokaliseId": null}`, into: new(ota.SDKToken),
			holds: of(func(m *ota.SDKToken) bool { return m.ProjectID == 188763 && m.LokaliseID.IsNull() }),
		},
	})
}

// Fields that are null, or hold a zero value, where the official types promise
// more.
func TestQuirksNullAndZero(t *testing.T) {
	t.Parallel()
	testQuirks(t, map[string]quirk{
		"task": {
			text: `{"due_date": null, "due_date_timestamp": null, "parent_task_id": null, "completed_at": null, "completed_at_timestamp": null,
			 "completed_by": null, "completed_by_email": null, "languages": [{"language_iso": null, "completed_at": null,
			 "completed_at_timestamp": null, "completed_by": null, "completed_by_email": null}]}`, into: new(lokalise.Task),
			holds: of(func(m *lokalise.Task) bool {
				l := m.Languages[0]
				return m.DueDate.IsNull() && m.DueDateTimestamp.IsNull() && m.ParentTaskID.IsNull() && m.CompletedAt.IsNull() &&
					m.CompletedAtTimestamp.IsNull() && m.CompletedBy.IsNull() && m.CompletedByEmail.IsNull() && l.LanguageISO.IsNull() &&
					l.CompletedAt.IsNull() && l.CompletedAtTimestamp.IsNull() && l.CompletedBy.IsNull() && l.CompletedByEmail.IsNull()
			}),
		},
		"order": {
			text: `{"branch": null, "payment_method": null, "translation_tier_name": null, "briefing": null, "translation_style": null}`, into: new(lokalise.Order),
			holds: of(func(m *lokalise.Order) bool {
				return m.Branch.IsNull() && m.PaymentMethod.IsNull() && m.TranslationTierName.IsNull() && m.Briefing.IsNull() && m.TranslationStyle.IsNull()
			}),
		},
		"translation":     {`{"task_id": null}`, new(lokalise.Translation), of(func(m *lokalise.Translation) bool { return m.TaskID.IsNull() }), false},
		"webhook":         {`{"branch": null}`, new(lokalise.Webhook), of(func(m *lokalise.Webhook) bool { return m.Branch.IsNull() }), false},
		"billing details": {`{"vatnumber": null}`, new(lokalise.TeamUserBillingDetails), of(func(m *lokalise.TeamUserBillingDetails) bool { return m.VATNumber.IsNull() }), false},
		"language":        {`{"plural_forms": null}`, new(lokalise.Language), of(func(m *lokalise.Language) bool { return m.PluralForms.IsNull() }), false},
		"process": {
			text: `{"message": null, "details": {"files": [{"name_custom": null}]}}`, into: new(lokalise.QueuedProcess),
			holds: of(func(m *lokalise.QueuedProcess) bool {
				details, _ := m.Details.Get()
				files, _ := details.Files.Get()
				return m.Message.IsNull() && files[0].NameCustom.IsNull()
			}),
		},
		"permission template": {`{"tagInfo": null}`, new(lokalise.PermissionTemplate), of(func(m *lokalise.PermissionTemplate) bool { return m.TagInfo.IsNull() }), false},
		"glossary term":       {`{"updatedAt": null}`, new(lokalise.GlossaryTerm), of(func(m *lokalise.GlossaryTerm) bool { return m.UpdatedAt.IsNull() }), false},
		"user group":          {`{"role_id": null}`, new(lokalise.UserGroup), of(func(m *lokalise.UserGroup) bool { return m.RoleID.IsNull() }), false},
		"key of a screenshot": {`{"coordinates": null}`, new(lokalise.ScreenshotKey), of(func(m *lokalise.ScreenshotKey) bool { return m.Coordinates.IsNull() }), false},
		"quota of a team":     {`{"id": null, "users": 3}`, new(lokalise.TeamQuota), of(func(m *lokalise.TeamQuota) bool { return m.ID.IsNull() && m.Users == 3 }), false},
		"nobody reviewed":     {`{"reviewed_by": 0}`, new(lokalise.Translation), of(func(m *lokalise.Translation) bool { return m.ReviewedBy == 0 }), false},
		"no limit, no attributes and no description": {
			`{"char_limit": 0, "custom_attributes": "", "description": ""}`, new(lokalise.Key),
			of(func(m *lokalise.Key) bool { return m.CharLimit == 0 && m.CustomAttributes.JSON() == nil }), false,
		},
		"no state": {`{"state_code": ""}`, new(lokalise.TeamUserBillingDetails), of(func(m *lokalise.TeamUserBillingDetails) bool { return m.StateCode == "" }), false},
	})
}

// Fields that are in some answers only. Missing is another thing than empty.
func TestQuirksAbsentFields(t *testing.T) {
	t.Parallel()
	testQuirks(t, map[string]quirk{
		"lists of a key that were not asked for": {`{"key_id": 1}`, new(lokalise.Key), of(func(m *lokalise.Key) bool {
			return m.Comments == nil && m.Screenshots == nil && m.Translations == nil
		}), false},
		"lists of a key that are empty": {`{"comments": [], "screenshots": [], "translations": []}`, new(lokalise.Key), of(func(m *lokalise.Key) bool {
			return m.Comments != nil && m.Screenshots != nil && m.Translations != nil
		}), false},
		"details and user of a process": {`{"process_id": "1"}`, new(lokalise.QueuedProcess), of(func(m *lokalise.QueuedProcess) bool {
			return m.Details.IsZero() && m.CreatedByEmail.IsZero() && m.URL.IsZero()
		}), false},
		"role and uuid of a contributor": {`{"user_id": 1}`, new(lokalise.Contributor), of(func(m *lokalise.Contributor) bool {
			return m.RoleID.IsZero() && m.UUID.IsZero()
		}), false},
		"tiers and pairs of a provider": {`{"provider_id": 1}`, new(lokalise.TranslationProvider), of(func(m *lokalise.TranslationProvider) bool {
			return m.Tiers.IsZero() && m.Pairs.IsZero()
		}), false},
		"dry_run of an order":    {`{"order_id": "1"}`, new(lokalise.Order), of(func(m *lokalise.Order) bool { return m.DryRun.IsZero() && m.IsSavedToTranslationMemory.IsZero() }), false},
		"file_id before 2022":    {`{"filename": "a.json"}`, new(lokalise.File), of(func(m *lokalise.File) bool { return m.FileID == 0 }), false},
		"fileUrl in a list":      {`{"id": 1}`, new(ota.Bundle), of(func(m *ota.Bundle) bool { return m.FileURL.IsZero() }), false},
		"failed of the glossary": {`{"deleted": {"count": 1, "ids": [61]}}`, new(lokalise.TermsDeleted), of(func(m *lokalise.TermsDeleted) bool { return m.Failed.IsZero() && m.Deleted.IDs[0] == 61 }), false},
		"role of a user group":   {`{"group_id": 1}`, new(lokalise.UserGroup), of(func(m *lokalise.UserGroup) bool { return m.RoleID.IsZero() }), false},
		"uuids of a project":     {`{"project_id": "p"}`, new(lokalise.Project), of(func(m *lokalise.Project) bool { return m.UUID.IsZero() && m.TeamUUID.IsZero() }), false},
		"uuid of a language":     {`{"lang_id": 1}`, new(lokalise.Language), of(func(m *lokalise.Language) bool { return m.ProjectLanguageUUID.IsZero() }), false},
		"newer fields of a translation": {`{"translation_id": 1}`, new(lokalise.Translation), of(func(m *lokalise.Translation) bool {
			return m.IsUnverified.IsZero() && m.TaskID.IsZero() && m.SegmentNumber.IsZero()
		}), false},
		"is_fuzzy beside is_unverified": {`{"is_fuzzy": true, "is_unverified": true}`, new(lokalise.Translation), of(func(m *lokalise.Translation) bool {
			return m.IsFuzzy.Or(false) && m.IsUnverified.Or(false)
		}), false},
		"newer fields of a task": {`{"task_id": 1, "languages": [{}]}`, new(lokalise.Task), of(func(m *lokalise.Task) bool {
			return m.SourceLanguageISO.IsZero() && m.AutoCloseItems.IsZero() && m.DueDateTimestamp.IsZero() && m.Languages[0].TMLeverage.IsZero()
		}), false},
		"settings that came and went": {`{"settings": {"upvoting": true, "contributor_preview_download_enabled": false}}`, new(lokalise.Project), of(func(m *lokalise.Project) bool {
			s, _ := m.Settings.Get()
			return s.Upvoting == lokalise.Some(true) && s.ContributorPreviewDownloadEnabled == lokalise.Some(false) && s.Segmentation.IsZero()
		}), false},
		"trial of a team": {`{"is_team_suspended": false, "is_end_of_trial_active": true, "trial_days_left": 3}`, new(lokalise.Team), of(func(m *lokalise.Team) bool {
			return m.IsTeamSuspended == lokalise.Some(false) && m.IsEndOfTrialActive.Or(false) && m.TrialDaysLeft.Or(0) == 3
		}), false},
		"key_id of a comment inside a key": {`{"comments": [{"comment_id": 2, "key_id": 1}]}`, new(lokalise.Key), of(func(m *lokalise.Key) bool { return m.Comments[0].KeyID == 1 && len(m.Comments[0].Extra) == 0 }), false},
		"url of a process of 2020":         {`{"url": "/api2/x"}`, new(lokalise.QueuedProcess), of(func(m *lokalise.QueuedProcess) bool { return m.URL == lokalise.Some("/api2/x") }), false},
	})
}

// One resource under several names.
func TestQuirksNames(t *testing.T) {
	t.Parallel()
	testQuirks(t, map[string]quirk{
		"team of a list": {`{"plan": "Trial", "quota_usage": {"users": 1, "ai_words": 5}}`, new(lokalise.Team), of(func(m *lokalise.Team) bool {
			return m.Plan == lokalise.Some("Trial") && m.PlanName.IsZero() && m.QuotaUsage.AIWordsList == lokalise.Some[int64](5) && m.QuotaUsage.TrafficBytes.IsZero()
		}), false},
		"team by itself": {`{"plan_name": "Pro", "quota_usage": {"id": null, "trafficBytes": 817, "aiWords": 20}}`, new(lokalise.Team), of(func(m *lokalise.Team) bool {
			return m.PlanName == lokalise.Some("Pro") && m.QuotaUsage.AIWords == lokalise.Some[int64](20) && m.QuotaUsage.TrafficBytes.Or(0) == 817
		}), false},
		"permission template in camel case": {`{"tagColor": "cyan", "doesEnableAllReadOnlyLanguages": true}`, new(lokalise.PermissionTemplate), of(func(m *lokalise.PermissionTemplate) bool {
			return m.TagColor == "cyan" && m.DoesEnableAllReadOnlyLanguages
		}), false},
		"tags of a screenshot": {`{"screenshot_tags": ["web"]}`, new(lokalise.Screenshot), of(func(m *lokalise.Screenshot) bool { return m.ScreenshotTags[0] == "web" }), false},
		"card_id is a number":  {`{"card_id": 1774, "card_deleted": true}`, new(lokalise.CardDeleted), of(func(m *lokalise.CardDeleted) bool { return m.CardID == 1774 && m.CardDeleted }), false},
		"status of a task with a space": {`{"status": "in progress", "languages": [{"status": "in_progress"}]}`, new(lokalise.Task), of(func(m *lokalise.Task) bool {
			return m.Status.InProgress() && m.Languages[0].Status.InProgress()
		}), false},
		"rights under old and new names": {`{"admin_rights": ["create_branches", "branches_create", "keys", "manage_keys"]}`, new(lokalise.Contributor), of(func(m *lokalise.Contributor) bool {
			return len(m.AdminRights) == 4 && m.AdminRights[1] == "branches_create"
		}), false},
		"file that stands for none": {`{"file_id": -1, "filename": "__unassigned__"}`, new(lokalise.File), of(func(m *lokalise.File) bool { return m.FileID == lokalise.FileUnassignedID }), false},
		"event that one SDK lacks": {`{"events": ["project.keys.modified", "project.tomorrow"]}`, new(lokalise.Webhook), of(func(m *lokalise.Webhook) bool {
			return len(m.Events) == 2 && m.Events[1] == "project.tomorrow"
		}), false},
	})
}

// Times in the form of each resource. The forms themselves are the business of
// TestTimesInEveryForm.
func TestQuirksTimesOfResources(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, time.March, 2, 8, 15, 0, 0, time.UTC)
	testQuirks(t, map[string]quirk{
		"API v2": {`{"created_at": "2026-03-02 08:15:00 (Etc/UTC)", "created_at_timestamp": 1772439300}`, new(lokalise.Key), of(func(m *lokalise.Key) bool {
			return m.CreatedAt.Time.Equal(at) && m.CreatedAtTimestamp.Time().Equal(at)
		}), false},
		"export": {`{"created_at": "2026-03-02 09:15:00 (Europe/Berlin)", "created_at_timestamp": 1772439300}`, new(lokalise.QueuedProcess), of(func(m *lokalise.QueuedProcess) bool {
			return m.CreatedAt.Time.Equal(at) && m.CreatedAtTimestamp.Time().Equal(at)
		}), false},
		"team":                              {`{"created_at": "2026-03-02T10:15:00+02:00"}`, new(lokalise.Team), of(func(m *lokalise.Team) bool { return m.CreatedAt.Time.Equal(at) }), false},
		"over the air":                      {`{"createdAt": "2026-03-02T08:15:00.000Z"}`, new(ota.Bundle), of(func(m *ota.Bundle) bool { return m.CreatedAt.Time.Equal(at) }), false},
		"glossary":                          {`{"createdAt": "2026-03-02 08:15:00 (Etc/UTC)"}`, new(lokalise.GlossaryTerm), of(func(m *lokalise.GlossaryTerm) bool { return m.CreatedAt.Time.Equal(at) }), false},
		"freeze period, which has versions": {`{"from": "5.0", "to": "5.1"}`, new(ota.FreezePeriod), of(func(m *ota.FreezePeriod) bool { return m.From == "5.0" && m.To == "5.1" }), false},
	})
}

// Translations are texts, and those of plural keys are JSON inside of a text with
// escapes of its own.
func TestQuirksPluralIsJSONInAText(t *testing.T) {
	t.Parallel()
	var translation lokalise.Translation
	if err := json.Unmarshal([]byte(`{"translation": "{\"one\":\"\\u0101bols\",\"other\":\"\\u0101boli\"}"}`), &translation); err != nil {
		t.Fatal(err)
	}
	forms, ok, err := translation.Plurals()
	if err != nil || !ok || forms["one"] != "ābols" || forms["other"] != "āboli" {
		t.Errorf("got %v, %v, %v", forms, ok, err)
	}
}

// Cursors are whatever text the server likes; those of the glossary are numbers.
func TestQuirksEmptyCursorHeaderIsTheEnd(t *testing.T) {
	t.Parallel()
	for name, header := range map[string][]string{"missing": nil, "empty": {""}} {
		handler, count := inTurn(
			with(answer(http.StatusOK, `{"keys": [{"key_id": 1}]}`), "X-Pagination-Next-Cursor", "eyIxIjox+/=="),
			func(w http.ResponseWriter, r *http.Request) {
				if got := r.URL.Query().Get("cursor"); got != "eyIxIjox+/==" {
					t.Errorf("%s: the cursor is %q", name, got)
				}
				if header != nil {
					w.Header()["X-Pagination-Next-Cursor"] = header
				}
				_, _ = io.WriteString(w, `{"keys": [{"key_id": 2}]}`)
			})
		keys, err := collect(newServer(t, handler).Keys.All(t.Context(), projectID, nil))
		if err != nil || len(keys) != 2 || count.Load() != 2 {
			t.Errorf("%s: %d keys in %d requests, %v", name, len(keys), count.Load(), err)
		}
	}
}

// A missing token is a 400 that means 401, and a failure in the form of some
// stubs, {"message", "code"}, is read like the others.
func TestQuirksStatuses(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		status int
		body   string
		want   error
	}{
		"bad token":         {http.StatusBadRequest, "{\"error\":{\"message\":\"Invalid `X-Api-Token` header\",\"code\":400}}", lokalise.ErrUnauthorized},
		"flat error":        {http.StatusNotFound, `{"message": "No", "code": 404}`, lokalise.ErrNotFound},
		"glossary":          {http.StatusUnprocessableEntity, `{"data": [], "meta": [], "errors": ["No term"]}`, lokalise.ErrBadRequest},
		"error in a 200":    {http.StatusOK, `{"error": {"message": "No", "code": 404}}`, lokalise.ErrNotFound},
		"too big":           {http.StatusRequestEntityTooLarge, `{"error": {"message": "Too big", "code": 413}}`, lokalise.ErrTooBig},
		"over the air, 404": {http.StatusNotFound, `{"message": "No", "statusCode": 404, "error": "ENTITY_NOT_FOUND"}`, lokalise.ErrNotFound},
	}
	for name, c := range cases {
		_, err := newServer(t, answer(c.status, c.body)).Projects.Get(t.Context(), projectID)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
	// Creates answer 200 or 201, and what is in the Allow header does not matter.
	for _, status := range []int{http.StatusOK, http.StatusCreated} {
		client := newServer(t, with(answer(status, `{"project_id": "p"}`), "Allow", "GET"))
		if p, err := client.Projects.Create(t.Context(), &lokalise.ProjectCreateRequest{Name: "n"}); err != nil || p.ProjectID != "p" {
			t.Errorf("%d: got %v, %v", status, p, err)
		}
	}
}
