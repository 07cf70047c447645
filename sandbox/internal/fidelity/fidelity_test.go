package fidelity

import (
	"flag"
	"os"
	"strings"
	"testing"
)

//go:generate go test -run TestPageIsFresh -update

var update = flag.Bool("update", false, "write the generated part of the page anew")

const page = "../../../docs/sandbox-fidelity.md"

func TestPageIsFresh(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, hasBegin := strings.Cut(string(data), begin+"\n")
	_, after, hasEnd := strings.Cut(rest, end)
	if !hasBegin || !hasEnd {
		t.Fatalf("%s lacks the line %q or %q", page, begin, end)
	}
	fresh := before + begin + "\n\n" + markdown() + "\n" + end + after
	if fresh == string(data) {
		return
	}
	if !*update {
		t.Fatal("docs/sandbox-fidelity.md is stale: run make generate")
	}
	if err := os.WriteFile(page, []byte(fresh), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestEveryNoteIsOfAnOperation(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	for _, o := range Operations() {
		known[o.ID] = true
	}
	for id := range Notes() {
		if !known[id] {
			t.Errorf("notes.json has %s, which is no operation", id)
		}
	}
}

func TestEveryDifferenceHasAReason(t *testing.T) {
	t.Parallel()
	for _, o := range Operations() {
		for _, d := range o.Differences {
			if d.Why == "" {
				t.Errorf("%s: %s", o.ID, d.What)
			}
		}
	}
}

func TestAnswersAreKnownMemberByMember(t *testing.T) {
	t.Parallel()
	for _, o := range Operations() {
		if o.ID == "keys.get" && (len(o.Recorded) < 50 || o.Recordings == 0 || len(o.Modeled) == 0) {
			t.Errorf("%+v", o)
		}
	}
}
