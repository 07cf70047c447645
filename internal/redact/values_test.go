package redact_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/internal/redact"
	"github.com/golokalise/lokalise/internal/testutil"
)

func TestValuesMasksASecretInEveryForm(t *testing.T) {
	t.Parallel()
	const secret = `se/cr+et "v&l<é`
	asJSON, err := json.Marshal(secret)
	if err != nil {
		t.Fatal(err)
	}
	for name, form := range map[string]string{
		"raw":      secret,
		"query":    url.QueryEscape(secret),
		"path":     url.PathEscape(secret),
		"small":    "se%2fcr%2bet+%22v%26l%3c%c3%a9",
		"JSON":     string(asJSON),
		"PHP JSON": `"se\/cr+et \"v&l<é"`,
		"Go":       fmt.Sprintf("%q", secret),
		"hex":      fmt.Sprintf("%x and %X", secret, secret),
		"base64":   base64.StdEncoding.EncodeToString([]byte(secret)),
		"base64 1": base64.URLEncoding.EncodeToString([]byte("a" + secret + "z")),
		"base64 2": base64.StdEncoding.EncodeToString([]byte("ab" + secret)),
	} {
		text := "front " + form + " back"
		if testutil.FindSecret(text, secret) == nil {
			t.Fatalf("%s: the control does not hold the secret: %q", name, text)
		}
		masked := redact.Values(text, "something else", secret)
		testutil.AssertNoSecret(t, name, masked, secret)
		if !strings.HasPrefix(masked, "front ") || !strings.Contains(masked, redact.Mask) {
			t.Errorf("%s: masked = %q", name, masked)
		}
	}
}

func TestValuesMasksTheLongerOfTwoSecretsWhole(t *testing.T) {
	t.Parallel()
	if got := redact.Values("x abcdefghij y", "abcdefgh", "abcdefghij"); got != "x "+redact.Mask+" y" {
		t.Errorf("got %q", got)
	}
}

func TestValuesLeavesOtherTextAlone(t *testing.T) {
	t.Parallel()
	const text = "code: Code must be 40 characters long"
	if got := redact.Values(text, "", "C", "abc", "0123456789"); got != text {
		t.Errorf("got %q", got)
	}
	if got := redact.Values("bad 1234", "1234"); got != "bad "+redact.Mask {
		t.Errorf("a short secret: got %q", got)
	}
}
