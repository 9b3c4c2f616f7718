# The guide's commands. `make help` lists them.

PORT ?= 8000
# What `make bench` measures, and where it keeps the environments of other generators.
PAGES ?= 200
ROUNDS ?= 3
CACHE ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/field-guide-bench
# What else than pages a web server sends compressed.
TEXTS := bib css js json md ris svg txt xml
# What a change of a rule needs.
RULES := tests/rules tests/pages tests/project/test_rooms.py
VENV := .venv
GUIDE := PYTHONPATH=hooks $(VENV)/bin/python -m guide
PIP := $(VENV)/bin/python -m pip --disable-pip-version-check --quiet
PYTHON := $(shell command -v python3.11 || command -v python3)
INSTALL = echo "installing what $(1) names: some minutes" >&2; $(PIP) install --require-hashes -r $(1) \
	|| { echo "make: installing $(1) failed; see the message above, then run make again" >&2; exit 1; }

# Material announces its end in every build; README says what follows then.
export NO_MKDOCS_2_WARNING := 1

# What a contributor types reaches the tools as it stands, dollar signs too.
export override COLLECTION := $(value COLLECTION)
export override TITLE := $(value TITLE)
export override SLUG := $(value SLUG)
export override FILE := $(patsubst ~/%,$(HOME)/%,$(value FILE))

.DEFAULT_GOAL := help
.PHONY: help serve build compressed archive check test permalinks published lock audit links new reference bench clean

help:  ## list these commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

serve: $(VENV)/site.done  ## set up and serve the site with live reload, on PORT= or 8000
	@test "$(PORT)" -gt 0 -a "$(PORT)" -le 65535 2>/dev/null \
	  || { echo "make: PORT=$(PORT) is no port: give a number from 1 to 65535" >&2; exit 2; }
	@$(VENV)/bin/mkdocs serve --dev-addr 127.0.0.1:$(PORT)

build: $(VENV)/site.done  ## set up, check and build the site into site/, cards, slides, documents and books included
	@$(VENV)/bin/mkdocs build --strict --config-file mkdocs.release.yml

compressed: build  ## build the site, with .gz copies for a web server of our own
	@find site -type f -size +1k \( -name '*.html' $(TEXTS:%=-o -name '*.%') \) -exec gzip -kfn9 {} +

archive: compressed  ## build the site and pack it into field-guide.tar.gz
	@tar --sort=name --owner=0 --group=0 --numeric-owner \
	  $(addprefix --mtime=@,$(or $(SOURCE_DATE_EPOCH),$(shell git log -1 --format=%ct 2>/dev/null))) \
	  --transform 's,^site,field-guide,' -czf field-guide.tar.gz site

check: $(VENV)/site.done  ## our checks alone; of FILES= only
	@$(GUIDE) check $(if $(GITHUB_ACTIONS),--github) $(FILES)

new: $(VENV)/site.done  ## begin an entry; asks, or takes COLLECTION= TITLE=
	@$(if $(filter-out new,$(MAKECMDGOALS)),echo 'make: put words in quotes: TITLE="Who pays?"' >&2; exit 2)
	@$(GUIDE) new

reference: $(VENV)/site.done  ## add works, pasted or in FILE=, as any reference manager exports them
	@$(GUIDE) reference

test: $(VENV)/test.done  ## set up and run all tests; FAST=1 those of the rules alone
	@$(if $(FAST),,sh tests/install-browser)
	@$(if $(FAST),,sh tests/install-servers)
	@$(VENV)/bin/python -m pytest $(if $(FAST),$(RULES))

permalinks: $(VENV)/site.done  ## add every new path and heading to permalinks.txt
	@$(GUIDE) permalinks

published: $(VENV)/site.done  ## see that every line of LEDGER=, or of permalinks.txt, leads on in site/
	@$(GUIDE) published site $(or $(LEDGER),permalinks.txt)

lock: $(VENV)/site.done  ## write requirements/*.txt anew from requirements/*.in
	@$(PIP) install pip-tools==7.6.2
	@for name in site test upkeep; do \
	  $(VENV)/bin/pip-compile --quiet --upgrade --no-config --generate-hashes --allow-unsafe --strip-extras \
	    --no-header --no-emit-options --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
	    --output-file requirements/$$name.txt requirements/$$name.in || exit 1; \
	done

audit: $(VENV)/upkeep.done  ## ask for known weaknesses in what we install (needs the network)
	@$(VENV)/bin/pip-audit --strict --disable-pip --require-hashes \
	  $(patsubst %,-r requirements/%.txt,site test upkeep) \
	  $$(sed -n 's/^\([A-Z][^ ]*\) .*/--ignore-vuln \1/p' requirements/audit-exceptions.txt)

links: $(VENV)/test.done  ## ask every link to elsewhere whether it answers (needs the network)
	@$(VENV)/bin/lychee --format markdown docs bibliography.bib README.md CONTRIBUTING.md

bench: $(VENV)/site.done  ## build beside other generators; PAGES="200 500", ROUNDS=, WRITE=1
	@PYTHONPATH=hooks $(VENV)/bin/python bench/build.py --pages $(PAGES) --rounds $(ROUNDS) \
	  $(if $(WRITE),--write) -- $(CACHE)

clean:  ## remove the environment and everything built
	@rm -rf .pytest_cache
	@test ! -f $(VENV)/pyvenv.cfg || rm -rf $(VENV)
	@test ! -d site/.serving || rm -rf site

# pip comes last: a half-made environment has none, and is made again where it stands.
$(VENV)/bin/pip:
	@test -n "$(PYTHON)" && "$(PYTHON)" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' \
	  || { echo "make: Python 3.11 to 3.14 is needed and was not found as python3.11 or python3: name yours as PYTHON=" >&2; exit 1; }
	@test ! -e $(VENV) || test -f $(VENV)/pyvenv.cfg \
	  || { echo "make: $(VENV) is not a Python environment: move it away" >&2; exit 1; }
	@"$(PYTHON)" -m venv $(VENV) \
	  || { echo "make: $(PYTHON) cannot make an environment (on Debian: apt-get install python3-venv)" >&2; exit 1; }

$(VENV)/site.done: requirements/site.txt | $(VENV)/bin/pip
	@$(call INSTALL,requirements/site.txt)
	@touch $@

$(VENV)/test.done: requirements/test.txt $(VENV)/site.done
	@$(call INSTALL,requirements/test.txt)
	@touch $@

$(VENV)/upkeep.done: requirements/upkeep.txt $(VENV)/test.done
	@$(call INSTALL,requirements/upkeep.txt)
	@touch $@
