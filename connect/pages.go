package connect

import (
	"html/template"
	"net/http"

	"github.com/golokalise/lokalise/oauth"
)

// show writes the page about an outcome: the app's, or the default one.
func (a *app) show(w http.ResponseWriter, r *http.Request, o Outcome) {
	hook, status := a.cfg.Failed, o.Reason.Status()
	switch o.Kind {
	case KindConnected:
		hook, status = a.cfg.Connected, http.StatusOK
	case KindDenied:
		hook, status = a.cfg.Denied, http.StatusOK
	}
	if hook != nil {
		hook(w, r, o)
		return
	}
	writePage(w, status, pageFor(o))
}

// page is a default page.
type page struct {
	Title, Text string
	Lost        []oauth.Scope
	ReturnTo    string
}

func pageFor(o Outcome) page {
	p := page{ReturnTo: o.ReturnTo, Lost: o.LostScopes}
	switch o.Kind {
	case KindConnected:
		p.Title = "Your Lokalise account is connected"
		if o.Account != "" {
			p.Text = "Connected as " + o.Account + "."
		}
	case KindDenied:
		p.Title = "Your Lokalise account was not connected"
		p.Text = "You did not give permission. Nothing was changed."
	default:
		p.Title = "That did not work"
		p.Text = texts[o.Reason]
	}
	return p
}

// texts say to a person what happened and what to do.
var texts = map[Reason]string{
	ReasonNotSignedIn:   "You are not signed in here, or may not do this. Sign in and try again.",
	ReasonCrossOrigin:   "The request came from a page of another site and was refused.",
	ReasonReturnTo:      "The request named an address to return to that is not allowed.",
	ReasonMalformed:     "The request could not be read. Please start again.",
	ReasonNoAttempt:     "There is no connection to Lokalise in progress in this browser. It may have been finished already, or it took too long, or cookies are blocked. Please start again.",
	ReasonBadAttempt:    "The answer from Lokalise does not belong to what was started in this browser. Please start again.",
	ReasonOtherSession:  "You are signed in as somebody else than when you started. Please start again.",
	ReasonExpired:       "It took more than ten minutes. Please start again.",
	ReasonReplayed:      "This answer from Lokalise was used already.",
	ReasonRefused:       "Lokalise refused the request. Please try again; if that does not help, tell us.",
	ReasonCodeRejected:  "Lokalise did not accept its own answer, which happens when too much time passes. Please start again.",
	ReasonMisconfigured: "Something is wrong on our side. Trying again will not help; please tell us.",
	ReasonUnavailable:   "Lokalise could not be reached. Please try again in a while.",
	ReasonStore:         "The result could not be saved. Please try again in a while.",
}

// known tells whether a reason is one of this package's, since reasons come
// back in an address that anybody can write.
func known(r Reason) bool { _, ok := texts[r]; return ok }

// pageTemplate escapes everything put into it. Its return link is relative or
// of an allowed origin.
var pageTemplate = template.Must(template.New("page").Parse(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{{.Title}}</title>
</head>
<body>
<main>
<h1>{{.Title}}</h1>
{{with .Text}}<p>{{.}}</p>
{{end}}{{with .Lost}}<p>These permissions were given before and are missing now. What needs them will stop working:</p>
<ul>
{{range .}}<li>{{.}}</li>
{{end}}</ul>
{{end}}<p><a href="{{.ReturnTo}}">Continue</a></p>
</main>
</body>
</html>
`))

func writePage(w http.ResponseWriter, status int, p page) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	w.WriteHeader(status)
	_ = pageTemplate.Execute(w, p) // the browser has left: nobody to tell
}
