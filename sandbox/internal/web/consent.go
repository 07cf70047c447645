package web

import (
	"html/template"
	"net/http"
	"net/url"
)

// Names and values of the consent form's fields, for the handler that reads it.
const (
	FieldRequest  = "request"  // ConsentView.RequestID
	FieldUser     = "user"     // Account.ID of the chosen account
	FieldDecision = "decision" // DecisionAllow or DecisionDeny
	DecisionAllow = "allow"
	DecisionDeny  = "deny"
)

// App is the application that asks for access, as its developer registered it.
type App struct {
	Name        string
	Description string
	LinkURL     string // http or https; anything else is not shown
	LogoURL     string // a path on the sandbox or a data: image. Defaults to a monogram
}

// Account is a seeded user somebody may allow access as.
type Account struct {
	ID    string
	Name  string
	Email string
}

// ConsentView is the page that asks whether App may act for an account.
type ConsentView struct {
	App         App
	Accounts    []Account
	SelectedID  string   // Account.ID; defaults to the first account
	Scopes      []string // raw scope names, as asked for
	RequestID   string   // one-time; comes back in FieldRequest
	RedirectURI string   // empty: the code will be shown on a page
}

// Consent writes the consent page with status 200. The answer is a form POST to
// /oauth2/auth with FieldRequest, FieldUser and FieldDecision.
func Consent(w http.ResponseWriter, v ConsentView) {
	render(w, http.StatusOK, "consent", frame{Title: "Allow access", View: newConsentPage(v)}, FormActions(v.RedirectURI)...)
}

// consentPage is ConsentView prepared for the template.
type consentPage struct {
	App         appCard
	Accounts    []accountChoice
	Read, Write []scopeLine
	RequestID   string
	RedirectURI string
	ReturnsTo   string // host of RedirectURI
}

type appCard struct {
	Name, Description, Initials string
	Link, LinkHost              string
	Logo                        template.URL
}

type accountChoice struct {
	Account
	Initials string
	Tone     int // which of the avatar colors
	Checked  bool
}

// avatarTones is the number of avatar colors in the style sheet.
const avatarTones = 5

type scopeLine struct{ Name, Title, Detail string }

func newConsentPage(v ConsentView) consentPage {
	p := consentPage{App: newAppCard(v.App), RequestID: v.RequestID, RedirectURI: v.RedirectURI}
	p.ReturnsTo = destination(v.RedirectURI)
	p.Accounts = choices(v.Accounts, v.SelectedID)
	for _, name := range v.Scopes {
		title, detail, write := DescribeScope(name)
		line := scopeLine{Name: name, Title: title, Detail: detail}
		if write {
			p.Write = append(p.Write, line)
		} else {
			p.Read = append(p.Read, line)
		}
	}
	return p
}

// destination names where a redirect URI leads: its host, or the scheme of an
// app's own. A long host keeps its end, which says whose it is.
func destination(redirectURI string) string {
	const limit = 60
	u, err := url.Parse(redirectURI)
	switch {
	case err != nil || redirectURI == "":
		return ""
	case u.Host == "":
		return u.Scheme + ":"
	case len(u.Host) > limit:
		return "…" + u.Host[len(u.Host)-limit:]
	}
	return u.Host
}

// choices marks exactly one account as chosen, so that the form always names
// one.
func choices(accounts []Account, selectedID string) []accountChoice {
	out := make([]accountChoice, len(accounts))
	chosen := 0
	for i, a := range accounts {
		out[i] = accountChoice{Account: a, Initials: initials(a.Name), Tone: i % avatarTones}
		if a.ID == selectedID {
			chosen = i
		}
	}
	if len(out) > 0 {
		out[chosen].Checked = true
	}
	return out
}

func newAppCard(a App) appCard {
	link, host := safeLink(a.LinkURL)
	return appCard{
		Name: a.Name, Description: a.Description, Initials: initials(a.Name),
		Link: link, LinkHost: host, Logo: safeLogo(a.LogoURL),
	}
}
