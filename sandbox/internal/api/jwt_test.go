package api

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/golokalise/lokalise/sandbox/internal/clock"
	"github.com/golokalise/lokalise/sandbox/internal/state"
)

func issue(t *testing.T, w *state.World) string {
	t.Helper()
	var token string
	err := w.Update(func(tx *state.Tx) (err error) {
		token, err = issueServiceToken(tx, serviceToken{World: w.Name, Service: serviceOTA, ProjectID: "p", TeamID: 7, UserID: 9})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func TestServiceTokenLeadsIntoItsWorldForHalfAnHour(t *testing.T) {
	t.Parallel()
	c := clock.New()
	defer c.Close()
	c.Freeze()
	u := state.NewUniverse(c, state.FixedCredentials(), nil)
	token := issue(t, u.Default())
	w, got, err := verifyServiceToken(u, token, c.Now())
	if err != nil || w != u.Default() || got.ProjectID != "p" || got.TeamID != 7 || got.UserID != 9 || got.Service != serviceOTA {
		t.Fatalf("%v %+v", err, got)
	}
	if _, _, err := verifyServiceToken(u, token, c.Now().Add(serviceTokenLife-time.Second)); err != nil {
		t.Error(err)
	}
	if _, _, err := verifyServiceToken(u, token, c.Now().Add(serviceTokenLife)); !errors.Is(err, errServiceToken) {
		t.Errorf("after half an hour: %v", err)
	}
}

func TestServiceTokenOfOthersIsRefused(t *testing.T) {
	t.Parallel()
	c := clock.New()
	defer c.Close()
	u := state.NewUniverse(c, state.FixedCredentials(), nil)
	token := issue(t, u.Default())
	other := issue(t, state.NewUniverse(c, state.FixedCredentials(), nil).Default())
	header, rest, _ := strings.Cut(token, ".")
	claims, sign, _ := strings.Cut(rest, ".")
	_, otherRest, _ := strings.Cut(other, ".")
	for name, forged := range map[string]string{
		"empty":            "",
		"no signature":     header + "." + claims,
		"empty signature":  header + "." + claims + ".",
		"other claims":     header + "." + claims[:len(claims)-2] + "x" + "." + sign,
		"another universe": header + "." + otherRest,
		"no algorithm":     "eyJhbGciOiJub25lIn0." + claims + ".",
		"not a token":      "a.b.c",
	} {
		if _, _, err := verifyServiceToken(u, forged, c.Now()); !errors.Is(err, errServiceToken) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, _, err := verifyServiceToken(u, token, c.Now()); err != nil {
		t.Error(err)
	}
}
