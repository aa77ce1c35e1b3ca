"""What staff have the back office do for a tenant. Each leaves a note in the conversation.

The page gives every request a number of its own: the same number again does nothing twice, also
when the answer to the first was lost.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from actions.backoffice.errors import BackOfficeDown, NotAllowed, NotFound
from actions.backoffice.port import BackOffice
from actions.backoffice.values import (
    Afspraak,
    AfspraakOptie,
    NewContactmoment,
    NewOnderhoudsverzoek,
    NewZaak,
)
from actions.backoffice.verification import Verification
from handoff import desk
from handoff.clock import AMSTERDAM
from handoff.console.tenant_card import About, TenantCard
from handoff.console.work import found
from handoff.counter import block_words
from handoff.http_errors import ApiError
from handoff.kept_requests.bodies import New
from handoff.ledger import Ledger
from handoff.model import Agent, Conversation, ConversationId

T = TypeVar("T")


class NotDone(ApiError):
    """The back office gave no answer: whether it was done is not known."""


@dataclass(frozen=True, slots=True)
class Done:
    """``number`` is what a tenant may name, if there is one; ``say`` can be said to the tenant."""

    number: str
    say: str
    kept: bool = False
    """Not done yet: it is kept, and tried until it is."""


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks what for which conversation, under the page's own number."""

    agent: Agent
    conversation: ConversationId
    client_id: str
    later: bool = False
    """When the back office is down, keep it and do it later."""

    @property
    def key(self) -> str:
        return key_of(self.conversation, self.client_id)


def key_of(conversation: ConversationId, client_id: str) -> str:
    return f"staff-{conversation}-{client_id}"


@dataclass(frozen=True, slots=True)
class RequestWork:
    """Every method raises ApiError: 404 unknown conversation or thing, 409 nobody is known here,
    503 when it was not done as far as anybody knows."""

    card: TenantCard

    async def options(
        self, agent: Agent, id: ConversationId, repair: str
    ) -> Sequence[AfspraakOptie]:
        """Free blocks of time for a repair, earliest first."""
        office, about = await self.card.known(agent, id, "card_options")
        return await _answer(office.afspraak_opties(self.card.as_staff(about.relatie), repair))

    async def repair(self, asked: Request, new: NewOnderhoudsverzoek) -> Done:
        async def do(office: BackOffice, who: Verification) -> str:
            return (await office.create_onderhoudsverzoek(who, new, asked.key)).code

        return await self._done(asked, "repair", do, new)

    async def cancel_repair(self, asked: Request, repair: str) -> Done:
        async def do(office: BackOffice, who: Verification) -> str:
            return (await office.cancel_onderhoudsverzoek(who, repair, asked.key)).code

        return await self._done(asked, "repair_cancelled", do)

    async def choose(self, asked: Request, option: str) -> Done:
        async def do(office: BackOffice, who: Verification) -> str:
            return self._when(await office.choose_afspraak(who, option, asked.key))

        return await self._done(asked, "appointment", do, is_number=False)

    async def cancel_appointment(self, asked: Request, appointment: str) -> Done:
        async def do(office: BackOffice, who: Verification) -> str:
            return self._when(await office.cancel_afspraak(who, appointment, asked.key))

        return await self._done(asked, "appointment_cancelled", do, is_number=False)

    async def case(self, asked: Request, new: NewZaak) -> Done:
        async def do(office: BackOffice, who: Verification) -> str:
            return (await office.create_zaak(who, new, asked.key)).code

        return await self._done(asked, "case", do, new)

    async def contact(self, asked: Request, new: NewContactmoment) -> Done:
        async def do(office: BackOffice, who: Verification) -> str:
            await office.create_contactmoment(who, new, asked.key)
            return new.onderwerp

        return await self._done(asked, "contact", do, new, is_number=False)

    async def _done(
        self,
        asked: Request,
        what: str,
        do: Callable[[BackOffice, Verification], Awaitable[str]],
        new: New | None = None,
        *,
        is_number: bool = True,
    ) -> Done:
        office, about = await self.card.known(asked.agent, asked.conversation, f"card_do_{what}")
        try:
            told = await _answer(do(office, self.card.as_staff(about.relatie)))
        except NotDone:
            if new is None or not asked.later:
                raise
            return await self._keep(asked, about, new)
        await self._note(asked, what, told)
        words = self.card.desk.counter.words
        key = f"card_say_{what}"
        say = words.text(key, told=told) if key in words else ""
        return Done(told if is_number else "", say)

    async def _keep(self, asked: Request, about: About, new: New) -> Done:
        """Under the same key: if it was done and only the answer was lost, it stays at that."""

        def write(ledger: Ledger) -> None:
            found(ledger, asked.conversation, lock=True)
            self.card.kept.keep_for_staff(ledger, asked.conversation, about.relatie, new, asked.key)

        await self.card.desk.store.write(write)
        subject = new.onderwerp if isinstance(new, NewContactmoment) else new.omschrijving
        await self._note(asked, "kept", subject, "kept")
        return Done("", "", kept=True)

    async def _note(self, asked: Request, what: str, told: str, of: str = "") -> None:
        """Once: a second click finds the note of the first."""
        work, mark = self.card.desk, note_mark(f"{asked.client_id}{of}")
        text = work.counter.words.text(f"card_note_{what}", told=told)

        def write(ledger: Ledger) -> Conversation | None:
            talk = found(ledger, asked.conversation, lock=True)
            if ledger.messages.by_client_id(talk.id, mark) is not None:
                return None
            applied = work.apply(ledger, talk, None, lambda _: desk.note(asked.agent, text, mark))
            return applied.conversation

        changed = await work.store.write(write)
        if changed is not None:
            work.hints.changed(changed)

    def _when(self, made: Afspraak) -> str:
        opens, closes = made.begin.astimezone(AMSTERDAM), made.eind.astimezone(AMSTERDAM)
        today = self.card.desk.clock.now().astimezone(AMSTERDAM).date()
        return block_words(opens, closes, today, self.card.desk.counter.words)


def note_mark(client_id: str) -> str:
    return f"card-{client_id}"


async def _answer(call: Awaitable[T]) -> T:
    try:
        return await call
    except NotFound as gone:
        raise ApiError(404, "card_gone") from gone
    except NotAllowed as refused:
        raise ApiError(409, "card_refused") from refused
    except BackOfficeDown as down:
        raise NotDone(503, "card_not_done") from down
