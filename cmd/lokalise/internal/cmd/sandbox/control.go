package sandbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"syscall"
	"time"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/exit"
)

// control is the control plane of a sandbox that runs.
type control struct{ url string }

// reachControl checks an --addr flag and points at the sandbox there.
func reachControl(address, hint string) (control, error) {
	at, err := splitAddr(address, hint)
	if err != nil {
		return control{}, err
	}
	if at.port == 0 {
		return control{}, exit.Usagef("use the port that the running sandbox has printed", "--addr needs the port of the sandbox, not 0")
	}
	return control{at.url()}, nil
}

// Bounds of an answer of the control plane.
const (
	controlTimeout = 30 * time.Second
	controlMax     = 64 << 20 // bytes
)

// get reads what is at a path of the control plane.
func (c control) get(ctx context.Context, path string, into any) error {
	ctx, cancel := context.WithTimeout(ctx, controlTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.url+"/_sandbox/"+path, http.NoBody)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return c.unreachable(err)
	}
	defer func() { _ = res.Body.Close() }() // read to its end or given up
	data, err := io.ReadAll(io.LimitReader(res.Body, controlMax))
	if err != nil {
		return c.unreachable(err)
	}
	if res.StatusCode != http.StatusOK {
		return c.refused(res.StatusCode, data)
	}
	if err := json.Unmarshal(data, into); err != nil {
		return &exit.Error{
			Code: exit.Failure, Message: "what answers at " + c.url + " is no sandbox of this version",
			Hint: "give the address of a running sandbox with --addr",
		}
	}
	return nil
}

func (c control) unreachable(err error) error {
	e := &exit.Error{Code: exit.Failure, Err: fmt.Errorf("the sandbox at %s cannot be asked: %w", c.url, err)}
	if errors.Is(err, syscall.ECONNREFUSED) {
		e.Message, e.Err = "no sandbox runs at "+c.url, nil
		e.Hint = "start one with \"lokalise sandbox\", or say where it is with --addr"
	}
	return e
}

// refused turns an error of the control plane into one for a person.
func (c control) refused(status int, body []byte) error {
	var said struct {
		Error struct {
			Message string `json:"message"`
		} `json:"error"`
	}
	if json.Unmarshal(body, &said) != nil || said.Error.Message == "" {
		said.Error.Message = http.StatusText(status)
	}
	return &exit.Error{Code: exit.Failure, Message: fmt.Sprintf("the sandbox at %s answered %d: %s", c.url, status, said.Error.Message)}
}
