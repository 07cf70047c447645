package api

import (
	"slices"
	"strings"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// contentView shows rows of a branch. It is made once for a request and holds
// what every row needs.
type contentView struct {
	tx        *state.Tx
	project   *state.Project
	content   string
	base      string            // URL of the sandbox, for screenshots
	languages []*state.Language // the base language first, the others by id, as recorded
	isos      map[int64]string  // by language id
	emails    map[int64]string  // of users
	resolve   bool              // references to other keys
}

func (c *call) newView(tx *state.Tx, p *state.Project) *contentView {
	v := &contentView{tx: tx, project: p, content: c.content(), base: c.baseURL(), isos: map[int64]string{}, emails: map[int64]string{}}
	for l := range tx.Languages.All(v.content) {
		v.isos[l.ID] = l.ISO
		if l.ID == p.BaseID {
			v.languages = slices.Insert(v.languages, 0, l)
		} else {
			v.languages = append(v.languages, l)
		}
	}
	return v
}

// baseURL is the root of the sandbox as this request's sender sees it.
func (c *call) baseURL() string {
	scheme := "http"
	if c.request.TLS != nil {
		scheme = "https"
	}
	return scheme + "://" + c.request.Host
}

// email is a user's address, or empty when nobody did it.
func (v *contentView) email(userID int64) string {
	email, known := v.emails[userID]
	if !known {
		if u := v.tx.Users.Get("", userID); u != nil {
			email = u.Email
		}
		v.emails[userID] = email
	}
	return email
}

// language finds a language of the branch by its code, regardless of case.
func (v *contentView) language(iso string) *state.Language {
	for _, l := range v.languages {
		if strings.EqualFold(l.ISO, iso) {
			return l
		}
	}
	return nil
}

// statuses shows custom translation statuses.
func (v *contentView) statuses(ids []int64) []statusBody {
	var list []statusBody
	for _, id := range ids {
		if s := v.tx.Statuses.Get(v.project.ID, id); s != nil {
			list = append(list, statusView(s))
		}
	}
	return list
}
