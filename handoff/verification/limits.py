"""How often identity may be tried: per conversation, home, contact, place, and by all together.

Counted in the database, so that a restart forgets nothing. A try is written down before it is
checked, so that many at once are no more than one after another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

import structlog

from handoff.ledger import Ledger
from handoff.settings import IdentitySettings
from handoff.verification.sweeping import KEPT

log = structlog.get_logger()
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
OVERALL = "overall"
FAILURE, CODE, SENT, LINK = "failure", "code", "sent", "link"
Scopes = Mapping[str, str]
"""For whom a try counts: the scope and its hash."""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many of one kind, for one of this scope, in this time."""

    kind: str
    scope: str
    most: int
    window: timedelta


def limits_of(chosen: IdentitySettings) -> Sequence[Limit]:
    return (
        Limit(FAILURE, "conversation", chosen.failures, DAY),
        Limit(FAILURE, "home", chosen.failures, DAY),
        Limit(FAILURE, "contact", chosen.failures, DAY),
        Limit(FAILURE, "origin", chosen.failures_per_origin, DAY),
        Limit(FAILURE, OVERALL, chosen.failures_overall, DAY),
        # A question for a code counts whether or not one goes out: from outside it is the same.
        Limit(CODE, "conversation", chosen.codes_an_hour, HOUR),
        Limit(CODE, "contact", chosen.codes_an_hour, HOUR),
        Limit(CODE, "home", chosen.codes_an_hour, HOUR),
        Limit(CODE, "origin", chosen.failures_per_origin, DAY),
        Limit(CODE, OVERALL, chosen.codes_overall_an_hour, HOUR),
        Limit(SENT, "relatie", chosen.codes_an_hour, HOUR),
        Limit(SENT, "number", chosen.codes_an_hour, HOUR),
        Limit(LINK, "conversation", chosen.links_an_hour, HOUR),
        Limit(LINK, OVERALL, chosen.links_overall_an_hour, HOUR),
    )


@dataclass(frozen=True, slots=True)
class Limits:
    rules: Sequence[Limit]

    def full(self, ledger: Ledger, kind: str, who: Scopes, now: datetime) -> bool:
        """Whether no more tries of this kind may be made. Nobody else counts meanwhile."""
        ledger.identity_checks.alone()
        return any(self._is_full(ledger, rule, who, now) for rule in self._for(kind, who))

    def count(self, ledger: Ledger, kind: str, who: Scopes, now: datetime) -> str:
        """Write a try down; gives its name, with which it can be taken back."""
        name = uuid4().hex
        keys = [_key(rule, who) for rule in self._for(kind, who)]
        ledger.identity_checks.add(name, keys, now)
        ledger.identity_checks.forget(now - KEPT)
        return name

    def _for(self, kind: str, who: Scopes) -> Iterable[Limit]:
        return (
            rule
            for rule in self.rules
            if rule.kind == kind and (rule.scope == OVERALL or who.get(rule.scope))
        )

    def _is_full(self, ledger: Ledger, rule: Limit, who: Scopes, now: datetime) -> bool:
        counted = ledger.identity_checks.counted(_key(rule, who), now - rule.window)
        if counted < rule.most:
            return False
        if rule.scope == OVERALL:
            log.error("identity_limit_overall", kind=rule.kind, most=rule.most)
        return True


def _key(rule: Limit, who: Scopes) -> str:
    return f"{rule.kind}:{rule.scope}:{who.get(rule.scope, '')}"
