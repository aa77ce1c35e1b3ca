# The benchmark against a stock Rasa project. Included by the root Makefile.
# BENCH_ARGS: see `python -m bench.run --help`, e.g. BENCH_ARGS="--quick".
PY ?= .venv/bin/python
UV ?= .venv/bin/uv
BENCH_PEER := bench/peer
BENCH_PEER_READY := $(BENCH_PEER)/.venv/ready
BENCH_ARGS ?=

.PHONY: bench bench-live bench-setup bench-train bench-lock

bench: setup train bench-train ## Measure against a stock Rasa project; writes bench/results.md
	@$(PY) -m bench.run $(BENCH_ARGS)

bench-live: setup browser-setup ## Measure how fast a message is on the screen of staff; writes bench/results_live.md
	@$(PY) -m bench.live $(BENCH_ARGS)

bench-train: .venv/ready bench-setup ## Train the stock project of the benchmark, if it changed
	@$(PY) -m bench.train $(BENCH_ARGS)

bench-setup: $(BENCH_PEER_READY) ## Install the stock Rasa of the benchmark

$(BENCH_PEER_READY): $(BENCH_PEER)/requirements.lock
	@$(UV) python find --quiet --directory $(BENCH_PEER) 3.10 >/dev/null || \
		{ echo "Python 3.10 is missing: stock Rasa 3.6 needs it. Install it so that uv can find it."; exit 1; }
	@echo "Installing stock Rasa for the benchmark (about 440 MB to download, 1.6 GB on disk) ..."
	@$(UV) venv --quiet --allow-existing --directory $(BENCH_PEER) --python 3.10 .venv
	@UV_COMPILE_BYTECODE=1 $(UV) pip sync --quiet --directory $(BENCH_PEER) --python .venv/bin/python \
		--require-hashes requirements.lock
	@touch $@

bench-lock: .venv/ready ## Resolve the benchmark's stock Rasa again
	$(UV) pip compile --directory $(BENCH_PEER) pyproject.toml --python-version 3.10 \
		--generate-hashes --no-header --no-annotate --quiet --output-file requirements.lock
