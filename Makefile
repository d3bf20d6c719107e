# The commands of this project. `make run` and `make test` are all a newcomer needs.

PYTHON ?= python3
PORT   ?= 8000
INDEX  ?= index
BIN    := .venv/bin

.PHONY: run test check corpora night relevance bench pages copies lock clean always

## run: install, index the bundled sample where there is no index yet, and serve it
run: .venv/run
	@ls "$(INDEX)"/manifest-*.json >/dev/null 2>&1 || $(BIN)/wxsearch index sample --index "$(INDEX)"
	@exec $(BIN)/wxsearch serve --bind "127.0.0.1:$(PORT)" --index "$(INDEX)"

## test: install what the tests need, then run them
test: .venv/test
	$(BIN)/python -m pytest -n 2 -m "not slow"

## check: linters, types, import rules
check: .venv/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

## corpora: the tests that take minutes, on the articles that WXSEARCH_CORPORA names
corpora: .venv/test
	$(BIN)/python -m pytest -m slow

## night: what is drawn, drawn anew for hours: histories, queries, crashes, pages, strings
night: .venv/test
	WXSEARCH_TESTS_PROPERTY_EXAMPLES=$(or $(DRAWN),20000) WXSEARCH_TESTS_MUTATED_PAGES=20000 \
	  WXSEARCH_TESTS_SUBSTRINGS=20000 WXSEARCH_TESTS_CRASH_ROUNDS=10 $(BIN)/python -m pytest -n 2 --timeout 28800

## relevance: the ranking against accepted figures; ACCEPT=1 raises them to what is reached
relevance: .venv/test
	TESTS_ACCEPT_FIGURES=$(ACCEPT) $(BIN)/python -m pytest tests/relevance

## bench: side by side with other engines; writes bench.json
bench: .venv/test
	$(BIN)/python -m wxsearch.benchmarks $(BENCH)

## pages: how well pages are read, beside other readers, on those that WXSEARCH_CORPORA names
pages: .venv/rivals
	$(BIN)/python -m wxsearch.benchmarks.extraction $(PAGES)

## copies: how well reprints are told from other articles
copies: .venv/test
	$(BIN)/python -m wxsearch.benchmarks.families $(COPIES)

## lock: choose the newest versions that pyproject.toml allows, with their hashes (needs uv)
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  pyproject.toml requirements/build.in -o requirements/run.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --group test pyproject.toml requirements/build.in -c requirements/run.txt -o requirements/test.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --group rivals pyproject.toml requirements/build.in -c requirements/test.txt -o requirements/rivals.txt

# Each file below is written last, when the step it stands for has worked. `.venv/python` is
# looked at every time and only written anew where another Python, or another folder, asks.
.venv/python: always
	@$(PYTHON) scripts/make_environment.py .venv

.venv/run: .venv/python requirements/run.txt pyproject.toml
	@echo "installing into .venv …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q src/wxsearch
	@touch $@

.venv/test: requirements/test.txt .venv/run
	@echo "installing what the tests need …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --require-hashes -r requirements/test.txt
	@touch $@

.venv/rivals: requirements/rivals.txt .venv/test
	@echo "installing the other readers of pages …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --require-hashes -r requirements/rivals.txt
	@touch $@

clean:
	rm -rf .venv build src/*.egg-info
