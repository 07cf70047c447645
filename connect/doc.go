// Package connect holds the http.Handlers that a web app mounts for "Connect
// your Lokalise account": one that sends the browser to Lokalise, one that
// takes it back and stores the grant, one that forgets the grant.
//
//	handlers, err := connect.New(connect.Config{
//		Clients:     []*oauth.Client{client},
//		Manager:     manager,
//		CallbackURL: "https://app.example/lokalise/callback",
//		Scopes:      []oauth.Scope{oauth.ScopeReadProjects},
//		Keys:        [][]byte{key}, // 32 random bytes, the same in all processes
//		Session:     tenantOf,      // the app's own: who is signed in?
//		ReturnTo:    []string{"/settings", "/projects/"},
//	})
//	handlers.Mount(mux, "/lokalise")
//
// A page of the app starts with a form, since a link could be followed from
// anywhere:
//
//	<form method="post" action="/lokalise/start">
//	  <input type="hidden" name="return_to" value="/projects/7">
//	  <button>Connect your Lokalise account</button>
//	</form>
//
// The form must be of the default encoding. A page with a Content-Security-Policy
// has to allow Lokalise's host in form-action, because some browsers hold the
// redirect to it against the form. A form with the action /lokalise/disconnect
// forgets the grant.
//
// # What is kept where
//
// Nothing is kept in the app between start and callback. Each attempt has a
// signed cookie of its own for ten minutes, bound to the app's session, the
// callback address and the address to return to; a browser has at most eight.
// The callback clears it before it does anything else. The app's session cookie
// has to be SameSite=Lax: with Strict it is missing on the way back from
// Lokalise, and the callback takes the person for signed out.
//
// An attempt is good for one exchange. [Config.Once] sees to that for one
// process; a fleet gives one that all its processes share.
//
// # What the callback answers
//
// Always a redirect, so that the code does not stay in the address bar or in the
// history: to the return address, or, if there is something to read, to its own
// address without the code, where a page says it. The access logs of the app
// and of what stands in front of it do see the code; it is used up by then.
//
// # What cannot be known
//
// Lokalise has no endpoint that tells whose token it is, so nothing is claimed
// about the account unless [Config.Identify] says something. It publishes no
// revocation either: disconnecting forgets the grant.
package connect
