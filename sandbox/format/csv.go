package format

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
)

// A CSV file is of one language. Its columns are the key, the translation, the
// description and a comment, without a header, as documented for uploads by the
// API (https://docs.lokalise.com/en/articles/1400753-comma-separated-values-csv);
// the last two may be missing. Plurals are documented as not supported: they
// are written as one text, and read as one unless ICU plurals are detected.
// Package encoding/csv makes a line feed of the CR LF within a text.

func readCSV(data []byte, _ ReadOptions) (File, error) {
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord = -1
	var f File
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return f, nil
		}
		var syntax *csv.ParseError
		if errors.As(err, &syntax) {
			return File{}, &SyntaxError{Line: syntax.Line, Column: syntax.Column, Reason: syntax.Err.Error()}
		}
		if err != nil {
			return File{}, err
		}
		if row[0] == "" {
			return File{}, ErrorAt(data, int(r.InputOffset())-1, "the first column, the key, is empty")
		}
		row = append(row, "", "", "")
		e := Entry{Key: row[0], Text: row[1], Description: row[2]}
		if row[3] != "" {
			e.Comments = []string{row[3]}
		}
		f.Entries = append(f.Entries, e)
	}
}

func writeCSV(f File, o WriteOptions) ([]byte, error) {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	for _, e := range f.Entries {
		row := []string{e.Key, o.OneText(e)}
		if o.IncludeDescription || o.IncludeComments {
			row = append(row, e.Description)
		}
		if o.IncludeComments {
			row = append(row, strings.Join(e.Comments, "\n"))
		}
		if err := w.Write(row); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return out.Bytes(), w.Error()
}
