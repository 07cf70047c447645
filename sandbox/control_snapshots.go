package sandbox

import (
	"errors"
	"net/http"

	"github.com/golokalise/lokalise/sandbox/seed"
)

// snapshotType is the media type of a snapshot file.
const snapshotType = "application/gzip"

// maxSeed bounds a seed file that is sent to the control plane, in bytes.
const maxSeed = 256 << 20

func (w *World) getSnapshot(rw http.ResponseWriter, _ *http.Request) {
	h := rw.Header()
	h.Set("Content-Type", snapshotType)
	h.Set("Content-Disposition", `attachment; filename="`+w.Name()+`.snapshot.gz"`)
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	if err := w.Snapshot(rw); err != nil {
		panic(http.ErrAbortHandler) // the client sees a broken answer, and no snapshot that looks whole
	}
}

// putSnapshot restores a snapshot into a world, which is made if it is not
// there. One that was made for it goes again when the snapshot cannot be used.
func (s *Server) putSnapshot(rw http.ResponseWriter, r *http.Request) {
	world, found := s.World(r.PathValue("name"))
	status := http.StatusOK
	if !found {
		var err error
		if world, err = s.AddWorld(r.PathValue("name")); err != nil {
			writeFailure(rw, err)
			return
		}
		status = http.StatusCreated
	}
	if err := world.Restore(r.Body); err != nil {
		if !found {
			err = errors.Join(err, world.Delete())
		}
		writeFailure(rw, err)
		return
	}
	writeControl(rw, status, world.body(r))
}

func (w *World) postSeed(rw http.ResponseWriter, r *http.Request) {
	err := w.Seed(http.MaxBytesReader(rw, r.Body, maxSeed))
	var bad *seed.Error
	if errors.As(err, &bad) {
		writeControlError(rw, http.StatusBadRequest, "The seed cannot be used: "+bad.Path+": "+bad.Problem+".")
		return
	}
	w.done(rw, "seeded", err)
}
