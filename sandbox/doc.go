// Package sandbox is a Lokalise that runs on your machine: the OAuth 2 server
// with its consent page, and the API with state, so that a program can be
// developed and tested without an account.
//
// In a Go test one line is enough:
//
//	srv := sandbox.Start(t)
//	creds := srv.Credentials()
//	// oauth.Config{Host: srv.URL(), ClientID: creds.ClientID, …}
//	// lokalise.New(lokalise.WithBaseURL(srv.URL()), …)
//
// One address serves everything: the OAuth server under /oauth2/, the API
// under /api2/ and /v1/, the control plane under /_sandbox/, and pages for a
// person at / and /journal.
//
// # Permission without a browser
//
// [Server.Authorize] answers the consent page for an authorization URL, and
// returns where the browser would be sent.
//
// # Time
//
// [Server.Clock] is the sandbox's own clock. Advance it by an hour and every
// access token has expired. Inside a testing/synctest bubble the clock follows
// the bubble's; start the server with [InMemory] there, since a real socket
// never lets a bubble settle.
//
// # OAuth modes
//
// [Server.OAuth] rotates refresh tokens, shortens lives and withholds scopes
// for whoever wants to test that, and lists what was issued
// (docs/guides/oauth-modes.md).
//
// # Worlds, seeds and storage
//
// Each of the [Server.Worlds] is a Lokalise of its own (docs/guides/worlds-and-snapshots.md).
// [WithSeed] says what they begin with (docs/guides/seeds.md), [WithStorage]
// keeps them beyond the end of the process (docs/guides/data.md).
//
// # Webhooks
//
// What happens is sent to the webhooks that want to know; [Server.Deliveries]
// lists it (docs/guides/webhooks-in-the-sandbox.md).
//
// # Faults
//
// [Server.Inject] makes requests fail: late, with any answer or none, before or
// after the change was made (docs/guides/faults.md).
//
// # What happened
//
// [Server.Journal] lists every request and its answer, secrets masked, and
// names the fault that was injected into it.
//
// # What it knows
//
// Answers have the shapes, statuses and texts that were recorded from the real
// service where recordings exist, and follow the vendor's documentation and
// RFC 6749 where they do not. docs/sandbox-fidelity.md says which is which.
// docs/sandbox-limits.md says how much it holds and what it leaves out. An
// operation that no answer is known of gets 501, which says so.
//
// The package shares no type with the client packages: with one struct on both
// sides, a wrong name would agree with itself.
package sandbox
