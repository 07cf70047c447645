// Package drive uses a sandbox as a program would that uses all of Lokalise: it
// sends every operation that the sandbox models, with every parameter that is
// documented, over plain HTTP. What comes back is compared with recordings, and
// is what the list of the sandbox's fields is made from.
package drive
