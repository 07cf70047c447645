package webhooks

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

const (
	// answerWithin is how long a receiver may take, on the machine's clock: it
	// is a program that runs there. How long the real service waits is not
	// known.
	answerWithin = 10 * time.Second
	// excerptLength is how much of an answer is kept, in bytes.
	excerptLength = 1 << 10
)

// outcome is what came of an attempt.
type outcome struct {
	tried   bool
	status  int    // 0: no answer came
	excerpt string // the beginning of the answer's body
	problem string // why it failed; empty: it did not
	final   bool   // and will always fail
}

// post makes the request of a delivery.
func (s *Sender) post(d *state.Delivery, secret string) outcome {
	u, err := url.Parse(d.URL)
	if err != nil || !s.allowed(u) {
		return outcome{tried: true, final: true, problem: "Not sent: the sandbox delivers to this machine only, unless the host is named with --webhook-host (in Go: WithWebhookHosts)."}
	}
	ctx, cancel := context.WithTimeout(s.ctx, answerWithin)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, d.URL, bytes.NewReader(d.Body))
	if err != nil {
		return outcome{tried: true, final: true, problem: "Not sent: the address cannot be used."}
	}
	req.Header = Header(d, secret)
	res, err := s.client.Do(req)
	if err != nil {
		return outcome{tried: true, problem: whyNoAnswer(err)}
	}
	defer func() { _ = res.Body.Close() }() // whatever is left of it does not matter
	start, _ := io.ReadAll(io.LimitReader(res.Body, excerptLength))
	o := outcome{tried: true, status: res.StatusCode, excerpt: strings.ToValidUTF8(string(start), "\uFFFD")}
	if res.StatusCode < 200 || res.StatusCode > 299 {
		o.problem = fmt.Sprintf("The receiver answered %d, which is no success.", res.StatusCode)
	}
	return o
}

// Header is what a delivery is sent with, its secret included. The names are
// documented (https://developers.lokalise.com/docs/webhooks-guide); that the
// ping has all of them is assumed.
func Header(d *state.Delivery, secret string) http.Header {
	return http.Header{
		"Content-Type": {"application/json"},
		"User-Agent":   {"lokalise-sandbox"},
		"X-Secret":     {secret},
		"Project-Id":   {d.ProjectID},
		"Webhook-Id":   {d.WebhookID},
	}
}

// whyNoAnswer leaves the address out of the error, since it may have a secret
// in it.
func whyNoAnswer(err error) string {
	var failed *url.Error
	if errors.As(err, &failed) {
		err = failed.Err
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Sprintf("The receiver did not answer within %v.", answerWithin)
	}
	return "The receiver could not be reached: " + err.Error()
}
