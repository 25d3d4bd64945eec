# make run: everything, from nothing. make test: all tests. Needs Python 3.11-3.13 and make.
PYTHON ?= python3
UV_VERSION := 0.13.9
UV := .copydesk/uv/bin/uv
unexport PYTHONDONTWRITEBYTECODE

.venv/.synced: requirements.lock tests/requirements.lock pyproject.toml | $(UV)
	@test -x .venv/bin/python || $(UV) venv -q --python $(PYTHON) .venv
	$(UV) pip sync -q --require-hashes --compile-bytecode --python .venv/bin/python requirements.lock tests/requirements.lock
	$(UV) pip install -q --no-deps --no-build-isolation --python .venv/bin/python -e .
	@touch $@

$(UV):
	$(PYTHON) -m venv .copydesk/uv
	.copydesk/uv/bin/pip install -q --disable-pip-version-check uv==$(UV_VERSION)

.PHONY: lock lint
lock: $(UV) ## resolve pyproject.toml anew
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(UV) pip compile -q --universal --generate-hashes --no-emit-index-url --python-version 3.11 --group build -o requirements.lock pyproject.toml
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(UV) pip compile -q --universal --generate-hashes --no-emit-index-url --python-version 3.11 --group dev -c requirements.lock -o tests/requirements.lock

lint: .venv/.synced ## ruff, mypy, sqlfluff
	.venv/bin/ruff check dags plugins tests
	.venv/bin/ruff format --check dags plugins tests
	.venv/bin/mypy
	.venv/bin/sqlfluff lint sql

.PHONY: env
env: ## .env for docker compose, with random passwords
	@PYTHONPATH=plugins $(PYTHON) -m copydesk.stack.dotenv
