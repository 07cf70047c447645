module github.com/golokalise/lokalise/internal/bench

go 1.26.0

require (
	github.com/go-json-experiment/json v1.27.2
	github.com/golokalise/lokalise v0.0.0
)

replace github.com/golokalise/lokalise => ../..
