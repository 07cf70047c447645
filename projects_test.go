package lokalise_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/golokalise/lokalise"
)

const (
	projectID   = lokalise.ProjectID("20008339586cded200e0d8.29879849")
	projectPath = "/api2/projects/20008339586cded200e0d8.29879849"
)

// bareProject is a project as a list gives it without settings and statistics.
const bareProject = `{"project_id": "20008339586cded200e0d8.29879849", "project_type": "localization_files",
 "name": "Website", "description": "", "created_at": "2026-03-02 08:15:00 (Etc/UTC)",
 "created_at_timestamp": 1772439300, "created_by": 4711, "created_by_email": "ada@example.com",
 "team_id": 815, "base_language_id": 640, "base_language_iso": "en"}`

func wantBareProject() lokalise.Project {
	return lokalise.Project{
		ProjectID:   projectID,
		ProjectType: lokalise.ProjectTypeLocalizationFiles,
		Name:        "Website",
		CreatedAt: lokalise.Time{
			Time: time.Date(2026, time.March, 2, 8, 15, 0, 0, time.UTC),
			Wire: "2026-03-02 08:15:00 (Etc/UTC)",
		},
		CreatedAtTimestamp: 1772439300,
		CreatedBy:          4711,
		CreatedByEmail:     "ada@example.com",
		TeamID:             815,
		BaseLanguageID:     640,
		BaseLanguageISO:    "en",
	}
}

func TestProjectOperations(t *testing.T) {
	t.Parallel()
	project := wantBareProject()
	cases := []opCase{
		{
			op:     "GET /projects",
			path:   "/api2/projects",
			query:  "filter_team_id=815&filter_names=Website,App+one&include_statistics=0&include_settings=1&page=2&limit=50",
			answer: `{"projects": [` + bareProject + `]}`,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				page, err := c.Projects.List(ctx, &lokalise.ProjectListOptions{
					TeamID:            815,
					Names:             []string{"Website", "App one"},
					IncludeStatistics: lokalise.Some(false),
					IncludeSettings:   lokalise.Some(true),
					Page:              2,
					Limit:             50,
				})
				if err != nil {
					return nil, err
				}
				return page.Items, nil
			},
			want: []lokalise.Project{project},
		},
		{
			op:     "GET /projects/{project_id}",
			path:   projectPath,
			answer: bareProject,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.Projects.Get(ctx, projectID)
			},
			want: &project,
		},
		{
			op:   "POST /projects",
			path: "/api2/projects",
			body: `{"name": "Website", "team_id": 815, "description": "", "languages": [{"lang_iso": "en"},
			 {"lang_iso": "lv", "custom_iso": "lv-LV"}], "base_lang_iso": "en", "project_type": "content_integration",
			 "is_segmentation_enabled": true, "content_integration": "storyblok"}`,
			answer: bareProject,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.Projects.Create(ctx, &lokalise.ProjectCreateRequest{
					Name:        "Website",
					TeamID:      lokalise.Some[int64](815),
					Description: lokalise.Some(""),
					Languages: []lokalise.ProjectLanguage{
						{LangISO: "en"},
						{LangISO: "lv", CustomISO: lokalise.Some("lv-LV")},
					},
					BaseLangISO:           lokalise.Some("en"),
					ProjectType:           lokalise.ProjectTypeContentIntegration,
					IsSegmentationEnabled: lokalise.Some(true),
					ContentIntegration:    lokalise.Some("storyblok"),
				})
			},
			want: &project,
		},
		{
			op:     "PUT /projects/{project_id}",
			path:   projectPath,
			body:   `{"name": "Website"}`,
			answer: bareProject,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.Projects.Update(ctx, projectID, &lokalise.ProjectUpdateRequest{Name: "Website"})
			},
			want: &project,
		},
		{
			op:     "DELETE /projects/{project_id}",
			path:   projectPath,
			answer: `{"project_id": "20008339586cded200e0d8.29879849", "project_deleted": true}`,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.Projects.Delete(ctx, projectID)
			},
			want: &lokalise.ProjectDeleted{ProjectID: projectID, ProjectDeleted: true},
		},
		{
			op:     "PUT /projects/{project_id}/empty",
			path:   "/api2/projects/20008339586cded200e0d8.29879849:feature%2Fnew%20page/empty",
			answer: `{"project_id": "20008339586cded200e0d8.29879849", "keys_deleted": true, "branch": "feature/new page"}`,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.Projects.Empty(ctx, projectID.Branch("feature/new page"))
			},
			want: &lokalise.ProjectEmptied{ProjectID: projectID, KeysDeleted: true, Branch: lokalise.Some("feature/new page")},
		},
	}
	for _, c := range cases {
		testOperation(t, c)
	}
}

func TestProjectHasSettingsAndStatistics(t *testing.T) {
	t.Parallel()
	client := newServer(t, answer(http.StatusOK, oneProject))
	p, err := client.Projects.Get(t.Context(), projectID)
	if err != nil {
		t.Fatal(err)
	}
	settings, ok := p.Settings.Get()
	if !ok || !settings.Reviewing || settings.OfflineTranslation || !settings.Branching.Or(false) || !settings.Upvoting.Or(true) {
		t.Errorf("settings are %+v", settings)
	}
	statistics, ok := p.Statistics.Get()
	if !ok || statistics.KeysTotal != 1203 || statistics.QAIssues.LeadingWhitespace != 4 ||
		len(statistics.Languages) != 3 || statistics.Languages[1].WordsToDo != 1202 {
		t.Errorf("statistics are %+v", statistics)
	}
	if p.Extra != nil || settings.Extra != nil || statistics.Extra != nil {
		t.Errorf("left over: %v %v %v", p.Extra, settings.Extra, statistics.Extra)
	}
	if want := time.Date(2026, time.March, 2, 8, 15, 0, 0, time.UTC); !p.CreatedAtTimestamp.Time().Equal(want) || !p.CreatedAt.Time.Equal(want) {
		t.Errorf("created at %v and %v, want %v", p.CreatedAtTimestamp.Time(), p.CreatedAt.Time, want)
	}
}

// In 2018 the statistics had other members, and a number where there is an
// object now.
func TestProjectStatisticsOf2018(t *testing.T) {
	t.Parallel()
	client := newServer(t, answer(http.StatusOK, `{"project_id": "p", "name": "Old",
	 "statistics": {"progress": 33, "keys": 10, "team": 2, "base_words": 5, "qa_issues": 7, "languages": []}}`))
	p, err := client.Projects.Get(t.Context(), "p")
	if err != nil {
		t.Fatal(err)
	}
	statistics, _ := p.Statistics.Get()
	if statistics.Team != 2 || string(statistics.Extra["keys"]) != "10" {
		t.Errorf("statistics are %+v", statistics)
	}
}
