package lokalise

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"reflect"
	"strings"
)

// Operation is an operation of the API for which this package has no method,
// such as one that Lokalise added since. [Client.Do] calls it.
type Operation struct {
	// Method is the HTTP method.
	Method string
	// Route is the path below the base URL, as the documentation writes it,
	// from the version of the API on: "/api2/projects/{project_id}/keys". What
	// stands in braces is filled by Args.
	Route string
	// Args fill the places in Route from left to right. They are of type
	// [ProjectID], or integers or strings of any type; each is escaped, so that
	// none can leave its place in the path.
	Args []any
	// Query is the query. Defaults to none.
	Query url.Values
	// Body is written as JSON. Defaults to none.
	Body any
	// Result names the member of the answer that holds the result; the others
	// go to [Response.Envelope]. Defaults to the whole answer.
	Result string
}

// Do calls an operation and decodes its result into the value that out points
// to, as encoding/json does. Without an out the answer may be empty, and what it
// holds is left aside.
//
// It goes through everything that the methods of the services go through: the
// credential, limits, retries (of GET, HEAD, PUT and DELETE only), redirects,
// hooks and errors. That is why it is here: calling a new operation, or a
// service of Lokalise's with another base URL, should not mean to do without
// these or to write them anew. Package ota is built on it alone.
//
//	var links struct{ Links []Link `json:"links"` }
//	err := client.Do(ctx, lokalise.Operation{
//		Method: "GET",
//		Route:  "/api2/projects/{project_id}/links",
//		Args:   []any{project},
//	}, &links)
func (c *Client) Do(ctx context.Context, op Operation, out any, opts ...RequestOption) error {
	r := c.operationCall(&op, opts)
	return r.receive(ctx, func(rd *reader) error {
		if out == nil {
			return rd.anything()
		}
		text, err := rd.object(r.result)
		if err != nil {
			return err
		}
		if r.result == "" {
			if err := rd.checkFault(text); err != nil {
				return err
			}
		}
		if u, ok := out.(json.Unmarshaler); ok {
			return u.UnmarshalJSON(text)
		}
		return json.Unmarshal(text, out)
	})
}

func (c *Client) operationCall(op *Operation, opts []RequestOption) *call {
	r := c.newCall(op.Method, op.Route, opts)
	r.api, r.result = "", op.Result
	for _, api := range []string{apiV1, apiV2} {
		if route, ok := strings.CutPrefix(op.Route, api+"/"); ok {
			r.api = api
			r.path.start("/" + route)
		}
	}
	if !strings.HasPrefix(op.Route, "/") || strings.ContainsAny(op.Route, "?#") {
		r.fail(fmt.Errorf("%w: the route %q has to begin with a slash and be a path only", ErrInvalidRequest, op.Route))
	}
	for _, arg := range op.Args {
		r.path.arg(arg)
	}
	r.query.text = []byte(op.Query.Encode())
	if op.Body != nil {
		withBody(r, &op.Body)
	}
	return r
}

// arg fills the next place with a value of a type that is known at run time
// only.
func (b *pathBuilder) arg(value any) {
	if project, ok := value.(ProjectID); ok {
		b.projectID(project)
		return
	}
	switch v := reflect.ValueOf(value); {
	case !v.IsValid():
		b.fail("an argument of the route %s is nil", b.route)
	case v.Kind() == reflect.String:
		b.text(v.String())
	case v.CanInt():
		b.id(v.Int())
	default:
		b.fail("an argument of the route %s is of type %T", b.route, value)
	}
}

// anything reads an answer of which nothing is wanted. It may be empty, as that
// of status 204.
func (rd *reader) anything() error {
	text, err := rd.value()
	switch {
	case errors.Is(err, io.EOF) && rd.text.InputOffset() == 0:
		return nil
	case err != nil:
		return err
	}
	return rd.checkFault(text)
}

// checkFault reports whether an answer with a status of success is an error.
func (rd *reader) checkFault(text []byte) error {
	rd.wire.Reset(text)
	if rd.wire.Kind() != '{' {
		return nil
	}
	for ok := rd.wire.Object(); ok; ok = rd.wire.Next() {
		isError := string(rd.wire.Name()) == "error"
		if value := rd.wire.RawText(); isError && isFault(value) {
			return faultFrom(value)
		}
	}
	return nil
}
