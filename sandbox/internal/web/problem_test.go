package web_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/sandbox/internal/web"
)

func problemPage(t *testing.T, status int, v web.ProblemView) (tags []tag, text string) {
	t.Helper()
	rec, body := render(t, func(w http.ResponseWriter) { web.Problem(w, status, v) })
	if rec.Code != status {
		t.Errorf("status %d, want %d", rec.Code, status)
	}
	if location := rec.Header().Get("Location"); location != "" {
		t.Errorf("page redirects to %q", location)
	}
	tags = checkPage(t, body)
	return tags, find(tags, "main")[0].text
}

func TestProblemSaysWhatWasSentAndWhatIsRight(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		view web.ProblemView
		want []string
	}{
		"client":        {web.UnknownClient("beef", []string{"c11e"}), []string{"client_id", "beef", "c11e", "home page"}},
		"redirect":      {web.UnregisteredRedirect("https://a.test/x", []string{"https://a.test/y"}), []string{"redirect_uri", "https://a.test/x", "https://a.test/y", "--redirect-uri"}},
		"scope":         {web.UnknownScopes([]string{"read_kyes"}), []string{"read_kyes", "Did you mean read_keys", "write_webhooks"}},
		"response type": {web.BadResponseType("token"), []string{"response_type", "token", "code"}},
		"missing":       {web.MissingParameter("scope"), []string{"scope", "nothing"}},
		"expired":       {web.ExpiredRequest(), []string{"expired", "start again"}},
		"cross-site":    {web.CrossSite("https://evil.test"), []string{"Origin", "https://evil.test"}},
		"host":          {web.ForeignHost("evil.test", []string{"127.0.0.1"}), []string{"Host", "evil.test", "127.0.0.1", "--allow-host"}},
		"not found":     {web.NotFound("/nowhere"), []string{"/nowhere", "/oauth2/auth"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tags, text := problemPage(t, http.StatusBadRequest, tc.view)
			for _, want := range tc.want {
				if !strings.Contains(text, want) {
					t.Errorf("page does not say %q", want)
				}
			}
			if !slices.ContainsFunc(find(tags, "a"), func(a tag) bool { return a.attrs["href"] == web.HomePath }) {
				t.Error("no link to the home page")
			}
		})
	}
}

func TestProblemShortensWhatWasSent(t *testing.T) {
	t.Parallel()
	given := strings.Repeat("é", 5000)
	_, text := problemPage(t, 400, web.UnknownClient(given, slices.Repeat([]string{"c11e"}, 500)))
	if n := strings.Count(text, "é"); n != 300 {
		t.Errorf("%d characters of the value are shown, want 300", n)
	}
	if n := strings.Count(text, "c11e"); n != 60 {
		t.Errorf("%d values are offered, want 60", n)
	}
}

func TestProblemDoesNotChangeItsArgument(t *testing.T) {
	t.Parallel()
	v := web.UnknownClient(strings.Repeat("x", 1000), nil)
	problemPage(t, 400, v)
	if len(v.Details[0].Given) != 1000 {
		t.Error("the caller's details were shortened")
	}
}

func TestUnknownScopesSuggestsOnlyWhatIsNear(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"read_project":           "read_projects",
		"write_translation":      "write_translations",
		"READ_KEYS":              "",
		"admin":                  "",
		"":                       "",
		strings.Repeat("a", 1e4): "",
	} {
		fixes := strings.Join(web.UnknownScopes([]string{name}).Fixes, "\n")
		if got := strings.Contains(fixes, "Did you mean"); got != (want != "") || !strings.Contains(fixes, want) {
			t.Errorf("%.20q: fixes are %q", name, fixes)
		}
	}
}
