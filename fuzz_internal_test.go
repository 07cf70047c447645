package lokalise

import (
	"net/http"
	"testing"
	"time"
	"unicode"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/golokalise/lokalise/internal/wire"
)

func FuzzErrorBody(f *testing.F) {
	for _, seed := range []string{
		`{"error": {"message": "Not Found", "code": 404}}`, `{"message": "Too many requests", "code": 429}`,
		`{"errorCode": "002_TOKEN_EXPIRED", "message": "Expired", "details": {"a": 1}}`,
		`{"message": "No such token", "statusCode": 404, "error": "ENTITY_NOT_FOUND"}`,
		`{"data": [], "meta": {"count": 0}, "errors": ["Term is empty", {"message": "x"}, 7]}`,
		`{"error": {"error": {"error": {"code": "1e9"}}}}`, `{"error": [], "errors": {}, "code": {}}`,
		`<html>`, ``, `{"error": {"message": "Int`, "{\"message\": \"\x00\xff\\ud83d\"}", `[[[[`, `null`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		fields := parseErrorBody(body)
		for _, text := range append(fields.errors, fields.message, fields.errorCode, plainMessage(body)) {
			// A list is joined after each of its texts was bounded.
			if len(text) > 2*maxErrorMessage+len(body) {
				t.Errorf("%d bytes of text", len(text))
			}
			for _, r := range text {
				if unicode.IsControl(r) {
					t.Errorf("control character in %q", text)
				}
			}
		}
		if fields.details != nil && !jsontext.Value(fields.details).IsValid(wire.ReadOptions) {
			t.Errorf("details are no JSON: %q", fields.details)
		}
	})
}

func FuzzRateHeaders(f *testing.F) {
	f.Add("10, 10;w=1, 10;w=1", "9", "1", "")
	f.Add("6", "0", "1893456000", "Wed, 21 Oct 2065 07:28:00 GMT")
	f.Add("", "", "", "3")
	f.Add("-1;w", "0;0", "NaN", "1e308")
	f.Add(",", ";", "+Inf", "-5")
	f.Fuzz(func(t *testing.T, limit, remaining, reset, after string) {
		h := http.Header{rateLimitHeader: {limit}, rateRemainingHeader: {remaining}, rateResetHeader: {reset}, "Retry-After": {after}}
		state, _ := rateState(h)
		for _, d := range []time.Duration{state.Wait, rateReset(h), retryAfter(h, time.Unix(1772439300, 0))} {
			if d < 0 || d > longestWait {
				t.Errorf("a wait of %v", d)
			}
		}
		if state.Limit < 0 {
			t.Errorf("a limit of %d", state.Limit)
		}
	})
}

// FuzzDecoders holds the generated decoders against the JSON library, which
// reads the same structs by reflection: whatever the library takes, they must
// take too, and read alike. They take more.
func FuzzDecoders(f *testing.F) {
	for _, seed := range []string{
		`{"project_id": "p", "team_id": 7, "created_at": "2026-03-02 08:15:00 (Etc/UTC)", "uuid": null, "x": [1, {"y": "z"}]}`,
		`{"settings": {"reviewing": true, "branching": false, "new": 1}, "statistics": {"qa_issues": {"unverified": 3}}}`,
		`{"progress_total": 4, "languages": [{"language_id": 1, "language_iso": "en"}, {}], "error": {}}`,
		`{"n\u0061me": "\ud83d\ude00\\\"", "": "", "description": null}`, ` { "name" : "a" , "team_id":-0 } `,
		`{"not_reviewed": 12, "unbalanced_brackets": null}`, `{"created_at": "00"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		agree[plainProject](t, text, decodeProject)
		agree[plainSettings](t, text, decodeProjectSettings)
		agree[plainStatistics](t, text, decodeProjectStatistics)
		agree[plainQAIssues](t, text, decodeProjectQAIssues)
		agree[plainLanguageStatistics](t, text, decodeProjectLanguageStatistics)
	})
}

// Models without their methods, which the library reads by reflection.
type (
	plainProject            Project
	plainSettings           ProjectSettings
	plainStatistics         ProjectStatistics
	plainQAIssues           ProjectQAIssues
	plainLanguageStatistics ProjectLanguageStatistics
)

// agree decodes a text in both ways, and encodes what came out of it in both.
// (The values may differ: an empty list is nil in the one and not in the other.)
// P is M without its methods.
func agree[P, M any](t *testing.T, text []byte, decode func(*wire.Decoder, *M)) {
	t.Helper()
	var plain P
	strict := json.Unmarshal(text, &plain)
	var model M
	err := wire.Unmarshal(text, &model, decode)
	if strict != nil {
		return
	}
	if err != nil {
		t.Errorf("%T: %v in %q", model, err, text)
		return
	}
	byLibrary, errLibrary := wire.Marshal(plain)
	byMethod, errMethod := json.Marshal(model)
	if errLibrary != nil || errMethod != nil || canonical(t, byLibrary) != canonical(t, byMethod) {
		t.Errorf("%q is written as\n%s (%v), want\n%s (%v)", text, byMethod, errMethod, byLibrary, errLibrary)
	}
}

// canonical brings equal JSON values to equal texts.
func canonical(t *testing.T, text []byte) string {
	t.Helper()
	value := jsontext.Value(text)
	if err := value.Canonicalize(wire.ReadOptions); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return string(value)
}
