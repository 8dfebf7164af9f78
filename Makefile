# make run    makes .venv, installs the app into it, opens the window
# make test   installs what tests need and runs them all
# make lint   ruff, types, floors

PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$name; exit; }; done; echo python3)
VENV ?= .venv

ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test nightly lint bench screenshots clean

run: $(VENV)/.app
	$(BIN)/convnet-designer demo

# Several tests run side by side, but for those that measure how long the window is held.
test: $(VENV)/.test
	@failed=; \
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal \
	  -m "not nightly and not alone" || failed=1; \
	$(BIN)/python -m pytest -m "alone and not nightly" || failed=1; \
	test -z "$$failed"

nightly: $(VENV)/.test
	HYPOTHESIS_PROFILE=nightly $(BIN)/python -m pytest -m "" --timeout 1800

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

bench: $(VENV)/.onnx
	$(BIN)/python -m benchmarks

screenshots: $(VENV)/.app
	$(BIN)/python docs/screenshots.py

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

# One stamp a set of packages: a second run finds it newer than pyproject.toml and
# installs nothing.

$(VENV)/.python:
	@command -v $(PYTHON) >/dev/null || { \
	  echo "Convnet Designer needs Python 3.11 or newer, and there is no '$(PYTHON)' here." >&2; \
	  exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Convnet Designer needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) -V 2>&1)." >&2; \
	  echo "Name a newer one, for example: make $(or $(MAKECMDGOALS),run) PYTHON=python3.12" >&2; \
	  exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "This Python cannot make virtual environments; on Debian or Ubuntu: sudo apt install python3-venv" >&2; \
	  exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.app: $(VENV)/.python pyproject.toml
	@echo "Installing into $(VENV); torch is large, so the first time takes some minutes."
	$(BIN)/python -m pip install --editable .
	@$(BIN)/python -m compileall -q designer
	@touch $@

$(VENV)/.test: $(VENV)/.python pyproject.toml
	@echo "Installing into $(VENV); torch is large, so the first time takes some minutes."
	$(BIN)/python -m pip install --editable ".[test]"
	@touch $@ $(VENV)/.app

$(VENV)/.dev: $(VENV)/.python pyproject.toml
	@echo "Installing into $(VENV); torch is large, so the first time takes some minutes."
	$(BIN)/python -m pip install --editable ".[dev]"
	@touch $@ $(VENV)/.app $(VENV)/.test

$(VENV)/.onnx: $(VENV)/.python pyproject.toml
	@echo "Installing into $(VENV); torch is large, so the first time takes some minutes."
	$(BIN)/python -m pip install --editable ".[test,onnx]"
	@touch $@ $(VENV)/.app $(VENV)/.test
