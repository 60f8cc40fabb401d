# The targets a person types. make help lists them.

ADDR ?= 127.0.0.1:8080
DATA ?= ../shared/data
BENCHTIME ?= 1s
LARGE ?= 200MB
SIZES ?= 1000,100000
BROWSER := $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)

.DEFAULT_GOAL := help
.PHONY: help build run test e2e bench lint starter examples words fmt clean

help: ## list the targets
	@grep -hE '^[a-z0-9]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

build: ## build bin/commentdesk
	@CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o bin/commentdesk ./cmd/commentdesk

run: build ## build, load the demonstration on first use, serve the queue (ADDR=127.0.0.1:9000 changes the address)
	@./bin/commentdesk serve --demo --addr $(ADDR)

test: ## every test; says what it skipped and why
	@.ci/test

e2e: ## only the browser tests (needs Chromium)
	@test -n "$(BROWSER)" || { echo "no Chromium found: install the package chromium"; exit 1; }
	go test -count=1 -tags e2e ./web/e2e/...

bench: ## benchmarks, beside references where they are there; appends the figures to docs/performance.md (LARGE=10GB for a longer stream, SIZES=1000,100000,1000000 for a larger desk)
	go run ./cmd/performance -benchtime $(BENCHTIME) -data $(DATA) -large $(LARGE) -sizes $(SIZES)

lint: ## go vet and staticcheck
	go vet -tags e2e ./...
	@go build -C .ci/lint -o ../../bin/staticcheck honnef.co/go/tools/cmd/staticcheck
	./bin/staticcheck -tags e2e ./...

starter: ## train models/starter anew from the public sets (DATA=folder) and seeds/train
	go run ./cmd/starter -data $(DATA) -out models/starter

examples: ## write the starter's training examples to bin/examples, for evaluate --train (DATA=folder)
	go run ./cmd/starter -data $(DATA) -examples bin/examples

words: ## make the list of known words anew (DATA=folder); the starter must be trained anew after it
	go run ./cmd/starter -data $(DATA) -words classifier/text/known_words.txt.gz

fmt: ## gofmt everything
	gofmt -w cmd classifier moderation web seeds models

clean: ## remove what the build made, and the databases that bench keeps; commentdesk-data stays
	rm -rf bin
