module github.com/golokalise/lokalise/sandbox/formats

go 1.26.0

require (
	github.com/golokalise/lokalise v0.0.0
	go.yaml.in/yaml/v3 v3.0.6
)

require github.com/go-json-experiment/json v1.27.2 // indirect

replace github.com/golokalise/lokalise => ../..
