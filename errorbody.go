package lokalise

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/golokalise/lokalise/internal/wire"
)

// How much of the body of an error is read, kept as it is, and shown as text.
const (
	maxErrorRead    = 64 << 10
	maxErrorBody    = 4 << 10
	maxErrorMessage = 1 << 10
)

// errorFields is what the known shapes of error bodies have between them.
type errorFields struct {
	message   string
	code      int
	errorCode string
	details   json.RawMessage
	errors    []string
}

// parseErrorBody reads the body of an error in any of the shapes that the API
// was seen to send (recorded, unless noted):
//
//	{"error": {"message", "code", "details"}}      API v2 and v1
//	{"message", "code", "details"}                 as the official SDKs read it
//	{"errorCode", "message", "details"}            over-the-air, documented
//	{"message", "statusCode", "error": "TEXT"}     over-the-air
//	{"error": "text", "error_description"}         OAuth
//	{"data", "meta", "errors": ["text"]}           glossary, status 422
//
// A code may be a number or a text. Any other body, HTML from a proxy or
// nothing at all, leaves the fields empty.
func parseErrorBody(body []byte) errorFields {
	var f errorFields
	if !jsontext.Value(body).IsValid(wire.ReadOptions) {
		return f
	}
	var d wire.Decoder
	d.Reset(body)
	if d.Kind() == '{' {
		f.object(&d)
	}
	f.message = clean(f.message, maxErrorMessage)
	f.errorCode = clean(f.errorCode, maxErrorMessage)
	return f
}

func (f *errorFields) object(d *wire.Decoder) {
	for ok := d.Object(); ok; ok = d.Next() {
		switch string(d.Name()) {
		case "error":
			f.error(d)
		case "message", "error_description":
			f.message = textOr(d, f.message)
		case "code", "statusCode", "errorCode":
			f.anyCode(d)
		case "details":
			f.details = d.Raw()
		case "errors":
			f.list(d)
		default:
			d.Skip()
		}
	}
}

// error reads the member "error": the error itself in API v2, a code in others.
func (f *errorFields) error(d *wire.Decoder) {
	switch d.Kind() {
	case '{':
		f.object(d)
	case '"':
		f.errorCode = d.String()
	default:
		d.Skip()
	}
}

// anyCode reads a code: a number, digits in a string, or a name.
func (f *errorFields) anyCode(d *wire.Decoder) {
	switch d.Kind() {
	case '{', '[', 't', 'f', 'n':
		d.Skip()
		return
	}
	text := d.String()
	if n, err := strconv.Atoi(text); err == nil {
		f.code = n
		return
	}
	f.errorCode = text
}

// list reads the texts of "errors". Where they are objects, as in a partial
// success, their messages are taken.
func (f *errorFields) list(d *wire.Decoder) {
	if d.Kind() != '[' {
		d.Skip()
		return
	}
	for ok := d.Array(); ok; ok = d.Next() {
		var item errorFields
		switch d.Kind() {
		case '"':
			item.message = d.String()
		case '{':
			item.object(d)
		default:
			d.Skip()
		}
		if item.message != "" {
			f.errors = append(f.errors, clean(item.message, maxErrorMessage))
		}
	}
	if f.message == "" && len(f.errors) > 0 {
		f.message = strings.Join(f.errors, "; ")
	}
}

// textOr reads a string; any other kind of value is passed over.
func textOr(d *wire.Decoder, other string) string {
	if d.Kind() != '"' {
		d.Skip()
		return other
	}
	return d.String()
}

// clean bounds a text that somebody else wrote and takes out what would break
// a line of a log or move the cursor of a terminal.
func clean(text string, most int) string {
	if len(text) > most {
		for most > 0 && !utf8.RuneStart(text[most]) {
			most--
		}
		text = text[:most] + "…"
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == utf8.RuneError {
			return ' '
		}
		return r
	}, text)
}

// plainMessage describes a body that is not in a known shape: its first line,
// if it is text that a person can read.
func plainMessage(body []byte) string {
	body = bytes.TrimSpace(body)
	switch {
	case len(body) == 0:
		return "empty body"
	case body[0] == '<':
		return "the body is an HTML page"
	case body[0] == '{' || body[0] == '[':
		return ""
	}
	const most = 200
	line, _, _ := bytes.Cut(body, []byte("\n"))
	return clean(string(line), most)
}
