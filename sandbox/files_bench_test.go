package sandbox_test

import (
	"net/http"
	"testing"
)

// benchFiles is a sandbox with a project of n keys in three languages.
func benchFiles(b *testing.B, n int) *filesBox {
	b.Helper()
	box := startFiles(b)
	box.imported("%LANG_ISO%.json", "en", manyKeys(n))
	return box
}

func BenchmarkUpload20000Keys(b *testing.B) {
	file := manyKeys(20_000)
	for b.Loop() {
		b.StopTimer()
		box := startFiles(b)
		b.StartTimer()
		if got := box.imported("en.json", "en", file); got.Inserted != 20_000 {
			b.Fatalf("%+v", got)
		}
	}
}

func BenchmarkUploadAgain20000Keys(b *testing.B) {
	box := benchFiles(b, 20_000)
	file := manyKeys(20_000)
	for b.Loop() {
		box.imported("%LANG_ISO%.json", "de", file, `"replace_modified":true`)
	}
}

func BenchmarkDownload100000Keys(b *testing.B) {
	box := benchFiles(b, 100_000)
	for b.Loop() {
		if p := box.async(`{"format":"json"}`); p.Details.Keys != 100_000 {
			b.Fatalf("%+v", p)
		}
	}
}

func BenchmarkStatistics100000Keys(b *testing.B) {
	box := benchFiles(b, 100_000)
	for b.Loop() {
		b.StopTimer()
		box.ok("POST", "/keys", `{"keys":[{"key_name":"one more","platforms":["web"]}]}`)
		b.StartTimer()
		box.statistics()
	}
}

func BenchmarkListProjectsWith100000Keys(b *testing.B) {
	box := benchFiles(b, 100_000)
	for b.Loop() {
		if a := box.api(http.MethodGet, "/projects", ""); a.status != http.StatusOK {
			b.Fatal(a.body)
		}
	}
}

func BenchmarkEmpty20000Keys(b *testing.B) {
	file := manyKeys(20_000)
	box := benchFiles(b, 1)
	for b.Loop() {
		b.StopTimer()
		box.imported("en.json", "en", file)
		b.StartTimer()
		box.ok("PUT", "/empty", "")
	}
}
