package nodesdk_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/golokalise/lokalise/sandbox"
)

func driveContributors(s *sdk, api object) {
	made := api.call("contributors.create", list{params{
		"email": "guest@example.com", "fullname": "A Guest", "is_admin": false, "is_reviewer": true,
		"languages": list{params{"lang_iso": "es", "is_writable": true}},
	}}, in(websiteID))
	made.has("#", "1", "0.email", `"guest@example.com"`, "0.fullname", `"A Guest"`, "0.languages.0.lang_iso", `"es"`)
	id := made.at("0.user_id")
	api.call("contributors.list", in(websiteID)).has("items.#", anyNumber)
	api.call("contributors.me", in(websiteID)).has("user_id", fmt.Sprint(ownerID), "is_admin", "true")
	api.call("contributors.update", id, params{"is_admin": true, "admin_rights": list{"upload"}}, in(websiteID)).has("is_admin", "true")
	api.call("contributors.get", id, in(websiteID)).has("is_admin", "true", "email", `"guest@example.com"`)

	api.call("teamUsers.get", id, inTeam()).has("role", `"member"`)
	api.call("teamUsers.update", id, params{"role": "admin"}, inTeam()).has("role", `"admin"`)
	api.call("teamUsers.list", params{"team_id": teamID, "limit": 1}).lists("PaginatedResult", "TeamUser", 1).has("items.0.role", `"admin"`, "totalPages", "4")

	api.call("contributors.delete", id, in(websiteID)).has("contributor_deleted", "true")
	api.call("contributors.get", id, in(websiteID)).missing()
	api.call("teamUsers.delete", id, inTeam()).has("team_user_deleted", "true")
	api.call("teamUsers.get", id, inTeam()).missing()
}

func driveTeams(s *sdk, api object) {
	api.call("teams.list", params{"limit": 1}).has("items.0.team_id", anyNumber, "items.0.quota_usage.users", anyNumber)
	api.call("teams.get", teamID).has("team_id", fmt.Sprint(teamID), "quota_usage.projects", anyNumber)
	api.call("permissionTemplates.list", inTeam()).has("items.#", "5", "items.0.id", "1", "items.0.permissions.0", `"~.+"`)
}

func driveGroups(s *sdk, api object) {
	body := params{"name": "Ours", "is_admin": true, "is_reviewer": false, "admin_rights": list{"upload"}}
	made := api.call("userGroups.create", body, inTeam()).has("name", `"Ours"`, "permissions.is_admin", "true", "members", "[]")
	id := made.at("group_id")
	api.call("userGroups.list", secondOfTwo(inTeam())).paged("UserGroup")
	api.call("userGroups.add_members_to_group", teamID, id, list{memberID}).has("members", fmt.Sprintf("[%d]", memberID))
	api.call("userGroups.add_projects_to_group", teamID, id, list{websiteID}).has("projects", `["`+websiteID+`"]`)
	// Members of the group are in its projects now.
	api.call("contributors.get", memberID, in(websiteID)).has("user_id", fmt.Sprint(memberID))
	body["name"], body["admin_rights"] = "Theirs", list{"upload", "tasks"}
	api.call("userGroups.update", id, body, inTeam()).has("name", `"Theirs"`, "permissions.admin_rights", `["upload", "tasks"]`)
	api.call("userGroups.get", id, inTeam()).has("name", `"Theirs"`, "members.#", "1", "projects.#", "1")
	api.call("userGroups.remove_projects_from_group", teamID, id, list{websiteID}).has("projects", "[]")
	api.call("userGroups.remove_members_from_group", teamID, id, list{memberID}).has("members", "[]")
	api.call("userGroups.delete", id, inTeam()).has("group_deleted", "true")
	api.call("userGroups.get", id, inTeam()).missing()
}

func driveBilling(s *sdk, api object) {
	api.call("teamUserBillingDetails.get", teamID).missing()
	body := params{"billing_email": "bills@example.com", "country_code": "LV", "zip": "LV-1010", "company": "Acme"}
	api.call("teamUserBillingDetails.create", body, inTeam()).has("company", `"Acme"`, "country_code", `"LV"`, "vatnumber", "null")
	body["company"], body["vatnumber"] = "Apex", "LV1"
	api.call("teamUserBillingDetails.update", teamID, body).has("company", `"Apex"`)
	api.call("teamUserBillingDetails.get", teamID).has("company", `"Apex"`, "vatnumber", `"LV1"`)
}

func driveOrders(s *sdk, api object) {
	card := params{"number": "4242424242424242", "cvc": "123", "exp_month": 1, "exp_year": 2040}
	id := api.call("paymentCards.create", card).has("last4", `"4242"`).at("card_id")
	api.call("paymentCards.create", card)
	api.call("paymentCards.list", secondOfTwo(params{})).paged("PaymentCard")
	api.call("paymentCards.get", id).has("card_id", string(id), "brand", `"Visa"`)

	api.call("translationProviders.list", inTeam()).has("items.#", anyNumber)
	api.call("translationProviders.get", 4, inTeam()).has("provider_id", "4", "slug", `"~.+"`, "tiers.0.tier_id", anyNumber, "pairs.0.price_per_word", anyNumber)

	key := someKey(api, websiteID, "ordered")
	body := params{
		"project_id": websiteID, "card_id": id, "briefing": "Be nice", "source_language_iso": "en", "target_language_isos": list{"es"},
		"keys": list{key}, "provider_slug": "gengo", "translation_tier": 1, "dry_run": true,
	}
	api.call("orders.create", body, inTeam()).has("order_id", "null", "dry_run", "true", "total", anyNumber)
	api.call("orders.list", inTeam()).has("items.#", "0")
	body["dry_run"] = false
	order := api.call("orders.create", body, inTeam()).has("status", `"~.+"`, "briefing", `"Be nice"`).at("order_id")
	api.call("orders.create", body, inTeam())
	api.call("orders.list", secondOfTwo(inTeam())).paged("Order")
	api.call("orders.get", order, inTeam()).has("order_id", string(order), "keys", "["+string(key)+"]", "status", `"in progress"`)
	api.call("paymentCards.delete", id).has("card_deleted", "true")
	api.call("paymentCards.get", id).missing()
	s.box.Clock().Advance(48 * time.Hour) // which no OAuth token outlives
	s.api().call("orders.get", order, inTeam()).has("status", `"completed"`)
}

func driveAuditLog(s *sdk, api object) {
	api.call("projects.create", params{"name": "Logged"})
	api.call("projects.create", params{"name": "Logged too"})
	log := s.object("LokaliseApiV1", params{"apiKey": s.box.Credentials().APIToken, "host": s.box.URL()})
	first := log.call("auditLogs.list", params{"limit": 1}).lists("CursorPaginatedResultV1", "AuditEventV1", 1)
	first.has("has_more", "true", "items.0.metadata.event_code", `"project.created"`)
	log.call("auditLogs.list", params{"cursor": first.at("next_cursor"), "event_type": "project.created"}).
		lists("CursorPaginatedResultV1", "AuditEventV1", 1).has("has_more", "false", "next_cursor", "null")
}

// driveOAuth: since version 12 the SDK leaves /oauth2 out of the authorization
// URL, so that the code is fetched from the URL put right (TestAuthLeadsNowhere).
func driveOAuth(s *sdk, _ object) {
	granted := s.grant(scopes)
	var fresh tokens
	s.auth().call("refresh", granted.Refresh).has("expires_in", "3600").decode(&fresh)
	s.oauth(fresh.Access).call("projects.list").has("items.#", "3")
}

func driveOverTheAir(s *sdk, api object) {
	first, second := s.bundle(), s.bundle()
	jwt := api.call("jwt.create", mobileID, params{"service": "ota"}).at("jwt")
	ota := s.object("LokaliseApiOta", params{"apiKey": jwt, "host": s.box.URL()})
	of := func() params { return params{"teamId": teamID, "lokaliseProjectId": mobileID} }
	framework := of()
	framework["framework"] = "ios_sdk"

	ota.call("otaBundleManagement.list", of()).has("#", "2", "0.id", fmt.Sprint(first), "0.isProduction", "false")
	ota.call("otaBundleManagement.update", first, params{"description": "The first"}, of()).has("description", `"The first"`)
	// The SDK returns nothing for these two.
	ota.call("otaBundlePublishing.publish", first, framework).succeeded()
	ota.call("otaBundlePublishing.stage", second, framework).succeeded()
	ota.call("otaBundleManagement.get", first, of()).has("isProduction", "true", "description", `"The first"`, "fileUrl", `"~http.*"`)
	ota.call("otaBundleManagement.get", second, of()).has("isPrerelease", "true", "isProduction", "false")

	token := ota.call("otaSdkTokens.create", of())
	ota.call("otaSdkTokens.list", of()).has("#", "1", "0.token", string(token.at("token")))
	app := s.object("LokaliseOtaBundles", params{"apiKey": token.at("token"), "host": s.box.URL()})
	where := params{"lokaliseProjectId": mobileID, "framework": "ios_sdk"}
	app.call("otaBundles.get", params{"appVersion": "1.0", "transVersion": 0}, where).has("version", fmt.Sprint(first), "url", `"~http.*"`)

	freezes := driveFreezes(ota, app, of, second, first)
	ota.call("otaFreezePeriods.delete", freezes, of()).has("deleted", "true")
	day := s.box.Clock().Now().UTC().Format(time.DateOnly)
	ota.call("otaUsageStatistics.get", params{"dateFrom": day, "dateTo": day, "framework": "ios_sdk"}, of()).has("totals.downloads", anyNumber)
	ota.call("otaSdkTokens.delete", token.at("id"), of()).has("deleted", "true")
	if failed := app.call("otaBundles.get", params{"appVersion": "1.0", "transVersion": 0}, where); !strings.Contains(string(failed.Failure), "401") {
		s.Errorf("the token works after it was deleted: %s", failed.Value)
	}
	ota.call("otaBundleManagement.delete", first, of()).has("deleted", "true")
	ota.call("otaBundleManagement.list", of()).has("#", "1")
}

// driveFreezes keeps versions of the app on a bundle, and returns the id of the
// freeze period.
func driveFreezes(ota, app object, of func() params, frozen, published int64) any {
	ota.sdk.Helper()
	where := func() params { return params{"lokaliseProjectId": mobileID, "framework": "ios_sdk"} }
	made := ota.call("otaFreezePeriods.create", params{"from": "2.0", "to": "2.9", "bundleId": frozen}, of())
	made.has("from", `"2.0"`, "bundleId", fmt.Sprint(frozen))
	app.call("otaBundles.get", params{"appVersion": "2.5", "transVersion": 0}, where()).has("version", fmt.Sprint(frozen))
	ota.call("otaFreezePeriods.update", made.at("id"), params{"from": "3.0", "to": "3.9", "bundleId": frozen}, of()).has("from", `"3.0"`)
	app.call("otaBundles.get", params{"appVersion": "2.5", "transVersion": 0}, where()).has("version", fmt.Sprint(published))
	listed := of()
	listed["framework"] = "ios_sdk"
	ota.call("otaFreezePeriods.list", listed).has("#", "1", "0.to", `"3.9"`)
	return made.at("id")
}

// bundle makes a bundle for apps of the mobile project.
func (s *sdk) bundle() int64 {
	s.Helper()
	b, err := s.box.BuildOTABundle(sandbox.OTABundleOptions{ProjectID: mobileID, Framework: "ios_sdk"})
	if err != nil {
		s.Fatal(err)
	}
	return b.ID
}
