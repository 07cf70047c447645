// Package oauth speaks Lokalise's OAuth 2 authorization-code flow.
package oauth
