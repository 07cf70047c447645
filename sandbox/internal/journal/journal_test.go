package journal_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/golokalise/lokalise/sandbox/internal/journal"
)

// pass sends a request through a recorded handler.
func pass(t *testing.T, r *http.Request, handler http.HandlerFunc) *journal.Record {
	t.Helper()
	g := journal.NewRing()
	w, _ := journal.Begin(g, httptest.NewRecorder(), r, time.Unix(0, 0))
	handler(w, r)
	w.End()
	if g.Len() != 1 {
		t.Fatalf("%d records", g.Len())
	}
	return g.Find(1)
}

func echo(contentType string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		data, _ := io.ReadAll(r.Body)
		w.Header().Set("Content-Type", contentType)
		w.WriteHeader(http.StatusTeapot)
		_, _ = w.Write(data)
	}
}

func TestRecordHasBothBodies(t *testing.T) {
	t.Parallel()
	const body = `{"name":"x"}`
	rec := pass(t, httptest.NewRequest("POST", "/a?b=c", strings.NewReader(body)), echo("application/json"))
	if rec.Status != http.StatusTeapot || rec.Duration <= 0 || rec.Request.Size() != 12 || rec.Response.Size() != 12 {
		t.Errorf("%+v", rec)
	}
	for _, b := range []*journal.Body{&rec.Request, &rec.Response} {
		if text, cut := (journal.Mask{}).Body(b, "application/json"); text != body || cut {
			t.Errorf("%q, cut %v", text, cut)
		}
	}
}

func TestRecordIsThereBeforeTheAnswerAndWholeAtTheEnd(t *testing.T) {
	t.Parallel()
	g := journal.NewRing()
	w, rec := journal.Begin(g, httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil), time.Unix(0, 0))
	_, _ = w.Write([]byte("[1,"))
	early := g.Find(1)
	if early == nil || early.Response.Size() != 3 {
		t.Fatalf("after the first byte: %+v", early)
	}
	_, _ = w.Write([]byte("2]"))
	rec.Note("late")
	w.End()
	late := g.Find(1)
	if text, _ := (journal.Mask{}).Body(&late.Response, "application/json"); text != "[1,2]" || len(late.Notes) != 1 || g.Len() != 1 {
		t.Errorf("at the end: %q %v", text, late.Notes)
	}
	if early.Response.Size() != 3 || len(early.Notes) != 0 {
		t.Error("a record changed in somebody's hands")
	}
}

func TestHandlerThatWritesNothingIsA200(t *testing.T) {
	t.Parallel()
	rec := pass(t, httptest.NewRequest("GET", "/", nil), func(http.ResponseWriter, *http.Request) {})
	if rec.Status != http.StatusOK {
		t.Errorf("%d", rec.Status)
	}
}

func TestPagesAreNotKept(t *testing.T) {
	t.Parallel()
	rec := pass(t, httptest.NewRequest("POST", "/", strings.NewReader("<p>code</p>")), echo("text/html; charset=utf-8"))
	if text, cut := (journal.Mask{}).Body(&rec.Response, "text/html"); text != "" || cut || rec.Response.Size() != 11 {
		t.Errorf("%q, cut %v", text, cut)
	}
}

func TestBodiesThatCannotBeReadAreMaskedWhole(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"plain text": "secret text", "half a document": `{"token":"abc`, "too long": `{"name":"` + strings.Repeat("x", 1<<17) + `"}`, "bad form": "%zz",
	} {
		rec := pass(t, httptest.NewRequest("POST", "/", strings.NewReader(body)), echo("application/json"))
		text, _ := (journal.Mask{}).Body(&rec.Request, map[bool]string{true: "application/x-www-form-urlencoded"}[name == "bad form"])
		if strings.Trim(text, `"`) != "[redacted]" {
			t.Errorf("%s: %.80q", name, text)
		}
	}
}

func TestBeginningOfALongBodyIsShown(t *testing.T) {
	t.Parallel()
	body := `[{"name":"first","token":"abc"}` + strings.Repeat(`,{"name":"x"}`, 1<<14) + `]`
	rec := pass(t, httptest.NewRequest("POST", "/", strings.NewReader(body)), echo("application/json"))
	text, cut := (journal.Mask{}).Body(&rec.Request, "application/json")
	if !cut || !strings.HasPrefix(text, `[{"name":"first","token":"[redacted]"},{"name":"x"}`) {
		t.Errorf("cut %v: %.100s", cut, text)
	}
}

func TestCompressedBodiesAreShownAndMasked(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, 1 << 16} { // the second one is longer than what is shown
		body := `[{"name":"first","token":"abc"}` + strings.Repeat(`,{"name":"x"}`, n) + `]`
		rec := pass(t, httptest.NewRequest("GET", "/", nil), func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			zw := gzip.NewWriter(w)
			_, _ = zw.Write([]byte(body))
			_ = zw.Close()
		})
		text, cut := (journal.Mask{}).Body(&rec.Response, "application/json")
		if cut != (n > 1) || !strings.HasPrefix(text, `[{"name":"first","token":"[redacted]"},{"name":"x"}`) {
			t.Errorf("%d: cut %v: %.100s", n, cut, text)
		}
	}
	rec := pass(t, httptest.NewRequest("GET", "/", nil), func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write([]byte("no such thing, secret"))
	})
	if text, _ := (journal.Mask{}).Body(&rec.Response, "application/json"); strings.Contains(text, "secret") {
		t.Errorf("what only claims to be compressed: %q", text)
	}
}

func TestLiveSecretsAreMaskedWhereverTheyStand(t *testing.T) {
	t.Parallel()
	const live, dead = "0123456789abcdef0123456789abcdef01234567", "ffffffffffffffffffffffffffffffffffffffff"
	m := journal.Mask{Live: func(word string) bool { return word == live }}
	u := &url.URL{Path: "/a/" + live + "/" + dead, RawQuery: "x=" + live}
	got := m.Path(u) + " " + m.Query(u) + " " + m.Header(http.Header{"X-Odd": {live}}).Get("X-Odd") + m.Text(strings.ToUpper(live))
	if strings.Contains(strings.ToLower(got), live) || !strings.Contains(got, dead) {
		t.Errorf("%s", got)
	}
}

func TestRingKeepsTheLatest(t *testing.T) {
	t.Parallel()
	g := journal.NewRing()
	if len(g.Records(0)) != 0 || g.Find(1) != nil {
		t.Error("an empty ring has records")
	}
	for range journal.MaxRecords + 5 {
		g.Add(&journal.Record{URL: &url.URL{}})
	}
	records := g.Records(0)
	if len(records) != journal.MaxRecords || records[0].Seq != 6 || g.Len() != journal.MaxRecords {
		t.Errorf("%d records from %d", len(records), records[0].Seq)
	}
	if after := g.Records(2004); len(after) != 1 || after[0].Seq != 2005 {
		t.Errorf("%v", after)
	}
	if g.Find(5) != nil || g.Find(6) == nil || g.Find(2006) != nil {
		t.Error("Find finds the wrong ones")
	}
	g.Clear()
	g.Add(&journal.Record{URL: &url.URL{}})
	if records := g.Records(0); len(records) != 1 || records[0].Seq != journal.MaxRecords+6 {
		t.Errorf("after Clear: %d records from %d", len(records), records[0].Seq)
	}
}
