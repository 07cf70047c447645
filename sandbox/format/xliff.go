package format

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
)

// XLIFF 1.2 (http://docs.oasis-open.org/xliff/v1.2/os/xliff-core.html). The id
// of a unit is the key (assumed). A note is the description, further ones are
// comments. XLIFF has no plurals: they are ICU messages unless another format
// is asked for. Tags within a text are kept as text; on writing those of XLIFF
// stay tags and others are escaped.

func readXLIFF(data []byte, o ReadOptions) (File, error) {
	x := xliffReader{xmlReader: newXMLReader(data), language: o.Language}
	start, err := x.root("xliff")
	if err != nil {
		return File{}, err
	}
	if version := attribute(start, "version"); strings.HasPrefix(version, "2") {
		return File{}, x.errorf("this is XLIFF %s; only XLIFF 1.2 can be read", version)
	}
	for {
		t, err := x.next()
		if err != nil || t == nil {
			return x.File, err
		}
		start, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		switch start.Name.Local {
		case "file":
			x.source, x.target = attribute(start, "source-language"), attribute(start, "target-language")
			if x.Language = x.target; x.target == "" {
				x.Language = x.source
			}
		case "trans-unit":
			if err := x.unit(start); err != nil {
				return File{}, err
			}
		}
	}
}

type xliffReader struct {
	*xmlReader
	File
	language       string // of the upload
	source, target string // languages of the part that is being read
}

func (x *xliffReader) unit(start xml.StartElement) error {
	e := Entry{Key: attribute(start, "id")}
	if e.Key == "" {
		return x.errorf("the trans-unit has no id, which is the key")
	}
	translated := false
	for {
		t, err := x.next()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.EndElement:
			// Of a file that is uploaded for its source language the source
			// counts, and so does that of a file without targets (assumed).
			if !translated && x.target == "" || x.language != "" && x.language == x.source && x.target != x.source {
				e.Text = e.Source
			}
			x.Entries = append(x.Entries, e)
			return nil
		case xml.StartElement:
			switch t.Name.Local {
			case "source":
				e.Source, err = x.inner(nil)
			case "target":
				translated = true
				e.Text, err = x.inner(nil)
			case "note":
				err = x.note(&e)
			default:
				err = x.skip()
			}
			if err != nil {
				return err
			}
		}
	}
}

func (x *xliffReader) note(e *Entry) error {
	text, err := x.inner(nil)
	if text == "" {
		return err
	}
	if e.Description == "" {
		e.Description = text
	} else {
		e.Comments = append(e.Comments, text)
	}
	return err
}

// inline are the elements that XLIFF allows within a text.
var inline = []string{"g", "x", "bx", "ex", "bpt", "ept", "ph", "it", "mrk", "sub"}

func xliffText(text string) string {
	return markup(text, func(name string) bool { return slices.Contains(inline, name) }, xmlEscapes.Replace)
}

func writeXLIFF(f File, o WriteOptions) ([]byte, error) {
	target := f.Language
	if target == "" {
		target = o.Language
	}
	base := o.BaseLanguage
	if base == "" {
		base = target
	}
	var b bytes.Buffer
	one := o.indent(2)
	b.WriteString(xml.Header)
	fmt.Fprintf(&b, "<xliff version=\"1.2\" xmlns=\"urn:oasis:names:tc:xliff:document:1.2\">\n")
	fmt.Fprintf(&b, "%s<file original=\"%s\" datatype=\"plaintext\" source-language=\"%s\" target-language=\"%s\">\n",
		one, "lokalise", xmlAttribute(base), xmlAttribute(target))
	fmt.Fprintf(&b, "%[1]s%[1]s<body>\n", one)
	for i := range f.Entries {
		if err := writeUnit(&b, &f.Entries[i], o, strings.Repeat(one, 3)); err != nil {
			return nil, err
		}
	}
	fmt.Fprintf(&b, "%[1]s%[1]s</body>\n%[1]s</file>\n</xliff>\n", one)
	return b.Bytes(), nil
}

func writeUnit(b *bytes.Buffer, e *Entry, o WriteOptions, indent string) error {
	source, target := e.Source, o.OneText(*e)
	if e.SourcePlural != nil {
		source = o.OneText(Entry{Plural: e.SourcePlural, PluralName: e.PluralName})
	}
	if err := checkXML(e.Key, append([]string{source, target, e.Description}, e.Comments...)...); err != nil {
		return err
	}
	if source == "" && o.Language == o.BaseLanguage {
		source = target
	}
	within := indent + o.indent(2)
	b.WriteString(indent + "<trans-unit id=\"" + xmlAttribute(e.Key) + "\" xml:space=\"preserve\">\n")
	b.WriteString(within + "<source>" + xliffText(source) + "</source>\n")
	b.WriteString(within + "<target>" + xliffText(target) + "</target>\n")
	for _, note := range append([]string{e.Description}, e.Comments...) {
		if note != "" {
			b.WriteString(within + "<note>" + xmlEscapes.Replace(note) + "</note>\n")
		}
	}
	b.WriteString(indent + "</trans-unit>\n")
	return nil
}
