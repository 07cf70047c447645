package sandbox

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestHandlerThatPanicsCostsOneRequest takes the API away, which no request
// can do.
func TestHandlerThatPanicsCostsOneRequest(t *testing.T) {
	t.Parallel()
	srv := Start(t, InMemory())
	srv.api = nil
	w := httptest.NewRecorder()
	srv.Handler().ServeHTTP(w, httptest.NewRequest("GET", "http://localhost/api2/projects", nil))
	if w.Code != http.StatusInternalServerError || !strings.Contains(w.Body.String(), "Internal Server Error") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	entries := srv.Journal()
	if len(entries) != 1 || entries[0].Status != 500 || !strings.Contains(strings.Join(entries[0].Notes, ""), "defect") {
		t.Errorf("the journal has %v", entries)
	}
}
