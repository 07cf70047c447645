package web

import (
	"net/http"
	"strconv"
	"time"
)

// TokensPath is the page of clients, grants and tokens.
const TokensPath = ConsolePath + "tokens"

// Names of the forms on the page. All buttons of one kind share a name.
const (
	FormPolicy = "policy"
	FormToken  = "token"
)

// TokensView is the page about a world's OAuth server. Every token in it is
// masked by the caller.
type TokensView struct {
	Chrome      Chrome
	Frozen      bool // the clock stands still: nothing counts down
	Client      ClientRow
	Personal    []Field // kinds of personal tokens with their masked values
	Stats       []Count
	Grants      []GrantRow // the latest first
	GrantWindow Window
	Tokens      []AccessRow // the latest first
	TokenWindow Window
	Live        int // access tokens that are good, on all pages
	Policy      PolicyFields
	Rotations   []Option
}

// ClientRow is the registered app.
type ClientRow struct {
	ID, Name     string
	RedirectURIs []string
}

// Count is a number with what it counts.
type Count struct {
	Label string
	N     int
}

// GrantRow is what a user allowed the app.
type GrantRow struct {
	ID             int64
	User           string // e-mail address
	Scopes         []string
	Created        time.Time
	Generation     int // of the current refresh token, from 1
	Refresh        string
	RefreshExpires time.Time     // zero: never
	RefreshLeft    time.Duration // 0: expired, or it never does
	Refreshed      int
	Refused        int
	Live           int    // access tokens that are good
	Revoked        string // why; empty: it is good
	FamilyRevoked  bool   // since something came back that was used up
}

// RefreshDead tells whether the refresh token has expired.
func (g GrantRow) RefreshDead() bool { return !g.RefreshExpires.IsZero() && g.RefreshLeft <= 0 }

// Path is where a button of the grant sends its form to.
func (g GrantRow) Path(what string) string {
	return TokensPath + "/grants/" + strconv.FormatInt(g.ID, 10) + "/" + what
}

// AccessRow is an access token.
type AccessRow struct {
	ID, GrantID int64
	Token       string
	User        string // e-mail address
	Scopes      []string
	Created     time.Time
	Expires     time.Time
	Left        time.Duration // 0: it is no good any more
	Revoked     bool          // with its grant
}

// Path is where the button that lets it expire sends its form to.
func (a AccessRow) Path() string {
	return TokensPath + "/access/" + strconv.FormatInt(a.ID, 10) + "/expire"
}

// PolicyFields are the fields of the form about how tokens are issued. Lengths
// of time are as a person writes them: 90s, 1h, 30d.
type PolicyFields struct {
	Rotation                                 string
	Grace, AccessLife, RefreshLife, CodeLife string
	WithheldOnConsent, WithheldOnRefresh     string // scopes with spaces between
	ExpiresInAsText                          bool
	ScopeOnExchange                          bool
	RefreshWithoutScope                      bool
}

// Tokens writes the page.
func Tokens(w http.ResponseWriter, v TokensView) {
	render(w, v.Chrome.status(), "tokens", frame{Title: "Tokens", Nav: TokensPath, Chrome: v.Chrome, View: v})
}

// Names of the query parameters that page the two lists.
const (
	FieldGrantPage = "page"
	FieldTokenPage = "tokens"
)

// GrantPager leads through the grants.
func (v TokensView) GrantPager() Pager {
	return v.GrantWindow.Pages("Pages of grants", func(page int) string {
		return v.Chrome.Link(TokensPath, FieldGrantPage, pageNumber(page), FieldTokenPage, pageNumber(v.TokenWindow.Page))
	})
}

// TokenPager leads through the access tokens.
func (v TokensView) TokenPager() Pager {
	return v.TokenWindow.Pages("Pages of access tokens", func(page int) string {
		return v.Chrome.Link(TokensPath, FieldGrantPage, pageNumber(v.GrantWindow.Page), FieldTokenPage, pageNumber(page))
	})
}

// life is what is left of a token: a number of seconds for the script, and the
// words that stand there without it.
type life struct {
	Seconds int
	Words   string
	Runs    bool
}

// Life prepares what is left of something on the page.
func (v TokensView) Life(left time.Duration) life {
	return life{Seconds: int(left.Seconds()), Words: inWords(left), Runs: !v.Frozen}
}
