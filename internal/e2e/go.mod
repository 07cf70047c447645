module github.com/golokalise/lokalise/internal/e2e

go 1.26.0

require (
	github.com/golokalise/lokalise v0.0.0-00010101000000-000000000000
	github.com/rogpeppe/go-internal v1.16.0
)

require github.com/go-json-experiment/json v1.27.2 // indirect

replace github.com/golokalise/lokalise => ../..
