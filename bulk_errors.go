package lokalise

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/golokalise/lokalise/internal/wire"
)

var (
	// ErrKeyLocked means that a key was not deleted because a task locks it.
	ErrKeyLocked = errors.New("lokalise: the key is locked")
	// ErrAlreadyAdded means that a language was not added to a project that has
	// it already: code 208 in the answer.
	ErrAlreadyAdded = errors.New("lokalise: already added")
)

// codeAlreadyAdded stands in the answer for a language that a project has
// already (recorded).
const codeAlreadyAdded = 208

// PartialError is a call on many items of which some were not carried out, or
// not known to be. The call returns what succeeded beside it.
//
// An item of the call is in one of four places: in the result, in Failed, in
// Unknown or in NotSent. errors.Is and errors.As see Err and every failure.
type PartialError struct {
	// Method and Path are those of the last request; the path is escaped and
	// has no query.
	Method, Path string
	// Total is how many items the call was given.
	Total int
	// Failed are the items that the API refused, in the order of its answers.
	Failed []ItemError
	// Unknown are the indexes of the items whose request was sent and got no
	// answer, or one that could not be read: they may have been carried out.
	Unknown []int
	// NotSent are the indexes of the items that were not sent, because a request
	// before theirs failed as a whole or because there was no turn for theirs.
	NotSent []int
	// Err is why a request failed as a whole; nil when all were answered item
	// by item.
	Err error
}

// Error says how many items came to what, with the first failure.
func (e *PartialError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "lokalise: %s %s: of %d items", e.Method, e.Path, e.Total)
	separator := " "
	for _, part := range []struct {
		n    int
		what string
	}{
		{len(e.Failed), "failed"},
		{len(e.Unknown), "may have been carried out"},
		{len(e.NotSent), "were not sent"},
	} {
		if part.n > 0 {
			fmt.Fprintf(&b, "%s%d %s", separator, part.n, part.what)
			separator = ", "
		}
	}
	switch {
	case e.Err != nil:
		fmt.Fprintf(&b, ": %v", e.Err)
	case len(e.Failed) > 0:
		fmt.Fprintf(&b, ": %v", &e.Failed[0])
	}
	return b.String()
}

// Unwrap returns Err and every failure.
func (e *PartialError) Unwrap() []error {
	errs := make([]error, 0, len(e.Failed)+1)
	if e.Err != nil {
		errs = append(errs, e.Err)
	}
	for i := range e.Failed {
		errs = append(errs, &e.Failed[i])
	}
	return errs
}

// ItemError is an item that the API refused, in an answer that has a status of
// success or for the whole request. errors.Is finds [ErrKeyLocked] and
// [ErrAlreadyAdded].
type ItemError struct {
	// Index is the place of the item in the caller's slice. It is -1 where the
	// answer does not say which item it means: it names none, or several items
	// have that name and not all of them failed.
	Index int
	// Message is the text of the answer, at most 1 KiB of it.
	Message string
	// Code is the number that the answer gives for the item, mostly in the
	// manner of an HTTP status: 400, 404, 208 for what is there already. It is
	// 0 where there is none.
	Code int
	// KeyName is the name of the key, where the answer has it.
	KeyName Opt[KeyName]
	// KeyID is the identifier of the key, where the answer has it; 0 otherwise.
	KeyID int64
	// LangISO is the code of the language, where the answer has it.
	LangISO string
	// Title is the title of the screenshot, where the answer has it.
	Title string
	// Extra holds what else the answer says of the item.
	Extra map[string]json.RawMessage

	sentinel error
}

// Error names the item and what the answer said.
func (e *ItemError) Error() string {
	var b strings.Builder
	switch {
	case e.Index >= 0:
		fmt.Fprintf(&b, "item %d", e.Index)
	default:
		b.WriteString("an item")
	}
	if name := e.name(); name != "" {
		fmt.Fprintf(&b, " (%s)", name)
	}
	message := e.Message
	if message == "" {
		message = "refused"
	}
	fmt.Fprintf(&b, ": %s", message)
	if e.Code != 0 {
		fmt.Fprintf(&b, " (code %d)", e.Code)
	}
	return b.String()
}

// Is reports whether the failure is of the class that a sentinel names.
func (e *ItemError) Is(target error) bool {
	switch target {
	case ErrAlreadyAdded:
		return e.Code == codeAlreadyAdded
	case nil:
		return false
	}
	return target == e.sentinel
}

// name is what the answer calls the item.
func (e *ItemError) name() string {
	keyName, _ := e.KeyName.Get()
	switch {
	case keyName.String() != "":
		return "key " + clean(keyName.String(), maxErrorMessage)
	case e.KeyID != 0:
		return fmt.Sprintf("key %d", e.KeyID)
	case e.LangISO != "":
		return "language " + clean(e.LangISO, maxErrorMessage)
	case e.Title != "":
		return "screenshot " + clean(e.Title, maxErrorMessage)
	}
	return ""
}

// names reports whether two failures call their item the same.
func (e *ItemError) names(other *ItemError) bool {
	mine, _ := e.KeyName.Get()
	theirs, _ := other.KeyName.Get()
	return mine.IOS == theirs.IOS && mine.Android == theirs.Android && mine.Web == theirs.Web && mine.Other == theirs.Other &&
		e.KeyID == other.KeyID && e.LangISO == other.LangISO && e.Title == other.Title
}

// parseItemErrors reads the member "errors" of an answer. Its elements are
// objects that name the item in one of these forms, or, for glossary terms,
// texts that name none (recorded, unless noted):
//
//	{"message", "code", "key_name": {"ios", "android", "web", "other"}}
//	{"message", "code", "key_id"}                   an official SDK's sample
//	{"message", "code", "lang_iso"}
//	{"message", "code", "screenshot": {"title", "data", …}}
//
// What they repeat of the request is masked.
func parseItemErrors(text []byte, mask func(string) string) []ItemError {
	if len(text) == 0 {
		return nil
	}
	var d wire.Decoder
	d.Reset(text)
	if d.Kind() != '[' {
		return nil
	}
	var all []ItemError
	for ok := d.Array(); ok; ok = d.Next() {
		e := ItemError{Index: -1}
		if d.Kind() == '{' {
			e.decode(&d)
		} else {
			e.Message = textOr(&d, "")
		}
		e.mask(mask)
		all = append(all, e)
	}
	return all
}

// mask takes secrets out of what the answer said. Text and JSON are masked after
// they were taken apart: the other way round could break the JSON.
func (e *ItemError) mask(mask func(string) string) {
	e.Message = clean(mask(e.Message), maxErrorMessage)
	e.LangISO, e.Title = mask(e.LangISO), mask(e.Title)
	if n, ok := e.KeyName.Get(); ok {
		e.KeyName = Some(KeyName{IOS: mask(n.IOS), Android: mask(n.Android), Web: mask(n.Web), Other: mask(n.Other)})
	}
	for name, value := range e.Extra {
		if masked := mask(string(value)); masked != string(value) {
			e.Extra[name] = wire.Quote(masked)
		}
	}
}

func (e *ItemError) decode(d *wire.Decoder) {
	for ok := d.Object(); ok; ok = d.Next() {
		switch name := d.Name(); string(name) {
		case "message":
			e.Message = textOr(d, "")
		case "code":
			var f errorFields
			f.anyCode(d)
			e.Code = f.code
		case "key_name":
			e.KeyName = Some(decodeFailedName(d))
		case "key_id":
			e.KeyID = d.Int()
		case "lang_iso":
			e.LangISO = textOr(d, "")
		case "screenshot":
			e.Title = titleOf(d)
		default:
			d.Extra(&e.Extra, name)
		}
	}
}

// decodeFailedName reads the name of a key, which was never seen to be a text
// but is one in samples of an official SDK.
func decodeFailedName(d *wire.Decoder) KeyName {
	var name KeyName
	if d.Kind() != '{' {
		text := textOr(d, "")
		return KeyName{IOS: text, Android: text, Web: text, Other: text}
	}
	decodeKeyName(d, &name)
	return name
}

// titleOf reads the title of a screenshot and leaves out its image.
func titleOf(d *wire.Decoder) (title string) {
	if d.Kind() != '{' {
		d.Skip()
		return ""
	}
	for ok := d.Object(); ok; ok = d.Next() {
		if string(d.Name()) == "title" {
			title = textOr(d, "")
		} else {
			d.Skip()
		}
	}
	return title
}
