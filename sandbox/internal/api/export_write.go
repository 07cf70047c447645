package api

import (
	"archive/zip"
	"bytes"
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/golokalise/lokalise/sandbox/format"
	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// Placeholders in the paths of a bundle (documented).
const (
	langISO         = "%LANG_ISO%"
	langName        = "%LANG_NAME%"
	formatExtension = "%FORMAT%"
	projectName     = "%PROJECT_NAME%"
)

// noFilename is the file of keys that have none (assumed).
const noFilename = "no_filename"

// bundleFile is one file of a bundle.
type bundleFile struct {
	path     string
	language int // place in the export
	keys     []int
}

// write makes the archive. Its files are sorted by path.
func (x *export) write() ([]byte, error) {
	f, err := formatOf(x.Format, "")
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	zw := zip.NewWriter(&out)
	for _, file := range x.files(f) {
		data, err := x.encode(f, file)
		if err != nil {
			return nil, err
		}
		w, err := zw.CreateHeader(&zip.FileHeader{Name: file.path, Method: zip.Deflate, Modified: time.Unix(x.now, 0).UTC()})
		if err != nil {
			return nil, fmt.Errorf("write the bundle: %w", err)
		}
		if _, err := w.Write(data); err != nil {
			return nil, fmt.Errorf("write the bundle: %w", err)
		}
	}
	if err := zw.Close(); err != nil {
		return nil, fmt.Errorf("write the bundle: %w", err)
	}
	return out.Bytes(), nil
}

// files lays the bundle out: a file for each language and, with the original
// names, for each file of the project. One that would hold no key is left out.
func (x *export) files(f format.Format) []*bundleFile {
	type place struct {
		file     string
		language int
	}
	at := map[place]*bundleFile{}
	var files []*bundleFile
	for i := range x.keys {
		for l, t := range x.keys[i].texts {
			if t == nil {
				continue
			}
			p := place{language: l}
			if x.OriginalFilenames {
				p.file = x.keys[i].file
			}
			if at[p] == nil {
				at[p] = &bundleFile{path: x.path(f, p.file, x.languages[l]), language: l}
				files = append(files, at[p])
			}
			at[p].keys = append(at[p].keys, i)
		}
	}
	slices.SortStableFunc(files, func(a, b *bundleFile) int {
		return cmp.Or(strings.Compare(a.path, b.path), cmp.Compare(a.language, b.language))
	})
	x.tellApart(files)
	return files
}

// tellApart gives files of the same path the language as an ending: an archive
// must not have two of them (assumed).
func (x *export) tellApart(files []*bundleFile) {
	taken := map[string]bool{}
	for _, file := range files {
		ext := path.Ext(file.path)
		stem := strings.TrimSuffix(file.path, ext)
		for n := 0; taken[file.path]; n++ {
			file.path = stem + "_" + x.iso(x.languages[file.language]) + strings.Repeat("_", n) + ext
		}
		taken[file.path] = true
	}
}

// path is where a file of a language goes. A name that another format has
// given gets the ending of this one.
func (x *export) path(f format.Format, file string, l *state.Language) string {
	ext := f.Extensions[0]
	template := x.BundleStructure
	if x.OriginalFilenames {
		name := cmp.Or(file, noFilename)
		if !slices.Contains(f.Extensions, strings.ToLower(path.Ext(name))) {
			name = strings.TrimSuffix(name, path.Ext(name)) + ext
		}
		template = x.DirectoryPrefix + "/" + name
	}
	filled := strings.NewReplacer(
		langISO, x.iso(l), langName, strings.ReplaceAll(l.Name, "/", "-"),
		formatExtension, strings.TrimPrefix(ext, "."), projectName, strings.ReplaceAll(x.project.Name, "/", "-"),
	).Replace(template)
	return cmp.Or(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(filled, `\`, "/")), "/"), noFilename+ext)
}

// iso is a language's code in the export.
func (x *export) iso(l *state.Language) string { return cmp.Or(x.Languages[l.ISO], l.ISO) }

// encode writes one file.
func (x *export) encode(f format.Format, file *bundleFile) ([]byte, error) {
	l := x.languages[file.language]
	o := x.Write
	o.Language, o.PluralForms = x.iso(l), l.PluralForms
	if x.base != nil {
		o.BaseLanguage = x.iso(x.base)
	}
	content := format.File{Language: o.Language, Entries: make([]format.Entry, 0, len(file.keys))}
	for _, i := range file.keys {
		content.Entries = append(content.Entries, x.entry(&x.keys[i], file.language))
	}
	return f.Encode(content, o)
}

func (x *export) entry(row *exportedKey, language int) format.Entry {
	k := row.key
	e := format.Entry{
		Key: x.name(k), PluralName: k.PluralName, Description: k.Description, Comments: row.comments,
		Context: k.Context, Limit: int(k.CharLimit), Tags: k.Tags,
	}
	e.Text, e.Plural = x.forms(k, row.text(language))
	e.Source, e.SourcePlural = x.forms(k, row.base)
	return e
}

// forms takes the text of a plural key apart.
func (x *export) forms(k *state.Key, text string) (one string, plural map[string]string) {
	if k.IsPlural {
		if forms, ok := state.Plurals(text); ok {
			for name := range forms {
				forms[name] = x.breaks(forms[name])
			}
			return "", forms
		}
	}
	return x.breaks(text), nil
}

// withoutEscapes are formats with no way of their own to write a line break
// inside a text on one line.
var withoutEscapes = []string{"csv", "xlsx", "xliff", "xlf", "apple_xliff", "symfony_xliff", "offline_xliff", "resx"}

// breaks writes line breaks as \n where that is asked for. Formats that escape
// line breaks anyway do so in both cases: a \n of theirs is a line break.
func (x *export) breaks(text string) string {
	if !x.ReplaceBreaks || !slices.Contains(withoutEscapes, x.Format) {
		return text
	}
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", `\n`)
}
