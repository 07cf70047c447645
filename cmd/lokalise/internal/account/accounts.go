package account

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/iostreams"
	"github.com/golokalise/lokalise/oauth"
	"github.com/golokalise/lokalise/tokens"
	"github.com/golokalise/lokalise/tokens/filestore"
)

const (
	profilePrefix = "account/"
	tokenPrefix   = "token/"

	// loginLease is the lease under which logins are written and keys are made.
	loginLease = "login"

	// lockPatience is how long another process may hold the file's lock. It
	// does so for milliseconds.
	lockPatience = 3 * time.Second
	// leasePatience is how long to wait for another login. It holds the lease
	// while somebody unlocks the keyring at most.
	leaseLife     = 2*patienceForPerson + 30*time.Second
	leasePatience = leaseLife + time.Second
)

// Accounts are the logins in one folder.
type Accounts struct {
	path  string
	store *filestore.Store
	keys  keySource

	lockPatience time.Duration
}

// Open returns the logins of the person. keyFile is the file that the command
// line names, or "". Nothing is asked of the keyring yet.
func Open(ctx context.Context, streams *iostreams.Streams, keyFile string) (*Accounts, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	dir, err := directory(streams.Getenv)
	if err != nil {
		return nil, err
	}
	if keyFile == "" {
		keyFile = streams.Getenv(KeyFileVariable)
	}
	patience := patienceForMachine
	if streams.InIsTerminal() {
		patience = patienceForPerson
	}
	a := &Accounts{
		path:         filepath.Join(dir, fileName),
		keys:         keySource{file: keyFile, env: streams.Getenv(KeysVariable), keyring: osKeyring{patience}},
		lockPatience: lockPatience,
	}
	if a.store, err = filestore.Open(a.path); err != nil {
		return nil, a.explain("", err)
	}
	return a, nil
}

// Path is the file that holds the logins.
func (a *Accounts) Path() string { return a.path }

// Names lists the accounts in alphabetical order. It needs no key.
func (a *Accounts) Names(ctx context.Context) ([]string, error) {
	ids, err := a.list(ctx, profilePrefix)
	if err != nil {
		return nil, a.explain("", err)
	}
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = strings.TrimPrefix(id, profilePrefix)
	}
	return names, nil
}

// Prepare makes sure that a login can be stored, and makes the key if there is
// none yet: a person should not go through the browser for nothing.
func (a *Accounts) Prepare(ctx context.Context) error {
	return a.explain("", a.exclusively(ctx, func(ctx context.Context) error {
		_, err := a.keys.load(ctx, true)
		return err
	}))
}

// Save stores a login under the account's name, in place of what it had.
func (a *Accounts) Save(ctx context.Context, name string, p Profile, token *oauth.Token) error {
	p.Login = rand.Text()
	text, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return a.explain(name, a.exclusively(ctx, func(ctx context.Context) error {
		ring, err := a.keys.load(ctx, true)
		if err != nil {
			return err
		}
		m, err := a.manager(ring, noRefresher{})
		if err != nil {
			return err
		}
		_, err = m.Put(ctx, tokenID(name, p.Login), token)
		if err == nil {
			_, err = m.Put(ctx, profilePrefix+name, &oauth.Token{AccessToken: string(text)})
		}
		if err == nil {
			err = a.forgetTokens(ctx, m, name, p.Login)
		}
		return errors.Join(err, m.Close(ctx))
	}))
}

// Get returns an account. Close it when done.
func (a *Accounts) Get(ctx context.Context, name string) (*Account, error) {
	if err := a.exists(ctx, name); err != nil {
		return nil, a.explain(name, err) // before the keyring is asked
	}
	ring, err := a.keys.load(ctx, false)
	if err != nil {
		return nil, a.explain(name, err)
	}
	p, err := a.profile(ctx, ring, name)
	if err != nil {
		return nil, a.explain(name, err)
	}
	var client tokens.Refresher = noRefresher{}
	if p.Kind == OAuth {
		if client, err = p.Client(""); err != nil {
			return nil, a.explain(name, err)
		}
	}
	m, err := a.manager(ring, client)
	if err != nil {
		return nil, a.explain(name, err)
	}
	return &Account{Name: name, Profile: p, accounts: a, manager: m, id: tokenID(name, p.Login)}, nil
}

// Forget removes an account and tells whether there was one. It opens nothing,
// so it needs no key.
func (a *Accounts) Forget(ctx context.Context, name string) (found bool, err error) {
	err = a.exclusively(ctx, func(ctx context.Context) error {
		m, err := a.manager(tokens.NoEncryption(), noRefresher{})
		if err != nil {
			return err
		}
		if err = a.exists(ctx, name); err == nil {
			found = true
			err = m.Delete(ctx, profilePrefix+name)
		}
		if err == nil || errors.Is(err, tokens.ErrNotFound) {
			err = a.forgetTokens(ctx, m, name, "")
		}
		return errors.Join(err, m.Close(ctx))
	})
	return found, a.explain(name, err)
}

// forgetTokens removes the tokens of an account but those of one login.
func (a *Accounts) forgetTokens(ctx context.Context, m *tokens.Manager, name, keep string) error {
	ids, err := a.list(ctx, tokenID(name, ""))
	for _, id := range ids {
		if id != tokenID(name, keep) {
			err = errors.Join(err, m.Delete(ctx, id))
		}
	}
	return err
}

// exists answers tokens.ErrNotFound where there is no such account.
func (a *Accounts) exists(ctx context.Context, name string) error {
	return a.bounded(ctx, func(ctx context.Context) error {
		_, err := a.store.Get(ctx, profilePrefix+name)
		return err
	})
}

func (a *Accounts) profile(ctx context.Context, keys tokens.Keys, name string) (p Profile, err error) {
	m, err := a.manager(keys, noRefresher{})
	if err != nil {
		return p, err
	}
	text, err := m.Token(ctx, profilePrefix+name)
	if err = errors.Join(err, m.Close(ctx)); err != nil {
		return p, err
	}
	if err := json.Unmarshal([]byte(text), &p); err != nil { // its text could quote the secret
		return p, fmt.Errorf("%w: the profile is not understood", tokens.ErrUnreadable)
	}
	return p, nil
}

// list returns the identifiers of the records that begin with a prefix.
func (a *Accounts) list(ctx context.Context, prefix string) (ids []string, err error) {
	const page = 100
	for after := prefix; ; {
		var records []tokens.Record
		err := a.bounded(ctx, func(ctx context.Context) (err error) {
			records, err = a.store.List(ctx, after, page)
			return err
		})
		if err != nil {
			return nil, err
		}
		for _, r := range records {
			if after = r.ID; !strings.HasPrefix(r.ID, prefix) {
				return ids, nil
			}
			ids = append(ids, r.ID)
		}
		if len(records) == 0 {
			return ids, nil
		}
	}
}

func (a *Accounts) manager(keys tokens.Keys, client tokens.Refresher) (*tokens.Manager, error) {
	return tokens.New(tokens.Config{
		Clients: []tokens.Refresher{client}, Store: a.store, Keys: keys,
		StoreTimeout: a.lockPatience,
		// What a script is handed has to be good for the call that it makes.
		ExpiryMargin: time.Minute,
	})
}

func tokenID(name, login string) string { return tokenPrefix + name + "/" + login }

// noRefresher is the client of records that are never refreshed.
type noRefresher struct{}

func (noRefresher) Refresh(context.Context, string) (*oauth.Token, error) {
	return nil, errors.New("account: this record is not refreshed")
}
