package api

import (
	"compress/gzip"
	"net/http"
	"strings"
	"sync"

	"github.com/go-json-experiment/json"
)

// noContent is what a handler returns for an answer without a body.
type noContent struct{}

// withStatus is what a handler returns whose answer has another status than
// the operation's own.
type withStatus struct {
	status int
	body   any
}

// writeBody writes the answer of a success.
func writeBody(w http.ResponseWriter, c *call, status int, body any) {
	if other, ok := body.(withStatus); ok {
		status, body = other.status, other.body
	}
	if _, empty := body.(noContent); empty {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	data, err := json.Marshal(body, permissive)
	if err != nil {
		c.record.Note("The sandbox has a defect here: " + err.Error())
		WriteError(w, http.StatusInternalServerError, "Internal Server Error")
		return
	}
	w.Header().Set("Content-Type", "application/json")
	if len(data) < worthCompressing || !accepts(c.request, "gzip") {
		w.WriteHeader(status)
		_, _ = w.Write(data) // the client went away: nobody is left to tell
		return
	}
	writeCompressed(w, status, data)
}

// worthCompressing is the size in bytes below which gzip gains nothing.
const worthCompressing = 1 << 10

// accepts tells whether the client takes an encoding. Weights are not looked
// at beyond a plain refusal.
func accepts(r *http.Request, encoding string) bool {
	for _, value := range r.Header.Values("Accept-Encoding") {
		for part := range strings.SplitSeq(value, ",") {
			name, weight, _ := strings.Cut(strings.TrimSpace(part), ";")
			if strings.EqualFold(name, encoding) {
				return strings.ReplaceAll(weight, " ", "") != "q=0"
			}
		}
	}
	return false
}

var compressors = sync.Pool{New: func() any {
	zw, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed) // the level is a valid one
	return zw
}}

// writeCompressed sends the data with gzip, as the real service does when it is
// asked to (recorded).
func writeCompressed(w http.ResponseWriter, status int, data []byte) {
	zw, _ := compressors.Get().(*gzip.Writer)
	defer compressors.Put(zw)
	w.Header().Set("Content-Encoding", "gzip")
	w.Header().Add("Vary", "Accept-Encoding")
	w.WriteHeader(status)
	zw.Reset(w)
	_, _ = zw.Write(data) // as above
	_ = zw.Close()
}
