package sandbox

import (
	"encoding/json"
	"net/http"
	"strconv"
	"time"
)

// addFaultControl mounts the part of the control plane that is about faults.
func (s *Server) addFaultControl(p *controlPlane) {
	p.handle("GET /_sandbox/faults", s.getFaults, ofWorld...)
	p.handle("POST /_sandbox/faults", s.postFaults)
	p.handle("DELETE /_sandbox/faults", s.deleteFaults, ofWorld...)
	p.handle("DELETE /_sandbox/faults/{id}", s.deleteFault)
}

// faultBody is a fault in the control plane's words.
type faultBody struct {
	Name          string      `json:"name"`
	Operation     string      `json:"operation"`
	World         string      `json:"world,omitempty"`
	User          string      `json:"user,omitempty"`
	Project       string      `json:"project,omitempty"`
	Grant         int64       `json:"grant,omitempty"`
	Credential    string      `json:"credential,omitempty"`
	Skip          int         `json:"skip,omitempty"`
	Times         int         `json:"times,omitempty"`
	Probability   float64     `json:"probability,omitempty"`
	Seed          uint64      `json:"seed,omitempty"`
	After         bool        `json:"after,omitempty"`
	Delay         span        `json:"delay,omitempty"` // seconds
	Status        int         `json:"status,omitempty"`
	Message       string      `json:"message,omitempty"`
	Body          string      `json:"body,omitempty"`
	ContentType   string      `json:"content_type,omitempty"`
	Header        headerNames `json:"header,omitempty"`
	NoRateHeaders bool        `json:"no_rate_headers,omitempty"`
	Reset         bool        `json:"reset,omitempty"`
	Truncate      bool        `json:"truncate,omitempty"`
	Malformed     bool        `json:"malformed,omitempty"`
	ProxyPage     bool        `json:"proxy_page,omitempty"`
}

// headerNames has one value for each name.
type headerNames map[string]string

// UnmarshalJSON implements json.Unmarshaler.
func (b *faultBody) UnmarshalJSON(data []byte) error {
	return members{
		"name": &b.Name, "operation": &b.Operation,
		"world": &b.World, "user": &b.User, "project": &b.Project, "grant": &b.Grant, "credential": &b.Credential,
		"skip": &b.Skip, "times": &b.Times, "probability": &b.Probability, "seed": &b.Seed,
		"after": &b.After, "delay": &b.Delay, "status": &b.Status, "message": &b.Message, "body": &b.Body,
		"content_type": &b.ContentType, "header": &b.Header, "no_rate_headers": &b.NoRateHeaders,
		"reset": &b.Reset, "truncate": &b.Truncate, "malformed": &b.Malformed, "proxy_page": &b.ProxyPage,
	}.UnmarshalJSON(data)
}

func (b faultBody) fault() Fault {
	header := http.Header{}
	for name, value := range b.Header {
		header[http.CanonicalHeaderKey(name)] = []string{value}
	}
	return Fault{
		Name: b.Name, Operation: b.Operation,
		World: b.World, User: b.User, Project: b.Project, Grant: b.Grant, Credential: b.Credential,
		Skip: b.Skip, Times: b.Times, Probability: b.Probability, Seed: b.Seed,
		After: b.After, Delay: time.Duration(b.Delay), Status: b.Status, Message: b.Message, Body: b.Body,
		ContentType: b.ContentType, Header: header, NoRateHeaders: b.NoRateHeaders,
		Reset: b.Reset, Truncate: b.Truncate, Malformed: b.Malformed, ProxyPage: b.ProxyPage,
	}
}

// injectedBody is a fault and what it has done. What was put into it is the
// caller's, so that a secret in it is masked.
type injectedBody struct {
	ID    int64     `json:"id"`
	Fault faultBody `json:"fault"`
	Seen  int       `json:"seen"`
	Hit   int       `json:"hit"`
	Spent bool      `json:"spent"`
}

func (s *Server) injectedView(i InjectedFault) injectedBody {
	f, mask := i.Fault, s.mask().Text
	header := headerNames{}
	for name, values := range s.mask().Header(f.Header) {
		header[name] = values[0]
	}
	return injectedBody{i.ID, faultBody{
		Name: mask(f.Name), Operation: f.Operation,
		World: f.World, User: mask(f.User), Project: mask(f.Project), Grant: f.Grant, Credential: f.Credential,
		Skip: f.Skip, Times: f.Times, Probability: f.Probability, Seed: f.Seed,
		After: f.After, Delay: span(f.Delay), Status: f.Status, Message: mask(f.Message), Body: mask(f.Body),
		ContentType: mask(f.ContentType), Header: header, NoRateHeaders: f.NoRateHeaders,
		Reset: f.Reset, Truncate: f.Truncate, Malformed: f.Malformed, ProxyPage: f.ProxyPage,
	}, i.Seen, i.Hit, i.Spent}
}

// getFaults lists the faults, or those that requests of a world can meet.
func (s *Server) getFaults(w http.ResponseWriter, r *http.Request) {
	world, ok := s.worldOfQuery(w, r)
	if !ok {
		return
	}
	list := []injectedBody{}
	for _, f := range s.Faults() {
		if world == nil || f.Fault.World == "" || f.Fault.World == world.Name {
			list = append(list, s.injectedView(f))
		}
	}
	writeControl(w, http.StatusOK, struct {
		Faults []injectedBody `json:"faults"`
	}{list})
}

// faultList is one fault, or several in a list.
type faultList []faultBody

// UnmarshalJSON implements json.Unmarshaler.
func (l *faultList) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '[' {
		var list []faultBody
		err := json.Unmarshal(data, &list)
		*l = list
		return err
	}
	var one faultBody
	err := one.UnmarshalJSON(data)
	*l = faultList{one}
	return err
}

// postFaults adds the fault, or the list of faults, in the body.
func (s *Server) postFaults(w http.ResponseWriter, r *http.Request) {
	var body faultList
	if !readControl(w, r, &body) {
		return
	}
	list := make([]Fault, len(body))
	for i, b := range body {
		list[i] = b.fault()
	}
	if len(list) == 0 {
		writeControlError(w, http.StatusBadRequest, "The body is a fault, or a list of faults, and has at least an operation and what happens to it.")
		return
	}
	ids, err := s.inject(list)
	if err != nil {
		writeControlError(w, http.StatusBadRequest, "The fault cannot be used: "+s.mask().Text(stopped(err.Error())))
		return
	}
	writeControl(w, http.StatusCreated, map[string][]int64{"ids": ids})
}

// deleteFaults removes the faults, or those of one world: what is for all
// worlds stays then.
func (s *Server) deleteFaults(w http.ResponseWriter, r *http.Request) {
	var body struct{}
	world, ok := s.worldOfQuery(w, r)
	if !ok || !readControl(w, r, &body) {
		return
	}
	removed := 0
	if world == nil {
		removed = s.ClearFaults()
	} else {
		removed = s.forgetFaults(world)
	}
	writeControl(w, http.StatusOK, map[string]int{"removed": removed})
}

func (s *Server) deleteFault(w http.ResponseWriter, r *http.Request) {
	var body struct{}
	if !readControl(w, r, &body) {
		return
	}
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil || s.ClearFaults(id) == 0 {
		writeControlError(w, http.StatusNotFound, "There is no such fault; GET /_sandbox/faults lists them.")
		return
	}
	writeControl(w, http.StatusOK, map[string]int{"removed": 1})
}
