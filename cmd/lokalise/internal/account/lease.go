package account

import (
	"context"
	"crypto/rand"
	"errors"
	"time"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/exit"
)

// exclusively runs write while no other process writes a login.
func (a *Accounts) exclusively(ctx context.Context, write func(context.Context) error) (err error) {
	owner := rand.Text()
	if err := a.takeLease(ctx, owner); err != nil {
		return err
	}
	defer func() {
		// After an interruption, too: the next login should not wait for it.
		err = errors.Join(err, a.bounded(context.WithoutCancel(ctx), func(ctx context.Context) error {
			return a.store.Unlease(ctx, loginLease, owner)
		}))
	}()
	return write(ctx)
}

func (a *Accounts) takeLease(ctx context.Context, owner string) error {
	const pause = 50 * time.Millisecond
	deadline := time.NewTimer(leasePatience)
	defer deadline.Stop()
	for {
		got, err := a.tryLease(ctx, owner)
		if got || err != nil {
			return err
		}
		next := time.NewTimer(pause)
		select {
		case <-next.C:
		case <-deadline.C:
			return exit.Failuref("end the other one, then try again", "another login has been going on for too long")
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (a *Accounts) tryLease(ctx context.Context, owner string) (got bool, err error) {
	err = a.bounded(ctx, func(ctx context.Context) (err error) {
		got, err = a.store.Lease(ctx, loginLease, owner, leaseLife)
		return err
	})
	return got, err
}

// bounded makes one call of the store that does not wait for the file's lock
// forever. The manager bounds its own calls.
func (a *Accounts) bounded(ctx context.Context, call func(context.Context) error) error {
	within, cancel := context.WithTimeout(ctx, a.lockPatience)
	defer cancel()
	err := call(within)
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		return a.locked()
	}
	return err
}
