// Package filestore keeps grants in one file, for programs that one person
// runs on one machine. Any number of processes may use the file at once: each
// change is made under an advisory lock and replaces the file as a whole, so
// that a crash leaves the old or the new content and nothing in between.
//
// The file is rewritten with each change; it suits some hundreds of grants.
// It is meant for local disks, since advisory locks and renames are not
// dependable on network file systems.
//
// What the file holds is as readable as the records that the manager gives
// it; with a key ring, only grant IDs, versions and due times are.
package filestore
