"""From where on the internet a tenant writes, hashed: tries are counted for it as well."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from handoff.clock import Clock
from handoff.ledger import Store
from handoff.model import ConversationId
from handoff.verification.hashes import Pepper

_OWN_BITS = 64


def place_of(address: str) -> str:
    """An IPv4 address; of IPv6 the half that the provider gives to one connection.

    ``address`` is of the connection itself (or of a proxy that the server was told to trust),
    never what a header says.
    """
    try:
        known = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(known, IPv6Address):
        if known.ipv4_mapped is not None:
            return str(known.ipv4_mapped)
        return f"{int(known) >> _OWN_BITS:x}"
    return str(known)


@dataclass(frozen=True, slots=True)
class Places:
    store: Store
    pepper: Pepper
    clock: Clock

    async def came_from(self, conversation: ConversationId, address: str) -> None:
        origin, now = self.pepper.hash_of("origin", place_of(address)), self.clock.now()
        await self.store.write(
            lambda ledger: ledger.identity_checks.came_from(conversation, origin, now)
        )
