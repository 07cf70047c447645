package state

import (
	"crypto/subtle"
	"slices"
	"strconv"
	"time"
)

// otaTables are the rows of the over-the-air API. All are parts of a project.
type otaTables struct {
	OTATokens  *Table[int64, OTAToken]
	OTABundles *Table[int64, OTABundle]
	OTAFiles   *Table[string, OTAFile]
	OTAFreezes *Table[int64, OTAFreeze]
	OTAUsage   *Table[string, OTAUsage]
}

func (d *data) addOTATables() {
	d.OTATokens = newTable(d, "ota_tokens", func(t *OTAToken) int64 { return t.ID }, func(t *OTAToken) string { return t.ProjectID })
	d.OTABundles = newTable(d, "ota_bundles", func(b *OTABundle) int64 { return b.ID }, func(b *OTABundle) string { return b.ProjectID })
	d.OTAFiles = newTable(d, "ota_files", func(f *OTAFile) string { return f.ID }, func(f *OTAFile) string { return f.ProjectID })
	d.OTAFreezes = newTable(d, "ota_freezes", func(f *OTAFreeze) int64 { return f.ID }, func(f *OTAFreeze) string { return f.ProjectID })
	d.OTAUsage = newTable(d, "ota_usage", func(u *OTAUsage) string { return u.Date + "/" + u.Framework }, func(u *OTAUsage) string { return u.ProjectID })
	d.ofProject = append(d.ofProject, d.OTATokens, d.OTABundles, d.OTAFiles, d.OTAFreezes, d.OTAUsage)
}

// OTAToken is what apps fetch bundles with.
type OTAToken struct {
	ProjectID string
	ID        int64
	Token     string // 36 hexadecimal characters, as recorded
	CreatedAt time.Time
}

// OTABundle is a set of translations that apps can fetch.
type OTABundle struct {
	ProjectID    string
	ID           int64
	ExportID     int64 // what made it; only shown
	Framework    string
	Description  string
	IsPrerelease bool // staged: for apps that ask for it
	IsProduction bool // published: for all apps
	CreatedAt    time.Time
	CreatedBy    int64 // user
	ModifiedAt   time.Time
	FileID       string
}

// OTAFile is the archive of a bundle, beside the bundle since it never changes.
type OTAFile struct {
	ProjectID string
	ID        string // a UUID
	Signature string // whoever has it can fetch the file
	CreatedAt time.Time
	Data      []byte
}

// OTAFreeze has apps of some versions get one bundle, whatever is published.
type OTAFreeze struct {
	ProjectID string
	ID        int64
	BundleID  int64
	Framework string
	From, To  string // versions of the app
}

// OTAUsage counts what apps of a framework fetched in a day.
type OTAUsage struct {
	ProjectID string
	Date      string // for example 2024-03-04
	Framework string
	Downloads int64
	Bytes     int64
}

// OTAProjectID is the number by which some answers of the over-the-air API name
// a project. How the real one comes about is not known.
func OTAProjectID(projectID string) int64 {
	const digits, most = 8, 1_000_000
	n, _ := strconv.ParseInt(projectID[:min(digits, len(projectID))], 16, 64) // 0 is as good as any
	return n % most
}

// AddOTAToken makes a token for apps.
func (tx *Tx) AddOTAToken(projectID string) *OTAToken {
	t := &OTAToken{ProjectID: projectID, ID: tx.NextID("ota_tokens"), Token: NewSecret()[:36], CreatedAt: tx.Now()}
	tx.OTATokens.Put(tx, t)
	tx.Secrets.Put(tx, &Secret{Word: t.Token, ProjectID: projectID})
	return t
}

// OTATokenProject is the project that a token lets apps fetch bundles of, and
// its world, or nil when the token is not good.
func (u *Universe) OTATokenProject(token string) (w *World, projectID string) {
	for _, w := range u.Worlds() {
		_ = w.View(func(tx *Tx) error { // the function does not fail
			s := tx.Secrets.Get("", token)
			if s == nil {
				return nil
			}
			for t := range tx.OTATokens.All(s.ProjectID) {
				if t.Token == token {
					projectID = s.ProjectID
				}
			}
			return nil
		})
		if projectID != "" {
			return w, projectID
		}
	}
	return nil, ""
}

// AddOTABundle puts a bundle in, with its archive. The caller has filled in
// project, framework, description and user.
func (tx *Tx) AddOTABundle(b OTABundle, data []byte) *OTABundle {
	f := &OTAFile{ProjectID: b.ProjectID, ID: UUIDFrom(NewSecret()), Signature: tx.IssueSecret(), CreatedAt: tx.Now(), Data: data}
	tx.OTAFiles.Put(tx, f)
	b.ID, b.ExportID, b.FileID = tx.NextID("ota_bundles"), tx.NextID("ota_exports"), f.ID
	b.CreatedAt, b.ModifiedAt = tx.Now(), tx.Now()
	tx.OTABundles.Put(tx, &b)
	return &b
}

// ReleaseOTA publishes a bundle, or stages it, in place of the one of its
// framework that was.
func (tx *Tx) ReleaseOTA(b *OTABundle, production bool) {
	for _, old := range tx.OTABundles.Rows(b.ProjectID) {
		if old.Framework != b.Framework {
			continue
		}
		changed := *old
		flag := &changed.IsPrerelease
		if production {
			flag = &changed.IsProduction
		}
		if *flag == (old.ID == b.ID) {
			continue
		}
		*flag, changed.ModifiedAt = old.ID == b.ID, tx.Now()
		tx.OTABundles.Put(tx, &changed)
	}
}

// DeleteOTABundle deletes a bundle with its archive and its freeze periods.
func (tx *Tx) DeleteOTABundle(b *OTABundle) {
	for _, f := range tx.OTAFreezes.Rows(b.ProjectID) {
		if f.BundleID == b.ID {
			tx.OTAFreezes.Delete(tx, f.ProjectID, f.ID)
		}
	}
	tx.OTAFiles.Delete(tx, b.ProjectID, b.FileID)
	tx.OTABundles.Delete(tx, b.ProjectID, b.ID)
}

// IsFrozen tells whether a freeze period holds the bundle.
func (tx *Tx) IsFrozen(b *OTABundle) bool {
	return slices.ContainsFunc(tx.OTAFreezes.Rows(b.ProjectID), func(f *OTAFreeze) bool { return f.BundleID == b.ID })
}

// CountOTA counts a bundle that an app fetches.
func (tx *Tx) CountOTA(b *OTABundle) {
	u := OTAUsage{ProjectID: b.ProjectID, Date: tx.Now().Format(time.DateOnly), Framework: b.Framework}
	if old := tx.OTAUsage.Get(b.ProjectID, u.Date+"/"+u.Framework); old != nil {
		u = *old
	}
	u.Downloads++
	if f := tx.OTAFiles.Get(b.ProjectID, b.FileID); f != nil {
		u.Bytes += int64(len(f.Data))
	}
	tx.OTAUsage.Put(tx, &u)
}

// OTAFile finds the archive of a bundle in any world. It is nil when there is
// none, or when the signature is not its own.
func (u *Universe) OTAFile(projectID, id, signature string) (f *OTAFile) {
	for _, w := range u.Worlds() {
		_ = w.View(func(tx *Tx) error { // the function does not fail
			if found := tx.OTAFiles.Get(projectID, id); found != nil && same(found.Signature, signature) {
				f = found
			}
			return nil
		})
	}
	return f
}

// same compares secrets in a time that tells nothing of them.
func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }
