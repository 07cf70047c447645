package work

import (
	"context"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/internal/bench/floor"
)

// withFloor makes an implementation from a function that uses a floor client.
func withFloor(name string, open func(base, token string) *floor.Client, do func(context.Context, *floor.Client) (Tally, error)) Impl {
	return Impl{Name: name, Open: func(env Env) (Op, func(), error) {
		client := open(env.Base, env.Token)
		op := func(ctx context.Context) (Tally, error) { return do(ctx, client) }
		return op, client.Close, nil
	}}
}

// withClient makes an implementation from a function that uses our client as
// its users have it, with its own transport. Only its limits are off: they
// would hold it to six requests a second.
func withClient(name string, do func(context.Context, *lokalise.Client) (Tally, error)) Impl {
	return Impl{Name: name, Open: func(env Env) (Op, func(), error) {
		client, err := lokalise.New(
			lokalise.WithAPIToken(env.Token), lokalise.WithBaseURL(env.Base), lokalise.WithoutLimits())
		if err != nil {
			return nil, nil, err
		}
		op := func(ctx context.Context) (Tally, error) { return do(ctx, client) }
		return op, func() {}, nil
	}}
}
