package sandbox_test

import (
	"testing"
)

type statistics struct {
	Progress  int            `json:"progress_total"`
	Keys      int            `json:"keys_total"`
	BaseWords int            `json:"base_words"`
	Total     int            `json:"qa_issues_total"`
	Issues    map[string]int `json:"qa_issues"`
	Languages []struct {
		ISO      string `json:"language_iso"`
		Progress int    `json:"progress"`
		ToDo     int    `json:"words_to_do"`
	} `json:"languages"`
}

func (b *filesBox) statistics() statistics {
	b.Helper()
	var body struct{ Statistics statistics }
	b.ok("GET", "", "").decode(b, &body)
	return body.Statistics
}

func TestStatisticsCountWordsAndKeys(t *testing.T) {
	t.Parallel()
	b := startFiles(t)
	b.imported("en.json", "en", `{"a":"one two three","b":"four","c":""}`)
	b.imported("de.json", "de", `{"a":"eins zwei drei"}`)
	got := b.statistics()
	if got.Keys != 3 || got.BaseWords != 4 || got.Progress != (66+75+0)/3 {
		t.Errorf("%+v", got)
	}
	want := "de 75 1, en 66 0, fr 0 4, "
	text := ""
	for _, l := range got.Languages {
		text += l.ISO + " " + jsonText(t, l.Progress) + " " + jsonText(t, l.ToDo) + ", "
	}
	expect(t, "languages", text, want)
	if got.Issues["not_reviewed"] != 9 || got.Issues["unverified"] != 6 || got.Total != 15 {
		t.Errorf("issues %d: %v", got.Total, got.Issues)
	}
	b.ok("PUT", "/empty", "")
	if got := b.statistics(); got.Keys != 0 || got.Total != 0 || got.Progress != 0 || got.Languages[1].Progress != 0 {
		t.Errorf("emptied: %+v", got)
	}
}

func TestStatisticsFindIssues(t *testing.T) {
	t.Parallel()
	for issue, texts := range map[string][2]string{
		"inconsistent_placeholders":         {"Hi %1$s, {count} left", "Hallo %1$d, {count} übrig"},
		"inconsistent_html":                 {"A <b>bold</b> word", "Ein fettes Wort"},
		"different_number_of_urls":          {"See https://example.com/a", "Siehe dort"},
		"different_urls":                    {"See https://example.com/a.", "Siehe https://example.com/b."},
		"different_number_of_email_address": {"Ask me@example.com", "Frag mich"},
		"different_email_address":           {"Ask me@example.com", "Frag du@example.com"},
		"different_brackets":                {"One (more)", "Noch [eins]"},
		"unbalanced_brackets":               {"Done", "Fertig)"},
		"different_numbers":                 {"3 of 10", "3 von 12"},
		"leading_whitespace":                {"Name", " Name"},
		"trailing_whitespace":               {"Name", "Name\n"},
		"double_space":                      {"One two", "Eins  zwei"},
	} {
		b := startFiles(t)
		b.imported("x.json", "en", `{"k":`+jsonText(t, texts[0])+`}`)
		before := b.statistics()
		b.imported("x.json", "de", `{"k":`+jsonText(t, texts[1])+`}`)
		after := b.statistics()
		if before.Issues[issue] != 0 || after.Issues[issue] != 1 {
			t.Errorf("%s: %d before, %v after", issue, before.Issues[issue], after.Issues)
		}
		for other, n := range after.Issues {
			if n > 0 && other != issue && other != "not_reviewed" && other != "unverified" && (issue != "unbalanced_brackets" || other != "different_brackets") {
				t.Errorf("%s: also %s", issue, other)
			}
		}
		if b.imported("x.json", "de", `{"k":"Gut"}`, `"replace_modified":true`); issue == "double_space" && b.statistics().Issues[issue] != 0 {
			t.Errorf("%s: stays", issue)
		}
	}
}

func TestStatisticsOfABranchAreItsOwn(t *testing.T) {
	t.Parallel()
	b, _ := startBranches(t)
	b.on("next").imported("more.json", "en", `{"c":"C"}`)
	if master, next := b.statistics(), b.on("next").statistics(); master.Keys != 2 || next.Keys != 3 {
		t.Errorf("%d keys in master, %d in the branch", master.Keys, next.Keys)
	}
}
