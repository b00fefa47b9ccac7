# `make help` lists the targets. `make demo` and `make test` set up all they need, on a fresh machine too.
.DEFAULT_GOAL := help
PYTHON ?= python3
# Processes that run the tests, one more than most small machines have cores: browsers wait. Each holds about 400 MB.
WORKERS ?= 3
# The treebanks for `make parser-…` (models/parser/README.md says which files).
UD ?= ../shared/ud

# Some containers set it; then each of the hundreds of processes that the tests start compiles all modules anew.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
RUN := $(BIN)/python -m
DEMO := build/demo
PARSER := build/parser
WEIGHTS := src/whoholds/data/weights/parser-en.zip

JUDGE := build/judge

# Set-up is done again when what decides it changes: dependencies, the map's front end, the folder itself (an
# environment cannot be moved).
FRONTEND := $(sort $(shell find frontend/src -type f)) $(addprefix frontend/,package.json package-lock.json build.mjs)
KEY := $(shell { echo "$(CURDIR)"; cat pyproject.toml hatch_build.py $(FRONTEND); } | sha256sum | cut -c1-16)
READY := .venv/ready-$(KEY)
TEST_READY := .venv/ready-test-$(KEY)

.PHONY: help demo test lint format eval eval-voices eval-dates eval-places eval-grid eval-soak eval-tables eval-control fit bench bench-scale docs-cli \
        frontend-check docs-site wheel clean \
        confidence-train judge-compare \
        parser-convert parser-train parser-adapt parser-pack parser-evaluate

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' Makefile

demo: $(READY) ## Read the sample reports, print who holds what, write a map
	@mkdir -p $(DEMO) && rm -f $(DEMO)/whoholds.db
	$(BIN)/whoholds read examples --ledger $(DEMO)/whoholds.db
	$(BIN)/whoholds who --brief --ledger $(DEMO)/whoholds.db
	$(BIN)/whoholds map -o $(DEMO)/map.html --ledger $(DEMO)/whoholds.db
	@cat scripts/demo.txt

test: $(TEST_READY) lint ## Check style and types, then run all tests, those in a browser too
	@scripts/debian.sh chromium chromium "the browser tests"
	@scripts/debian.sh postgres postgresql "the tests of shared ledgers" postgresql-postgis
	@scripts/debian.sh ogrinfo gdal-bin "the tests of files for other programs"
	@scripts/debian.sh soffice libreoffice-calc-nogui "the tests of spreadsheets"
	$(RUN) pytest -n $(WORKERS) --dist worksteal

lint: $(TEST_READY) frontend-check ## Check formatting, style and types (ruff, mypy, TypeScript)
	$(RUN) ruff format --check .
	$(RUN) ruff check .
	$(RUN) mypy

format: $(TEST_READY) ## Format the code and mend what ruff can mend
	$(RUN) ruff format .
	$(RUN) ruff check --fix .

eval: $(READY) ## Measure accuracy on claims written by hand, print the figures
	$(BIN)/python eval/run.py

eval-voices: $(READY) ## Measure who says it: speakers, their sides, claims without a speaker
	$(BIN)/python eval/voices.py

eval-dates: $(READY) ## Measure the reports' own dates against dates read by hand
	$(BIN)/python eval/dates.py

eval-places: $(READY) ## Measure how places are found and where they are put
	$(BIN)/python eval/toponyms.py --gate
	$(BIN)/python eval/places.py --gate

eval-grid: $(READY) ## Measure constructions of English, each filled with several wars
	$(BIN)/python eval/grid.py --gate

eval-soak: $(READY) ## Read reports mixed and mangled from all corpora; fails where one cannot be read
	$(BIN)/python eval/soak.py

eval-tables: $(READY) ## Measure accuracy, write the tables in README.md and docs/accuracy.md anew
	$(BIN)/python eval/tables.py

eval-control: $(READY) ## Measure who holds what against simpler ways, on wars of known truth
	$(BIN)/python eval/control_eval.py --check

fit: $(READY) ## Fit the parameters of control on made-up wars, measure them on others (two minutes)
	$(BIN)/python eval/fit_control.py

bench: $(READY) ## Measure speed and memory
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/checks.py
	$(BIN)/python benchmarks/times.py
	$(BIN)/python benchmarks/control.py --claims 100000 --places 2000

bench-scale: $(TEST_READY) ## Measure an archive of 20,000 records, kills, cores and sizes (an hour on two idle cores)
	$(BIN)/python benchmarks/archive.py
	$(BIN)/python benchmarks/kills.py
	$(BIN)/python benchmarks/scale.py

docs-cli: $(READY) ## Write docs/cli.md anew from the commands
	$(BIN)/python docs/make_cli.py

docs-site: $(READY) ## Build the documentation as a site in build/site (mkdocs-material, into .venv)
	$(RUN) pip install --quiet --disable-pip-version-check --editable ".[docs]"
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

# Set-up builds the front end without the compiler, and takes it away again with all that the front end needs.
frontend-check: $(TEST_READY) ## Check the types of the map's front end (TypeScript)
	@cd frontend && { test -x node_modules/.bin/tsc || npm ci --ignore-scripts --no-audit --no-fund; }
	@cd frontend && npm run --silent check

wheel: $(TEST_READY) ## Build wheel and source archive into dist/
	$(RUN) hatchling build

clean: ## Remove the environment and everything that was built
	rm -rf .venv build/demo dist frontend/node_modules src/whoholds/exports/assets
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis

confidence-train: $(TEST_READY) ## Train and calibrate the confidence of claims (a minute)
	$(BIN)/python models/confidence/train.py

judge-compare: $(READY) ## Compare frames alone, an encoder, and frames with a judge (decision 6; 20 minutes)
	$(PYTHON) -m venv $(JUDGE)/venv
	$(JUDGE)/venv/bin/python -m pip install --quiet --disable-pip-version-check -r models/judge/requirements.txt
	PYTHONPATH=eval $(BIN)/python models/judge/proposals.py $(JUDGE)/proposals.pkl
	PYTHONPATH=eval $(JUDGE)/venv/bin/python models/judge/learn.py $(JUDGE)/proposals.pkl $(JUDGE)/traits.pkl \
	  --no-words --epochs 6
	PYTHONPATH=eval $(JUDGE)/venv/bin/python models/judge/learn.py $(JUDGE)/proposals.pkl $(JUDGE)/frozen.pkl \
	  --layers 4 --lower 4 --epochs 6
	PYTHONPATH=eval $(JUDGE)/venv/bin/python models/judge/learn.py $(JUDGE)/proposals.pkl $(JUDGE)/tuned.pkl \
	  --layers 6 --lower 4 --epochs 3
	PYTHONPATH=eval:models/confidence $(BIN)/python models/judge/compare.py $(JUDGE)/proposals.pkl \
	  traits=$(JUDGE)/traits.pkl frozen=$(JUDGE)/frozen.pkl tuned=$(JUDGE)/tuned.pkl \
	  both=$(JUDGE)/traits.pkl+$(JUDGE)/tuned.pkl

parser-convert: $(TEST_READY) ## Parser, step 1: treebanks (UD=folder) to training files
	$(BIN)/python models/parser/convert.py $(UD) $(PARSER)

parser-train: $(TEST_READY) ## Parser, step 2: train on the treebanks (25 minutes)
	$(RUN) spacy train models/parser/train.cfg -o $(PARSER)/first \
	  --paths.train $(PARSER)/train.spacy --paths.dev $(PARSER)/dev.spacy

parser-adapt: $(TEST_READY) ## Parser, step 3: adapt to the words of conflict (17 minutes)
	$(RUN) spacy train models/parser/adapt.cfg -o $(PARSER)/second \
	  --paths.train $(PARSER)/adapt.spacy --paths.dev $(PARSER)/dev.spacy --paths.base $(PARSER)/first/model-best

parser-pack: $(TEST_READY) ## Parser, step 4: pack the weights into the package
	$(BIN)/python models/parser/pack.py $(PARSER)/second/model-best $(WEIGHTS)

parser-evaluate: $(TEST_READY) ## Parser, step 5: measure the packed weights; fails below the floor
	$(BIN)/python models/parser/evaluate.py $(UD)

$(READY):
	@PYTHON="$(PYTHON)" scripts/setup.sh
	@rm -f .venv/ready-* && touch $@

$(TEST_READY):
	@PYTHON="$(PYTHON)" scripts/setup.sh test
	@rm -f .venv/ready-* && touch $(READY) $@
