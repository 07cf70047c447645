package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/golokalise/lokalise/sandbox/internal/api"
	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// controlPath is the root of the control plane.
const controlPath = "/_sandbox/"

func isControl(path string) bool { return strings.HasPrefix(path, controlPath) }

// maxControlBody bounds what a write to the control plane may send, in bytes.
const maxControlBody = 64 << 10

// addControl mounts the control plane.
func (s *Server) addControl(mux *http.ServeMux) {
	mux.HandleFunc("GET /_sandbox/health", s.getHealth)
	mux.HandleFunc("GET /_sandbox/credentials", s.getCredentials)
	mux.HandleFunc("GET /_sandbox/clock", s.getClock)
	mux.HandleFunc("POST /_sandbox/clock", s.postClock)
	mux.HandleFunc("POST /_sandbox/authorize", s.postAuthorize)
	mux.HandleFunc("GET /_sandbox/journal", s.getJournal)
	mux.HandleFunc("POST /_sandbox/reset", s.postReset)
	mux.HandleFunc("POST /_sandbox/worlds", s.postWorlds)
	mux.HandleFunc(controlPath, func(w http.ResponseWriter, r *http.Request) {
		writeControlError(w, http.StatusNotFound, "The control plane has no "+r.Method+" "+r.URL.Path+".")
	})
}

// controlOnly lets nothing on the web use the control plane through a visitor's
// browser: no foreign Origin, and writes as application/json only, which a page
// elsewhere cannot send without asking first.
func controlOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case foreignOrigin(r):
			writeControlError(w, http.StatusForbidden, "The control plane takes no requests from other sites.")
		case r.Method != http.MethodGet && r.Method != http.MethodHead && !isJSON(r):
			writeControlError(w, http.StatusUnsupportedMediaType, "Writes to the control plane are sent as application/json.")
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// foreignOrigin tells whether a browser sent the request for a page that is not
// the sandbox's own. Following a link is no such request.
func foreignOrigin(r *http.Request) bool {
	if origin := r.Header.Get("Origin"); origin != "" {
		u, err := url.Parse(origin)
		return err != nil || !strings.EqualFold(u.Host, r.Host)
	}
	site := r.Header.Get("Sec-Fetch-Site")
	navigation := r.Method == http.MethodGet && r.Header.Get("Sec-Fetch-Mode") == "navigate"
	return site != "" && site != "same-origin" && site != "none" && !navigation
}

func isJSON(r *http.Request) bool {
	mediaType, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return err == nil && mediaType == "application/json"
}

// readControl decodes a body. Unknown members are refused: a misspelled one
// would silently do something else.
func readControl(w http.ResponseWriter, r *http.Request, into any) bool {
	dec := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxControlBody))
	dec.DisallowUnknownFields()
	err := dec.Decode(into)
	if err == nil && dec.More() {
		err = errors.New("there is something after the JSON object")
	}
	if err != nil {
		writeControlError(w, http.StatusBadRequest, "The body cannot be used: "+err.Error()+".")
		return false
	}
	return true
}

func writeControl(w http.ResponseWriter, status int, body any) {
	data, err := json.Marshal(body)
	if err != nil {
		writeControlError(w, http.StatusInternalServerError, "The sandbox could not write its answer.")
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(append(data, '\n')) // the client went away: nobody is left to tell
}

func writeControlError(w http.ResponseWriter, status int, message string) {
	w.Header().Set("Cache-Control", "no-store")
	api.WriteError(w, status, message)
}

func (s *Server) getHealth(w http.ResponseWriter, _ *http.Request) {
	writeControl(w, http.StatusOK, map[string]string{"status": "ok"})
}

// located are credentials with the address they are good at.
type located struct {
	URL string `json:"url"`
	Credentials
}

func (s *Server) getCredentials(w http.ResponseWriter, r *http.Request) {
	writeControl(w, http.StatusOK, located{baseURL(r), s.Credentials()})
}

func (s *Server) postWorlds(w http.ResponseWriter, r *http.Request) {
	var body struct{}
	if readControl(w, r, &body) {
		writeControl(w, http.StatusCreated, located{baseURL(r), s.NewWorld()})
	}
}

// postReset resets every world, or the one that a client ID leads into.
func (s *Server) postReset(w http.ResponseWriter, r *http.Request) {
	var body struct {
		ClientID string `json:"client_id"`
	}
	if !readControl(w, r, &body) {
		return
	}
	if body.ClientID == "" {
		s.Reset()
		writeControl(w, http.StatusOK, map[string]bool{"reset": true})
		return
	}
	var world *state.World
	var found bool
	if _, world, found = s.universe.Client(body.ClientID); !found {
		writeControlError(w, http.StatusNotFound, "No client has this client_id.")
		return
	}
	s.resetWorld(world)
	writeControl(w, http.StatusOK, map[string]bool{"reset": true})
}

func (s *Server) postAuthorize(w http.ResponseWriter, r *http.Request) {
	var body struct {
		URL   string `json:"url"`
		User  string `json:"user"`
		Allow *bool  `json:"allow"`
	}
	if !readControl(w, r, &body) {
		return
	}
	if body.URL == "" || body.Allow == nil {
		writeControlError(w, http.StatusBadRequest, `The body needs "url", the authorization URL, and "allow", true or false.`)
		return
	}
	redirectTo, err := s.authorize(body.URL, AuthorizeOptions{User: body.User, Deny: !*body.Allow}, baseURL(r))
	if err != nil {
		writeControlError(w, http.StatusBadRequest, strings.TrimPrefix(err.Error(), "sandbox: authorize: "))
		return
	}
	writeControl(w, http.StatusOK, map[string]string{"redirect_to": redirectTo})
}

// getJournal lists the entries after the number in the query's "after".
func (s *Server) getJournal(w http.ResponseWriter, r *http.Request) {
	var after uint64
	if text := r.URL.Query().Get("after"); text != "" {
		var err error
		if after, err = strconv.ParseUint(text, 10, 64); err != nil {
			writeControlError(w, http.StatusBadRequest, `"after" is the id of an entry.`)
			return
		}
	}
	writeControl(w, http.StatusOK, struct {
		Entries []Entry `json:"entries"`
	}{s.journalAfter(after)})
}

// clockState is the clock in the control plane's words.
type clockState struct {
	Now          time.Time `json:"now"`
	AheadSeconds float64   `json:"ahead_seconds"` // of the machine's clock
	Frozen       bool      `json:"frozen"`
}

func (s *Server) getClock(w http.ResponseWriter, _ *http.Request) { s.writeClock(w) }

func (s *Server) writeClock(w http.ResponseWriter) {
	writeControl(w, http.StatusOK, clockState{Now: s.clock.Now(), AheadSeconds: s.clock.Ahead().Seconds(), Frozen: s.clock.Frozen()})
}

// postClock moves the clock, freezes it or lets it run. Freezing comes first
// when both are asked for, so that the time is the one that was asked for.
func (s *Server) postClock(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Advance duration `json:"advance"`
		Freeze  *bool    `json:"freeze"`
	}
	if !readControl(w, r, &body) {
		return
	}
	if body.Advance < 0 {
		writeControlError(w, http.StatusBadRequest, "The clock only moves forward.")
		return
	}
	if body.Freeze != nil {
		if *body.Freeze {
			s.clock.Freeze()
		} else {
			s.clock.Resume()
		}
	}
	s.clock.Advance(time.Duration(body.Advance))
	s.writeClock(w)
}

// duration is seconds as a number, or text such as "1h30m".
type duration time.Duration

// maxDuration keeps the clock within what dates can be written of.
const maxDuration = 100 * 365 * 24 * time.Hour

// UnmarshalJSON implements json.Unmarshaler.
func (d *duration) UnmarshalJSON(data []byte) error {
	var seconds float64
	if err := json.Unmarshal(data, &seconds); err == nil {
		if seconds > maxDuration.Seconds() || seconds < 0 {
			return errors.New("advance is out of range")
		}
		*d = duration(seconds * float64(time.Second))
		return nil
	}
	var text string
	if err := json.Unmarshal(data, &text); err != nil {
		return errors.New(`advance is a number of seconds, or text such as "1h30m"`)
	}
	parsed, err := time.ParseDuration(text)
	if err != nil || parsed > maxDuration {
		return fmt.Errorf("advance %.40q is no duration such as \"1h30m\"", text)
	}
	*d = duration(parsed)
	return nil
}
