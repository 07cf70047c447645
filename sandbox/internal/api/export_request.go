package api

import (
	"slices"
	"strings"

	"github.com/golokalise/lokalise/sandbox/format"
	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// exportRequest is the body of a download, checked. An asynchronous one is kept
// in the row of its process.
//
// Parameters that have no effect are not read, so that the journal lists them:
// triggers, filter_repositories and webhook_url, since nothing is sent
// anywhere; placeholder_format and escape_percent, since placeholders stay as
// they are; export_null_as, since the sandbox has no null; bundle_description,
// since there are no bundles of an SDK.
type exportRequest struct {
	Format            string
	OriginalFilenames bool
	BundleStructure   string
	DirectoryPrefix   string
	AllPlatforms      bool
	FilterLangs       []string
	FilterData        []string
	FilterFilenames   []string
	StatusIDs         []int64
	IncludeTags       []string
	ExcludeTags       []string
	Sort              string
	IncludePIDs       []string
	ReplaceBreaks     bool
	DisableReferences bool
	Languages         map[string]string // code in the project to code in the export
	TaskID            int64             // 0: any
	Write             format.WriteOptions
}

// defaults are documented, but for the two paths, which are assumed.
func newExportRequest() exportRequest {
	return exportRequest{
		OriginalFilenames: true, ReplaceBreaks: true,
		BundleStructure: "locale/" + langISO + "." + formatExtension, DirectoryPrefix: langISO + "/",
		Write: format.WriteOptions{IncludeDescription: true},
	}
}

// readExport reads the body. What is no documented value is 400 (assumed).
func readExport(o object) (exportRequest, error) {
	e := newExportRequest()
	name, ok := o.text("format")
	if !ok || name == "" {
		return e, invalidParameter("format")
	}
	f, err := formatOf(name, "")
	if err != nil {
		return e, err
	}
	e.Format = f.Name
	for _, read := range []func(object) error{e.readFlags, e.readTexts, e.readLists, e.readWords, e.readMapping} {
		if err := read(o); err != nil {
			return e, err
		}
	}
	return e, nil
}

func (e *exportRequest) readFlags(o object) error {
	for _, flag := range []struct {
		name string
		to   *bool
	}{
		{"original_filenames", &e.OriginalFilenames},
		{"all_platforms", &e.AllPlatforms},
		{"replace_breaks", &e.ReplaceBreaks},
		{"disable_references", &e.DisableReferences},
		{"add_newline_eof", &e.Write.NewlineEOF},
		{"include_comments", &e.Write.IncludeComments},
		{"include_description", &e.Write.IncludeDescription},
		{"icu_numeric", &e.Write.ICUNumeric},
		{"yaml_include_root", &e.Write.IncludeRoot},
		{"json_unescaped_slashes", &e.Write.UnescapedSlashes},
		{"compact", &e.Write.Compact},
	} {
		if err := o.optionalFlag(flag.name, flag.to); err != nil {
			return err
		}
	}
	return nil
}

func (e *exportRequest) readTexts(o object) error {
	for name, to := range map[string]*string{"bundle_structure": &e.BundleStructure, "directory_prefix": &e.DirectoryPrefix} {
		if err := o.optionalText(name, to); err != nil {
			return err
		}
	}
	if e.Format != "offline_xliff" {
		return nil // the only one that it is documented for
	}
	return o.optionalNumber("filter_task_id", &e.TaskID)
}

func (e *exportRequest) readLists(o object) error {
	for name, to := range map[string]*[]string{
		"filter_langs": &e.FilterLangs, "filter_data": &e.FilterData, "filter_filenames": &e.FilterFilenames,
		"include_tags": &e.IncludeTags, "exclude_tags": &e.ExcludeTags, "include_pids": &e.IncludePIDs,
	} {
		if err := o.optionalTexts(name, to); err != nil {
			return err
		}
	}
	for _, what := range e.FilterData {
		if !slices.Contains(exportFilters, what) {
			return invalidParameter("filter_data")
		}
	}
	return o.optionalNumbers("custom_translation_status_ids", &e.StatusIDs)
}

// Documented values.
var (
	exportFilters = []string{"translated", "untranslated", "reviewed", "reviewed_only", "last_reviewed_only", "verified", "nonhidden"}
	exportSorts   = []string{"first_added", "last_added", "last_updated", "a_z", "z_a"}
	emptyAs       = []string{"empty", "base", "null", "skip"}
	pluralFormats = []string{"json_string", "icu", "array", "generic", "symfony", "i18next", "i18next_v4"}
)

// readWords reads the parameters that have few values.
func (e *exportRequest) readWords(o object) error {
	var encoding, indentation string
	for _, word := range []struct {
		name   string
		to     *string
		values []string
	}{
		{"export_sort", &e.Sort, exportSorts},
		{"export_empty_as", &e.Write.ExportEmptyAs, emptyAs},
		{"plural_format", &e.Write.PluralFormat, pluralFormats},
		{"java_properties_encoding", &encoding, []string{"utf-8", "latin-1"}},
		{"java_properties_separator", &e.Write.Separator, []string{"=", ":"}},
		{"indentation", &indentation, nil},
	} {
		if err := o.optionalText(word.name, word.to); err != nil {
			return err
		}
		if *word.to != "" && word.values != nil && !slices.Contains(word.values, *word.to) {
			return invalidParameter(word.name)
		}
	}
	e.Write.Latin1 = encoding == "latin-1"
	var err error
	if e.Write.Indent, err = format.ParseIndentation(indentation); err != nil {
		return invalidParameter("indentation")
	}
	return nil
}

func (e *exportRequest) readMapping(o object) error {
	if !o.has("language_mapping") {
		return nil
	}
	list, ok := o.objects("language_mapping")
	if !ok {
		return invalidParameter("language_mapping")
	}
	e.Languages = make(map[string]string, len(list))
	for _, item := range list {
		from, okFrom := item.text("original_language_iso")
		to, okTo := item.text("custom_language_iso")
		if !okFrom || !okTo || to == "" {
			return invalidParameter("language_mapping")
		}
		e.Languages[from] = to
	}
	return nil
}

// takes tells whether a key is exported at all.
func (e *exportRequest) takes(k *state.Key, platform string) bool {
	hasTag := func(tag string) bool { return slices.Contains(k.Tags, tag) }
	switch {
	case k.IsArchived, // assumed
		!e.AllPlatforms && !slices.Contains(k.Platforms, platform),
		len(e.IncludeTags) > 0 && !slices.ContainsFunc(e.IncludeTags, hasTag),
		slices.ContainsFunc(e.ExcludeTags, hasTag),
		k.IsHidden && slices.Contains(e.FilterData, "nonhidden"):
		return false
	}
	return len(e.FilterFilenames) == 0 || slices.ContainsFunc(e.FilterFilenames, func(names string) bool {
		// A list of its own with commas between is documented.
		return slices.ContainsFunc(strings.Split(names, ","), func(name string) bool { return k.In(strings.TrimSpace(name)) })
	})
}

// takesText tells whether a translation is exported.
func (e *exportRequest) takesText(t *state.Translation) bool {
	for _, what := range e.FilterData {
		fits := true
		switch what {
		case "translated":
			fits = !t.IsEmpty() || slices.Contains(e.FilterData, "untranslated")
		case "untranslated":
			fits = t.IsEmpty() || slices.Contains(e.FilterData, "translated")
		case "reviewed", "reviewed_only", "last_reviewed_only":
			fits = t.IsReviewed
		case "verified":
			fits = !t.IsUnverified
		}
		if !fits {
			return false
		}
	}
	if e.TaskID != 0 && t.TaskID != e.TaskID {
		return false
	}
	return len(e.StatusIDs) == 0 || slices.ContainsFunc(e.StatusIDs, func(id int64) bool { return slices.Contains(t.StatusIDs, id) })
}
