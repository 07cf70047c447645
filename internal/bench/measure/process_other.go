//go:build !linux

package measure

import "time"

// CPU is not measured outside Linux.
func CPU() time.Duration { return 0 }

// Peak is not measured outside Linux.
func Peak() Memory { return Memory{} }
