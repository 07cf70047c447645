package stub

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
)

// uploadProcess is the id of the process that every upload starts.
const uploadProcess = "5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed"

// process is the answer about the upload's process, in a given state.
func process(project int, status, details string) []byte {
	return fmt.Appendf(nil, `{"project_id":%q,"branch":"main","process":{"process_id":%q,"type":"file-import","status":%q,`+
		`"message":"","created_by":20001,"created_by_email":"user1@example.com",`+
		`"created_at":"2023-11-14 22:13:20 (Etc/UTC)","created_at_timestamp":1700000000%s}}`,
		ProjectID(project), uploadProcess, status, details)
}

func (s *Server) upload(w http.ResponseWriter, r *http.Request) {
	project, ok := s.index(w, r)
	if !ok {
		return
	}
	read := s.discard
	if s.options.Verify {
		read = s.checksum
	}
	if err := read(r.Body); err != nil {
		s.fail(w, http.StatusBadRequest, err.Error())
		return
	}
	w.Header().Set("Location", "/api2/projects/"+ProjectID(project)+"/processes/"+uploadProcess)
	s.send(w, http.StatusAccepted, process(project, "queued", ""))
}

// discard counts the body and throws it away.
func (s *Server) discard(body io.Reader) error {
	n, err := io.CopyBuffer(struct{ io.Writer }{io.Discard}, body, make([]byte, 256<<10))
	s.uploaded.Add(n)
	return err
}

// checksum decodes the body as the API would and keeps the file's checksum.
func (s *Server) checksum(body io.Reader) error {
	var n counter
	var request struct {
		Data     string `json:"data"`
		Filename string `json:"filename"`
		LangISO  string `json:"lang_iso"`
	}
	if err := json.NewDecoder(io.TeeReader(body, &n)).Decode(&request); err != nil {
		return err
	}
	if request.Filename == "" || request.LangISO == "" {
		return fmt.Errorf("Invalid `filename` or `lang_iso` parameter") //nolint:staticcheck // ST1005: the API's own words
	}
	file, err := base64.StdEncoding.DecodeString(request.Data)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(file)
	text := hex.EncodeToString(sum[:])
	s.uploadSum.Store(&text)
	s.uploaded.Add(int64(n))
	return nil
}

func (s *Server) getProcess(w http.ResponseWriter, r *http.Request) {
	project, ok := s.index(w, r)
	if !ok {
		return
	}
	if r.PathValue("process") != uploadProcess {
		s.fail(w, http.StatusNotFound, "Not Found")
		return
	}
	s.send(w, http.StatusOK, process(project, "finished", `,"details":{"files":[{"status":"finished","message":"",`+
		`"name_original":"messages.json","name_custom":null,"word_count_total":8,"key_count_total":1,`+
		`"key_count_inserted":1,"key_count_updated":0,"key_count_skipped":0}]}`))
}

func (s *Server) download(w http.ResponseWriter, r *http.Request) {
	project, ok := s.index(w, r)
	if !ok {
		return
	}
	s.send(w, http.StatusOK, fmt.Appendf(nil, `{"project_id":%q,"branch":"main","bundle_url":"http://%s/bundles/%s"}`,
		ProjectID(project), r.Host, ProjectID(project)))
}

func (s *Server) sendBundle(w http.ResponseWriter, r *http.Request) {
	project, ok := s.index(w, r)
	if !ok {
		return
	}
	b, err := s.bundle(project)
	if err != nil {
		s.fail(w, http.StatusInternalServerError, err.Error())
		return
	}
	w.Header().Set("Content-Type", "application/zip")
	w.Header().Set("Content-Length", strconv.FormatInt(b.size, 10))
	_ = b.writeTo(w) // the reader went away: nothing to tell anybody
}
