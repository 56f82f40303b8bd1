# One command each. JDK >= 25 is looked for in JAVA_HOME, /usr/lib/jvm and PATH; every target says what is missing.
DIR ?= examples/quickstart
PORT ?= 8080
ADMIN_PORT ?= 9090
PREFIX ?= $(HOME)/.local
SOURCES := pom.xml $(shell find crds gateway-runtime -path '*/target' -prune -o -type f -print | grep -v /src/test/)

.PHONY: setup build run test verify-full fmt bench install-plugin clean

setup: ## What the tests need: Debian packages, a Python environment, npm packages, a Kubernetes (testing/cluster)
	@testing/setup.sh

build: ## Every module without its tests; the gateway's program lands in dist/
	@testing/mvn.sh -q package -Dmaven.test.skip=true
	@touch dist/.built

dist/.built: $(SOURCES)
	@testing/mvn.sh -q package -Dmaven.test.skip=true -pl gateway-runtime -am
	@touch $@

run: dist/.built ## The gateway on DIR (examples/quickstart: simulated provider, demo key)
	@exec dist/bin/llm-gateway-runtime --dir $(DIR) --port $(PORT) --admin-port $(ADMIN_PORT)

test: setup ## Every gate and test, then the packaged program with the official SDKs; what CI runs
	@testing/test.sh

verify-full: setup ## The tests tagged `full`: promises judged under load; the report lands in target/verify-full.txt
	@testing/test.sh full

fmt: ## The format the gate checks
	@testing/mvn.sh -q spotless:apply

bench: dist/.built ## CPU, memory and latency as ratios to nginx; results land in bench/results
	@bench/run

install-plugin: build ## `kubectl llm-gateway` and `llm-gateway` into PREFIX/bin (default ~/.local)
	@kubectl-plugin/install.sh "$(PREFIX)"

clean:
	@testing/mvn.sh -q clean
	@rm -rf dist dist-plugin .setup testing/e2e/js/node_modules
