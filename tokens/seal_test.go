package tokens_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/golokalise/lokalise/tokens"
)

// plant puts bytes into the store as a thief or a fault would.
func plant(t *testing.T, s tokens.Store, rec tokens.Record) {
	t.Helper()
	if old, err := s.Get(t.Context(), rec.ID); err == nil {
		if err := s.Delete(t.Context(), rec.ID, old.Version); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Put(t.Context(), rec, 0); err != nil {
		t.Fatal(err)
	}
}

func stored(t *testing.T, s tokens.Store, id string) tokens.Record {
	t.Helper()
	rec, err := s.Get(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return rec
}

func wantUnreadable(t *testing.T, m *tokens.Manager, id string) {
	t.Helper()
	_, err := m.Status(t.Context(), id)
	if !errors.Is(err, tokens.ErrUnreadable) || !strings.Contains(fmt.Sprint(err), id) {
		t.Errorf("Status = %v, want an unreadable record that names %q", err, id)
	}
	if _, err = m.Token(t.Context(), id); err == nil {
		t.Error("a token was given out")
	}
}

func TestEveryFlippedBitAndEveryTruncationIsRefused(t *testing.T) {
	t.Parallel()
	s := newSetup(t, nil)
	s.connect(t, "grant-a")
	rec := stored(t, s.store, "grant-a")
	fresh := mustManager(t, tokens.Config{
		Clients: []tokens.Refresher{s.server}, Store: s.store, Keys: tokens.NoEncryption(),
	})
	wantUnreadable(t, fresh, "grant-a")
	for i := range rec.Data {
		changed := rec
		changed.Data = bytes.Clone(rec.Data)
		changed.Data[i] ^= 1
		plant(t, s.store, changed)
		if _, err := s.Status(t.Context(), "grant-a"); !errors.Is(err, tokens.ErrUnreadable) {
			t.Fatalf("with byte %d of %d changed: %v", i, len(rec.Data), err)
		}
		changed.Data = rec.Data[:i]
		plant(t, s.store, changed)
		if _, err := s.Status(t.Context(), "grant-a"); !errors.Is(err, tokens.ErrUnreadable) {
			t.Fatalf("cut after %d bytes of %d: %v", i, len(rec.Data), err)
		}
	}
	plant(t, s.store, rec)
	if _, err := s.Status(t.Context(), "grant-a"); err != nil {
		t.Errorf("the record as it was: %v", err)
	}
}

func TestSwappedRecordsAreRefused(t *testing.T) {
	t.Parallel()
	s := newSetup(t, nil)
	s.connect(t, "grant-a")
	s.connect(t, "grant-b")
	a := stored(t, s.store, "grant-a")
	b := stored(t, s.store, "grant-b")
	a.Data, b.Data = b.Data, a.Data
	a.Version, b.Version = b.Version, a.Version
	plant(t, s.store, a)
	plant(t, s.store, b)
	other := mustManager(t, tokens.Config{
		Clients: []tokens.Refresher{s.server}, Store: s.store, Keys: tokens.AcceptPlaintext(mustRing(t, tokens.NewKey("k1"))),
	})
	wantUnreadable(t, other, "grant-a")
	if _, err := s.Status(t.Context(), "grant-b"); !errors.Is(err, tokens.ErrUnreadable) {
		t.Errorf("Status = %v", err)
	}
}

func TestOldBytesUnderANewerVersionAreRefused(t *testing.T) {
	t.Parallel()
	s := newSetup(t, nil)
	s.connect(t, "g")
	old := stored(t, s.store, "g")
	s.connect(t, "g")
	now := stored(t, s.store, "g")
	if now.Version != old.Version+1 {
		t.Fatalf("versions %d and %d", old.Version, now.Version)
	}
	plant(t, s.store, tokens.Record{ID: "g", Version: now.Version, Data: old.Data})
	if _, err := s.Status(t.Context(), "g"); !errors.Is(err, tokens.ErrUnreadable) {
		t.Errorf("Status = %v", err)
	}
	plant(t, s.store, old) // the whole old row cannot be told from a record
	if _, err := s.Status(t.Context(), "g"); err != nil {
		t.Errorf("the whole old row: %v", err)
	}
}

func TestPlainRecordIsRefusedUnlessAccepted(t *testing.T) {
	t.Parallel()
	plain := newSetup(t, func(c *tokens.Config) { c.Keys = tokens.NoEncryption() })
	plain.connect(t, "g")
	ring := mustRing(t, tokens.NewKey("k1"))
	strict := newSetup(t, func(c *tokens.Config) { c.Store, c.Keys = plain.store, ring })
	wantUnreadable(t, strict.Manager, "g")

	migrating := newSetup(t, func(c *tokens.Config) { c.Store, c.Keys = plain.store, tokens.AcceptPlaintext(ring) })
	migrating.wantToken(t, "g", "access-0")
	report, err := migrating.Rekey(t.Context(), tokens.RekeyOptions{})
	if err != nil || report.Resealed != 1 {
		t.Fatalf("Rekey = %+v, %v", report, err)
	}
	after := newSetup(t, func(c *tokens.Config) { c.Store, c.Keys = plain.store, ring })
	after.wantToken(t, "g", "access-0")
}

func TestReconnectingReplacesAnUnreadableRecord(t *testing.T) {
	t.Parallel()
	s := newSetup(t, nil)
	plant(t, s.store, tokens.Record{ID: "g", Version: 7, Data: []byte("garbage")})
	s.wantError(t, "g", tokens.ErrUnreadable)
	s.connect(t, "g")
	s.wantToken(t, "g", "access-0")
}

func TestConfigWithoutKeysIsRefused(t *testing.T) {
	t.Parallel()
	_, err := tokens.New(tokens.Config{Clients: []tokens.Refresher{newServer()}, Store: tokens.NewMemoryStore()})
	if err == nil || !strings.Contains(err.Error(), "NoEncryption") {
		t.Errorf("New = %v, want an error that names the choice", err)
	}
}

func TestKeysFromEnvironmentAndFile(t *testing.T) {
	one, two := tokens.NewKey("one"), tokens.NewKey("two")
	t.Setenv("TOKENS_TEST_KEYS", one.Encode()+","+two.Encode())
	path := filepath.Join(t.TempDir(), "keys")
	if err := os.WriteFile(path, []byte("# the first one writes\n"+one.Encode()+"\n\n"+two.Encode()+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	fromEnv, err := tokens.KeysFromEnv("TOKENS_TEST_KEYS")
	if err != nil {
		t.Fatal(err)
	}
	fromFile, err := tokens.KeysFromFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, ring := range map[string]*tokens.KeyRing{"environment": fromEnv, "file": fromFile} {
		write, err := ring.WriteKey(t.Context())
		if err != nil || write.ID != "one" || !bytes.Equal(write.Secret, one.Secret) {
			t.Errorf("%s: write key %v, %v", name, write, err)
		}
		secret, err := ring.ReadKey(t.Context(), "two")
		if err != nil || !bytes.Equal(secret, two.Secret) {
			t.Errorf("%s: second key: %v", name, err)
		}
		if _, err := ring.ReadKey(t.Context(), "three"); !errors.Is(err, tokens.ErrUnknownKey) {
			t.Errorf("%s: unknown key: %v", name, err)
		}
	}
	if runtime.GOOS != "windows" {
		if err := os.Chmod(path, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := tokens.KeysFromFile(path); err == nil {
			t.Error("a key file that everybody may read was accepted")
		}
	}
}

func TestBadKeysAreRefusedWithoutQuotingThem(t *testing.T) {
	t.Parallel()
	good := tokens.NewKey("good").Encode()
	for name, text := range map[string]string{
		"nothing":      "",
		"no ID":        "c2VjcmV0LXNlY3JldA==",
		"short":        "id:c2VjcmV0LXNlY3JldA==",
		"not base64":   "id:secret-secret!",
		"odd ID":       "i d:" + strings.TrimPrefix(good, "good:"),
		"the same two": good + "," + good,
	} {
		_, err := tokens.ParseKeys(text)
		if err == nil {
			t.Errorf("%s: accepted", name)
		} else if strings.Contains(err.Error(), "secret-secret") || strings.Contains(err.Error(), "c2VjcmV0") {
			t.Errorf("%s: the error quotes the key: %v", name, err)
		}
	}
}

func TestRekeyIsResumableAndRetireRefusesAKeyInUse(t *testing.T) {
	t.Parallel()
	one, two := tokens.NewKey("one"), tokens.NewKey("two")
	old := newSetup(t, func(c *tokens.Config) { c.Keys = mustRing(t, one) })
	const grants = 25
	for i := range grants {
		old.connect(t, fmt.Sprintf("g%02d", i))
	}
	ring := mustRing(t, two, one)
	s := newSetup(t, func(c *tokens.Config) { c.Store, c.Keys = old.store, ring })

	var inUse *tokens.KeyInUseError
	if err := s.RetireKey(t.Context(), "one"); !errors.As(err, &inUse) || inUse.Records != grants {
		t.Fatalf("RetireKey of a key in use = %v", err)
	}
	if err := s.RetireKey(t.Context(), "two"); !errors.As(err, &inUse) {
		t.Errorf("RetireKey of the write key = %v", err)
	}
	plant(t, s.store, tokens.Record{ID: "g99", Version: 3, Data: []byte("garbage")})
	first, err := s.Rekey(t.Context(), tokens.RekeyOptions{After: "g09", Page: 4})
	if err != nil || first.Resealed != 15 || first.Failed != 1 || first.Unreadable[0] != "g99" {
		t.Fatalf("Rekey from the middle = %+v, %v", first, err)
	}
	if usage, err := s.KeyUsage(t.Context()); err != nil || usage["one"] != 10 || usage["two"] != 15 {
		t.Errorf("KeyUsage = %v, %v", usage, err)
	}
	second, err := s.Rekey(t.Context(), tokens.RekeyOptions{Page: 7})
	if err != nil || second.Resealed != 10 || second.Read != grants+1 {
		t.Fatalf("second Rekey = %+v, %v", second, err)
	}
	if err := s.RetireKey(t.Context(), "one"); err != nil {
		t.Errorf("RetireKey of an unused key = %v", err)
	}
	if ids := fmt.Sprint(ring.IDs()); ids != "[two]" {
		t.Errorf("the ring holds %s", ids)
	}
	s.wantToken(t, "g03", "access-0")
}

func TestRekeyWhileGrantsAreRefreshed(t *testing.T) {
	t.Parallel()
	one, two := tokens.NewKey("one"), tokens.NewKey("two")
	s := newSetup(t, func(c *tokens.Config) { c.Keys = mustRing(t, two, one) })
	before := newSetup(t, func(c *tokens.Config) { c.Store, c.Keys = s.store, mustRing(t, one, two) })
	const grants = 20
	for i := range grants {
		before.connect(t, fmt.Sprintf("g%02d", i))
	}
	done := make(chan error, 1)
	go func() {
		var err error
		for range 5 {
			_, rekeyErr := s.Rekey(t.Context(), tokens.RekeyOptions{Page: 3, Pause: time.Millisecond})
			err = errors.Join(err, rekeyErr)
		}
		done <- err
	}()
	for range 3 {
		for i := range grants {
			if err := before.Refresh(t.Context(), fmt.Sprintf("g%02d", i)); err != nil {
				t.Error(err)
			}
		}
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
	for i := range grants {
		status, err := s.Status(t.Context(), fmt.Sprintf("g%02d", i))
		if err != nil || status.Generation != 4 || status.Health != tokens.Healthy {
			t.Errorf("after three refreshes: %+v, %v", status, err)
		}
	}
}
