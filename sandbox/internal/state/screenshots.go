package state

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"
)

// Screenshot is a picture that shows where keys are seen.
type Screenshot struct {
	Content     string
	ID          int64
	Title       string
	Description string
	Tags        []string
	KeyIDs      []int64
	Image       []byte // never changed; copies of the row share it
	MediaType   string
	Width       int // pixels
	Height      int // pixels
	CreatedAt   time.Time
}

// FileName is the last part of the picture's address. It cannot be guessed
// without the picture, which is what keeps strangers out: like the real
// service's, the address asks for no credential.
func (s *Screenshot) FileName() string {
	sum := sha256.Sum256(s.Image)
	name := hex.EncodeToString(sum[:20])
	if s.MediaType == "image/png" {
		return name + ".png"
	}
	return name + ".jpg"
}

// ScreenshotsOf lists the screenshots that a key is on.
func (tx *Tx) ScreenshotsOf(k *Key) []*Screenshot {
	return tx.Screenshots.Named(k.Content, IDKey(k.ID))
}

// keysOnScreenshot is what Named finds a screenshot by.
func keysOnScreenshot(s *Screenshot) []string {
	names := make([]string, len(s.KeyIDs))
	for i, id := range s.KeyIDs {
		names[i] = IDKey(id)
	}
	return names
}

// takeOffScreenshots removes a key from every screenshot that it is on.
func (tx *Tx) takeOffScreenshots(k *Key) {
	for _, old := range tx.ScreenshotsOf(k) {
		s := *old
		s.KeyIDs = slices.DeleteFunc(slices.Clone(old.KeyIDs), func(id int64) bool { return id == k.ID })
		tx.Screenshots.Put(tx, &s)
	}
}
