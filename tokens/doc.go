// Package tokens keeps OAuth grants alive, for one user or a million, in one
// process or a fleet that shares a store.
//
// An app stores a grant once, after the callback, and from then on asks for a
// valid access token:
//
//	manager, err := tokens.New(tokens.Config{
//		Clients: []tokens.Refresher{oauthClient},
//		Store:   tokens.NewMemoryStore(),
//		Keys:    ring,
//	})
//	…
//	_, err = manager.Put(ctx, "tenant-7/user-12", token)
//	client, err := lokalise.New(lokalise.WithTokenSource(manager.Source("tenant-7/user-12")))
//
// The package promises that a token is stored before anybody gets it, that one
// grant is refreshed once however many callers, goroutines or processes ask,
// and that a grant which can be kept is kept. When a customer has to connect
// again, an [Event] says so, with the reason.
//
// # What cannot be closed
//
// Between the moment a server commits a refresh and the moment the answer is
// stored there is a gap in which a crash loses the new refresh token. The
// manager records its intention first, so the grant is then known to be
// uncertain: it sends the old refresh token exactly once more (servers with a
// grace window answer) and otherwise asks for reauthorization with that
// reason. A process that stops between its last look at the clock and the
// sending of bytes, for longer than the refresh timeout, can still send late.
// And one that holds an answer but cannot reach the store, while others can, is
// taken for dead after a while: they send once more what it has used up.
//
// # What cannot be seen
//
// Records are sealed and bound to their grant ID and version. A whole old row
// put back by the owner of the store, version included, is a valid record and
// cannot be told from the original.
//
// # Forgetting a grant
//
// Lokalise publishes no revocation endpoint, so [Manager.Delete] forgets a
// grant and cannot revoke it; another process goes on using the access token
// it holds until that token is due for renewal.
package tokens
