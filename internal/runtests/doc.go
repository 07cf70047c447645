// Command runtests runs every suite of every module and says what happened in
// one summary: what failed and its output, what was skipped and why, and last a
// line such as "412 passed, 0 failed, 3 skipped", counted from the events of
// "go test -json".
//
// Usage:
//
//	go run ./internal/runtests [-no-skip] [-flags "go test flags"] [module folder ...]
//
// The race detector is on where it can be built. Beside that pass others run
// without it, one after another: the packages that have nothing to race; the root
// package and those that repeat more or measure allocations without it, with
// GOWORK=off, which is how others build them; and the root package with
// GOEXPERIMENT=jsonv2, in which the JSON library becomes another implementation.
package main
