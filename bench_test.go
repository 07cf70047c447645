package lokalise_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/golokalise/lokalise"
)

// The benchmarks stand beside a floor: net/http with encoding/json, the whole
// body decoded at once, which is what most Go code does. Compare within one
// run; the server shares the processor with both.

const oneProject = `{
 "project_id": "20008339586cded200e0d8.29879849", "project_type": "localization_files",
 "name": "Website", "description": "What visitors read",
 "created_at": "2026-03-02 08:15:00 (Etc/UTC)", "created_at_timestamp": 1772439300,
 "created_by": 4711, "created_by_email": "ada@example.com", "team_id": 815,
 "base_language_id": 640, "base_language_iso": "en",
 "settings": {"per_platform_key_names": false, "reviewing": true, "auto_toggle_unverified": true,
  "offline_translation": false, "key_editing": true, "inline_machine_translations": true,
  "branching": true, "segmentation": false, "contributor_preview_download_enabled": false,
  "custom_translation_statuses": false, "custom_translation_statuses_allow_multiple": false},
 "statistics": {"progress_total": 71, "keys_total": 1203, "team": 4, "base_words": 8712, "qa_issues_total": 12,
  "qa_issues": {"not_reviewed": 3, "unverified": 2, "spelling_grammar": 1, "inconsistent_placeholders": 0,
   "inconsistent_html": 0, "different_number_of_urls": 0, "different_urls": 0, "leading_whitespace": 4,
   "trailing_whitespace": 1, "different_number_of_email_address": 0, "different_email_address": 0,
   "different_brackets": 0, "different_numbers": 1, "double_space": 0, "special_placeholder": 0,
   "unbalanced_brackets": 0},
  "languages": [
   {"language_id": 640, "language_iso": "en", "progress": 100, "words_to_do": 0},
   {"language_id": 597, "language_iso": "lv", "progress": 80, "words_to_do": 1202},
   {"language_id": 673, "language_iso": "fr", "progress": 33, "words_to_do": 5630}]}
}`

// projectsPage returns a page of n projects that differ in identifier and name.
func projectsPage(n int) string {
	items := make([]string, n)
	for i := range items {
		p := strings.Replace(oneProject, "29879849", fmt.Sprintf("%08d", i), 1)
		items[i] = strings.Replace(p, "Website", fmt.Sprintf("Website %d", i), 1)
	}
	return `{"projects":[` + strings.Join(items, ",") + `]}`
}

// benchServer serves one project, and a page of 100 of them.
func benchServer(b *testing.B) (*httptest.Server, *lokalise.Client) {
	one, page := []byte(compactJSON(b, oneProject)), []byte(compactJSON(b, projectsPage(100)))
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("X-Lokalise-Process-Id", "9b1d60bb-4f4b-4b6f-a37a-b1f1a6f4c0de")
		body := one
		if r.URL.Path == "/api2/projects" {
			body = page
			w.Header().Set("X-Pagination-Page-Count", "1")
			w.Header().Set("X-Pagination-Page", "1")
		}
		_, _ = w.Write(body)
	}))
	b.Cleanup(srv.Close)
	client, err := lokalise.New(lokalise.WithAPIToken("benchmark"), lokalise.WithBaseURL(srv.URL), lokalise.WithoutLimits())
	if err != nil {
		b.Fatal(err)
	}
	return srv, client
}

func compactJSON(tb testing.TB, text string) string {
	var v json.RawMessage = json.RawMessage(text)
	out, err := json.Marshal(v)
	if err != nil {
		tb.Fatal(err)
	}
	return string(out)
}

// floorProject is the same model without anything of this package.
type floorProject struct {
	ProjectID          string `json:"project_id"`
	ProjectType        string `json:"project_type"`
	Name               string `json:"name"`
	Description        string `json:"description"`
	CreatedAt          string `json:"created_at"`
	CreatedAtTimestamp int64  `json:"created_at_timestamp"`
	CreatedBy          int64  `json:"created_by"`
	CreatedByEmail     string `json:"created_by_email"`
	TeamID             int64  `json:"team_id"`
	BaseLanguageID     int64  `json:"base_language_id"`
	BaseLanguageISO    string `json:"base_language_iso"`
	Settings           struct {
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
	} `json:"settings"`
	Statistics struct {
		ProgressTotal int64 `json:"progress_total"`
		KeysTotal     int64 `json:"keys_total"`
		Team          int64 `json:"team"`
		BaseWords     int64 `json:"base_words"`
		QAIssuesTotal int64 `json:"qa_issues_total"`
		QAIssues      struct {
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
			UnbalancedBrackets            int64 `json:"unbalanced_brackets"`
		} `json:"qa_issues"`
		Languages []struct {
			LanguageID  int64  `json:"language_id"`
			LanguageISO string `json:"language_iso"`
			Progress    int64  `json:"progress"`
			WordsToDo   int64  `json:"words_to_do"`
		} `json:"languages"`
	} `json:"statistics"`
}

// floorGet is what a careful program without this package does. The transport
// keeps as many connections as ours.
func floorGet(b *testing.B, client *http.Client, url string, v any) {
	req, err := http.NewRequestWithContext(b.Context(), http.MethodGet, url, nil)
	if err != nil {
		b.Fatal(err)
	}
	req.Header.Set("X-Api-Token", "benchmark")
	res, err := client.Do(req)
	if err != nil {
		b.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		b.Fatal(err)
	}
	if err := json.Unmarshal(body, v); err != nil {
		b.Fatal(err)
	}
}

func floorClient() *http.Client {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConnsPerHost = 64
	return &http.Client{Transport: t}
}

const benchProject = "20008339586cded200e0d8.29879849"

func BenchmarkGetFloor(b *testing.B) {
	srv, _ := benchServer(b)
	client := floorClient()
	b.ReportAllocs()
	for b.Loop() {
		var p floorProject
		floorGet(b, client, srv.URL+"/api2/projects/"+benchProject, &p)
	}
}

func BenchmarkGet(b *testing.B) {
	_, client := benchServer(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := client.Projects.Get(b.Context(), benchProject); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkListFloor(b *testing.B) {
	srv, _ := benchServer(b)
	client := floorClient()
	b.ReportAllocs()
	for b.Loop() {
		var page struct {
			Projects []floorProject `json:"projects"`
		}
		floorGet(b, client, srv.URL+"/api2/projects", &page)
	}
}

func BenchmarkList(b *testing.B) {
	_, client := benchServer(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := client.Projects.List(b.Context(), nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAll(b *testing.B) {
	_, client := benchServer(b)
	b.ReportAllocs()
	for b.Loop() {
		for _, err := range client.Projects.All(b.Context(), nil) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}
