// Package webhook receives what Lokalise sends to a webhook of a project.
//
// A [Handler] is an http.Handler. It checks the secret, answers the ping that
// Lokalise sends when a webhook is set up, and hands each event to the
// functions registered for it:
//
//	h, err := webhook.New(webhook.Config{Secrets: []string{secret}})
//	webhook.On(h, func(ctx context.Context, d *webhook.Delivery, e *webhook.ProjectImported) error {
//		return enqueue(ctx, e.Project.ID, e.Import.Filename)
//	})
//	http.Handle("POST /lokalise", h)
//
// # What to answer
//
// Lokalise takes any 2xx as delivered. After anything else it sends the event
// again, first after about a minute and for up to 24 hours
// (https://developers.lokalise.com/docs/webhooks-guide). So a function returns
// an error when, and only when, it wants the event again; the handler then
// answers 500. How long Lokalise waits for an answer is not documented: put
// work that takes long into a queue of your own, and return.
//
// # Authenticity
//
// Lokalise does not sign deliveries. It sends the webhook's secret as it is, in
// a header, which the handler compares in constant time. Serve the handler over
// HTTPS only, since whoever reads one delivery can make others.
//
// # Repetition
//
// Deliveries have no number. Where an event must not be handled twice, give the
// handler a [Deduplicator]; equal deliveries of one webhook have the same
// [Delivery.Key].
//
// The payloads rest on the declarations of the official Node SDK and on the
// documentation; what an event carries beyond them is in [Delivery.Body].
package webhook
