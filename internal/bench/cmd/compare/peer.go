package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/golokalise/lokalise/internal/bench/measure"
	"github.com/golokalise/lokalise/internal/bench/work"
)

// token is the API token that every implementation sends. The stub takes any.
const token = "0123456789abcdef0123456789abcdef01234567"

// peer is one implementation in a process of its own.
type peer struct {
	name   string
	cmd    *exec.Cmd
	input  io.WriteCloser
	output *bufio.Reader
}

// command is the command line of an implementation.
func (b *bench) command(ctx context.Context, w work.Work, impl string) (*exec.Cmd, error) {
	if impl == work.Node {
		script := filepath.Join(b.source, "node", "run.mjs")
		return exec.CommandContext(ctx, b.node, script, w.Name, b.stub.URL, token, b.uploadFile()), nil
	}
	dir, err := os.MkdirTemp(b.dir, "out-")
	if err != nil {
		return nil, err
	}
	return exec.CommandContext(ctx, b.program("child"), "-work", w.Name, "-impl", impl,
		"-base", b.stub.URL, "-token", token, "-dir", dir, "-file", b.uploadFile()), nil
}

// start starts an implementation.
func (b *bench) start(ctx context.Context, w work.Work, impl string) (*peer, error) {
	cmd, err := b.command(ctx, w, impl)
	if err != nil {
		return nil, err
	}
	p := &peer{name: impl, cmd: cmd}
	if p.input, err = cmd.StdinPipe(); err != nil {
		return nil, err
	}
	output, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.output = bufio.NewReader(output)
	cmd.Stderr = os.Stderr
	return p, cmd.Start()
}

// run lets the implementation do the work n times or for a time.
func (p *peer) run(n int, limit time.Duration) (measure.Slice, error) {
	var slice measure.Slice
	err := p.ask(fmt.Sprintf("run %d %d\n", n, limit.Milliseconds()), &slice)
	if err == nil && slice.Ops == 0 {
		err = errors.New("nothing was done")
	}
	return slice, err
}

// end asks for the memory and waits until the process has ended.
func (p *peer) end() (measure.Memory, error) {
	var memory measure.Memory
	err := p.ask("end\n", &memory)
	return memory, errors.Join(err, p.stop())
}

// stop ends the process: without input it has nothing to do.
func (p *peer) stop() error { return errors.Join(p.input.Close(), p.cmd.Wait()) }

func (p *peer) ask(command string, answer any) error {
	_, err := io.WriteString(p.input, command)
	if err == nil {
		var line []byte
		if line, err = p.output.ReadBytes('\n'); err == nil {
			err = json.Unmarshal(line, answer)
		}
	}
	if err != nil {
		return fmt.Errorf("%s: %w", p.name, err)
	}
	return nil
}
