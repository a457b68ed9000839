# Every target makes the virtual environment it needs. Only Python 3.11+, pip and make are presumed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test docs man messages check fix bench bench-sync year faults life cues needs lowest types lint clean wheel coverage packaging mutants

demo: $(VENV)/.runtime
	$(BIN)/susul demo

docs: $(VENV)/.dev
	SUSUL_UPDATE_DOCS=1 $(BIN)/python -m pytest tests/core/test_configuration_page.py tests/docs/test_manual.py

man: docs
	@echo "docs/man/susul.1 is up to date; read it with: man docs/man/susul.1"

# Brings languages/*/messages.po up to date with what the source says, and compiles them.
messages: $(VENV)/.dev
	-SUSUL_UPDATE_MESSAGES=1 $(BIN)/python -m pytest tests/messages/test_catalogues.py

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

bench-sync: $(VENV)/.dev
	$(BIN)/python bench/sync

year: $(VENV)/.dev
	$(BIN)/python bench/year.py

faults: $(VENV)/.dev
	$(BIN)/python bench/faults.py

life: $(VENV)/.dev
	$(BIN)/python bench/life.py

cues: $(VENV)/.dev
	$(PIP) install --constraint constraints.txt --requirement requirements-cues.txt
	$(BIN)/python bench/learn_cues.py

# What the wordings need, worked out beforehand; after a change of phrases or guards.
needs: $(VENV)/.dev
	$(BIN)/python bench/work_out_needs.py

# Would a test notice a change? In an environment of its own; FILES="days decide" runs some of them.
mutants:
	$(PYTHON) -m venv $(VENV)-mutants
	$(VENV)-mutants/bin/python -m pip --quiet install --constraint constraints.txt --editable . hypothesis pytest pytest-timeout pytest-xdist --requirement requirements-mutants.txt
	$(VENV)-mutants/bin/python bench/mutants.py $(FILES)

# The tests on the oldest versions that pyproject.toml allows, in an environment of their own.
lowest:
	$(PYTHON) -m venv $(VENV)-lowest
	$(VENV)-lowest/bin/python -m pip --quiet install --constraint constraints-lowest.txt --editable . babel build hatchling hypothesis pytest pytest-cov pytest-timeout pytest-xdist
	$(VENV)-lowest/bin/python -m pytest -n auto

wheel: $(VENV)/.dev
	$(BIN)/python -m build --outdir dist .

# Lines and branches that the tests reach; the page is htmlcov/index.html.
coverage: $(VENV)/.dev
	$(BIN)/python -m pytest -n auto --cov --cov-report=term --cov-report=html --cov-fail-under=90

# The wheel and the sdist, each installed by itself for every Python that is found, and run away from here.
packaging: wheel
	$(BIN)/python bench/packaging.py dist

clean:
	rm -rf $(VENV) $(VENV)-lowest $(VENV)-mutants dist

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
