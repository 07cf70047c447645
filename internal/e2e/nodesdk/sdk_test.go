package nodesdk_test

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"strings"
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
	tb testing.TB
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
	line, err := json.Marshal(map[string]any{
		"construct": o.class, "arguments": o.arguments,
		"methods": strings.Split(methods, "."), "parameters": parameters,
	})
	if err != nil {
		o.sdk.Fatal(err)
	}
	if _, err := o.sdk.input.Write(append(line, '\n')); err != nil {
		o.sdk.Fatalf("%s.%s: %v", o.class, methods, err)
	}
	line, err = o.sdk.output.ReadBytes('\n')
	if err != nil {
		o.sdk.Fatalf("%s.%s: %v", o.class, methods, err)
	}
	a := answer{tb: o.sdk.TB}
	if err := json.Unmarshal(line, &a); err != nil {
		o.sdk.Fatalf("%s.%s: %v in %s", o.class, methods, err, line)
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
		a.tb.Fatalf("it succeeded: %s", a.Value)
	}
	if a.Class != class {
		a.tb.Errorf("an object of class %s was thrown, want %s", a.Class, class)
	}
	jsontest.AssertMatch(a.tb, a.Failure, pattern)
}

func (a answer) succeeded() {
	a.tb.Helper()
	if a.Failure != nil {
		a.tb.Fatalf("the SDK threw %s: %s", a.Class, a.Failure)
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
