package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/golokalise/lokalise/internal/bench/stub"
	"github.com/golokalise/lokalise/internal/bench/work"
)

// bench is what all measurements share: the built programs, the stub server
// and a folder for files.
type bench struct {
	settings settings
	dir      string // removed at the end
	source   string // this module's folder
	node     string // the node program, empty when it is not installed
	stub     *stub.Process
}

// newBench builds the programs and starts the stub server.
func newBench(ctx context.Context, s settings) (*bench, error) {
	source, err := moduleDir(ctx)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "lokalise-bench-")
	if err != nil {
		return nil, err
	}
	b := &bench{settings: s, dir: dir, source: source, node: findNode(source)}
	if err := errors.Join(b.build(ctx), b.writeUpload(), b.startStub(ctx)); err != nil {
		b.close()
		return nil, err
	}
	return b, nil
}

// close ends the stub server and removes the files.
func (b *bench) close() {
	if b.stub != nil {
		if err := b.stub.Stop(); err != nil {
			fmt.Fprintln(os.Stderr, "compare: stop the stub server:", err)
		}
	}
	if err := os.RemoveAll(b.dir); err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
	}
}

// modulePath is the path of the benchmark module, for the go command.
const modulePath = "github.com/golokalise/lokalise/internal/bench"

// moduleDir is this module's folder, wherever the command was started.
func moduleDir(ctx context.Context) (string, error) {
	out, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}", modulePath).Output()
	return strings.TrimSpace(string(out)), err
}

// program is the path of a built program.
func (b *bench) program(name string) string { return filepath.Join(b.dir, name) }

// build builds the programs with the flags that users have: none.
func (b *bench) build(ctx context.Context) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-o", b.dir+string(filepath.Separator),
		"./cmd/stub", "./cmd/child")
	cmd.Dir = b.source
	cmd.Stderr = os.Stderr
	return cmd.Run()
}

func (b *bench) startStub(ctx context.Context) error {
	var args []string
	if b.settings.rateHeader {
		args = append(args, "-rate-headers")
	}
	var err error
	b.stub, err = stub.Start(exec.CommandContext(ctx, b.program("stub"), args...))
	return err
}

// uploadFile is the path of the file that is uploaded.
func (b *bench) uploadFile() string { return filepath.Join(b.dir, "upload.json") }

func (b *bench) writeUpload() error {
	return stub.WriteUpload(b.uploadFile(), work.UploadMB<<20)
}

// findNode finds the node program that the SDK's package brings with it.
func findNode(source string) string {
	path := filepath.Join(source, "node", "node_modules", ".bin", "node")
	if _, err := os.Stat(path); err != nil {
		return ""
	}
	return path
}

// about says what was measured where.
func (b *bench) about() string {
	text := fmt.Sprintf("%s %s/%s, %d processors; stub server on loopback, another process",
		runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	if b.node == "" {
		text += "\nnode: skipped, its SDK is not installed (npm ci in internal/bench/node)"
	}
	return text
}
