package redact_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/internal/redact"
)

func TestJSONStartShowsWhatIsComplete(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		`{"projects":[{"name":"a","id":1},{"name":"b","i`: `{"projects":[{"id":1,"name":"a"},{"name":"b"}]}`,
		`[1,2,3`:                        `[1,2]`,
		`{"a":"x,\"]","b":"`:            `{"a":"x,\"]"}`,
		`{"token":"` + planted + `","b`: `{"token":"5ec2…[redacted]"}`,
		`{"token":"` + planted:          `"[redacted]"`,
		`{"a":"` + planted:              `"[redacted]"`,
		`}]},]`:                         `"[redacted]"`,
		planted + `,`:                   `"[redacted]"`,
		``:                              `"[redacted]"`,
	} {
		if got := string(redact.JSONStartWith([]byte(in), redact.Secret)); got != want {
			t.Errorf("%s\n got %s\nwant %s", in, got, want)
		}
	}
}

func TestEveryStartOfADocumentIsAMaskedDocument(t *testing.T) {
	t.Parallel()
	document := `{"list":[{"refresh_token":"` + planted + `","text":"a\\\"b, c"},["` + "\u00e9" + `",null,{}],-1.5e3],"deep":{"client_secret":"` + planted + `","n":true}}`
	for n := range len(document) {
		got := redact.JSONStartWith([]byte(document[:n]), redact.Secret)
		if !json.Valid(got) || strings.Contains(string(got), planted) {
			t.Errorf("%s\ngives %s", document[:n], got)
		}
	}
}
