# Every command of the project. `make run` and `make test` need only Python 3.11+ and make.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= $(shell command -v python3 || command -v python3.14 || command -v python3.13 || command -v python3.12 || command -v python3.11)
VENV := .venv
RUN := $(VENV)/bin/python
MANAGE := $(RUN) manage.py
NPM := PATH="$(CURDIR)/.data/node/bin:$$PATH" npm --prefix frontend
COMPILE := $(VENV)/bin/uv pip compile --no-config --quiet --generate-hashes --no-emit-index-url --no-emit-find-links \
	--universal --python-version 3.11 --custom-compile-command "make lock"

.PHONY: help
help: ## What each command does
	@grep -hE '^[a-z-]+:.*?## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/'

.PHONY: setup
setup: $(VENV)/.installed ## Install everything Python needs into .venv

$(VENV)/.installed: requirements/base.txt requirements/dev.txt requirements/uv.txt requirements/bootstrap.py
	@$(PYTHON) requirements/bootstrap.py
	@touch $@

.PHONY: lock
lock: setup ## Write the lock files anew from requirements/*.in
	cd requirements && ../$(COMPILE) base.in --output-file base.txt
	cd requirements && ../$(COMPILE) dev.in --output-file dev.txt
	cd requirements && ../$(COMPILE) uv.in --output-file uv.txt
	@$(MAKE) --no-print-directory setup

.PHONY: run
run: setup ## Prepare everything and run the shop until Ctrl-C (PORT=8000)
	@$(RUN) -m backend.config.run

.PHONY: prepare
prepare: setup ## Everything of `make run` except running
	@$(RUN) -m backend.config.run prepare

.PHONY: stop
stop: setup ## Stop the embedded PostgreSQL and Valkey, should any be left
	@$(RUN) -m backend.core.embedded stop

.PHONY: frontend
frontend: setup ## Install and build the front end
	@$(RUN) -m backend.config.run frontend

.PHONY: test
test: setup frontend ## All tests, on engines and a browser of their own
	@$(RUN) -m tests.support.browser
	$(RUN) -m pytest --numprocesses 2 $(TESTS)

.PHONY: format
format: setup ## Put the Python code into its form
	$(RUN) -m ruff format .
	$(RUN) -m ruff check --fix .

.PHONY: check
check: check-python check-schema check-migrations check-frontend ## Everything a machine can judge without running the tests
	@echo "check: all clean"

.PHONY: check-python
check-python: setup
	$(RUN) -m ruff format --check .
	$(RUN) -m ruff check .
	$(VENV)/bin/lint-imports
	$(RUN) -m mypy

.PHONY: check-migrations
check-migrations: setup
	$(MANAGE) makemigrations --check --dry-run
	$(MANAGE) lintmigrations --quiet ok ignore

.PHONY: check-schema
check-schema: setup
	$(MANAGE) print_schema --check

.PHONY: check-frontend
check-frontend: frontend
	$(NPM) run lint
	$(NPM) run typecheck

.PHONY: schema
schema: setup ## Write backend/config/schema.graphql anew
	$(MANAGE) print_schema

.PHONY: bench
bench: prepare ## Measure, one JSON line per figure (NAME=checkout)
	@$(RUN) -m tests.bench $(NAME)

.PHONY: drill
drill: setup ## Run the races with their controls, one JSON line each
	@$(RUN) -m tests.drill

.PHONY: screenshots
screenshots: prepare ## The pictures of the README, from the running demo (SITE_URL)
	@$(RUN) -m tests.support.browser
	@$(RUN) -m tests.screenshots
