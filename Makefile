# make run, make test, make train, make audit; the same without make is in README.md
PYTHON ?= python3
BIN = .venv/bin

run: .venv/app
	$(BIN)/python app.py --open

test: .venv/dev
	$(BIN)/python tests/browser.py
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

train: .venv/app
	$(BIN)/python train.py

# Asks PyPI for known weaknesses of everything that requirements.txt installs.
audit: .venv/dev
	$(BIN)/pip install --quiet pip-audit
	$(BIN)/pip-audit -r requirements.txt

screenshots: .venv/dev
	$(BIN)/python tests/browser.py
	$(BIN)/python tests/screenshots.py

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; (3, 11) <= sys.version_info < (3, 14) or sys.exit( \
	"TensorFlow needs Python 3.11, 3.12 or 3.13, and this is " + sys.version.split()[0] \
	+ ". Name another one: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv .venv

.venv/app: .venv/bin/pip requirements.txt
	@echo "Installing TensorFlow and Gradio into .venv, once: about 2.5 GB, a few minutes."
	$(BIN)/pip install --quiet -r requirements.txt
	touch $@

.venv/dev: .venv/bin/pip requirements.txt requirements-dev.txt
	@echo "Installing TensorFlow, Gradio and the tests' tools into .venv, once: about 2.5 GB."
	$(BIN)/pip install --quiet -r requirements-dev.txt
	touch $@

.PHONY: run test train audit screenshots
