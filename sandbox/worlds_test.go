package sandbox_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/sandbox"
)

func TestWorldsHaveNamesAndAnEnd(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	w, err := b.AddWorld("staging")
	if err != nil {
		t.Fatal(err)
	}
	unnamed, err := b.AddWorld("")
	if err != nil || unnamed.Name() != "world-3" {
		t.Errorf("%s, %v", unnamed.Name(), err)
	}
	for name, want := range map[string]error{"staging": sandbox.ErrWorldExists, "default": sandbox.ErrWorldExists, "Ä": sandbox.ErrWorldName, "../x": sandbox.ErrWorldName, "-a": sandbox.ErrWorldName} {
		if _, err := b.AddWorld(name); !errors.Is(err, want) {
			t.Errorf("%q: %v", name, err)
		}
	}
	token := w.Credentials().APIToken
	if a := b.send("GET", "/api2/projects", "", "X-Api-Token", token); a.status != http.StatusOK {
		t.Errorf("its token: %d", a.status)
	}
	if a := b.send("DELETE", "/_sandbox/worlds/staging", "", "Content-Type", "application/json"); a.status != http.StatusOK {
		t.Errorf("delete: %d %s", a.status, a.body)
	}
	if a := b.send("GET", "/api2/projects", "", "X-Api-Token", token); a.status != http.StatusUnauthorized {
		t.Errorf("its token afterwards: %d", a.status)
	}
	if err := w.Reset(); !errors.Is(err, sandbox.ErrWorldGone) {
		t.Errorf("reset of a deleted world: %v", err)
	}
	if a := b.send("DELETE", "/_sandbox/worlds/default", "", "Content-Type", "application/json"); a.status != http.StatusConflict {
		t.Errorf("delete the default world: %d %s", a.status, a.body)
	}
	var list struct{ Worlds []struct{ Name string } }
	b.send("GET", "/_sandbox/worlds", "").decode(t, &list)
	if len(list.Worlds) != 2 || list.Worlds[0].Name != "default" || list.Worlds[1].Name != "world-3" {
		t.Errorf("the list is %v", list)
	}
}

// snapshot takes the default world's.
func (b *box) snapshot() []byte {
	b.Helper()
	var file bytes.Buffer
	if err := b.world().Snapshot(&file); err != nil {
		b.Fatal(err)
	}
	return file.Bytes()
}

func (b *box) world() *sandbox.World {
	w, _ := b.World(sandbox.DefaultWorld)
	return w
}

func TestSnapshotBringsEverythingBack(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	b.create(`{"name":"Kept"}`)
	token := b.grant()
	want := b.api("GET", "/projects", "").body
	b.Clock().Freeze() // a snapshot has its time
	file := b.snapshot()
	again := b.snapshot()
	b.api("DELETE", "/projects/"+seedProject, "")
	if err := b.world().Restore(bytes.NewReader(file)); err != nil {
		t.Fatal(err)
	}
	if got := b.api("GET", "/projects", "").body; got != want {
		t.Errorf("the projects are\n%s\nnot\n%s", got, want)
	}
	if a := b.bearer(token.AccessToken, "GET", "/projects", ""); a.status != http.StatusOK {
		t.Errorf("the token is no longer good: %d", a.status)
	}
	if len(again) == 0 || !bytes.Equal(unzip(t, file), unzip(t, again)) {
		t.Error("two snapshots of one state differ")
	}
	assertNoSecret(t, "the snapshot", string(unzip(t, file)), b.creds.ClientSecret, b.creds.APIToken, token.AccessToken, token.RefreshToken)
	// Ids go on after those of the snapshot.
	p := b.create(`{"name":"New"}`)
	if strings.Contains(want, p.ID) {
		t.Error("an id was given out twice")
	}
}

func TestSnapshotGoesIntoANewWorld(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	b.create(`{"name":"Kept"}`)
	want := b.api("GET", "/projects", "").body
	a := b.send("GET", "/_sandbox/worlds/default/snapshot", "")
	if a.status != http.StatusOK || a.header.Get("Content-Type") != "application/gzip" {
		t.Fatalf("%d %v", a.status, a.header)
	}
	put := b.send("PUT", "/_sandbox/worlds/copy/snapshot", a.body, "Content-Type", "application/gzip")
	var made sandbox.Credentials
	put.decode(t, &made)
	if put.status != http.StatusCreated || made.APIToken == b.creds.APIToken {
		t.Fatalf("%d %s", put.status, put.body)
	}
	if got := b.send("GET", "/api2/projects", "", "X-Api-Token", made.APIToken).body; got != want {
		t.Errorf("the copy has %s", got)
	}
	if a := b.send("PUT", "/_sandbox/worlds/bad/snapshot", "nonsense", "Content-Type", "application/gzip"); a.status != http.StatusBadRequest {
		t.Errorf("nonsense: %d %s", a.status, a.body)
	}
	if _, found := b.World("bad"); found {
		t.Error("a world stayed that nothing was restored into")
	}
	if a := b.send("PUT", "/_sandbox/worlds/copy/snapshot", a.body, "Content-Type", "application/gzip", "Origin", "https://evil.example"); a.status != http.StatusForbidden {
		t.Errorf("from another site: %d", a.status)
	}
}

// TestDamagedSnapshotsChangeNothing cuts a snapshot off everywhere and changes
// it in many ways.
func TestDamagedSnapshotsChangeNothing(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	file := b.snapshot()
	b.create(`{"name":"Later"}`)
	want := b.api("GET", "/projects", "").body
	plain := string(unzip(t, file))
	lines := strings.SplitAfter(plain, "\n")
	damaged := map[string][]byte{
		"empty": nil, "text": []byte("hello"), "plain": []byte(plain),
		"another version": zipped(strings.Replace(plain, `"version":1`, `"version":2`, 1)),
		"another format":  zipped(`{"format":"x","version":1}` + "\n"),
		"a row missing":   zipped(lines[0] + strings.Join(lines[2:], "")),
		"a row twice":     zipped(lines[0] + lines[1] + strings.Join(lines[1:], "")),
		"a byte changed":  zipped(strings.Replace(plain, "Mobile app", "Mobile apq", 1)),
		"no end":          zipped(strings.Join(lines[:len(lines)-2], "")),
		"a line after it": zipped(plain + "{}\n"),
		"unknown table":   zipped(lines[0] + `{"table":"inventions","row":{}}` + "\n"),
	}
	for n := 1; n < len(file); n += 1 + len(file)/40 {
		damaged["cut at "+fmt.Sprint(n)] = file[:n]
	}
	for name, data := range damaged {
		if err := b.world().Restore(bytes.NewReader(data)); !errors.Is(err, sandbox.ErrSnapshot) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got := b.api("GET", "/projects", "").body; got != want {
		t.Errorf("the projects are %s", got)
	}
}

func zipped(text string) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, _ = w.Write([]byte(text)) // a bytes.Buffer takes everything
	_ = w.Close()
	return out.Bytes()
}

func unzip(t *testing.T, file []byte) []byte {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if _, err := out.ReadFrom(r); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
