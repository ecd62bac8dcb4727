# make app starts everything; make test runs every test. Nothing else is needed to begin.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STORE := embedded:./.skilltrail/store
export SKILLTRAIL_STORE ?= $(STORE)

.DEFAULT_GOAL := help
.PHONY: help install app test check format bench fuzz neo4j clean

help:  ## what there is
	@grep -E '^[a-z0-9]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install: $(VENV)/.installed  ## the environment in .venv, with .venv/bin/skilltrail; starts nothing

$(VENV)/.installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "skilltrail needs Python 3.11 or newer; set PYTHON=python3.11" >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

app: install  ## read the samples into .skilltrail/ and open the app in the browser
	$(BIN)/skilltrail ingest --samples
	$(BIN)/skilltrail serve

test: install  ## every test
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: install  ## format, lint, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: install  ## bring the code into form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: install  ## the promises on speed, each as a ratio in one run
	$(BIN)/python -m bench

fuzz: install  ## the parsers on mutated and generated input: FUZZ="--runs 200000", "--parser markdown"
	$(BIN)/python -m fuzz $(FUZZ)

neo4j: install  ## a Neo4j server of the tests' release, without Docker, until Ctrl-C
	PYTHONPATH=tests $(BIN)/python -m neo4j_server

clean:  ## what can be made again
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist artifacts
