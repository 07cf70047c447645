module github.com/golokalise/lokalise/internal/bench

go 1.26.0

require (
	github.com/go-json-experiment/json v1.27.2
	github.com/golokalise/lokalise v0.0.0
)

require (
	golang.org/x/oauth2 v0.37.0
	golang.org/x/time v0.16.0 // indirect
)

replace github.com/golokalise/lokalise => ../..
