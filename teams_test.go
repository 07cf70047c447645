package lokalise_test

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
	"testing"
	"time"

	"github.com/golokalise/lokalise"
)

// A list has the name of the plan under another member than Get, and another
// form of times.
const (
	listedTeam = `{"team_id": 815, "name": "Ada's Team", "created_at": "2026-03-02 08:15:00 (Etc/UTC)",
	 "created_at_timestamp": 1772439300, "plan": "Pro",
	 "quota_usage": {"users": 3, "keys": 1203, "projects": 2, "mau": 0},
	 "quota_allowed": {"users": 40, "keys": 10000, "projects": 99999999, "mau": 1000}}`
	gottenTeam = `{"team_id": 815, "name": "Ada's Team", "created_at": "2026-03-02T10:15:00+02:00",
	 "created_at_timestamp": 1772439300, "plan_name": "Pro", "is_team_suspended": false,
	 "is_end_of_trial_active": true, "trial_days_left": 12,
	 "quota_usage": {"id": null, "users": 3, "keys": 1203, "projects": 2, "mau": 0, "trafficBytes": 817, "aiWords": 20},
	 "quota_allowed": {"id": null, "users": 40, "keys": 10000, "projects": 9, "mau": 0, "trafficBytes": 1, "aiWords": 100}}`
)

// march2 is the time that most test data has, in the form of API v2.
func march2() lokalise.Time {
	return lokalise.Time{
		Time: time.Date(2026, time.March, 2, 8, 15, 0, 0, time.UTC),
		Wire: "2026-03-02 08:15:00 (Etc/UTC)",
	}
}

const march2Timestamp = lokalise.Timestamp(1772439300)

func wantListedTeam() lokalise.Team {
	return lokalise.Team{
		TeamID:             815,
		Name:               "Ada's Team",
		CreatedAt:          march2(),
		CreatedAtTimestamp: march2Timestamp,
		Plan:               lokalise.Some("Pro"),
		QuotaUsage:         lokalise.TeamQuota{Users: 3, Keys: 1203, Projects: 2},
		QuotaAllowed:       lokalise.TeamQuota{Users: 40, Keys: 10000, Projects: 99999999, MAU: 1000},
	}
}

func TestTeamOperations(t *testing.T) {
	t.Parallel()
	cases := asList(opCase{
		op:     "GET /teams",
		path:   "/api2/teams",
		query:  "page=2&limit=50",
		answer: `{"teams": [` + listedTeam + `]}`,
		want:   []lokalise.Team{wantListedTeam()},
	}, func(ctx context.Context, c *lokalise.Client) (*lokalise.Page[lokalise.Team], error) {
		return c.Teams.List(ctx, &lokalise.ListOptions{Page: 2, Limit: 50})
	}, func(ctx context.Context, c *lokalise.Client) iter.Seq2[*lokalise.Team, error] {
		return c.Teams.All(ctx, &lokalise.ListOptions{Page: 2, Limit: 50})
	})
	got := wantListedTeam()
	got.CreatedAt = lokalise.ParseTime("2026-03-02T10:15:00+02:00")
	got.Plan, got.PlanName = lokalise.Opt[string]{}, lokalise.Some("Pro")
	got.IsTeamSuspended, got.IsEndOfTrialActive, got.TrialDaysLeft = lokalise.Some(false), lokalise.Some(true), lokalise.Some[int64](12)
	got.QuotaUsage = lokalise.TeamQuota{
		ID: lokalise.Null[int64](), Users: 3, Keys: 1203, Projects: 2,
		TrafficBytes: lokalise.Some[int64](817), AIWords: lokalise.Some[int64](20),
	}
	got.QuotaAllowed = lokalise.TeamQuota{
		ID: lokalise.Null[int64](), Users: 40, Keys: 10000, Projects: 9,
		TrafficBytes: lokalise.Some[int64](1), AIWords: lokalise.Some[int64](100),
	}
	cases = append(cases, opCase{
		op:     "GET /teams/{team_id}",
		path:   "/api2/teams/815",
		answer: `{"team": ` + gottenTeam + `}`,
		call:   func(ctx context.Context, c *lokalise.Client) (any, error) { return c.Teams.Get(ctx, 815) },
		want:   &got,
	})
	for _, c := range cases {
		testOperation(t, c)
	}
}

func TestTimeOfTeamHasTheSameMomentInBothForms(t *testing.T) {
	t.Parallel()
	team, err := newServer(t, answer(http.StatusOK, `{"team": `+gottenTeam+`}`)).Teams.Get(t.Context(), 815)
	if err != nil || !team.CreatedAt.Time.Equal(march2().Time) || !team.CreatedAtTimestamp.Time().Equal(march2().Time) {
		t.Errorf("created at %v, %v", team.CreatedAt.Time, err)
	}
}

func TestTeamIsWrittenAsItWasRead(t *testing.T) {
	t.Parallel()
	for _, text := range []string{listedTeam, gottenTeam} {
		assertWrittenAsRead(t, text, new(lokalise.Team))
	}
}

// assertWrittenAsRead checks that a model keeps what it reads: absent stays
// absent, null stays null, and each number keeps its form.
func assertWrittenAsRead(t *testing.T, text string, model any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), model); err != nil {
		t.Fatal(err)
	}
	out, err := json.Marshal(model)
	if err != nil || !sameJSON(t, string(out), text) {
		t.Errorf("written as\n%s, %v, want\n%s", out, err, text)
	}
}
