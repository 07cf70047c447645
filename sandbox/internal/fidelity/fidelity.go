// Package fidelity says how sure each operation of the sandbox is, field by
// field. fields.json was found by asking a sandbox for everything and comparing
// its answers with recordings (internal/e2e/fidelity writes it); notes.json is
// written by hand. Both go into the program, for the page that shows them, and
// into docs/sandbox-fidelity.md.
package fidelity

import (
	_ "embed" // the two files
	"fmt"
	"sync"

	"github.com/go-json-experiment/json"
)

//go:embed fields.json
var fieldsFile []byte

//go:embed notes.json
var notesFile []byte

// Operation is what is known of one operation. Members of answers and
// parameters are written with their path, such as keys[].tags; parameters of
// the query have a question mark before them.
type Operation struct {
	ID string `json:"id"`
	// Recordings is how many recorded responses the answers were compared with.
	Recordings int `json:"recordings"`

	// Members of the answer: those that were recorded, those that only the
	// official SDK has in its interfaces or fixtures, and the others.
	Recorded   []string `json:"recorded"`
	Documented []string `json:"documented"`
	Assumed    []string `json:"assumed"`

	// Documented parameters: those with an effect, those that are read and change
	// nothing, and those that nobody reads.
	Modeled  []string `json:"modeled"`
	Accepted []string `json:"accepted"`
	Ignored  []string `json:"ignored"`

	Differences []Difference `json:"differences"`

	Note Note `json:"-"`
}

// Difference is a way in which answers differ from recordings, and why.
type Difference struct {
	What string `json:"what"`
	Why  string `json:"why"`
}

// Note is what a person says about an operation, in Markdown: how sure the
// answer is as a whole, and what of it is assumed.
type Note struct {
	Answer  string `json:"answer"`
	Assumed string `json:"assumed"`
}

// Operations lists all operations in the order of operations.json. Those
// without a note are not modeled. Callers must not change what they get.
func Operations() []Operation { return operations() }

// operations reads the files once. That they are broken is a defect of this
// package, hence the panic.
var operations = sync.OnceValue(func() []Operation {
	var list []Operation
	if err := json.Unmarshal(fieldsFile, &list); err != nil {
		panic(fmt.Sprintf("fidelity: fields.json: %v", err))
	}
	notes := Notes()
	for i := range list {
		list[i].Note = notes[list[i].ID]
	}
	return list
})

// Notes are the notes by operation.
func Notes() map[string]Note {
	notes := map[string]Note{}
	if err := json.Unmarshal(notesFile, &notes); err != nil {
		panic(fmt.Sprintf("fidelity: notes.json: %v", err))
	}
	return notes
}

// IsModeled tells whether the sandbox answers the operation.
func (o *Operation) IsModeled() bool { return o.Note.Answer != "" }

// Fields counts the members of the answer.
func (o *Operation) Fields() int { return len(o.Recorded) + len(o.Documented) + len(o.Assumed) }
