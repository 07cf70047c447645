# Everything that is done to this repository by hand is a target here; `make`
# alone lists them. Modules are found by their go.mod files, so that a new one
# needs no edit.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# The tools are a module that stays outside go.work and has no tests.
MODULES := $(shell git ls-files --cached --others --exclude-standard -- go.mod '*/go.mod' \
	| grep -v -e ^tools/ -e testdata/ | xargs -n1 dirname | sort -u)

# More flags for go test, such as TESTFLAGS='-run TestRefresh -v'.
TESTFLAGS ?=
# How long each fuzz target runs in `make fuzz`, how many run at most (0: all),
# and a regular expression for their names.
FUZZTIME ?= 30s
FUZZMAX ?= 0
FUZZ ?= .
# Which work `make bench` measures, and how often.
BENCH ?= .
COUNT ?= 6
# The released version that `make apidiff` compares with.
BASE ?= $(shell git describe --tags --abbrev=0 --match 'v*' 2>/dev/null)

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: test
test: ## Run every suite of every module; what cannot run here is a named skip
	@go run ./internal/runtests $(if $(filter true,$(CI)),-no-skip) -flags '$(TESTFLAGS)' $(MODULES)

.PHONY: soak
soak: ## Run a fleet on PostgreSQL and Redis for a minute under each disturbance (docs/reliability.md)
	@cd internal/e2e && FLEET_SECONDS=60 FLEET_GRANTS=200 go test ./fleet -count=1 -v -parallel 1 -timeout 30m | grep -E '^ *(---|fleet_test.go|FAIL|ok|PASS)'

.PHONY: services
services: ## Install and start what the suites use beside Go: Node, Chromium, npm packages, databases
	@scripts/services

.PHONY: bench
bench: bin/benchstat ## Measure beside net/http and the Node SDK, then each package (BENCH=regexp, COUNT=n)
	@go run ./internal/bench/cmd/compare -work '$(BENCH)' -rounds $(COUNT)
	@for module in $(filter-out internal/bench,$(MODULES)); do \
		git -C "$$module" grep -q --untracked '^func Benchmark' -- '*_test.go' || continue; \
		(cd "$$module" && go test -run '^$$' -bench '$(BENCH)' -benchmem -count $(COUNT) ./...); \
	done | tee bench.out
	@bin/benchstat bench.out

.PHONY: fuzz
fuzz: ## Fuzz every fuzz target (FUZZTIME=30s each, FUZZMAX=n of them at most, FUZZ=names)
	@scripts/fuzz $(FUZZTIME) $(FUZZMAX) '$(FUZZ)'

.PHONY: lint
lint: bin/golangci-lint ## Lint every module and check that its go.mod is tidy
	@scripts/lint $(MODULES)

.PHONY: fmt
fmt: bin/gofumpt ## Format every Go file
	@git ls-files -z --cached --others --exclude-standard '*.go' | xargs -0 bin/gofumpt -w

.PHONY: generate
generate: ## Write the generated files anew
	@for module in $(MODULES); do (cd "$$module" && go generate ./...); done

.PHONY: stale
stale: ## Fail when `make generate` would change a file
	@scripts/stale

.PHONY: apidiff
apidiff: bin/apidiff ## Show what changed in the exported API since a version (BASE=v1.2.3)
	@scripts/apidiff "$(BASE)"

.PHONY: tools
tools: bin/golangci-lint bin/gofumpt bin/apidiff bin/benchstat ## Build the tools that the other targets use into bin/

# go build looks at its own cache, so a tool is built anew only when its version changed.
.PHONY: bin/golangci-lint bin/gofumpt bin/apidiff bin/benchstat
bin/golangci-lint: PACKAGE = github.com/golangci/golangci-lint/v2/cmd/golangci-lint
bin/gofumpt: PACKAGE = mvdan.cc/gofumpt
bin/apidiff: PACKAGE = golang.org/x/exp/cmd/apidiff
bin/benchstat: PACKAGE = golang.org/x/perf/cmd/benchstat
bin/golangci-lint bin/gofumpt bin/apidiff bin/benchstat:
	@GOWORK=off go -C tools build -o ../$@ $(PACKAGE)
