package sandbox_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/golokalise/lokalise/sandbox"
	"github.com/golokalise/lokalise/sandbox/internal/api"
)

// stage is a sandbox in which every operation has something to work on. It is
// asked without a connection.
type stage struct {
	testing.TB
	*sandbox.Server
	token    string
	otaToken string
	appToken string
	names    *strings.Replacer // $key and so on, in paths and bodies, for what there is
}

func newStage(tb testing.TB) *stage {
	tb.Helper()
	srv, err := sandbox.New(sandbox.WithoutRateLimit())
	if err != nil {
		tb.Fatal(err)
	}
	s := &stage{TB: tb, Server: srv, token: srv.Credentials().APIToken}
	s.Clock().Freeze()
	bundle, err := s.BuildOTABundle(sandbox.OTABundleOptions{ProjectID: seedProject, Framework: "ios_sdk", Publish: true})
	if err != nil {
		tb.Fatal(err)
	}
	names := []string{
		"$project", seedProject, "$team", fmt.Sprint(teamApps), "$user", fmt.Sprint(tomas), "$member", fmt.Sprint(yuki),
		"$bundle", fmt.Sprint(bundle.ID), "$framework", "ios_sdk", "$picture", pngData(tb),
		"$file64", base64.StdEncoding.EncodeToString([]byte(`{"greeting":"Hi","farewell":"Bye"}`)),
	}
	s.names = strings.NewReplacer(longestFirst(names)...)
	bodies := map[string]string{}
	for _, made := range []struct{ name, operation, member string }{
		{"$english", "languages.list", "languages.0.lang_id"},
		{"$language", "languages.list", "languages.1.lang_id"},
		{"$key", "keys.create", "keys.0.key_id"},
		{"$translation", "keys.create", "keys.0.translations.0.translation_id"},
		{"$comment", "comments.create", "comments.0.comment_id"},
		{"$screenshot", "screenshots.create", "screenshots.0.screenshot_id"},
		{"$status", "translation_statuses.create", "custom_translation_status.status_id"},
		{"$branch", "branches.create", "branch.branch_id"},
		{"$snapshot", "snapshots.create", "snapshot.snapshot_id"},
		{"$webhook", "webhooks.create", "webhook.webhook_id"},
		{"$task", "tasks.create", "task.task_id"},
		{"$term", "glossary_terms.create_bulk", "data.0.id"},
		{"$card", "payment_cards.create", "card_id"},
		{"$group", "user_groups.create", "group.group_id"},
		{"$process", "files.upload", "process.process_id"},
		{"$file", "files.list", "files.0.file_id"},
		{"$provider", "translation_providers.list", "translation_providers.0.provider_id"},
		{"$order", "orders.create", "order_id"},
		{"$nothing", "billing_details.create", ""},
		{"$otatoken", "jwt.create", "jwt"},
		{"$freeze", "ota.freeze_periods.create", "data.id"},
		{"$sdktoken", "ota.sdk_tokens.create", "data.id"},
		{"$apptoken", "ota.sdk_tokens.create", "data.token"},
	} {
		body, there := bodies[made.operation]
		if !there {
			body = s.make(operation(tb, made.operation))
			bodies[made.operation] = body
		}
		names = append(names, made.name, member(tb, body, made.member))
		s.names = strings.NewReplacer(longestFirst(names)...)
		switch made.name {
		case "$otatoken":
			s.otaToken = names[len(names)-1]
		case "$apptoken":
			s.appToken = names[len(names)-1]
		}
	}
	return s
}

// make has an operation make something, and returns the answer. Its names are
// not those of the requests that come later.
func (s *stage) make(op api.Operation) string {
	s.Helper()
	r := s.request(op)
	r.body = strings.ReplaceAll(r.body, "staged", "made")
	a := s.send(r)
	if a.status >= 300 {
		s.Fatalf("%s: %d %s", r, a.status, a.body)
	}
	if op.ID == "files.upload" {
		s.Clock().Advance(time.Minute)
	}
	return a.body
}

// longestFirst orders pairs so that $keyword is not taken for $key.
func longestFirst(pairs []string) []string {
	ordered := make([]string, 0, len(pairs))
	for i := 0; i < len(pairs); i += 2 {
		at := 0
		for at < len(ordered) && len(ordered[at]) >= len(pairs[i]) {
			at += 2
		}
		ordered = append(ordered[:at], append([]string{pairs[i], pairs[i+1]}, ordered[at:]...)...)
	}
	return ordered
}

// member picks a member of a JSON text by its path.
func member(tb testing.TB, body, path string) string {
	tb.Helper()
	if path == "" {
		return ""
	}
	var value any
	dec := json.NewDecoder(strings.NewReader(body))
	dec.UseNumber()
	if err := dec.Decode(&value); err != nil {
		tb.Fatalf("%s: %v", body, err)
	}
	for name := range strings.SplitSeq(path, ".") {
		switch v := value.(type) {
		case map[string]any:
			value = v[name]
		case []any:
			at, err := strconv.Atoi(name)
			if err != nil || at >= len(v) {
				tb.Fatalf("%s is not in %s", path, body)
			}
			value = v[at]
		}
	}
	if value == nil {
		tb.Fatalf("%s is not in %s", path, body)
	}
	return fmt.Sprint(value)
}

func operation(tb testing.TB, id string) api.Operation {
	tb.Helper()
	for _, op := range api.Operations() {
		if op.ID == id {
			return op
		}
	}
	tb.Fatalf("there is no operation %s", id)
	return api.Operation{}
}

// sent is a request that may be broken on purpose.
type sent struct {
	op          string
	method      string
	path        string // with its query
	body        string
	contentType string
	token       string
	tokenHeader string
}

func (r sent) String() string {
	body := r.body
	if len(body) > 600 {
		body = body[:300] + " … " + body[len(body)-300:]
	}
	return fmt.Sprintf("%s %.500q %s %q", r.method, r.path, r.contentType, body)
}

var basePaths = map[string]string{"v2": "/api2", "v1": "/v1", "ota": "/v3"}

// request is a request for an operation that is in order.
func (s *stage) request(op api.Operation) sent {
	r := sent{op: op.ID, method: op.Method, contentType: "application/json", token: s.token, tokenHeader: "X-Api-Token"}
	path := op.Path
	for param, name := range parameters {
		path = strings.ReplaceAll(path, "{"+param+"}", name)
	}
	if op.API == "ota" {
		r.token, r.tokenHeader = "Bearer "+s.otaToken, "Authorization"
		if op.ID == "ota.bundle_archives.get" {
			r.token, r.tokenHeader = s.appToken, "X-Ota-Api-Token"
		}
	}
	good := requests[op.ID]
	r.path = s.names.Replace(basePaths[op.API] + path + good.query)
	r.body = s.names.Replace(good.body)
	return r
}

// send asks. What net/http would not let through it does not send.
func (s *stage) send(r sent) answer {
	req := httptest.NewRequest(r.method, "http://localhost/", strings.NewReader(r.body))
	u, err := req.URL.Parse("http://localhost" + r.path)
	if err != nil {
		return answer{status: http.StatusBadRequest, body: `{"error":{"message":"Bad Request","code":400}}`}
	}
	req.URL, req.RequestURI = u, r.path
	req.Header.Set("Content-Type", r.contentType)
	req.Header.Set(r.tokenHeader, r.token)
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, req)
	return answer{w.Code, w.Header(), w.Body.String()}
}
