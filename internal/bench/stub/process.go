package stub

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
)

// Address is the line that a stub process prints when it accepts connections.
type Address struct {
	// URL is the root of the API: clients append /api2.
	URL string `json:"url"`
	// Control answers GET /_stub/stats.
	Control string `json:"control"`
}

// Process is a stub that runs beside this process.
type Process struct {
	Address
	cmd   *exec.Cmd
	input io.Closer
}

// Start runs a command that serves a stub as cmd/stub does, and waits until it
// accepts connections.
func Start(cmd *exec.Cmd) (*Process, error) {
	input, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	output, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &Process{cmd: cmd, input: input}
	line, err := bufio.NewReader(output).ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, &p.Address)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("start the stub server: %w", err), p.Stop())
	}
	return p, nil
}

// Stop ends the process and waits for it.
func (p *Process) Stop() error {
	return errors.Join(p.input.Close(), p.cmd.Wait())
}

// Stats asks the process for its counts.
func (p *Process) Stats(ctx context.Context) (Stats, error) {
	var stats Stats
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, p.Control+"/_stub/stats", nil)
	if err != nil {
		return stats, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return stats, err
	}
	defer func() { _ = response.Body.Close() }() // read to its end below, or of no more use
	err = json.NewDecoder(response.Body).Decode(&stats)
	return stats, err
}
