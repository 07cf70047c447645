// Package floor calls the API with nothing but net/http and a JSON decoder, the
// way a careful program without a client library would. It is what the client
// is measured against: no retries, no limits, one kind of error.
package floor

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"

	jsonv2 "github.com/go-json-experiment/json"
)

// Client calls the API and decodes whole bodies.
type Client struct {
	HTTP      *http.Client
	Base      string // root of the API, without /api2
	Token     string
	Unmarshal func([]byte, any) error
}

// New returns a client that decodes with encoding/json.
func New(base, token string) *Client {
	return &Client{HTTP: newHTTP(), Base: base, Token: token, Unmarshal: json.Unmarshal}
}

// NewV2 returns a client that decodes with the second version of encoding/json.
func NewV2(base, token string) *Client {
	c := New(base, token)
	c.Unmarshal = func(data []byte, v any) error { return jsonv2.Unmarshal(data, v) }
	return c
}

// newHTTP is net/http as it comes, with idle connections for 64 requests in
// flight: the default of two opens a new connection for every third request.
func newHTTP() *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 64
	return &http.Client{Transport: transport}
}

// Close ends the idle connections.
func (c *Client) Close() { c.HTTP.CloseIdleConnections() }

// send sends a request and answers with the response when its status is want.
func (c *Client) send(request *http.Request, want int) (*http.Response, error) {
	request.Header.Set("X-Api-Token", c.Token)
	response, err := c.HTTP.Do(request)
	if err != nil {
		return nil, err
	}
	if response.StatusCode != want {
		_ = response.Body.Close() // the status is the error to report
		return nil, fmt.Errorf("%s: status %d", request.URL.Path, response.StatusCode)
	}
	return response, nil
}

// open sends a GET and answers with the response.
func (c *Client) open(ctx context.Context, path string, query url.Values) (*http.Response, error) {
	address := c.Base + "/api2/" + path
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	return c.send(request, http.StatusOK)
}

// get reads and decodes the whole body of a GET.
func (c *Client) get(ctx context.Context, path string, query url.Values, v any) (http.Header, error) {
	response, err := c.open(ctx, path, query)
	if err != nil {
		return nil, err
	}
	defer func() { _ = response.Body.Close() }() // read to its end below, or of no more use
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	return response.Header, c.Unmarshal(body, v)
}

// GetProject fetches one project.
func (c *Client) GetProject(ctx context.Context, id string) (*Project, error) {
	var project Project
	if _, err := c.get(ctx, "projects/"+id, nil, &project); err != nil {
		return nil, err
	}
	return &project, nil
}

// ListProjects fetches the first page of the project list.
func (c *Client) ListProjects(ctx context.Context, limit int) ([]Project, error) {
	var list struct {
		Projects []Project `json:"projects"`
	}
	_, err := c.get(ctx, "projects", url.Values{"limit": {strconv.Itoa(limit)}}, &list)
	return list.Projects, err
}

// ListKeys fetches one page of keys with their translations, and the cursor of
// the next page, empty on the last one.
func (c *Client) ListKeys(ctx context.Context, id string, limit int, cursor string) ([]Key, string, error) {
	var list struct {
		Keys []Key `json:"keys"`
	}
	header, err := c.get(ctx, "projects/"+id+"/keys", keysQuery(limit, cursor), &list)
	return list.Keys, header.Get(nextCursor), err
}

// nextCursor is the header with the next page's cursor; the last page has none.
const nextCursor = "X-Pagination-Next-Cursor"

func keysQuery(limit int, cursor string) url.Values {
	query := url.Values{
		"limit": {strconv.Itoa(limit)}, "include_translations": {"1"}, "pagination": {"cursor"},
	}
	if cursor != "" {
		query.Set("cursor", cursor)
	}
	return query
}
