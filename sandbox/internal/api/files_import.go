package api

import (
	"slices"
	"strings"

	"github.com/go-json-experiment/json"

	"github.com/golokalise/lokalise/sandbox/format"
	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// errImportGone is the message of an import whose branch or language was
// deleted while it waited.
const errImportGone = processError("The branch or the language of the file is not there any more")

// importFile is the work of a process of type file-import. A file is read as a
// whole before anything changes: a broken one changes nothing.
func importFile(w *state.World, p *state.Process) (func(*state.Tx, *state.Process) error, error) {
	var u fileUpload
	if err := json.Unmarshal([]byte(p.Input), &u, permissive); err != nil {
		return nil, err
	}
	f, err := formatOf(u.Format, u.Filename)
	if err != nil {
		return nil, err
	}
	content := state.BranchContent(p.ProjectID, p.Branch)
	o := format.ReadOptions{Language: u.LangISO, DetectICUPlurals: u.DetectICUPlurals}
	_ = w.View(func(tx *state.Tx) error { // returns no error
		if l := languageByISO(tx, content, u.LangISO); l != nil {
			o.PluralForms = l.PluralForms
		}
		return nil
	})
	file, err := f.Decode(u.Data, o)
	if err != nil {
		return failedImport(u, err), nil
	}
	return func(tx *state.Tx, process *state.Process) error {
		im := newImport(tx, process, u, content)
		if im == nil {
			return errImportGone
		}
		im.run(file.Entries)
		process.Files = []state.ProcessFile{im.report}
		return nil
	}, nil
}

// failedImport ends a process whose file cannot be read.
func failedImport(u fileUpload, err error) func(*state.Tx, *state.Process) error {
	return func(_ *state.Tx, p *state.Process) error {
		p.Status, p.Message = state.ProcessFailed, err.Error()
		p.Files = []state.ProcessFile{{Name: u.Filename, Status: state.ProcessFailed, Message: err.Error()}}
		return nil
	}
}

// fileImport is one file on its way into a branch.
type fileImport struct {
	*state.Tx
	fileUpload
	project  *state.Project
	language *state.Language
	content  string
	branch   string
	platform string
	by       int64
	seen     map[int64]bool // keys that are in the file
	report   state.ProcessFile

	added   []*state.Key
	changed []translationChange
}

// newImport is nil when what the file is for is not there any more.
func newImport(tx *state.Tx, p *state.Process, u fileUpload, content string) *fileImport {
	project, l := tx.Projects.Get("", p.ProjectID), languageByISO(tx, content, u.LangISO)
	if project == nil || l == nil {
		return nil
	}
	known := u.StatusIDs[:0:0]
	for _, id := range u.StatusIDs {
		if tx.Statuses.Get(project.ID, id) != nil {
			known = append(known, id)
		}
	}
	u.StatusIDs = known
	im := &fileImport{
		Tx: tx, fileUpload: u, project: project, language: l, content: content, platform: platformOf(u.Format),
		by: p.CreatedBy, seen: map[int64]bool{}, report: state.ProcessFile{Name: u.Filename, Status: state.ProcessFinished},
	}
	if project.Settings.Branching {
		im.branch = branchOrMaster(p.Branch)
	}
	return im
}

func (im *fileImport) run(entries []format.Entry) {
	im.FileNamed(im.content, im.Filename)
	for i := range entries {
		im.entry(&entries[i])
	}
	if im.Cleanup {
		im.cleanUp()
	}
	im.emit("project.imported", im.payload())
	for some := range slices.Chunk(im.added, keysPerEvent) {
		im.emit(keysAddedEvent(im.Tx, im.project, some, actionImport))
	}
	for some := range slices.Chunk(im.changed, keysPerEvent) {
		im.emit(translationsUpdatedEvent(im.Tx, some, actionImport))
	}
}

func (im *fileImport) emit(name string, payload any) {
	im.Emit(state.Event{
		Name: name, ProjectID: im.project.ID, TeamID: im.project.TeamID, Branch: im.branch, UserID: im.by,
		Languages: []string{im.language.ISO}, Payload: payload,
	})
}

// entry takes a key of the file over. An import into a task touches nothing
// else than the task's translations (assumed).
func (im *fileImport) entry(e *format.Entry) {
	im.report.Keys++
	if e.Key == "" { // no key can be called that (that it is skipped is assumed)
		im.report.Skipped++
		return
	}
	k := im.find(e)
	switch {
	case k != nil:
		im.report.Words += state.Words(im.text(e, k.IsPlural))
		im.update(k, e)
	case im.TaskID == 0:
		im.report.Words += state.Words(im.text(e, e.Plural != nil))
		im.insert(e)
	default:
		im.report.Skipped++
	}
}

// find returns the key that an entry is about, or nil: the one of the same
// name and file, or else, unless files are kept apart, of the same name.
func (im *fileImport) find(e *format.Entry) *state.Key {
	var found *state.Key
	for _, k := range im.Keys.Named(im.content, e.Key) {
		if e.Context != "" && k.Context != e.Context || im.seen[k.ID] {
			continue
		}
		if k.In(im.Filename) {
			return k
		}
		if found == nil && !im.DistinguishByFile {
			found = k
		}
	}
	return found
}

func (im *fileImport) insert(e *format.Entry) {
	k := state.Key{
		Content: im.content, Names: state.SamePerPlatform(e.Key), Description: e.Description, Context: e.Context,
		Platforms: []string{im.platform}, IsPlural: e.Plural != nil, PluralName: e.PluralName,
		IsHidden: im.HiddenFromOthers, CharLimit: int64(max(e.Limit, 0)), Tags: slices.Clone(e.Tags),
	}
	k.Filenames.Set(im.platform, im.Filename)
	if im.TagInserted {
		k.Tags = withTags(k.Tags, im.Tags)
	}
	added := im.AddKey(k)
	im.seen[added.ID] = true
	im.added = append(im.added, added)
	im.report.Inserted++
	if t := im.TranslationOf(added, im.language.ID); t != nil {
		filled := *t
		if filled.Text = im.text(e, k.IsPlural); !filled.IsEmpty() {
			filled.IsUnverified, filled.ModifiedBy = false, im.by
		}
		if im.StatusInserted {
			filled.StatusIDs = im.StatusIDs
		}
		im.Translations.Put(im.Tx, &filled)
	}
}

// update gives a key the text of the file. A text that is there stays, unless
// replace_modified is on; an empty one in the file never replaces anything
// (assumed).
func (im *fileImport) update(k *state.Key, e *format.Entry) {
	im.seen[k.ID] = true
	t := im.TranslationOf(k, im.language.ID)
	if t == nil || im.TaskID != 0 && t.TaskID != im.TaskID {
		im.report.Skipped++
		return
	}
	next := *t
	next.Text = im.text(e, k.IsPlural)
	replaces := next.Text != t.Text && !next.IsEmpty() && (t.IsEmpty() || im.ReplaceModified)
	tag, status := im.TagSkipped, im.StatusSkipped
	if replaces {
		im.report.Updated++
		next.IsReviewed, next.ReviewedBy, next.IsUnverified = false, 0, false
		tag, status = im.TagUpdated, im.StatusUpdated
	} else {
		im.report.Skipped++
		next.Text = t.Text
	}
	if status && len(im.StatusIDs) > 0 {
		next.StatusIDs = im.StatusIDs
	}
	if replaces {
		im.changed = append(im.changed, translationChange{before: t, after: im.PutTranslation(next, im.by)})
		im.unverifyOthers(k)
	} else if !slices.Equal(next.StatusIDs, t.StatusIDs) {
		im.Translations.Put(im.Tx, &next)
	}
	im.adopt(im.Keys.Get(im.content, k.ID), tag)
}

// unverifyOthers marks what was translated from another text.
func (im *fileImport) unverifyOthers(k *state.Key) {
	if im.language.ID != im.project.BaseID || !im.project.Settings.AutoToggleUnverified {
		return
	}
	for _, ref := range k.Translations {
		t := im.Translations.Get(im.content, ref.ID)
		if ref.LanguageID == im.language.ID || t == nil || t.IsUnverified || t.IsEmpty() {
			continue
		}
		unverified := *t
		unverified.IsUnverified = true
		im.Translations.Put(im.Tx, &unverified)
	}
}

// adopt gives a key the file, the platform and the tags of the upload. That a
// key changes over to the file it was found in last is assumed.
func (im *fileImport) adopt(old *state.Key, tag bool) {
	k := *old
	if k.Filenames.Of(im.platform) == im.Filename && (!tag || len(im.Tags) == 0) && slices.Contains(k.Platforms, im.platform) {
		return
	}
	k.Filenames.Set(im.platform, im.Filename)
	if !slices.Contains(k.Platforms, im.platform) {
		k.Platforms = append(slices.Clone(k.Platforms), im.platform)
	}
	if tag {
		k.Tags = withTags(k.Tags, im.Tags)
	}
	im.Keys.Put(im.Tx, &k)
}

// cleanUp deletes the keys of the file that are not in it any more.
func (im *fileImport) cleanUp() {
	var gone []*state.Key
	for k := range im.Keys.All(im.content) {
		if k.In(im.Filename) && !im.seen[k.ID] {
			gone = append(gone, k)
		}
	}
	for some := range slices.Chunk(gone, keysPerEvent) {
		im.emit(keysDeletedEvent(im.Tx, im.project, some, actionImport))
	}
	im.DeleteKeys(im.content, idsOf(gone))
}

// idsOf are the ids of keys.
func idsOf(keys []*state.Key) []int64 {
	ids := make([]int64, len(keys))
	for i, k := range keys {
		ids[i] = k.ID
	}
	return ids
}

// text is what an entry says, in the form that a key takes.
func (im *fileImport) text(e *format.Entry, plural bool) string {
	switch {
	case plural:
	case e.Plural == nil:
		return im.one(e, e.Text)
	case im.DetectICUPlurals || im.Format == "arb":
		// It was an ICU message. The key is not plural when it has one in
		// another language that says more than plural forms can hold.
		return im.one(e, format.WriteICUPlural(e.PluralName, e.Plural, false))
	default:
		return im.one(e, e.Plural["other"])
	}
	forms := map[string]string{"other": im.one(e, e.Text)}
	if e.Plural != nil {
		forms = make(map[string]string, len(e.Plural))
		for name, text := range e.Plural {
			forms[name] = im.one(e, text)
		}
	}
	return state.PluralText(im.language.PluralForms, forms)
}

// one is a single text of an entry.
func (im *fileImport) one(e *format.Entry, text string) string {
	if text == "" && im.KeysToValues {
		text = e.Key
	}
	if im.SlashNToLinebreak {
		text = strings.ReplaceAll(text, `\n`, "\n")
	}
	return text
}

// withTags adds tags that are not there yet.
func withTags(tags, more []string) []string {
	tags = slices.Clone(tags)
	for _, tag := range more {
		if !slices.Contains(tags, tag) {
			tags = append(tags, tag)
		}
	}
	return tags
}

func (im *fileImport) payload() importedPayload {
	return importedPayload{
		Import: eventImport{
			Filename: im.Filename, Format: im.Format,
			Inserted: im.report.Inserted, Updated: im.report.Updated, Skipped: im.report.Skipped,
		},
		ImportOptions: eventImportOptions{
			ReplaceLineBreaks: im.SlashNToLinebreak, ConvertPlaceholders: im.ConvertPlaceholders,
			ReplaceModified: im.ReplaceModified, KeyTags: append([]string{}, im.Tags...),
			TagKeysInserted: im.TagInserted, TagKeysUpdated: im.TagUpdated, TagKeysSkipped: im.TagSkipped,
			DetectICUPlurals: im.DetectICUPlurals, FillEmptyWithKeys: im.KeysToValues,
			HideFromContributors: im.HiddenFromOthers, DiffByFile: im.DistinguishByFile, UseTM: im.ApplyTM, Cleanup: im.fileUpload.Cleanup,
		},
		Language: languageEvent(im.language),
	}
}
