# Lan Tỏa. `make help` lists everything. Two commands matter: `make demo` and `make test`.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PORT ?= 8000
STAFF ?= 4000
T ?= tests
VENV := .venv
PY := $(VENV)/bin/python
UV := $(VENV)/bin/uv
export PORT
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
# Compiled once, apart from the sources: a process that compiles Django anew takes two seconds longer to start.
export PYTHONDONTWRITEBYTECODE :=
export PYTHONPYCACHEPREFIX := $(CURDIR)/var/pycache

FRONT_SOURCES := $(shell find frontend/src frontend/styles frontend/fonts -type f 2>/dev/null) frontend/package.json frontend/package-lock.json frontend/vite.config.ts

## — Use it —

demo: install-blocks build ## everything from a fresh clone: content, synthetic staff, the server on 127.0.0.1:8000 (PORT=, STAFF=)
	@LANTOA_DEMO=1 LANTOA_LOG_LEVEL=WARNING tools/demo.sh

run: install build ## the server on what is there: pages, sockets, worker and player host under one supervisor
	@$(PY) manage.py migrate --verbosity 0
	@tools/run.sh

## — Develop —

install: $(VENV)/installed ## Python environment with the locked dependencies
install-blocks: $(VENV)/installed-blocks ## the same with the XBlocks of other people
install-dev: $(VENV)/installed-dev ## all of it with test and check tools

build: $(VENV)/installed frontend/dist/.built ## front end (Node ≥ 20 from the machine, else from PyPI's wheel) and translations
	@$(PY) tools/compile_messages.py

test: install-dev build ## pytest and vitest; browser tests too where Chromium is (T=path for a part)
	@tools/node.sh npm --prefix frontend test --silent
	@tools/test.sh $(T)

test-fast: install-dev build ## without slow and browser tests
	@$(PY) -m pytest -n 2 --dist loadfile -m "not slow and not browser" $(T)

test-browser: install-dev build ## only the journeys in Chromium
	@$(PY) -m pytest -m browser $(T)

check: install-dev build ## every linter and type check; changes nothing
	@tools/check.sh

fix: install-dev ## let the tools mend what they can
	@$(VENV)/bin/ruff check --fix --quiet . ; $(VENV)/bin/ruff format --quiet .
	@tools/node.sh npm --prefix frontend run fix --silent

workbench: install-dev ## other people's blocks one by one in xblock-sdk's workbench, on 127.0.0.1:8010 (WORKBENCH_PORT=)
	@PORT=$(or $(WORKBENCH_PORT),8010) $(PY) -W ignore -m tools.workbench

bench: install-dev build ## make bench NAME=journey|indicator|olx|h5p|blocks|grading|attempts|profile (BENCH_QUICK=1: under two minutes)
	@test -n "$(NAME)" || { echo "Say which: make bench NAME=journey, NAME=indicator, NAME=olx, NAME=h5p, NAME=blocks, NAME=grading, NAME=attempts or NAME=profile"; exit 2; }
	@$(PY) -m bench.$(NAME)

messages: install-dev ## collect new strings into the catalogues of vi, en and de
	@$(PY) tools/extract_messages.py

migration: install-dev ## make migration NAME=add_something
	@test -n "$(NAME)" || { echo "Give it a name: make migration NAME=add_something"; exit 2; }
	@$(PY) manage.py makemigrations --name $(NAME)

adr: ## make adr TITLE="Words of the decision"
	@tools/adr.sh "$(TITLE)"

lock: ## write the lock files anew, with hashes and without addresses
	@tools/lock.sh

## — Operate —

backup: install ## database and media into var/backups
	@$(PY) manage.py dbbackup --compress && $(PY) manage.py mediabackup --compress

restore: install ## newest backup back into the database and the media (asks first)
	@$(PY) manage.py dbrestore --uncompress && $(PY) manage.py mediarestore --uncompress

clean: ## remove the environment, the build and the demo data
	rm -rf $(VENV) frontend/node_modules frontend/dist var

help: ## this list
	@awk 'BEGIN {FS = ":.*## "} /^## / {printf "\n%s\n", substr($$0, 4)} /^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --------------------------------------------------------------------------------------------

$(VENV)/bin/uv: requirements-uv.lock
	@tools/venv.sh $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.lock
	@touch $@

$(VENV)/installed: requirements.lock $(VENV)/bin/uv
	@echo "→ Installing Python packages"
	@$(UV) pip install --quiet --python $(PY) --require-hashes -r requirements.lock
	@touch $@

$(VENV)/installed-blocks: requirements-blocks.lock $(VENV)/installed
	@echo "→ Installing the XBlocks of other people"
	@$(UV) pip install --quiet --python $(PY) --require-hashes -r requirements-blocks.lock
	@touch $@

$(VENV)/installed-dev: requirements-dev.lock $(VENV)/installed-blocks
	@echo "→ Installing test and check tools"
	@$(UV) pip install --quiet --python $(PY) --require-hashes -r requirements-dev.lock
	@touch $@

frontend/node_modules/.installed: frontend/package.json frontend/package-lock.json | $(VENV)/bin/uv
	@echo "→ Installing front-end packages"
	@tools/node.sh npm --prefix frontend ci --silent --no-fund --no-audit
	@touch $@

frontend/dist/.built: $(FRONT_SOURCES) frontend/node_modules/.installed
	@echo "→ Building the front end"
	@tools/node.sh npm --prefix frontend run build --silent
	@touch $@

.PHONY: demo run install install-blocks install-dev build test test-fast test-browser check fix workbench bench messages migration adr lock backup restore clean help
