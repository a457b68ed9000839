# Every target makes the virtual environment it needs. Only Python 3.11+, pip and make are presumed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test check fix bench year life cues types lint clean wheel

demo: $(VENV)/.runtime
	$(BIN)/susul demo

test: check
	$(BIN)/python -m pytest -n auto

check: lint types

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

fix: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.dev
	$(BIN)/python bench/reading.py

year: $(VENV)/.dev
	$(BIN)/python bench/year.py

life: $(VENV)/.dev
	$(BIN)/python bench/life.py

cues: $(VENV)/.dev
	$(PIP) install --constraint constraints.txt --requirement requirements-cues.txt
	$(BIN)/python bench/learn_cues.py

wheel: $(VENV)/.dev
	$(BIN)/python -m build --outdir dist .

clean:
	rm -rf $(VENV) dist

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "susul needs Python 3.11 or newer; name one with: make PYTHON=python3.12 demo"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.runtime: $(VENV)/.python pyproject.toml constraints.txt
	$(PIP) install --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.txt
	$(PIP) install --constraint constraints.txt --requirement requirements-dev.txt
	@touch $@
