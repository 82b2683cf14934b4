# What a newcomer runs by hand; `make` alone lists it.
bin = .venv/bin

help:           ## this list
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*##/  /' | column -t -l 2

.venv:
	python3 -m venv .venv && $(bin)/pip install -q -e '.[dev]'

run: .venv      ## open the app
	$(bin)/stretch-tui

test: .venv     ## the tests
	$(bin)/python -m pytest -q

snapshots: .venv ## take the text snapshots anew; read the diff before you commit it
	$(bin)/python -m pytest -q --snapshot-update

lint: .venv     ## formatter, linters, types, arrows between rooms
	$(bin)/ruff format . && $(bin)/ruff check . && $(bin)/mypy && $(bin)/lint-imports
	$(bin)/codespell && $(bin)/vulture && $(bin)/deptry .

pictures: .venv ## the screenshots, from the real app
	$(bin)/python screenshots/make.py

zipapp: .venv   ## one file that runs on any host with python3: dist/stretch-tui.pyz
	rm -rf build/zip && $(bin)/pip install -q --no-compile --target build/zip .
	rm -rf build/zip/bin build/zip/*.dist-info/sboms  # and what highlights code, of which we show none:
	find build/zip/pygments/lexers -name '*.py' ! -name '__init__.py' ! -name '_mapping.py' -delete
	mkdir -p dist && $(bin)/python -m zipapp build/zip -c -p '/usr/bin/env python3' \
	  -m stretch_tui.cli.entry:entry -o dist/stretch-tui.pyz

.PHONY: help run test snapshots lint pictures zipapp
