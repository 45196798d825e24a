# `make demo` shows a session live; `make test` proves the house. Each sets up all it needs. `make help` lists the rest.
PYTHON ?= python3
RUN := .venv/bin/python
NPM := tools/node.sh npm
NPX := tools/node.sh npx

# make demo: how fast the programme plays, with how many simulated people, which programme, on which port
SPEED ?= 12
PEOPLE ?= 80
TEMPLATE ?= a240
PORT ?= 8080

.DEFAULT_GOAL := help
.PHONY: help demo serve test slow simulate faults bench bench-vote bench-compose check format bundle lock catalogues clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1 - /p' Makefile

demo: .venv/ready-run ## a session with simulated citizens; prints the addresses to open
	@$(RUN) -m server demo --template $(TEMPLATE) --people $(PEOPLE) --speed $(SPEED) --port $(PORT)

serve: .venv/ready-run ## the house itself, for real sessions
	@$(RUN) -m server serve --port $(PORT)

# Three files at once keep two cores busy: houses, stores and browsers are waited for about a third of the time.
# Afterwards those that measure how soon something is back; among some files there may be none of these (5).
AT_ONCE ?= 3
define tests
	$(RUN) -m pytest -n $(AT_ONCE) --dist loadfile --no-loadscope-reorder -m "($(1)) and not alone" $(TESTS)
	$(RUN) -m pytest -m "($(1)) and alone" $(TESTS) || [ $$? -eq 5 ]
endef

test: .venv/ready-dev node_modules/ready ## all tests except long searches; with CI=true these too
	$(call tests,$(if $(CI),slow or not slow,not slow))

slow: .venv/ready-dev node_modules/ready ## the long searches
	$(call tests,slow)

SEEDS ?= 0-999
simulate: .venv/ready-dev ## clerks, journal and news on a clock of their own, by seeds; make simulate SEEDS=7 for one
	$(RUN) -m tests.simulation $(SEEDS)

MINUTES ?= 10
SEED ?= 1
CROWD ?= 200
faults: .venv/ready-dev ## a long meeting on real workers and a real store that are killed, stopped and cut
	$(RUN) -m tests.faults --minutes $(MINUTES) --seed $(SEED) --people $(CROWD)

# make bench QUICK=1 takes three minutes instead of twenty; both want a machine with nothing else to do.
bench: .venv/ready-dev node_modules/ready ## measures everything and writes docs/benchmarks.md
	$(RUN) -m tests.bench --plan $(if $(QUICK),quick,full)

# make bench-vote QUICK=1 takes a minute; 5,000 people vote in secret otherwise.
bench-vote: .venv/ready-dev node_modules/ready ## measures secret ballots and writes their part of docs/benchmarks.md
	$(RUN) -m tests.bench --ballots --plan $(if $(QUICK),quick,full)

SEEDS_COMPOSE ?= 3
bench-compose: .venv/ready-dev ## composes the cases A to F, plain and compiled, and writes docs/composing.md
	$(RUN) -m tests.bench.composing --seeds $(SEEDS_COMPOSE)
	$(RUN) -m tests.bench.beside

check: .venv/ready-dev node_modules/ready ## style and types of all code
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy
	$(NPX) tsc --noEmit

format: .venv/ready-dev ## lays out the Python code
	$(RUN) -m ruff check --fix .
	$(RUN) -m ruff format .

bundle: node_modules/ready ## builds web/static from web/app
	$(NPX) vite build
	@mkdir -p web/static/fonts
	cp node_modules/@fontsource/atkinson-hyperlegible-next/files/*-latin-400-normal.woff2 \
	   node_modules/@fontsource/atkinson-hyperlegible-next/files/*-latin-700-normal.woff2 \
	   node_modules/@fontsource/atkinson-hyperlegible-next/files/*-latin-ext-400-normal.woff2 \
	   node_modules/@fontsource/atkinson-hyperlegible-next/files/*-latin-ext-700-normal.woff2 web/static/fonts/
	cp node_modules/@fontsource/atkinson-hyperlegible-next/LICENSE web/static/fonts/OFL.txt

# make lock UPGRADE=--upgrade takes the newest that the ranges in pyproject.toml allow.
UPGRADE ?=
COMPILE := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-header --only-binary :all: $(UPGRADE)
lock: .venv/bin/uv ## the exact parts in requirements/, from the ranges in pyproject.toml
	$(COMPILE) pyproject.toml -o requirements/run.txt
	$(COMPILE) --extra dev -c requirements/run.txt pyproject.toml -o requirements/dev.txt

LANGUAGES := fr de en
catalogues: .venv/ready-dev ## gathers the sentences of pages and code into web/catalogues, and compiles them
	@mkdir -p build
	.venv/bin/pybabel --quiet extract -F babel.cfg --no-default-keywords --ignore-dirs=".* node_modules static tests" \
	  -k _ -k gettext -k ngettext:1,2 -k t -k n:1,2 -k say:2 -k many:2,3 \
	  --add-location=file --sort-output --no-wrap \
	  --project=Palabre --version=catalogues --copyright-holder="the authors of Palabre" --last-translator=Palabre \
	  --msgid-bugs-address=none -o build/palabre.pot .
	@for language in $(LANGUAGES); do \
	  file=web/catalogues/$$language/LC_MESSAGES/palabre.po; \
	  if [ -f $$file ]; then \
	    .venv/bin/pybabel --quiet update -i build/palabre.pot -o $$file -l $$language \
	      --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap; \
	  else \
	    .venv/bin/pybabel --quiet init -i build/palabre.pot -o $$file -l $$language --no-wrap; \
	  fi || exit 1; \
	done
	.venv/bin/pybabel --quiet compile --statistics -d web/catalogues -D palabre

clean: ## removes all that can be made again
	rm -rf .venv node_modules build .mypy_cache .pytest_cache .ruff_cache .hypothesis

# The set-up, each once until what it depends on changes.
.venv/ready-run: requirements/run.txt tools/setup.py
	@$(PYTHON) tools/setup.py run
	@touch $@

.venv/ready-dev: requirements/dev.txt tools/setup.py
	@$(PYTHON) tools/setup.py dev
	@touch $@ .venv/ready-run

.venv/bin/uv:
	@$(MAKE) .venv/ready-dev

node_modules/ready: package.json package-lock.json | .venv/ready-dev
	@echo "Installing package-lock.json ..."
	@$(NPM) ci --no-audit --no-fund --loglevel=error
	@touch $@
