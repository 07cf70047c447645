package lokalise_test

import (
	"context"
	"fmt"
	"log"
	"time"

	"github.com/golokalise/lokalise"
)

// exampleTeam is the team of the examples.
const exampleTeam = 815

var teamAnswers = map[string]string{
	"GET /api2/teams":                            `{"teams": [{"team_id": 815, "name": "Example Ltd", "quota_usage": {"keys": 1200}, "quota_allowed": {"keys": 5000}}]}`,
	"GET /api2/teams/815/users":                  `{"team_users": [{"user_id": 4711, "fullname": "Ada Example", "role": "owner"}, {"user_id": 4712, "fullname": "Ben Example", "role": "member"}]}`,
	"PUT /api2/teams/815/users/{u}":              `{"team_user": {"user_id": 4712, "fullname": "Ben Example", "role": "admin"}}`,
	"GET /api2/teams/815/roles":                  `{"roles": [{"id": 1, "role": "Manager", "permissions": ["upload", "download"]}, {"id": 5, "role": "Translator", "permissions": ["review"]}]}`,
	"POST /api2/teams/815/groups":                `{"group": {"group_id": 21, "name": "Translators"}}`,
	"PUT /api2/teams/815/groups/21/members/add":  `{"group": {"group_id": 21, "name": "Translators", "members": [4711, 4712]}}`,
	"PUT /api2/teams/815/groups/21/projects/add": `{"group": {"group_id": 21, "name": "Translators", "members": [4711, 4712], "projects": ["20008339586cded200e0d8.29879849"]}}`,
	"GET /api2/teams/815/billing_details":        `{"billing_email": "billing@example.com", "city": "Riga", "country_code": "LV"}`,
	"PUT /api2/teams/815/billing_details":        `{"billing_email": "invoices@example.com", "city": "Riga", "country_code": "LV"}`,
	"GET /api2/teams/815/translation_providers":  `{"translation_providers": [{"provider_id": 1, "name": "Gengo", "slug": "gengo", "price_pair_min": "0.00"}]}`,
	"GET /api2/teams/815/translation_providers/1": `{"provider_id": 1, "slug": "gengo", "tiers": [{"tier_id": 1, "title": "Native speaker"}],
		"pairs": [{"tier_id": 1, "from_lang_iso": "en", "to_lang_iso": "lv", "price_per_word": "0.07"}]}`,
	"POST /api2/teams/815/orders": `{"order_id": null, "status": "draft", "source_words": {"lv": 420}, "total": 29.4, "dry_run": true}`,
	"GET /api2/teams/815/orders":  `{"orders": [{"order_id": "202603021ABC", "status": "completed", "total": "29.40"}]}`,
	"GET /api2/payment_cards":     `{"payment_cards": [{"card_id": 1774, "last4": "0351", "brand": "Visa"}]}`,
	"GET /api2/users/4711":        `{"id": 4711, "email": "ada@example.com", "fullname": "Ada Example"}`,
	"GET /v1/audit-logs":          `{"data": [{"time": 1772439300, "metadata": {"uid": "e1", "version": "1.3.0", "event_code": "project.created"}, "actor": {"user": {"uid": "4711"}}}], "next_cursor": null, "has_more": false}`,
}

func ExampleTeamsService_All() {
	ctx := context.Background()
	client, stop := exampleClient(teamAnswers)
	defer stop()

	for team, err := range client.Teams.All(ctx, nil) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s: %d of %d keys\n", team.Name, team.QuotaUsage.Keys, team.QuotaAllowed.Keys)
	}
	// Output:
	// Example Ltd: 1200 of 5000 keys
}

func ExampleTeamUsersService_Update() {
	ctx := context.Background()
	client, stop := exampleClient(teamAnswers)
	defer stop()

	for user, err := range client.TeamUsers.All(ctx, exampleTeam, nil) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(user.UserID, user.Fullname, user.Role)
	}
	user, err := client.TeamUsers.Update(ctx, exampleTeam, 4712, &lokalise.TeamUserUpdateRequest{Role: lokalise.TeamRoleAdmin})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("now", user.Role)
	// Output:
	// 4711 Ada Example owner
	// 4712 Ben Example member
	// now admin
}

func ExampleUserGroupsService_AddMembers() {
	ctx := context.Background()
	client, stop := exampleClient(teamAnswers)
	defer stop()

	group, err := client.UserGroups.Create(ctx, exampleTeam, &lokalise.UserGroupRequest{
		Name: "Translators", RoleID: lokalise.Some[int64](5),
	})
	if err != nil {
		log.Fatal(err)
	}
	if _, err = client.UserGroups.AddMembers(ctx, exampleTeam, group.GroupID, []int64{4711, 4712}); err != nil {
		log.Fatal(err)
	}
	group, err = client.UserGroups.AddProjects(ctx, exampleTeam, group.GroupID, []lokalise.ProjectID{exampleProject})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(group.Name, group.Members, len(group.Projects))
	// Output:
	// Translators [4711 4712] 1
}

func ExamplePermissionTemplatesService_All() {
	ctx := context.Background()
	client, stop := exampleClient(teamAnswers)
	defer stop()

	for role, err := range client.PermissionTemplates.All(ctx, exampleTeam, nil) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(role.ID, role.Role, role.Permissions)
	}
	// Output:
	// 1 Manager [upload download]
	// 5 Translator [review]
}

func ExampleBillingDetailsService_Update() {
	ctx := context.Background()
	client, stop := exampleClient(teamAnswers)
	defer stop()

	now, err := client.BillingDetails.Get(ctx, exampleTeam)
	if err != nil {
		log.Fatal(err)
	}
	details, err := client.BillingDetails.Update(ctx, exampleTeam, &lokalise.BillingDetailsRequest{
		BillingEmail: "invoices@example.com",
		CountryCode:  now.CountryCode,
		Zip:          now.Zip,
		City:         lokalise.Some(now.City),
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(now.BillingEmail, "->", details.BillingEmail)
	// Output:
	// billing@example.com -> invoices@example.com
}

func ExampleTranslationProvidersService_Get() {
	ctx := context.Background()
	client, stop := exampleClient(teamAnswers)
	defer stop()

	providers, err := client.TranslationProviders.List(ctx, exampleTeam, nil)
	if err != nil {
		log.Fatal(err)
	}
	provider, err := client.TranslationProviders.Get(ctx, exampleTeam, providers.Items[0].ProviderID)
	if err != nil {
		log.Fatal(err)
	}
	for _, pair := range provider.Pairs.Or(nil) {
		fmt.Println(provider.Slug, pair.FromLangISO, pair.ToLangISO, pair.PricePerWord)
	}
	// Output:
	// gengo en lv 0.07
}

// A dry run asks for the price. Prices are kept as the API writes them.
func ExampleOrdersService_Create() {
	ctx := context.Background()
	client, stop := exampleClient(teamAnswers)
	defer stop()

	order, err := client.Orders.Create(ctx, exampleTeam, &lokalise.OrderCreateRequest{
		ProjectID: exampleProject, Keys: []int64{101, 102}, Briefing: "For our website",
		SourceLanguageISO: "en", TargetLanguageISOs: []string{"lv"},
		ProviderSlug: "gengo", TranslationTier: 1, CardID: lokalise.Some[int64](1774),
		DryRun: lokalise.Some(true),
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(order.SourceWords["lv"], "words for", order.Total, "ordered:", !order.OrderID.IsNull())
	// Output:
	// 420 words for 29.4 ordered: false
}

func ExampleOrdersService_All() {
	ctx := context.Background()
	client, stop := exampleClient(teamAnswers)
	defer stop()

	for order, err := range client.Orders.All(ctx, exampleTeam, nil) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(order.OrderID.Or("no identifier"), order.Status, order.Total)
	}
	// Output:
	// 202603021ABC completed 29.40
}

func ExamplePaymentCardsService_All() {
	ctx := context.Background()
	client, stop := exampleClient(teamAnswers)
	defer stop()

	for card, err := range client.PaymentCards.All(ctx, nil) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(card.CardID, card.Brand, card.Last4)
	}
	// Output:
	// 1774 Visa 0351
}

func ExampleUsersService_Get() {
	ctx := context.Background()
	client, stop := exampleClient(teamAnswers)
	defer stop()

	user, err := client.Users.Get(ctx, 4711)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(user.Fullname, user.Email)
	// Output:
	// Ada Example ada@example.com
}

func ExampleAuditLogsService_All() {
	ctx := context.Background()
	client, stop := exampleClient(teamAnswers)
	defer stop()

	options := &lokalise.AuditLogListOptions{
		DateFrom:  time.Date(2026, time.March, 1, 0, 0, 0, 0, time.UTC),
		EventType: "project.created",
	}
	for event, err := range client.AuditLogs.All(ctx, options) {
		if err != nil {
			log.Fatal(err)
		}
		actor, _ := event.Actor.Get()
		user, _ := actor.User.Get()
		fmt.Println(event.Time.Time().Format(time.RFC3339), event.Metadata.EventCode.Or("?"), "by", user.UID.Or("?"))
	}
	// Output:
	// 2026-03-02T08:15:00Z project.created by 4711
}
