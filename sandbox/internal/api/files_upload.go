package api

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"

	"github.com/go-json-experiment/json"

	"github.com/golokalise/lokalise/sandbox/format"
	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// fileUpload is the body of an upload, checked. It is kept in the row of the
// process until that has ended.
type fileUpload struct {
	Data                []byte
	Filename            string
	LangISO             string
	Format              string
	Tags                []string
	TagInserted         bool
	TagUpdated          bool
	TagSkipped          bool
	ReplaceModified     bool
	SlashNToLinebreak   bool
	KeysToValues        bool
	DistinguishByFile   bool
	HiddenFromOthers    bool
	Cleanup             bool
	DetectICUPlurals    bool
	ConvertPlaceholders bool // shown in the event, without effect
	ApplyTM             bool // shown in the event, without effect
	StatusIDs           []int64
	StatusInserted      bool
	StatusUpdated       bool
	StatusSkipped       bool
	TaskID              int64 // 0: none
}

// readUpload reads the body. What is documented as required is; of the rest,
// use_automations and skip_detect_lang_iso are not read: there are no
// automations, and the language is always the one in lang_iso.
func readUpload(o object) (fileUpload, error) {
	u := fileUpload{
		TagInserted: true, TagUpdated: true, SlashNToLinebreak: true, ConvertPlaceholders: true,
		StatusInserted: true, StatusUpdated: true,
	}
	for name, to := range map[string]*string{"filename": &u.Filename, "lang_iso": &u.LangISO} {
		var ok bool
		if *to, ok = o.text(name); !ok || strings.TrimSpace(*to) == "" {
			return u, invalidParameter(name)
		}
	}
	if err := o.optionalText("format", &u.Format); err != nil {
		return u, err
	}
	_ = o.has("queue") // of some clients; every upload is queued anyway
	return u, u.readOptions(o)
}

func (u *fileUpload) readOptions(o object) error {
	for _, flag := range []struct {
		name string
		to   *bool
	}{
		{"tag_inserted_keys", &u.TagInserted},
		{"tag_updated_keys", &u.TagUpdated},
		{"tag_skipped_keys", &u.TagSkipped},
		{"replace_modified", &u.ReplaceModified},
		{"slashn_to_linebreak", &u.SlashNToLinebreak},
		{"keys_to_values", &u.KeysToValues},
		{"distinguish_by_file", &u.DistinguishByFile},
		{"hidden_from_contributors", &u.HiddenFromOthers},
		{"cleanup_mode", &u.Cleanup},
		{"detect_icu_plurals", &u.DetectICUPlurals},
		{"convert_placeholders", &u.ConvertPlaceholders},
		{"apply_tm", &u.ApplyTM},
		{"custom_translation_status_inserted_keys", &u.StatusInserted},
		{"custom_translation_status_updated_keys", &u.StatusUpdated},
		{"custom_translation_status_skipped_keys", &u.StatusSkipped},
	} {
		if err := o.optionalFlag(flag.name, flag.to); err != nil {
			return err
		}
	}
	if err := o.optionalTexts("tags", &u.Tags); err != nil {
		return err
	}
	if err := o.optionalNumbers("custom_translation_status_ids", &u.StatusIDs); err != nil {
		return err
	}
	return o.optionalNumber("filter_task_id", &u.TaskID)
}

// formatOf finds the format of an upload or download by its name, or by the
// end of a file's name. What there is depends on the program: a format that
// Lokalise knows may be missing here.
func formatOf(name, filename string) (format.Format, error) {
	var f format.Format
	var found bool
	if name != "" {
		f, found = format.Lookup(name)
	} else {
		f, found = format.ByExtension(filename)
	}
	if found {
		return f, nil
	}
	what := fmt.Sprintf("format %q", name)
	if name == "" {
		what = fmt.Sprintf("format of the file %q by its name; `format` can say it", filename)
	}
	return f, failure(http.StatusBadRequest, fmt.Sprintf(
		"Invalid `format` parameter: the sandbox does not know the %s. It has %s. %s",
		what, strings.Join(format.Names(), ", "), otherFormats()))
}

// otherFormats says what there is to be done about a format that is missing.
// The module of the formats that need a library is in the program or it is not;
// yaml, which it registers, tells.
func otherFormats() string {
	if _, registered := format.Lookup("yaml"); registered {
		return "Others are not modeled."
	}
	return "yaml and ruby_yaml are in the module github.com/golokalise/lokalise/sandbox/formats, which this program does not import; others are not modeled."
}

// uploadFile takes a file and queues its import.
func uploadFile(c *call) (any, error) {
	o := c.bodyObject()
	u, err := readUpload(o)
	if err != nil {
		return nil, err
	}
	text, ok := o.text("data")
	if u.Data, err = base64.StdEncoding.DecodeString(text); !ok || err != nil || text == "" {
		c.record.Note("data is to be standard base64 of the file, without a data: prefix.")
		return nil, invalidParameter("data")
	}
	f, err := formatOf(u.Format, u.Filename)
	if err != nil {
		return nil, err
	}
	u.Format = f.Name
	input, err := json.Marshal(u, permissive)
	if err != nil {
		return nil, fmt.Errorf("keep an upload: %w", err)
	}
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		if languageByISO(tx, c.content(), u.LangISO) == nil {
			c.record.Note("The project has no language with this code.")
			return nil, invalidParameter("lang_iso")
		}
		process := tx.StartProcess(state.Process{
			ProjectID: p.ID, Branch: c.project.branch, Type: state.ProcessImport, CreatedBy: c.who.userID, Input: string(input),
		})
		c.header.Set("Location", fmt.Sprintf("/api2/projects/%s/processes/%s", p.ID, process.ID)) // a path alone (recorded)
		return processAnswer{c.envelope(p), processView(tx, process)}, nil
	})
}

// languageByISO finds a language of content by its code in the project.
func languageByISO(tx *state.Tx, content, iso string) *state.Language {
	for l := range tx.Languages.All(content) {
		if l.ISO == iso {
			return l
		}
	}
	return nil
}

// uploadFromStorage refuses: files get into that storage through an assistant
// of Lokalise only, so that the sandbox's is always empty.
func uploadFromStorage(c *call) (any, error) {
	o := c.bodyObject()
	if _, err := readUpload(o); err != nil {
		return nil, err
	}
	if id, ok := o.text("fss_file_id"); !ok || id == "" {
		return nil, invalidParameter("fss_file_id")
	}
	return c.view(func(*state.Tx, *state.Project) (any, error) {
		c.record.Note("The sandbox's file storage is empty; files are uploaded with files.upload.")
		return nil, invalidParameter("fss_file_id")
	})
}
