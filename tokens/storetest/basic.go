package storetest

import (
	"bytes"
	"crypto/rand"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/golokalise/lokalise/tokens"
)

// start is a version as the manager chooses them for new grants: large, so
// that a store which narrows them is found.
const start int64 = 1<<52 + 12345

func record(id string, version int64, data string) tokens.Record {
	return tokens.Record{ID: id, Version: version, Data: []byte(data)}
}

func mustPut(t *testing.T, s tokens.Store, rec tokens.Record, expected int64) {
	t.Helper()
	if err := s.Put(t.Context(), rec, expected); err != nil {
		t.Fatalf("Put(%q, version %d, expected %d): %v", rec.ID, rec.Version, expected, err)
	}
}

func mustGet(t *testing.T, s tokens.Store, id string) tokens.Record {
	t.Helper()
	rec, err := s.Get(t.Context(), id)
	if err != nil {
		t.Fatalf("Get(%q): %v", id, err)
	}
	return rec
}

func wantErr(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: error is %v, want %v", what, err, want)
	}
}

func wantRecord(t *testing.T, got, want tokens.Record) {
	t.Helper()
	if got.ID != want.ID || got.Version != want.Version || !bytes.Equal(got.Data, want.Data) {
		t.Errorf("record is %q version %d with %d bytes, want %q version %d with %d bytes",
			got.ID, got.Version, len(got.Data), want.ID, want.Version, len(want.Data))
	}
	if !got.Due.Truncate(time.Microsecond).Equal(want.Due.Truncate(time.Microsecond)) {
		t.Errorf("record %q is due %v, want %v", got.ID, got.Due, want.Due)
	}
}

func (s suite) put(t *testing.T) {
	store := s.open(t)
	ctx := t.Context()
	_, err := store.Get(ctx, "a")
	wantErr(t, "Get before Put", err, tokens.ErrNotFound)
	wantErr(t, "update of a missing record", store.Put(ctx, record("a", start, "x"), start-1), tokens.ErrConflict)

	first := record("a", start, "first")
	mustPut(t, store, first, 0)
	wantRecord(t, mustGet(t, store, "a"), first)
	wantErr(t, "second create", store.Put(ctx, record("a", start+1, "x"), 0), tokens.ErrConflict)
	wantErr(t, "update of an old version", store.Put(ctx, record("a", start+1, "x"), start-1), tokens.ErrConflict)
	wantErr(t, "update of a future version", store.Put(ctx, record("a", start+2, "x"), start+1), tokens.ErrConflict)
	wantRecord(t, mustGet(t, store, "a"), first)

	second := record("a", start+7, "second")
	second.Due = time.Now().Add(time.Hour)
	mustPut(t, store, second, start)
	wantRecord(t, mustGet(t, store, "a"), second)
	wantRecord(t, mustGet(t, s.Reopen(t, store), "a"), second)
}

func (s suite) delete(t *testing.T) {
	store := s.open(t)
	ctx := t.Context()
	wantErr(t, "delete of a missing record", store.Delete(ctx, "a", start), tokens.ErrConflict)
	mustPut(t, store, record("a", start, "x"), 0)
	mustPut(t, store, record("b", start, "x"), 0)
	wantErr(t, "delete of another version", store.Delete(ctx, "a", start+1), tokens.ErrConflict)
	mustGet(t, store, "a")

	if err := store.Delete(ctx, "a", start); err != nil {
		t.Fatalf("Delete: %v", err)
	}
	_, err := store.Get(ctx, "a")
	wantErr(t, "Get after Delete", err, tokens.ErrNotFound)
	wantErr(t, "update after Delete", store.Put(ctx, record("a", start+1, "x"), start), tokens.ErrConflict)
	mustGet(t, store, "b")
	mustPut(t, store, record("a", start+9, "again"), 0)
	wantRecord(t, mustGet(t, store, "a"), record("a", start+9, "again"))
}

// bytes checks that data and times come back as they went in.
func (s suite) bytes(t *testing.T) {
	store := s.open(t)
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	large := make([]byte, 64<<10)
	if _, err := rand.Read(large); err != nil {
		t.Fatal(err)
	}
	zone := time.FixedZone("elsewhere", 5*3600+1800)
	for i, rec := range []tokens.Record{
		{ID: "empty", Data: []byte{}},
		{ID: "every byte", Data: all},
		{ID: "large", Data: large},
		{ID: "quotes", Data: []byte(`'";-- \ %s $1 {}`)},
		{ID: "due in another zone", Data: []byte("x"), Due: time.Date(2031, 2, 3, 4, 5, 6, 789_012_000, zone)},
		{ID: "due long ago", Data: []byte("x"), Due: time.Date(1999, 1, 1, 0, 0, 0, 1000, time.UTC)},
		{ID: "due far ahead", Data: []byte("x"), Due: time.Date(2199, 12, 31, 23, 59, 59, 0, time.UTC)},
	} {
		rec.Version = start + int64(i)
		mustPut(t, store, rec, 0)
		wantRecord(t, mustGet(t, store, rec.ID), rec)
	}
	s.aliasing(t, store)
}

// aliasing checks that the store shares no memory with its callers.
func (s suite) aliasing(t *testing.T, store tokens.Store) {
	data := []byte("original")
	mustPut(t, store, tokens.Record{ID: "alias", Version: 1, Data: data}, 0)
	copy(data, "changed!")
	got := mustGet(t, store, "alias")
	copy(got.Data, "changed!")
	wantRecord(t, mustGet(t, store, "alias"), record("alias", 1, "original"))
}

// ids checks that IDs are bytes to the store: nothing is folded, trimmed,
// cut or taken for a pattern.
func (s suite) ids(t *testing.T) {
	store := s.open(t)
	ids := []string{
		"a", "A", "a ", " a", "ä", "a\u0308", "ß", "ss", "a%", "a_", "a*", "a'b", `a"b`, `a\b`, "a{b}",
		"tenant/user", "tenant:user", "\t", "日本", "😀", strings.Repeat("x", tokens.MaxIDLength),
		strings.Repeat("x", tokens.MaxIDLength-1),
	}
	for i, id := range ids {
		mustPut(t, store, record(id, int64(i+1), id), 0)
	}
	for i, id := range ids {
		wantRecord(t, mustGet(t, store, id), record(id, int64(i+1), id))
	}
}
