package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// A view the template cannot read stands for any failure in the middle of a
// page.
func TestFailedRenderingGivesOneCleanError(t *testing.T) {
	t.Parallel()
	rec := httptest.NewRecorder()
	render(rec, http.StatusOK, "home", frame{Title: "Home", Nav: HomePath, View: struct{ Now int }{}})
	if rec.Code != http.StatusInternalServerError {
		t.Errorf("status %d, want 500", rec.Code)
	}
	if body := rec.Body.String(); strings.Contains(body, "<") {
		t.Errorf("half a page was sent: %q", body)
	}
	if rec.Header().Get("Content-Security-Policy") == "" {
		t.Error("the error has no security headers")
	}
}

func TestInitialsStandForAnyName(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Ines Abad": "IA", "ines maria abad": "IA", "tom": "T", "": "?", "!!!": "?", "Åsa Öst": "ÅÖ", "李 明": "李明", "o'neil": "ON", "7 of 9": "79",
	} {
		if got := initials(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}
