package state

import (
	"testing"
	"time"
)

func TestExpiredCodesAndTokensAreForgottenInTheEnd(t *testing.T) {
	t.Parallel()
	u := newTestUniverse()
	u.clock.Freeze()
	w := u.Default()
	for range 2000 {
		u.AddCode(Code{World: w, Expires: u.clock.Now()})
	}
	u.clock.Advance(25 * time.Hour)
	kept := u.AddCode(Code{World: w, ClientID: "c", Expires: u.clock.Now().Add(time.Minute)})
	for range 2000 {
		u.AddCode(Code{World: w, Expires: u.clock.Now()})
	}
	u.mu.RLock()
	n := len(u.codes)
	u.mu.RUnlock()
	if n > 2001 || u.Code(kept.Value) == nil {
		t.Errorf("%d codes are remembered", n)
	}
}

func TestSeedIsTheSameInEveryWorld(t *testing.T) {
	t.Parallel()
	u := newTestUniverse()
	second := u.AddWorld(RandomCredentials())
	var names [2][]string
	for i, w := range []*World{u.Default(), second} {
		_ = w.View(func(tx *Tx) error {
			for p := range tx.Projects.All("") {
				names[i] = append(names[i], p.ID+p.Name+p.CreatedAt.String())
				if tx.Languages.Get(p.ID, p.BaseID) == nil {
					t.Errorf("the base language of %s is not among its languages", p.Name)
				}
				if tx.Teams.Get("", p.TeamID) == nil || tx.Users.Get("", p.CreatedBy) == nil {
					t.Errorf("%s has no team or nobody made it", p.Name)
				}
			}
			return nil
		})
	}
	if len(names[0]) != 4 || len(names[0]) != len(names[1]) {
		t.Errorf("%v and %v", names[0], names[1])
	}
	if worlds := u.Worlds(); len(worlds) != 2 || worlds[1] != second || second.Name != "world-2" {
		t.Errorf("worlds %v", worlds)
	}
}

func TestSecretsOfAWorldAreKnown(t *testing.T) {
	t.Parallel()
	u := newTestUniverse()
	c := u.Default().Credentials()
	code := u.AddCode(Code{World: u.Default(), ClientID: c.ClientID, Expires: u.clock.Now().Add(time.Hour)})
	grant, status := u.UseCode(code.Value, c.ClientID, "")
	if status != CodeAccepted {
		t.Fatal(status)
	}
	for _, secret := range []string{c.ClientSecret, c.APIToken, c.ReadOnlyAPIToken, code.Value, grant.RefreshToken, u.IssueAccess(grant, time.Hour)} {
		if !u.IsSecret(secret) {
			t.Errorf("%s is not known as a secret", secret)
		}
	}
	if u.IsSecret(c.ClientID) || u.IsSecret("") {
		t.Error("a client ID is no secret")
	}
}

func TestLanguagesAreFoundByAnySpellingOfTheirCode(t *testing.T) {
	t.Parallel()
	for _, iso := range []string{"pt_BR", "pt-BR", "pt_br", "PT-br"} {
		if l, found := LanguageByISO(iso); !found || l.ISO != "pt_BR" {
			t.Errorf("%s: %v", iso, l)
		}
	}
	seen := map[int64]string{}
	for _, l := range systemLanguages {
		if other := seen[l.ID]; other != "" {
			t.Errorf("%s and %s have the id %d", other, l.ISO, l.ID)
		}
		seen[l.ID] = l.ISO
	}
}
