# `make run` for a first look, `make check` before a commit: exactly what CI runs.

PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
PORT ?= 8000
JOBS ?= 2
TESTS ?= tests
BIN := .venv/bin
DJANGO := DJANGO_SETTINGS_MODULE=jiangong.config.settings $(BIN)/python -m django

# An empty HOME would be taken for a folder here; without one, pip and npm ask the system.
ifeq ($(HOME),)
unexport HOME
endif

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup assets messages run check lint types test bench fmt lock system wheel wheel-check clean

help: ## Show what can be made
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 22

setup: ## Make .venv with the locked dependencies
	@$(or $(PYTHON),false) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Jiangong needs Python 3.11 or newer; name one: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) tools/setup.py

assets: setup ## Build scripts, styles and icons
	@$(BIN)/python tools/assets.py

messages: setup ## Compile the translations
	@$(BIN)/python tools/messages.py

run: setup assets messages ## Start with the example loaded: make run PORT=8123
	@$(BIN)/jiangong example
	@$(BIN)/jiangong serve --port $(PORT)

check: lint types test ## Everything that CI checks

lint: setup assets messages
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m ruff check .
	$(BIN)/python -m djlint src --check --lint
	$(BIN)/python tools/assets.py --lint
	$(BIN)/lint-imports --no-logo
	$(DJANGO) makemigrations --check --dry-run
	$(BIN)/python tools/messages.py --missing

types: setup
	$(BIN)/python -m mypy

test: setup assets messages system ## Run the whole suite, browser tests included
	$(BIN)/python -m pytest -n $(JOBS) $(TESTS)

system:
	@$(BIN)/python tools/system.py chromium fonts pdf

bench: setup assets messages ## Measure, beside a plain baseline
	$(BIN)/python -m bench

fmt: setup assets ## Format everything
	$(BIN)/python -m ruff check --fix --quiet . || true
	$(BIN)/python -m ruff format .
	$(BIN)/python -m djlint src --reformat --quiet || $(BIN)/python -m djlint src --reformat --quiet || true

lock: setup ## Pin the dependencies anew from pyproject.toml; UPGRADE=1 takes newer ones
	$(BIN)/python tools/lock.py $(if $(UPGRADE),--upgrade)

wheel: setup assets messages ## Build the package into dist/
	$(BIN)/python -m build --wheel --no-isolation --outdir dist

wheel-check: setup assets messages ## Prove the built package in a clean environment
	$(BIN)/python tools/wheel_check.py

clean: ## Remove what was built; the data in var/ stays
	rm -rf dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	rm -rf src/jiangong/ground/shared/static/built .venv/.stamp-assets
	find src -name '*.mo' -delete
