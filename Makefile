# make run | test | check | bench | lock | clean — see README.md
PYTHON ?= python3
BIN := .venv/bin
RUN_STAMP := .venv/run.stamp
DEV_STAMP := .venv/dev.stamp
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --extra embedded pyproject.toml
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUNBUFFERED := 1

# Enough of a production environment to be judged by `check --deploy`; nothing answers there.
PRODUCTION := env DEBUG=False SECRET_KEY=only-for-checks-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ \
	DATABASE_URL=postgres://nobody:nothing@127.0.0.1:1/nowhere REDIS_URL=redis://127.0.0.1:1/0 \
	BASE_URL=https://check.invalid ALLOWED_HOSTS=check.invalid

.PHONY: run test check bench lock clean check-style check-types check-imports check-templates check-django check-security check-dependencies

run: $(RUN_STAMP)
	@$(BIN)/python -m shuangsuiji.launch

test: $(DEV_STAMP)
	@$(BIN)/python -m shuangsuiji.provision --tests
	@$(BIN)/python -m pytest -n 2 $(ARGS)

# `make -k check` goes on after a failure.
check: check-style check-types check-imports check-templates check-django check-security check-dependencies

check-style: $(DEV_STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
check-types: $(DEV_STAMP)
	$(PRODUCTION) $(BIN)/mypy
check-imports: $(DEV_STAMP)
	$(PRODUCTION) $(BIN)/lint-imports
check-templates: $(DEV_STAMP)
	$(BIN)/djlint --quiet --lint templates
check-django: $(DEV_STAMP)
	$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING
	$(PRODUCTION) $(BIN)/python -W ignore manage.py makemigrations --check --dry-run
check-security: $(DEV_STAMP)
	$(BIN)/bandit --quiet --recursive --configfile pyproject.toml manage.py shuangsuiji inspectors enterprises draws inspections publication
check-dependencies: $(DEV_STAMP)
	$(BIN)/python -m tests.support.dependency_audit

bench: $(DEV_STAMP)
	@$(BIN)/python -m tests.bench $(ARGS)

lock: $(DEV_STAMP)
	$(BIN)/$(COMPILE) --output-file requirements.txt
	$(BIN)/$(COMPILE) --extra dev --constraint requirements.txt --output-file requirements-dev.txt

clean:
	@if [ -x $(BIN)/python ] && [ -d var ]; then $(BIN)/python -m shuangsuiji.embedded down; fi
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@echo "var/ (数据) 保留；要连数据一起删除，请自行执行 rm -rf var"

$(RUN_STAMP): requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	@touch $@

$(DEV_STAMP): requirements-dev.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@ $(RUN_STAMP)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("需要 Python 3.11–3.13，当前 %d.%d；可用 make PYTHON=… 指定" % sys.version_info[:2] if not (3, 11) <= sys.version_info[:2] <= (3, 13) else 0)'
	$(PYTHON) -m venv .venv
