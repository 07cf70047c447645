package api

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// Keys without a file are shown as a file of their own (recorded).
const (
	unassignedID   = -1
	unassignedName = "__unassigned__"
)

// fileBody is a file on the wire, its members in the recorded order.
type fileBody struct {
	FileID   int64  `json:"file_id"`
	Filename string `json:"filename"`
	KeyCount int    `json:"key_count"`
}

// listFiles lists files by name, and keys without a file at the end as
// recorded. filter_filename picks the names that contain it (assumed).
func listFiles(c *call) (any, error) {
	page, err := c.offsetPage()
	if err != nil {
		return nil, err
	}
	filter := c.query().Get("filter_filename")
	var files []fileBody
	collect := func(tx *state.Tx, _ *state.Project) (any, error) {
		var complete bool
		files, complete = filesIn(tx, c.content())
		return complete, nil
	}
	complete, err := c.view(collect)
	if err != nil {
		return nil, err
	}
	if complete == false { // a key names a file that has no id yet
		if _, err := c.update(collect); err != nil {
			return nil, err
		}
	}
	files = slices.DeleteFunc(files, func(f fileBody) bool { return !strings.Contains(f.Filename, filter) })
	return c.view(func(_ *state.Tx, p *state.Project) (any, error) {
		return struct {
			projectEnvelope
			Files []fileBody `json:"files"`
		}{c.envelope(p), slicePage(c, page, files, func(f fileBody) fileBody { return f })}, nil
	})
}

// filesIn lists the files of content. complete is false when a file needs an
// id, which takes a Tx that can write.
func filesIn(tx *state.Tx, content string) (files []fileBody, complete bool) {
	count := tx.KeysPerFile(content)
	for f := range tx.Files.All(content) {
		files = append(files, fileBody{f.ID, f.Name, count[f.Name]})
	}
	complete = true
	for name, keys := range count {
		switch {
		case name == "", len(tx.Files.Named(content, name)) > 0:
		case !tx.Writable():
			complete = false
		default:
			files = append(files, fileBody{tx.FileNamed(content, name).ID, name, keys})
		}
	}
	slices.SortFunc(files, func(a, b fileBody) int {
		return cmp.Or(strings.Compare(a.Filename, b.Filename), cmp.Compare(a.FileID, b.FileID))
	})
	if keys := count[""]; keys > 0 {
		files = append(files, fileBody{unassignedID, unassignedName, keys})
	}
	return files, complete
}

// deleteFile deletes a file with its keys. It does not work in projects of
// software (documented); the text is a third party's.
func deleteFile(c *call) (any, error) {
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		id, err := c.pathID("file_id")
		if err != nil {
			return nil, err
		}
		if p.Type == projectTypes[0] {
			return nil, failure(http.StatusBadRequest, "Action not supported by this type of project")
		}
		f := tx.Files.Get(c.content(), id)
		if f == nil {
			return nil, errNotFound
		}
		tx.DeleteFile(f)
		return struct {
			projectEnvelope
			FileDeleted bool `json:"file_deleted"`
		}{c.envelope(p), true}, nil
	})
}
