# Everything a fresh machine needs is Python 3.11 or newer and make.
#
#   make demo    set up, fill a demonstration site and serve it at http://127.0.0.1:8000/
#   make test    set up and run the tests
#   make check   what CI runs: the tests, then every other check
#   make setup   only install, into .venv/

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
PY := $(BIN)/python
TEST_POSTGRES_URL ?= postgres://postgres@127.0.0.1:5432/innocence
TEST_ENV := SECRET_KEY=only-for-checks-only-for-checks-only-for-checks-only-for-checks PLAIN_HTTP=1

.DEFAULT_GOAL := help
.PHONY: help setup demo test check checks lint types layers migrations templates deploy postgres postgres-answers browser locks messages clean

help:
	@sed -n '3,6s/^# *//p' Makefile

# Set-up -----------------------------------------------------------------------------------

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "This needs Python 3.11 or newer; '$(PYTHON)' is older or missing. Name another one: make PYTHON=python3.12 setup"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "Python's venv module is missing. On Debian or Ubuntu install it with: sudo apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -m venv .venv

# uv installs in seconds; where it cannot be had, pip reads the same hashed files.
.venv/.%: requirements/%.txt | .venv/bin/python
	@echo "Installing requirements/$*.txt ..."
	@{ $(BIN)/pip install --quiet --disable-pip-version-check uv==0.13.9 && $(BIN)/uv pip install --quiet --python $(PY) --require-hashes -r $<; } 2>/dev/null \
	  || $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

setup: .venv/.dev

# Use --------------------------------------------------------------------------------------

DEMO_ENV = PLAIN_HTTP=1 SECRET_KEY="$$(cat var/secret-key)" SITE_URL=http://127.0.0.1:$(PORT) \
  SITE_NAME="Northlight Innocence Center" SITE_EMAIL=office@northlight.example \
  SITE_POSTAL_ADDRESS="Northlight Innocence Center|Intake|P.O. Box 0000|Anytown, NY 00000"

demo: .venv/.core
	@$(PY) -c 'import socket; socket.create_server(("127.0.0.1", $(PORT))).close()' 2>/dev/null || { \
	  echo "Port $(PORT) is in use here. Try another one: make demo PORT=$$(($(PORT) + 1))"; exit 1; }
	@mkdir -p var
	@test -s var/secret-key || (umask 077; $(PY) -c 'import secrets; print(secrets.token_urlsafe(50))' > var/secret-key)
	@$(DEMO_ENV) $(PY) manage.py migrate --verbosity 0
	@$(DEMO_ENV) $(PY) manage.py demo
	@$(DEMO_ENV) $(PY) manage.py collectstatic --noinput --verbosity 0
	@echo "Serving http://127.0.0.1:$(PORT)/  (log in as editor, moderator or admin; Ctrl-C stops)"
	@echo "Begin at   http://127.0.0.1:$(PORT)/news/new-netflix-series-explores-false-confessions/"
	@$(DEMO_ENV) $(BIN)/gunicorn innocence.wsgi --bind 127.0.0.1:$(PORT) --workers 1 --threads 4 \
	  --control-socket var/gunicorn.ctl --log-level warning

# Tests and checks -------------------------------------------------------------------------

test: .venv/.dev
	@$(BIN)/pytest -n auto -m "not browser" --quiet
	@$(MAKE) --silent postgres-answers 2>/dev/null \
	  && echo "These tests ran on SQLite; 'make postgres' runs them on the PostgreSQL server found here." \
	  || echo "These tests ran on SQLite. PostgreSQL: skipped, no server answers at $(TEST_POSTGRES_URL)."

check: test checks

checks: lint types layers migrations templates deploy postgres browser

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/.dev
	$(BIN)/mypy .

layers: .venv/.dev
	$(BIN)/lint-imports

migrations: .venv/.dev
	$(TEST_ENV) $(PY) manage.py makemigrations --check --dry-run

templates: .venv/.dev
	$(BIN)/djade --check --target-version 5.2 $$(git ls-files 'templates/*.html')

deploy: .venv/.dev
	SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(50))') ALLOWED_HOSTS=www.example.org \
	  $(PY) manage.py check --deploy --fail-level WARNING

# Screening knows no database, so its tests are not run on a second one.
postgres: .venv/.dev
	DATABASE_URL=$(TEST_POSTGRES_URL) $(BIN)/pytest -n auto -m "not browser and not demo" --ignore tests/comments/screening --quiet

postgres-answers: .venv/.dev
	@$(PY) -c 'import psycopg, sys; psycopg.connect(sys.argv[1].rsplit("/", 1)[0] + "/postgres", connect_timeout=3).close()' $(TEST_POSTGRES_URL)

browser: .venv/.dev
	$(BIN)/pytest -n 2 -m browser --quiet

# Upkeep -----------------------------------------------------------------------------------

# After any change of a visible string; then translate what is empty or marked fuzzy, and run it again.
messages: .venv/.dev
	$(TEST_ENV) $(PY) manage.py makemessages --locale es --no-location --no-obsolete --no-wrap \
	  --ignore var --ignore tests --ignore training --ignore benchmarks
	msgfmt --check-format -o locale/es/LC_MESSAGES/django.mo locale/es/LC_MESSAGES/django.po

locks: .venv/.dev
	$(BIN)/uv pip compile -q --universal -p 3.11 --generate-hashes --no-header pyproject.toml -o requirements/core.txt
	$(BIN)/uv pip compile -q --universal -p 3.11 --generate-hashes --no-header pyproject.toml --extra postgres -o requirements/production.txt
	$(BIN)/uv pip compile -q --universal -p 3.11 --generate-hashes --no-header pyproject.toml --extra dev -o requirements/dev.txt

clean:
	rm -rf .venv var .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
