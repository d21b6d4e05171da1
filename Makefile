# Jobtrail's commands. `make` lists them. They work from any folder, and paths that are given (FILE=, DATA=)
# are meant from the folder where make was called.

ROOT := $(shell cd "$$(dirname "$(strip $(MAKEFILE_LIST))")" && pwd)
CALLER := $(PWD)
HERE := $(CURDIR)
BACKEND := $(ROOT)/backend
FRONTEND := $(ROOT)/frontend
SHELL := /bin/sh
.DEFAULT_GOAL := help
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules --no-print-directory

prepare = @sh "$(BACKEND)/scripts/prepare.sh"
in_backend = cd "$(BACKEND)" && .venv/bin/
in_frontend = cd "$(FRONTEND)" && npm run --silent

ifeq ($(origin AS),default)
AS := # make's own is the assembler
endif
export FILE AS DATA MAILS NAME USER_EMAIL URL CALLER HERE

# Sets $path to the path in variable $(1): absolute, or from the caller's folder (make -C has left it by now).
define find_path
case "$$$(1)" in \
'') echo "error: say which one: make $@ $(1)=PATH$(2)" >&2; exit 2 ;; \
/*) path=$$$(1) ;; \
*) path=$$CALLER/$$$(1); [ -e "$$path" ] || path=$$HERE/$$$(1) ;; \
esac
endef

define need_docker
docker compose version >/dev/null 2>&1 || { \
	echo "error: Docker with Compose is needed for this; 'make run' needs neither." >&2; exit 1; }
endef

##@ Run
.PHONY: help setup run dev worker beat stop
help: ## list the commands
	@awk 'BEGIN { FS = ":.*## " } \
		/^##@/ { printf "\n\033[1m%s\033[0m\n", substr($$0, 5) } \
		/^[a-z0-9-]+:.*## / { printf "  %-18s %s\n", $$1, $$2 }' "$(ROOT)/Makefile"; echo

setup: ## install everything that work on Jobtrail needs
	$(prepare) preflight dev modules

run: ## start Jobtrail (PORT=8000) and open it
	@exec sh "$(BACKEND)/run.sh"

dev: ## start the API and the page, both reloading on change
	$(prepare) preflight dev modules
	@exec sh "$(BACKEND)/scripts/dev.sh"

worker: ## start a Celery worker (REDIS_URL=); docs/workers.md says what for
	$(prepare) runtime
	@cd "$(BACKEND)" && exec .venv/bin/celery -A app.celery_app worker $(ARGS)

beat: ## start the clock of schedules that workers look after (SYNC_RUNNER=celery)
	$(prepare) runtime
	@cd "$(BACKEND)" && exec .venv/bin/celery -A app.celery_app beat $(ARGS)

stop: ## stop the Jobtrail that `make run` started
	@sh "$(BACKEND)/scripts/stop.sh"

##@ Test
.PHONY: test unit integration sqlite e2e soak
test: ## everything needed, then all tests
	$(prepare) preflight dev modules page
	@$(in_frontend) test
	@$(in_backend)pytest -m "not soak and not live" $(ARGS)

unit: ## tests that need no server, and the page's
	$(prepare) dev modules
	@$(in_frontend) test
	@$(in_backend)pytest tests/unit $(ARGS)

integration: ## tests on PostgreSQL, SQLite and Valkey
	$(prepare) dev
	@$(in_backend)pytest tests/integration -m "not soak and not live" $(ARGS)

sqlite: ## the same on SQLite alone
	$(prepare) dev
	@$(in_backend)pytest tests/integration -m "not soak and not live" --db=sqlite $(ARGS)

e2e: ## tests in a real browser
	$(prepare) dev page
	@$(in_backend)pytest tests/e2e -m "not soak and not live" $(ARGS)

soak: ## the long tests, before a release
	$(prepare) dev page
	@$(in_backend)pytest -m soak --timeout=3600 $(ARGS)
	@$(in_backend)pytest -m one_database --db=both --timeout=900 $(ARGS)

##@ Check
.PHONY: fmt lint types arch check
fmt: ## format the code
	$(prepare) dev
	@$(in_backend)ruff format .
	@$(in_backend)ruff check --fix --exit-zero .

lint: ## ruff and eslint
	$(prepare) dev modules
	@$(in_backend)ruff format --check .
	@$(in_backend)ruff check .
	@$(in_frontend) lint

types: ## mypy and tsc
	$(prepare) dev modules
	@$(in_backend)mypy
	@$(in_frontend) types

arch: ## floor plan and house rules
	$(prepare) dev
	@$(in_backend)lint-imports
	@$(in_backend)pytest -q tests/test_house_rules.py tests/test_routes.py tests/test_docs.py

check: ## every gate, as CI runs it
	$(prepare) preflight dev modules
	@$(in_backend)python scripts/gates.py

##@ Change
.PHONY: migrate migration openapi client lock
migrate: ## bring the database to the newest version, after a backup
	$(prepare) runtime
	@$(in_backend)python -m app migrate

migration: ## write a migration from the models: make migration NAME="add notes"
	@[ -n "$$NAME" ] || { echo 'error: say what it does: make migration NAME="add notes"' >&2; exit 2; }
	$(prepare) dev
	@$(in_backend)alembic revision --autogenerate -m "$$NAME"

openapi: ## write backend/openapi.json
	$(prepare) runtime
	@$(in_backend)python -m app openapi

client: openapi ## write the page's typed client
	$(prepare) modules
	@$(in_frontend) client

lock: ## resolve the packages again and write the hashed locks
	$(prepare) dev
	@sh "$(BACKEND)/scripts/lock.sh" $(ARGS)

##@ Ship
.PHONY: wheel up down logs
wheel: ## build a wheel with the page inside, into dist/
	$(prepare) runtime page
	@$(in_backend)python -m pip --disable-pip-version-check wheel --quiet --no-deps --wheel-dir "$(ROOT)/dist" .
	@ls "$(ROOT)"/dist/jobtrail-*.whl

up: ## start it in containers: PostgreSQL, Redis, app, worker, beat (docs/deploying.md)
	@$(call need_docker)
	@cd "$(ROOT)" && docker compose up --build --detach --wait $(ARGS)
	@cd "$(ROOT)" && docker compose logs --no-log-prefix app | grep "Setup code" | tail -1 || true

down: ## stop the containers; the data stay
	@$(call need_docker)
	@cd "$(ROOT)" && docker compose down $(ARGS)

logs: ## follow what the containers say
	@$(call need_docker)
	@cd "$(ROOT)" && docker compose logs --follow --tail=200 $(ARGS)

##@ Use
.PHONY: demo import sync gmail-sync-full gmail-sync-deleted verify doctor health eval eval-links eval-query screenshots
demo: ## a throw-away Jobtrail with the demo mailbox
	$(prepare) preflight runtime page
	@exec "$(BACKEND)/.venv/bin/python" "$(BACKEND)/scripts/demo.py"

import: ## read a mailbox into an account: make import FILE=inbox.mbox AS=name
	@$(call find_path,FILE, AS=USERNAME); \
	[ -n "$$AS" ] || { echo "error: say whose it is: make import FILE=PATH AS=USERNAME" >&2; exit 2; }; \
	sh "$(BACKEND)/scripts/prepare.sh" runtime && $(in_backend)python -m app import "$$path" --user "$$AS"

sync: ## read connected mailboxes now: make sync AS=name (or USER_EMAIL=; without either, all of them)
	$(prepare) runtime
	@$(in_backend)python -m app sync --user "$$AS" --email "$$USER_EMAIL" $(ARGS)

gmail-sync-full: ## search a whole mailbox again: make gmail-sync-full USER_EMAIL=ana@example.com
	@[ -n "$$USER_EMAIL" ] || { echo "error: say which mailbox: make $@ USER_EMAIL=ADDRESS" >&2; exit 2; }
	$(prepare) runtime
	@$(in_backend)python -m app sync --full --user "$$AS" --email "$$USER_EMAIL" $(ARGS)

gmail-sync-deleted: ## look for mail deleted at its source: make gmail-sync-deleted USER_EMAIL=ana@example.com
	@[ -n "$$USER_EMAIL" ] || { echo "error: say which mailbox: make $@ USER_EMAIL=ADDRESS" >&2; exit 2; }
	$(prepare) runtime
	@$(in_backend)python -m app deletions --user "$$AS" --email "$$USER_EMAIL" $(ARGS)

verify: ## compare mailboxes with what is stored: make verify AS=name (ARGS=--fix fetches what is missing)
	$(prepare) runtime
	@$(in_backend)python -m app verify --user "$$AS" --email "$$USER_EMAIL" $(ARGS)

doctor: ## look after everything that mail needs, with one thing to do about each trouble
	$(prepare) runtime
	@$(in_backend)python -m app doctor $${AS:+--user "$$AS"}

health: ## ask the running server how it is (PORT=8000, or URL=)
	$(prepare) runtime
	@$(in_backend)python -m app health $${URL:+--url "$$URL"}

eval: ## measure classification on labelled mail: make eval DATA=mails.jsonl
	@$(call find_path,DATA); \
	sh "$(BACKEND)/scripts/prepare.sh" runtime && $(in_backend)python scripts/eval_classification.py --data "$$path" $(ARGS)

eval-links: ## measure linking on the labelled search; or on yours: make eval-links DATA=sequences.json (MAILS=mails.mbox)
	@data="" path=""; \
	if [ -n "$$DATA" ]; then $(call find_path,DATA); data=$$path; fi; \
	if [ -n "$$MAILS" ]; then $(call find_path,MAILS); else path=""; fi; \
	sh "$(BACKEND)/scripts/prepare.sh" runtime && \
	$(in_backend)python scripts/eval_links.py $${data:+--data "$$data"} $${path:+--mails "$$path"} $(ARGS)

eval-query: ## measure the search for job mail: make eval-query DATA=mails.jsonl
	@$(call find_path,DATA); \
	sh "$(BACKEND)/scripts/prepare.sh" runtime && $(in_backend)python scripts/eval_query.py --data "$$path"

bench-analytics: ## measure every figure at 1,000 to 100,000 applications (ARGS="--sizes 10000 --db sqlite")
	$(prepare) dev
	@$(in_backend)python scripts/bench_analytics.py $(ARGS)

bench-exports: ## measure the CSV of 100,000 applications: make bench-exports ARGS="--db sqlite"
	$(prepare) dev
	@$(in_backend)python scripts/bench_exports.py $(ARGS)

bench-import: ## measure an import into a real server: make bench-import ARGS="--megabytes 200"
	$(prepare) dev
	@$(in_backend)python scripts/bench_import.py $(ARGS)

bench-sync: ## measure reading a Gmail mailbox at Google's quota: make bench-sync ARGS="--only units lifted"
	$(prepare) dev
	@$(in_backend)python scripts/bench_sync.py $(ARGS)

bench-imap: ## measure reading a mailbox by IMAP: make bench-imap ARGS="--messages 5000"
	$(prepare) dev
	@$(in_backend)python scripts/bench_imap.py $(ARGS)

bench-classify: ## measure classification: local speed, and a language model's waiting (ARGS="--mails 300")
	$(prepare) dev
	@$(in_backend)python scripts/bench_classify.py $(ARGS)

bench-applications: ## measure lists of 100,000 applications and linking of 10,000 mails (ARGS="--only lists --database sqlite")
	$(prepare) dev
	@$(in_backend)python scripts/bench_applications.py $(ARGS)

screenshots: ## pictures of every page, light and dark, wide and phone, for looking at
	$(prepare) dev page
	@$(in_backend)python scripts/take_screenshots.py

##@ Tidy
.PHONY: clean
clean: ## remove what was installed, built or cached; the data stay
	@rm -rf "$(ROOT)/.stamps" "$(BACKEND)/.venv" "$(FRONTEND)/node_modules" "$(FRONTEND)/dist" "$(ROOT)/dist" \
		"$(BACKEND)/tests/browser/node_modules" "$(BACKEND)/test-artifacts" "$(FRONTEND)/test-results" \
		"$(BACKEND)"/.*_cache "$(BACKEND)/.hypothesis" "$(BACKEND)"/.coverage*
	@find "$(BACKEND)" -name __pycache__ -type d -prune -exec rm -rf {} +
