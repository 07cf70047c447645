package faults

import "testing"

func TestClosestNameIsSuggested(t *testing.T) {
	t.Parallel()
	known := []string{"keys.create", "keys.list", "projects.list", "oauth2.token"}
	for name, want := range map[string]string{
		"key.create": "keys.create", "keys.lst": "keys.list", "project.list": "projects.list", "token": "oauth2.token", "oauth.token": "oauth2.token", "KEYS.LIST": "keys.list",
	} {
		if got := closest(name, known); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	for _, test := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"", "abc", 3}, {"abc", "", 3}, {"kitten", "sitting", 3}, {"abc", "abc", 0}} {
		if got := distance(test.a, test.b); got != test.want {
			t.Errorf("%q and %q: %d, want %d", test.a, test.b, got, test.want)
		}
	}
}

func TestEngineWithoutRulesHitsNothing(t *testing.T) {
	t.Parallel()
	var none *Engine
	if none.Hit(Call{}) != nil || NewEngine(nil).Hit(Call{}) != nil {
		t.Error("something was hit")
	}
	var hit *Hit
	if hit.Before(t.Context()) || hit.Stopped() {
		t.Error("no fault stops a request")
	}
}

// TestSpentRulesGiveWay fills an engine with rules that are used up.
func TestSpentRulesGiveWay(t *testing.T) {
	t.Parallel()
	e := NewEngine([]string{"a"})
	for range MaxRules {
		if _, err := e.Add(Rule{Operation: "a", Status: 500, Times: 1}); err != nil {
			t.Fatal(err)
		}
	}
	for range 3 {
		if e.Hit(Call{Operations: []string{"a"}}) == nil {
			t.Fatal("nothing was hit")
		}
	}
	ids, err := e.Add(Rule{Operation: "a", Status: 500}, Rule{Operation: "a", Reset: true})
	if err != nil || len(ids) != 2 || ids[1] != MaxRules+2 {
		t.Errorf("%v %v", ids, err)
	}
	if n := len(e.List()); n != MaxRules-1 {
		t.Errorf("%d rules", n)
	}
}
