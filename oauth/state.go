package oauth

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
)

// NewState returns an unguessable state of 26 letters and digits, with at least
// 128 bits from the operating system's generator.
func NewState() string { return rand.Text() }

// EqualState compares two states in constant time. Two empty ones are not
// equal: a missing state must never match a missing state.
func EqualState(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	// Hashing first hides the length as well.
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}
