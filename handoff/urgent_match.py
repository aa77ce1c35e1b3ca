"""A book of rules in memory: which kinds a text tells of, and by which rule.

Pure. The urgent words and the wish for a person are both read from such a book.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from handoff.urgent_rules import Hit, Mask, Rule, Vocabulary, apply_masks, fires
from handoff.urgent_words import Token


class Match(NamedTuple):
    """The rule that spoke, and the words it spoke for."""

    rule: str
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Word groups with the rules, masks and blockers over them."""

    vocabulary: Vocabulary
    rules: tuple[Rule, ...]
    masks: tuple[Mask, ...]
    lifted_by: Mapping[str, str]

    def matches(self, words: Sequence[Token]) -> dict[str, Match]:
        """By kind, the first of its rules that is true."""
        if not words:
            return {}
        evidence = self.vocabulary.evidence(words)
        apply_masks(evidence, self.masks)
        found: dict[str, Match] = {}
        for rule in self.rules:
            if rule.kind in found:
                continue
            hits = fires(rule, evidence, self.lifted_by)
            if hits is not None:
                found[rule.kind] = Match(rule.id, hits)
        return found
