# Casebook. `make` alone lists what there is to do.
# Everything runs in .venv, made from requirements.lock: no other Python on the machine is touched.

SHELL         := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

BIN   := .venv/bin
STAMP := .venv/.made-from-lock

CASEBOOK_HOME ?= var
export CASEBOOK_HOME
HOST ?= 127.0.0.1
PORT ?= 5000

# Extra words for pytest: make test ARGS="tests/domain -k flag"
ARGS ?=
# Test processes at once.
WORKERS ?= 2

# A Python to make .venv with: the first that is new enough and can make one (uv makes one with any).
define find_python
uv=$$(command -v uv || true); found=; new_enough=; \
for python in $(PYTHON) python3.13 python3.12 python3.11 python3 python3.14; do \
  "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
  new_enough="$${new_enough:-$$python}"; \
  if [ -n "$$uv" ] || "$$python" -c 'import ensurepip, venv' 2>/dev/null; then found="$$python"; break; fi; \
done; \
if [ -z "$$new_enough" ]; then \
  echo 'Casebook needs Python 3.11 or newer: install the package python3.11 (or a newer one).' >&2; exit 1; fi; \
if [ -z "$$found" ]; then \
  version=$$("$$new_enough" -c 'import sys; print("%d.%d" % sys.version_info[:2])'); \
  echo "Python $$version cannot make an environment here: install the package python$$version-venv." >&2; exit 1; fi
endef

.PHONY: help
help: ## list what there is to do
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

.PHONY: setup
setup: $(STAMP) ## make .venv from requirements.lock (run and test do it too)

# What builds a package (setuptools) comes first and from the lock, so that nothing unhashed is ever fetched or run.
$(STAMP): requirements.lock setup.cfg pyproject.toml
	@set -e; $(find_python); \
	if [ -n "$$uv" ]; then \
	  [ -x $(BIN)/python ] || uv venv --quiet --python "$$found" .venv; \
	  install="uv pip install --quiet --python $(BIN)/python --no-build-isolation"; \
	else \
	  $(BIN)/python -m pip --version >/dev/null 2>&1 || "$$found" -m venv --clear .venv; \
	  install="$(BIN)/python -m pip --disable-pip-version-check --quiet install --no-build-isolation --use-pep517"; \
	fi; \
	awk '/^[a-z]/ { builds = /^setuptools==/ } builds' requirements.lock > .venv/builds.lock; \
	$$install --require-hashes -r .venv/builds.lock; \
	$$install --require-hashes -r requirements.lock; \
	$$install --no-deps -e .
	@touch $@

.PHONY: run
run: setup ## serve the demonstration on http://127.0.0.1:5000 (again: keeps its data)
	@$(BIN)/casebook init --stores-only
	@$(BIN)/casebook demo --if-empty
	@$(BIN)/casebook init
	@$(BIN)/casebook serve --host $(HOST) --port $(PORT)

.PHONY: demo
demo: setup ## fill an empty store with the demonstration, without serving it
	@$(BIN)/casebook init --stores-only
	@$(BIN)/casebook demo --if-empty
	@$(BIN)/casebook init

# Compiled modules are kept, whatever the environment says: some tests start a dozen processes that would each compile all.
.PHONY: test
test: export PYTHONDONTWRITEBYTECODE =
test: setup ## run every test (ARGS="tests/domain -k flag" for some)
	@$(BIN)/python -m pytest -n $(WORKERS) $(ARGS)

.PHONY: check
check: setup ## lint, types and layers; then what has outgrown its size
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python -m tests.architecture.outgrown

.PHONY: format
format: setup ## put the code in the project's format
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format .

.PHONY: bench
bench: setup ## measure speed: one JSON object a line
	@$(BIN)/python -m tests.bench $(ARGS)

.PHONY: lock
lock: ## choose and hash the newest allowed versions again (needs uv; UPGRADE=--upgrade)
	@command -v uv >/dev/null || { echo 'make lock needs uv: install the package uv (pip install uv).' >&2; exit 1; }
	@uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --all-extras $(UPGRADE) \
	  --custom-compile-command 'make lock' setup.cfg --output-file requirements.lock

.PHONY: clean
clean: ## remove the environment and caches, never the data
	@rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage htmlcov build casebook.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
