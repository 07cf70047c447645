package sandbox_test

import (
	"testing"

	"github.com/golokalise/lokalise/sandbox"
)

func TestGrantOfAToken(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	b.policy(sandbox.OAuthPolicy{Rotation: sandbox.RotationRotate})
	first := b.grant()
	other := b.grant()
	second := b.refreshed(first.RefreshToken)
	grants := b.OAuth().Grants()
	find := func(token string, want int64, known bool) {
		t.Helper()
		if id, found := b.OAuth().GrantOf(token); id != want || found != known {
			t.Errorf("it is grant %d, %t; want %d, %t", id, found, want, known)
		}
	}
	for _, token := range []string{first.AccessToken, first.RefreshToken, second.AccessToken, second.RefreshToken} {
		find(token, grants[0].ID, true)
	}
	find(other.AccessToken, grants[1].ID, true)
	find("of nobody", 0, false)

	// An expired token is still somebody's; a revoked grant's access token is not.
	b.OAuth().ExpireAccessTokens()
	find(second.AccessToken, grants[0].ID, true)
	if err := b.OAuth().RevokeGrant(grants[0].ID); err != nil {
		t.Fatal(err)
	}
	find(second.AccessToken, 0, false)
	find(second.RefreshToken, grants[0].ID, true)

	// Another world's token is unknown here.
	world, err := b.AddWorld("elsewhere")
	if err != nil {
		t.Fatal(err)
	}
	if id, found := world.OAuth().GrantOf(other.AccessToken); found {
		t.Errorf("another world says grant %d", id)
	}
}
