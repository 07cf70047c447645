// Package sandbox is a Lokalise that runs on your machine.
package sandbox
