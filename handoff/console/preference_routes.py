"""How a member of staff wants the console, the same on every machine.

No postponed annotations here: FastAPI must see what `Staff` depends on.
"""

from enum import Enum
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import ValidationError

from handoff.console.preference_schemas import Preferences
from handoff.console.sessions import StaffSessions
from handoff.console.work import DeskWork
from handoff.ledger import Ledger
from handoff.model import Agent


def add_preferences(routes: APIRouter, work: DeskWork, sessions: StaffSessions) -> None:
    """Everybody reads and writes their own only: the session says whose."""
    Staff = Annotated[Agent, Depends(sessions.agent)]
    tags: list[str | Enum] = ["console: preferences"]

    @routes.get("/preferences", tags=tags)
    async def read(agent: Staff) -> Preferences | None:
        """What you wished; `null` when you never changed anything."""
        kept = await work.store.read(lambda ledger: ledger.preferences.of(agent.id))
        try:
            return None if kept is None else Preferences.model_validate(kept)
        except ValidationError:
            # Kept by another version of the product: the defaults do no harm.
            return None

    @routes.put("/preferences", tags=tags)
    async def write(body: Preferences, agent: Staff) -> Preferences:
        """Overwrites all of it."""
        now = work.clock.now()

        def put(ledger: Ledger) -> None:
            ledger.preferences.put(agent.id, body.model_dump(mode="json"), now)

        await work.store.write(put)
        return body
