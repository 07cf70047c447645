package oauth

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"time"
)

// maxAnswer bounds what is read of an answer. Recorded ones are below 300
// bytes; the bound is there for a server gone wrong.
const maxAnswer = 1 << 20

// processIDHeader names the request in Lokalise's logs; support asks for it.
const processIDHeader = "X-Lokalise-Process-Id"

// tokenRequest is the body of a token request. JSON with the credentials inside
// is the only encoding that recordings of the real endpoint prove; forms and
// HTTP Basic are not, and trying one after the other would send a one-time code
// twice.
type tokenRequest struct {
	ClientID     string `json:"client_id"`
	ClientSecret string `json:"client_secret"`
	GrantType    string `json:"grant_type"`
	Code         string `json:"code,omitempty"`
	RefreshToken string `json:"refresh_token,omitempty"`
}

// grant is what one call asks the token endpoint for.
type grant struct {
	body          tokenRequest
	secrets       []string // beside the client's: never shown in an error
	repeatRefused bool     // whether 429 and 503 may be tried again
	once          bool     // never tried again
}

// request sends a grant as often as its rules allow.
func (c *Client) request(ctx context.Context, g grant) (*Token, error) {
	g.body.ClientID, g.body.ClientSecret = c.cfg.ClientID, c.secret()
	g.secrets = append(g.secrets, c.secret())
	body, err := json.Marshal(g.body)
	if err != nil {
		return nil, err // cannot happen: strings always encode
	}
	ctx, cancel := c.withTimeout(ctx)
	defer cancel()
	for try := 1; ; try++ {
		token, failure := c.try(ctx, g, body, try)
		if failure == nil {
			return token, nil
		}
		if try == maxTries || !failure.repeatable(g) || !c.pause(ctx, try, failure) {
			return nil, failure
		}
	}
}

// try sends the request once.
func (c *Client) try(ctx context.Context, g grant, body []byte, number int) (*Token, *Error) {
	started, sentAt := time.Now(), c.cfg.Now()
	token, failure := c.send(ctx, g, body, sentAt)
	attrs := []slog.Attr{
		slog.String("grant_type", g.body.GrantType),
		slog.String("url", c.host.token),
		slog.Int("try", number),
		slog.Duration("duration", time.Since(started)),
	}
	if failure != nil {
		failure.Tries = number
		attrs = append(attrs, slog.Int("status", failure.Status), slog.String("error", failure.Error()))
	}
	c.cfg.Logger.LogAttrs(ctx, slog.LevelDebug, "oauth: token request", attrs...)
	return token, failure
}

func (c *Client) send(ctx context.Context, g grant, body []byte, sentAt time.Time) (*Token, *Error) {
	if err := ctx.Err(); err != nil {
		return nil, &Error{cause: &cause{err}}
	}
	trace := &sendTrace{}
	req, err := http.NewRequestWithContext(trace.attach(ctx), http.MethodPost, c.host.token, bytes.NewReader(body))
	if err != nil {
		return nil, &Error{cause: &cause{err}}
	}
	// net/http repeats a request by itself when an idle connection turns out to
	// be dead, provided that it can get the body anew. Without GetBody it
	// cannot, and so nothing repeats this request but the rules in retry.go.
	req.GetBody = nil
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", c.cfg.UserAgent)
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, &Error{MaybeSent: trace.maybeSent(), cause: &cause{err}}
	}
	defer func() { _ = resp.Body.Close() }() // what it could report was reported by the read
	return c.readAnswer(resp, g, sentAt)
}

// readAnswer turns an answer into a token or an error.
func (c *Client) readAnswer(resp *http.Response, g grant, sentAt time.Time) (*Token, *Error) {
	body, err := readBounded(resp.Body)
	if err == nil && resp.StatusCode/100 == 2 {
		token, parseErr := parseToken(body, sentAt)
		if parseErr == nil {
			return token, nil
		}
		err = parseErr
	}
	failure := &Error{
		Status:     resp.StatusCode,
		ProcessID:  clean(resp.Header.Get(processIDHeader), maxProcessID, g.secrets),
		RetryAfter: retryAfter(resp.Header.Get("Retry-After"), c.cfg.Now()),
		MaybeSent:  true,
	}
	failure.readBody(body, g.secrets)
	switch {
	case resp.StatusCode/100 == 3:
		failure.cause = &cause{ErrRedirected}
	case err != nil && failure.Code == "":
		failure.cause = &cause{err}
	}
	return nil, failure
}

// readBounded reads at most maxAnswer bytes and returns what it got along with
// any error.
func readBounded(r io.Reader) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, maxAnswer+1))
	if err != nil {
		return body, err
	}
	if len(body) > maxAnswer {
		return nil, ErrAnswerTooLarge
	}
	return body, nil
}
