package xoauth2

import (
	"context"
	"time"

	"golang.org/x/oauth2"

	"github.com/golokalise/lokalise/oauth"
)

// TokenSource returns an x/oauth2 source that hands out the token while it is
// good and refreshes it with the client afterwards. A token that has nothing
// but a RefreshToken is refreshed at the first use. Errors are those of
// oauth.Client.Refresh.
//
// x/oauth2's interface has no context, so all refreshes use the given one: it
// must outlive the source, and when it ends, refreshing ends. The source stores
// nothing: on a server that rotates refresh tokens, the grant is lost when the
// program ends. Package tokens stores them; connect it with FromSource.
func TokenSource(ctx context.Context, client *oauth.Client, token *oauth.Token) oauth2.TokenSource {
	if token == nil {
		token = &oauth.Token{}
	}
	return oauth2.ReuseTokenSource(FromToken(token), &refresher{ctx: ctx, client: client, token: token})
}

// refresher refreshes at every call. The source that x/oauth2 puts around it
// calls it under a lock.
type refresher struct {
	ctx    context.Context // the interface leaves no other way
	client *oauth.Client
	token  *oauth.Token
}

// Token implements oauth2.TokenSource.
func (r *refresher) Token() (*oauth2.Token, error) {
	next, err := r.client.Refresh(r.ctx, r.token.RefreshToken)
	if err != nil {
		return nil, err
	}
	if next.Scopes == nil { // not named means unchanged (RFC 6749 section 6)
		next.Scopes = r.token.Scopes
	}
	r.token = next
	return FromToken(next), nil
}

// Source gives access tokens under a context. It is the interface of the
// lokalise client, which the sources of package tokens have as well.
type Source interface {
	Token(ctx context.Context) (string, error)
}

// shortLife is the expiry that FromSource gives to a token: x/oauth2 stops using
// a token ten seconds before its expiry, so this makes it ask again after one.
const shortLife = 11 * time.Second

// FromSource makes an x/oauth2 source out of any Source, for instance one of
// package tokens. Each call asks the source, which is expected to keep the token
// itself. Only the source knows when the token ends, and x/oauth2 keeps a token
// without expiry for ever, in oauth2.NewClient for one; so the expiry here is
// eleven seconds away, which makes x/oauth2 ask anew after a second.
//
// The context is used for every call and must outlive the source.
func FromSource(ctx context.Context, source Source) oauth2.TokenSource {
	return &contextBound{ctx: ctx, source: source}
}

type contextBound struct {
	ctx    context.Context // the interface leaves no other way
	source Source
}

// Token implements oauth2.TokenSource.
func (b *contextBound) Token() (*oauth2.Token, error) {
	access, err := b.source.Token(b.ctx)
	if err != nil {
		return nil, err
	}
	return &oauth2.Token{AccessToken: access, TokenType: "Bearer", Expiry: time.Now().Add(shortLife)}, nil
}

// ToSource makes a Source, which lokalise.WithTokenSource takes, out of an
// x/oauth2 source. A context that has ended is honored before the call; x/oauth2
// cannot be interrupted during it.
func ToSource(source oauth2.TokenSource) Source { return &contextFree{source} }

type contextFree struct{ source oauth2.TokenSource }

// Token implements Source.
func (f *contextFree) Token(ctx context.Context) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	token, err := f.source.Token()
	if err != nil {
		return "", err
	}
	return token.AccessToken, nil
}
