# Every command of the project. `make run` and `make test` need only Python 3.11+ and make.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= $(shell command -v python3 || command -v python3.14 || command -v python3.13 || command -v python3.12 || command -v python3.11)
VENV := .venv
RUN := $(VENV)/bin/python
COMPILE := $(VENV)/bin/uv pip compile --no-config --quiet --generate-hashes --no-emit-index-url --no-emit-find-links \
	--universal --python-version 3.11 --custom-compile-command "make lock"

.PHONY: help
help: ## What each command does
	@grep -hE '^[a-z-]+:.*?## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

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
