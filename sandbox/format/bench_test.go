package format_test

import (
	"fmt"
	"testing"

	"github.com/golokalise/lokalise/sandbox/format"
)

// BenchmarkLargeFile reads and writes 100,000 keys, the largest file that
// anybody would try.
func BenchmarkLargeFile(b *testing.B) {
	var file format.File
	for i := range 100_000 {
		file.Entries = append(file.Entries, format.Entry{
			Key: fmt.Sprintf("screen_%d::label_%d", i/100, i), Text: fmt.Sprintf("The text of label %d, it's \"short\"", i),
		})
	}
	for _, name := range format.Names() {
		f, _ := format.Lookup(name)
		data, err := f.Encode(file, format.WriteOptions{Language: "de"})
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name+"/read", func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				got, err := f.Decode(data, format.ReadOptions{Language: "de"})
				if err != nil || len(got.Entries) != len(file.Entries) {
					b.Fatal(len(got.Entries), err)
				}
			}
		})
		b.Run(name+"/write", func(b *testing.B) {
			for b.Loop() {
				if _, err := f.Encode(file, format.WriteOptions{Language: "de"}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
