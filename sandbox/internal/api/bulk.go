package api

import (
	"errors"
	"strings"
)

// mostItems is how many items one request may carry. Documented is only that
// 500 is what the real service recommends; where it refuses is not known.
const mostItems = 5000

// itemError refuses one item of a request that carries several: the others are
// done all the same, and the answer tells of this one under errors. That what
// the project decides (a name that is taken, an id that is unknown) refuses the
// item, and what the body alone shows to be wrong the whole request, is
// assumed; recorded are a taken name and a language that is there already.
type itemError struct{ cause *Error }

func (e *itemError) Error() string { return e.cause.Error() }

// Unwrap makes it the answer to a request about one thing.
func (e *itemError) Unwrap() error { return e.cause }

func refuseItem(cause *Error) error { return &itemError{cause} }

// asItemError returns what refuses an item, or nil when the error refuses the
// request.
func asItemError(err error) *Error {
	var e *itemError
	if errors.As(err, &e) {
		return e.cause
	}
	return nil
}

// invalidMember refuses a member by its path in the body.
func invalidMember(o object, name string) *Error {
	return invalidParameter(strings.Split(o.path+name, ".")...)
}

// items reads the list that a request about several things carries.
func items(o object, name string) ([]object, error) {
	list, ok := o.objects(name)
	if !ok || len(list) == 0 || len(list) > mostItems {
		return nil, invalidMember(o, name)
	}
	return list, nil
}
