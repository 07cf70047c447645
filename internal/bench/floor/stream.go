package floor

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// StreamKeys decodes one page of keys item by item from the body, with
// encoding/json, and answers with the next page's cursor.
func (c *Client) StreamKeys(ctx context.Context, id string, limit int, cursor string, yield func(*Key)) (string, error) {
	return c.stream(ctx, id, limit, cursor, func(body io.Reader) error {
		return streamV1(body, yield)
	})
}

// StreamKeysV2 does the same with the second version of encoding/json.
func (c *Client) StreamKeysV2(ctx context.Context, id string, limit int, cursor string, yield func(*Key)) (string, error) {
	return c.stream(ctx, id, limit, cursor, func(body io.Reader) error {
		return streamV2(body, yield)
	})
}

func (c *Client) stream(ctx context.Context, id string, limit int, cursor string, decode func(io.Reader) error) (string, error) {
	response, err := c.open(ctx, "projects/"+id+"/keys", keysQuery(limit, cursor))
	if err != nil {
		return "", err
	}
	err = decode(response.Body)
	// The rest is at most a line feed; reading it lets the connection be used again.
	_, restErr := io.Copy(io.Discard, response.Body)
	return response.Header.Get(nextCursor), errors.Join(err, restErr, response.Body.Close())
}

func streamV1(body io.Reader, yield func(*Key)) error {
	d := json.NewDecoder(body)
	for {
		token, err := d.Token()
		if err != nil {
			return fmt.Errorf("find the keys: %w", err)
		}
		if token == "keys" {
			break
		}
	}
	if _, err := d.Token(); err != nil {
		return err
	}
	for d.More() {
		var key Key
		if err := d.Decode(&key); err != nil {
			return err
		}
		yield(&key)
	}
	return nil
}

func streamV2(body io.Reader, yield func(*Key)) error {
	d := jsontext.NewDecoder(body)
	for {
		token, err := d.ReadToken()
		if err != nil {
			return fmt.Errorf("find the keys: %w", err)
		}
		if token.Kind() == '"' && token.String() == "keys" {
			break
		}
	}
	if _, err := d.ReadToken(); err != nil {
		return err
	}
	for d.PeekKind() == '{' {
		var key Key
		if err := jsonv2.UnmarshalDecode(d, &key); err != nil {
			return err
		}
		yield(&key)
	}
	return nil
}
