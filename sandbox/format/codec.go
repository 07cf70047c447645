package format

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"unicode/utf16"
	"unicode/utf8"
)

// Decode reads a file. UTF-16 is recognized, with a byte order mark or without.
// When a key occurs twice the last one counts, at the place of the first: that
// is what PHP makes of JSON, and assumed for the rest. Broken files are a
// [*SyntaxError].
func (f Format) Decode(data []byte, o ReadOptions) (File, error) {
	data, err := f.utf8(data)
	var file File
	if err == nil {
		file, err = f.Read(data, o)
	}
	if err != nil {
		var syntax *SyntaxError
		if errors.As(err, &syntax) && syntax.Format == "" {
			syntax.Format = f.Name
		}
		return File{}, err
	}
	file.Entries = lastOfEach(file.Entries)
	if o.DetectICUPlurals {
		file.detectPlurals(o)
	}
	return file, nil
}

// detectPlurals makes entries plural whose text is an ICU plural. One that says
// more than the language's forms can hold stays a text, so that nothing is lost.
func (f *File) detectPlurals(o ReadOptions) {
	form := icuForms(cmp.Or(o.Language, f.Language), o.PluralForms)
	for i := range f.Entries {
		e := &f.Entries[i]
		if e.Plural != nil {
			continue
		}
		name, forms, ok := parseICUPlural(e.Text, form)
		if !ok {
			continue
		}
		e.Text, e.Plural, e.PluralName = "", forms, name
		if _, forms, ok := ParseICUPlural(e.Source); ok {
			e.Source, e.SourcePlural = "", forms
		}
	}
}

// lastOfEach drops entries of which there is another one further down.
func lastOfEach(entries []Entry) []Entry {
	type id struct{ key, context string }
	at := make(map[id]int, len(entries))
	kept := entries[:0]
	for _, e := range entries {
		i, twice := at[id{e.Key, e.Context}]
		if twice {
			kept[i] = e
			continue
		}
		at[id{e.Key, e.Context}] = len(kept)
		kept = append(kept, e)
	}
	return kept
}

// mark is the byte order mark in UTF-8.
var mark = []byte("\ufeff")

// utf8 returns the text of a file in UTF-8, without a byte order mark.
func (f Format) utf8(data []byte) ([]byte, error) {
	switch {
	case bytes.HasPrefix(data, mark):
		data = data[len(mark):]
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		data = fromUTF16(data[2:], binary.LittleEndian)
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		data = fromUTF16(data[2:], binary.BigEndian)
	case len(data) > 3 && data[0] != 0 && data[1] == 0 && data[3] == 0:
		data = fromUTF16(data, binary.LittleEndian)
	case len(data) > 3 && data[0] == 0 && data[1] != 0 && data[2] == 0:
		data = fromUTF16(data, binary.BigEndian)
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, &SyntaxError{Reason: "it is empty"}
	}
	if i := bytes.IndexByte(data, 0); i >= 0 {
		return nil, ErrorAt(data, i, "there is a NUL character; is it a text file?")
	}
	if utf8.Valid(data) {
		return data, nil
	}
	if f.Latin1 {
		return fromLatin1(data), nil
	}
	return nil, ErrorAt(data, firstInvalid(data), "the text is not UTF-8; save the file as UTF-8")
}

func firstInvalid(data []byte) int {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(data)
}

func fromUTF16(data []byte, order binary.ByteOrder) []byte {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return []byte(string(utf16.Decode(units)))
}

func fromLatin1(data []byte) []byte {
	text := make([]byte, 0, len(data)+len(data)/8)
	for _, b := range data {
		text = utf8.AppendRune(text, rune(b))
	}
	return text
}

// Encode writes a file. It fails when a text cannot be written in the format;
// the error names the key. The file is not changed.
func (f Format) Encode(file File, o WriteOptions) ([]byte, error) {
	entries := make([]Entry, 0, len(file.Entries))
	for _, e := range file.Entries {
		if e.empty() {
			switch o.ExportEmptyAs {
			case "skip":
				continue
			case "base":
				e.Text, e.Plural = e.Source, e.SourcePlural
			}
		}
		if !o.IncludeDescription {
			e.Description = ""
		}
		if !o.IncludeComments {
			e.Comments = nil
		}
		if err := e.valid(); err != nil {
			return nil, fmt.Errorf("%s file: key %q: %w", f.Name, e.Key, err)
		}
		entries = append(entries, e)
	}
	file.Entries = entries
	data, err := f.Write(file, o)
	if err != nil {
		return nil, fmt.Errorf("%s file: %w", f.Name, err)
	}
	if bytes.IndexByte(data, 0) >= 0 {
		// It would be taken for UTF-16.
		return nil, fmt.Errorf("%s file: a text has a NUL character, which the format cannot hold", f.Name)
	}
	if bytes.HasPrefix(data, mark) {
		// It is the first character of a text, but readers would drop it.
		data = slices.Concat(mark, data)
	}
	data = bytes.TrimRight(data, "\n")
	if o.NewlineEOF {
		data = append(data, '\n')
	}
	return data, nil
}

// valid says whether all texts are UTF-8.
func (e *Entry) valid() error {
	texts := append([]string{e.Key, e.Text, e.PluralName, e.Source, e.Description, e.Context}, e.Comments...)
	texts = append(texts, e.Tags...)
	for name, text := range e.Plural {
		texts = append(texts, name, text)
	}
	for _, text := range e.SourcePlural {
		texts = append(texts, text)
	}
	for _, text := range texts {
		if !utf8.ValidString(text) {
			return fmt.Errorf("the text %q is not UTF-8", text)
		}
	}
	return nil
}
