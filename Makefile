PYTHON ?= python

.PHONY: help
help:  ## what can be made
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.PHONY: test
test:  ## run the tests
	$(PYTHON) -m pytest

.PHONY: lint
lint:  ## format check and lint
	$(PYTHON) -m ruff format --check reader tests benchmarks screenshots
	$(PYTHON) -m ruff check reader tests benchmarks screenshots

.PHONY: types
types:  ## mypy, strict
	$(PYTHON) -m mypy

.PHONY: contracts
contracts:  ## which room may import which
	$(PYTHON) -c "from importlinter.cli import lint_imports_command; lint_imports_command()"

.PHONY: check
check: lint types contracts test  ## everything that must pass before a commit

.PHONY: format
format:  ## format the code
	$(PYTHON) -m ruff format reader tests benchmarks screenshots
	$(PYTHON) -m ruff check --fix reader tests benchmarks screenshots

.PHONY: bench
bench:  ## measure; prints medians and ratios (some minutes)
	$(PYTHON) -m benchmarks

.PHONY: shots
shots:  ## make the pictures in screenshots/ anew
	$(PYTHON) screenshots/shots.py
