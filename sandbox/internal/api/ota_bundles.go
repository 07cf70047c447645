package api

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/golokalise/lokalise/sandbox/internal/journal"
	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// otaBundleBody is a bundle on the wire, its members in the recorded order.
type otaBundleBody struct {
	ID           int64  `json:"id"`
	ProjectID    string `json:"projectId"`
	IsPrerelease bool   `json:"isPrerelease"`
	IsProduction bool   `json:"isProduction"`
	CreatedAt    string `json:"createdAt"`
	CreatedBy    string `json:"createdBy"`
	Framework    string `json:"framework"`
	Description  string `json:"description"`
	IsFrozen     bool   `json:"isFrozen"`
	LokaliseID   int64  `json:"lokaliseId"`
	FileID       string `json:"fileId"`
	FileURL      string `json:"fileUrl,omitzero"` // not in lists
	ModifiedAt   string `json:"modifiedAt"`
}

func otaBundleView(tx *state.Tx, b *state.OTABundle) otaBundleBody {
	return otaBundleBody{
		ID: b.ID, ProjectID: b.ProjectID, IsPrerelease: b.IsPrerelease, IsProduction: b.IsProduction,
		CreatedAt: otaTime(b.CreatedAt), CreatedBy: state.IDKey(b.CreatedBy), Framework: b.Framework, Description: b.Description,
		IsFrozen: tx.IsFrozen(b), LokaliseID: b.ExportID, FileID: b.FileID, ModifiedAt: otaTime(b.ModifiedAt),
	}
}

func listOTABundles(c *call) (any, error) {
	return c.otaView(func(tx *state.Tx, p *state.Project) (any, error) {
		bundles := []otaBundleBody{}
		for b := range tx.OTABundles.All(p.ID) {
			bundles = append(bundles, otaBundleView(tx, b))
		}
		return bundles, nil
	})
}

func (c *call) otaBundle(tx *state.Tx, p *state.Project) (*state.OTABundle, error) {
	b := tx.OTABundles.Get(p.ID, c.otaID("bundle_id"))
	if b == nil {
		return nil, otaNotFound("Bundle")
	}
	return b, nil
}

func getOTABundle(c *call) (any, error) {
	return c.otaView(func(tx *state.Tx, p *state.Project) (any, error) {
		b, err := c.otaBundle(tx, p)
		if err != nil {
			return nil, err
		}
		return c.otaBundleWithFile(tx, p, b), nil
	})
}

func (c *call) otaBundleWithFile(tx *state.Tx, p *state.Project, b *state.OTABundle) otaBundleBody {
	body := otaBundleView(tx, b)
	body.FileURL = c.otaFileURL(tx, p, b)
	return body
}

func updateOTABundle(c *call) (any, error) {
	description, ok := c.bodyObject().text("description")
	if !ok {
		return nil, otaInvalid("description must be a string")
	}
	return c.otaUpdate(func(tx *state.Tx, p *state.Project) (any, error) {
		old, err := c.otaBundle(tx, p)
		if err != nil {
			return nil, err
		}
		b := *old
		b.Description, b.ModifiedAt = description, tx.Now()
		tx.OTABundles.Put(tx, &b)
		return c.otaBundleWithFile(tx, p, &b), nil
	})
}

type otaDeleted struct {
	ID      int64 `json:"id"`
	Deleted bool  `json:"deleted"`
}

// deleteOTABundle also deletes one that apps get (assumed).
func deleteOTABundle(c *call) (any, error) {
	return c.otaUpdate(func(tx *state.Tx, p *state.Project) (any, error) {
		b, err := c.otaBundle(tx, p)
		if err != nil {
			return nil, err
		}
		tx.DeleteOTABundle(b)
		return otaDeleted{b.ID, true}, nil
	})
}

func publishOTABundle(c *call) (any, error) { return c.releaseOTA(true) }
func stageOTABundle(c *call) (any, error)   { return c.releaseOTA(false) }

func (c *call) releaseOTA(production bool) (any, error) {
	of, err := framework(c.params["framework"], "framework")
	if err != nil {
		return nil, err
	}
	id, ok := c.bodyObject().number("bundleId")
	if !ok {
		return nil, otaInvalid("bundleId must be a number")
	}
	return c.otaUpdate(func(tx *state.Tx, p *state.Project) (any, error) {
		b := tx.OTABundles.Get(p.ID, id)
		if b == nil || b.Framework != of {
			return nil, otaNotFound("Bundle")
		}
		tx.ReleaseOTA(b, production)
		return noContent{}, nil
	})
}

// getOTAArchive tells an app which bundle it is to have. A freeze period counts
// for more than what is published. An app that has the bundle already is told
// the same (assumed: what the real service answers is not known).
func getOTAArchive(c *call) (any, error) {
	of, err := framework(c.params["framework"], "framework")
	if err != nil {
		return nil, err
	}
	q := c.query()
	version := q.Get("appVersion")
	if version == "" {
		return nil, otaInvalid("appVersion should not be empty")
	}
	if _, err := strconv.ParseInt(q.Get("transVersion"), 10, 64); err != nil {
		return nil, otaInvalid("transVersion must be an integer number")
	}
	prerelease := q.Get("prerelease") == "true" || q.Get("prerelease") == "1"
	return c.otaUpdate(func(tx *state.Tx, p *state.Project) (any, error) {
		b := bundleForApp(tx, p.ID, of, version, prerelease)
		if b == nil {
			return nil, otaNotFound("Bundle")
		}
		tx.CountOTA(b)
		return struct {
			URL     string `json:"url"`
			Version int64  `json:"version"`
		}{c.otaFileURL(tx, p, b), b.ID}, nil
	})
}

func bundleForApp(tx *state.Tx, projectID, of, version string, prerelease bool) *state.OTABundle {
	for f := range tx.OTAFreezes.All(projectID) {
		if f.Framework == of && !prerelease && compareVersions(f.From, version) <= 0 && compareVersions(version, f.To) <= 0 {
			return tx.OTABundles.Get(projectID, f.BundleID)
		}
	}
	for b := range tx.OTABundles.All(projectID) {
		if b.Framework == of && (prerelease && b.IsPrerelease || !prerelease && b.IsProduction) {
			return b
		}
	}
	return nil
}

// otaFilesPath begins the path of a bundle's archive. The rest is as recorded:
// team, project, "bundles", file.
const otaFilesPath = "/ota-bundles/"

func (c *call) otaFileURL(tx *state.Tx, p *state.Project, b *state.OTABundle) string {
	f := tx.OTAFiles.Get(p.ID, b.FileID)
	if f == nil {
		return ""
	}
	query := url.Values{signatureParameter: {f.Signature}}
	return fmt.Sprintf("%s%s%d/%s/bundles/%s?%s", c.baseURL(), otaFilesPath, p.TeamID, p.ID, f.ID, query.Encode())
}

// IsOTAFile tells whether a path is one that archives for apps have.
func IsOTAFile(path string) bool { return strings.HasPrefix(path, otaFilesPath) }

// ServeOTAFile hands out an archive to whoever has its signed address.
func (s *Server) ServeOTAFile(w http.ResponseWriter, r *http.Request, rec *journal.Record) {
	parts := strings.Split(strings.TrimPrefix(r.URL.Path, otaFilesPath), "/")
	const team, project, file, all = 0, 1, 3, 4
	var f *state.OTAFile
	if len(parts) == all && parts[team] != "" {
		f = s.universe.OTAFile(parts[project], parts[file], r.URL.Query().Get(signatureParameter))
	}
	if f == nil || r.Method != http.MethodGet && r.Method != http.MethodHead {
		rec.Note("There is no bundle at this address.")
		refuseBundle(w)
		return
	}
	w.Header().Set("Content-Type", "application/zip")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	http.ServeContent(w, r, "", f.CreatedAt, bytes.NewReader(f.Data))
}

// OTABundleRequest says which content becomes a bundle for apps.
type OTABundleRequest struct {
	ProjectID   string
	Framework   string
	Branch      string
	Description string
	Publish     bool
	Stage       bool
}

// ErrOTABundle is why there is no bundle.
var ErrOTABundle = errors.New("sandbox: the bundle cannot be made")

// BuildOTABundle makes a bundle of what is in a project now, as its owner does
// in the web app. The archive has a JSON file for each language; what the real
// ones have in them is between the service and its SDKs.
func BuildOTABundle(w *state.World, r OTABundleRequest) (b *state.OTABundle, err error) {
	if _, err := framework(r.Framework, "framework"); err != nil {
		return nil, fmt.Errorf("%w: %s", ErrOTABundle, strings.TrimPrefix(err.Error(), "400 "))
	}
	var x *export
	err = w.View(func(tx *state.Tx) error {
		p := tx.Projects.Get("", r.ProjectID)
		if p == nil || r.Branch != "" && r.Branch != state.MasterBranch && tx.BranchNamed(p.ID, r.Branch) == nil {
			return errors.New("there is no such project or branch")
		}
		e := newExportRequest()
		e.Format, e.AllPlatforms = "json", true // the format is one of the web, apps are not
		var err error
		x, err = e.collect(tx, p, r.Branch, p.CreatedBy)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("%w: %s", ErrOTABundle, plainText(err))
	}
	data, err := x.write()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrOTABundle, err)
	}
	err = w.Update(func(tx *state.Tx) error {
		p := tx.Projects.Get("", r.ProjectID)
		if p == nil {
			return fmt.Errorf("%w: the project was deleted meanwhile", ErrOTABundle)
		}
		b = tx.AddOTABundle(state.OTABundle{ProjectID: p.ID, Framework: r.Framework, Description: r.Description, CreatedBy: p.CreatedBy}, data)
		if r.Publish {
			tx.ReleaseOTA(b, true)
		}
		if r.Stage {
			tx.ReleaseOTA(b, false)
		}
		b = tx.OTABundles.Get(p.ID, b.ID)
		return nil
	})
	return b, err
}

// plainText is what an error says, without a status.
func plainText(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Message
	}
	return err.Error()
}
