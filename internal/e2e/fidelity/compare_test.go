package fidelity_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/golokalise/lokalise/internal/e2e/jsontest"
	"github.com/golokalise/lokalise/internal/e2e/need"
	"github.com/golokalise/lokalise/sandbox"
)

// comparison is a request to the sandbox, and a recorded answer to one like it.
type comparison struct {
	recorded string // file, such as projects/list.json
	method   string
	path     string
	body     map[string]any
	status   int
	// known are differences with a reason, as jsontest.Diff words them.
	known []string
}

// compare makes the request and reports how the answer differs.
func compare(t *testing.T, box *sandbox.Server, c comparison) {
	t.Helper()
	want := shape(t, recorded(t, c.recorded))
	differences := jsontest.Diff(shape(t, send(t, box, c)), want)
	for _, d := range differences {
		if !slices.Contains(c.known, d) {
			t.Errorf("%s: %s", c.recorded, d)
		}
	}
	for _, d := range c.known {
		if !slices.Contains(differences, d) {
			t.Errorf("%s: %q is listed as known, and is no difference any more", c.recorded, d)
		}
	}
}

// recorded reads a recorded response.
func recorded(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(need.Recorded(t), filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// languageMembers are members whose names are codes of languages: which ones
// is content, not shape.
var languageMembers = regexp.MustCompile(`(source_words)\.[^.]+$`)

// shape is what documents have together.
func shape(t *testing.T, documents ...[]byte) jsontest.Shape {
	t.Helper()
	whole, err := jsontest.Of(documents...)
	if err != nil {
		t.Fatalf("%v in %.500q", err, documents)
	}
	s := jsontest.Shape{}
	for place, kinds := range whole {
		place = languageMembers.ReplaceAllString(place, "$1.*")
		s[place] = append(s[place], kinds...)
		slices.Sort(s[place])
		s[place] = slices.Compact(s[place])
	}
	return s
}

// send makes a request with the API token, and returns the body of the answer.
func send(t *testing.T, box *sandbox.Server, c comparison) []byte {
	t.Helper()
	body, err := json.Marshal(c.body)
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), c.method, box.URL()+c.path, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Api-Token", box.Credentials().APIToken)
	res, err := box.Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if res.StatusCode != c.status {
		t.Fatal(fmt.Errorf("%s %s: %s: %s", c.method, c.path, res.Status, answer))
	}
	return answer
}
