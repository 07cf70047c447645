package format

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
)

// xmlReader reads an XML file by its tokens. Entities other than XML's five are
// errors, as package xml has it, so that none can expand to more than it is.
type xmlReader struct {
	data []byte
	dec  *xml.Decoder
}

func newXMLReader(data []byte) *xmlReader {
	r := &xmlReader{data: data, dec: xml.NewDecoder(bytes.NewReader(data))}
	// The text is UTF-8 already, whatever the declaration says.
	r.dec.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	return r
}

func (r *xmlReader) errorf(reason string, args ...any) error {
	return ErrorAt(r.data, int(r.dec.InputOffset()), reason, args...)
}

// next returns the next token; at the end it is nil.
func (r *xmlReader) next() (xml.Token, error) {
	t, err := r.dec.Token()
	if errors.Is(err, io.EOF) {
		return nil, nil
	}
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		return nil, r.errorf("%s", syntax.Msg)
	}
	if err != nil {
		return nil, r.errorf("%v", err)
	}
	return t, nil
}

// root skips to the first element and says whether it has the name.
func (r *xmlReader) root(name string) (xml.StartElement, error) {
	for {
		t, err := r.next()
		if err != nil {
			return xml.StartElement{}, err
		}
		switch t := t.(type) {
		case nil:
			return xml.StartElement{}, r.errorf("the element <%s> is missing", name)
		case xml.StartElement:
			if t.Name.Local != name {
				return t, r.errorf("the outermost element is <%s>, not <%s>", t.Name.Local, name)
			}
			return t, nil
		}
	}
}

// skip passes over the rest of the element whose start was read last.
func (r *xmlReader) skip() error {
	for depth := 1; depth > 0; {
		t, err := r.next()
		if err != nil {
			return err
		}
		switch t.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
	}
	return nil
}

// inner returns the content of the element whose start was read last. The tags
// within are part of it as they stand in the file; text passes through a
// function if one is given.
func (r *xmlReader) inner(text func(string) (string, error)) (string, error) {
	var b strings.Builder
	for depth := 1; ; {
		start := r.dec.InputOffset()
		t, err := r.next()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			depth++
			b.Write(r.data[start:r.dec.InputOffset()])
		case xml.EndElement:
			if depth--; depth == 0 {
				return b.String(), nil
			}
			// An empty element, <x/>, is a start and an end of no length.
			b.Write(r.data[start:r.dec.InputOffset()])
		case xml.CharData:
			part := string(t)
			if text != nil {
				if part, err = text(part); err != nil {
					return "", r.errorf("%v", err)
				}
			}
			b.WriteString(part)
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// tag is a tag as it may stand in a translation. Attributes with an & or < are
// left out on purpose: such a text is escaped as a whole.
var tag = regexp.MustCompile(`<(/?)([A-Za-z][\w.-]*(?::[A-Za-z][\w.-]*)?)(?:\s+[A-Za-z_][\w.:-]*="[^"<>&]*")*\s*(/?)>`)

// markup writes a text that may contain tags. When each of them is closed and
// has a name that is allowed they stay tags, otherwise they become text. What
// is around them passes through the function.
func markup(text string, allowed func(name string) bool, plain func(string) string) string {
	if !strings.Contains(text, "<") {
		return plain(text)
	}
	found := tag.FindAllStringSubmatchIndex(text, -1)
	var open []string
	for _, m := range found {
		name := text[m[4]:m[5]]
		closing, empty := m[2] != m[3], m[6] != m[7]
		switch {
		case !allowed(name), closing && (empty || len(open) == 0 || open[len(open)-1] != name):
			return plain(text)
		case closing:
			open = open[:len(open)-1]
		case !empty:
			open = append(open, name)
		}
	}
	if len(open) > 0 {
		return plain(text)
	}
	var b strings.Builder
	end := 0
	for _, m := range found {
		b.WriteString(plain(text[end:m[0]]) + text[m[0]:m[1]])
		end = m[1]
	}
	b.WriteString(plain(text[end:]))
	return b.String()
}

// xmlEscapes are the characters that XML text cannot have as they are. A
// carriage return would be read as a line feed.
var xmlEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\r", "&#13;")

// xmlBreaks are the characters that would become spaces in an attribute.
var xmlBreaks = strings.NewReplacer("\n", "&#10;", "\t", "&#9;")

// xmlAttribute escapes the value of an attribute.
func xmlAttribute(value string) string { return xmlBreaks.Replace(xmlEscapes.Replace(value)) }

// xmlComment makes a text fit into a comment, which ends at the first "-->" and
// may not have "--" before.
func xmlComment(text string) string {
	for strings.Contains(text, "--") {
		text = strings.ReplaceAll(text, "--", "- -")
	}
	return text
}

// checkXML fails for characters that XML has no way to write.
func checkXML(key string, texts ...string) error {
	for _, text := range append(texts, key) {
		for _, r := range text {
			if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
				return fmt.Errorf("key %q: XML cannot contain the character %U; remove it from the text", key, r)
			}
		}
	}
	return nil
}
