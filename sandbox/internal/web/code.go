package web

import (
	"net/http"
	"time"
)

// CodeView is the page that shows an authorization code when the authorization
// request named no redirect URI.
type CodeView struct {
	App       App
	Code      string
	State     string        // as sent; empty: not shown
	ExpiresIn time.Duration // life left on the sandbox's clock
	BaseURL   string        // root of the sandbox without a trailing slash
	ClientID  string
}

// Code writes the page with status 200.
func Code(w http.ResponseWriter, v CodeView) {
	render(w, http.StatusOK, "code", frame{Title: "Authorization code", View: newCodePage(v)})
}

type codePage struct {
	App         appCard
	Code, State string
	Seconds     int
	Life        string
	Snippets    []snippet
}

func newCodePage(v CodeView) codePage {
	return codePage{
		App: newAppCard(v.App), Code: v.Code, State: v.State,
		Seconds: max(0, int(v.ExpiresIn.Seconds())), Life: inWords(v.ExpiresIn),
		Snippets: exchangeSnippets(v.BaseURL, v.ClientID, v.Code),
	}
}
