package format

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"
)

// Entry is one key of a file, with its text in one language.
type Entry struct {
	// Key is the full name; nested parts are joined by "::", as Lokalise does.
	Key string
	// Text is the translation of a key that is not plural.
	Text string
	// Plural has the text of each plural form, by its CLDR name such as "one".
	// It is nil when the key is not plural.
	Plural map[string]string
	// PluralName is what a format calls the plural beside its key: the
	// argument of an ICU message, the msgid_plural of Gettext.
	PluralName string
	// Source and SourcePlural are the texts of the base language.
	Source       string
	SourcePlural map[string]string
	// Description is written for the translators.
	Description string
	// Comments are further remarks.
	Comments []string
	// Context tells keys of the same name apart.
	Context string
	// Limit is the largest number of characters; 0 is none.
	Limit int
	Tags  []string
}

// empty says whether the entry has no translation.
func (e *Entry) empty() bool {
	for _, text := range e.Plural {
		if text != "" {
			return false
		}
	}
	return e.Text == ""
}

// File is the content of a file: the texts of one language, in their order.
type File struct {
	// Language is what the file says about itself, in the file's spelling. It
	// is empty where the format or the file has no language.
	Language string
	// Header is what the file says before its first key, in the format's way.
	// Lokalise documents that it keeps that of Gettext in an archived key,
	// "lokalise.po.header"; the sandbox drops it and writes one of its own.
	Header  string
	Entries []Entry
}

// Format is a file format.
type Format struct {
	// Name is the API's, such as "json".
	Name string
	// Extensions of files that are of this format, with the dot, in lower case.
	// A download gets the first.
	Extensions []string
	// Latin1 makes text that is not UTF-8 be read as ISO 8859-1. Defaults to an
	// error.
	Latin1 bool
	// Read takes UTF-8 without a byte order mark. It must not panic, whatever
	// it is given. An error should come from [ErrorAt]. It is called by
	// [Format.Decode].
	Read func(data []byte, o ReadOptions) (File, error)
	// Write is called by [Format.Encode], which adds the newline at the end. It
	// may be called at the same time by several goroutines, and so may Read.
	Write func(f File, o WriteOptions) ([]byte, error)
}

var registry struct {
	sync.RWMutex
	formats []Format
}

// Register makes a format known. It panics when the format has no name, no
// extension or no functions, and when its name is taken: like a double driver,
// that is a mistake of the program.
func Register(f Format) {
	if f.Name == "" || len(f.Extensions) == 0 || f.Read == nil || f.Write == nil {
		panic(fmt.Sprintf("format: Register of %q: Name, Extensions, Read and Write are required", f.Name))
	}
	registry.Lock()
	defer registry.Unlock()
	if slices.ContainsFunc(registry.formats, func(have Format) bool { return have.Name == f.Name }) {
		panic(fmt.Sprintf("format: Register called twice for %q", f.Name))
	}
	registry.formats = append(registry.formats, f)
}

// Lookup returns the format of that name.
func Lookup(name string) (Format, bool) {
	return find(func(f Format) bool { return f.Name == name })
}

// ByExtension returns the format of a file by the end of its name, the one that
// was registered first if there are several. Upper and lower case are the same.
func ByExtension(filename string) (Format, bool) {
	ext := strings.ToLower(path.Ext(filename))
	return find(func(f Format) bool { return slices.Contains(f.Extensions, ext) })
}

func find(is func(Format) bool) (Format, bool) {
	registry.RLock()
	defer registry.RUnlock()
	if i := slices.IndexFunc(registry.formats, is); i >= 0 {
		return registry.formats[i], true
	}
	return Format{}, false
}

// Names returns the names of all registered formats, sorted.
func Names() []string {
	registry.RLock()
	defer registry.RUnlock()
	names := make([]string, len(registry.formats))
	for i, f := range registry.formats {
		names[i] = f.Name
	}
	slices.Sort(names)
	return names
}
