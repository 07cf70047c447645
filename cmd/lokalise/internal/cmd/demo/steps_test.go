package demo

import (
	"testing"
	"time"

	"github.com/golokalise/lokalise/oauth"
)

func TestTokenThatIsNotAsRecordedFailsItsStep(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	good := oauth.Token{AccessToken: "a", RefreshToken: "r", TokenType: "Bearer", Expiry: now.Add(time.Hour)}
	if err := checkToken(&good, now); err != nil {
		t.Errorf("good token: %v", err)
	}
	for name, spoil := range map[string]func(*oauth.Token){
		"no access token":   func(tok *oauth.Token) { tok.AccessToken = "" },
		"no refresh token":  func(tok *oauth.Token) { tok.RefreshToken = "" },
		"another type":      func(tok *oauth.Token) { tok.TokenType = "mac" },
		"expires too early": func(tok *oauth.Token) { tok.Expiry = now.Add(50 * time.Minute) },
		"expires too late":  func(tok *oauth.Token) { tok.Expiry = now.Add(2 * time.Hour) },
		"never expires":     func(tok *oauth.Token) { tok.Expiry = time.Time{} },
	} {
		tok := good
		spoil(&tok)
		if err := checkToken(&tok, now); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
