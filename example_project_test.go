package lokalise_test

import (
	"context"
	"fmt"
	"log"
	"time"

	"github.com/golokalise/lokalise"
)

var projectAnswers = map[string]string{
	"POST /api2/projects/{project}/tasks":                                 `{"task": {"task_id": 55, "title": "Autumn texts", "status": "created", "due_date": "2026-10-01 12:00:00 (Etc/UTC)", "keys_count": 2}}`,
	"GET /api2/projects/{project}/tasks":                                  `{"tasks": [{"task_id": 55, "title": "Autumn texts", "status": "in progress", "progress": 40}]}`,
	"POST /api2/projects/{project}/branches":                              `{"branch": {"branch_id": 12, "name": "feature/new page"}}`,
	"GET /api2/projects/{project}/branches":                               `{"branches": [{"branch_id": 11, "name": "master"}, {"branch_id": 12, "name": "feature/new page"}]}`,
	"POST /api2/projects/{project}/branches/12/merge":                     `{"branch_merged": true, "branch": {"branch_id": 12, "name": "feature/new page"}, "target_branch": {"branch_id": 11, "name": "master"}}`,
	"GET /api2/projects/{project}/keys":                                   `{"keys": [{"key_id": 104, "key_name": {"ios": "new", "android": "new", "web": "new", "other": "new"}}]}`,
	"POST /api2/projects/{project}/contributors":                          `{"contributors": [{"user_id": 4711, "email": "ada@example.com", "fullname": "Ada Example"}]}`,
	"GET /api2/projects/{project}/contributors":                           `{"contributors": [{"user_id": 4711, "fullname": "Ada Example", "languages": [{"lang_iso": "lv", "is_writable": true}]}]}`,
	"POST /api2/projects/{project}/snapshots":                             `{"snapshot": {"snapshot_id": 77, "title": "Before the import"}}`,
	"POST /api2/projects/{project}/snapshots/77":                          `{"project_id": "20008339586cded200e0d8.11111111", "name": "Before the import"}`,
	"POST /api2/projects/{project}/tokens":                                `{"jwt": "header.payload.signature"}`,
	"POST /api2/projects/{project}/webhooks":                              `{"webhook": {"webhook_id": "b1a98c63f7e8", "url": "https://example.com/lokalise", "secret": "0f1e2d3c4b5a", "events": ["project.imported"]}}`,
	"GET /api2/projects/{project}/webhooks":                               `{"webhooks": [{"webhook_id": "b1a98c63f7e8", "url": "https://example.com/lokalise", "events": ["project.imported"]}]}`,
	"PATCH /api2/projects/{project}/webhooks/{webhook}/secret/regenerate": `{"secret": "5a4b3c2d1e0f"}`,
}

// Wherever a project is named, a branch of it can be named instead.
func ExampleBranchesService_Merge() {
	ctx := context.Background()
	client, stop := exampleClient(projectAnswers)
	defer stop()

	branch, err := client.Branches.Create(ctx, exampleProject, &lokalise.BranchCreateRequest{Name: "feature/new page"})
	if err != nil {
		log.Fatal(err)
	}
	keys, err := client.Keys.List(ctx, exampleProject.Branch(branch.Name), nil)
	if err != nil {
		log.Fatal(err)
	}
	merged, err := client.Branches.Merge(ctx, exampleProject, branch.BranchID, &lokalise.BranchMergeRequest{
		ForceConflictResolveUsing: lokalise.BranchSideSource,
	})
	if err != nil {
		log.Fatal(err)
	}
	target, _ := merged.TargetBranch.Get()
	fmt.Printf("%d key, from %s to %s\n", len(keys.Items), merged.Branch.Name, target.Name)
	// Output:
	// 1 key, from feature/new page to master
}

func ExampleBranchesService_All() {
	ctx := context.Background()
	client, stop := exampleClient(projectAnswers)
	defer stop()

	for branch, err := range client.Branches.All(ctx, exampleProject, nil) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(branch.BranchID, branch.Name)
	}
	// Output:
	// 11 master
	// 12 feature/new page
}

func ExampleContributorsService_Create() {
	ctx := context.Background()
	client, stop := exampleClient(projectAnswers)
	defer stop()

	added, err := client.Contributors.Create(ctx, exampleProject, []lokalise.ContributorCreateRequest{{
		Email:       "ada@example.com",
		Languages:   []lokalise.ContributorLanguageRequest{{LangISO: "lv", IsWritable: lokalise.Some(true)}},
		AdminRights: []lokalise.AdminRight{lokalise.RightReview},
	}})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(added[0].UserID, added[0].Fullname)
	// Output:
	// 4711 Ada Example
}

func ExampleContributorsService_All() {
	ctx := context.Background()
	client, stop := exampleClient(projectAnswers)
	defer stop()

	for contributor, err := range client.Contributors.All(ctx, exampleProject, nil) {
		if err != nil {
			log.Fatal(err)
		}
		for _, language := range contributor.Languages {
			fmt.Println(contributor.Fullname, language.LangISO, language.IsWritable.Or(false))
		}
	}
	// Output:
	// Ada Example lv true
}

// A snapshot is restored as a new project, which a copy of the old one is.
func ExampleSnapshotsService_Restore() {
	ctx := context.Background()
	client, stop := exampleClient(projectAnswers)
	defer stop()

	snapshot, err := client.Snapshots.Create(ctx, exampleProject, &lokalise.SnapshotCreateRequest{Title: "Before the import"})
	if err != nil {
		log.Fatal(err)
	}
	restored, err := client.Snapshots.Restore(ctx, exampleProject, snapshot.SnapshotID)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(restored.Name, restored.ProjectID != exampleProject)
	// Output:
	// Before the import true
}

// Package ota makes and renews these tokens by itself. What prints one shows
// only that it is there.
func ExampleServiceTokensService_Create() {
	ctx := context.Background()
	client, stop := exampleClient(projectAnswers)
	defer stop()

	token, err := client.ServiceTokens.Create(ctx, exampleProject, &lokalise.ServiceTokenCreateRequest{
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
	client, stop := exampleClient(projectAnswers)
	defer stop()

	hook, err := client.Webhooks.Create(ctx, exampleProject, &lokalise.WebhookCreateRequest{
		URL:    "https://example.com/lokalise",
		Events: []lokalise.WebhookEvent{lokalise.EventProjectImported, lokalise.EventTaskClosed},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(hook.WebhookID, hook.Secret != "")

	renewed, err := client.Webhooks.RegenerateSecret(ctx, exampleProject, hook.WebhookID)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(renewed.Secret != hook.Secret)
	// Output:
	// b1a98c63f7e8 true
	// true
}

func ExampleWebhooksService_All() {
	ctx := context.Background()
	client, stop := exampleClient(projectAnswers)
	defer stop()

	for hook, err := range client.Webhooks.All(ctx, exampleProject, nil) {
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
	client, stop := exampleClient(projectAnswers)
	defer stop()

	due := time.Date(2026, time.October, 1, 12, 0, 0, 0, time.UTC)
	task, err := client.Tasks.Create(ctx, exampleProject, &lokalise.TaskCreateRequest{
		Title:     "Autumn texts",
		Keys:      []int64{101, 102},
		Languages: []lokalise.TaskRequestLanguage{{LanguageISO: "lv", Users: []int64{4711}}},
		DueDate:   lokalise.Some(lokalise.DueDate(due)),
	})
	if err != nil {
		log.Fatal(err)
	}
	deadline, _ := task.DueDate.Get()
	fmt.Println(task.TaskID, task.Status, deadline.Time.Format(time.DateOnly))
	// Output:
	// 55 created 2026-10-01
}

func ExampleTasksService_All() {
	ctx := context.Background()
	client, stop := exampleClient(projectAnswers)
	defer stop()

	options := &lokalise.TaskListOptions{Statuses: []lokalise.TaskStatus{lokalise.TaskStatusInProgress}}
	for task, err := range client.Tasks.All(ctx, exampleProject, options) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s: %d %%, in progress: %t\n", task.Title, task.Progress, task.Status.InProgress())
	}
	// Output:
	// Autumn texts: 40 %, in progress: true
}
