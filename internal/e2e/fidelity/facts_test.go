package fidelity_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/internal/e2e/drive"
	"github.com/golokalise/lokalise/internal/e2e/jsontest"
	"github.com/golokalise/lokalise/internal/e2e/need"
)

// fact is what is known of an operation, from the list that lies beside the
// recordings.
type fact struct {
	ID        string   `json:"id"`
	Model     string   `json:"model"`
	Root      string   `json:"response_root"` // of the model in the answer; empty: the answer itself
	Fixtures  []string `json:"fixtures"`
	BodyRoot  string   `json:"body_root"`
	Query     []field  `json:"query"`
	Body      []field  `json:"body"`
	Paginated string   `json:"paginated"`
}

// field is a documented parameter.
type field struct {
	Name   string  `json:"name"`
	Fields []field `json:"fields"`
}

// readFact reads a file beside the recordings.
func readFact(t *testing.T, name string, into any) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(filepath.Dir(need.Recorded(t)), name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// facts are those of all operations, by id.
func facts(t *testing.T) map[string]fact {
	t.Helper()
	var all []fact
	readFact(t, "endpoints.json", &all)
	byID := map[string]fact{}
	for _, f := range all {
		byID[f.ID] = f
	}
	return byID
}

// recordedShape is what the recordings of an operation have together. It is
// empty when there are none.
func (f fact) recordedShape(t *testing.T) jsontest.Shape {
	t.Helper()
	var documents [][]byte
	for _, name := range f.Fixtures {
		documents = append(documents, recorded(t, name))
	}
	return shape(t, documents...)
}

// driven is what the sandbox did with an operation.
type driven struct {
	answers [][]byte
	sent    map[string]bool // parameters as the journal names them
	unread  map[string]bool
}

// drivenSandbox drives a sandbox, by operation.
func drivenSandbox(t *testing.T) map[string]*driven {
	t.Helper()
	all := map[string]*driven{}
	drive.All(t, func(x drive.Exchange) {
		if all[x.Operation] == nil {
			all[x.Operation] = &driven{sent: map[string]bool{}, unread: map[string]bool{}}
		}
		all[x.Operation].add(t, x)
	})
	return all
}

func (d *driven) add(t *testing.T, x drive.Exchange) {
	t.Helper()
	if len(x.Answer) > 0 {
		d.answers = append(d.answers, x.Answer)
	}
	for name := range x.Query {
		d.sent["?"+name] = true
	}
	if x.Body != nil {
		for place := range shape(t, x.Body) {
			d.sent[strings.ReplaceAll(place, "[]", "")] = true
		}
	}
	for _, name := range x.Unread {
		d.unread[name] = true
	}
}
