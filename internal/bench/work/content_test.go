package work_test

import (
	"fmt"
	"maps"
	"net/http/httptest"
	"reflect"
	"slices"
	"testing"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/internal/bench/floor"
	"github.com/golokalise/lokalise/internal/bench/stub"
)

// open starts a stub and gives the client and the floor that call it. The floor
// is known to decode everything that the stub sends.
func open(t *testing.T) (*lokalise.Client, *floor.Client) {
	t.Helper()
	server := httptest.NewServer(stub.New(stub.Options{}).Handler())
	t.Cleanup(server.Close)
	client, err := lokalise.New(lokalise.WithAPIToken("any"), lokalise.WithBaseURL(server.URL), lokalise.WithoutLimits())
	if err != nil {
		t.Fatal(err)
	}
	raw := floor.New(server.URL, "any")
	t.Cleanup(raw.Close)
	return client, raw
}

// equal compares two models by the JSON that they are written as, and reports
// the first difference.
func equal(t *testing.T, ours, want any) {
	t.Helper()
	if where := difference(general(t, ours), general(t, want)); where != "" {
		t.Errorf("the client and the floor differ at %s", where)
	}
}

// general turns a model into general JSON, the way the client would send it.
func general(t *testing.T, v any) any {
	t.Helper()
	text, err := jsonv2.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var g any
	if err := jsonv2.Unmarshal(text, &g); err != nil {
		t.Fatal(err)
	}
	return g
}

// difference is the path of the first place where a and b differ, empty when
// they are equal.
func difference(a, b any) string {
	switch a := a.(type) {
	case map[string]any:
		b, _ := b.(map[string]any)
		for _, name := range slices.Sorted(maps.Keys(merged(a, b))) {
			if where := difference(a[name], b[name]); where != "" {
				return "." + name + where
			}
		}
		return ""
	case []any:
		b, _ := b.([]any)
		if len(a) != len(b) {
			return fmt.Sprintf(": %d and %d elements", len(a), len(b))
		}
		for i := range a {
			if where := difference(a[i], b[i]); where != "" {
				return fmt.Sprintf("[%d]%s", i, where)
			}
		}
		return ""
	}
	if !reflect.DeepEqual(a, b) {
		return fmt.Sprintf(": %v and %v", a, b)
	}
	return ""
}

// merged has the members of both.
func merged(a, b map[string]any) map[string]any {
	m := maps.Clone(a)
	maps.Copy(m, b)
	return m
}

func TestDifferenceNamesThePlace(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ a, b, want string }{
		{`{"x":[1,{"y":2}]}`, `{"x":[1,{"y":2}]}`, ""},
		{`{"x":[1,{"y":2}]}`, `{"x":[1,{"y":3}]}`, ".x[1].y: 2 and 3"},
		{`{"x":1}`, `{"x":1,"y":2}`, ".y: <nil> and 2"},
		{`[1]`, `[1,2]`, ": 1 and 2 elements"},
	} {
		if got := difference(general(t, jsontext.Value(test.a)), general(t, jsontext.Value(test.b))); got != test.want {
			t.Errorf("%s and %s: got %q, want %q", test.a, test.b, got, test.want)
		}
	}
}

func TestClientDecodesTheSameProjectsAsTheFloor(t *testing.T) {
	t.Parallel()
	client, raw := open(t)
	want, err := raw.ListProjects(t.Context(), stub.ProjectCount)
	if err != nil {
		t.Fatal(err)
	}
	page, err := client.Projects.List(t.Context(), &lokalise.ProjectListOptions{Limit: stub.ProjectCount})
	if err != nil {
		t.Fatal(err)
	}
	equal(t, page.Items, want)
	var all []*lokalise.Project
	for p, err := range client.Projects.All(t.Context(), &lokalise.ProjectListOptions{Limit: 7}) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	equal(t, all, want)
	one, err := client.Projects.Get(t.Context(), lokalise.ProjectID(stub.ProjectID(5)))
	if err != nil {
		t.Fatal(err)
	}
	equal(t, one, want[5])
}

func TestClientDecodesTheSameKeysAsTheFloor(t *testing.T) {
	t.Parallel()
	client, raw := open(t)
	id := stub.ProjectID(stub.SmallProject)
	want, _, err := raw.ListKeys(t.Context(), id, 5000, "")
	if err != nil {
		t.Fatal(err)
	}
	options := &lokalise.KeyListOptions{IncludeTranslations: lokalise.Some(true), Limit: 5000}
	page, err := client.Keys.List(t.Context(), lokalise.ProjectID(id), options)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, page.Items, want)
	options.Limit = 70
	var all []*lokalise.Key
	for key, err := range client.Keys.All(t.Context(), lokalise.ProjectID(id), options) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, key)
	}
	equal(t, all, want)
}
