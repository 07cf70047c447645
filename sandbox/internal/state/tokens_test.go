package state

import (
	"sync"
	"testing"
	"time"
)

// access goes through the whole flow.
func (u *Universe) access(t *testing.T, lives Lives) *Issued {
	t.Helper()
	c := u.Default().Credentials()
	code, _ := u.AddCode(Code{World: "default", ClientID: c.ClientID, Scopes: []string{"a", "b"}, Expires: u.clock.Now().Add(time.Hour)})
	issued, status, _ := u.UseCode(u.Default(), code.Value, c.ClientID, "", lives)
	if status != CodeAccepted {
		t.Fatalf("the code is refused: %d", status)
	}
	return issued
}

func TestExpiredCodesAreForgottenInTheEnd(t *testing.T) {
	t.Parallel()
	u := newTestUniverse()
	u.clock.Freeze()
	for range 2000 {
		_, _ = u.AddCode(Code{World: "default", Expires: u.clock.Now()})
	}
	u.clock.Advance(25 * time.Hour)
	kept, _ := u.AddCode(Code{World: "default", ClientID: "c", Expires: u.clock.Now().Add(time.Minute)})
	for range 2000 {
		_, _ = u.AddCode(Code{World: "default", Expires: u.clock.Now()})
	}
	if n := u.tokens.size(); n > 2001 || u.Code(kept.Value) == nil {
		t.Errorf("%d codes are remembered", n)
	}
}

// TestShortLivesDoNotFillTheMemory has tokens that expire at once and are
// refreshed within one day, in which nothing is old.
func TestShortLivesDoNotFillTheMemory(t *testing.T) {
	t.Parallel()
	u := newTestUniverse()
	u.clock.Freeze()
	client := u.Default().Credentials().ClientID
	rules := RefreshRules{Lives: Lives{Access: time.Millisecond}, Rotate: true, DetectReuse: true}
	issued := u.access(t, rules.Lives)
	first := issued.Grant
	for range 3 * maxDead {
		next, status, _ := u.Refresh(u.Default(), issued.RefreshToken, client, rules)
		if status != RefreshAccepted {
			t.Fatalf("a refresh is refused: %d", status)
		}
		issued = next
		u.clock.Advance(time.Millisecond)
	}
	g := issued.Grant
	if n := len(u.tokens.access); n > 2*maxDead+2 {
		t.Errorf("%d access tokens are remembered", n)
	}
	if len(g.Tokens) != maxGenerations || len(u.tokens.refresh) != maxGenerations || g.Current().Generation != 3*maxDead+1 {
		t.Errorf("%d generations, %d in the index, the last is %d", len(g.Tokens), len(u.tokens.refresh), g.Current().Generation)
	}
	if _, status, _ := u.Refresh(u.Default(), first.Current().Value, client, rules); status != RefreshUnknown {
		t.Errorf("the first refresh token of very many: %d", status)
	}
	if _, status, _ := u.Refresh(u.Default(), g.Tokens[0].Value, client, rules); status != RefreshReused {
		t.Errorf("the oldest that is remembered: %d", status)
	}
}

func TestDeadGrantsAreForgottenInTheEnd(t *testing.T) {
	t.Parallel()
	u := newTestUniverse()
	u.clock.Freeze()
	revoked := u.access(t, Lives{Access: time.Hour})
	expired := u.access(t, Lives{Access: time.Hour, Refresh: time.Minute})
	kept := u.access(t, Lives{Access: 100 * time.Hour})
	if found, err := u.RevokeGrant("default", revoked.Grant.ID); !found || err != nil {
		t.Fatal("no such grant")
	}
	u.clock.Advance(26 * time.Hour)
	u.tokens.mu.Lock()
	u.tokens.swept = 0
	for range 1100 {
		u.tokens.putCode(&Code{Value: NewSecret(), World: "default"})
	}
	u.tokens.sweep(u.clock.Now())
	u.tokens.mu.Unlock()
	grants := u.Grants("default")
	if len(grants) != 1 || grants[0].ID != kept.Grant.ID || len(u.tokens.refresh) != 1 {
		t.Errorf("%d grants and %d refresh tokens are left", len(grants), len(u.tokens.refresh))
	}
	if u.IsSecret(expired.RefreshToken) || len(u.AccessTokens("default")) != 1 {
		t.Error("tokens of a forgotten grant are left")
	}
}

func TestRowsNeverChange(t *testing.T) {
	t.Parallel()
	u := newTestUniverse()
	first := u.access(t, Lives{Access: time.Hour})
	before := *first.Grant
	client := u.Default().Credentials().ClientID
	if _, status, _ := u.Refresh(u.Default(), first.RefreshToken, client, RefreshRules{Lives: Lives{Access: time.Hour}, Rotate: true}); status != RefreshAccepted {
		t.Fatal(status)
	}
	_, _ = u.RevokeGrant("default", first.Grant.ID)
	_, _ = u.ExpireAccessTokens("default", func(*Access) bool { return true })
	if g := first.Grant; g.Refreshed != 0 || len(g.Tokens) != 1 || g.Tokens[0] != before.Tokens[0] || !g.Revoked.IsZero() {
		t.Errorf("the grant changed in somebody's hands: %+v", g)
	}
	if !first.Access.Expires.After(u.clock.Now()) {
		t.Error("the access token changed in somebody's hands")
	}
}

func TestManyRefreshAtOnceAndOneRotates(t *testing.T) {
	t.Parallel()
	u := newTestUniverse()
	issued := u.access(t, Lives{Access: time.Hour})
	client := u.Default().Credentials().ClientID
	rules := RefreshRules{Lives: Lives{Access: time.Hour}, Rotate: true, Grace: time.Hour}
	results := make(chan *Issued, 50)
	var wg sync.WaitGroup
	for range cap(results) {
		wg.Go(func() {
			got, status, _ := u.Refresh(u.Default(), issued.RefreshToken, client, rules)
			if !status.Accepted() {
				t.Errorf("refused: %d", status)
			}
			results <- got
		})
	}
	wg.Wait()
	close(results)
	refresh, access := map[string]bool{}, map[string]bool{}
	for got := range results {
		refresh[got.RefreshToken], access[got.Access.Value] = true, true
	}
	if len(refresh) != 1 || len(access) != 50 {
		t.Errorf("%d refresh tokens and %d access tokens", len(refresh), len(access))
	}
}

func TestSeedIsTheSameInEveryWorld(t *testing.T) {
	t.Parallel()
	u := newTestUniverse()
	second, err := u.AddWorld("", RandomCredentials())
	if err != nil {
		t.Fatal(err)
	}
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
	code, _ := u.AddCode(Code{World: "default", ClientID: c.ClientID, Expires: u.clock.Now().Add(time.Hour)})
	first := u.access(t, Lives{Access: time.Hour})
	second, status, _ := u.Refresh(u.Default(), first.RefreshToken, c.ClientID, RefreshRules{Lives: Lives{Access: time.Hour}, Rotate: true})
	if status != RefreshAccepted {
		t.Fatal(status)
	}
	for _, secret := range []string{
		c.ClientSecret, c.APIToken, c.ReadOnlyAPIToken, code.Value,
		first.RefreshToken, first.Access.Value, second.RefreshToken, second.Access.Value,
	} {
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
