package sandbox_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/sandbox"
)

// FuzzRequest sends anything as a request: whatever comes, the sandbox answers
// it, and never with a failure of its own.
func FuzzRequest(f *testing.F) {
	const token = "Bearer TOKEN" // stands for one that is good
	srv := sandbox.Start(f, sandbox.InMemory())
	b := &box{TB: f, Server: srv, creds: srv.Credentials()}
	const form, jsonType = "application/x-www-form-urlencoded", "application/json"
	for _, seed := range [][5]string{
		{"GET", b.authPath(), "", "", ""},
		{"GET", "/oauth2/auth?scope=%zz&client_id=" + b.creds.ClientID, "", "", ""},
		{"POST", "/oauth2/auth", "request=x&decision=allow&user=1", form, ""},
		{"POST", "/oauth2/token", b.tokenBody("grant_type", "authorization_code", "code", never), jsonType, ""},
		{"POST", "/oauth2/token", "grant_type=refresh_token&refresh_token=x", form, "Basic YTpi"},
		{"GET", "/oauth2/code?code=" + never + "&client_id=" + b.creds.ClientID, "", "", ""},
		{"GET", "/api2/projects?limit=5000&page=2147483648&filter_names=a,b&include_settings=0", "", "", token},
		{"POST", "/api2/projects", `{"name":"x","languages":[{"lang_iso":"en","custom_iso":"e"}],"base_lang_iso":"en","team_id":"276692"}`, jsonType, token},
		{"PUT", "/api2/projects/" + seedProject, `{"name":"y","description":null}`, jsonType, token},
		{"PUT", "/api2/projects/" + seedProject + ":a%2Fb/empty", "", "", token},
		{"DELETE", "/api2/projects/../projects/%2e%2e", "", "", token},
		{"GET", "/api2/projects/" + seedProject + "/keys/1/segments/en/2", "", "", token},
		{"GET", "/api2/projects/" + seedProject + "/keys?pagination=cursor&cursor=eyIxIjo3NDE4OTAwNX0=&filter_tags=a,b&filter_qa_issues=html&include_translations=1", "", "", token},
		{"POST", "/api2/projects/" + seedProject + "/keys", `{"keys":[{"key_name":{"web":"a"},"platforms":["web"],"is_plural":true,"filenames":{"web":null},"comments":[{"comment":"x"}],"screenshots":[{"data":"data:image/png;base64,AA"}],"translations":[{"language_iso":"en","translation":{"one":"x"}}]}]}`, jsonType, token},
		{"PUT", "/api2/projects/" + seedProject + "/keys", `{"keys":[{"key_id":74189001,"is_plural":true,"merge_tags":true,"tags":["x"],"translations":[{"language_iso":"de","translation":"[%key:a%]"}]}]}`, jsonType, token},
		{"DELETE", "/api2/projects/" + seedProject + "/keys", `{"keys":[74189001,"74189002"]}`, jsonType, token},
		{"PUT", "/api2/projects/" + seedProject + "/translations/527556001", `{"translation":"\ud800","is_reviewed":true,"custom_translation_status_ids":["1"]}`, jsonType, token},
		{"GET", "/api2/projects/" + seedProject + "/translations?filter_lang_id=640&filter_is_reviewed=1&filter_unverified=0&filter_active_task_id=1", "", "", token},
		{"POST", "/api2/projects/" + seedProject + "/languages", `{"languages":[{"lang_iso":"ar","custom_iso":"x","custom_plural_forms":["one"]}]}`, jsonType, token},
		{"PUT", "/api2/projects/" + seedProject + "/languages/640", `{"plural_forms":["other"],"lang_iso":"x"}`, jsonType, token},
		{"POST", "/api2/projects/" + seedProject + "/screenshots", `{"screenshots":[{"data":"data:image/png;base64,iVBORw0KGgo=","key_ids":[1],"tags":[]}]}`, jsonType, token},
		{"POST", "/api2/projects/" + seedProject + "/custom_translation_statuses", `{"title":"x","color":"#61bd4f"}`, jsonType, token},
		{"GET", "/_sandbox/screenshots/default/x/1/y.png", "", "", ""},
		{"PATCH", "/v3/teams/1/projects/2/bundles/3", "{}", jsonType, ""},
		{"GET", "/v1/audit-logs?cursor=x", "", "", ""},
		{"GET", "/v1/audit-logs?cursor=eyJpZCI6MX0=&date_from=2024-01-01&limit=1", "", "", token},
		{"PUT", "/api2/teams/276692/users/320183", `{"role":"biller"}`, jsonType, token},
		{"PUT", "/api2/teams/276692/groups/5901/members/add", `{"users":[320181,"320183"]}`, jsonType, token},
		{"POST", "/api2/teams/276692/groups", `{"name":"x","is_admin":false,"is_reviewer":true,"languages":{"reference":[640],"contributable":["597"]}}`, jsonType, token},
		{"POST", "/api2/teams/276692/billing_details", `{"billing_email":"a@b","country_code":"LV","zip":"1"}`, jsonType, token},
		{"POST", "/api2/payment_cards", `{"number":4242424242424242,"cvc":"123","exp_month":1,"exp_year":"2030"}`, jsonType, token},
		{"POST", "/api2/teams/276692/orders", `{"project_id":"` + seedProject + `","payment_method":"team_credit","briefing":"x","target_language_isos":["de"],"keys":["74189001"],"provider_slug":"google","translation_tier":"1"}`, jsonType, token},
		{"POST", "/api2/projects/" + seedProject + "/contributors", `{"contributors":[{"email":"\ud800@x","role_id":"5","admin_rights":["keys"],"languages":[{"lang_iso":"de"}]}]}`, jsonType, token},
		{"PUT", "/api2/projects/" + seedProject + "/contributors/320181", `{"is_admin":null,"languages":[]}`, jsonType, token},
		{"PUT", "/api2/projects/" + seedProject + "/glossary-terms", `{"terms":[{"id":"5489001","term":"x","translations":[{"langId":640,"translation":"\ud800"}]}]}`, jsonType, token},
		{"DELETE", "/api2/projects/" + seedProject + "/glossary-terms", `{"terms":["5489001"]}`, jsonType, token},
		{"POST", "/api2/projects/" + seedProject + "/files/upload", `{"data":"eyJhIjoiXHVkODAwIn0=","filename":"../%LANG_ISO%\u0000.json","lang_iso":"en","tags":["\ud800"],"custom_translation_status_ids":["1"],"filter_task_id":1}`, jsonType, token},
		{"POST", "/api2/projects/" + seedProject + "/files/download", `{"format":"json","directory_prefix":"../\ud800","filter_data":["translated"],"include_pids":["x:y"],"language_mapping":[{"original_language_iso":"en","custom_language_iso":"/"}]}`, jsonType, token},
		{"POST", "/api2/projects/" + seedProject + "/files/async-download", `{"format":"xliff","original_filenames":false,"bundle_structure":"","plural_format":"icu","indentation":"tab"}`, jsonType, token},
		{"GET", "/api2/projects/" + seedProject + "/files?filter_filename=a&limit=1&page=2", "", "", token},
		{"GET", "/api2/projects/" + seedProject + "/processes/file-import%2Fx", "", "", token},
		{"POST", "/api2/projects/" + seedProject + "/branches", `{"name":":/%2e\ud800"}`, jsonType, token},
		{"POST", "/api2/projects/" + seedProject + "/branches/344001/merge", `{"force_conflict_resolve_using":"master","target_branch_id":"344002"}`, jsonType, token},
		{"POST", "/api2/projects/" + seedProject + "/snapshots", `{"title":null}`, jsonType, token},
		{"POST", "/_sandbox/branching", `{"project_id":"` + seedProject + `"}`, jsonType, ""},
		{"GET", "/files/export/x/y/z.zip", "", "", token},
		{"GET", "/export/1/x/export/y?X-Amz-Signature=z", "", "", ""},
		{"POST", "/_sandbox/clock", `{"advance":"1h","freeze":true}`, jsonType, ""},
		{"POST", "/_sandbox/authorize", `{"url":"/oauth2/auth?client_id=x","allow":true,"user":"x"}`, jsonType, ""},
		{"POST", "/_sandbox/worlds", `{`, jsonType, ""},
		{"GET", "/_sandbox/journal?after=1", "", "", ""},
		{"GET", "/journal?page=99&status=2xx&text=x", "", "", ""},
		{"GET", "/journal/1", "", "", ""},
		{"OPTIONS", "*", "", "", ""},
		{"GET", "/\xff//..;/%00", "\xff", "\xff/\xff", "\xff"},
	} {
		f.Add(seed[0], seed[1], seed[2], seed[3], seed[4])
	}
	f.Fuzz(func(t *testing.T, method, target, body, contentType, authorization string) {
		u, err := url.ParseRequestURI(target)
		if err != nil || strings.ContainsAny(method, " \t\r\n") || method == "" {
			return // net/http answers such a request itself
		}
		srv, err := sandbox.New(sandbox.WithoutRateLimit())
		if err != nil {
			t.Fatal(err)
		}
		defer closeServer(t, srv)
		authorization = strings.ReplaceAll(authorization, "TOKEN", newToken(t, srv))
		r := httptest.NewRequest("GET", "http://localhost/", strings.NewReader(body))
		r.Method, r.URL, r.RequestURI = method, u, target
		r.Header.Set("Content-Type", contentType)
		r.Header.Set("Authorization", authorization)
		if len(body)%2 == 0 {
			r.Header.Set("X-Api-Token", srv.Credentials().APIToken)
		}
		w := httptest.NewRecorder()
		srv.Handler().ServeHTTP(w, r)
		if w.Code >= 500 && w.Code != http.StatusNotImplemented {
			t.Errorf("%s %q with %q: %d %s", method, target, body, w.Code, w.Body)
		}
		if w.Code >= 300 && w.Code < 400 && u.Path != "/favicon.ico" {
			t.Errorf("%s %q with %q: sent to %s", method, target, body, w.Header().Get("Location"))
		}
		_ = jsonText(t, srv.Journal())
		checkPage(t, srv, "/journal")
		checkPage(t, srv, "/journal/2")
	})
}

// newToken goes through the flow without a connection.
func newToken(t *testing.T, srv *sandbox.Server) string {
	t.Helper()
	b := &box{TB: t, Server: srv, creds: srv.Credentials()}
	r := httptest.NewRequest("POST", "http://localhost/oauth2/token", strings.NewReader(
		b.tokenBody("grant_type", "authorization_code", "code", b.code())))
	w := httptest.NewRecorder()
	srv.Handler().ServeHTTP(w, r)
	var token tokenAnswer
	answer{body: w.Body.String()}.decode(t, &token)
	return token.AccessToken
}

// checkPage opens a page that shows what was sent. There may be none.
func checkPage(t *testing.T, srv *sandbox.Server, path string) {
	t.Helper()
	w := httptest.NewRecorder()
	srv.Handler().ServeHTTP(w, httptest.NewRequest("GET", "http://localhost"+path, nil))
	if w.Code != http.StatusOK && w.Code != http.StatusNotFound {
		t.Errorf("%s: %d %s", path, w.Code, w.Body)
	}
}
