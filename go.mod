module github.com/golokalise/lokalise

go 1.26.0

require (
	github.com/go-json-experiment/json v1.27.2
	golang.org/x/sys v0.49.0
	golang.org/x/time v0.16.0
)
