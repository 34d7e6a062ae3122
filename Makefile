# `make` lists the targets. Everything a target needs is installed by its own prerequisites.
SHELL := /bin/bash
PORT ?= 8000
VENV := .venv
PY := $(VENV)/bin/python
FLASK := $(VENV)/bin/flask
DEMO := MARKETPLACE_ENV=demo PUBLIC_URL=http://127.0.0.1:$(PORT)

.DEFAULT_GOAL := help
.PHONY: help venv seed demo pg-demo test check bench drill screenshots reference lock browser

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

venv: $(VENV)/ready ## make .venv with everything the project and its tests need

# A fresh Debian has no ensurepip, so the environment borrows the machine's pip.
$(VENV)/ready: requirements-dev.txt
	test -x $(PY) || python3 -m venv --without-pip $(VENV)
	python3 -m pip --disable-pip-version-check --python $(PY) install --quiet --no-compile --require-hashes -r requirements-dev.txt
	touch $@

seed: venv ## migrate and fill the demo database
	$(DEMO) $(FLASK) schema upgrade
	$(DEMO) $(FLASK) demo seed

demo: venv ## seed, then serve on 127.0.0.1:$PORT with a worker
	$(DEMO) $(FLASK) demo serve --port $(PORT)

pg-demo: venv ## the same on an embedded PostgreSQL
	$(DEMO) $(FLASK) demo serve --port $(PORT) --postgres

check: venv ## the fast subset: format, lint, types, imports, sizes, unit tests
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	($(VENV)/bin/lint-imports && $(VENV)/bin/djlint --lint --quiet templates plugins) & \
	beside=$$!; $(VENV)/bin/mypy && wait $$beside
	$(PY) -m pytest -q -n 2 tests/unit tests/contract

test: check browser ## everything: check, web, both databases, races, browser, accessibility
	$(PY) -m pytest -q -n 2 tests --ignore=tests/unit --ignore=tests/contract --ignore=tests/journeys
	$(PY) -m pytest -q -n 2 tests --ignore=tests/journeys --database=postgres
	$(PY) -m pytest -q -n 2 --dist loadfile tests/journeys

browser: ## install Debian's chromium when this machine may
	tools/install_browser.sh

bench: venv ## benchmarks that print ratios; BENCH="solver --full" runs one part in full
	$(PY) -m bench $(BENCH)

drill: venv ## the long drills: hundreds of kills and races, thousands of judged bundles and invoices
	$(PY) -m pytest -q -n 2 tests/unit tests/plugins --drill
	$(PY) -m pytest -q -n 2 tests --ignore=tests/journeys --ignore=tests/races --database=postgres --every-variant
	$(PY) -m pytest -q tests/plugins/invoicing/test_races.py --drill --database=postgres
	$(PY) -m pytest -q tests/races --drill
	$(PY) -m pytest -q tests/races --drill --database=postgres
	$(PY) -m pytest -q -n 2 --dist loadfile tests/journeys --drill

screenshots: venv browser ## make the pictures of the README and docs anew
	$(PY) tools/screenshots.py

reference: ## build the reference data anew from its sources
	test -x build/reference/bin/python || python3 -m venv --without-pip build/reference
	python3 -m pip --disable-pip-version-check --python build/reference/bin/python install --quiet -r tools/requirements-reference.txt
	build/reference/bin/python tools/build_reference.py

lock: ## pin the requirements anew, with hashes and without host names
	tools/lock.sh
