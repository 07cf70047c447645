package lokalise

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"

	"github.com/go-json-experiment/json"
)

func (c *Client) do(ctx context.Context, method, path string, query url.Values, body, out any, opts []RequestOption) (*Response, error) {
	var call callOptions
	for _, o := range opts {
		o(&call)
	}
	u := *c.cfg.base
	u.Path += "/api2" + path
	u.RawQuery = query.Encode()
	var payload io.Reader
	if body != nil {
		text, err := json.Marshal(body, encodeOptions)
		if err != nil {
			return nil, err
		}
		payload = bytes.NewReader(text)
	}
	req, err := http.NewRequestWithContext(ctx, method, u.String(), payload)
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", c.cfg.userAgent)
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	switch {
	case c.cfg.apiToken != "":
		req.Header.Set("X-Api-Token", c.cfg.apiToken)
	case c.cfg.bearer != "":
		req.Header.Set("Authorization", "Bearer "+c.cfg.bearer)
	default:
		token, err := c.cfg.source.Token(ctx)
		if err != nil {
			return nil, err
		}
		req.Header.Set("Authorization", "Bearer "+token)
	}
	res, err := c.cfg.httpClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		return nil, err
	}
	r := &Response{Status: res.StatusCode, Header: res.Header, ProcessID: res.Header.Get("X-Lokalise-Process-Id"), Attempts: 1}
	if call.response != nil {
		*call.response = *r
	}
	if res.StatusCode/100 != 2 {
		e := &APIError{Method: method, Path: path, Status: res.StatusCode, ProcessID: r.ProcessID, Body: text}
		var shape struct {
			Error struct {
				Message string `json:"message"`
				Code    int    `json:"code"`
			} `json:"error"`
		}
		if json.Unmarshal(text, &shape, decodeOptions) == nil {
			e.Message, e.Code = shape.Error.Message, shape.Error.Code
		}
		return r, e
	}
	return r, json.Unmarshal(text, out, decodeOptions)
}
