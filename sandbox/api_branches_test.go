package sandbox_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

type branch struct {
	ID   int64  `json:"branch_id"`
	Name string `json:"name"`
}

// startBranches is startFiles with branching on, two keys, and the branch next.
func startBranches(tb testing.TB) (b *filesBox, next branch) {
	tb.Helper()
	b = startFiles(tb)
	if err := b.AllowBranching(b.id); err != nil {
		tb.Fatal(err)
	}
	b.imported("en.json", "en", `{"a":"A","b":"B"}`)
	return b, b.branch("next")
}

func (b *filesBox) branch(name string) branch {
	b.Helper()
	var body struct{ Branch branch }
	b.ok("POST", "/branches", `{"name":"`+name+`"}`).decode(b, &body)
	return body.Branch
}

// on is the same project on a branch.
func (b *filesBox) on(name string) *filesBox {
	return &filesBox{b.box, b.id + ":" + url.PathEscape(name)}
}

// texts are the English texts as one text: key=text.
func (b *filesBox) texts() string {
	b.Helper()
	var list struct {
		Keys []struct {
			Name         struct{ Web string } `json:"key_name"`
			Translations []struct {
				ISO  string `json:"language_iso"`
				Text string `json:"translation"`
			}
		}
	}
	b.ok("GET", "/keys?include_translations=1", "").decode(b, &list)
	var texts []string
	for _, k := range list.Keys {
		for _, t := range k.Translations {
			if t.ISO == "en" {
				texts = append(texts, k.Name.Web+"="+t.Text)
			}
		}
	}
	return strings.Join(texts, " ")
}

// replace uploads English texts over those that are there.
func (b *filesBox) replace(content string) {
	b.Helper()
	b.imported("en.json", "en", content, `"replace_modified":true`)
}

func (b *filesBox) merge(from branch, body string) answer {
	b.Helper()
	return b.api("POST", "/projects/"+b.id+"/branches/"+jsonText(b, from.ID)+"/merge", body)
}

func TestBranchHasItsOwnContent(t *testing.T) {
	t.Parallel()
	b, next := startBranches(t)
	b.on("next").replace(`{"a":"A2","c":"C"}`)
	expect(t, "branch", b.on("next").texts(), "a=A2 b=B c=C")
	expect(t, "master", b.texts(), "a=A b=B")
	b.ok("PUT", "/branches/"+jsonText(t, next.ID), `{"name":"later/on"}`)
	expect(t, "renamed branch", b.on("later/on").texts(), "a=A2 b=B c=C")
	if a := b.api("GET", "/projects/"+b.id+":next/keys", ""); a.status != http.StatusNotFound {
		t.Errorf("old name: %d", a.status)
	}
	expect(t, "delete", b.ok("DELETE", "/branches/"+jsonText(t, next.ID), "").body,
		`{"project_id":"`+b.id+`","branch":"master","branch_deleted":true}`)
	if a := b.api("GET", "/projects/"+b.id+":later%2Fon/keys", ""); a.status != http.StatusNotFound {
		t.Errorf("deleted: %d", a.status)
	}
}

// The Node SDK and others leave the slashes of a branch name as they are.
func TestSlashesOfABranchNameNeedNotBeEscaped(t *testing.T) {
	t.Parallel()
	b, _ := startBranches(t)
	b.branch("feature/search/new")
	for path, status := range map[string]int{
		":feature/search/new/keys":                http.StatusOK,
		":feature%2Fsearch/new/languages":         http.StatusOK,
		":feature/search/new":                     http.StatusOK,
		":feature/search/old/keys":                http.StatusNotFound,
		":a" + strings.Repeat("/a", 2_000):        http.StatusNotFound,
		":a" + strings.Repeat("/a", 20) + "/keys": http.StatusNotFound,
	} {
		if a := b.api("GET", "/projects/"+b.id+path, ""); a.status != status {
			t.Errorf("%.60s: %d %s", path, a.status, a.body)
		}
	}
}

func TestBranchesAreListedWithMaster(t *testing.T) {
	t.Parallel()
	b, next := startBranches(t)
	var list struct {
		Branch   string
		Branches []branch
	}
	a := b.ok("GET", "/branches", "")
	a.decode(t, &list)
	if len(list.Branches) != 2 || list.Branches[0].Name != "master" || list.Branches[1] != next || list.Branch != "master" || list.Branches[0].ID == 0 {
		t.Errorf("%+v", list)
	}
	var processes struct{ Processes []processReport }
	b.ok("GET", "/processes", "").decode(t, &processes)
	last := processes.Processes[len(processes.Processes)-1]
	b.settle()
	if last.Type != "create-branch-reindex" || last.Status != "queued" || b.process(last.ID).Status != "finished" {
		t.Errorf("process: %+v", last)
	}
}

func TestBranchRefusals(t *testing.T) {
	t.Parallel()
	b, next := startBranches(t)
	master := strings.TrimSuffix(regexp.MustCompile(`[0-9]+,"name":"master"`).FindString(b.ok("GET", "/branches", "").body), `,"name":"master"`)
	for _, c := range []struct {
		method, path, body string
		status             int
	}{
		{"POST", "", `{"name":"next"}`, http.StatusBadRequest},
		{"POST", "", `{"name":"master"}`, http.StatusBadRequest},
		{"POST", "", `{}`, http.StatusBadRequest},
		{"PUT", "/" + master, `{"name":"main"}`, http.StatusBadRequest},
		{"DELETE", "/" + master, "", http.StatusBadRequest},
		{"DELETE", "/1", "", http.StatusNotFound},
		{"GET", "/x", "", http.StatusNotFound},
		{"POST", "/" + jsonText(t, next.ID) + "/merge", `{"target_branch_id":` + jsonText(t, next.ID) + `}`, http.StatusBadRequest},
		{"POST", "/" + jsonText(t, next.ID) + "/merge", `{"force_conflict_resolve_using":"mine"}`, http.StatusBadRequest},
	} {
		if a := b.api(c.method, "/projects/"+b.id+"/branches"+c.path, c.body); a.status != c.status {
			t.Errorf("%s %s %s: %d %s", c.method, c.path, c.body, a.status, a.body)
		}
	}
	off := b.create(`{"name":"No branches"}`).ID
	if a := b.api("POST", "/projects/"+off+"/branches", `{"name":"x"}`); a.status != http.StatusBadRequest || a.message(t) != "Branching is not enabled for this project" {
		t.Errorf("branching off: %d %s", a.status, a.body)
	}
	if a := b.write("branching", `{"project_id":"`+off+`"}`); a.status != http.StatusOK {
		t.Errorf("turn on: %d %s", a.status, a.body)
	}
	if a := b.api("POST", "/projects/"+off+"/branches", `{"name":"x"}`); a.status != http.StatusOK {
		t.Errorf("branching on: %d %s", a.status, a.body)
	}
}

func TestMergeBringsOverWhatTheBranchChanged(t *testing.T) {
	t.Parallel()
	b, next := startBranches(t)
	b.on("next").replace(`{"a":"A2","c":"C"}`)
	b.replace(`{"b":"B3","d":"D"}`)
	a := b.merge(next, "")
	if a.status != http.StatusOK || strings.Join(members(t, a.body), " ") != "project_id branch_merged branch target_branch" {
		t.Fatalf("%d %s", a.status, a.body)
	}
	expect(t, "master", b.texts(), "a=A2 b=B3 c=C d=D")
	expect(t, "branch", b.on("next").texts(), "a=A2 b=B c=C")

	// A second merge brings over what changed since.
	b.on("next").replace(`{"c":"C4"}`)
	b.merge(next, "{}")
	expect(t, "master after a second merge", b.texts(), "a=A2 b=B3 c=C4 d=D")
}

func TestMergeTakesKeysAway(t *testing.T) {
	t.Parallel()
	b, next := startBranches(t)
	b.on("next").imported("en.json", "en", `{"a":"A"}`, `"cleanup_mode":true`)
	b.merge(next, "")
	expect(t, "master", b.texts(), "a=A")
}

// A key that master has deleted comes back with a branch that changed it, be it
// in a language that only the branch has; the loss of a language is no change.
func TestMergeAndADeletedKey(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		change func(b *filesBox)
		want   string
	}{
		"nothing changed":     {func(*filesBox) {}, ""},
		"a language was lost": {func(b *filesBox) { b.ok("DELETE", "/languages/673", "") }, ""},
		"a language was added": {func(b *filesBox) {
			b.ok("POST", "/languages", `{"languages":[{"lang_iso":"ja"}]}`)
		}, ""},
		"a text in a language that was added": {func(b *filesBox) {
			b.ok("POST", "/languages", `{"languages":[{"lang_iso":"ja"}]}`)
			b.imported("ja.json", "ja", `{"a":"A ja"}`)
		}, "a=A"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, next := startBranches(t)
			tc.change(b.on("next"))
			b.ok("PUT", "/empty", "")
			if a := b.merge(next, `{"force_conflict_resolve_using":"source"}`); a.status != http.StatusOK {
				t.Fatalf("%d %s", a.status, a.body)
			}
			expect(t, "master", b.texts(), tc.want)
		})
	}
}

func TestMergeOfChangesOnBothSidesNeedsASide(t *testing.T) {
	t.Parallel()
	for side, want := range map[string]string{"": "a=M b=B", "source": "a=N b=N", "target": "a=M b=N", "master": "a=M b=N"} {
		b, next := startBranches(t)
		b.replace(`{"a":"M"}`)
		b.on("next").replace(`{"a":"N","b":"N"}`)
		status, body := http.StatusOK, `{"force_conflict_resolve_using":`+jsonText(t, side)+`}`
		if side == "" {
			status, body = http.StatusBadRequest, ""
		}
		if a := b.merge(next, body); a.status != status {
			t.Errorf("side %q: %d %s", side, a.status, a.body)
		}
		expect(t, "master with side "+side, b.texts(), want)
	}
}

func TestMergeIntoAnotherBranch(t *testing.T) {
	t.Parallel()
	b, next := startBranches(t)
	other := b.branch("other")
	b.on("next").replace(`{"a":"N"}`)
	b.on("other").replace(`{"b":"O"}`)
	if a := b.merge(next, `{"target_branch_id":"`+jsonText(t, other.ID)+`"}`); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	expect(t, "target", b.on("other").texts(), "a=N b=O")
	expect(t, "master", b.texts(), "a=A b=B")
	if a := b.merge(next, ""); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	expect(t, "master then", b.texts(), "a=N b=B")
}

func TestSnapshotIsRestoredAsAProjectOfItsOwn(t *testing.T) {
	t.Parallel()
	b, _ := startBranches(t)
	var made struct {
		Snapshot struct {
			ID    int64 `json:"snapshot_id"`
			Title string
		}
	}
	b.ok("POST", "/snapshots", `{"title":"Before"}`).decode(t, &made)
	b.replace(`{"a":"A2"}`)
	path := "/snapshots/" + jsonText(t, made.Snapshot.ID)
	var p project
	b.ok("POST", path, "").decode(t, &p)
	if p.Name != "Web shop copy" || p.ID == b.id || p.Statistics.KeysTotal != 2 || p.Settings["branching"] != true || p.languages() != "de en fr" {
		t.Errorf("restored: %+v", p)
	}
	restored := &filesBox{b.box, p.ID}
	expect(t, "restored", restored.texts(), "a=A b=B")
	restored.replace(`{"b":"B2"}`)
	expect(t, "the old project", b.texts(), "a=A2 b=B")

	var list struct{ Snapshots []json.RawMessage }
	b.ok("GET", "/snapshots", "").decode(t, &list)
	expect(t, "delete", b.ok("DELETE", path, "").body, `{"project_id":"`+b.id+`","branch":"master","snapshot_deleted":true}`)
	if a := b.api("POST", "/projects/"+b.id+path, ""); len(list.Snapshots) != 1 || made.Snapshot.Title != "Before" || a.status != http.StatusNotFound {
		t.Errorf("%d snapshots, %+v; deleted: %d", len(list.Snapshots), made, a.status)
	}
}
