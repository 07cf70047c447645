package api

import (
	"cmp"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// Payloads of the events about people and orders, as an official SDK declares
// them for webhooks.

// contributorPayload belongs to project.contributor.added and
// project.contributor.deleted. (project.contributor.added_public is about
// somebody who joins a public project by themself, for which there is no
// operation.)
type contributorPayload struct {
	Contributor payloadEmail `json:"contributor"`
}

type payloadEmail struct {
	Email string `json:"email"`
}

// orderCreatedPayload belongs to team.order.created.
type orderCreatedPayload struct {
	Order orderCreatedDetails `json:"order"`
}

type orderCreatedDetails struct {
	ID        string            `json:"id"`
	Provider  string            `json:"provider"`
	Currency  string            `json:"currency"`
	Total     float64           `json:"total"`
	Languages []payloadLanguage `json:"languages"`
}

type payloadLanguage struct {
	ID   int64  `json:"id"`
	ISO  string `json:"iso"`
	Name string `json:"name"`
}

// orderCompletedPayload belongs to team.order.completed, which names no user.
type orderCompletedPayload struct {
	Order orderCompletedDetails `json:"order"`
}

type orderCompletedDetails struct {
	ID       string `json:"id"`
	Provider string `json:"provider"`
}

// currency is what orders are priced in (assumed).
const currency = "USD"

// emitIn says that something happened to a project, which need not be that of
// the path.
func (c *call) emitIn(tx *state.Tx, p *state.Project, branch, name string, payload any) {
	tx.Emit(state.Event{
		Name: name, ProjectID: p.ID, TeamID: p.TeamID, Branch: branch, UserID: c.who.userID, Origin: c.origin(), Payload: payload,
	})
}

// emitContributor says that somebody came into a project or left it.
func (c *call) emitContributor(tx *state.Tx, p *state.Project, name string, userID int64) {
	c.emitIn(tx, p, c.branchOf(p), name, contributorPayload{payloadEmail{emailOf(tx, userID)}})
}

// branchOf is the branch for an event about a project as a whole.
func (c *call) branchOf(p *state.Project) string {
	if p.ID == c.project.id {
		return c.branchName(p)
	}
	return ""
}

func (c *call) emitOrder(tx *state.Tx, p *state.Project, o *state.Order) {
	details := orderCreatedDetails{ID: o.Number, Provider: o.ProviderSlug, Currency: currency, Total: o.Total, Languages: []payloadLanguage{}}
	content := state.BranchContent(o.ProjectID, o.Branch)
	for _, target := range o.Targets {
		if l := tx.Languages.Get(content, target.LanguageID); l != nil {
			details.Languages = append(details.Languages, payloadLanguage{l.ID, l.ISO, l.Name})
		}
	}
	c.emitIn(tx, p, orderBranch(p, o), "team.order.created", orderCreatedPayload{details})
}

// emitOrderCompleted says that an order is done. Nobody did it.
func emitOrderCompleted(tx *state.Tx, p *state.Project, o *state.Order) {
	tx.Emit(state.Event{
		Name: "team.order.completed", ProjectID: p.ID, TeamID: p.TeamID, Branch: orderBranch(p, o),
		Payload: orderCompletedPayload{orderCompletedDetails{o.Number, o.ProviderSlug}},
	})
}

func orderBranch(p *state.Project, o *state.Order) string {
	if !p.Settings.Branching {
		return ""
	}
	return cmp.Or(o.Branch, state.MasterBranch)
}

// origin is where the request comes from, for the audit log.
func (c *call) origin() state.Origin {
	return state.Origin{Address: c.address(), UserAgent: c.request.UserAgent(), URL: "http://" + c.request.Host + c.request.URL.EscapedPath()}
}
