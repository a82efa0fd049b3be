# The only door. `make run` serves the sample, `make test` runs every check; `make help` lists the rest.
# `make run DB=postgres` serves the sample from a PostgreSQL of its own, which comes as a package.
SHELL := /bin/bash
V := .venv
PY := $(V)/bin/python
FAST := -m "not slow" -n 2
BROWSER := -m browser
SLOW := -m "slow and not browser"

PG := $(PY) -m tools.postgres
ifeq ($(DB),postgres)
export TELADAN_HOME ?= var-postgres
ON := $(if $(TELADAN_DATABASE_URL),,$(PG) $(TELADAN_HOME).server --)
endif

.PHONY: help setup run test test-fast test-postgres test-slow check fmt packs docs bench demo-reset lock messages clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: ## install everything from the hash-locked lists; seconds when nothing changed
	@tools/setup

run: setup ## serve the sample installation on http://127.0.0.1:8000 (DB=postgres: from PostgreSQL)
	@TELADAN_DEMO=1 exec $(ON) $(V)/bin/teladan up

test: check test-fast test-postgres test-slow ## every check: style, types, contracts, tests on both databases, browser, kills

test-fast: setup
	$(PY) -m pytest $(FAST)

test-postgres: setup ## the fast tests once more, on PostgreSQL
	$(PG) --careless --or-skip - -- $(PY) -m pytest $(FAST)

test-slow: setup
	@tools/browser
	$(PY) -m pytest $(BROWSER)
	$(PY) -m pytest $(SLOW)

check: setup ## style, types, contracts, packs, messages, migrations
	$(V)/bin/ruff check .
	$(V)/bin/ruff format --check .
	$(V)/bin/djlint --quiet --lint src/teladan/web/templates
	$(V)/bin/mypy
	$(V)/bin/lint-imports
	$(V)/bin/teladan packs
	$(PY) -m tools.messages --check

fmt: setup ## format code
	$(V)/bin/ruff check --fix --quiet . || true
	$(V)/bin/ruff format .

packs: setup ## check the packs: file, line, remedy
	$(V)/bin/teladan packs

docs: setup ## check the documentation against the code
	$(PY) -m pytest -q tests/architecture

bench: setup ## measure; results go to docs/benchmarks.md (about half an hour)
	@tools/browser
	$(PY) -m tools.bench

demo-reset: setup ## begin the sample installation anew
	@TELADAN_DEMO=1 $(ON) $(V)/bin/teladan demo-reset

lock: setup ## resolve pyproject.toml into the hash-locked lists
	tools/lock

messages: setup ## collect interface messages and compile the translations
	$(PY) -m tools.messages

clean: ## remove what setup and tests made; data in var/ stays
	rm -rf $(V) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
