// Package lokalise is a client for the Lokalise API.
//
//	client, err := lokalise.New(lokalise.WithAPIToken(token))
//	…
//	for project, err := range client.Projects.All(ctx, nil) {
//		if err != nil {
//			return err
//		}
//		fmt.Println(project.Name)
//	}
//
// This page is the manual, by task. Whoever has no account at Lokalise can try
// everything on package sandbox.
//
// # Authentication
//
// [WithAPIToken] takes a personal token. [WithTokenSource] takes a source of
// OAuth 2 access tokens, which acts for the user who allowed it: package oauth
// gets the first one, package tokens keeps them alive. [WithBearerToken] is for
// a token that is at hand and needs no renewal.
//
// When the API refuses the token of a source, the source is told
// ([TokenInvalidator]), asked for another one, and the request is sent again,
// once. A client belongs to one credential; an app that acts for many users
// makes a client for each, which is cheap.
//
// # Errors
//
// errors.Is tells the class of an error and errors.As its details:
//
//	_, err := client.Projects.Get(ctx, id)
//	var e *lokalise.APIError
//	switch {
//	case errors.Is(err, lokalise.ErrNotFound):
//		…
//	case errors.As(err, &e):
//		log.Print(e.Status, e.Message, e.ProcessID)
//	}
//
// An [APIError] is an answer that says no. A [DecodeError] is a request that
// succeeded and whose answer cannot be read; it is never repeated. A
// [RequestError] is a call that got no answer, and its MayHaveSucceeded tells
// whether it may have had an effect all the same. A [LimitError] was not sent
// because it would have had to wait too long, a [RedirectError] points to where
// the client does not go, and a [PageError] is a list that broke off. No error
// shows a token.
//
// An answer with status 200 whose body has an "error" is an APIError too.
//
// # Limits
//
// Lokalise allows 6 requests a second for a token and for an address, and 10 at
// once for a project. The client keeps to that by itself, together with all
// other clients of the process, and waits for its turn: at most [WithMaxWait],
// and never longer than the context lasts. [NoWait] makes a single call fail
// instead. It also listens to the rate headers of the answers.
// [WithLimiter] puts another limiter in place, for a fleet of processes.
//
// # Retries
//
// A request that the API refused because it came too soon (429, 423) is sent
// again, whatever its method, after the time that the answer asks for. After a
// failure of the server (5xx) or the network, only requests whose repetition
// changes nothing are sent again: GET, PUT and DELETE. A POST is repeated only
// when nothing of it was sent. [WithMaxAttempts], [WithAttemptTimeout] and
// [WithCallTimeout] bound all this; their defaults are 4 attempts, a minute and
// five minutes.
//
// # Lists
//
// List returns one page, All goes through all of them:
//
//	page, err := client.Projects.List(ctx, &lokalise.ProjectListOptions{Limit: 500, Page: 2})
//	for project, err := range client.Projects.All(ctx, &lokalise.ProjectListOptions{Limit: 500}) {
//
// All decodes items one by one as they arrive, so that memory does not grow
// with the page, and asks for the next page while this one is used ([NoPrefetch]
// switches that off). The body of the loop may take its time, or call the API:
// after a second without a read, the rest of the page moves to memory (at most
// [WithMaxSpool]) and its connection and its place in the limits are free.
// Timeouts count only the time spent reading. An iterator has one goroutine at
// most, which ends with the loop.
//
// A list that breaks in the middle ends with a [PageError]. [From] takes it up
// at the page that broke: items of that page may come again, and none is left
// out. [PositionInto] tells the position before anything breaks.
//
// Keys and translations can be listed by cursor. All does that by itself, List
// where the options have ByCursor or a Cursor.
//
// # Many items at once
//
// Keys, languages, comments, contributors, screenshots and glossary terms are
// written many at a time. Lists above what one request may hold, 500 items
// mostly, go in several. Such a call returns what succeeded together with a
// [PartialError] that says what became of everything else, by its index:
//
//	keys, err := client.Keys.Create(ctx, project, requests, nil)
//	var partial *lokalise.PartialError
//	if errors.As(err, &partial) {
//		// partial.Failed    refused, each with its reason
//		// partial.Unknown   sent, but no answer came: may have been carried out
//		// partial.NotSent   not sent, since a request before it failed as a whole
//	}
//
// Where nothing was carried out at all the error is the [APIError] or
// [RequestError] of any other call.
//
// # Values that may be missing
//
// [Opt] is a value that may be absent or null. Requests use it where leaving a
// field out means something else than its zero value, answers where the API was
// seen to send null or nothing. Everything else is a plain value.
//
// [Time] holds a point in time and the text that the API wrote for it.
// Enumerations are strings with constants, and any other string is fine too.
// What a model does not know is in its Extra and is written back, by
// encoding/json as by any other package.
//
// # Branches
//
// [ProjectID.Branch] names a branch of a project, wherever a project can be
// named:
//
//	client.Projects.Empty(ctx, id.Branch("feature/new page"))
//
// # Operations without a method
//
// [Client.Do] calls an operation that this package does not know, through the
// same limits, retries and errors.
//
// # Watching
//
// [WithLogger] logs each attempt, [WithHooks] calls functions around it, and
// [ResponseInto] stores what an answer said besides its result, such as the
// process ID that Lokalise's support asks for.
//
// # Compatibility
//
// Within a major version nothing exported is taken away or changes its meaning.
// Structs get new fields, so they are built with field names; open string types
// get new constants; interfaces in this package get no new methods. What the API
// itself changes the package follows, and the change log says so. The text of
// errors and of the log may change at any time.
package lokalise

//go:generate go run ./internal/modelgen
