// Package seed describes what a sandbox begins with: users, teams and projects
// with their keys, in Go or as a JSON file. Schema is the JSON Schema of such
// files.
//
//	{
//	  "version": 1,
//	  "projects": [{
//	    "name": "Shop",
//	    "languages": ["en", "de"],
//	    "keys": [{"name": "cart.empty", "translations": {"en": "Your cart is empty"}}],
//	    "generate": {"keys": 100000}
//	  }]
//	}
//
// Two sandboxes with the same seed give the same answers, ids and dates
// included; what "generate" makes follows from its numbers alone.
//
// The package knows neither sandbox nor Lokalise; sandbox.WithSeed and
// World.Seed put a seed in.
package seed
