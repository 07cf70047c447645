package account

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/exit"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/iostreams"
	"github.com/golokalise/lokalise/oauth"
)

const (
	plantedSecret  = "planted-client-secret"
	plantedAccess  = "planted-access-token"
	plantedRefresh = "planted-refresh-token"
)

// open opens the logins in a folder. The keyring is the package's own mock,
// shared by the process, so tests that use it do not run in parallel.
func open(t *testing.T, dir string) *Accounts {
	t.Helper()
	streams, _, _ := iostreams.Test(strings.NewReader(""), iostreams.Terminal{Environ: []string{DirVariable + "=" + dir}})
	a, err := Open(t.Context(), streams, "")
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func profile() Profile {
	return Profile{
		Kind: OAuth, BaseURL: "http://127.0.0.1:1", OAuthHost: "http://127.0.0.1:1",
		ClientID: "client", ClientSecret: plantedSecret,
	}
}

func token(access string) *oauth.Token {
	return &oauth.Token{AccessToken: access, RefreshToken: plantedRefresh, Expiry: time.Now().Add(time.Hour)}
}

func save(t *testing.T, a *Accounts, name, access string) {
	t.Helper()
	if err := a.Save(t.Context(), name, profile(), token(access)); err != nil {
		t.Fatal(err)
	}
}

// tokenOf reads an account as another process would.
func tokenOf(t *testing.T, dir, name string) (string, error) {
	t.Helper()
	a, err := open(t, dir).Get(t.Context(), name)
	if err != nil {
		return "", err
	}
	text, err := a.Token(t.Context())
	return text, errors.Join(err, a.Close(t.Context()))
}

// wantHint holds an error to an exit code and a piece of its advice.
func wantHint(t *testing.T, err error, code int, message, hint string) {
	t.Helper()
	if err == nil || exit.Code(err) != code || !strings.Contains(err.Error(), message) || !strings.Contains(exit.Hint(err), hint) {
		t.Errorf("code %d, error %v, hint %q", exit.Code(err), err, exit.Hint(err))
	}
}

func TestLoginIsKeptWithTheKeyInTheKeyring(t *testing.T) {
	keyring.MockInit()
	dir := t.TempDir()
	save(t, open(t, dir), "work", plantedAccess)
	if text, err := tokenOf(t, dir, "work"); err != nil || text != plantedAccess {
		t.Errorf("token %q, %v", text, err)
	}
	names, err := open(t, dir).Names(t.Context())
	if err != nil || fmt.Sprint(names) != "[work]" {
		t.Errorf("accounts %v, %v", names, err)
	}
	key, err := keyring.Get(keyringService, keyringUser)
	if err != nil || len(key) > 100 {
		t.Errorf("the keyring holds %d bytes, %v; want a key and no more", len(key), err)
	}
	wantNoSecretIn(t, dir, key)
}

// wantNoSecretIn looks into each file, and behind its base64.
func wantNoSecretIn(t *testing.T, dir, key string) {
	t.Helper()
	_, secret, _ := strings.Cut(key, ":")
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("files %v, %v", files, err)
	}
	for _, name := range files {
		info, err := os.Stat(name)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v, %v", name, info.Mode(), err)
		}
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all := content
		for _, text := range regexp.MustCompile(`[A-Za-z0-9+/]{20,}={0,2}`).FindAll(content, -1) {
			if plain, err := base64.StdEncoding.DecodeString(string(text)); err == nil {
				all = append(all, plain...)
			}
		}
		for _, planted := range []string{plantedSecret, plantedAccess, plantedRefresh, secret} {
			if bytes.Contains(all, []byte(planted)) {
				t.Errorf("%s can be read in %s", planted, name)
			}
		}
	}
}

func TestLoggingInAgainReplacesTheWholeLogin(t *testing.T) {
	keyring.MockInit()
	dir := t.TempDir()
	save(t, open(t, dir), DefaultName, "first")
	save(t, open(t, dir), DefaultName, "second")
	if text, err := tokenOf(t, dir, DefaultName); err != nil || text != "second" {
		t.Errorf("token %q, %v", text, err)
	}
	a := open(t, dir)
	if ids, err := a.list(t.Context(), tokenPrefix); err != nil || len(ids) != 1 {
		t.Errorf("tokens %v, %v: the old one is left", ids, err)
	}
	found, err := a.Forget(t.Context(), DefaultName)
	if err != nil || !found {
		t.Errorf("found %v, %v", found, err)
	}
	if ids, err := a.list(t.Context(), ""); err != nil || len(ids) != 0 {
		t.Errorf("records %v, %v: something is left", ids, err)
	}
}

func TestLoginsAtOnceShareOneKey(t *testing.T) {
	keyring.MockInit()
	dir := t.TempDir()
	const logins = 8
	var group sync.WaitGroup
	for i := range logins {
		a := open(t, dir)
		group.Go(func() {
			if err := a.Save(t.Context(), fmt.Sprint("n", i%4), profile(), token(fmt.Sprint("token", i%4))); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	for i := range 4 {
		if text, err := tokenOf(t, dir, fmt.Sprint("n", i)); err != nil || text != fmt.Sprint("token", i) {
			t.Errorf("account n%d: token %q, %v", i, text, err)
		}
	}
}

func TestWithoutAKeyringNothingIsStored(t *testing.T) {
	keyring.MockInitWithError(errors.New("no bus"))
	dir := t.TempDir()
	a := open(t, dir)
	wantHint(t, a.Prepare(t.Context()), exit.Failure, "the OS keyring cannot be used: no bus", "--key-file PATH")
	wantHint(t, a.Save(t.Context(), DefaultName, profile(), token(plantedAccess)), exit.Failure, "no bus", KeysVariable)
	if ids, err := a.list(t.Context(), ""); err != nil || len(ids) != 0 {
		t.Errorf("records %v, %v", ids, err)
	}
}

func TestKeyringThatHangsIsGivenUp(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	defer close(release)
	_, err := osKeyring{patience: time.Millisecond}.bounded(t.Context(), func() (string, error) {
		<-release
		return "", nil
	})
	if !errors.Is(err, errSilence) {
		t.Errorf("error %v", err)
	}
}

func TestKeyThatIsGoneIsExplained(t *testing.T) {
	keyring.MockInit()
	dir := t.TempDir()
	save(t, open(t, dir), DefaultName, plantedAccess)
	keyring.MockInit() // an empty one
	_, err := tokenOf(t, dir, DefaultName)
	wantHint(t, err, exit.Auth, "has no key", "lokalise auth login")
	save(t, open(t, dir), "other", plantedAccess) // makes another key
	_, err = tokenOf(t, dir, DefaultName)
	wantHint(t, err, exit.Auth, `account "default" was sealed with another key`, "lokalise auth login")
	if err := keyring.Set(keyringService, keyringUser, "rubbish"); err != nil {
		t.Fatal(err)
	}
	_, err = tokenOf(t, dir, DefaultName)
	wantHint(t, err, exit.Failure, "is no key", "remove that entry")
}

func TestAccountForAnotherServerIsNotUsed(t *testing.T) {
	t.Parallel()
	a := &Account{Name: "work", Profile: profile()}
	for named, good := range map[string]bool{"": true, "http://127.0.0.1:1/": true, "https://api.lokalise.com": false} {
		err := a.CheckServer(func(string) string { return named })
		if (err == nil) != good {
			t.Errorf("%q: %v", named, err)
		}
	}
}

func TestProfileHidesItsSecret(t *testing.T) {
	t.Parallel()
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x"} {
		if text := fmt.Sprintf(verb, profile()); strings.Contains(text, plantedSecret) || strings.Contains(text, fmt.Sprintf("%x", plantedSecret)) {
			t.Errorf("%s shows %s", verb, text)
		}
	}
}
