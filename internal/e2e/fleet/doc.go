// Package fleet runs package tokens as a fleet: eight processes that share a
// store, on a sandbox whose refresh tokens rotate and whose reuse detection
// forgives nothing. One disturbance at a time hits them. docs/reliability.md
// has the numbers.
package fleet
