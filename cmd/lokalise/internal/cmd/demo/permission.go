package demo

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/exit"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/trace"
	"github.com/golokalise/lokalise/internal/redact"
	"github.com/golokalise/lokalise/oauth"
)

// permission gets the user's answer, from a person or from the demo itself.
func (f *flow) permission(out printer) func(context.Context, *trace.Exchange) (string, error) {
	return func(ctx context.Context, shown *trace.Exchange) (string, error) {
		redirect, byPerson, err := f.answer(ctx, out)
		if err != nil {
			return "", err
		}
		f.code, err = oauth.ParseCallback(redirect, f.state)
		if _, denied := errors.AsType[*oauth.DeniedError](err); denied {
			return "", &exit.Error{Code: exit.Auth, Err: err, Hint: `run "lokalise demo" again and allow access, or pass --yes`}
		}
		if err != nil {
			return "", err
		}
		if !byPerson {
			return "Allowed without a browser, as tests do it. The code came with the state that was sent.", nil
		}
		// What a person's browser sent did not pass the recorder.
		shown.Request = &trace.Request{Method: http.MethodGet, URL: redact.URLWith(redirect, redact.Secret)}
		return "The browser came back with a code, and with the state that was sent.", nil
	}
}

// answer is where the browser is sent, and whether a person's browser was.
func (f *flow) answer(ctx context.Context, out printer) (redirect *url.URL, byPerson bool, err error) {
	if f.opts.asks() {
		if err := out.ask(f.authURL, f.opts); err != nil {
			return nil, false, err
		}
		redirect, err = f.waitForPerson(ctx, out)
		if err != nil || redirect != nil {
			return redirect, true, err
		}
	}
	redirect, err = f.authorize(ctx, true)
	return redirect, false, err
}

// waitForPerson waits until the browser comes back. Without a redirect and an
// error the person has pressed Enter to have it allowed: over SSH the browser
// cannot reach this machine.
func (f *flow) waitForPerson(ctx context.Context, out printer) (*url.URL, error) {
	timeout := time.NewTimer(f.opts.Timeout)
	defer timeout.Stop()
	// Buffered, because nobody listens once the browser has come back.
	failed := make(chan error, 1)
	if f.opts.Browser {
		go func() { failed <- f.opts.OpenBrowser(ctx, f.authURL) }()
	}
	enter := enterPressed(f.opts.IO.In)
	for {
		select {
		case redirect := <-f.callback.Arrived():
			return redirect, nil
		case <-enter:
			return nil, nil
		case err := <-failed:
			if err == nil {
				continue
			}
			if err := out.note("The browser could not be opened; open the address yourself."); err != nil {
				return nil, err
			}
		case <-timeout.C:
			return nil, exit.Failuref("wait longer with --timeout, or let the demo allow by itself with --yes", "nobody answered within %s", f.opts.Timeout)
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// enterPressed closes its channel at the first whole line. The end of the
// input is no answer. The goroutine ends with the process when the person never
// types anything: a read from a terminal cannot be called off.
func enterPressed(in io.Reader) <-chan struct{} {
	pressed := make(chan struct{})
	go func() {
		if _, err := bufio.NewReader(in).ReadString('\n'); err == nil {
			close(pressed)
		}
	}()
	return pressed
}

// authorize answers the consent page through the sandbox's control plane, as
// tests in any language do.
func (f *flow) authorize(ctx context.Context, allow bool) (*url.URL, error) {
	var answer struct {
		RedirectTo string `json:"redirect_to"`
	}
	err := f.control(ctx, "/_sandbox/authorize", map[string]any{"url": f.authURL, "allow": allow}, &answer)
	if err != nil {
		return nil, err
	}
	return url.Parse(answer.RedirectTo)
}

// control posts to the sandbox's control plane.
func (f *flow) control(ctx context.Context, path string, body, answer any) error {
	var sent bytes.Buffer
	enc := json.NewEncoder(&sent)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(body); err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, f.sandbox.URL()+path, &sent)
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := f.http.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }() // the answer has been read; nothing can be lost
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("the sandbox answered %s to POST %s", resp.Status, path)
	}
	return json.NewDecoder(resp.Body).Decode(answer)
}
