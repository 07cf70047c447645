package jsontest_test

import (
	"reflect"
	"testing"

	"github.com/golokalise/lokalise/internal/e2e/jsontest"
)

func TestDiff(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, got, recorded string
		want                []string
	}{
		{"other content", `{"a":[{"b":1}],"c":"x"}`, `{"a":[{"b":2},{"b":3}],"c":"y"}`, nil},
		{"another type", `{"a":"1"}`, `{"a":1}`, []string{"a is string (recorded: number)"}},
		{"null where none was recorded", `{"a":null}`, `{"a":1}`, []string{"a is null (recorded: number)"}},
		{"one of two recorded types", `{"a":[1]}`, `{"a":[1,null]}`, nil},
		{"missing in some items", `{"a":[{"b":1},{}]}`, `{"a":[{"b":1}]}`, []string{"a[].b is absent or number (recorded: number)"}},
		{"recorded as missing in some items", `{"a":[{"b":1}]}`, `{"a":[{"b":1},{}]}`, nil},
		{"missing", `{}`, `{"a":{"b":1}}`, []string{"a is missing (recorded: object)"}},
		{"missing deep down", `{"a":[{}]}`, `{"a":[{"b":1}]}`, []string{"a[].b is missing (recorded: number)"}},
		{"not recorded", `{"a":{"b":{"c":1}}}`, `{"a":{}}`, []string{"a.b was not recorded (object)"}},
		{"an empty array says nothing of its items", `{"a":[{"b":1}]}`, `{"a":[]}`, nil},
		{"a null says nothing of what may be there", `{"a":{"b":1}}`, `{"a":null}`, []string{"a is object (recorded: null)"}},
		{"an empty array hides what was recorded", `{"a":[]}`, `{"a":[1]}`, []string{"a[] is missing (recorded: number)"}},
		{"array and object", `[]`, `{}`, []string{"the document is array (recorded: object)"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := jsontest.Diff(shape(t, tt.got), shape(t, tt.recorded)); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestOfSeveral(t *testing.T) {
	t.Parallel()
	s, err := jsontest.Of([]byte(`{"a":1}`), []byte(`{"a":null,"b":[{"c":"x"},{}]}`))
	if err != nil {
		t.Fatal(err)
	}
	want := jsontest.Shape{
		"": {"object"}, "a": {"null", "number"}, "b": {"absent", "array"}, "b[]": {"object"}, "b[].c": {"absent", "string"},
	}
	if !reflect.DeepEqual(s, want) {
		t.Errorf("got %v", s)
	}
}

func shape(t *testing.T, document string) jsontest.Shape {
	t.Helper()
	s, err := jsontest.Of([]byte(document))
	if err != nil {
		t.Fatal(err)
	}
	return s
}
