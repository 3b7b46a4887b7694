# `make help` lists the targets. Each says plainly what is missing when it cannot go on.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup run test check bench messages lock setup-dev
# Two runs of one target in one environment would only be in each other's way.
.NOTPARALLEL:

PY := .venv/bin/python
# Half of what a browser does waits for the other half: a third worker fills two cores.
JOBS ?= 3
export PORT DEMO PYTHON
# What is compiled once need not be compiled again by every worker and every child process.
unexport PYTHONDONTWRITEBYTECODE

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

setup: ## the packages that the portal needs, into .venv
	@bin/setup

run: ## the portal at http://127.0.0.1:8000, with a small living region (PORT=8001, DEMO=0)
	@bin/run

test: setup-dev ## everything: check, then the units, the pages and the browser, three at a time
	@bin/test-programs
# Meanwhile the other core gathers the tests: what that compiles on a fresh machine, no worker need compile again.
	@$(PY) -m pytest -q --collect-only >/dev/null 2>&1 & gathering=$$!; \
	$(MAKE) --no-print-directory check || { kill $$gathering; exit 1; }; wait $$gathering || true
	@$(PY) -m pytest -q -n $(JOBS) --dist worksteal

check: setup-dev ## lint, layout, types, imports and house rules, in seconds
	@$(PY) -m ruff check
	@$(PY) -m ruff format --check
	@$(PY) -m mypy
	@.venv/bin/lint-imports --no-logo
	@$(PY) -m pytest -q tests/test_house_rules.py tests/test_vendor.py

bench: setup-dev ## how fast, how big: tests/benchmarks
	@$(PY) -m tests.benchmarks

messages: setup-dev ## gather the strings people read into translations/messages.pot
	@bin/messages

lock: setup-dev ## newest allowed versions and their hashes into the lock files
	@bin/lock

setup-dev:
	@bin/setup dev
