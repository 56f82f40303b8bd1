# One command each. JDK >= 25 is looked for in JAVA_HOME, /usr/lib/jvm and PATH; every target says what is missing.
DIR ?= examples/quickstart
PORT ?= 8080
ADMIN_PORT ?= 9090
PREFIX ?= $(HOME)/.local
# What the charts take for granted.
IMAGE_REPOSITORY ?= localhost/llm-gateway
IMAGE_TAG ?= 0.1.0
SOURCES := pom.xml $(shell find crds gateway-runtime -path '*/target' -prune -o -type f -print | grep -v /src/test/)

.PHONY: setup build run test verify-full fmt bench image install-plugin clean

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

image: build ## The images of gateway and operator as archives in dist-image/, without a container engine (charts/README.md)
	@mkdir -p dist-image
	@gateway-runtime/image.sh $(IMAGE_REPOSITORY):$(IMAGE_TAG) dist-image/llm-gateway.tar
	@operator/image.sh $(IMAGE_REPOSITORY)-operator:$(IMAGE_TAG) dist-image/llm-gateway-operator.tar
	@ls -sh dist-image/*.tar

install-plugin: build ## `kubectl llm-gateway` and `llm-gateway` into PREFIX/bin (default ~/.local)
	@kubectl-plugin/install.sh "$(PREFIX)"

clean:
	@testing/mvn.sh -q clean
	@rm -rf dist dist-image dist-plugin .setup testing/e2e/js/node_modules
