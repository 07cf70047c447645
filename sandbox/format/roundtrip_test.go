package format_test

import (
	"testing"

	"github.com/golokalise/lokalise/sandbox/format/formattest"
)

func TestWhatIsWrittenIsReadAgain(t *testing.T) {
	t.Parallel()
	// encoding/csv makes a line feed of CR LF.
	crlf := []string{"carriage\r\nreturn and line feed"}
	for name, c := range map[string]formattest.Carries{
		"json":            {Plurals: true},
		"json_structured": {Plurals: true, Descriptions: true},
		"arb":             {Plurals: true, Descriptions: true},
		"csv":             {Plurals: true, Descriptions: true, Comments: true, Except: crlf},
		"xliff":           {Plurals: true, Descriptions: true, Comments: true},
		"xlf":             {Plurals: true, Descriptions: true, Comments: true},
		"xml":             {Plurals: true, Descriptions: true, Except: []string{"<tags> & --dashes--"}},
		"po":              {Plurals: true, Descriptions: true, Comments: true},
		"properties":      {Plurals: true, Descriptions: true},
		"strings":         {Plurals: true, Descriptions: true, Except: []string{"ends in */ or ]]>"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			formattest.Test(t, name, c)
		})
	}
}
