package tokens

// Health is how a grant is doing.
type Health string

const (
	// Healthy means that the last thing tried worked.
	Healthy Health = "healthy"

	// Degraded means that the last refresh failed in a way that may pass. The
	// manager goes on trying; a token that is still valid is still given out.
	Degraded Health = "degraded"

	// ReauthRequired means that the customer has to connect again. The
	// manager sends nothing more for this grant. An access token that is
	// still valid is given out until it ends or is invalidated.
	ReauthRequired Health = "reauth_required"
)

// Reason says why a grant is not healthy.
type Reason string

const (
	// ReasonNone goes with [Healthy].
	ReasonNone Reason = ""

	// ReasonRejected means: the server refused the refresh token. It was revoked,
	// it expired, or somebody else used it.
	ReasonRejected Reason = "rejected"

	// ReasonUncertain means: a refresh was sent, its answer was lost, and the
	// server may have replaced the refresh token. Degraded while the one
	// further try is due, then reauth_required.
	ReasonUncertain Reason = "uncertain"

	// ReasonNoRefreshToken means: the access token ended and the grant never had a
	// refresh token.
	ReasonNoRefreshToken Reason = "no_refresh_token"

	// ReasonMisconfigured means: the server refused the app's own credentials. No
	// grant is lost by that; every grant waits for the operator.
	ReasonMisconfigured Reason = "misconfigured"

	// ReasonRefused means: the server refused the refresh for a reason that says
	// neither that the grant is gone nor that the app is misconfigured.
	ReasonRefused Reason = "refused"

	// ReasonRateLimited means: the server asked for fewer requests.
	ReasonRateLimited Reason = "rate_limited"

	// ReasonUnreachable means: no usable answer came, for now.
	ReasonUnreachable Reason = "unreachable"

	// ReasonStore means: the store failed.
	ReasonStore Reason = "store"

	// ReasonUnreadable means: the stored record cannot be opened: the key is
	// missing, or the record was tampered with.
	ReasonUnreadable Reason = "unreadable"

	// ReasonBusy means: another process was refreshing the grant for too long.
	ReasonBusy Reason = "busy"
)
