# Two commands do everything: `make run` and `make test`. What is already done is not done again.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

PYTHON ?= python3
PROFILE ?=
OLD ?=
NEW ?= $(STORE)
BIN := .venv/bin
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint build/constraints.txt
INSTALLED := .venv/.installed
MATCHER := core/nextline_core/_match.abi3.so
MATCHER_SOURCES := core/nextline_core/_match.pyx core/nextline_core/_ranks.pxi
STORE := db/nextline_db/evidence.sqlite
CURATED := $(shell find db/evidence db/options db/rules db/vocabulary db/readings db/edition.yaml -type f 2>/dev/null)
DB_CODE := $(shell find db/nextline_db core/nextline_core -name '*.py' 2>/dev/null)
DEVICE_CODE := $(shell find core/nextline_core db/nextline_db device/nextline_device -name '*.py' -o -name '*.pyx' -o -name '*.pxi' 2>/dev/null)
EXAMPLE := device/examples/second-line-esr1.json

ARM := .cache/arm64

.PHONY: help run test check evidence screens evidence-diff wheel budget budget-deps budget-tools clean prerequisites

help: ## this help
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(MATCHER) $(STORE) ## open the screen; PROFILE=file.json, or no terminal: print that profile's answer instead
ifneq ($(PROFILE),)
	@$(BIN)/nextline ask "$(PROFILE)"
else
	@if [ -t 0 ] && [ -t 1 ]; then $(BIN)/nextline; else $(BIN)/nextline ask $(EXAMPLE); fi
endif

test: $(MATCHER) check ## set up, check the code and pass the tests
	@$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

check: $(STORE) ## style, types, layers and curated files, without the tests
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python -m nextline_db.check

evidence: $(STORE) ## build the evidence store from the curated files

$(STORE): $(INSTALLED) $(CURATED) $(DB_CODE)
	@$(BIN)/python -m nextline_db.build --out $@

screens: $(STORE) ## write every screen as text and picture into tests/screens
	@$(BIN)/python tests/screens/write.py

evidence-diff: $(STORE) ## what changed between two stores, and whose answer: OLD=a.sqlite [NEW=b.sqlite]
	@test -n "$(OLD)" || { echo "Name the older store: make evidence-diff OLD=a.sqlite [NEW=b.sqlite]" >&2; exit 2; }
	@$(BIN)/python -m nextline_db.diff "$(OLD)" "$(NEW)" --profiles device/examples --profiles tests/clinical/examples

wheel: $(STORE) ## build a wheel with the store inside, into .cache/dist
	@rm -rf .cache/setuptools .cache/dist   # setuptools would keep modules that are gone
	@$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir .cache/dist .

budget: budget-tools $(STORE) $(ARM)-site.done ## instructions that the device spends on each workload, beside their budgets
	@$(BIN)/python tests/perf/budget.py

budget-deps: ## install the Debian packages that `make budget` needs (as root)
	@apt-get update -qq && apt-get install -y -qq $$(build/budget-tools.sh --list)

budget-tools:
	@build/budget-tools.sh

$(ARM).done: build/arm64-sysroot.sh build/arm64-compile.sh build/target.env | budget-tools
	@build/arm64-sysroot.sh $(ARM)
	@touch $@

$(ARM)-site.done: $(ARM).done $(STORE) $(DEVICE_CODE) build/wheel-arm64.sh build/arm64-site.sh
	@build/wheel-arm64.sh $(ARM) $(ARM)-dist
	@build/arm64-site.sh $(ARM) $(ARM)-dist/*.whl $(ARM)-site
	@touch $@

# The stamp lies inside what it stands for: whoever removes the one removes the other.
$(INSTALLED): pyproject.toml setup.py setup.cfg build/constraints.txt | prerequisites
	@test -x $(BIN)/python || $(PYTHON) -m venv --clear .venv
	@echo "Setting up .venv (once) ..."
	@$(PIP) --upgrade setuptools cython
	@$(PIP) --no-build-isolation --editable '.[dev]'
	@touch $@

$(MATCHER): $(MATCHER_SOURCES) | $(INSTALLED)
	@for source in $^; do test $@ -nt $$source || { $(BIN)/python setup.py --quiet build_ext --inplace; break; }; done

prerequisites:
	@build/prerequisites.sh "$(PYTHON)"

clean: ## remove everything that was built, .venv included
	rm -rf .venv .cache $(STORE) core/nextline_core/_match*.so .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
