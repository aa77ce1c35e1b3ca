"""YAML that remembers where each part stood, so that a mistake is reported as file:line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

# The C parser reads all topics about ten times faster; not every build of PyYAML has it.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Key = tuple[str | int, ...]
"""The way to a part: ``("topic", "title")``, ``("nlu", 0, "examples")``."""


class YamlBroken(ValueError):
    """The file is no YAML, or holds the same key twice."""

    def __init__(self, file: Path, line: int, what: str) -> None:
        super().__init__(f"{file}:{line}: {what}")
        self.file, self.line, self.what = file, line, what


@dataclass(frozen=True, slots=True)
class LinedYaml:
    """One file: its data as plain values, and the line of every part."""

    file: Path
    data: Mapping[str, object]
    lines: Mapping[Key, int]

    def line_of(self, *key: str | int) -> int:
        """The line of a part, or of the nearest part around it when it is missing."""
        way: Key = tuple(key)
        while way and way not in self.lines:
            way = way[:-1]
        return self.lines.get(way, 1)


def read(file: Path) -> LinedYaml:
    """Read one file.

    Raises:
        YamlBroken: no YAML, a key twice in one mapping, or not a mapping at the top.
    """
    loader = _Loader(file.read_text(encoding="utf-8"))
    lines: dict[Key, int] = {}
    try:
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            raise YamlBroken(file, 1, "the file must be a mapping of names to values")
        _walk(file, node, (), lines)
        data = loader.construct_document(node)
    except yaml.YAMLError as wrong:
        mark = getattr(wrong, "problem_mark", None)
        what = " ".join(str(getattr(wrong, "problem", None) or wrong).split())
        raise YamlBroken(file, mark.line + 1 if mark else 1, what) from wrong
    finally:
        loader.dispose()
    return LinedYaml(file, data, lines)


def _walk(file: Path, node: yaml.Node, way: Key, lines: dict[Key, int]) -> None:
    lines.setdefault(way, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            _walk(file, item, (*way, number), lines)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            here = (*way, str(key.value))
            if here in lines:
                raise YamlBroken(file, key.start_mark.line + 1, f"{key.value!r} stands here twice")
            lines[here] = key.start_mark.line + 1
            _walk(file, value, here, lines)
