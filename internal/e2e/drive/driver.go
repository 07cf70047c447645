package drive

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/sandbox"
)

// Exchange is a request that the sandbox answered with success.
type Exchange struct {
	// Operation is the id of the operation in operations.json.
	Operation string
	Query     url.Values
	Body      []byte // what was sent; nil: nothing
	Status    int
	Header    http.Header
	Answer    []byte
	// Unread lists what was sent and nobody read, as the journal has it: members
	// of the body by path, query parameters after a question mark.
	Unread []string
}

// operation is what of operations.json a request is made from.
type operation struct {
	ID     string `json:"id"`
	API    string `json:"api"`
	Method string `json:"method"`
	Path   string `json:"path"`
}

// roots are the paths below which the parts of the API lie.
var roots = map[string]string{"v2": "/api2", "v1": "/v1", "ota": "/v3"}

// Operations lists the ids of the operations that a sandbox can be asked for,
// in the order of operations.json: those of the API, not those of OAuth.
func Operations(tb testing.TB) []string {
	tb.Helper()
	var ids []string
	for _, op := range readOperations(tb) {
		if roots[op.API] != "" {
			ids = append(ids, op.ID)
		}
	}
	return ids
}

// readOperations reads operations.json, which lies at the root of the
// repository, above the package under test.
func readOperations(tb testing.TB) []operation {
	tb.Helper()
	dir, err := os.Getwd()
	for err == nil {
		data, failed := os.ReadFile(filepath.Join(dir, "operations.json"))
		if failed == nil {
			var file struct{ Operations []operation }
			if err := json.Unmarshal(data, &file); err != nil {
				tb.Fatalf("operations.json: %v", err)
			}
			return file.Operations
		}
		if dir == filepath.Dir(dir) {
			err = failed
		}
		dir = filepath.Dir(dir)
	}
	tb.Fatal(err)
	return nil
}

// driver sends requests to a sandbox.
type driver struct {
	testing.TB
	box        *sandbox.Server
	client     *http.Client
	operations map[string]operation
	see        func(Exchange)
	// credential is a header and its value.
	credential [2]string
}

// What requests are made of: the elements of a path that differ, in order, a
// query, and a body.
type (
	ids    []any
	params map[string]any
	object map[string]any
	list   []any
)

// All sends every operation to a sandbox of its own, without a rate limit, and
// hands each exchange to see.
func All(tb testing.TB, see func(Exchange)) {
	tb.Helper()
	box := sandbox.Start(tb, sandbox.InMemory(), sandbox.WithoutRateLimit())
	d := &driver{
		TB: tb, box: box, client: box.Client(), see: see, operations: map[string]operation{},
		credential: [2]string{"X-Api-Token", box.Credentials().APIToken},
	}
	for _, op := range readOperations(tb) {
		d.operations[op.ID] = op
	}
	for _, part := range []func(*driver){
		(*driver).team, (*driver).groups, (*driver).people, (*driver).projects, (*driver).languages,
		(*driver).keys, (*driver).keysInBulk, (*driver).translations, (*driver).comments, (*driver).screenshots,
		(*driver).segments, (*driver).statuses, (*driver).branches, (*driver).snapshots, (*driver).webhooks, (*driver).tasks,
		(*driver).glossary, (*driver).files, (*driver).orders, (*driver).overTheAir, (*driver).audit,
	} {
		part(d)
	}
}

// do sends an operation, which must succeed.
func (d *driver) do(id string, path ids, query params, body any) answer {
	d.Helper()
	op, known := d.operations[id]
	if !known {
		d.Fatalf("operations.json has no %s", id)
	}
	target := d.box.URL() + roots[op.API] + fill(op.Path, path)
	values := url.Values{}
	for name, value := range query {
		values.Set(name, fmt.Sprint(value))
	}
	x := Exchange{Operation: id, Query: values}
	if body != nil {
		var err error
		if x.Body, err = json.Marshal(body); err != nil {
			d.Fatal(err)
		}
	}
	d.send(&x, op.Method, target+"?"+values.Encode())
	d.see(x)
	a := d.answer(id, x.Answer)
	a.next = x.Header.Get("X-Pagination-Next-Cursor")
	return a
}

// fill puts values into the places of a path, in order.
func fill(path string, values ids) string {
	elements := strings.Split(path, "/")
	for i, e := range elements {
		if strings.HasPrefix(e, "{") && len(values) > 0 {
			elements[i], values = fmt.Sprint(values[0]), values[1:]
		}
	}
	return strings.Join(elements, "/")
}

func (d *driver) send(x *Exchange, method, target string) {
	d.Helper()
	req, err := http.NewRequestWithContext(d.Context(), method, target, bytes.NewReader(x.Body))
	if err != nil {
		d.Fatal(err)
	}
	req.Header.Set(d.credential[0], d.credential[1])
	res, err := d.client.Do(req)
	if err != nil {
		d.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	if x.Answer, err = io.ReadAll(res.Body); err != nil {
		d.Fatal(err)
	}
	x.Status, x.Header = res.StatusCode, res.Header
	journal := d.box.Journal()
	entry := journal[len(journal)-1]
	if entry.Operation != x.Operation {
		d.Fatalf("%s %s was understood as %q, want %s", method, target, entry.Operation, x.Operation)
	}
	if res.StatusCode >= http.StatusBadRequest {
		d.Fatalf("%s: %s %s: %s: %s %q\nsent %s", x.Operation, method, target, res.Status, x.Answer, entry.Notes, x.Body)
	}
	x.Unread = entry.Unread
}

// answer is a decoded body.
type answer struct {
	tb    testing.TB
	id    string
	value any
	next  string // cursor of the next page, from the header
}

func (d *driver) answer(id string, body []byte) answer {
	d.Helper()
	a := answer{tb: d.TB, id: id}
	if len(body) == 0 {
		return a
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	if err := decoder.Decode(&a.value); err != nil {
		d.Fatalf("%s: %v in %.500s", id, err, body)
	}
	return a
}

// at is a value in the answer, by names of members and numbers of items, such
// as "keys.0.key_id".
func (a answer) at(place string) any {
	a.tb.Helper()
	value := a.value
	for _, step := range strings.Split(place, ".") {
		switch outer := value.(type) {
		case map[string]any:
			value = outer[step]
		case []any:
			var i int
			if _, err := fmt.Sscan(step, &i); err != nil || i >= len(outer) {
				a.tb.Fatalf("%s: no %s in %v", a.id, place, a.value)
			}
			value = outer[i]
		default:
			a.tb.Fatalf("%s: no %s in %v", a.id, place, a.value)
		}
	}
	return value
}
