"""Lets each data/nlu/<topic>.yml carry its own slice of the domain, beside examples and rules.

Rasa reads examples, rules and responses out of such a file by itself; this importer adds the
intents, entities, slots, forms and actions. Our own keys (``topic``, ``handoff``) are passed over.
"""

from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.utils.io import read_yaml_file

_LISTS = ("intents", "entities", "actions")
_MAPPINGS = ("slots", "forms", "responses")


class DuplicateInDomain(ValueError):
    """Two topic files define the same intent, slot, form or response."""


def merge(into: dict[str, Any], part: dict[str, Any], source: str) -> None:
    """Add one file's slice; the same name twice is a mistake, not a merge."""
    for key in _LISTS:
        for item in part.get(key) or []:
            if item in into.setdefault(key, []):
                if key == "intents":
                    raise DuplicateInDomain(f"{source}: {key} already has {item!r}")
                continue
            into[key].append(item)
    for key in _MAPPINGS:
        for name, value in (part.get(key) or {}).items():
            if name in into.setdefault(key, {}):
                raise DuplicateInDomain(f"{source}: {key} already has {name!r}")
            into[key][name] = value


class TopicImporter(RasaFileImporter):
    """Reads the shared domain and the slices of all topic files."""

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | str | None = None,
        **_: Any,
    ) -> None:
        super().__init__(config_file, domain_path, training_data_paths)

    def get_domain(self) -> Domain:
        if not self._domain_path:
            return Domain.empty()
        combined = dict(read_yaml_file(self._domain_path))
        for path in sorted(self._nlu_files):
            part = dict(read_yaml_file(path))
            # Rasa lifts responses out of NLU files itself and warns when it meets them twice.
            part.pop("responses", None)
            merge(combined, part, path)
        return Domain.from_dict(combined)
