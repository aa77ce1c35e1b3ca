# The assistant's own environment (Python 3.10, Rasa 3.6.21) and its model.
# Included by the root Makefile; all paths are from the root of the repository.

UV ?= .venv/bin/uv
BOT := bot/server
BOT_PYTHON := $(BOT)/.venv/bin/python
BOT_READY := $(BOT)/.venv/ready
BOT_SITE := $(BOT)/.venv/lib/python3.10/site-packages
BOT_QUIET := PYTHONWARNINGS=ignore SQLALCHEMY_SILENCE_UBER_WARNING=1 RASA_TELEMETRY_ENABLED=false \
	RASA_MAX_CACHE_SIZE=0

.PHONY: bot-setup bot-lock train

bot-setup: $(BOT_READY) ## Install the assistant's environment

# The stand-in for TensorFlow is switched on by a .pth file; it does nothing where the real one is.
$(BOT_READY): $(BOT)/requirements.lock $(BOT)/tensorflow_stand_in.py
	@$(UV) python find --quiet --directory $(BOT) 3.10 >/dev/null || \
		{ echo "Python 3.10 is missing: the assistant (Rasa 3.6) needs it. Install it so that uv can find it."; exit 1; }
	@echo "Installing the assistant's environment (1.4 GB on disk) ..."
	@$(UV) venv --quiet --allow-existing --directory $(BOT) .venv
	@UV_COMPILE_BYTECODE=1 $(UV) pip sync --quiet --directory $(BOT) --python .venv/bin/python \
		--require-hashes requirements.lock
	@cp $(BOT)/tensorflow_stand_in.py $(BOT_SITE)/tensorflow_stand_in.py
	@echo 'import tensorflow_stand_in; tensorflow_stand_in.install()' > $(BOT_SITE)/tensorflow_stand_in.pth
	@touch $(BOT_READY)

train: $(BOT_READY) ## Train the assistant, if anything it is made of has changed
	@$(BOT_QUIET) $(BOT_PYTHON) -m bot.server.train

bot-lock: ## Resolve the assistant's environment again
	$(UV) pip compile --directory $(BOT) pyproject.toml --python-version 3.10 --generate-hashes \
		--no-header --no-annotate --quiet --output-file requirements.lock
