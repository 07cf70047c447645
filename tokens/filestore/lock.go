package filestore

import (
	"context"
	"os"
	"time"
)

// lockFile takes the lock, in a file of its own, since the store's file is
// replaced while the lock is held. The lock ends with the process, however it
// ends. The lock file stays: removing it would let two processes lock two
// different files.
func lockFile(ctx context.Context, path string) (unlock func(), err error) {
	file, err := openSafely(path, os.O_RDWR|os.O_CREATE)
	if err != nil {
		return nil, err
	}
	const first, longest = time.Millisecond, 20 * time.Millisecond
	for wait := first; ; wait = min(2*wait, longest) {
		got, err := tryLock(file)
		if got {
			return func() { _ = file.Close() }, nil // closing gives the lock back
		}
		if err == nil {
			err = pause(ctx, wait)
		}
		if err != nil {
			_ = file.Close()
			return nil, err
		}
	}
}

func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
