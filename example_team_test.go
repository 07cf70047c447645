package lokalise_test

import (
	"context"
	"fmt"
	"log"
	"slices"
	"strconv"

	"github.com/golokalise/lokalise"
)

func ExampleTeamsService_All() {
	ctx := context.Background()
	shop := openShop()
	defer shop.close()

	for team, err := range shop.client.Teams.All(ctx, nil) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s: %d keys, %d project\n", team.Name, team.QuotaUsage.Keys, team.QuotaUsage.Projects)
	}
	// Output:
	// Example Ltd: 3 keys, 1 project
}

func ExampleTeamUsersService_Update() {
	ctx := context.Background()
	shop := openShop()
	defer shop.close()

	for user, err := range shop.client.TeamUsers.All(ctx, shop.team, nil) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(user.Fullname, user.Role)
	}
	user, err := shop.client.TeamUsers.Update(ctx, shop.team, shop.ben, &lokalise.TeamUserUpdateRequest{Role: lokalise.TeamRoleAdmin})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("now", user.Role)
	// Output:
	// Ben Example member
	// Ada Example owner
	// now admin
}

func ExampleUserGroupsService_AddMembers() {
	ctx := context.Background()
	shop := openShop()
	defer shop.close()

	group, err := shop.client.UserGroups.Create(ctx, shop.team, &lokalise.UserGroupRequest{
		Name: "Translators", RoleID: lokalise.Some[int64](5),
	})
	if err != nil {
		log.Fatal(err)
	}
	if _, err = shop.client.UserGroups.AddMembers(ctx, shop.team, group.GroupID, []int64{shop.ada, shop.ben}); err != nil {
		log.Fatal(err)
	}
	group, err = shop.client.UserGroups.AddProjects(ctx, shop.team, group.GroupID, []lokalise.ProjectID{shop.project})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(group.Name, len(group.Members), len(group.Projects))
	// Output:
	// Translators 2 1
}

func ExamplePermissionTemplatesService_All() {
	ctx := context.Background()
	shop := openShop()
	defer shop.close()

	for role, err := range shop.client.PermissionTemplates.All(ctx, shop.team, nil) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(role.ID, role.Role, slices.Contains(role.Permissions, "review"))
	}
	// Output:
	// 1 Manager true
	// 2 Developer false
	// 3 Content creator false
	// 4 Reviewer true
	// 5 Translator false
}

func ExampleBillingDetailsService_Update() {
	ctx := context.Background()
	shop := openShop()
	defer shop.close()

	request := &lokalise.BillingDetailsRequest{
		BillingEmail: "billing@example.com", CountryCode: "LV", Zip: "LV-1010", City: lokalise.Some("Riga"),
	}
	if _, err := shop.client.BillingDetails.Create(ctx, shop.team, request); err != nil {
		log.Fatal(err)
	}
	now, err := shop.client.BillingDetails.Get(ctx, shop.team)
	if err != nil {
		log.Fatal(err)
	}
	// What is left out becomes empty, so all of it is sent again.
	request.BillingEmail = "invoices@example.com"
	details, err := shop.client.BillingDetails.Update(ctx, shop.team, request)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(now.BillingEmail, "->", details.BillingEmail, details.City)
	// Output:
	// billing@example.com -> invoices@example.com Riga
}

func ExampleTranslationProvidersService_Get() {
	ctx := context.Background()
	shop := openShop()
	defer shop.close()

	providers, err := shop.client.TranslationProviders.List(ctx, shop.team, nil)
	if err != nil {
		log.Fatal(err)
	}
	provider, err := shop.client.TranslationProviders.Get(ctx, shop.team, providers.Items[0].ProviderID)
	if err != nil {
		log.Fatal(err)
	}
	for _, pair := range provider.Pairs.Or(nil) {
		if pair.FromLangISO == "en" && pair.ToLangISO == "lv" {
			fmt.Println(provider.Slug, "tier", pair.TierID, "costs", pair.PricePerWord)
		}
	}
	// Output:
	// gengo tier 1 costs 0.08
	// gengo tier 2 costs 0.15
}

// A dry run asks for the price. Prices are kept as the API writes them.
func ExampleOrdersService_Create() {
	ctx := context.Background()
	shop := openShop()
	defer shop.close()

	card, err := shop.client.PaymentCards.Create(ctx, &lokalise.PaymentCardCreateRequest{
		Number: "4242424242424242", CVC: "123", ExpMonth: 12, ExpYear: 2030,
	})
	if err != nil {
		log.Fatal(err)
	}
	order, err := shop.client.Orders.Create(ctx, shop.team, &lokalise.OrderCreateRequest{
		ProjectID: shop.project, Keys: []int64{shop.keys["title"], shop.keys["bye"]}, Briefing: "For our website",
		SourceLanguageISO: "en", TargetLanguageISOs: []string{"lv"},
		ProviderSlug: "gengo", TranslationTier: 1, CardID: lokalise.Some(card.CardID),
		DryRun: lokalise.Some(true),
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(order.SourceWords["lv"], "words for", order.Total, "ordered:", !order.OrderID.IsNull())
	// Output:
	// 3 words for 0.24 ordered: false
}

func ExampleOrdersService_All() {
	ctx := context.Background()
	shop := openShop()
	defer shop.close()

	card, err := shop.client.PaymentCards.Create(ctx, &lokalise.PaymentCardCreateRequest{
		Number: "4242424242424242", CVC: "123", ExpMonth: 12, ExpYear: 2030,
	})
	if err != nil {
		log.Fatal(err)
	}
	_, err = shop.client.Orders.Create(ctx, shop.team, &lokalise.OrderCreateRequest{
		ProjectID: shop.project, Keys: []int64{shop.keys["title"]}, Briefing: "For our website",
		SourceLanguageISO: "en", TargetLanguageISOs: []string{"lv"},
		ProviderSlug: "gengo", TranslationTier: 1, CardID: lokalise.Some(card.CardID),
	})
	if err != nil {
		log.Fatal(err)
	}
	for order, err := range shop.client.Orders.All(ctx, shop.team, nil) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(!order.OrderID.IsNull(), order.Status, order.Total)
	}
	// Output:
	// true in progress 0.08
}

func ExamplePaymentCardsService_All() {
	ctx := context.Background()
	shop := openShop()
	defer shop.close()

	_, err := shop.client.PaymentCards.Create(ctx, &lokalise.PaymentCardCreateRequest{
		Number: "4242424242424242", CVC: "123", ExpMonth: 12, ExpYear: 2030,
	})
	if err != nil {
		log.Fatal(err)
	}
	for card, err := range shop.client.PaymentCards.All(ctx, nil) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(card.Brand, card.Last4)
	}
	// Output:
	// Visa 4242
}

func ExampleUsersService_Get() {
	ctx := context.Background()
	shop := openShop()
	defer shop.close()

	user, err := shop.client.Users.Get(ctx, shop.ben)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(user.Fullname, user.Email)
	// Output:
	// Ben Example ben@example.com
}

func ExampleAuditLogsService_All() {
	ctx := context.Background()
	shop := openShop()
	defer shop.close()

	if _, err := shop.client.Projects.Create(ctx, &lokalise.ProjectCreateRequest{Name: "Blog"}); err != nil {
		log.Fatal(err)
	}
	options := &lokalise.AuditLogListOptions{EventType: "project.created"}
	for event, err := range shop.client.AuditLogs.All(ctx, options) {
		if err != nil {
			log.Fatal(err)
		}
		actor, _ := event.Actor.Get()
		user, _ := actor.User.Get()
		fmt.Println(event.Metadata.EventCode.Or("?"), "by Ada:", user.UID.Or("?") == strconv.FormatInt(shop.ada, 10))
	}
	// Output:
	// project.created by Ada: true
}
