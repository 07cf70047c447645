package nodesdk_test

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golokalise/lokalise/internal/e2e/jsontest"
	"github.com/golokalise/lokalise/internal/e2e/need"
	"github.com/golokalise/lokalise/sandbox"
)

// sdk is a process in which the SDK runs, and the sandbox that it talks to.
type sdk struct {
	testing.TB
	box    *sandbox.Server
	input  io.Writer
	output *bufio.Reader
	calls  *calls // nil: nobody counts
}

// calls are the methods that were called with success, such as
// LokaliseApi.keys.list.
type calls struct {
	mu    sync.Mutex
	names map[string]bool
}

func (c *calls) add(name string) {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.names[name] = true
}

// start starts a sandbox and a process for one test.
func start(t *testing.T, opts ...sandbox.Option) *sdk {
	t.Helper()
	packages := need.NPM(t)
	s := &sdk{TB: t, box: sandbox.Start(t, opts...)}
	cmd := exec.CommandContext(t.Context(), packages.Node(), packages.Script("sdk.mjs"))
	cmd.Stderr = os.Stderr
	cmd.WaitDelay = 10 * time.Second
	input, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	output, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		// The context of t has ended by now, which kills the process if the end
		// of its input does not.
		_ = input.Close()
		_ = cmd.Wait()
	})
	s.input, s.output = input, bufio.NewReader(output)
	return s
}

// on is the SDK as part of a subtest.
func (s *sdk) on(t *testing.T) *sdk {
	sub := *s
	sub.TB = t
	return &sub
}

// object is an object of one of the SDK's classes.
type object struct {
	sdk       *sdk
	class     string
	arguments []any
}

// object names a class and what it is constructed with.
func (s *sdk) object(class string, arguments ...any) object {
	return object{s, class, arguments}
}

// auth is the SDK's OAuth client with the sandbox's credentials.
func (s *sdk) auth() object {
	c := s.box.Credentials()
	return s.object("LokaliseAuth", c.ClientID, c.ClientSecret, s.box.URL())
}

// oauth is the SDK's API client with an access token.
func (s *sdk) oauth(accessToken string) object {
	return s.object("LokaliseApiOAuth", map[string]string{"apiKey": accessToken, "host": s.box.URL()})
}

// api is the SDK's API client with the sandbox's API token.
func (s *sdk) api() object {
	return s.object("LokaliseApi", map[string]string{"apiKey": s.box.Credentials().APIToken, "host": s.box.URL()})
}

// answer is what a method of the SDK returned or threw.
type answer struct {
	tb   testing.TB
	what string // the method that was called
	// Class is the name of the value's class. Items is that of the first item
	// in a list, or "undefined".
	Class string          `json:"class"`
	Items string          `json:"items"`
	Value json.RawMessage `json:"value"`
	// Questions has the results of the value's own methods without arguments,
	// such as hasNextPage.
	Questions json.RawMessage `json:"questions"`
	// Failure is what was thrown, with its message.
	Failure json.RawMessage `json:"failure"`
}

// call calls methods in turn, such as "projects.list", the last one with
// parameters.
func (o object) call(methods string, parameters ...any) answer {
	o.sdk.Helper()
	if parameters == nil {
		parameters = []any{}
	}
	a := o.sdk.ask(o.class+"."+methods, map[string]any{
		"construct": o.class, "arguments": o.arguments,
		"methods": strings.Split(methods, "."), "parameters": parameters,
	})
	if a.Failure == nil {
		o.sdk.calls.add(a.what)
	}
	return a
}

// methods lists the SDK's methods that make requests.
func (s *sdk) methods() (names []string) {
	s.Helper()
	s.ask("the list of methods", map[string]any{"list": true}).decode(&names)
	return names
}

// ask sends a line to the process and reads the answer.
func (s *sdk) ask(what string, request map[string]any) answer {
	s.Helper()
	line, err := json.Marshal(request)
	if err != nil {
		s.Fatal(err)
	}
	if _, err := s.input.Write(append(line, '\n')); err != nil {
		s.Fatalf("%s: %v", what, err)
	}
	line, err = s.output.ReadBytes('\n')
	if err != nil {
		s.Fatalf("%s: %v", what, err)
	}
	a := answer{tb: s.TB, what: what}
	if err := json.Unmarshal(line, &a); err != nil {
		s.Fatalf("%s: %v in %s", what, err, line)
	}
	return a
}

// is checks the value and its class. The pattern is one of package jsontest.
func (a answer) is(class, pattern string) answer {
	a.tb.Helper()
	a.succeeded()
	if a.Class != class {
		a.tb.Errorf("the value is of class %s, want %s", a.Class, class)
	}
	jsontest.AssertMatch(a.tb, a.Value, pattern)
	return a
}

// fails checks what was thrown.
func (a answer) fails(class, pattern string) {
	a.tb.Helper()
	if a.Failure == nil {
		a.tb.Fatalf("%s succeeded: %s", a.what, a.Value)
	}
	if a.Class != class {
		a.tb.Errorf("an object of class %s was thrown, want %s", a.Class, class)
	}
	jsontest.AssertMatch(a.tb, a.Failure, pattern)
}

func (a answer) succeeded() {
	a.tb.Helper()
	if a.Failure != nil {
		a.tb.Fatalf("%s: the SDK threw %s: %s", a.what, a.Class, a.Failure)
	}
}

// decode reads the value.
func (a answer) decode(into any) {
	a.tb.Helper()
	a.succeeded()
	if err := json.Unmarshal(a.Value, into); err != nil {
		a.tb.Fatalf("%v in %s", err, a.Value)
	}
}

// at is the JSON in a place of the value: names of members and numbers of items
// with dots between, and # for the number of items, such as items.0.key_id.
func (a answer) at(place string) json.RawMessage {
	a.tb.Helper()
	a.succeeded()
	here := a.Value
	for _, step := range strings.Split(place, ".") {
		var list []json.RawMessage
		var object map[string]json.RawMessage
		i, notNumber := strconv.Atoi(step)
		switch {
		case json.Unmarshal(here, &list) == nil && step == "#":
			here = json.RawMessage(strconv.Itoa(len(list)))
		case list != nil && notNumber == nil && i < len(list):
			here = list[i]
		case json.Unmarshal(here, &object) == nil && object[step] != nil:
			here = object[step]
		default:
			a.tb.Fatalf("%s: nothing at %s in %s", a.what, place, a.Value)
		}
	}
	return here
}

// has checks values in places of the value: pairs of a place and a pattern of
// package jsontest.
func (a answer) has(placesAndPatterns ...string) answer {
	a.tb.Helper()
	for i := 0; i < len(placesAndPatterns); i += 2 {
		place, pattern := placesAndPatterns[i], placesAndPatterns[i+1]
		for _, difference := range jsontest.Match(a.at(place), pattern) {
			a.tb.Errorf("%s: at %s: %s", a.what, place, difference)
		}
	}
	return a
}

// lists checks the class of a list and of its items, and how many items it has.
func (a answer) lists(class, items string, n int) answer {
	a.tb.Helper()
	a.succeeded()
	if a.Class != class || a.Items != items {
		a.tb.Errorf("%s: a %s of %s, want a %s of %s", a.what, a.Class, a.Items, class, items)
	}
	return a.has("items.#", strconv.Itoa(n))
}

// missing checks that what was asked for is not there.
func (a answer) missing() {
	a.tb.Helper()
	a.fails("ApiError", apiError(404, "Not Found"))
}
