package api

import (
	"bytes"
	"net/http"
	"path"
	"strings"

	"github.com/golokalise/lokalise/sandbox/internal/journal"
)

// Bundles are not part of the API: the real ones are on a storage host. Their
// paths here are the recorded ones without the storage's bucket.
const (
	bundlePath      = "/files/export/"
	asyncBundlePath = "/export/"
)

// signatureParameter is what makes the address of a bundle good.
const signatureParameter = "X-Amz-Signature"

// IsBundle tells whether a path is one that bundles have.
func IsBundle(path string) bool {
	return strings.HasPrefix(path, bundlePath) || strings.HasPrefix(path, asyncBundlePath)
}

// ServeBundle hands out a bundle, whole or in parts, to whoever knows its
// address: no credential is looked at.
func (s *Server) ServeBundle(w http.ResponseWriter, r *http.Request, rec *journal.Record) {
	if r.Header.Get("X-Api-Token") != "" || r.Header.Get("Authorization") != "" {
		rec.Note("A credential was sent along. Bundles are on a storage host that must not get it.")
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
		return
	}
	b, _ := s.universe.Bundle(r.URL.Path, r.URL.Query().Get(signatureParameter))
	if b == nil {
		rec.Note("There is no bundle at this address, or not any more: its time is over, or newer ones needed the room.")
		refuseBundle(w)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "application/zip")
	h.Set("Etag", `"`+path.Base(path.Dir(b.Path))+path.Base(b.Path)+`"`) // another one for each bundle
	h.Set("X-Content-Type-Options", "nosniff")
	http.ServeContent(w, r, "", b.CreatedAt, bytes.NewReader(b.Data))
}

// refuseBundle answers as storage of this kind does for what is not there: not
// to say whether it ever was.
func refuseBundle(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(http.StatusForbidden)
	const body = `<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>`
	_, _ = w.Write([]byte(body)) // the client went away: nobody is left to tell
}
