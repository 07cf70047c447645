package fidelity_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"testing"

	"github.com/golokalise/lokalise/sandbox"
)

// What the seed has.
const (
	team    = "/api2/teams/276692"
	project = "/api2/projects/3150927465e5a1d12ac0b7.40718253"
	website = "/api2/projects/7746120366054f3a0b41e2.18890427"
)

func TestTeamsHaveTheRecordedShape(t *testing.T) {
	t.Parallel()
	box := sandbox.Start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	details := map[string]any{"billing_email": "bills@example.com", "country_code": "LV", "zip": "LV-1010"}
	numbered := map[string]any{"billing_email": "bills@example.com", "country_code": "LV", "zip": "LV-1010", "vatnumber": "LV1"}
	for _, c := range []comparison{
		{recorded: "teams/list.json", method: http.MethodGet, path: "/api2/teams"},
		{
			recorded: "teams/retreive.json", method: http.MethodGet, path: team,
			// That of the Node SDK has the members of a list; a recording of
			// 2025 has those that the sandbox answers with.
			known: []string{
				"team.is_end_of_trial_active was not recorded (boolean)", "team.is_team_suspended was not recorded (boolean)",
				"team.plan is missing (recorded: string)", "team.plan_name was not recorded (string)",
				"team.quota_allowed.aiWords was not recorded (number)", "team.quota_allowed.ai_words is missing (recorded: number)",
				"team.quota_allowed.id was not recorded (null)", "team.quota_allowed.trafficBytes was not recorded (number)",
				"team.quota_usage.aiWords was not recorded (number)", "team.quota_usage.ai_words is missing (recorded: number)",
				"team.quota_usage.id was not recorded (null)", "team.quota_usage.trafficBytes was not recorded (number)",
				"team.trial_days_left was not recorded (number)",
			},
		},
		{recorded: "team_users/list.json", method: http.MethodGet, path: team + "/users"},
		{recorded: "team_users/retrieve.json", method: http.MethodGet, path: team + "/users/320182"},
		{recorded: "team_users/update.json", method: http.MethodPut, path: team + "/users/320183", body: map[string]any{"role": "admin"}},
		{recorded: "team_users/delete.json", method: http.MethodDelete, path: team + "/users/320183"},
		{recorded: "permission_templates/list.json", method: http.MethodGet, path: team + "/roles"},
		{recorded: "team_user_billing_details/create.json", method: http.MethodPost, path: team + "/billing_details", body: details},
		{recorded: "team_user_billing_details/retrieve.json", method: http.MethodGet, path: team + "/billing_details"},
		{recorded: "team_user_billing_details/update.json", method: http.MethodPut, path: team + "/billing_details", body: numbered},
		{recorded: "translation_providers/list.json", method: http.MethodGet, path: team + "/translation_providers"},
		{recorded: "translation_providers/retrieve.json", method: http.MethodGet, path: team + "/translation_providers/4"},
	} {
		c.status = http.StatusOK
		compare(t, box, c)
	}
}

func TestGroupsHaveTheRecordedShape(t *testing.T) {
	t.Parallel()
	box := sandbox.Start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	body := map[string]any{"name": "x", "is_admin": true, "is_reviewer": false, "admin_rights": []string{"upload"}}
	var made struct {
		Group struct {
			ID int64 `json:"group_id"`
		}
	}
	sendInto(t, box, comparison{method: http.MethodPost, path: team + "/groups", body: body}, &made)
	group := fmt.Sprintf("%s/groups/%d", team, made.Group.ID)
	whole := map[string]any{
		"name": "x", "is_admin": false, "is_reviewer": true, "role_id": 5, "languages": map[string]any{"reference": []int{640}, "contributable": []int{597}},
	}
	var full struct {
		Group struct {
			ID int64 `json:"group_id"`
		}
	}
	sendInto(t, box, comparison{method: http.MethodPost, path: team + "/groups", body: whole}, &full)
	fullGroup := fmt.Sprintf("%s/groups/%d", team, full.Group.ID)
	users := map[string]any{"users": []int{320181}}
	projects := map[string]any{"projects": []string{"3150927465e5a1d12ac0b7.40718253"}}
	sendInto(t, box, comparison{method: http.MethodPut, path: fullGroup + "/members/add", body: users}, &struct{}{})
	for _, c := range []comparison{
		{recorded: "user_groups/list.json", method: http.MethodGet, path: team + "/groups"},
		{recorded: "user_groups/create.json", method: http.MethodPost, path: team + "/groups", body: body},
		{recorded: "user_groups/retrieve.json", method: http.MethodGet, path: fullGroup},
		{recorded: "user_groups/update.json", method: http.MethodPut, path: group, body: body},
		{recorded: "user_groups/add_member.json", method: http.MethodPut, path: group + "/members/add", body: users},
		{recorded: "user_groups/remove_member.json", method: http.MethodPut, path: group + "/members/remove", body: users},
		{recorded: "user_groups/add_project.json", method: http.MethodPut, path: group + "/projects/add", body: projects},
		{recorded: "user_groups/remove_project.json", method: http.MethodPut, path: group + "/projects/remove", body: projects},
		{recorded: "user_groups/delete.json", method: http.MethodDelete, path: group},
	} {
		c.status = http.StatusOK
		compare(t, box, c)
	}
}

func TestContributorsHaveTheRecordedShape(t *testing.T) {
	t.Parallel()
	box := sandbox.Start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	invited := map[string]any{"contributors": []any{map[string]any{"email": "x@example.com", "is_admin": true}}}
	// Two recordings were cut short by hand.
	cut := []string{
		"contributors[].languages[].is_writable was not recorded (boolean)", "contributors[].languages[].lang_id was not recorded (number)",
		"contributors[].languages[].lang_iso was not recorded (string)", "contributors[].languages[].lang_name was not recorded (string)",
	}
	for _, c := range []comparison{
		{
			recorded: "contributors/list.json", method: http.MethodGet, path: project + "/contributors",
			known: append(slices.Clone(cut), "contributors[].admin_rights[] is string (recorded: object)"),
		},
		{recorded: "contributors/create.json", method: http.MethodPost, path: project + "/contributors", body: invited, known: cut},
		{recorded: "contributors/retrieve.json", method: http.MethodGet, path: project + "/contributors/320181"},
		{
			recorded: "contributors/me.json", method: http.MethodGet, path: project + "/contributors/me",
			// A recording of 2025 has both.
			known: []string{"contributor.uuid was not recorded (string)", "project_uuid was not recorded (string)"},
		},
		{recorded: "contributors/update.json", method: http.MethodPut, path: project + "/contributors/320181", body: map[string]any{"is_admin": true}},
		{recorded: "contributors/delete.json", method: http.MethodDelete, path: project + "/contributors/320181"},
	} {
		c.status = http.StatusOK
		compare(t, box, c)
	}
}

func TestGlossaryHasTheRecordedShape(t *testing.T) {
	t.Parallel()
	box := sandbox.Start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	term := func(text string) map[string]any {
		return map[string]any{"terms": []any{map[string]any{
			"term": text, "description": "", "caseSensitive": false, "translatable": true, "forbidden": false, "tags": []string{"x"},
		}}}
	}
	var made struct{ Data []struct{ ID int64 } }
	sendInto(t, box, comparison{method: http.MethodPost, path: project + "/glossary-terms", body: term("one")}, &made)
	id := made.Data[0].ID
	for _, c := range []comparison{
		{recorded: "glossary_terms/list.json", method: http.MethodGet, path: project + "/glossary-terms"},
		{recorded: "glossary_terms/create.json", method: http.MethodPost, path: project + "/glossary-terms", body: term("two")},
		{recorded: "glossary_terms/retrieve.json", method: http.MethodGet, path: fmt.Sprintf("%s/glossary-terms/%d", project, id)},
		{
			recorded: "glossary_terms/update.json", method: http.MethodPut, path: project + "/glossary-terms",
			body: map[string]any{"terms": []any{map[string]any{"id": id, "term": "three"}}},
			// A recording of another SDK has them, and a term that was changed
			// with its date.
			known: []string{"data[].updatedAt is string (recorded: null)", "errors was not recorded (array)", "meta was not recorded (object)"},
		},
		{recorded: "glossary_terms/delete.json", method: http.MethodDelete, path: project + "/glossary-terms", body: map[string]any{"terms": []int64{id, 1}}},
	} {
		c.status = http.StatusOK
		compare(t, box, c)
	}
}

func TestOrdersHaveTheRecordedShape(t *testing.T) {
	t.Parallel()
	box := sandbox.Start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	card := map[string]any{"number": "4242424242424242", "cvc": "123", "exp_month": 1, "exp_year": 2030}
	var stored struct {
		ID int64 `json:"card_id"`
	}
	sendInto(t, box, comparison{method: http.MethodPost, path: "/api2/payment_cards", body: card}, &stored)
	var made struct {
		Keys []struct {
			ID int64 `json:"key_id"`
		}
	}
	sendInto(t, box, comparison{method: http.MethodPost, path: website + "/keys", body: map[string]any{
		"keys": []any{map[string]any{"key_name": "x", "platforms": []string{"web"}}},
	}}, &made)
	order := func(dryRun bool) map[string]any {
		return map[string]any{
			"project_id": "7746120366054f3a0b41e2.18890427", "card_id": fmt.Sprint(stored.ID), "briefing": "x", "source_language_iso": "en",
			"target_language_isos": []string{"es"}, "keys": []int64{made.Keys[0].ID}, "provider_slug": "gengo", "translation_tier": "1", "dry_run": dryRun,
		}
	}
	var placed struct {
		ID string `json:"order_id"`
	}
	sendInto(t, box, comparison{method: http.MethodPost, path: team + "/orders", body: order(false)}, &placed)
	cards := fmt.Sprintf("/api2/payment_cards/%d", stored.ID)
	for _, c := range []comparison{
		// Languages are the names of members, and the recorded orders another's.
		{
			recorded: "orders/create.json", method: http.MethodPost, path: team + "/orders", body: order(true),
			known: []string{"source_words.es was not recorded (number)", "source_words.nl is missing (recorded: number)"},
		},
		{
			recorded: "orders/list.json", method: http.MethodGet, path: team + "/orders",
			known: []string{
				"orders[].payment_method is string (recorded: null)", "orders[].source_words.es was not recorded (number)",
				"orders[].source_words.lv_LV is missing (recorded: number)", "orders[].source_words.ru_RU is missing (recorded: number)",
			},
		},
		{
			recorded: "orders/retrieve.json", method: http.MethodGet, path: team + "/orders/" + placed.ID,
			known: []string{
				"briefing is string (recorded: null)", "payment_method is string (recorded: null)", "source_words.es was not recorded (number)",
				"source_words.lv_LV is missing (recorded: number)", "translation_style is string (recorded: null)",
				"translation_tier_name is string (recorded: null)",
			},
		},
		{recorded: "payment_cards/list.json", method: http.MethodGet, path: "/api2/payment_cards"},
		{recorded: "payment_cards/create.json", method: http.MethodPost, path: "/api2/payment_cards", body: card},
		{recorded: "payment_cards/retrieve.json", method: http.MethodGet, path: cards},
		{recorded: "payment_cards/delete.json", method: http.MethodDelete, path: cards},
	} {
		c.status = http.StatusOK
		compare(t, box, c)
	}
}

func TestAuditLogHasTheRecordedShape(t *testing.T) {
	t.Parallel()
	box := sandbox.Start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	for range 2 {
		sendInto(t, box, comparison{method: http.MethodPost, path: website + "/contributors", body: map[string]any{
			"contributors": []any{
				map[string]any{"email": "x@example.com", "is_admin": true}, map[string]any{"email": "y@example.com", "is_admin": true},
			},
		}}, &struct{}{})
	}
	for _, c := range []comparison{
		{
			recorded: "audit_logs/list.json", method: http.MethodGet, path: "/v1/audit-logs?limit=1",
			// Recordings of another SDK have all of them.
			known: []string{
				"data[].actor.session was not recorded (object)", "data[].enrichments[].data.id is number or string (recorded: string)",
				"data[].http_request was not recorded (object)", "data[].src_endpoint was not recorded (object)", "data[].unmapped was not recorded (object)",
			},
		},
		{recorded: "jwt/create.json", method: http.MethodPost, path: project + "/tokens", body: map[string]any{"service": "ota"}},
	} {
		c.status = http.StatusOK
		compare(t, box, c)
	}
}

// sendInto makes a request that must succeed, and reads its answer.
func sendInto(t *testing.T, box *sandbox.Server, c comparison, into any) {
	t.Helper()
	c.status = http.StatusOK
	if err := json.Unmarshal(send(t, box, c), into); err != nil {
		t.Fatal(err)
	}
}
