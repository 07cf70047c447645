// Package guard holds the tests that keep the repository's own rules: who may
// import whom, what a module may require, what no file may contain, and that
// what the documents say is there. It has no code beside its tests.
package guard
