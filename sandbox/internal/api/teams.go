package api

import (
	"time"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// teamItem is a team in a list. What an answer about one team says has other
// names and members (recorded in 2025).
type teamItem struct {
	TeamID             int64         `json:"team_id"`
	Name               string        `json:"name"`
	Plan               string        `json:"plan"`
	CreatedAt          string        `json:"created_at"`
	CreatedAtTimestamp int64         `json:"created_at_timestamp"`
	QuotaUsage         teamItemQuota `json:"quota_usage"`
	QuotaAllowed       teamItemQuota `json:"quota_allowed"`
}

// teamItemQuota is what a team uses or may use. The official Node SDK declares
// ai_words; recordings of lists are older than it.
type teamItemQuota struct {
	Users    int `json:"users"`
	Keys     int `json:"keys"`
	Projects int `json:"projects"`
	MAU      int `json:"mau"`
	AIWords  int `json:"ai_words"`
}

type teamBody struct {
	TeamID             int64     `json:"team_id"`
	Name               string    `json:"name"`
	PlanName           string    `json:"plan_name"`
	CreatedAt          string    `json:"created_at"` // RFC 3339
	CreatedAtTimestamp int64     `json:"created_at_timestamp"`
	QuotaUsage         teamQuota `json:"quota_usage"`
	QuotaAllowed       teamQuota `json:"quota_allowed"`
	IsTeamSuspended    bool      `json:"is_team_suspended"`
	IsEndOfTrialActive bool      `json:"is_end_of_trial_active"`
	TrialDaysLeft      int       `json:"trial_days_left"`
}

type teamQuota struct {
	ID           *int64 `json:"id"` // null in every recording
	Users        int    `json:"users"`
	Keys         int    `json:"keys"`
	Projects     int    `json:"projects"`
	MAU          int    `json:"mau"`
	TrafficBytes int    `json:"trafficBytes"`
	AIWords      int    `json:"aiWords"`
}

// allowed is what every team of the sandbox may use: numbers that were recorded
// for one plan or another. Nothing is refused beyond them.
var allowed = teamQuota{Users: 40, Keys: 10_000, Projects: 99_999_999, MAU: 200_000, TrafficBytes: 1 << 40, AIWords: 100_200}

// usage counts what a team has. Nobody uses over-the-air bundles or machine
// translation beyond orders, so those are 0.
func usage(tx *state.Tx, t *state.Team) teamQuota {
	q := teamQuota{Users: tx.Members.Len(state.TeamKey(t.ID))}
	for _, p := range tx.TeamProjects(t.ID) {
		q.Projects++
		q.Keys += tx.Keys.Len(p.ID)
	}
	return q
}

func (q teamQuota) item() teamItemQuota {
	return teamItemQuota{Users: q.Users, Keys: q.Keys, Projects: q.Projects, MAU: q.MAU, AIWords: q.AIWords}
}

// listTeams answers with the teams that the caller is in.
func listTeams(c *call) (any, error) {
	p, err := c.offsetPage()
	if err != nil {
		return nil, err
	}
	answer := struct {
		Teams []teamItem `json:"teams"`
	}{}
	err = c.who.world.View(func(tx *state.Tx) error {
		var own []*state.Team
		for t := range tx.Teams.All("") {
			if tx.Members.Get(state.TeamKey(t.ID), c.who.userID) != nil {
				own = append(own, t)
			}
		}
		answer.Teams = slicePage(c, p, own, func(t *state.Team) teamItem {
			return teamItem{
				TeamID: t.ID, Name: t.Name, Plan: t.Plan, CreatedAt: apiTime(t.CreatedAt), CreatedAtTimestamp: t.CreatedAt.Unix(),
				QuotaUsage: usage(tx, t).item(), QuotaAllowed: allowed.item(),
			}
		})
		return nil
	})
	return answer, err
}

// getTeam is open to every member: the scope it takes is one for reading.
func getTeam(c *call) (any, error) {
	return c.viewTeam(anyMember, func(tx *state.Tx, t *state.Team) (any, error) {
		return struct {
			Team teamBody `json:"team"`
		}{teamBody{
			TeamID: t.ID, Name: t.Name, PlanName: t.Plan, CreatedAt: t.CreatedAt.Format(time.RFC3339), CreatedAtTimestamp: t.CreatedAt.Unix(),
			QuotaUsage: usage(tx, t), QuotaAllowed: allowed,
		}}, nil
	})
}
