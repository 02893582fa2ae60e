# Every target works on a fresh clone that has only Python 3.11, make and git: it sets itself up first.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
# Nothing of theirs runs while it is installed; without a network this gives up at once instead of trying for minutes.
NPM_OPTIONS := --silent --no-package-lock --ignore-scripts --no-audit --no-fund --fetch-retries=0 --fetch-timeout=15000
LOCALE := toolkit/shell/locale
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard $(LOCALE)/*/LC_MESSAGES/*.po))
# Somebody else's Google for the tests; where there is no npm, its one test file says that it is skipped.
JUDGES := $(if $(shell command -v npm),$(VENV)/judges/google/.ready)
.DEFAULT_GOAL := help

help:  ## show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

demo: $(VENV)/.ready $(CATALOGUES)  ## a real Vietnamese spreadsheet walks into a calendar, in a throw-away home
	@$(BIN)/python -m toolkit demo

test: $(VENV)/.dev $(JUDGES) $(CATALOGUES)  ## the whole test suite
	@$(BIN)/python -m pytest -q -n auto

check: $(VENV)/.dev $(CATALOGUES)  ## ruff, mypy, import-linter, documentation in step with --help
	@echo "ruff";          $(BIN)/ruff check .
	@echo "ruff format";   $(BIN)/ruff format --check --quiet .
	@echo "mypy";          $(BIN)/mypy
	@echo "import-linter"; $(BIN)/lint-imports --no-cache
	@echo "docs";          $(BIN)/python docs/build_reference.py --check

bench: $(VENV)/.dev $(CATALOGUES)  ## speed and memory, measured here and now; gates nothing
	@for script in bench/bench_*.py; do $(BIN)/python $$script || exit 1; done

model: $(VENV)/.ready $(CATALOGUES)  ## train the expenses model again: the same data give the same bytes (minutes)
	@$(BIN)/python -m toolkit expenses train

model-card: $(VENV)/.ready $(CATALOGUES)  ## run every recipe that was tried (an hour, can be stopped), write the card again
	@$(BIN)/python -m toolkit expenses evaluate --compare

docs: $(VENV)/.dev $(CATALOGUES)  ## write docs/reference from --help again
	@$(BIN)/python docs/build_reference.py

format: $(VENV)/.dev  ## let ruff lay out the code
	@$(BIN)/ruff check --fix-only --quiet . ; $(BIN)/ruff format --quiet .

clean:  ## remove what the other targets made
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find toolkit tests bench -name __pycache__ -prune -exec rm -rf {} +
	rm -f $(CATALOGUES)

$(VENV)/.ready: pyproject.toml constraints.txt hatch_build.py
	@test -n "$(PYTHON)" || { echo "Cần Python 3.11 trở lên: không thấy python3.11 hay python3 trên máy này."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Cần Python 3.11 trở lên; $(PYTHON) cũ hơn. Gõ: make PYTHON=/đường/dẫn/tới/python3.11 …"; exit 1; }
	@echo "[1/2] Chuẩn bị Python riêng trong $(VENV) …"
	@$(PYTHON) -m venv $(VENV) || { echo "Máy thiếu mô-đun venv. Trên Debian/Ubuntu: sudo apt install python3.11-venv"; exit 1; }
	@echo "[2/2] Cài thư viện theo constraints.txt (lần đầu một hai phút, lần sau không cần) …"
	@$(PIP) install -c constraints.txt -e . babel
	@touch $@

$(VENV)/.dev: $(VENV)/.ready
	@echo "[+] Cài thêm công cụ kiểm thử …"
	@$(PIP) install -c constraints.txt -e '.[dev]'
	@touch $@

$(VENV)/judges/google/.ready: tests/judges/google/package.json | $(VENV)/.dev
	@echo "[+] Cài máy chủ Google của người khác để kiểm thử …"
	@mkdir -p $(@D) && cp $< $(@D)/
	@npm install $(NPM_OPTIONS) --prefix $(VENV)/judges/google || echo "npm không cài được: phần kiểm thử ấy được bỏ qua."
	@touch $@

%.mo: %.po | $(VENV)/.ready
	@$(BIN)/pybabel --quiet compile -i $< -o $@

.PHONY: help demo test check bench model model-card docs format clean
