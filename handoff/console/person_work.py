"""What staff do with one person on several channels: join, part, and answer elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from channels.port import Channel
from handoff import elsewhere
from handoff.change import Applied
from handoff.clean_text import clean_text
from handoff.console.attaching import Attaching, the_same, words_for_answer
from handoff.console.work import DeskWork, found
from handoff.http_errors import ApiError
from handoff.identities import Address, phone_of, spellings_of
from handoff.ledger import Ledger
from handoff.model import Agent, Conversation, ConversationId, Message
from handoff.window import ReplyWindow

_MOST_SHOWN = 50
"""Earlier conversations; who wrote more often is found by searching."""
_MOST_ADDRESSES = 20


@dataclass(frozen=True, slots=True)
class Place:
    """An address, with the last conversation there."""

    at: Address
    conversation: Conversation
    here: bool
    can_send: bool
    window: ReplyWindow | None = None
    """Until when free text is taken there, on channels with such a rule."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who writes in a conversation, as far as staff know."""

    joined: Sequence[Place]
    earlier: Sequence[tuple[Conversation, Message | None]]
    proposals: Sequence[Place]


@dataclass(frozen=True, slots=True)
class PersonWork:
    desk: DeskWork
    channels: Mapping[str, Channel]
    attaching: Attaching

    async def person(self, agent: Agent, id: ConversationId) -> Person:
        """Reading about other conversations of a tenant leaves a line in the access log."""

        def work(ledger: Ledger) -> Person:
            here = found(ledger, id)
            ledger.desk.log_access(agent.id, id, "person", self.desk.clock.now())
            return self._person(ledger, here, agent)

        return await self.desk.store.write(work)

    async def join(self, agent: Agent, id: ConversationId, other: ConversationId) -> Person:
        """Hold both addresses for one person.

        Raises:
            ApiError: 404 for a conversation that is not there, 409 when it is one address.
        """

        def work(ledger: Ledger) -> Person:
            here, there = found(ledger, id), found(ledger, other)
            if _at(here) == _at(there):
                raise ApiError(409, "person_same_address")
            now = self.desk.clock.now()
            if ledger.persons.join(_at(here), _at(there), agent.id, now):
                for one in (id, other):
                    ledger.desk.log_access(agent.id, one, "person_join", now)
            return self._person(ledger, here, agent)

        return await self.desk.store.write(work)

    async def part(self, agent: Agent, id: ConversationId, other: ConversationId) -> Person:
        """Undo: the other's address belongs to this person no longer.

        Raises:
            ApiError: 404 for a conversation that is not there, 409 when they are not joined.
        """

        def work(ledger: Ledger) -> Person:
            here, there = found(ledger, id), found(ledger, other)
            if _at(there) == _at(here) or not _joined(ledger, here, there):
                raise ApiError(409, "person_not_joined")
            ledger.persons.part(_at(there))
            now = self.desk.clock.now()
            for one in (id, other):
                ledger.desk.log_access(agent.id, one, "person_part", now)
            return self._person(ledger, here, agent)

        return await self.desk.store.write(work)

    async def say_elsewhere(
        self,
        agent: Agent,
        id: ConversationId,
        other: ConversationId,
        term: int | None,
        text: str,
        reason: str,
        client_msg_id: str,
        files: Sequence[str] = (),
    ) -> Message:
        """Answer in another conversation of the same person; a note in both says why.

        Raises:
            ApiError: 422 without words or without a reason. 409 when this agent does not hold the
                conversation, a colleague holds the other one, they are not joined, or nothing can
                be sent there.
        """
        words, why = words_for_answer(text, files), _one_line(reason)
        if not why:
            raise ApiError(422, "reason_empty")

        def work(ledger: Ledger) -> tuple[Message, Sequence[Applied]]:
            # Always in the same order: two that answer across each other must not wait for ever.
            locked = {one: found(ledger, one, lock=True) for one in sorted({id, other})}
            here, there = locked[id], locked[other]
            known = ledger.messages.by_client_id(other, client_msg_id)
            if known is not None:
                return the_same(known, agent, words), ()
            if _at(here) == _at(there) or not _joined(ledger, here, there):
                raise ApiError(409, "person_not_joined")
            if not self._can_send(ledger, there):
                raise ApiError(409, "address_not_reachable")
            if files:
                self.attaching.check(there)
            labels = self.attaching.labels(ledger, agent, files)
            told, counter = "\n".join([words, *labels]).strip(), self.desk.counter
            noted = self.desk.apply(
                ledger,
                here,
                term,
                lambda c: elsewhere.note_here(c, there, agent, told, why, counter),
            )
            said = self.desk.apply(
                ledger,
                there,
                None,
                lambda c: elsewhere.answer_there(
                    c, here, agent, words, why, client_msg_id, counter, labels
                ),
            )
            self.attaching.give(ledger, agent, files, said.messages)
            answer = next(one for one in said.messages if one.client_msg_id == client_msg_id)
            return answer, (noted, said)

        message, changed = await self.desk.store.write(work)
        for one in changed:
            self.desk.hints.changed(one.conversation)
        return message

    def _person(self, ledger: Ledger, here: Conversation, agent: Agent) -> Person:
        own = list(ledger.persons.joined_with(_at(here)))
        numbers = {number for at in own if (number := phone_of(at))}
        alike = ledger.persons.written_at(one for n in sorted(numbers) for one in spellings_of(n))
        strangers = [at for at in alike if at not in own and phone_of(at) in numbers]
        talks = ledger.persons.conversations(own, _MOST_SHOWN)
        earlier = [talk for talk in talks if talk.id != here.id]
        last = [ledger.conversations.row(talk, agent.id).last for talk in earlier]
        return Person(
            self._places(ledger, own, here),
            list(zip(earlier, last, strict=True)),
            self._places(ledger, strangers, here),
        )

    def _places(
        self, ledger: Ledger, addresses: Sequence[Address], here: Conversation
    ) -> Sequence[Place]:
        places = []
        for at in addresses[:_MOST_ADDRESSES]:
            talks = [here] if at == _at(here) else ledger.persons.conversations([at], 1)
            for talk in talks:
                is_here = at == _at(here)
                can_send = not is_here and self._can_send(ledger, talk)
                window = ledger.windows.get(talk.channel, talk.address)
                places.append(Place(at, talk, is_here, can_send, window))
        return places

    def _can_send(self, ledger: Ledger, there: Conversation) -> bool:
        channel = self.channels.get(there.channel)
        if channel is None or not (there.pushed and channel.capabilities.push):
            return False
        return ledger.opt_outs.since(there.channel, there.address) is None


def _at(conversation: Conversation) -> Address:
    return Address(conversation.channel, conversation.address)


def _joined(ledger: Ledger, here: Conversation, there: Conversation) -> bool:
    return _at(there) in ledger.persons.joined_with(_at(here))


def _one_line(reason: str) -> str:
    return " ".join(clean_text(reason).split()).rstrip(" .")
