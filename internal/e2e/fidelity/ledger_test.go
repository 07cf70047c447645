package fidelity_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/internal/e2e/drive"
	"github.com/golokalise/lokalise/internal/e2e/jsontest"
)

var update = flag.Bool("update", false, "write the sandbox's list of fields anew")

// ledgerFile is what the sandbox shows of how sure each field is. Package
// sandbox/internal/fidelity reads it.
var ledgerFile = filepath.Join("..", "..", "..", "sandbox", "internal", "fidelity", "fields.json")

// entry is an operation in that file.
type entry struct {
	ID string `json:"id"`
	// Recordings is how many responses the answers were compared with.
	Recordings int `json:"recordings"`
	// Members of the answer: in a recording of the operation or its resource, in
	// the official SDK's interfaces and fixtures only, in neither.
	Recorded   []string `json:"recorded,omitempty"`
	Documented []string `json:"documented,omitempty"`
	Assumed    []string `json:"assumed,omitempty"`
	// Parameters: read, read without effect, not read. Those of the query have a
	// question mark.
	Modeled  []string `json:"modeled,omitempty"`
	Accepted []string `json:"accepted,omitempty"`
	Ignored  []string `json:"ignored,omitempty"`
	// Differences from the recordings, each with a reason.
	Differences []difference `json:"differences,omitempty"`
}

type difference struct {
	What string `json:"what"`
	Why  string `json:"why"`
}

// withoutEffect are parameters that the sandbox reads and that change nothing,
// by operation: they come back, or only their type is checked.
var withoutEffect = map[string][]string{
	"files.upload":       {"apply_tm", "convert_placeholders"},
	"orders.create":      {"is_saved_to_translation_memory"},
	"screenshots.create": {"screenshots.ocr"},
}

// elsewhere are members, by operation, of responses that are not among the
// recordings, and whether those were recorded or are documented only.
var elsewhere = map[string]model{
	"contributors.me":     {"project_uuid": true},
	"glossary_terms.list": {"meta.nextCursor": true},
	"languages.create":    {"errors[].code": true, "errors[].lang_iso": true, "errors[].message": true},
	"queued_processes.get": {
		"process.details.items_processed": false, "process.details.items_to_process": false, // an official client reads them
	},
}

// TestLedgerIsFresh: what the sandbox says of its fields is what was found by
// asking it for everything.
func TestLedgerIsFresh(t *testing.T) {
	t.Parallel()
	want := ledger(t)
	if *update {
		if err := os.WriteFile(ledgerFile, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(ledgerFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("sandbox/internal/fidelity/fields.json is stale: run go test -run TestLedgerIsFresh -update in internal/e2e/fidelity")
	}
}

// ledger is the file, an operation on each line.
func ledger(t *testing.T) []byte {
	t.Helper()
	known, sandbox := facts(t), drivenSandbox(t)
	models := readModels(t)
	var lines []string
	for _, id := range drive.Operations(t) {
		e, did := entry{ID: id, Recordings: len(known[id].Fixtures)}, sandbox[id]
		if did == nil {
			did = &driven{}
		}
		got, want := shape(t, did.answers...), known[id].recordedShape(t)
		e.answer(known[id], models[known[id].Model], got, want)
		e.request(t, known[id], did)
		if len(want) > 0 && len(got) > 0 {
			e.compare(got, want)
		}
		line, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, string(line))
	}
	return []byte("[\n" + strings.Join(lines, ",\n") + "\n]\n")
}

// model has what is known of the members of a resource: true for those that
// were recorded anywhere, false for those that are only documented.
type model map[string]bool

func readModels(t *testing.T) map[string]model {
	t.Helper()
	var file struct {
		Models map[string]struct {
			Fields []struct {
				Path     string         `json:"path"`
				Recorded map[string]int `json:"recorded"`
			} `json:"fields"`
		} `json:"models"`
	}
	readFact(t, "models.json", &file)
	models := map[string]model{}
	for name, m := range file.Models {
		models[name] = model{}
		for _, f := range m.Fields {
			models[name][f.Path] = len(f.Recorded) > 0
		}
	}
	return models
}

// answer sorts the members of the answers by how sure they are.
func (e *entry) answer(f fact, m model, got, want jsontest.Shape) {
	for place := range got {
		if !isLeaf(place, got) {
			continue
		}
		recorded, documented := m.find(inModel(place, f.Root))
		if inOther, there := elsewhere[e.ID][place]; there {
			recorded, documented = inOther, true
		}
		switch {
		case want[place] != nil || recorded:
			e.Recorded = append(e.Recorded, place)
		case documented:
			e.Documented = append(e.Documented, place)
		default:
			e.Assumed = append(e.Assumed, place)
		}
	}
	slices.Sort(e.Recorded)
	slices.Sort(e.Documented)
	slices.Sort(e.Assumed)
}

// isLeaf tells whether a place is a member with nothing but values below it.
func isLeaf(place string, s jsontest.Shape) bool {
	if place == "" || strings.HasSuffix(place, "[]") {
		return false
	}
	for other := range s {
		if strings.HasPrefix(other, place+".") || strings.HasPrefix(other, place+"[].") {
			return false
		}
	}
	return true
}

// inModel is a place of the answer as the resource's model names it.
func inModel(place, root string) string {
	if root == "" {
		return place
	}
	for _, prefix := range []string{root + "[].", root + "."} {
		if inner, below := strings.CutPrefix(place, prefix); below {
			return inner
		}
	}
	return ""
}

// find tells whether a member was recorded or documented. A model has members
// with any name as a star.
func (m model) find(place string) (recorded, documented bool) {
	if place == "" {
		return false, false
	}
	if recorded, documented = m[place]; documented {
		return recorded, true
	}
	recorded, documented = m[place[:max(0, strings.LastIndex(place, "."))]+".*"]
	return recorded, documented
}

// request sorts the documented parameters by what the sandbox does with them.
// The driver must send each of them.
func (e *entry) request(t *testing.T, f fact, did *driven) {
	t.Helper()
	for _, name := range f.parameters() {
		switch {
		case did.sent == nil:
			e.Ignored = append(e.Ignored, name)
		case !did.sent[name]:
			t.Errorf("%s: package drive never sends %s", e.ID, name)
		case isUnread(name, did.unread):
			e.Ignored = append(e.Ignored, name)
		case slices.Contains(withoutEffect[e.ID], name):
			e.Accepted = append(e.Accepted, name)
		default:
			e.Modeled = append(e.Modeled, name)
		}
	}
	for _, name := range withoutEffect[e.ID] {
		if !slices.Contains(e.Accepted, name) {
			t.Errorf("%s: %s is listed as without effect, and is not read", e.ID, name)
		}
	}
}

// isUnread tells whether nobody read a parameter or what it lies in.
func isUnread(name string, unread map[string]bool) bool {
	for at := 0; at < len(name); at++ {
		if name[at] == '.' && unread[name[:at]] {
			return true
		}
	}
	return unread[name]
}

// parameters are the documented ones, as the journal names them, sorted.
func (f fact) parameters() []string {
	var names []string
	for _, q := range f.Query {
		names = append(names, "?"+q.Name)
	}
	prefix := ""
	if f.BodyRoot != "" {
		names, prefix = append(names, f.BodyRoot), f.BodyRoot+"."
	}
	names = appendFields(names, prefix, f.Body)
	slices.Sort(names)
	return names
}

func appendFields(names []string, prefix string, fields []field) []string {
	for _, inner := range fields {
		names = append(names, prefix+inner.Name)
		// A type that the list could not take apart has the members of JavaScript's arrays.
		if slices.ContainsFunc(inner.Fields, func(f field) bool { return f.Name == "toString" }) {
			continue
		}
		names = appendFields(names, prefix+inner.Name+".", inner.Fields)
	}
	return names
}

func (e *entry) compare(got, want jsontest.Shape) {
	explained := newDifferences()
	for _, d := range jsontest.Diff(got, want) {
		e.Differences = append(e.Differences, difference{d, explained.reason(e.ID, d)})
	}
}
