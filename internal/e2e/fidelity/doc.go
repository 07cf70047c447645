// Package fidelity holds the sandbox's answers against responses that were
// recorded from the real Lokalise: each must have the same members, of the
// same types, all the way down. What differs for a reason is in one list, and a
// reason that no longer holds fails the test.
package fidelity
