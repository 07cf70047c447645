package tokens

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/golokalise/lokalise/internal/redact"
	"github.com/golokalise/lokalise/oauth"
)

// stateFormat is the version of the JSON below. Raise it when an older
// manager would misread a newer record, not when a field is added.
const stateFormat = 1

// state is what a record holds once it is opened. All times are absolute, by
// the clock of the process that wrote them.
type state struct {
	Layout int `json:"format"`

	// Connection is drawn anew when the account is connected. A refresh that
	// began in one connection never writes into another.
	Connection string `json:"connection"`

	// Generation counts the tokens stored in this connection, so a process
	// can tell whether another one has refreshed.
	Generation int64 `json:"generation"`

	AccessToken  string                     `json:"access_token"`
	TokenType    string                     `json:"token_type,omitempty"`
	RefreshToken string                     `json:"refresh_token,omitempty"`
	Scopes       []oauth.Scope              `json:"scopes,omitempty"`
	Extra        map[string]json.RawMessage `json:"extra,omitempty"`
	Obtained     time.Time                  `json:"obtained"`
	Expiry       time.Time                  `json:"expiry,omitzero"` // zero: the server did not say

	// RefreshAt is when the token should be refreshed ahead of need.
	RefreshAt time.Time `json:"refresh_at,omitzero"`

	Rotation rotation `json:"rotation,omitempty"`
	Intent   *intent  `json:"intent,omitempty"`

	// Contested says that another process had taken the refresh over when this
	// token was stored: it may have sent the refresh token before this one
	// again, for which a server may revoke the grant.
	Contested bool `json:"contested,omitempty"`

	Health   Health    `json:"health"`
	Reason   Reason    `json:"reason,omitempty"`
	Since    time.Time `json:"since"`
	Failures int       `json:"failures,omitempty"`
	RetryAt  time.Time `json:"retry_at,omitzero"`

	Connected time.Time `json:"connected"`
	LastUsed  time.Time `json:"last_used"`
}

// rotation is what is known about whether the server replaces refresh tokens.
type rotation string

const (
	rotationUnknown rotation = ""       // no refresh answered yet
	rotationNone    rotation = "none"   // answers carried no new refresh token, as Lokalise's are recorded
	rotationSeen    rotation = "rotate" // an answer did
)

// intent is the trace of a refresh that was about to be sent. It stays in the
// record until the outcome is known.
type intent struct {
	ID    string `json:"id"`
	Owner string `json:"owner"`

	// Until is when the owner gives up, by the owner's clock, and Patience
	// how long others watch the intent before they take it for abandoned.
	Until    time.Time     `json:"until"`
	Patience time.Duration `json:"patience"`

	// Lost says that the owner itself got no answer.
	Lost bool `json:"lost,omitempty"`

	// Sends counts the sendings of this refresh token that may have reached
	// the server; Last marks the one further try after an uncertain outcome.
	Sends int  `json:"sends"`
	Last  bool `json:"last,omitempty"`
}

// String names the state without its secrets.
func (s state) String() string {
	return fmt.Sprintf("grant state (generation %d, %s)", s.Generation, s.Health)
}

// Format keeps secrets out of every verb of fmt.
func (s state) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.String()) }

// LogValue keeps secrets out of slog.
func (s state) LogValue() slog.Value { return slog.StringValue(s.String()) }

// mask hides this grant's secrets in a text that somebody else wrote.
func (s state) mask(text string) string {
	return redact.Values(text, s.AccessToken, s.RefreshToken)
}

// masked hides the grant's secrets in what a store says of a write: it may
// quote what it was given.
func (s state) masked(err error) error {
	if e, ok := errors.AsType[*storeError](err); ok {
		e.mask = s.mask
	}
	return err
}

func (s state) encode() ([]byte, error) { return json.Marshal(s) }

func decodeState(data []byte) (state, error) {
	var s state
	if err := json.Unmarshal(data, &s); err != nil {
		// The decoder's message may quote the input, so it is left out.
		return state{}, fmt.Errorf("%w: not a grant", ErrUnreadable)
	}
	if s.Layout != stateFormat {
		return state{}, fmt.Errorf("%w: format %d, this version reads %d", ErrUnreadable, s.Layout, stateFormat)
	}
	return s, nil
}

// setHealth changes how the grant is doing and keeps since when.
func (s *state) setHealth(h Health, r Reason, now time.Time) {
	if s.Health != h || s.Reason != r {
		s.Since = now
	}
	s.Health, s.Reason = h, r
}

// reauth records that the customer has to connect again.
func (s *state) reauth(r Reason, now time.Time) {
	s.setHealth(ReauthRequired, r, now)
	s.Intent, s.RetryAt = nil, time.Time{}
}

// rotates tells whether a refresh token may be used up by a request whose
// answer was lost.
func (s *state) rotates(assume bool) bool {
	return s.Rotation == rotationSeen || s.Rotation == rotationUnknown && assume
}
