# make run: everything, from nothing. make test: all tests. Needs Python 3.11-3.13 and make.
PYTHON ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11,$(shell $(name) -c $(SUITABLE) 2>/dev/null && echo $(name))) python3)
SUITABLE := 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))'
UV_VERSION := 0.13.9
UV := .copydesk/uv/bin/uv
FEEDS ?=
export FEEDS
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run smoke test
help: ## what can be made
	@sed -nE 's/^([a-z-]+):.*## (.*)/make \1\t\2/p' Makefile | expand -t 20

run: .venv/.synced ## Postgres and Airflow here, ingesting the demo newswire, or FEEDS="https://… https://…"
	@.venv/bin/copydesk run --feeds "$$FEEDS"

smoke: .venv/.synced ## the demo from scratch, its rows checked, everything stopped again
	@.venv/bin/copydesk run --smoke

test: .venv/.synced ## all tests
	.venv/bin/python -m pytest $(ARGS)

.PHONY: bench bench-rules bench-scale bench-push bench-pace bench-polling
bench: .venv/.synced ## pages a second, processor time and peak memory: trafilatura, extract and clean, the whole job, with site profiles and without
	.venv/bin/python tests/benchmarks/speed.py $(ARGS)

bench-profiles: .venv/.synced ## how right and how fast pages are read with a site profile and without
	.venv/bin/python tests/benchmarks/profiles.py $(ARGS)

bench-rules: .venv/.synced ## how right each cleaning rule is on pages of known text: ARGS="FOLDER..." of NAME.html.gz beside NAME.json
	.venv/bin/python tests/benchmarks/rules.py $(ARGS)

bench-scale: .venv/.synced ## what an article costs with 10,000 to 1,000,000 stored
	.venv/bin/python tests/benchmarks/scale.py $(ARGS)

bench-push: .venv/.synced ## push to row in a stack of its own: seconds of 30 pushes, runs of a burst of 1,000, what a flood of forged ones does
	.venv/bin/python tests/benchmarks/push.py $(ARGS)

bench-pace: .venv/.synced ## 200 hosts, 4 workers, one of them killed: what each host saw of its pause and concurrency
	PYTHONPATH=tests .venv/bin/python -m benchmarks.pace $(ARGS)

bench-polling: .venv/.synced ## a simulated week of 2,000 feeds: requests and delay of adaptive polling and of every 15 minutes
	.venv/bin/python tests/benchmarks/polling.py $(ARGS)

.venv/.synced: requirements.lock tests/requirements.lock pyproject.toml | $(UV)
	@echo "making .venv from the lock files"
	@.venv/bin/python -c pass 2>/dev/null || $(UV) venv -q --clear --python $(PYTHON) .venv
	$(UV) pip sync -q --require-hashes --compile-bytecode --python .venv/bin/python requirements.lock tests/requirements.lock
	$(UV) pip install -q --no-deps --no-build-isolation --python .venv/bin/python -e .
	@touch $@

# uv comes by pip: from a virtual environment of its own or, where Python came without venv's parts, into a plain folder
$(UV):
	@$(PYTHON) -c $(SUITABLE) || { \
		echo "copydesk needs Python 3.11, 3.12 or 3.13, and $(PYTHON) is $$($(PYTHON) -V 2>&1); say which one: make PYTHON=python3.12 …" >&2; \
		exit 1; }
	@rm -rf .copydesk/uv && mkdir -p .copydesk
	@$(PYTHON) -m venv .copydesk/uv >/dev/null 2>&1 && .copydesk/uv/bin/pip install -q --disable-pip-version-check uv==$(UV_VERSION) \
		|| { rm -rf .copydesk/uv; $(PYTHON) -m pip install -q --disable-pip-version-check --target .copydesk/uv uv==$(UV_VERSION); } \
		|| { echo "uv could not be installed: is the package index reachable, and has $(PYTHON) venv or pip (Debian: apt-get install python3-venv)?" >&2; \
		exit 1; }

.PHONY: lock lint env
lock: $(UV) ## resolve pyproject.toml anew
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(UV) pip compile -q --universal --generate-hashes --no-emit-index-url --python-version 3.11 --group build -o requirements.lock pyproject.toml
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(UV) pip compile -q --universal --generate-hashes --no-emit-index-url --python-version 3.11 --group dev -c requirements.lock -o tests/requirements.lock

lint: .venv/.synced ## ruff, mypy, sqlfluff
	.venv/bin/ruff check dags plugins tests
	.venv/bin/ruff format --check dags plugins tests
	.venv/bin/mypy
	.venv/bin/sqlfluff lint sql

env: ## .env for docker compose, with random passwords
	@PYTHONPATH=plugins $(PYTHON) -m copydesk.stack.dotenv
