package app

import (
	"strings"

	"github.com/golokalise/lokalise/cmd/webapp/internal/activity"
	"github.com/golokalise/lokalise/connect"
	"github.com/golokalise/lokalise/tokens"
)

// reasonTexts say to a person why a grant is not healthy.
var reasonTexts = map[tokens.Reason]string{
	tokens.ReasonRejected:       "Lokalise refused the refresh token: it was revoked, it expired, or somebody else used it.",
	tokens.ReasonUncertain:      "The answer to a refresh was lost, so the refresh token may be used up.",
	tokens.ReasonNoRefreshToken: "The access token has ended, and Lokalise gave no refresh token.",
	tokens.ReasonMisconfigured:  "Lokalise does not accept this app's own credentials. Whoever runs the app has to put that right.",
	tokens.ReasonRefused:        "Lokalise refused the refresh.",
	tokens.ReasonRateLimited:    "Lokalise asked for fewer requests.",
	tokens.ReasonUnreachable:    "The token endpoint gave no usable answer.",
	tokens.ReasonStore:          "The database failed.",
	tokens.ReasonUnreadable:     "The stored grant cannot be opened with this app's keys.",
	tokens.ReasonBusy:           "Another process has been refreshing the grant for too long.",
}

// failureTexts say what happened to an attempt, and what to do.
var failureTexts = map[connect.Reason]string{
	connect.ReasonNotSignedIn:  "You are not signed in here. Sign in, and start again.",
	connect.ReasonCrossOrigin:  "The request came from a page of another site and was refused.",
	connect.ReasonNoAttempt:    "No connection is in progress in this browser. It may be finished already, it took too long, or cookies are blocked.",
	connect.ReasonOtherSession: "You are signed in to another workspace than when you started.",
	connect.ReasonExpired:      "It took more than ten minutes.",
	connect.ReasonReplayed:     "This answer from Lokalise was used already.",
	connect.ReasonCodeRejected: "Lokalise did not accept its own answer, which happens when too much time passes.",
	connect.ReasonUnavailable:  "Lokalise could not be reached. Try again in a while.",
	connect.ReasonStore:        "The grant could not be stored. Try again in a while.",
}

func failureText(reason connect.Reason) string {
	if text, ok := failureTexts[reason]; ok {
		return text
	}
	return "Your Lokalise account was not connected: " + strings.ReplaceAll(string(reason), "_", " ") + "."
}

// Tell returns a function for tokens.Config.OnEvent that writes what happens to
// a workspace's grant into its log.
func Tell(log *activity.Log) func(tokens.Event) {
	return func(e tokens.Event) {
		id, ok := strings.CutPrefix(e.GrantID, grantPrefix)
		if !ok {
			return
		}
		tone, text := eventText(e)
		switch e.Kind {
		case tokens.EventConnected, tokens.EventReconnected, tokens.EventDeleted, tokens.EventMissing:
			log.AddTurn(id, tone, text)
		default:
			log.Add(id, tone, text)
		}
	}
}

func eventText(e tokens.Event) (activity.Tone, string) {
	switch e.Kind {
	case tokens.EventConnected:
		return activity.Good, "Connected: the grant is stored."
	case tokens.EventReconnected:
		return activity.Good, "Connected again: the grant was replaced."
	case tokens.EventDeleted:
		return activity.Plain, "Disconnected: the grant is forgotten."
	case tokens.EventHealth:
		return healthText(e)
	case tokens.EventSaveFailed:
		return activity.Warn, "A new token could not be stored yet. It is kept, and given to nobody until it is."
	case tokens.EventSaved:
		return activity.Good, "The new token is stored after all."
	case tokens.EventMissing:
		return activity.Warn, "The grant is gone from the database: it was disconnected elsewhere."
	case tokens.EventUnreadable:
		return activity.Bad, reasonTexts[tokens.ReasonUnreadable]
	default:
		return activity.Plain, string(e.Kind)
	}
}

func healthText(e tokens.Event) (activity.Tone, string) {
	switch e.To {
	case tokens.Healthy:
		return activity.Good, "Healthy again."
	case tokens.Degraded:
		return activity.Warn, "Degraded. " + reasonTexts[e.Reason]
	default:
		return activity.Bad, "The account has to be connected again. " + reasonTexts[e.Reason]
	}
}
