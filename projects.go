package lokalise

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"

	"github.com/golokalise/lokalise/internal/wire"
)

// ProjectsService calls the operations on projects
// (https://developers.lokalise.com/reference/list-all-projects).
type ProjectsService struct{ service }

// ProjectType is the kind of a project.
type ProjectType string

// The documented kinds of projects.
const (
	ProjectTypeLocalizationFiles     ProjectType = "localization_files"
	ProjectTypePagedDocuments        ProjectType = "paged_documents"
	ProjectTypeContentIntegration    ProjectType = "content_integration"
	ProjectTypeMarketing             ProjectType = "marketing"
	ProjectTypeMarketingIntegrations ProjectType = "marketing_integrations"
)

// Project is a project.
type Project struct {
	ProjectID ProjectID `json:"project_id"`
	// ProjectType is missing in answers recorded before 2020.
	ProjectType ProjectType `json:"project_type,omitzero"`
	// UUID is declared by the official Node SDK and was never recorded.
	UUID               Opt[string] `json:"uuid,omitzero"`
	Name               string      `json:"name"`
	Description        string      `json:"description"`
	CreatedAt          Time        `json:"created_at"`
	CreatedAtTimestamp Timestamp   `json:"created_at_timestamp,omitzero"`
	// CreatedBy is the identifier of the user who created the project.
	CreatedBy      int64  `json:"created_by"`
	CreatedByEmail string `json:"created_by_email"`
	TeamID         int64  `json:"team_id"`
	// TeamUUID is declared by the official Node SDK and was never recorded.
	TeamUUID        Opt[string] `json:"team_uuid,omitzero"`
	BaseLanguageID  int64       `json:"base_language_id,omitzero"`
	BaseLanguageISO string      `json:"base_language_iso,omitzero"`
	// Settings are absent when a list was asked to leave them out.
	Settings Opt[ProjectSettings] `json:"settings,omitzero"`
	// Statistics are absent when a list was asked to leave them out.
	Statistics Opt[ProjectStatistics] `json:"statistics,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// ProjectSettings are the settings of a project. The API does not change them.
type ProjectSettings struct {
	PerPlatformKeyNames       bool `json:"per_platform_key_names"`
	Reviewing                 bool `json:"reviewing"`
	AutoToggleUnverified      bool `json:"auto_toggle_unverified"`
	OfflineTranslation        bool `json:"offline_translation"`
	KeyEditing                bool `json:"key_editing"`
	InlineMachineTranslations bool `json:"inline_machine_translations"`
	// Branching tells whether [ProjectID.Branch] can be used. It is absent in
	// answers recorded before 2020.
	Branching Opt[bool] `json:"branching,omitzero"`
	// Segmentation is absent in answers recorded before 2022.
	Segmentation Opt[bool] `json:"segmentation,omitzero"`
	// Upvoting is absent in answers recorded after 2022.
	Upvoting Opt[bool] `json:"upvoting,omitzero"`
	// ContributorPreviewDownloadEnabled was first recorded in 2023.
	ContributorPreviewDownloadEnabled Opt[bool] `json:"contributor_preview_download_enabled,omitzero"`
	// CustomTranslationStatuses is absent in answers recorded before 2021.
	CustomTranslationStatuses Opt[bool] `json:"custom_translation_statuses,omitzero"`
	// CustomTranslationStatusesAllowMultiple is absent in answers recorded
	// before 2021.
	CustomTranslationStatusesAllowMultiple Opt[bool] `json:"custom_translation_statuses_allow_multiple,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// ProjectStatistics counts what is in a project.
type ProjectStatistics struct {
	// ProgressTotal is how much is translated, in percent.
	ProgressTotal int64 `json:"progress_total"`
	KeysTotal     int64 `json:"keys_total"`
	// Team is the number of people who work on the project.
	Team int64 `json:"team"`
	// BaseWords is the number of words in the base language.
	BaseWords     int64           `json:"base_words"`
	QAIssuesTotal int64           `json:"qa_issues_total"`
	QAIssues      ProjectQAIssues `json:"qa_issues"`
	// Languages has an element for each language of the project.
	Languages []ProjectLanguageStatistics `json:"languages"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// ProjectQAIssues counts the issues that the quality checks found, by check.
type ProjectQAIssues struct {
	NotReviewed                   int64 `json:"not_reviewed"`
	Unverified                    int64 `json:"unverified"`
	SpellingGrammar               int64 `json:"spelling_grammar"`
	InconsistentPlaceholders      int64 `json:"inconsistent_placeholders"`
	InconsistentHTML              int64 `json:"inconsistent_html"`
	DifferentNumberOfURLs         int64 `json:"different_number_of_urls"`
	DifferentURLs                 int64 `json:"different_urls"`
	LeadingWhitespace             int64 `json:"leading_whitespace"`
	TrailingWhitespace            int64 `json:"trailing_whitespace"`
	DifferentNumberOfEmailAddress int64 `json:"different_number_of_email_address"`
	DifferentEmailAddress         int64 `json:"different_email_address"`
	DifferentBrackets             int64 `json:"different_brackets"`
	DifferentNumbers              int64 `json:"different_numbers"`
	DoubleSpace                   int64 `json:"double_space"`
	SpecialPlaceholder            int64 `json:"special_placeholder"`
	// UnbalancedBrackets is absent in answers recorded before 2021.
	UnbalancedBrackets Opt[int64] `json:"unbalanced_brackets,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// decodeProjectQAIssues leaves out what stood here in 2018: the total alone,
// as a number.
func decodeProjectQAIssues(d *wire.Decoder, m *ProjectQAIssues) {
	if kind := d.Kind(); kind != '{' && kind != '[' {
		d.Skip()
		return
	}
	decodeProjectQAIssuesMembers(d, m)
}

// ProjectLanguageStatistics counts what is left to do in one language.
type ProjectLanguageStatistics struct {
	LanguageID  int64  `json:"language_id"`
	LanguageISO string `json:"language_iso"`
	// Progress is how much is translated, in percent.
	Progress int64 `json:"progress"`
	// WordsToDo is the number of words of the base language that are not
	// translated yet.
	WordsToDo int64 `json:"words_to_do"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// ProjectDeleted is what [ProjectsService.Delete] returns.
type ProjectDeleted struct {
	ProjectID ProjectID `json:"project_id"`
	// ProjectDeleted may be false although the request succeeded, a third
	// party says.
	ProjectDeleted bool `json:"project_deleted"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// ProjectEmptied is what [ProjectsService.Empty] returns.
type ProjectEmptied struct {
	ProjectID   ProjectID `json:"project_id"`
	KeysDeleted bool      `json:"keys_deleted"`
	// Branch is the name of the branch; it is absent where the project has
	// none.
	Branch Opt[string] `json:"branch,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// ProjectListOptions filters and pages a list of projects. nil and the zero
// value list everything.
type ProjectListOptions struct {
	// TeamID lists the projects of one team only. Defaults to all teams.
	TeamID int64
	// Names lists the projects with these names only. A name that holds a comma
	// cannot be asked for. Defaults to all names.
	Names []string
	// IncludeStatistics leaves the statistics out when it is false. Defaults
	// to true.
	IncludeStatistics Opt[bool]
	// IncludeSettings leaves the settings out when it is false. Defaults to
	// true.
	IncludeSettings Opt[bool]
	// Page is the number of the page, from 1; All starts there. Defaults to 1.
	Page int
	// Limit is the number of projects on a page, at most 5,000. Defaults to
	// 100.
	Limit int
}

func (o *ProjectListOptions) encode(q *query) paging {
	if o == nil {
		return paging{}
	}
	q.int("filter_team_id", o.TeamID)
	commaList(q, "filter_names", o.Names)
	q.flag("include_statistics", o.IncludeStatistics)
	q.flag("include_settings", o.IncludeSettings)
	return paging{start: position{number: o.Page, limit: o.Limit}}
}

// ProjectCreateRequest is the body of [ProjectsService.Create].
type ProjectCreateRequest struct {
	// Name is required.
	Name string `json:"name"`
	// TeamID is the team that gets the project. Defaults to the current team.
	TeamID      Opt[int64]  `json:"team_id,omitzero"`
	Description Opt[string] `json:"description,omitzero"`
	// Languages are the languages to begin with.
	Languages []ProjectLanguage `json:"languages,omitzero"`
	// BaseLangISO must be one of Languages.
	BaseLangISO Opt[string] `json:"base_lang_iso,omitzero"`
	// ProjectType is the kind of the project. Defaults to
	// [ProjectTypeLocalizationFiles].
	ProjectType ProjectType `json:"project_type,omitzero"`
	// IsSegmentationEnabled switches segmentation on. Defaults to false.
	IsSegmentationEnabled Opt[bool] `json:"is_segmentation_enabled,omitzero"`
	// ContentIntegration is needed for [ProjectTypeContentIntegration].
	ContentIntegration Opt[string] `json:"content_integration,omitzero"`
}

// ProjectLanguage is a language of a project that is to be created.
type ProjectLanguage struct {
	// LangISO is the code of the language, such as "en_US". It is required.
	LangISO string `json:"lang_iso"`
	// CustomISO is the code that the project uses for it. Defaults to LangISO.
	CustomISO Opt[string] `json:"custom_iso,omitzero"`
}

// ProjectUpdateRequest is the body of [ProjectsService.Update].
type ProjectUpdateRequest struct {
	// Name is required, also when it stays the same.
	Name string `json:"name"`
	// Description stays as it is when it is absent.
	Description Opt[string] `json:"description,omitzero"`
}

// List returns one page of the projects that the token can see.
//
// It needs the scope read_projects.
// https://developers.lokalise.com/reference/list-all-projects
//
//lokalise:op GET /projects
func (s *ProjectsService) List(ctx context.Context, o *ProjectListOptions, opts ...RequestOption) (*Page[Project], error) {
	r := s.client.newCall(http.MethodGet, "/projects", opts)
	r.result = "projects"
	return listPage(ctx, r, o.encode(&r.query), decodeProject)
}

// All goes through all projects that the token can see, page by page.
//
// It needs the scope read_projects.
// https://developers.lokalise.com/reference/list-all-projects
//
//lokalise:op GET /projects
func (s *ProjectsService) All(ctx context.Context, o *ProjectListOptions, opts ...RequestOption) iter.Seq2[*Project, error] {
	r := s.client.newCall(http.MethodGet, "/projects", opts)
	r.result = "projects"
	return iterate(ctx, r, o.encode(&r.query), decodeProject)
}

// Get returns a project.
//
// It needs the scope read_projects.
// https://developers.lokalise.com/reference/retrieve-a-project
//
//lokalise:op GET /projects/{project_id}
func (s *ProjectsService) Get(ctx context.Context, project ProjectID, opts ...RequestOption) (*Project, error) {
	r := s.client.newCall(http.MethodGet, "/projects/{project_id}", opts)
	r.path.projectID(project)
	return one(ctx, r, decodeProject)
}

// Create creates a project. The user must be an admin of the team.
//
// It needs the scope write_projects.
// https://developers.lokalise.com/reference/create-a-project
//
//lokalise:op POST /projects
func (s *ProjectsService) Create(ctx context.Context, body *ProjectCreateRequest, opts ...RequestOption) (*Project, error) {
	r := s.client.newCall(http.MethodPost, "/projects", opts)
	withBody(r, body)
	return one(ctx, r, decodeProject)
}

// Update changes the name and the description of a project. The user needs the
// right to manage its settings.
//
// It needs the scope write_projects.
// https://developers.lokalise.com/reference/update-a-project
//
//lokalise:op PUT /projects/{project_id}
func (s *ProjectsService) Update(ctx context.Context, project ProjectID, body *ProjectUpdateRequest, opts ...RequestOption) (*Project, error) {
	r := s.client.newCall(http.MethodPut, "/projects/{project_id}", opts)
	r.path.projectID(project)
	withBody(r, body)
	return one(ctx, r, decodeProject)
}

// Delete deletes a project with everything in it. There is no way back.
//
// It needs the scope write_projects.
// https://developers.lokalise.com/reference/delete-a-project
//
//lokalise:op DELETE /projects/{project_id}
func (s *ProjectsService) Delete(ctx context.Context, project ProjectID, opts ...RequestOption) (*ProjectDeleted, error) {
	r := s.client.newCall(http.MethodDelete, "/projects/{project_id}", opts)
	r.path.projectID(project)
	return one(ctx, r, decodeProjectDeleted)
}

// Empty deletes all keys and translations of a project. The user needs the
// right to manage its settings.
//
// It needs the scope write_projects.
// https://developers.lokalise.com/reference/empty-a-project
//
//lokalise:op PUT /projects/{project_id}/empty
func (s *ProjectsService) Empty(ctx context.Context, project ProjectID, opts ...RequestOption) (*ProjectEmptied, error) {
	r := s.client.newCall(http.MethodPut, "/projects/{project_id}/empty", opts)
	r.path.projectID(project)
	return one(ctx, r, decodeProjectEmptied)
}
