package stub

import (
	"fmt"
	"time"
)

// Projects of the stub. Every project of the list can be fetched; these three
// also have keys and files, of different sizes.
const (
	// BigProject has 500,000 keys, and its bundle has 500 MB.
	BigProject = 0
	// PageProject has 5,000 keys, and its bundle has 50 MB.
	PageProject = 1
	// SmallProject has 500 keys, and its bundle has 5 MB.
	SmallProject = 2
)

// ProjectCount is the number of projects that the list has.
const ProjectCount = 100

// projectIDs are the ids of all projects, in the form of real ones: 22
// hexadecimal digits, a dot, eight digits.
var projectIDs = func() (ids [ProjectCount]string) {
	for i := range ids {
		ids[i] = fmt.Sprintf("%022x.%08d", 0x5eed00000000+i, 10000000+i)
	}
	return ids
}()

// ProjectID is the id of the i-th project. Asking for it costs nothing, so that
// it may be done while something is measured.
func ProjectID(i int) string { return projectIDs[i] }

// timeFormat is the form of times in API v2, with the zone always spelled so.
const timeFormat = "2006-01-02 15:04:05 (Etc/UTC)"

// projectLanguages are the languages of the projects, with their ids.
var projectLanguages = []struct {
	id  int
	iso string
}{{640, "en"}, {597, "de"}, {640 + 56, "uk"}, {673, "fr"}, {799, "pt_BR"}}

// qaIssues are the names of the quality checks, in the order of the answers.
var qaIssues = []string{
	"not_reviewed", "unverified", "spelling_grammar", "inconsistent_placeholders",
	"inconsistent_html", "different_number_of_urls", "different_urls",
	"leading_whitespace", "trailing_whitespace", "different_number_of_email_address",
	"different_email_address", "different_brackets", "different_numbers",
	"double_space", "special_placeholder", "unbalanced_brackets",
}

// settings are the names of the project settings, in the order of the answers.
var settings = []string{
	"per_platform_key_names", "reviewing", "auto_toggle_unverified",
	"offline_translation", "key_editing", "inline_machine_translations",
	"branching", "segmentation", "custom_translation_statuses",
	"custom_translation_statuses_allow_multiple", "contributor_preview_download_enabled",
}

// appendProject appends the i-th project as the API writes it.
func appendProject(dst []byte, i int) []byte {
	r := source(i)
	created := time.Unix(1600000000+int64(r.IntN(100000000)), 0).UTC()
	dst = fmt.Appendf(dst, `{"project_id":%q,"project_type":"localization_files","name":"`, ProjectID(i))
	dst = appendText(dst, r, "en", 3)
	dst = append(dst, `","description":"`...)
	dst = appendText(dst, r, "de", 6)
	dst = fmt.Appendf(dst, `","created_at":%q,"created_at_timestamp":%d,"created_by":%d,`,
		created.Format(timeFormat), created.Unix(), 20000+i)
	dst = fmt.Appendf(dst, `"created_by_email":"user%d@example.com","team_id":%d,"base_language_id":640,"base_language_iso":"en",`,
		i, 170000+i)
	dst = append(dst, `"settings":{`...)
	for n, name := range settings {
		dst = fmt.Appendf(dst, "%s%q:%t", comma(n), name, r.IntN(2) == 0)
	}
	dst = fmt.Appendf(dst, `},"statistics":{"progress_total":%d,"keys_total":%d,"team":%d,"base_words":%d,"qa_issues_total":%d,"qa_issues":{`,
		r.IntN(101), keyCount(i), r.IntN(40), r.IntN(100000), r.IntN(900))
	for n, name := range qaIssues {
		dst = fmt.Appendf(dst, "%s%q:%d", comma(n), name, r.IntN(300))
	}
	dst = append(dst, `},"languages":[`...)
	for n, l := range projectLanguages {
		dst = fmt.Appendf(dst, `%s{"language_id":%d,"language_iso":%q,"progress":%d,"words_to_do":%d}`,
			comma(n), l.id, l.iso, r.IntN(101), r.IntN(5000))
	}
	return append(dst, `]}}`...)
}

// comma parts the n-th element of a list from the one before it.
func comma(n int) string {
	if n == 0 {
		return ""
	}
	return ","
}

// projectList renders one page of the project list.
func projectList(first, n int) []byte {
	dst := []byte(`{"projects":[`)
	for i := range n {
		dst = append(dst, comma(i)...)
		dst = appendProject(dst, first+i)
	}
	return append(dst, `]}`...)
}
