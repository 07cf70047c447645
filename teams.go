package lokalise

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
)

// TeamsService calls the operations on teams.
type TeamsService struct{ service }

// Team is a team. What a list says of it and what Get says differ in names and
// members; fields that only one of them sends are absent in the other.
type Team struct {
	TeamID int64  `json:"team_id"`
	Name   string `json:"name"`
	// CreatedAt has the form of RFC 3339 in the answer to Get.
	CreatedAt          Time      `json:"created_at"`
	CreatedAtTimestamp Timestamp `json:"created_at_timestamp"`
	// Plan is the name of the plan; lists have it.
	Plan Opt[string] `json:"plan,omitzero"`
	// PlanName is the name of the plan; the answer to Get has it.
	PlanName     Opt[string] `json:"plan_name,omitzero"`
	QuotaUsage   TeamQuota   `json:"quota_usage"`
	QuotaAllowed TeamQuota   `json:"quota_allowed"`
	// LogoURL is known from an official SDK's list of fields and was never
	// recorded.
	LogoURL Opt[string] `json:"logo_url,omitzero"`
	// Role is known from an official SDK's list of fields and was never
	// recorded.
	Role               Opt[string] `json:"role,omitzero"`
	IsTeamSuspended    Opt[bool]   `json:"is_team_suspended,omitzero"`
	IsEndOfTrialActive Opt[bool]   `json:"is_end_of_trial_active,omitzero"`
	TrialDaysLeft      Opt[int64]  `json:"trial_days_left,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// TeamQuota is how much of something a team uses, or may use.
type TeamQuota struct {
	// ID is null where it was recorded, in the answer to Get.
	ID       Opt[int64] `json:"id,omitzero"`
	Users    int64      `json:"users"`
	Keys     int64      `json:"keys"`
	Projects int64      `json:"projects"`
	// MAU is the number of monthly active users of over-the-air bundles.
	MAU int64 `json:"mau"`
	// TrafficBytes is the over-the-air traffic; the answer to Get has it.
	TrafficBytes Opt[int64] `json:"trafficBytes,omitzero"`
	// AIWords counts words for machine translation; the answer to Get was
	// recorded with it.
	AIWords Opt[int64] `json:"aiWords,omitzero"`
	// AIWordsList is the same number under the name that the official Node SDK
	// declares for lists; it was never recorded.
	AIWordsList Opt[int64] `json:"ai_words,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// List returns one page of the teams that the token can see.
//
// It needs the scope read_team_users.
// https://developers.lokalise.com/reference/list-all-teams
//
//lokalise:op GET /teams
func (s *TeamsService) List(ctx context.Context, o *ListOptions, opts ...RequestOption) (*Page[Team], error) {
	r := s.client.newCall(http.MethodGet, "/teams", opts)
	r.result = "teams"
	return listPage(ctx, r, o.paging(), decodeTeam)
}

// All goes through all teams that the token can see, page by page.
//
// It needs the scope read_team_users.
// https://developers.lokalise.com/reference/list-all-teams
//
//lokalise:op GET /teams
func (s *TeamsService) All(ctx context.Context, o *ListOptions, opts ...RequestOption) iter.Seq2[*Team, error] {
	r := s.client.newCall(http.MethodGet, "/teams", opts)
	r.result = "teams"
	return iterate(ctx, r, o.paging(), decodeTeam)
}

// Get returns a team with what it uses of its plan.
//
// It needs the scope read_team_users.
// https://developers.lokalise.com/reference/get-team-details
//
//lokalise:op GET /teams/{team_id}
func (s *TeamsService) Get(ctx context.Context, teamID int64, opts ...RequestOption) (*Team, error) {
	r := s.client.newCall(http.MethodGet, "/teams/{team_id}", opts)
	r.path.id(teamID)
	r.result = "team"
	return one(ctx, r, decodeTeam)
}
