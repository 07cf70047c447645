package nodesdk_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/golokalise/lokalise/internal/e2e/jsontest"
	"github.com/golokalise/lokalise/sandbox"
)

// Lives of what the sandbox gives out.
const (
	codeLife   = 10 * time.Minute
	accessLife = time.Hour
)

// website is a project of the seed without its settings and statistics.
const website = `{
	"project_id": "7746120366054f3a0b41e2.18890427", "project_type": "localization_files",
	"name": "Website", "description": "",
	"created_at": "2024-03-28 11:06:34 (Etc/UTC)", "created_at_timestamp": 1711623994,
	"created_by": 320181, "created_by_email": "mara.lind@example.com", "team_id": 276692,
	"base_language_id": 640, "base_language_iso": "en"`

// websiteStatistics are the numbers that go with it.
const websiteStatistics = `"statistics": {
	"progress_total": 93, "keys_total": 12, "team": 2, "base_words": 31, "qa_issues_total": 23,
	"qa_issues": {
		"not_reviewed": 18, "unverified": 5, "spelling_grammar": 0, "inconsistent_placeholders": 0,
		"inconsistent_html": 0, "different_number_of_urls": 0, "different_urls": 0, "leading_whitespace": 0,
		"trailing_whitespace": 0, "different_number_of_email_address": 0, "different_email_address": 0,
		"different_brackets": 0, "different_numbers": 0, "double_space": 0, "special_placeholder": 0,
		"unbalanced_brackets": 0
	},
	"languages": [
		{"language_id": 640, "language_iso": "en", "progress": 100, "words_to_do": 0},
		{"language_id": 20041, "language_iso": "es", "progress": 96, "words_to_do": 1},
		{"language_id": 20036, "language_iso": "pt_BR", "progress": 83, "words_to_do": 5}
	]
}`

// settings and statistics are those of a project that was made through the API
// and has no key.
const (
	settings = `"settings": {
		"per_platform_key_names": false, "reviewing": true, "auto_toggle_unverified": true, "offline_translation": false,
		"key_editing": true, "inline_machine_translations": true, "branching": false, "segmentation": false,
		"contributor_preview_download_enabled": false,
		"custom_translation_statuses": false, "custom_translation_statuses_allow_multiple": false
	}`
	statistics = `"statistics": {
		"progress_total": 0, "keys_total": 0, "team": %d, "base_words": 0, "qa_issues_total": 0,
		"qa_issues": {
			"not_reviewed": 0, "unverified": 0, "spelling_grammar": 0, "inconsistent_placeholders": 0,
			"inconsistent_html": 0, "different_number_of_urls": 0, "different_urls": 0, "leading_whitespace": 0,
			"trailing_whitespace": 0, "different_number_of_email_address": 0, "different_email_address": 0,
			"different_brackets": 0, "different_numbers": 0, "double_space": 0, "special_placeholder": 0,
			"unbalanced_brackets": 0
		},
		"languages": [%s]
	}`
)

// language is a language in a project's statistics.
func language(id int, iso string) string {
	return fmt.Sprintf(`{"language_id": %d, "language_iso": %q, "progress": 0, "words_to_do": 0}`, id, iso)
}

func TestProjectsListByPages(t *testing.T) {
	t.Parallel()
	s := start(t, sandbox.WithoutRateLimit())
	api := s.oauth(s.grant("read_projects").Access)
	// The user sees three projects: Help center, Mobile app, Website.
	list := api.call("projects.list", map[string]any{"page": 2, "limit": 2, "include_settings": 0, "include_statistics": "0"}).
		is("PaginatedResult", `{
			"totalResults": 3, "totalPages": 2, "resultsPerPage": 2, "currentPage": 2, "responseTooBig": false,
			"items": [`+website+`}]
		}`)
	if list.Items != "Project" {
		t.Errorf("the items are of class %s", list.Items)
	}
	jsontest.AssertMatch(t, list.Questions, `{
		"hasNextPage": false, "hasPrevPage": true, "isLastPage": true, "isFirstPage": false, "nextPage": 2, "prevPage": 1
	}`)
	first := api.call("projects.list", map[string]any{"limit": 2})
	first.succeeded()
	jsontest.AssertMatch(t, first.Questions, `{
		"hasNextPage": true, "hasPrevPage": false, "isLastPage": false, "isFirstPage": true, "nextPage": 2, "prevPage": 1
	}`)
}

func TestProjectsListByTeamAndName(t *testing.T) {
	t.Parallel()
	s := start(t, sandbox.WithoutRateLimit())
	api := s.oauth(s.grant("read_projects").Access)
	api.call("projects.list", map[string]any{
		"filter_team_id": 276692, "filter_names": "Website,Nobody's", "include_settings": 1, "include_statistics": "1",
	}).is("PaginatedResult", `{
		"totalResults": 1, "totalPages": 1, "resultsPerPage": 100, "currentPage": 1, "responseTooBig": false,
		"items": [`+website+`, `+settings+`, `+websiteStatistics+`}]
	}`)
	api.call("projects.list", map[string]any{"filter_team_id": 1}).is("PaginatedResult", `{
		"totalResults": 0, "totalPages": 0, "resultsPerPage": 100, "currentPage": 1, "responseTooBig": false, "items": []
	}`)
}

// TestProjectsFromCreateToDelete: what one call changes the next one shows.
func TestProjectsFromCreateToDelete(t *testing.T) {
	t.Parallel()
	s := start(t, sandbox.WithoutRateLimit())
	s.box.Clock().Freeze()
	now := s.box.Clock().Now()
	api := s.oauth(s.grant(scopes).Access)
	project := func(id, name, description string) string {
		return fmt.Sprintf(`{
			"project_id": %q, "project_type": "localization_files", "name": %q, "description": %q,
			"created_at": %q, "created_at_timestamp": %d,
			"created_by": 320181, "created_by_email": "mara.lind@example.com", "team_id": 276692,
			"base_language_id": 673, "base_language_iso": "fr", `+settings+`, `+statistics+`
		}`, id, name, description, now.Format("2006-01-02 15:04:05")+" (Etc/UTC)", now.Unix(), 1, language(640, "en")+","+language(673, "fr"))
	}
	var made struct {
		ID string `json:"project_id"`
	}
	api.call("projects.create", map[string]any{
		"name": "Déjà vu", "description": "Twice", "base_lang_iso": "fr",
		"languages": []map[string]string{{"lang_iso": "en"}, {"lang_iso": "fr"}},
	}).is("Project", project(`~[0-9a-f]{22}\.[0-9]{8}`, "Déjà vu", "Twice")).decode(&made)

	api.call("projects.get", made.ID).is("Project", project(made.ID, "Déjà vu", "Twice"))
	api.call("projects.update", made.ID, map[string]any{"name": "Once", "description": ""}).
		is("Project", project(made.ID, "Once", ""))
	api.call("projects.get", made.ID).is("Project", project(made.ID, "Once", ""))
	api.call("projects.empty", made.ID).is("Object", fmt.Sprintf(`{"project_id": %q, "keys_deleted": true}`, made.ID))
	api.call("projects.delete", made.ID).is("Object", fmt.Sprintf(`{"project_id": %q, "project_deleted": true}`, made.ID))
	api.call("projects.get", made.ID).fails("ApiError", apiError(404, "Not Found"))
}

func TestProjectsRefusals(t *testing.T) {
	t.Parallel()
	s := start(t, sandbox.WithoutRateLimit())
	api := s.oauth(s.grant(scopes).Access)
	api.call("projects.create", map[string]any{"description": "nameless"}).fails("ApiError", apiError(400, "Invalid `name` parameter"))
	api.call("projects.create", map[string]any{"name": "x", "languages": []map[string]string{{"lang_iso": "nowhere"}}}).
		fails("ApiError", apiError(400, "Invalid `languages`.`lang_iso` parameter"))
	api.call("projects.get", "0000000000000000000000.00000000").fails("ApiError", apiError(404, "Not Found"))
	api.call("projects.delete", "0000000000000000000000.00000000").fails("ApiError", apiError(404, "Not Found"))
}

// TestMissingScopeIsForbidden: a token that may read may not write.
func TestMissingScopeIsForbidden(t *testing.T) {
	t.Parallel()
	s := start(t, sandbox.WithoutRateLimit())
	api := s.oauth(s.grant("read_projects").Access)
	api.call("projects.create", map[string]any{"name": "x"}).fails("ApiError", apiError(403, "Forbidden"))
	api.call("projects.list").succeeded()

	api = s.oauth(s.grant("write_projects").Access)
	api.call("projects.list").fails("ApiError", apiError(403, "Forbidden"))
}

// TestExpiredTokenIsRefreshed: an hour later the token is refused, and the one
// from a refresh is good.
func TestExpiredTokenIsRefreshed(t *testing.T) {
	t.Parallel()
	s := start(t, sandbox.WithoutRateLimit())
	granted := s.grant(scopes)
	s.box.Clock().Advance(accessLife - time.Minute)
	s.oauth(granted.Access).call("projects.list").succeeded()
	s.box.Clock().Advance(time.Minute)
	s.oauth(granted.Access).call("projects.list").fails("ApiError", apiError(401, "Unauthorized"))

	var refreshed tokens
	s.auth().call("refresh", granted.Refresh).decode(&refreshed)
	s.oauth(refreshed.Access).call("projects.get", "7746120366054f3a0b41e2.18890427").succeeded()
}

func TestAPIToken(t *testing.T) {
	t.Parallel()
	s := start(t, sandbox.WithoutRateLimit())
	s.api().call("projects.get", "7746120366054f3a0b41e2.18890427").
		is("Project", website+`, `+settings+`, `+websiteStatistics+`}`)
	last := s.box.Journal()[len(s.box.Journal())-1]
	if last.Credential != "API token" || last.User != "mara.lind@example.com" {
		t.Errorf("the sandbox saw %q of %q", last.Credential, last.User)
	}
	host := s.box.URL()
	s.object("LokaliseApi", map[string]string{"apiKey": "malformed", "host": host}).call("projects.list").
		fails("ApiError", apiError(400, "Invalid `X-Api-Token` header"))
	s.object("LokaliseApi", map[string]string{"apiKey": "0123456789012345678901234567890123456789", "host": host}).call("projects.list").
		fails("ApiError", apiError(401, "Unauthorized"))
}

// TestTooManyRequests: the SDK does not wait by itself.
func TestTooManyRequests(t *testing.T) {
	t.Parallel()
	s := start(t, sandbox.WithRateLimit(1))
	s.box.Clock().Freeze()
	s.api().call("projects.list").succeeded()
	s.api().call("projects.list").fails("ApiError", apiError(429, "Too many requests. Cool your jets and try again in a bit"))
	s.box.Clock().Advance(time.Second)
	s.api().call("projects.list").succeeded()
}

// apiError is what the SDK throws for an error of the API. The details are its
// own: the API sent none.
func apiError(code int, message string) string {
	return fmt.Sprintf(`{"message": %q, "code": %d, "details": {"reason": "server error without details"}}`, message, code)
}
