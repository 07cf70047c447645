package lokalise_test

import (
	"context"
	"errors"
	"fmt"
	"log"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/sandbox"
)

// sandboxClient returns a client for a sandbox of its own. For Lokalise itself
// WithAPIToken, or WithTokenSource, is all that is needed.
func sandboxClient() (client *lokalise.Client, stop func()) {
	srv, err := sandbox.New(sandbox.InMemory())
	if err != nil {
		log.Fatal(err)
	}
	client, err = lokalise.New(
		lokalise.WithAPIToken(srv.Credentials().APIToken),
		lokalise.WithBaseURL(srv.URL()),
		lokalise.WithHTTPClient(srv.Client()),
	)
	if err != nil {
		log.Fatal(err)
	}
	return client, func() { _ = srv.Close() }
}

func ExampleProjectsService_All() {
	ctx := context.Background()
	client, stop := sandboxClient()
	defer stop()

	for project, err := range client.Projects.All(ctx, nil) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(project.Name, project.BaseLanguageISO)
	}
	// Output:
	// Help center en
	// Mobile app en
	// Website en
}

func ExampleProjectsService_Create() {
	ctx := context.Background()
	client, stop := sandboxClient()
	defer stop()

	project, err := client.Projects.Create(ctx, &lokalise.ProjectCreateRequest{
		Name:        "Website",
		Description: lokalise.Some("What visitors read"),
		Languages:   []lokalise.ProjectLanguage{{LangISO: "en"}, {LangISO: "lv"}},
		BaseLangISO: lokalise.Some("en"),
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(project.Name, project.BaseLanguageISO, project.ProjectType)

	project, err = client.Projects.Update(ctx, project.ProjectID, &lokalise.ProjectUpdateRequest{Name: "Web"})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(project.Name, "-", project.Description)

	deleted, err := client.Projects.Delete(ctx, project.ProjectID)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(deleted.ProjectDeleted)
	// Output:
	// Website en localization_files
	// Web - What visitors read
	// true
}

// errors.Is tells the class, errors.As what the API said.
func ExampleAPIError() {
	ctx := context.Background()
	client, stop := sandboxClient()
	defer stop()

	_, err := client.Projects.Get(ctx, "20008339586cded200e0d8.00000000")
	var e *lokalise.APIError
	if errors.Is(err, lokalise.ErrNotFound) && errors.As(err, &e) {
		fmt.Println(e.Method, e.Path)
		fmt.Println(e.Status, e.Message, e.ProcessID != "")
	}
	// Output:
	// GET /api2/projects/20008339586cded200e0d8.00000000
	// 404 Not Found true
}

// Whatever ends a loop, its position is where another one goes on.
func ExampleFrom() {
	ctx := context.Background()
	client, stop := sandboxClient()
	defer stop()

	var position string
	options := &lokalise.ProjectListOptions{Limit: 1}
	for project, err := range client.Projects.All(ctx, options, lokalise.PositionInto(&position)) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(project.Name)
		if position == "limit=1&page=2" {
			break
		}
	}
	fmt.Println("later:")
	for project, err := range client.Projects.All(ctx, options, lokalise.From(position)) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(project.Name)
	}
	// Output:
	// Help center
	// Mobile app
	// later:
	// Mobile app
	// Website
}

// A list that broke off says where it can be taken up again, in the same program
// or, since the position is a text, in another one.
func ExamplePageError() {
	client, stop := sandboxClient()
	defer stop()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()

	var broken *lokalise.PageError
	options := &lokalise.ProjectListOptions{Limit: 1}
	for project, err := range client.Projects.All(ctx, options, lokalise.NoPrefetch()) {
		if errors.As(err, &broken) {
			fmt.Println("broke off:", errors.Is(err, context.Canceled))
			break
		} else if err != nil {
			log.Fatal(err)
		}
		fmt.Println(project.Name)
		cancel() // what a signal or a deadline does
	}
	for project, err := range client.Projects.All(context.Background(), options, lokalise.From(broken.Position)) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(project.Name)
	}
	// Output:
	// Help center
	// broke off: true
	// Mobile app
	// Website
}

func ExampleNoWait() {
	ctx := context.Background()
	client, stop := sandboxClient()
	defer stop()

	for {
		_, err := client.Projects.List(ctx, nil, lokalise.NoWait())
		var limit *lokalise.LimitError
		if errors.As(err, &limit) {
			fmt.Println("too soon:", errors.Is(err, lokalise.ErrRateLimited), limit.Wait > 0)
			return
		}
		if err != nil {
			log.Fatal(err)
		}
	}
	// Output:
	// too soon: true true
}

func ExampleOpt() {
	description := lokalise.Some("What visitors read")
	text, ok := description.Get()
	fmt.Println(text, ok)

	var absent lokalise.Opt[string]
	fmt.Println(absent.Or("nothing"), absent.IsZero(), lokalise.Null[string]().IsNull())
	// Output:
	// What visitors read true
	// nothing true true
}

func ExampleProjectID_Branch() {
	id := lokalise.ProjectID("20008339586cded200e0d8.29879849")
	fmt.Println(id.Branch("feature/new page"))
	// Output:
	// 20008339586cded200e0d8.29879849:feature/new page
}
