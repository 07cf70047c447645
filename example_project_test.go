package lokalise_test

import (
	"context"
	"fmt"
	"log"
	"time"

	"github.com/golokalise/lokalise"
)

// Wherever a project is named, a branch of it can be named instead.
func ExampleBranchesService_Merge() {
	ctx := context.Background()
	shop := openShop()
	defer shop.close()

	branch, err := shop.client.Branches.Create(ctx, shop.project, &lokalise.BranchCreateRequest{Name: "feature/new-page"})
	if err != nil {
		log.Fatal(err)
	}
	keys, err := shop.client.Keys.List(ctx, shop.project.Branch(branch.Name), nil)
	if err != nil {
		log.Fatal(err)
	}
	merged, err := shop.client.Branches.Merge(ctx, shop.project, branch.BranchID, &lokalise.BranchMergeRequest{
		ForceConflictResolveUsing: lokalise.BranchSideSource,
	})
	if err != nil {
		log.Fatal(err)
	}
	target, _ := merged.TargetBranch.Get()
	fmt.Printf("%d keys, from %s to %s\n", len(keys.Items), merged.Branch.Name, target.Name)
	// Output:
	// 3 keys, from feature/new-page to master
}

func ExampleBranchesService_All() {
	ctx := context.Background()
	shop := openShop()
	defer shop.close()

	for branch, err := range shop.client.Branches.All(ctx, shop.project, nil) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(branch.Name)
	}
	// Output:
	// master
	// feature/checkout
}

func ExampleContributorsService_Create() {
	ctx := context.Background()
	shop := openShop()
	defer shop.close()

	added, err := shop.client.Contributors.Create(ctx, shop.project, []lokalise.ContributorCreateRequest{{
		Email:       "ben@example.com",
		Languages:   []lokalise.ContributorLanguageRequest{{LangISO: "lv", IsWritable: lokalise.Some(true)}},
		AdminRights: []lokalise.AdminRight{lokalise.RightReview},
	}})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(added[0].Fullname)
	// Output:
	// Ben Example
}

func ExampleContributorsService_All() {
	ctx := context.Background()
	shop := openShop()
	defer shop.close()

	for contributor, err := range shop.client.Contributors.All(ctx, shop.project, nil) {
		if err != nil {
			log.Fatal(err)
		}
		for _, language := range contributor.Languages {
			fmt.Println(contributor.Fullname, language.LangISO, language.IsWritable.Or(false))
		}
	}
	// Output:
	// Ada Example en true
	// Ada Example lv true
}

// A snapshot is restored as a new project, which a copy of the old one is.
func ExampleSnapshotsService_Restore() {
	ctx := context.Background()
	shop := openShop()
	defer shop.close()

	snapshot, err := shop.client.Snapshots.Create(ctx, shop.project, &lokalise.SnapshotCreateRequest{Title: "Before the import"})
	if err != nil {
		log.Fatal(err)
	}
	restored, err := shop.client.Snapshots.Restore(ctx, shop.project, snapshot.SnapshotID)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(restored.Name, restored.ProjectID != shop.project)
	// Output:
	// Shop copy true
}

// Package ota makes and renews these tokens by itself. What prints one shows
// only that it is there.
func ExampleServiceTokensService_Create() {
	ctx := context.Background()
	shop := openShop()
	defer shop.close()

	token, err := shop.client.ServiceTokens.Create(ctx, shop.project, &lokalise.ServiceTokenCreateRequest{
		Service: lokalise.TokenServiceOTA,
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(token.JWT != "")
	// Output:
	// true
}

// Package webhook receives what Lokalise sends, and needs the secret.
func ExampleWebhooksService_Create() {
	ctx := context.Background()
	shop := openShop()
	defer shop.close()

	hook, err := shop.client.Webhooks.Create(ctx, shop.project, &lokalise.WebhookCreateRequest{
		URL:    "https://example.com/lokalise",
		Events: []lokalise.WebhookEvent{lokalise.EventProjectImported, lokalise.EventTaskClosed},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(hook.URL, hook.Secret != "")

	renewed, err := shop.client.Webhooks.RegenerateSecret(ctx, shop.project, hook.WebhookID)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(renewed.Secret != hook.Secret)
	// Output:
	// https://example.com/lokalise true
	// true
}

func ExampleWebhooksService_All() {
	ctx := context.Background()
	shop := openShop()
	defer shop.close()

	_, err := shop.client.Webhooks.Create(ctx, shop.project, &lokalise.WebhookCreateRequest{
		URL: "https://example.com/lokalise", Events: []lokalise.WebhookEvent{lokalise.EventProjectImported},
	})
	if err != nil {
		log.Fatal(err)
	}
	for hook, err := range shop.client.Webhooks.All(ctx, shop.project, nil) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(hook.URL, hook.Events)
	}
	// Output:
	// https://example.com/lokalise [project.imported]
}

func ExampleTasksService_Create() {
	ctx := context.Background()
	shop := openShop()
	defer shop.close()

	due := time.Date(2026, time.October, 1, 12, 0, 0, 0, time.UTC)
	task, err := shop.client.Tasks.Create(ctx, shop.project, &lokalise.TaskCreateRequest{
		Title:     "Autumn texts",
		Keys:      []int64{shop.keys["title"], shop.keys["bye"]},
		Languages: []lokalise.TaskRequestLanguage{{LanguageISO: "lv", Users: []int64{shop.ada}}},
		DueDate:   lokalise.Some(lokalise.DueDate(due)),
	})
	if err != nil {
		log.Fatal(err)
	}
	deadline, _ := task.DueDate.Get()
	fmt.Println(task.Title, task.Status, deadline.Time.Format(time.DateOnly))
	// Output:
	// Autumn texts created 2026-10-01
}

func ExampleTasksService_All() {
	ctx := context.Background()
	shop := openShop()
	defer shop.close()

	_, err := shop.client.Tasks.Create(ctx, shop.project, &lokalise.TaskCreateRequest{
		Title:     "Autumn texts",
		Keys:      []int64{shop.keys["title"], shop.keys["bye"]},
		Languages: []lokalise.TaskRequestLanguage{{LanguageISO: "lv", Users: []int64{shop.ada}}},
	})
	if err != nil {
		log.Fatal(err)
	}
	options := &lokalise.TaskListOptions{Statuses: []lokalise.TaskStatus{lokalise.TaskStatusCreated}}
	for task, err := range shop.client.Tasks.All(ctx, shop.project, options) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s: %d %%, in progress: %t\n", task.Title, task.Progress, task.Status.InProgress())
	}
	// Output:
	// Autumn texts: 0 %, in progress: false
}
