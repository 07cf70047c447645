package oauth_test

import (
	"testing"

	"github.com/golokalise/lokalise/oauth"
)

func TestNewStateIsUnguessable(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for range 1000 {
		state := oauth.NewState()
		if len(state) < 26 { // 26 characters of base32 are 130 bits
			t.Fatalf("state %q has %d characters", state, len(state))
		}
		if seen[state] {
			t.Fatal("a state came twice")
		}
		seen[state] = true
	}
}

func TestEqualState(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"abc", "abc", true},
		{"abc", "abd", false},
		{"abc", "abcd", false},
		{"abc", "", false},
		{"", "abc", false},
		{"", "", false},
	} {
		if got := oauth.EqualState(test.a, test.b); got != test.want {
			t.Errorf("EqualState(%q, %q) = %v", test.a, test.b, got)
		}
	}
}
