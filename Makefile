# Two commands matter: `make run` and `make test`. Everything else serves them.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: install run test sbom bench bench-report bench-watch bench-statement bench-dashboards bench-decode check format lock clean help

help:
	@echo "make run      start the example site and print its addresses (ARGS=\"--port 8080\" is passed on)"
	@echo "make test     run every test"
	@echo "make bench    measure the collector against bare subscribers (ARGS=\"--help\")"
	@echo "make bench-report  measure the API's reports and the roll-up (ARGS=\"--help\")"
	@echo "make bench-watch   measure the fault rules with very many devices (ARGS=\"--help\")"
	@echo "make bench-statement  measure a big statement in all its formats (ARGS=\"--help\")"
	@echo "make bench-dashboards  measure what Grafana's queries cost InfluxDB (ARGS=\"--help\")"
	@echo "make bench-decode  measure the decoders and codecs (ARGS=\"--help\")"
	@echo "make bench-backup  measure a backup and its restoring (ARGS=\"--help\")"
	@echo "make check    lint, format, types, import rules, generated files"
	@echo "make sbom     write the bill of materials, build/sbom.cdx.json"
	@echo "make install  create the environment, and nothing else"

install: $(VENV)/run.stamp

run: $(VENV)/run.stamp
	@$(BIN)/rumskoll run --demo $(ARGS)

test: $(VENV)/dev.stamp
	@tests/prepare
	@$(BIN)/pytest $(ARGS)

bench: $(VENV)/dev.stamp
	@$(BIN)/python -m bench.ingest $(ARGS)

bench-report: $(VENV)/dev.stamp
	@$(BIN)/python -m bench.report $(ARGS)

bench-watch: $(VENV)/dev.stamp
	@$(BIN)/python -m bench.watch $(ARGS)

bench-backup: $(VENV)/dev.stamp
	@$(BIN)/python -m bench.backup $(ARGS)

bench-statement: $(VENV)/dev.stamp
	@$(BIN)/python -m bench.statement $(ARGS)

bench-decode: $(VENV)/dev.stamp
	@$(BIN)/python -m bench.decode $(ARGS)

bench-dashboards: $(VENV)/dev.stamp
	@$(BIN)/python -m bench.dashboards $(ARGS)

# What is in a release, by name, version and checksum. Nothing in it changes from run to run.
sbom: $(VENV)/dev.stamp
	@mkdir -p build
	@$(BIN)/cyclonedx-py requirements requirements/run.txt --pyproject pyproject.toml --mc-type application --output-reproducible --output-format JSON --output-file build/sbom.cdx.json
	@echo "build/sbom.cdx.json"

check: $(VENV)/dev.stamp
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m rumskoll.generate --check

format: $(VENV)/dev.stamp
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .

$(VENV)/uv.stamp: requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Rumskoll needs Python 3.11 or newer; say which: make run PYTHON=python3.12")'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

$(VENV)/run.stamp: $(VENV)/uv.stamp requirements/run.txt requirements/build.txt pyproject.toml
	@echo "Installing what Rumskoll needs into $(VENV) ..."
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --require-hashes -r requirements/run.txt -r requirements/build.txt
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements/dev.txt
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

# Lock files carry hashes and name no package index.
lock: $(VENV)/uv.stamp
	$(BIN)/uv pip compile -q --upgrade --generate-hashes --no-emit-index-url --universal --python-version 3.11 requirements/uv.in -o requirements/uv.txt
	$(BIN)/uv pip compile -q --upgrade --generate-hashes --no-emit-index-url --universal --python-version 3.11 requirements/build.in -o requirements/build.txt
	$(BIN)/uv pip compile -q --upgrade --generate-hashes --no-emit-index-url --universal --python-version 3.11 pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile -q --upgrade --generate-hashes --no-emit-index-url --universal --python-version 3.11 pyproject.toml --group dev -o requirements/dev.txt

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
