package format

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

// SyntaxError is a file that cannot be read.
type SyntaxError struct {
	// Format is the format that the file was read as.
	Format string
	// Line and Column, counted in characters, begin with 1. They are 0 when it
	// is the file as a whole that is wrong.
	Line, Column int
	// Reason says what is wrong there.
	Reason string
}

func (e *SyntaxError) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s file: %s", e.Format, e.Reason)
	}
	return fmt.Sprintf("%s file, line %d, column %d: %s", e.Format, e.Line, e.Column, e.Reason)
}

// ErrorAt returns a [SyntaxError] for an offset in bytes, which may be outside
// of the data. [Format.Decode] adds the name of the format.
func ErrorAt(data []byte, offset int, reason string, args ...any) error {
	before := data[:min(max(offset, 0), len(data))]
	return &SyntaxError{
		Line:   bytes.Count(before, []byte("\n")) + 1,
		Column: utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1,
		Reason: fmt.Sprintf(reason, args...),
	}
}
