package sandbox_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/sandbox"
)

// BenchmarkContent is what requests about a project of many keys cost, by the
// number of keys: a page at the end of a list, a search by name, and changes of
// 500 keys at once.
func BenchmarkContent(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		b.Run(fmt.Sprintf("keys=%d", n), func(b *testing.B) {
			w := newMany(b, n)
			for name, path := range map[string]string{
				"page":   fmt.Sprintf("/keys?limit=500&page=%d", n/500),
				"cursor": "/keys?limit=500&pagination=cursor&cursor=" + cursorAfter(w.last-501),
				"name":   "/keys?filter_keys=" + "part-7.250",
			} {
				b.Run(name, func(b *testing.B) {
					for b.Loop() {
						w.call(http.MethodGet, path, "")
					}
				})
			}
			b.Run("create+delete", func(b *testing.B) {
				for i := 0; b.Loop(); i++ {
					ids := w.make(500, fmt.Sprintf("new-%d", i))
					w.call(http.MethodDelete, "/keys", `{"keys":[`+strings.Join(ids, ",")+`]}`)
				}
			})
			b.Run("delete in the middle", func(b *testing.B) {
				at := w.first + int64(n)/4
				for b.Loop() {
					ids := make([]string, 100)
					for i := range ids {
						ids[i] = fmt.Sprint(at)
						at++
					}
					w.call(http.MethodDelete, "/keys", `{"keys":[`+strings.Join(ids, ",")+`]}`)
				}
			})
		})
	}
}

// cursorAfter is a cursor in the API's form.
func cursorAfter(id int64) string {
	return url.QueryEscape(base64.StdEncoding.EncodeToString(fmt.Appendf(nil, `{"1":%d}`, id)))
}

// many is a project with many keys, asked without a socket.
type many struct {
	testing.TB
	handler     http.Handler
	token       string
	project     string
	first, last int64
}

func newMany(tb testing.TB, n int) *many {
	tb.Helper()
	srv := sandbox.Start(tb, sandbox.WithoutRateLimit())
	w := &many{TB: tb, handler: srv.Handler(), token: srv.Credentials().APIToken}
	var made struct {
		ID string `json:"project_id"`
	}
	w.decode(w.call(http.MethodPost, "", `{"name":"Many","languages":[{"lang_iso":"en"},{"lang_iso":"de"}]}`), &made)
	w.project = "/" + made.ID
	for i := 0; i < n; i += 500 {
		ids := w.make(500, fmt.Sprintf("part-%d", i/500))
		_, _ = fmt.Sscan(ids[len(ids)-1], &w.last)
		if i == 0 {
			_, _ = fmt.Sscan(ids[0], &w.first)
		}
	}
	return w
}

// make makes keys and returns their ids.
func (w *many) make(n int, prefix string) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf(`{"key_name":"%s.%d","platforms":["web"],"translations":[{"language_iso":"en","translation":"Text %d"}]}`, prefix, i, i)
	}
	var made struct {
		Keys []struct {
			ID json.Number `json:"key_id"`
		}
	}
	w.decode(w.call(http.MethodPost, "/keys", `{"keys":[`+strings.Join(list, ",")+`]}`), &made)
	ids := make([]string, len(made.Keys))
	for i, k := range made.Keys {
		ids[i] = k.ID.String()
	}
	return ids
}

func (w *many) call(method, path, body string) []byte {
	r := httptest.NewRequest(method, "http://localhost/api2/projects"+w.project+path, strings.NewReader(body))
	r.Header.Set("X-Api-Token", w.token)
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	if rec.Code != http.StatusOK {
		w.Fatal(rec.Code, rec.Body)
	}
	return rec.Body.Bytes()
}

func (w *many) decode(data []byte, into any) {
	if err := json.Unmarshal(data, into); err != nil {
		w.Fatal(err)
	}
}
