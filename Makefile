# Thuisbalie. `make` lists what there is.
PORT ?= 8000
DATA_DIR ?= var
PY := .venv/bin/python
UV := .venv/bin/uv
export UV_COMPILE_BYTECODE := 1
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help setup run doctor train test check bench evaluate openapi lock agent clean

help: ## What can be done here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | sed 's/:.*## /\t/' | expand -t 14

include bot/server/setup.mk
include web/build.mk
include bench/bench.mk

setup: .venv/ready bot-setup web-build ## Install both environments and build the pages

.venv/ready: requirements-dev.lock
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed as python3."; exit 1; }
	@test -x $(PY) || python3 -m venv .venv || \
		{ echo "python3 cannot make environments: install the package python3-venv."; exit 1; }
	@echo "Installing the gateway's environment ..."
	@test -x $(UV) || $(PY) -m pip install --quiet --disable-pip-version-check "uv==0.13.9"
	@$(UV) pip sync --quiet --python $(PY) --require-hashes requirements-dev.lock
	@touch $@

run: setup train ## Start everything as a demo (PORT=8000 DATA_DIR=var)
	@exec env DEMO=true PORT=$(PORT) DATA_DIR=$(DATA_DIR) $(PY) -m handoff serve

doctor: .venv/ready ## Say what is on, what is off and what is missing
	@DATA_DIR=$(DATA_DIR) $(PY) -m handoff doctor

check: setup ## Style, types, import rules, content and pages
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check --quiet .
	@$(PY) -m mypy
	@.venv/bin/lint-imports
	@$(PY) -m bot.content_check
	@$(MAKE) --no-print-directory web-check

# The browser tests run apart: their driver keeps an event loop running in its process.
test: check train browser-setup ## Everything: checks and the whole test suite
	@$(PY) -m pytest -n 2 --dist loadfile -m "not browser"
	@$(PY) -m pytest -n 2 --dist loadfile -m browser
	@$(MAKE) --no-print-directory web-test

browser-setup: .venv/ready ## Debian's Chromium, for the browser tests
	@test -x /usr/bin/chromium || { [ "$$(id -u)" = 0 ] && \
		echo "Installing Chromium ..." && apt-get update -qq && \
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; } || \
		{ echo "Chromium is missing: run 'apt-get install chromium'."; exit 1; }

# DATA: a folder with utterances.tsv, out_of_scope.tsv, safety.tsv, human.tsv, or some of them.
DATA ?= ../shared/eval/dev
evaluate: setup train $(if $(PEER),bench-train) ## Measure understanding (DATA=folder, PEER=1 beside stock Rasa)
	@$(PY) -m evaluation "$(DATA)" $(if $(PEER),--peer) $(if $(MISSES),--misses)

openapi: .venv/ready ## Print the OpenAPI description
	@$(PY) -m handoff openapi

agent: .venv/ready ## Add a member of staff (LOGIN=fatma NAME=Fatma)
	@DATA_DIR=$(DATA_DIR) $(PY) -m handoff add-agent "$(LOGIN)" "$(NAME)"

lock: .venv/ready bot-lock ## Resolve all environments again
	@$(UV) pip compile pyproject.toml --python-version 3.11 --generate-hashes --no-header \
		--no-annotate --quiet --output-file requirements.lock
	@$(UV) pip compile pyproject.toml --group dev --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --quiet --output-file requirements-dev.lock

clean: ## Remove environments, models, builds and demo data
	rm -rf .venv bot/server/.venv bench/peer/.venv models var web/node_modules web/*/dist bench/work
