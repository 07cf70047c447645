// Package lokalise is a client for the Lokalise API.
package lokalise

//go:generate go run ./internal/modelgen
