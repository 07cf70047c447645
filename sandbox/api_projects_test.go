package sandbox_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/golokalise/lokalise/sandbox"
)

const backOffice = "2284570167190e5806ba31.55207718" // of the second team

type project struct {
	ID           string         `json:"project_id"`
	Type         string         `json:"project_type"`
	Name         string         `json:"name"`
	Description  string         `json:"description"`
	CreatedAt    string         `json:"created_at"`
	Timestamp    int64          `json:"created_at_timestamp"`
	CreatedBy    int64          `json:"created_by"`
	CreatedEmail string         `json:"created_by_email"`
	TeamID       int64          `json:"team_id"`
	BaseID       int64          `json:"base_language_id"`
	BaseISO      string         `json:"base_language_iso"`
	Settings     map[string]any `json:"settings"`
	Statistics   *struct {
		Team      int `json:"team"`
		KeysTotal int `json:"keys_total"`
		Languages []struct {
			ID  int64  `json:"language_id"`
			ISO string `json:"language_iso"`
		} `json:"languages"`
	} `json:"statistics"`
}

func (p project) languages() string {
	var isos []string
	for _, l := range p.Statistics.Languages {
		isos = append(isos, l.ISO)
	}
	return strings.Join(isos, " ")
}

func projects(tb testing.TB, a answer) []project {
	tb.Helper()
	if a.status != http.StatusOK {
		tb.Fatalf("%d %s", a.status, a.body)
	}
	var list struct{ Projects []project }
	a.decode(tb, &list)
	return list.Projects
}

func projectNames(tb testing.TB, a answer) []string {
	tb.Helper()
	var names []string
	for _, p := range projects(tb, a) {
		names = append(names, p.Name)
	}
	return names
}

func (b *box) create(body string) project {
	b.Helper()
	a := b.api("POST", "/projects", body)
	if a.status != http.StatusOK {
		b.Fatalf("create: %d %s", a.status, a.body)
	}
	var p project
	a.decode(b, &p)
	return p
}

var projectID = regexp.MustCompile(`^[0-9]{8}[0-9a-f]{13}[0-9]\.[0-9]{8}$`)

func TestProjectHasTheRecordedShape(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	want := []string{
		"project_id", "project_type", "name", "description", "created_at", "created_at_timestamp", "created_by",
		"created_by_email", "team_id", "base_language_id", "base_language_iso", "settings", "statistics",
	}
	for _, a := range []answer{
		b.api("POST", "/projects", `{"name":"x"}`),
		b.api("GET", "/projects/"+seedProject, ""),
		b.api("PUT", "/projects/"+seedProject, `{"name":"x"}`),
	} {
		if got := members(t, a.body); a.status != http.StatusOK || !slices.Equal(got, want) {
			t.Errorf("%d, members %v", a.status, got)
		}
	}
}

func TestNewProjectHasTheRecordedDefaults(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	b.Clock().Freeze()
	now := b.Clock().Now()
	p := b.create(`{"name":"New","description":"Some text"}`)
	if !projectID.MatchString(p.ID) {
		t.Errorf("id %q", p.ID)
	}
	if got := fmt.Sprintf("%08x", now.Unix()); p.ID[8:16] != got {
		t.Errorf("id %q does not carry the time %s, as recorded ones do", p.ID, got)
	}
	if p.Type != "localization_files" || p.Name != "New" || p.Description != "Some text" || p.BaseISO != "en" || p.BaseID != 640 {
		t.Errorf("got %+v", p)
	}
	if p.CreatedAt != now.Format(time.DateTime)+" (Etc/UTC)" || p.Timestamp != now.Unix() {
		t.Errorf("created at %s, %d; the clock says %s", p.CreatedAt, p.Timestamp, now)
	}
	if p.CreatedEmail != "mara.lind@example.com" || p.CreatedBy != 320181 || p.TeamID != 276692 {
		t.Errorf("created by %s (%d) in %d", p.CreatedEmail, p.CreatedBy, p.TeamID)
	}
	if p.languages() != "en" || p.Statistics.Team != 1 || p.Statistics.KeysTotal != 0 {
		t.Errorf("statistics %+v", p.Statistics)
	}
	if len(p.Settings) != 11 || p.Settings["reviewing"] != true || p.Settings["branching"] != false || p.Settings["segmentation"] != false {
		t.Errorf("settings %v", p.Settings)
	}
}

func TestProjectIsMadeWithWhatWasAskedFor(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	p := b.create(`{"name":"N","project_type":"marketing","team_id":"276692","base_lang_iso":"fr","is_segmentation_enabled":true,
		"languages":[{"lang_iso":"pl"},{"lang_iso":"fr"},{"lang_iso":"en-GB","custom_iso":"british"},{"lang_iso":"pl"}]}`)
	if p.Type != "marketing" || p.BaseISO != "fr" || p.Settings["segmentation"] != true || p.languages() != "british fr pl" {
		t.Errorf("got %+v with %s", p, p.languages())
	}
	first := b.create(`{"name":"N","languages":[{"lang_iso":"ja"},{"lang_iso":"en"}]}`)
	if first.BaseISO != "ja" {
		t.Errorf("base language %q, want the first", first.BaseISO)
	}
	if first.ID == p.ID {
		t.Error("two projects with one id")
	}
}

func TestBadProjectIsRefusedWithTheNameOfTheParameter(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	before := len(projects(t, b.api("GET", "/projects", "")))
	for body, name := range map[string]string{
		"":                              "`name`",
		"{}":                            "`name`",
		"null":                          "`name`",
		"[]":                            "`name`",
		"nonsense":                      "`name`",
		`{"name":""}`:                   "`name`",
		`{"name":null}`:                 "`name`",
		`{"name":7}`:                    "`name`",
		`{"name":"x","description":7}`:  "`description`",
		`{"name":"x","team_id":"x"}`:    "`team_id`",
		`{"name":"x","team_id":1}`:      "`team_id`",
		`{"name":"x","team_id":276693}`: "`team_id`",
		`{"name":"x","team_id":99999999999999999999}`:                       "`team_id`",
		`{"name":"x","project_type":"other"}`:                               "`project_type`",
		`{"name":"x","project_type":"content_integration"}`:                 "`content_integration`",
		`{"name":"x","is_segmentation_enabled":1}`:                          "`is_segmentation_enabled`",
		`{"name":"x","languages":{}}`:                                       "`languages`",
		`{"name":"x","languages":["en"]}`:                                   "`languages`",
		`{"name":"x","languages":[{}]}`:                                     "`languages`.`lang_iso`",
		`{"name":"x","languages":[{"lang_iso":"xx"}]}`:                      "`languages`.`lang_iso`",
		`{"name":"x","languages":[{"lang_iso":"en","custom_iso":1}]}`:       "`languages`.`custom_iso`",
		`{"name":"x","languages":[{"lang_iso":"en"}],"base_lang_iso":"fr"}`: "`base_lang_iso`",
		`{"name":"x","base_lang_iso":"xx"}`:                                 "`base_lang_iso`",
		`{"name":"x","base_lang_iso":1}`:                                    "`base_lang_iso`",
	} {
		a := b.api("POST", "/projects", body)
		if want := "Invalid " + name + " parameter"; a.status != http.StatusBadRequest || a.message(t) != want {
			t.Errorf("%s: %d %s, want %q", body, a.status, a.body, want)
		}
	}
	if after := len(projects(t, b.api("GET", "/projects", ""))); after != before {
		t.Errorf("%d projects before, %d after", before, after)
	}
}

func TestProjectIsUpdated(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	p := b.create(`{"name":"Old","description":"Text"}`)
	path := "/projects/" + p.ID
	var changed project
	b.api("PUT", path, `{"name":"New"}`).decode(t, &changed)
	if changed.Name != "New" || changed.Description != "Text" || changed.ID != p.ID {
		t.Errorf("got %+v", changed)
	}
	b.api("PUT", path, `{"name":"New","description":""}`)
	var got project
	b.api("GET", path, "").decode(t, &got)
	if got.Name != "New" || got.Description != "" || got.CreatedAt != p.CreatedAt {
		t.Errorf("got %+v", got)
	}
	for body, want := range map[string]string{"{}": "Invalid `name` parameter", `{"description":"x"}`: "Invalid `name` parameter", `{"name":"x","description":1}`: "Invalid `description` parameter"} {
		if a := b.api("PUT", path, body); a.status != http.StatusBadRequest || a.message(t) != want {
			t.Errorf("%s: %d %s", body, a.status, a.body)
		}
	}
}

func TestProjectIsDeletedWithAllThatHangsOnIt(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	a := b.api("DELETE", "/projects/"+seedProject, "")
	if want := `{"project_id":"` + seedProject + `","project_deleted":true}`; a.status != http.StatusOK || a.body != want {
		t.Fatalf("%d %s, want %s", a.status, a.body, want)
	}
	for _, request := range [][3]string{{"GET", "", ""}, {"PUT", "", `{"name":"x"}`}, {"DELETE", "", ""}, {"PUT", "/empty", ""}} {
		if a := b.api(request[0], "/projects/"+seedProject+request[1], request[2]); a.status != http.StatusNotFound {
			t.Errorf("%s %s afterwards: %d", request[0], request[1], a.status)
		}
	}
	if names := projectNames(t, b.api("GET", "/projects", "")); slices.Contains(names, "Mobile app") {
		t.Errorf("still listed: %v", names)
	}
}

func TestProjectIsEmptied(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory())
	a := b.api("PUT", "/projects/"+seedProject+"/empty", "")
	if want := `{"project_id":"` + seedProject + `","keys_deleted":true}`; a.status != http.StatusOK || a.body != want {
		t.Errorf("%d %s, want %s", a.status, a.body, want)
	}
	if a := b.api("GET", "/projects/"+seedProject, ""); a.status != http.StatusOK {
		t.Errorf("the project is gone: %d", a.status)
	}
}

func TestMasterIsTheProjectAndOtherBranchesAreNotThere(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	for branch, status := range map[string]int{":master": 200, ":feature%2Fx": 404, ":": 400, "%3Amaster": 200} {
		if a := b.api("GET", "/projects/"+seedProject+branch, ""); a.status != status {
			t.Errorf("%q: %d, want %d", branch, a.status, status)
		}
	}
}

func TestProjectsAreFiltered(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	token := b.grantFor(sandbox.AuthorizeOptions{User: "tomas.rey@example.com"}).AccessToken
	for rawQuery, want := range map[string]string{
		"":                      "Back office, Help center, Mobile app, Website",
		"filter_team_id=276693": "Back office",
		"filter_team_id=1":      "",
		"filter_names=Website":  "Website",
		"filter_names=" + url.QueryEscape("Website,Mobile app,Nothing"): "Mobile app, Website",
		"filter_names=Web":                           "",
		"filter_team_id=276692&filter_names=Website": "Website",
	} {
		got := strings.Join(projectNames(t, b.bearer(token, "GET", "/projects?"+rawQuery, "")), ", ")
		if got != want {
			t.Errorf("%q: %s, want %s", rawQuery, got, want)
		}
	}
}

func TestIncludeFlagsDropParts(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	for rawQuery, want := range map[string][2]bool{
		"": {true, true}, "include_settings=1&include_statistics=1": {true, true},
		"include_settings=0": {false, true}, "include_statistics=0": {true, false},
	} {
		a := b.api("GET", "/projects?"+rawQuery, "")
		got := [2]bool{strings.Contains(a.body, `"settings"`), strings.Contains(a.body, `"statistics"`)}
		if got != want {
			t.Errorf("%q: settings and statistics %v, want %v", rawQuery, got, want)
		}
	}
}

func TestListIsPaged(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	for i := range 4 {
		b.create(fmt.Sprintf(`{"name":"Z%d"}`, i))
	}
	for rawQuery, want := range map[string][]string{ // names; total, pages, limit, page
		"":                       {"Help center, Mobile app, Website, Z0, Z1, Z2, Z3", "7", "1", "100", "1"},
		"limit=3":                {"Help center, Mobile app, Website", "7", "3", "3", "1"},
		"limit=3&page=3":         {"Z3", "7", "3", "3", "3"},
		"limit=3&page=4":         {"", "7", "3", "3", "4"},
		"limit=5000&page=999999": {"", "7", "1", "5000", "999999"},
		"filter_team_id=1":       {"", "0", "0", "100", "1"},
	} {
		a := b.api("GET", "/projects?"+rawQuery, "")
		got := []string{
			strings.Join(projectNames(t, a), ", "), a.header.Get("X-Pagination-Total-Count"), a.header.Get("X-Pagination-Page-Count"),
			a.header.Get("X-Pagination-Limit"), a.header.Get("X-Pagination-Page"),
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", rawQuery, got, want)
		}
	}
	if a := b.api("GET", "/projects?filter_team_id=1", ""); a.body != `{"projects":[]}` {
		t.Errorf("an empty list: %s", a.body)
	}
}

func TestBadListParametersAreRefused(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	for rawQuery, name := range map[string]string{
		"limit=5001": "limit", "limit=0": "limit", "limit=-1": "limit", "limit=x": "limit", "limit=99999999999999999999": "limit",
		"page=0": "page", "page=-1": "page", "page=1.5": "page",
		"filter_team_id=x": "filter_team_id", "include_settings=2": "include_settings", "include_statistics=yes": "include_statistics",
	} {
		a := b.api("GET", "/projects?"+rawQuery, "")
		if a.status != http.StatusBadRequest || a.message(t) != "Invalid `"+name+"` parameter" {
			t.Errorf("%s: %d %s", rawQuery, a.status, a.body)
		}
	}
}

func TestNamesOfEveryScriptComeBackAsTheyWere(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	for _, name := range []string{`"quotes" \ <b>&amp;</b>`, "日本語 🎉", "a\u2028b", strings.Repeat("long ", 10_000)} {
		body := fmt.Sprintf(`{"name":%s}`, jsonText(t, name))
		if p := b.create(body); p.Name != name {
			t.Errorf("%.40q came back as %.40q", name, p.Name)
		}
	}
	if p := b.create("{\"name\":\"a\xffb\"}"); p.Name != "a\ufffdb" {
		t.Errorf("invalid UTF-8 came back as %q", p.Name)
	}
}
