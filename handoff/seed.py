"""Members of staff: adding one, and the demo logins of a fresh demo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import uuid4

from handoff.ledger import Ledger, Store
from handoff.model import Agent, AgentId
from handoff.passwords import readable_password


@dataclass(frozen=True, slots=True)
class DemoLogin:
    login: str
    name: str
    password: str | None
    """None when it was made, and shown, at an earlier start."""


def put_agent(
    ledger: Ledger, login: str, name: str, password_hash: str, roles: tuple[str, ...] = ("agent",)
) -> None:
    """Add a member of staff, or give the one with this login a new name and password."""
    ledger.staff.put(Agent(AgentId(uuid4().hex), login, name, roles), password_hash)


async def seed_demo(
    store: Store,
    user: str,
    password: str | None,
    hash_password: Callable[[str], str],
    with_lead: bool = True,
) -> Sequence[DemoLogin]:
    """Make the demo logins: ``user``, and a colleague ``user2`` to try two people at once.

    With them ``userlead``, who may do everything: lead, edit, read the log, look after accounts.

    A password that is given is set at every start; else one is made at the first start only.
    """
    people = [(user, user.capitalize(), _AGENT), (f"{user}2", _COLLEAGUE, _AGENT)]
    if with_lead:
        people.append((f"{user}lead", _LEAD, _EVERYTHING))
    return [
        await _demo_login(store, login, name, roles, password, hash_password)
        for login, name, roles in people
    ]


async def _demo_login(
    store: Store,
    login: str,
    name: str,
    roles: tuple[str, ...],
    given: str | None,
    hash_password: Callable[[str], str],
) -> DemoLogin:
    known = await store.read(lambda ledger: ledger.staff.by_login(login))
    chosen = given or (None if known else readable_password())
    if chosen is not None:
        hashed = hash_password(chosen)
        await store.write(lambda ledger: put_agent(ledger, login, name, hashed, roles))
    return DemoLogin(login, name, chosen)


_COLLEAGUE = "Joost"
_LEAD = "Samira"
_AGENT: tuple[str, ...] = ("agent",)
_EVERYTHING: tuple[str, ...] = ("agent", "lead", "editor", "privacy_officer", "admin")
