package redact_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/internal/redact"
)

const planted = "5ec2e7c0de5ec2e7c0de5ec2e7c0de5ec2e7c0de"

func TestJSONMasksSecretMembersAndNothingElse(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, want string }{
		{"token answer", `{"access_token":"` + planted + `","expires_in":3600}`, `{"access_token":"[redacted]","expires_in":3600}`},
		{"nested", `[{"a":{"client_secret":"` + planted + `"}}]`, `[{"a":{"client_secret":"[redacted]"}}]`},
		{"error code is a number", `{"error":{"code":401,"message":"no"}}`, `{"error":{"code":401,"message":"no"}}`},
		{"redirect address", `{"redirect_to":"http://127.0.0.1:1/cb?code=` + planted + `&x=1"}`, `{"redirect_to":"http://127.0.0.1:1/cb?code=%5Bredacted%5D&x=1"}`},
		{"address without a host", `{"url":"/oauth2/auth?state=` + planted + `"}`, `{"url":"/oauth2/auth?state=%5Bredacted%5D"}`},
		{"address with an app's scheme", `{"redirect_to":"com.example.app:/cb?code=` + planted + `"}`, `{"redirect_to":"com.example.app:/cb?code=%5Bredacted%5D"}`},
		{"text with a question", `{"value":"Is code = token? Yes?"}`, `{"value":"Is code = token? Yes?"}`},
		{"harmless address stays byte by byte", `{"logo":"https://x.test/a?b=2&a=1#top"}`, `{"logo":"https://x.test/a?b=2&a=1#top"}`},
		{"address that does not parse", `{"u":"https://x.test/a?%zz=` + planted + `"}`, `{"u":"[redacted]"}`},
		{"not JSON", planted, `"[redacted]"`},
		{"two documents", `{} {"token":"` + planted + `"}`, `"[redacted]"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := string(redact.JSON([]byte(tt.in))); got != tt.want {
				t.Errorf("JSON(%s)\n got %s\nwant %s", tt.in, got, tt.want)
			}
		})
	}
}

func TestJSONWithSecretKeepsTheFirstFourCharacters(t *testing.T) {
	t.Parallel()
	got := string(redact.JSONWith([]byte(`{"access_token":"`+planted+`","code":"short"}`), redact.Secret))
	if want := `{"access_token":"5ec2…[redacted]","code":"[redacted]"}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestHeaderMasksCredentialsAndRedirects(t *testing.T) {
	t.Parallel()
	h := http.Header{
		"Authorization": {"Bearer " + planted},
		"X-Api-Token":   {planted},
		"Location":      {"/callback?code=" + planted},
		"Content-Type":  {"application/json"},
	}
	got := redact.Header(h)
	want := map[string]string{
		"Authorization": "[redacted]",
		"X-Api-Token":   "[redacted]",
		"Location":      "/callback?code=%5Bredacted%5D",
		"Content-Type":  "application/json",
	}
	for name, value := range want {
		if got.Get(name) != value {
			t.Errorf("%s = %q, want %q", name, got.Get(name), value)
		}
	}
	if h.Get("X-Api-Token") != planted {
		t.Error("the header that was passed in changed")
	}
}

func TestHeaderWithSecretKeepsTheScheme(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"Bearer " + planted: "Bearer 5ec2…[redacted]",
		"Basic " + planted:  "Basi…[redacted]",
		"Bearer short":      "[redacted]",
		planted:             "5ec2…[redacted]",
	}
	for in, want := range tests {
		got := redact.HeaderWith(http.Header{"Authorization": {in}}, redact.Secret).Get("Authorization")
		if got != want {
			t.Errorf("Authorization %q becomes %q, want %q", in, got, want)
		}
	}
}

func TestURLMasksPasswordQueryAndFragment(t *testing.T) {
	t.Parallel()
	u, err := url.Parse("https://user:" + planted + "@x.test/p?state=" + planted + "&page=2#" + planted)
	if err != nil {
		t.Fatal(err)
	}
	got := redact.URL(u)
	if strings.Contains(got, planted) {
		t.Errorf("the secret is still in %s", got)
	}
	if !strings.Contains(got, "page=2") {
		t.Errorf("the harmless parameter is gone from %s", got)
	}
}

// Whoever has the signed address of a bundle can fetch it.
func TestSignatureOfAnAddressIsMasked(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"X-Amz-Signature", "X-Amz-Credential", "X-Amz-Security-Token"} {
		got := redact.Query("X-Amz-Expires=86400&" + name + "=" + planted)
		if strings.Contains(got, planted) || !strings.Contains(got, "86400") {
			t.Errorf("got %s", got)
		}
	}
}

func TestQueryThatDoesNotParseIsMaskedWhole(t *testing.T) {
	t.Parallel()
	if got := redact.Query("%zz=" + planted); got != redact.Mask {
		t.Errorf("got %q", got)
	}
}
