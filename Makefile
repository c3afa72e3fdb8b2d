# Everything a person does with the checkout. `make help` lists the targets.
# PYTHON: the interpreter the environment is made with; PORT: where `make run` listens.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
export GONGKAI_DATA ?= var
# Images of Python set it; without compiled modules each worker and each process a test starts compiles the house anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run install install-dev test test-fast test-sqlite test-postgres lint format bench lock messages docs clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 24

run: export GONGKAI_BASE_URL ?= http://127.0.0.1:$(PORT)
run: install ## install, prepare the example county, serve at http://127.0.0.1:$(PORT) (Ctrl-C stops all)
	@echo "==> database in $(GONGKAI_DATA)"
	@$(BIN)/gongkai manage migrate --verbosity 0
	@echo "==> example county"
	@$(BIN)/gongkai demo
	@exec $(BIN)/gongkai serve --port $(PORT)

install: $(VENV)/.base ## the environment that runs the product

install-dev: $(VENV)/.dev ## the environment that tests it

$(VENV)/bin/python:
	@echo "==> Python environment in $(VENV)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name it with PYTHON=")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.base: requirements/base.txt pyproject.toml | $(VENV)/bin/python
	@echo "==> installing what the product needs (locked, with hashes)"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt pyproject.toml | $(VENV)/bin/python
	@echo "==> installing what tests need (locked, with hashes)"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(VENV)/.base $@

test: install-dev ## everything, on SQLite and on PostgreSQL; installs Chromium, LibreOffice, fonts, PostgreSQL when it can
	@scripts/system-packages
	@$(MAKE) --no-print-directory test-sqlite test-postgres

test-sqlite: install-dev
	@echo "==> tests on SQLite"
	@$(BIN)/python -m pytest -n 2 --dist worksteal --durations 15

test-postgres: install-dev
	@echo "==> tests on PostgreSQL, of what asks the database"
	@scripts/with-postgres $(BIN)/python -m pytest -n 2 --dist worksteal --durations 15 -m "database and not browser"

test-fast: install-dev ## what needs neither a browser nor LibreOffice, on SQLite
	@HYPOTHESIS_PROFILE=fast $(BIN)/python -m pytest -n 2 --dist worksteal --nomigrations -m "not browser and not office and not slow"

lint: install-dev ## style, types, floors, migrations
	@echo "==> ruff"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@echo "==> mypy"
	@$(BIN)/mypy
	@echo "==> floors"
	@$(BIN)/lint-imports --no-logo
	@echo "==> migrations"
	@GONGKAI_DATA=$$(mktemp -d) $(BIN)/gongkai manage makemigrations --check --dry-run

format: install-dev ## put the code in the house style
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: install-dev ## measure reading, screening, and the ledger at 120,000 assignments (a quarter of an hour)
	@echo "==> peers of screening (locked, with hashes)"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	@$(BIN)/python -m bench.reading
	@$(BIN)/python -m bench.screening
	@$(BIN)/python -m bench.aggregation
	@$(BIN)/python -m bench.guard
	@$(BIN)/python -m bench.ledger
	@$(BIN)/python -m bench.intake

docs: install-dev ## write the pages that are made from code (docs/settings.md, docs/access.md)
	@GONGKAI_DATA=$$(mktemp -d) $(BIN)/gongkai manage write_docs

messages: install-dev ## collect the words of the interface into src/gongkai/locale (needs GNU gettext)
	@scripts/messages $(BIN)/gongkai

lock: ## resolve the dependencies anew (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url --no-annotate --no-header \
	  pyproject.toml requirements/build.in -o requirements/base.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url --no-annotate --no-header \
	  pyproject.toml requirements/build.in --group dev -c requirements/base.txt -o requirements/dev.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url --no-annotate --no-header \
	  --group bench -c requirements/dev.txt -o requirements/bench.txt

clean: ## remove the environment and caches; data in $(GONGKAI_DATA) stays
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
