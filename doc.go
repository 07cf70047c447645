// Package lokalise is a client for the Lokalise API.
package lokalise
