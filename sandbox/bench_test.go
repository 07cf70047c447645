package sandbox_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/golokalise/lokalise/sandbox"
)

// BenchmarkStartAndClose is what a sandbox of its own costs a test.
func BenchmarkStartAndClose(b *testing.B) {
	for name, opts := range map[string][]sandbox.Option{"socket": nil, "memory": {sandbox.InMemory()}} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				srv, err := sandbox.New(opts...)
				if err != nil {
					b.Fatal(err)
				}
				if opts == nil {
					if err := srv.Listen("127.0.0.1:0"); err != nil {
						b.Fatal(err)
					}
				}
				if err := srv.Close(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkFirstAnswer is Start until the first answer has come.
func BenchmarkFirstAnswer(b *testing.B) {
	for b.Loop() {
		srv, err := sandbox.New()
		if err != nil {
			b.Fatal(err)
		}
		if err := srv.Listen("127.0.0.1:0"); err != nil {
			b.Fatal(err)
		}
		get(b, srv.Client(), srv.URL()+"/_sandbox/health", "")
		if err := srv.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSmallRequest answers GET /projects/{id} with the journal on: the
// handler alone, over a socket, and over many sockets at once.
func BenchmarkSmallRequest(b *testing.B) {
	srv := sandbox.Start(b, sandbox.WithoutRateLimit())
	token := srv.Credentials().APIToken
	path := "/api2/projects/" + seedProject
	b.Run("handler", func(b *testing.B) {
		b.ReportAllocs()
		handler := srv.Handler()
		for b.Loop() {
			r := httptest.NewRequest(http.MethodGet, "http://localhost"+path, nil)
			r.Header.Set("X-Api-Token", token)
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, r)
			if w.Code != http.StatusOK {
				b.Fatal(w.Code)
			}
		}
	})
	b.Run("socket", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			get(b, srv.Client(), srv.URL()+path, token)
		}
	})
	b.Run("parallel", func(b *testing.B) {
		b.SetParallelism(16)
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				get(b, srv.Client(), srv.URL()+path, token)
			}
		})
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "req/s")
	})
}

func get(b *testing.B, client *http.Client, url, token string) {
	req, err := http.NewRequestWithContext(b.Context(), http.MethodGet, url, nil)
	if err != nil {
		b.Error(err)
		return
	}
	req.Header.Set("X-Api-Token", token)
	res, err := client.Do(req)
	if err != nil {
		b.Error(err)
		return
	}
	defer func() { _ = res.Body.Close() }()
	if _, err := io.Copy(io.Discard, res.Body); err != nil || res.StatusCode != http.StatusOK {
		b.Error(res.StatusCode, err)
	}
}
