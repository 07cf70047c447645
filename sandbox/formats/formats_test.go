package formats_test

import (
	"testing"

	"github.com/golokalise/lokalise/sandbox/format/formattest"
	_ "github.com/golokalise/lokalise/sandbox/formats"
)

func TestWhatIsWrittenIsReadAgain(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"yaml", "ruby_yaml"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			formattest.Test(t, name, formattest.Carries{Plurals: true, Descriptions: true})
		})
	}
}

func FuzzYAML(f *testing.F) {
	formattest.Fuzz(f, "yaml", "de:\n  # c\n  a: b\n  n:\n    one: x\n    other: |\n      y\n  l: [1, ~, no]\n", "a: &x {b: c}\nd:\n  <<: *x\n  e: *x\n", "a: &a [*a]\n")
}

func FuzzRubyYAML(f *testing.F) {
	formattest.Fuzz(f, "ruby_yaml", "de:\n  a: b\n", "pt-BR: {a: {b: \"c\\u0085\"}}\n")
}
