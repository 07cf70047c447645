package api

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// errNothingToExport is the answer when no key passes the filters. Programs of
// third parties match the status and the text.
var errNothingToExport = failure(http.StatusNotAcceptable, "No keys for export with current export settings")

// A project of this many keys times languages is too big for the synchronous
// download (documented, since June 2025).
const tooBigForSync = 10_000

// tooBigHeader says so. Its text is that of tests of an official client.
const (
	tooBigHeader  = "X-Response-Too-Big"
	tooBigMessage = "Project too big for sync export. Please use our async export endpoint instead. (/files/async-download)"
)

// How long a bundle can be fetched: a month (vendor's text), and 24 hours
// (documented) when it was made asynchronously.
const (
	bundleLife      = 30 * 24 * time.Hour
	asyncBundleLife = 24 * time.Hour
)

type bundleAnswer struct {
	projectEnvelope
	BundleURL string `json:"bundle_url"`
}

// downloadFiles makes a bundle at once. When the project is too big for that
// the header says so; that the answer is a success without an address then is
// assumed from official SDKs, which look for the header on successes.
func downloadFiles(c *call) (any, error) {
	e, err := readExport(c.bodyObject())
	if err != nil {
		return nil, err
	}
	var x *export
	answer, err := c.view(func(tx *state.Tx, p *state.Project) (any, error) {
		answer := bundleAnswer{projectEnvelope: c.envelope(p)}
		if tx.Keys.Len(c.content())*tx.Languages.Len(c.content()) >= tooBigForSync {
			c.header.Set(tooBigHeader, tooBigMessage)
			return answer, nil
		}
		x, err = e.collect(tx, p, c.project.branch, c.who.userID)
		if errors.Is(err, errNothingToExport) {
			c.record.Note(e.whyNothing(tx, c.content()))
		}
		return answer, err
	})
	if err != nil || x == nil {
		return answer, err
	}
	data, err := x.write()
	if err != nil {
		return nil, failure(http.StatusBadRequest, err.Error())
	}
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		b := tx.AddBundle(state.Bundle{
			ProjectID: p.ID, Data: data,
			Path: fmt.Sprintf("%s%s/%s/%s", bundlePath, p.ID, state.NewSecret()[:32], x.zipName()),
		}, bundleLife)
		x.emit(tx, c.who.userID)
		return bundleAnswer{c.envelope(p), c.baseURL() + b.Path}, nil
	})
}

// asyncDownload queues an export.
func asyncDownload(c *call) (any, error) {
	e, err := readExport(c.bodyObject())
	if err != nil {
		return nil, err
	}
	input, err := json.Marshal(e, permissive)
	if err != nil {
		return nil, fmt.Errorf("keep an export: %w", err)
	}
	return c.update(func(tx *state.Tx, p *state.Project) (any, error) {
		process := tx.StartProcess(state.Process{
			ProjectID: p.ID, Branch: c.project.branch, Type: state.ProcessExport, CreatedBy: c.who.userID, Input: string(input),
			Export: &state.ProcessExports{Keys: tx.Keys.Len(c.content())},
		})
		return struct { // and nothing else (recorded)
			ProcessID string `json:"process_id"`
		}{process.ID}, nil
	})
}

// exportFiles is the work of a process of type async-export.
func exportFiles(w *state.World, p *state.Process) (func(*state.Tx, *state.Process) error, error) {
	var e exportRequest
	if err := json.Unmarshal([]byte(p.Input), &e, permissive); err != nil {
		return nil, err
	}
	var x *export
	err := w.View(func(tx *state.Tx) error {
		project := tx.Projects.Get("", p.ProjectID)
		if project == nil {
			return errNotFound
		}
		var err error
		x, err = e.collect(tx, project, p.Branch, p.CreatedBy)
		return err
	})
	if err != nil {
		return nil, plainMessage(err)
	}
	data, err := x.write()
	if err != nil {
		return nil, plainMessage(err)
	}
	return func(tx *state.Tx, process *state.Process) error {
		b := tx.AddBundle(state.Bundle{
			ProjectID: p.ProjectID, Data: data, Signature: state.NewSecret(),
			Path: fmt.Sprintf("%s%d/%s/export/%s", asyncBundlePath, x.project.TeamID, p.ProjectID, state.UUIDFrom(state.NewSecret())),
		}, asyncBundleLife)
		process.Export = &state.ProcessExports{Keys: len(x.keys), Processed: len(x.keys), Bytes: len(data), Path: signedPath(b)}
		x.emit(tx, p.CreatedBy)
		return nil
	}, nil
}

// plainMessage is an error whose text is that of an answer alone.
func plainMessage(err error) error {
	if e, ok := err.(*Error); ok { //nolint:errorlint // made here, never wrapped
		return processError(e.Message)
	}
	return err
}

// processError is the message of a failed process.
type processError string

// Error implements error.
func (e processError) Error() string { return string(e) }

// signedPath is the path of a bundle with the query of the recorded address.
func signedPath(b *state.Bundle) string {
	q := url.Values{
		"X-Amz-Algorithm":     {"AWS4-HMAC-SHA256"},
		"X-Amz-Date":          {b.CreatedAt.UTC().Format("20060102T150405Z")},
		"X-Amz-Expires":       {fmt.Sprint(int(asyncBundleLife.Seconds()))},
		"X-Amz-SignedHeaders": {"host"},
		signatureParameter:    {b.Signature},
	}
	return b.Path + "?" + q.Encode()
}

// zipName is the name of the archive, in the recorded form.
func (x *export) zipName() string {
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '.' {
			return r
		}
		return '_'
	}, x.project.Name)
	return name + "-locale.zip"
}

func (x *export) emit(tx *state.Tx, userID int64) {
	branch := ""
	if x.project.Settings.Branching {
		branch = branchOrMaster(x.branch)
	}
	tx.Emit(state.Event{
		Name: "project.exported", ProjectID: x.project.ID, TeamID: x.project.TeamID, Branch: branch, UserID: userID,
		Payload: exportedPayload{eventExport{Type: x.Format, Filename: x.zipName(), Platform: x.platform}},
	})
}
