package account

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/exit"
	"github.com/golokalise/lokalise/tokens"
	"github.com/golokalise/lokalise/tokens/filestore"
)

// LoginCommand is the line that connects an account.
func LoginCommand(name string) string {
	if name == "" || name == DefaultName {
		return "lokalise auth login"
	}
	return "lokalise auth login --account " + name
}

// explain gives an error the line that says what to do about it. One that has
// it already stays as it is.
func (a *Accounts) explain(name string, err error) error {
	if err == nil {
		return nil
	}
	if _, done := errors.AsType[*exit.Error](err); done || errors.Is(err, context.Canceled) {
		return err
	}
	if e := a.explainStore(err); e != nil {
		return e
	}
	if e := explainGrant(name, err); e != nil {
		return e
	}
	return err
}

// explainStore speaks of the file.
func (a *Accounts) explainStore(err error) error {
	switch {
	case errors.Is(err, filestore.ErrInsecure):
		return &exit.Error{Code: exit.Failure, Err: err, Hint: "if you trust what it holds: chmod 600 " + a.path + "*; it must be a regular file"}
	case errors.Is(err, filestore.ErrDamaged):
		return &exit.Error{Code: exit.Failure, Err: err, Hint: "put a backup in its place, or move it away and log in again"}
	case errors.Is(err, context.DeadlineExceeded) && failedInStore(err):
		return a.locked()
	}
	return nil
}

// locked says that another program has the file's lock and keeps it.
func (a *Accounts) locked() error {
	return &exit.Error{
		Code: exit.Failure, Message: fmt.Sprintf("%s has been locked by another program for %s", a.path, a.lockPatience),
		Hint: "wait for it or end it, then try again",
	}
}

// failedInStore tells a locked file from a server that is slow.
func failedInStore(err error) bool {
	failed, ok := errors.AsType[*tokens.Error](err)
	return ok && failed.Reason == tokens.ReasonStore
}

// explainGrant speaks of the login.
func explainGrant(name string, err error) error {
	again := fmt.Sprintf("run %q", LoginCommand(name))
	switch {
	case errors.Is(err, tokens.ErrNotFound):
		return &exit.Error{Code: exit.Auth, Message: fmt.Sprintf("nobody is logged in as %q", name), Hint: again}
	case errors.Is(err, tokens.ErrUnknownKey):
		return &exit.Error{
			Code: exit.Auth, Message: fmt.Sprintf("account %q was sealed with another key", name),
			Hint: "name the key that you logged in with (--key-file, " + KeysVariable + "), or " + again,
		}
	case errors.Is(err, tokens.ErrUnreadable):
		return &exit.Error{Code: exit.Auth, Message: fmt.Sprintf("account %q cannot be read", name), Err: err, Hint: again}
	case errors.Is(err, tokens.ErrReauthRequired):
		return &exit.Error{Code: exit.Auth, Message: fmt.Sprintf("account %q has to be logged in again", name), Err: cause(err), Hint: again}
	case errors.Is(err, tokens.ErrMisconfigured):
		return &exit.Error{
			Code: exit.Auth, Message: fmt.Sprintf("the OAuth app of account %q was refused", name), Err: cause(err),
			Hint: "check the client ID and secret, then " + again,
		}
	case errors.Is(err, tokens.ErrUnavailable):
		return &exit.Error{Code: exit.Failure, Message: fmt.Sprintf("account %q has no valid token at present", name), Err: cause(err), Hint: later(err)}
	}
	return nil
}

// cause is what the token endpoint or the store said, without the names of
// records, which say nothing to a person. It is nil when another process met
// the failure and has told of it.
func cause(err error) error {
	if failed, ok := errors.AsType[*tokens.Error](err); ok {
		return failed.Unwrap()
	}
	return err
}

func later(err error) string {
	failed, ok := errors.AsType[*tokens.Error](err)
	if !ok || failed.RetryAt.IsZero() {
		return "try again later"
	}
	return "try again in " + max(time.Until(failed.RetryAt), time.Second).Round(time.Second).String()
}

// refused says what a refusal by the API means for this account.
func (a *Account) refused(err error) error {
	again := LoginCommand(a.Name)
	if a.Profile.Kind == APIToken {
		again += " --with-token"
	}
	_, noToken := errors.AsType[*tokens.Error](err) // none to replace the refused one
	switch {
	case noToken:
		return err
	case errors.Is(err, lokalise.ErrUnauthorized):
		return &exit.Error{Code: exit.Auth, Message: "the API does not accept the token", Err: err, Hint: fmt.Sprintf("run %q", again)}
	case errors.Is(err, lokalise.ErrForbidden) && a.Profile.Kind == OAuth:
		return &exit.Error{
			Code: exit.Auth, Err: err,
			Hint: fmt.Sprintf("a scope or a right is missing; \"lokalise auth status\" lists the scopes, and %q asks for others", again+" --scopes …"),
		}
	default:
		return err
	}
}
