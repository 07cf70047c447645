package stub

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
)

// page is the part of a list that a request asks for.
type page struct {
	limit, number int
	first, n      int
}

// pageOf reads limit and page, with the API's defaults.
func pageOf(q url.Values, total int) (page, error) {
	p := page{limit: 100, number: 1}
	for name, value := range map[string]*int{"limit": &p.limit, "page": &p.number} {
		if !q.Has(name) {
			continue
		}
		n, err := strconv.Atoi(q.Get(name))
		if err != nil || n < 1 || (name == "limit" && n > 5000) {
			return p, fmt.Errorf("Invalid `%s` parameter", name) //nolint:staticcheck // ST1005: the API's own words
		}
		*value = n
	}
	p.first = min((p.number-1)*p.limit, total)
	p.n = min(p.limit, total-p.first)
	return p, nil
}

// writeHeaders says where in the list the page stands.
func (p page) writeHeaders(h http.Header, total int) {
	h["X-Pagination-Total-Count"] = []string{strconv.Itoa(total)}
	h["X-Pagination-Page-Count"] = []string{strconv.Itoa((total + p.limit - 1) / p.limit)}
	h["X-Pagination-Limit"] = []string{strconv.Itoa(p.limit)}
	h["X-Pagination-Page"] = []string{strconv.Itoa(p.number)}
}

func (s *Server) listProjects(w http.ResponseWriter, r *http.Request) {
	p, err := pageOf(r.URL.Query(), ProjectCount)
	if err != nil {
		s.fail(w, http.StatusBadRequest, err.Error())
		return
	}
	body, known := s.projects.Load(p)
	if !known {
		body, _ = s.projects.LoadOrStore(p, projectList(p.first, p.n))
	}
	p.writeHeaders(w.Header(), ProjectCount)
	s.send(w, http.StatusOK, body.([]byte))
}

func (s *Server) getProject(w http.ResponseWriter, r *http.Request) {
	if i, ok := s.index(w, r); ok {
		s.send(w, http.StatusOK, s.projectBody[i])
	}
}

func (s *Server) listKeys(w http.ResponseWriter, r *http.Request) {
	project, ok := s.index(w, r)
	if !ok {
		return
	}
	q, total := r.URL.Query(), keyCount(project)
	p, err := pageOf(q, total)
	if err == nil && q.Get("pagination") == "cursor" {
		p.first, err = cursorPosition(q.Get("cursor"))
		p.first = min(p.first, total)
		p.n = min(p.limit, total-p.first)
	}
	if err != nil {
		s.fail(w, http.StatusBadRequest, err.Error())
		return
	}
	if q.Get("pagination") == "cursor" {
		w.Header()["X-Pagination-Limit"] = []string{strconv.Itoa(p.limit)}
		if next := p.first + p.n; next < total {
			w.Header()["X-Pagination-Next-Cursor"] = []string{cursorAt(next)}
		}
	} else {
		p.writeHeaders(w.Header(), total)
	}
	s.sendKeys(w, project, p, q.Get("include_translations") == "1")
}

// sendKeys renders the page into a buffer that is used again.
func (s *Server) sendKeys(w http.ResponseWriter, project int, p page, translations bool) {
	buffer := s.pages.Get().(*[]byte)
	defer s.pages.Put(buffer)
	body := fmt.Appendf((*buffer)[:0], `{"project_id":%q,"keys":[`, ProjectID(project))
	body = s.keys(translations).appendKeys(body, p.first, p.n)
	*buffer = append(body, `]}`...)
	s.send(w, http.StatusOK, *buffer)
}

// cursorAt is the cursor of the page that starts with key number first. Real
// ones are base64 of a small JSON object with the last id.
func cursorAt(first int) string {
	return base64.StdEncoding.EncodeToString(fmt.Appendf(nil, `{"1":%d}`, firstKeyID+first-1))
}

// cursorPosition is the number of the key that a cursor points behind.
func cursorPosition(cursor string) (int, error) {
	if cursor == "" {
		return 0, nil
	}
	var last int
	text, err := base64.StdEncoding.DecodeString(cursor)
	if err == nil {
		_, err = fmt.Sscanf(string(text), `{"1":%d}`, &last)
	}
	if err != nil || last < firstKeyID {
		return 0, fmt.Errorf("Invalid `cursor` parameter") //nolint:staticcheck // ST1005: the API's own words
	}
	return last - firstKeyID + 1, nil
}
