package api

import (
	"time"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// projectBody is a project on the wire, its members in the recorded order.
type projectBody struct {
	ProjectID          string             `json:"project_id"`
	ProjectType        string             `json:"project_type"`
	Name               string             `json:"name"`
	Description        string             `json:"description"`
	CreatedAt          string             `json:"created_at"`
	CreatedAtTimestamp int64              `json:"created_at_timestamp"`
	CreatedBy          int64              `json:"created_by"`
	CreatedByEmail     string             `json:"created_by_email"`
	TeamID             int64              `json:"team_id"`
	BaseLanguageID     int64              `json:"base_language_id"`
	BaseLanguageISO    string             `json:"base_language_iso"`
	Settings           *projectSettings   `json:"settings,omitzero"`
	Statistics         *projectStatistics `json:"statistics,omitzero"`
}

type projectSettings struct {
	PerPlatformKeyNames                    bool `json:"per_platform_key_names"`
	Reviewing                              bool `json:"reviewing"`
	AutoToggleUnverified                   bool `json:"auto_toggle_unverified"`
	OfflineTranslation                     bool `json:"offline_translation"`
	KeyEditing                             bool `json:"key_editing"`
	InlineMachineTranslations              bool `json:"inline_machine_translations"`
	Branching                              bool `json:"branching"`
	Segmentation                           bool `json:"segmentation"`
	ContributorPreviewDownloadEnabled      bool `json:"contributor_preview_download_enabled"`
	CustomTranslationStatuses              bool `json:"custom_translation_statuses"`
	CustomTranslationStatusesAllowMultiple bool `json:"custom_translation_statuses_allow_multiple"`
}

// projectStatistics describe a project's content. Of a project without keys
// every number but the team is 0, as recorded for a new one.
type projectStatistics struct {
	ProgressTotal int                  `json:"progress_total"` // percent
	KeysTotal     int                  `json:"keys_total"`
	Team          int                  `json:"team"` // contributors
	BaseWords     int                  `json:"base_words"`
	QAIssuesTotal int                  `json:"qa_issues_total"`
	QAIssues      qaIssues             `json:"qa_issues"`
	Languages     []languageStatistics `json:"languages"`
}

type qaIssues struct {
	NotReviewed                   int `json:"not_reviewed"`
	Unverified                    int `json:"unverified"`
	SpellingGrammar               int `json:"spelling_grammar"`
	InconsistentPlaceholders      int `json:"inconsistent_placeholders"`
	InconsistentHTML              int `json:"inconsistent_html"`
	DifferentNumberOfURLs         int `json:"different_number_of_urls"`
	DifferentURLs                 int `json:"different_urls"`
	LeadingWhitespace             int `json:"leading_whitespace"`
	TrailingWhitespace            int `json:"trailing_whitespace"`
	DifferentNumberOfEmailAddress int `json:"different_number_of_email_address"`
	DifferentEmailAddress         int `json:"different_email_address"`
	DifferentBrackets             int `json:"different_brackets"`
	DifferentNumbers              int `json:"different_numbers"`
	DoubleSpace                   int `json:"double_space"`
	SpecialPlaceholder            int `json:"special_placeholder"`
	UnbalancedBrackets            int `json:"unbalanced_brackets"`
}

type languageStatistics struct {
	LanguageID  int64  `json:"language_id"`
	LanguageISO string `json:"language_iso"`
	Progress    int    `json:"progress"` // percent
	WordsToDo   int    `json:"words_to_do"`
}

// apiTime is a time as API v2 writes it. A twin in Unix seconds stands beside
// it in every answer.
func apiTime(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05") + " (Etc/UTC)" }

// projectView is a project with everything that is shown with it.
func projectView(tx *state.Tx, p *state.Project) projectBody {
	body := projectWithout(tx, p)
	body.Settings, body.Statistics = settingsView(p.Settings), statisticsView(tx, p, p.ID)
	return body
}

// projectWithout is a project without its settings and statistics.
func projectWithout(tx *state.Tx, p *state.Project) projectBody {
	body := projectBody{
		ProjectID:          p.ID,
		ProjectType:        p.Type,
		Name:               p.Name,
		Description:        p.Description,
		CreatedAt:          apiTime(p.CreatedAt),
		CreatedAtTimestamp: p.CreatedAt.Unix(),
		CreatedBy:          p.CreatedBy,
		TeamID:             p.TeamID,
		BaseLanguageID:     p.BaseID,
	}
	if u := tx.Users.Get("", p.CreatedBy); u != nil {
		body.CreatedByEmail = u.Email
	}
	if l := tx.Languages.Get(p.ID, p.BaseID); l != nil {
		body.BaseLanguageISO = l.ISO
	}
	return body
}

func settingsView(s state.ProjectSettings) *projectSettings {
	view := projectSettings(s)
	return &view
}

// statisticsView shows the statistics of content of a project, languages by
// code as recorded.
func statisticsView(tx *state.Tx, p *state.Project, content string) *projectStatistics {
	s := statisticsOf(tx, p, content)
	return &projectStatistics{
		ProgressTotal: s.progress,
		KeysTotal:     s.keys,
		Team:          tx.Contributors.Len(p.ID),
		BaseWords:     s.baseWords,
		QAIssuesTotal: s.issues.total(),
		QAIssues:      s.issues,
		Languages:     s.languages,
	}
}
