# What a person can do here. The work is in extension/, relay/, docker/ and test/.
#
#   make demo [SECONDS=20]   from nothing to live events; Ctrl-C removes everything
#                            OUTBOX=1: those of an outbox
#   make compare             a real Debezium on the same tables, every event compared
#   make check               everything that proves it
SHELL := /bin/bash
PG_CONFIG ?= pg_config
PREFIX ?= /usr/local
SECONDS ?= 0
SEED ?= 1
ROUNDS ?= 200
ROUND ?=
OUTBOX ?= none
EXAMPLE ?=
GOLDEN ?=
BUILD := $(CURDIR)/build
PYTHON := $(BUILD)/venv/bin/python
AS_ROOT := $(if $(filter 0,$(shell id -u)),,sudo)
export PG_CONFIG
MAKEFLAGS += --no-print-directory

.DEFAULT_GOAL := all
all: relay extension            ## build build/outflow and the extension

relay:
	$(MAKE) -C relay

extension:
	$(MAKE) -C extension

install: install-extension      ## extension for PG_CONFIG, relay under PREFIX (DESTDIR honoured)
	install -D -m 755 $(BUILD)/outflow $(DESTDIR)$(PREFIX)/bin/outflow

install-extension: extension
	$(if $(DESTDIR),,$(AS_ROOT)) $(MAKE) -C extension install

# --- what has to be on the machine ---------------------------------------------------------------

deps: packages jars venv        ## install what is missing: Debian packages, jars, Python wheels

packages:
	docker/install-packages build relay postgres java test

jars: packages
	docker/fetch-jars $(BUILD)/jars

venv: $(BUILD)/venv/.stamp
$(BUILD)/venv/.stamp: test/requirements.txt | packages
	/usr/bin/python3 -m venv $(BUILD)/venv
	$(BUILD)/venv/bin/pip install --quiet --disable-pip-version-check -r $<
	touch $@

# The build starts only when the packages are there.
ready: deps
	$(MAKE) -j$$(nproc) all
	$(MAKE) install-extension

# --- seeing it -----------------------------------------------------------------------------------

demo: ready                     ## live events from a private PostgreSQL, ZooKeeper and Kafka
	$(PYTHON) test/demo --seconds $(SECONDS) --outbox $(patsubst 0,none,$(patsubst 1,emit,$(OUTBOX)))

examples: ready                 ## four use cases; each checks its copy against its source
	$(PYTHON) test/examples $(EXAMPLE)

compare: ready                  ## a real Debezium beside Outflow, compared live by outflow diff
	$(PYTHON) test/compare --seconds $(if $(filter 0,$(SECONDS)),60,$(SECONDS))

# --- proving it ----------------------------------------------------------------------------------

check: ready                    ## unit, regress and integration tests
	test/check unit regress integration

unit:                           ## GoogleTest: the pure core and the relay's state machines
	$(MAKE) -C test/unit

regress:                        ## pg_regress, then the golden files: the plugin and the SQL functions
	test/regress/run
	$(PYTHON) test/golden check

integration:                    ## pytest on a real PostgreSQL, ZooKeeper, Kafka and Debezium
	$(PYTHON) -m pytest test/integration

fuzz-compare: ready             ## random schemas, options and changes beside a real Debezium
	$(PYTHON) test/fuzz --seed $(SEED) --rounds $(ROUNDS) $(if $(ROUND),--round $(ROUND))

torture-outbox: ready           ## EVENTS outbox events, 8 writers, 5 kills: each once, in order
	OUTBOX_EVENTS=$(or $(EVENTS),1000000) $(PYTHON) -m pytest test/integration/test_outbox.py -k killed -qs

golden: ready                   ## capture golden files from a real Debezium (GOLDEN="SET-CASE …": some)
	$(PYTHON) test/golden capture $(GOLDEN)

bench: ready                    ## ratios against pgoutput and Debezium on the same WAL
	$(PYTHON) test/bench

bench-outbox: ready             ## WAL and database time of an outbox event, by the way it is written
	$(PYTHON) test/bench/outbox_cost.py

lint:                           ## formatting and the rules of the tree
	test/lint

format:
	clang-format -i $$(git ls-files '*.h' '*.cpp')

docker:                         ## build every image
	docker/build

docker-check:                   ## the images as one system: both topic families get the rows
	docker/check

clean:
	$(MAKE) -C relay clean
	$(MAKE) -C extension clean
	rm -rf $(BUILD)/unit

help:
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' Makefile | expand -t 16

.PHONY: all relay extension install install-extension deps packages jars venv ready demo examples compare check \
    unit regress integration fuzz-compare torture-outbox golden bench bench-outbox lint format docker docker-check clean help
