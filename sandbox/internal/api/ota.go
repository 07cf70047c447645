package api

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"github.com/golokalise/lokalise/sandbox/internal/journal"
	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// The over-the-air API has a host, credentials and errors of its own. Here it
// shares the address, and differs from dispatch.go in what is in this file.

// frameworks are the documented ones.
var frameworks = []string{"ios_sdk", "android_sdk", "flutter_sdk"}

// otaError is an error in a form that the over-the-air API alone has. It has
// statusCode and error (recorded for 404) or errorCode (documented).
type otaError struct {
	Message   string `json:"message"`
	Status    int    `json:"statusCode,omitzero"`
	Kind      string `json:"error,omitzero"`
	ErrorCode string `json:"errorCode,omitzero"`
	status    int
}

func (e *otaError) Error() string { return strconv.Itoa(e.status) + " " + e.Message }

// The recorded error is the one about a project; all others are assumed to be
// of its form, but for the expired token, whose code is documented.
func otaFailure(status int, kind, message string) *otaError {
	return &otaError{Message: message, Status: status, Kind: kind, status: status}
}

func otaNotFound(what string) *otaError {
	return otaFailure(http.StatusNotFound, "ENTITY_NOT_FOUND", what+" not found")
}

func otaInvalid(message string) *otaError {
	return otaFailure(http.StatusBadRequest, "BAD_REQUEST", message)
}

var (
	errOTAUnauthorized = otaFailure(http.StatusUnauthorized, "UNAUTHORIZED", "Unauthorized")
	errOTAForbidden    = otaFailure(http.StatusForbidden, "FORBIDDEN", "Forbidden")
	errOTAExpired      = &otaError{Message: "Token expired", ErrorCode: "002_TOKEN_EXPIRED", status: http.StatusUnauthorized}
)

// inOTAForm is an error of the sandbox's other parts as the over-the-air API
// would write it.
func inOTAForm(err error) error {
	var e *Error
	if !errors.As(err, &e) {
		return err
	}
	kind := strings.ToUpper(strings.ReplaceAll(http.StatusText(e.Status), " ", "_"))
	if e.Status == http.StatusNotFound {
		kind = "ENTITY_NOT_FOUND"
	}
	return otaFailure(e.Status, kind, e.Message)
}

// write answers with the error.
func (e *otaError) write(w http.ResponseWriter) {
	data, err := json.Marshal(e, permissive)
	if err != nil {
		http.Error(w, http.StatusText(e.status), e.status)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(e.status)
	_, _ = w.Write(data) // the client went away: nobody is left to tell
}

// otaArchive is the operation that apps use, with a credential of their own.
const otaArchive = "ota.bundle_archives.get"

// authenticateOTA finds out whom a request acts for, and that its credential is
// one for the project of the path.
func (s *Server) authenticateOTA(c *call) error {
	id, _, _ := strings.Cut(c.params["project_id"], ":") // bundles know no branches
	c.project = projectRef{id: id}
	if c.op.ID == otaArchive {
		return s.authenticateApp(c)
	}
	token, bearer := credential(c.request.Header)
	if token == "" || !bearer {
		if token != "" {
			c.record.Credential = journal.CredentialUnknown
			c.record.Note("This path takes a service token as Authorization: Bearer, and no X-Api-Token.")
		}
		return errOTAUnauthorized
	}
	w, claims, err := verifyServiceToken(s.universe, token, s.clock.Now())
	if err != nil {
		c.record.Credential = journal.CredentialUnknown
		if _, _, before := verifyServiceToken(s.universe, token, time.Unix(0, 0)); before == nil {
			c.record.Note("The service token had expired on the sandbox's clock.")
			return errOTAExpired
		}
		return errOTAUnauthorized
	}
	c.become(identity{world: w, userID: claims.UserID})
	c.record.Credential = journal.CredentialService
	if claims.ProjectID != c.project.id {
		c.record.Note("The service token is for another project.")
		return otaNotFound("Project")
	}
	return nil
}

// authenticateApp reads the token of an app. That a new one may be refused for
// a minute, as official manuals say, is left out.
func (s *Server) authenticateApp(c *call) error {
	token := c.request.Header.Get("X-Ota-Api-Token")
	w, projectID := s.universe.OTATokenProject(token)
	if token == "" || w == nil {
		c.record.Credential = journal.CredentialUnknown
		return errOTAUnauthorized
	}
	c.who = identity{world: w}
	c.record.World, c.record.Credential = w.Name, journal.CredentialApp
	if projectID != c.project.id {
		c.record.Note("The token is for another project.")
		return otaNotFound("Project")
	}
	return nil
}

// otaProject finds the project of the path, for a token whose user may still
// manage it.
func (c *call) otaProject(tx *state.Tx) (*state.Project, error) {
	p := tx.Projects.Get("", c.project.id)
	if p == nil {
		return nil, otaNotFound("Project")
	}
	if team, there := c.params["team_id"]; there && team != state.IDKey(p.TeamID) {
		return nil, otaNotFound("Project")
	}
	if c.op.ID != otaArchive && !canReach(tx, p, c.who.userID) {
		c.record.Note("The user of the service token is no admin of the project any more.")
		return nil, errOTAForbidden
	}
	return p, nil
}

type otaData struct {
	Data any `json:"data"`
}

// otaView and otaUpdate answer with what fn makes, under data.

func (c *call) otaView(fn func(tx *state.Tx, p *state.Project) (any, error)) (answer any, err error) {
	err = c.who.world.View(func(tx *state.Tx) error {
		answer, err = c.otaDo(tx, fn)
		return err
	})
	return answer, err
}

func (c *call) otaUpdate(fn func(tx *state.Tx, p *state.Project) (any, error)) (answer any, err error) {
	err = c.who.world.Update(func(tx *state.Tx) error {
		answer, err = c.otaDo(tx, fn)
		return err
	})
	return answer, err
}

func (c *call) otaDo(tx *state.Tx, fn func(tx *state.Tx, p *state.Project) (any, error)) (any, error) {
	p, err := c.otaProject(tx)
	if err != nil {
		return nil, err
	}
	made, err := fn(tx, p)
	if _, empty := made.(noContent); empty || err != nil {
		return made, err
	}
	return otaData{made}, nil
}

// otaID reads an id of the path. What is none belongs to nothing.
func (c *call) otaID(name string) int64 {
	id, _ := strconv.ParseInt(c.params[name], 10, 64)
	return id
}

// otaTime is a time as the over-the-air API writes it (recorded).
func otaTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// framework reads a framework; name says where it stands, for the error.
func framework(text, name string) (string, error) {
	if !slices.Contains(frameworks, text) {
		return "", otaInvalid(name + " must be one of the following values: " + strings.Join(frameworks, ", "))
	}
	return text, nil
}

// serveOTA is serve for the over-the-air API.
func (s *Server) serveOTA(w http.ResponseWriter, c *call, ep endpoint) (any, error) {
	if err := s.authenticateOTA(c); err != nil {
		return nil, err
	}
	if err := c.readBody(w); err != nil {
		return nil, inOTAForm(err)
	}
	release, err := s.limiter.enter(c)
	if err != nil {
		return nil, inOTAForm(err)
	}
	defer release()
	if c.fault = s.hit(c); c.fault.Before(c.request.Context()) {
		return nil, nil //nolint:nilnil // the fault is the answer
	}
	answer, err := ep.handle(c)
	return answer, inOTAForm(err)
}
