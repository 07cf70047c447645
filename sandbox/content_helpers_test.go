package sandbox_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/sandbox"
)

// work is a project of its own in a sandbox, without a key.
type work struct {
	*box
	project string // path
}

func newWork(tb testing.TB, body string) *work {
	tb.Helper()
	b := start(tb, sandbox.InMemory(), sandbox.WithoutRateLimit())
	b.Clock().Freeze()
	return &work{b, "/projects/" + b.create(body).ID}
}

const threeLanguages = `{"name":"Work","languages":[{"lang_iso":"en"},{"lang_iso":"de"},{"lang_iso":"pl"}]}`

// do makes a request below the project, which has to succeed, and reads the
// answer into a value.
func (w *work) ok(method, path, body string, into any) {
	w.Helper()
	a := w.api(method, w.project+path, body)
	if a.status != http.StatusOK {
		w.Fatalf("%s %s %s: %d %s", method, path, body, a.status, a.body)
	}
	if into != nil {
		a.decode(w, into)
	}
}

// refused makes a request below the project, which has to be refused with the
// status and the text.
func (w *work) refused(method, path, body string, status int, message string) {
	w.Helper()
	if a := w.api(method, w.project+path, body); a.status != status || a.message(w) != message {
		w.Errorf("%s %s %s: %d %s, want %d %s", method, path, body, a.status, a.body, status, message)
	}
}

type perPlatform struct{ IOS, Android, Web, Other string }

type key struct {
	ID           int64       `json:"key_id"`
	Name         perPlatform `json:"key_name"`
	Filenames    perPlatform
	Description  string
	Platforms    []string
	Tags         []string
	Comments     []comment
	Screenshots  []screenshot
	Translations []translation
	IsPlural     bool   `json:"is_plural"`
	IsHidden     bool   `json:"is_hidden"`
	IsArchived   bool   `json:"is_archived"`
	BaseWords    int    `json:"base_words"`
	CharLimit    int    `json:"char_limit"`
	Attributes   string `json:"custom_attributes"`
	Created      int64  `json:"created_at_timestamp"`
	Modified     int64  `json:"modified_at_timestamp"`
	Translated   int64  `json:"translations_modified_at_timestamp"`
}

type comment struct {
	ID      int64 `json:"comment_id"`
	KeyID   int64 `json:"key_id"`
	Comment string
	AddedBy int64 `json:"added_by"`
}

type translation struct {
	ID         int64  `json:"translation_id"`
	KeyID      int64  `json:"key_id"`
	ISO        string `json:"language_iso"`
	Text       string `json:"translation"`
	ModifiedBy int64  `json:"modified_by"`
	Reviewed   bool   `json:"is_reviewed"`
	ReviewedBy int64  `json:"reviewed_by"`
	Unverified bool   `json:"is_unverified"`
	Fuzzy      bool   `json:"is_fuzzy"`
	Words      int
	Statuses   []status `json:"custom_translation_statuses"`
}

type status struct {
	ID    int64 `json:"status_id"`
	Title string
	Color string
}

type screenshot struct {
	ID            int64 `json:"screenshot_id"`
	Title         string
	Tags          []string `json:"screenshot_tags"`
	URL           string
	KeyIDs        []int64 `json:"key_ids"`
	Width, Height int
}

// refusal is an item of errors.
type refusal struct {
	Message string
	Code    int
	Name    perPlatform `json:"key_name"`
	KeyID   int64       `json:"key_id"`
	ISO     string      `json:"lang_iso"`
}

type keysAnswer struct {
	Keys   []key
	Errors []refusal
}

// keys makes keys.
func (w *work) keys(list string) []key {
	w.Helper()
	var made keysAnswer
	w.ok("POST", "/keys", `{"keys":[`+list+`]}`, &made)
	if len(made.Errors) > 0 {
		w.Fatalf("refused: %+v", made.Errors)
	}
	return made.Keys
}

// webKeys makes a key with a name and an English text for each pair.
func (w *work) webKeys(pairs ...string) []key {
	w.Helper()
	var list []string
	for i := 0; i+1 < len(pairs); i += 2 {
		list = append(list, `{"key_name":"`+pairs[i]+`","platforms":["web"],"translations":[{"language_iso":"en","translation":"`+pairs[i+1]+`"}]}`)
	}
	return w.keys(strings.Join(list, ","))
}

func (k *key) in(iso string) translation {
	for _, t := range k.Translations {
		if t.ISO == iso {
			return t
		}
	}
	return translation{}
}

// names lists the names of keys for the web.
func names(keys []key) string {
	var list []string
	for _, k := range keys {
		list = append(list, k.Name.Web)
	}
	return strings.Join(list, " ")
}
