# make run, make check, make test, make train, make space, make lock, make audit, make screenshots (the pictures in
# README.md and docs/); without make: README.md
PYTHON ?= python3
BIN = .venv/bin
PYTEST = $(BIN)/python -m pytest -n 3 --dist worksteal

run: .venv/app
	$(BIN)/python app.py --open

check: .venv/dev static
	$(PYTEST) -q tests/unit

test: .venv/dev static
	$(BIN)/python tests/browser.py
	$(PYTEST)

# Format, lint and types of both languages, and the browser modules' unit tests.
static: .venv/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/pyright --pythonpath $(BIN)/python
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory node_modules/.done && npm run --silent check; \
	else echo "There is no node here: the browser's modules are not checked, and their unit tests not run."; fi

node_modules/.done: package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund
	touch $@

# make space SPACE=owner/name puts the app on Hugging Face; DRY_RUN=1 only lists the files.
space: .venv/app
	@$(BIN)/python deploy/space.py $(if $(DRY_RUN),--dry-run) "$(SPACE)"

train: .venv/app
	$(BIN)/python train.py

# What the requirements bring along, with hashes, for all Pythons. uv keeps the versions that it finds in
# a lock: those of requirements.lock for what serves, too.
lock:
	$(PYTHON) -m venv .venv/lock && .venv/lock/bin/pip install --quiet uv
	for name in requirements requirements-dev requirements-serve; do \
	if [ $$name = requirements-serve ]; then cp requirements.lock $$name.lock; fi; \
	.venv/lock/bin/uv pip compile --quiet --universal \
	--python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
	$$name.txt -o $$name.lock; done

# Asks PyPI for known weaknesses of everything that is installed to run the app.
audit: .venv/dev
	$(BIN)/pip install --quiet pip-audit
	$(BIN)/pip-audit --require-hashes -r requirements.lock

screenshots: .venv/dev
	$(BIN)/python tests/browser.py
	$(BIN)/python tests/screenshots.py

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; (3, 11) <= sys.version_info < (3, 14) or sys.exit( \
	"TensorFlow needs Python 3.11, 3.12 or 3.13, and this is " + sys.version.split()[0] \
	+ ". Name another one: make PYTHON=python3.12 ... To serve without TensorFlow: requirements-serve.txt, see README.md")'
	$(PYTHON) -m venv .venv

.venv/app: .venv/bin/pip requirements.lock
	@echo "Installing TensorFlow and Gradio into .venv, once: about 2.5 GB, a few minutes."
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	touch $@

.venv/dev: .venv/bin/pip requirements-dev.lock
	@echo "Installing TensorFlow, Gradio and the tests' tools into .venv, once: about 2.5 GB."
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.lock
	touch $@

.PHONY: run check test static space train lock audit screenshots
