// Package sqlite keeps a sandbox in one SQLite file, so that it goes on after a
// restart where it was:
//
//	file, err := sqlite.Open("sandbox.db")
//	…
//	srv, err := sandbox.New(sandbox.WithStorage(file))
//
// The driver is modernc.org/sqlite, which is Go all the way down: no C compiler
// is needed. The package is a module of its own because of it.
//
// # What is safe
//
// Whatever a client of the sandbox was answered survives the end of the
// process, whatever ends it: SIGKILL, a panic, lack of memory. A change is there
// as a whole or not at all. When the machine loses power or its kernel crashes,
// the last changes before that can be lost, as a whole each, and the file stays
// good (https://www.sqlite.org/pragma.html#pragma_synchronous: NORMAL with
// WAL); waiting for the disk would cost every write of a test milliseconds.
//
// # The file
//
// It holds secrets of the sandbox as they are, so a new one is readable by its
// owner only. While it is open there are files beside it that end in -wal, which
// belong to it: copy it when no sandbox runs, or take a snapshot of a world
// instead. A file belongs to one sandbox at a time. It should be on a local
// disk: network file systems often cannot lock.
package sqlite
