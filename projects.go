package lokalise

import (
	"context"
	stdjson "encoding/json"
	"iter"
	"net/url"
	"strconv"
	"strings"
)

// ProjectsService calls the operations on projects.
type ProjectsService struct{ service }

// Project is a project.
type Project struct {
	ProjectID          ProjectID                     `json:"project_id"`
	UUID               Opt[string]                   `json:"uuid,omitzero"`
	ProjectType        ProjectType                   `json:"project_type"`
	Name               string                        `json:"name"`
	Description        string                        `json:"description"`
	CreatedAt          Time                          `json:"created_at"`
	CreatedAtTimestamp Timestamp                     `json:"created_at_timestamp"`
	CreatedBy          int64                         `json:"created_by"`
	CreatedByEmail     string                        `json:"created_by_email"`
	TeamID             int64                         `json:"team_id"`
	TeamUUID           Opt[string]                   `json:"team_uuid,omitzero"`
	BaseLanguageID     int64                         `json:"base_language_id"`
	BaseLanguageISO    string                        `json:"base_language_iso"`
	Settings           Opt[ProjectSettings]          `json:"settings,omitzero"`
	Statistics         Opt[ProjectStatistics]        `json:"statistics,omitzero"`
	Extra              map[string]stdjson.RawMessage `json:",embed,inline"`
}

// ProjectType is the kind of a project.
type ProjectType string

// Timestamp is a time in Unix seconds.
type Timestamp int64

// ProjectSettings are the settings of a project.
type ProjectSettings struct {
	PerPlatformKeyNames                    bool                          `json:"per_platform_key_names"`
	Reviewing                              bool                          `json:"reviewing"`
	AutoToggleUnverified                   bool                          `json:"auto_toggle_unverified"`
	OfflineTranslation                     bool                          `json:"offline_translation"`
	KeyEditing                             bool                          `json:"key_editing"`
	InlineMachineTranslations              bool                          `json:"inline_machine_translations"`
	Branching                              Opt[bool]                     `json:"branching,omitzero"`
	Segmentation                           Opt[bool]                     `json:"segmentation,omitzero"`
	CustomTranslationStatuses              Opt[bool]                     `json:"custom_translation_statuses,omitzero"`
	CustomTranslationStatusesAllowMultiple Opt[bool]                     `json:"custom_translation_statuses_allow_multiple,omitzero"`
	Extra                                  map[string]stdjson.RawMessage `json:",embed,inline"`
}

// ProjectStatistics counts what is in a project.
type ProjectStatistics struct {
	ProgressTotal int64                         `json:"progress_total"`
	KeysTotal     int64                         `json:"keys_total"`
	Team          int64                         `json:"team"`
	BaseWords     int64                         `json:"base_words"`
	QAIssuesTotal int64                         `json:"qa_issues_total"`
	QAIssues      map[string]int64              `json:"qa_issues"`
	Languages     []ProjectLanguageStatistics   `json:"languages"`
	Extra         map[string]stdjson.RawMessage `json:",embed,inline"`
}

// ProjectLanguageStatistics counts what is left to do in a language.
type ProjectLanguageStatistics struct {
	LanguageID  int64                         `json:"language_id"`
	LanguageISO string                        `json:"language_iso"`
	Progress    int64                         `json:"progress"`
	WordsToDo   int64                         `json:"words_to_do"`
	Extra       map[string]stdjson.RawMessage `json:",embed,inline"`
}

// ProjectDeleted is the answer to [ProjectsService.Delete].
type ProjectDeleted struct {
	ProjectID      ProjectID `json:"project_id"`
	ProjectDeleted bool      `json:"project_deleted"`
}

// ProjectEmptied is the answer to [ProjectsService.Empty].
type ProjectEmptied struct {
	ProjectID   ProjectID   `json:"project_id"`
	KeysDeleted bool        `json:"keys_deleted"`
	Branch      Opt[string] `json:"branch,omitzero"`
}

// ProjectListOptions filters and pages a list of projects.
type ProjectListOptions struct {
	// TeamID lists only this team's projects.
	TeamID int64
	// Names lists only projects with these names.
	Names []string
	// IncludeStatistics false leaves the statistics out. Defaults to true.
	IncludeStatistics Opt[bool]
	// IncludeSettings false leaves the settings out. Defaults to true.
	IncludeSettings Opt[bool]
	// Page is the page to fetch, from 1. Defaults to 1.
	Page int
	// Limit is the number of projects on a page, at most 5,000. Defaults to 100.
	Limit int
}

func (o *ProjectListOptions) values() url.Values {
	v := url.Values{}
	if o == nil {
		return v
	}
	if o.TeamID != 0 {
		v.Set("filter_team_id", strconv.FormatInt(o.TeamID, 10))
	}
	if len(o.Names) > 0 {
		v.Set("filter_names", strings.Join(o.Names, ","))
	}
	if o.Page != 0 {
		v.Set("page", strconv.Itoa(o.Page))
	}
	if o.Limit != 0 {
		v.Set("limit", strconv.Itoa(o.Limit))
	}
	return v
}

// ProjectCreateRequest is the body of [ProjectsService.Create].
type ProjectCreateRequest struct {
	Name                  string            `json:"name"`
	TeamID                Opt[int64]        `json:"team_id,omitzero"`
	Description           Opt[string]       `json:"description,omitzero"`
	Languages             []ProjectLanguage `json:"languages,omitzero"`
	BaseLangISO           Opt[string]       `json:"base_lang_iso,omitzero"`
	ProjectType           ProjectType       `json:"project_type,omitzero"`
	IsSegmentationEnabled Opt[bool]         `json:"is_segmentation_enabled,omitzero"`
	ContentIntegration    Opt[string]       `json:"content_integration,omitzero"`
}

// ProjectLanguage is a language of a project to be created.
type ProjectLanguage struct {
	LangISO   string      `json:"lang_iso"`
	CustomISO Opt[string] `json:"custom_iso,omitzero"`
}

// ProjectUpdateRequest is the body of [ProjectsService.Update].
type ProjectUpdateRequest struct {
	Name        string      `json:"name"`
	Description Opt[string] `json:"description,omitzero"`
}

// List fetches one page of the projects.
//
//lokalise:op GET /projects
func (s *ProjectsService) List(ctx context.Context, o *ProjectListOptions, opts ...RequestOption) (*Page[Project], error) {
	var out struct {
		Projects []Project `json:"projects"`
	}
	r, err := s.client.do(ctx, "GET", "/projects", o.values(), nil, &out, opts)
	if err != nil {
		return nil, err
	}
	return &Page[Project]{Items: out.Projects, Response: r}, nil
}

// All goes through all projects.
func (s *ProjectsService) All(ctx context.Context, o *ProjectListOptions, opts ...RequestOption) iter.Seq2[*Project, error] {
	return func(yield func(*Project, error) bool) {
		var q ProjectListOptions
		if o != nil {
			q = *o
		}
		for q.Page = max(q.Page, 1); ; q.Page++ {
			page, err := s.List(ctx, &q, opts...)
			if err != nil {
				yield(nil, err)
				return
			}
			for i := range page.Items {
				if !yield(&page.Items[i], nil) {
					return
				}
			}
			n, _ := strconv.Atoi(page.Response.Header.Get("X-Pagination-Page-Count"))
			if q.Page >= n {
				return
			}
		}
	}
}

// Get fetches one project.
//
//lokalise:op GET /projects/{project_id}
func (s *ProjectsService) Get(ctx context.Context, id ProjectID, opts ...RequestOption) (*Project, error) {
	out := new(Project)
	_, err := s.client.do(ctx, "GET", "/projects/"+string(id), nil, nil, out, opts)
	if err != nil {
		return nil, err
	}
	return out, nil
}

// Create creates a project.
//
//lokalise:op POST /projects
func (s *ProjectsService) Create(ctx context.Context, body *ProjectCreateRequest, opts ...RequestOption) (*Project, error) {
	out := new(Project)
	_, err := s.client.do(ctx, "POST", "/projects", nil, body, out, opts)
	if err != nil {
		return nil, err
	}
	return out, nil
}

// Update renames or describes a project.
//
//lokalise:op PUT /projects/{project_id}
func (s *ProjectsService) Update(ctx context.Context, id ProjectID, body *ProjectUpdateRequest, opts ...RequestOption) (*Project, error) {
	out := new(Project)
	_, err := s.client.do(ctx, "PUT", "/projects/"+string(id), nil, body, out, opts)
	if err != nil {
		return nil, err
	}
	return out, nil
}

// Delete deletes a project.
//
//lokalise:op DELETE /projects/{project_id}
func (s *ProjectsService) Delete(ctx context.Context, id ProjectID, opts ...RequestOption) (*ProjectDeleted, error) {
	out := new(ProjectDeleted)
	_, err := s.client.do(ctx, "DELETE", "/projects/"+string(id), nil, nil, out, opts)
	if err != nil {
		return nil, err
	}
	return out, nil
}

// Empty deletes all keys of a project.
//
//lokalise:op PUT /projects/{project_id}/empty
func (s *ProjectsService) Empty(ctx context.Context, id ProjectID, opts ...RequestOption) (*ProjectEmptied, error) {
	out := new(ProjectEmptied)
	_, err := s.client.do(ctx, "PUT", "/projects/"+string(id)+"/empty", nil, nil, out, opts)
	if err != nil {
		return nil, err
	}
	return out, nil
}
