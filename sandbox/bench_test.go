package sandbox_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/sandbox"
)

const bigProject = "1234567865e1a1d12ac0b7.40718253"

// bigSeed is a project with many made-up keys in two languages.
func bigSeed(keys int) string {
	return fmt.Sprintf(`{"version":1,"projects":[{"name":"Big","id":%q,"languages":["en","de"],"generate":{"keys":%d}}]}`, bigProject, keys)
}

// BenchmarkSeedMillionKeys makes a sandbox with a million keys and two million
// translations, and reports what they take.
func BenchmarkSeedMillionKeys(b *testing.B) {
	for b.Loop() {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		srv, err := sandbox.New(sandbox.WithSeed(strings.NewReader(bigSeed(1_000_000))))
		if err != nil {
			b.Fatal(err)
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB/seed")
		if err := srv.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkKeysByCursor reads one page of 500 keys from three places of a
// project with a million: they should cost the same.
func BenchmarkKeysByCursor(b *testing.B) {
	srv := sandbox.Start(b, sandbox.WithoutRateLimit(), sandbox.WithSeed(strings.NewReader(bigSeed(1_000_000))))
	token := srv.Credentials().APIToken
	path := srv.URL() + "/api2/projects/" + bigProject + "/keys?pagination=cursor&limit=500"
	next := ""
	for page := range 2000 {
		if page == 0 || page == 1000 || page == 1998 {
			b.Run(fmt.Sprintf("page %d", page+1), func(b *testing.B) {
				for b.Loop() {
					get(b, srv.Client(), path+next, token)
				}
			})
		}
		next = "&cursor=" + nextCursor(b, srv.Client(), path+next, token)
	}
}

// nextCursor is the cursor of the page after an address.
func nextCursor(b *testing.B, client *http.Client, url, token string) string {
	req, err := http.NewRequestWithContext(b.Context(), http.MethodGet, url, nil)
	if err != nil {
		b.Fatal(err)
	}
	req.Header.Set("X-Api-Token", token)
	res, err := client.Do(req)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	if _, err := io.Copy(io.Discard, res.Body); err != nil {
		b.Fatal(err)
	}
	return res.Header.Get("X-Pagination-Next-Cursor")
}

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
// handler alone, over a socket, over many sockets at once, and the same with
// clients that leave the processors to the server.
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
	b.Run("bare", func(b *testing.B) {
		address := strings.TrimPrefix(srv.URL(), "http://")
		b.SetParallelism(16)
		b.RunParallel(func(pb *testing.PB) {
			c, err := dialBare(b, address, path, token)
			if err != nil {
				b.Error(err)
				return
			}
			for pb.Next() {
				if err := c.do(); err != nil {
					b.Error(err)
					return
				}
			}
		})
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "req/s")
	})
}

// bareClient sends the same request over one connection again and again, and
// reads no more of the answer than it takes to find its end.
type bareClient struct {
	*bufio.ReadWriter
	request string
}

func dialBare(b *testing.B, address, path, token string) (*bareClient, error) {
	conn, err := new(net.Dialer).DialContext(b.Context(), "tcp", address)
	if err != nil {
		return nil, err
	}
	b.Cleanup(func() { _ = conn.Close() })
	return &bareClient{
		bufio.NewReadWriter(bufio.NewReader(conn), bufio.NewWriter(conn)),
		fmt.Sprintf("GET %s HTTP/1.1\r\nHost: %s\r\nX-Api-Token: %s\r\n\r\n", path, address, token),
	}, nil
}

func (c *bareClient) do() error {
	if _, err := c.WriteString(c.request); err != nil {
		return err
	}
	if err := c.Flush(); err != nil {
		return err
	}
	length := -1
	for first := true; ; first = false {
		line, err := c.ReadSlice('\n')
		switch {
		case err != nil:
			return err
		case first && !bytes.HasPrefix(line, []byte("HTTP/1.1 200 ")):
			return fmt.Errorf("answered %q", line)
		case len(line) == len("\r\n"):
			_, err := c.Discard(length)
			return err
		}
		if value, found := bytes.CutPrefix(line, []byte("Content-Length: ")); found {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return err
			}
		}
	}
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
