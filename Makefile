# Everything runs in ./.venv, which the first target that needs it makes. Python 3.11 or newer,
# make and git are all that has to be there.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# Tests with a browser wait about as long as they compute: four keep two cores busy.
JOBS ?= 4

# Where Python may not keep what it has compiled, each of the many processes that tests start
# compiles everything again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test faults storm matrix mutations inbox bench replay reference pictures check fix clean lock

help: ## Show the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

demo: $(STAMP) ## Send a message and an invitation on the bundled sandbox
	@$(BIN)/linkedin-executor demo

test: $(STAMP) ## Run every test
	@$(BIN)/linkedin-executor browser install > /dev/null
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup $(ARGS)

# What is said on make's command line, such as ROUNDS=5 or CASES=browser, reaches the program.
faults: $(STAMP) ## Kill everything at every named point; ROUNDS=n, CASES=part of a name
	@$(BIN)/linkedin-executor browser install > /dev/null
	@$(BIN)/python -m tests.faults

storm: $(STAMP) ## Many tasks under random kills; STORM=browsers or simulated, TASKS=n, ACCOUNTS=n
	@$(BIN)/linkedin-executor browser install > /dev/null
	@$(BIN)/python -m tests.faults.storm $(STORM)

matrix: $(STAMP) ## Every flow, language, page and toggle with one another; LANGUAGES=de,ja, FLOWS=, TOGGLES=part of a name, PRODUCT=1
	@$(BIN)/linkedin-executor browser install > /dev/null
	@$(BIN)/python -m tests.matrix

mutations: $(STAMP) ## Read pages that were changed in every way; PAGES= and MUTATIONS=part of a name
	@$(BIN)/linkedin-executor browser install > /dev/null
	@$(BIN)/python -m tests.mutations

inbox: $(STAMP) ## Read 300 conversations and their 2,000 messages over HTTP
	@$(BIN)/linkedin-executor browser install > /dev/null
	@$(BIN)/python -m tests.inbox

bench: $(STAMP) ## Speed as a user feels it, beside baselines; QUICK=1 for few and small rounds, FIGURES=part,part
	@$(BIN)/linkedin-executor browser install > /dev/null
	@$(BIN)/python -m tests.bench

replay: $(STAMP) ## The image without a container engine, as root; FOLDER=where, LEND=folders for pip, REUSE=1
	@$(BIN)/python -m tests.deployment "$(FOLDER)"

reference: $(STAMP) ## Write docs/api.md anew, from the API's own description
	@$(BIN)/python -m tests.reference

pictures: $(STAMP) ## Take the pictures of the dashboard in docs/pictures anew
	@$(BIN)/python -m tests.pictures 2> /dev/null

check: $(STAMP) ## Lint, types and import contracts
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

fix: $(STAMP) ## Mend what the linter can mend, and format
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

clean: ## Remove the environment, caches and build results
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

lock: $(STAMP) ## Pin the newest dependencies, with hashes, for every platform
	@.ci/lock "$(BIN)"

$(STAMP): pyproject.toml requirements.txt requirements-dev.txt .ci/environment
	@.ci/environment "$(PYTHON)" "$(VENV)"
	@touch $@
