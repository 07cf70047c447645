package jsontest_test

import (
	"reflect"
	"testing"

	"github.com/golokalise/lokalise/internal/e2e/jsontest"
)

func TestMatch(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, document, pattern string
		want                    []string
	}{
		{"the same", `{"a":[1,"x",null,true]}`, `{"a":[1,"x",null,true]}`, nil},
		{"a string by expression", `"2f"`, `"~[0-9a-f]{2}"`, nil},
		{"the expression covers the whole string", `"2ff"`, `"~[0-9a-f]{2}"`, []string{`the document is "2ff", want "~[0-9a-f]{2}"`}},
		{"any number", `{"n":7.5}`, `{"n":"#"}`, nil},
		{"no number", `{"n":"7"}`, `{"n":"#"}`, []string{`n is "7", want "#"`}},
		{"a number is no string", `{"n":7}`, `{"n":"7"}`, []string{`n is 7, want "7"`}},
		{"missing and more", `{"b":1}`, `{"a":1}`, []string{"a is missing", "b is there: 1"}},
		{"null is not absent", `{"a":null}`, `{}`, []string{"a is there: null"}},
		{"fewer items", `{"a":[1]}`, `{"a":[1,2]}`, []string{"a has 1 items, want 2"}},
		{"deep down", `{"a":[{"b":1}]}`, `{"a":[{"b":2}]}`, []string{"a[0].b is 1, want 2"}},
		{"an object is no array", `{"a":{}}`, `{"a":[]}`, []string{"a is {}, want []"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := jsontest.Match([]byte(tt.document), tt.pattern); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestMatchOfNoJSONDiffers(t *testing.T) {
	t.Parallel()
	if jsontest.Match([]byte("<html>"), `"#"`) == nil {
		t.Error("no difference")
	}
}
