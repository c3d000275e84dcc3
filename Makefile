# Each target works from a fresh clone: it first makes what it needs (packaging/prepare.py), once.
# Without make, as on Windows: see "Run it" in README.md.

PYTHON ?= python3
PY := .venv/bin/python
OUT ?= out
SHARED := -n auto --dist worksteal

.PHONY: setup ready run test test-xcb check format soak bench pictures lock

setup:            ## what it takes to run and to test
	@$(PYTHON) packaging/prepare.py --dev

ready:
	@$(PYTHON) packaging/prepare.py

run: ready        ## the demo clinic in a window; without a display its tour, as pictures in out/
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" = Darwin ]; \
	then $(PY) -m maroom run --demo --home $(OUT)/demo; \
	else $(PY) -m maroom tour --out $(OUT); fi

test: setup       ## all tests but the long series, by as many processes as there are cores
	@$(PY) -m pytest $(SHARED)

test-xcb: setup   ## the same in real X11 windows, on a display of its own
	@QT_QPA_PLATFORM=xcb $(PY) -m pytest -p xvfb

check: setup      ## style, types and the shape of the code; all four are run, whatever fails
	@failed=0; for step in "ruff check" "ruff format --check" basedpyright "pytest -q tests/test_architecture.py"; do \
		echo "-- $$step"; $(PY) -m $$step || failed=1; done; exit $$failed

format: setup
	@$(PY) -m ruff check --fix
	@$(PY) -m ruff format

soak: setup       ## the long series
	@$(PY) -m pytest $(SHARED) -m soak

bench: setup      ## times and memory, each beside a floor measured in the same run
	@$(PY) -m tests.bench

pictures: setup   ## every page of the tour in light, dark and at 150 %
	@$(PY) -m tests.pictures --out $(OUT)/pictures

lock: setup       ## requirements.lock from what is installed
	@$(PYTHON) packaging/prepare.py --lock
