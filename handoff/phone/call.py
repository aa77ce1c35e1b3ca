"""One call, turn by turn: hear, store, wait for the answer, speak it; ring a person when asked.

Everything that is answered here is what the call does next. Nothing of a call is kept in memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from channels.port import Chosen, Event, Inbound, RawRequest, Text
from handoff import policy
from handoff.clock import Clock
from handoff.inbox import EmptyMessage, Inbox, Understand
from handoff.model import Bot, Message, MessageKind, State
from handoff.phone.call_log import CallLog, Told
from handoff.phone.place import Place
from handoff.phone.speech import Speech
from handoff.phone.telephone import Heard, Telephone

_PERSON_KEY = "0"
_SURE_ENOUGH = 0.5
"""Below this the words are asked for once more."""
_LOOKED_AT = 1_000
"""Characters of unclear words that are read for danger."""
_MOST_LOOKS = 3
_KEYPAD_AFTER, _PERSON_AFTER = 2, 3
"""Silences in a row."""
_OUR_OWN = "hub"
"""Account of what the hub itself asks in the caller's name."""


@dataclass(frozen=True, slots=True)
class Line:
    """One phone line and the parts of the hub that it needs."""

    telephone: Telephone
    inbox: Inbox
    log: CallLog
    speech: Speech
    understand: Understand
    clock: Clock
    hints: Sequence[str] = ()
    """Words that callers are likely to say."""


class Call:
    """What one request of a call is answered with. The request is genuine; ``place`` is ours."""

    def __init__(self, line: Line, request: RawRequest, place: Place) -> None:
        self._line = line
        self._speech = line.speech
        self._request = request
        self._place = place
        self._heard: Heard = line.telephone.heard(request)

    async def begin(self) -> str:
        """The first words: that this is a digital assistant, and how a person is reached."""
        said = [self._speech.text("greeting"), self._speech.text("phone_how")]
        messages = await self._line.log.all_of(self._heard.call)
        if not messages:
            return self._listen(said, Place())
        # The provider begins again in the middle of a call: its turns may not come twice.
        used = max((_turn_of(message) for message in messages), default=0)
        return self._listen(said, Place(turn=used + 1, told=messages[-1].seq or 0))

    async def turn(self) -> str:
        """One turn of the caller: words, a key, or silence."""
        inbound = self._inbound()
        if inbound is None:
            return await self._silence()
        text = inbound.body.text if isinstance(inbound.body, Text) else ""
        if self._speech.asks_again(text):
            return await self._say_again()
        if self._is_doubtful(text):
            return self._listen([self._speech.text("phone_unclear")], self._place.not_clear())
        try:
            return await self._take(inbound)
        except EmptyMessage:
            return await self._silence()

    async def wait(self) -> str:
        """The answer was not there a moment ago; at the end of all patience a person is."""
        told = await self._answer()
        if told is not None:
            return await self._tell(told)
        if self._place.looked < _MOST_LOOKS:
            return self._bridge()
        return await self._take(self._asks_for_person("slow"))

    async def rung(self) -> str:
        """How it ended after a person was rung."""
        log, call = self._line.log, self._heard.call
        if self._heard.answered:
            await log.note(call, "phone_connected_for_staff")
            return self._line.telephone.hang_up([self._speech.text("phone_goodbye")])
        await log.note(call, "phone_not_taken_for_staff")
        said = [self._speech.text("phone_nobody_free"), *await self._call_back()]
        return self._listen(said, self._place.next())

    async def ended(self) -> None:
        """News of the call: when it is over, staff can see so."""
        if self._heard.over:
            await self._line.log.note(self._heard.call, "phone_hung_up_for_staff")

    def trouble(self) -> str:
        """Nothing can be stored now; a person can still be rung."""
        said = [self._speech.text("phone_trouble")]
        if self._can_ring():
            return self._line.telephone.connect(said, self._place.after_ringing)
        return self._line.telephone.hang_up(said)

    def _inbound(self) -> Inbound | None:
        events: Sequence[Event] = self._line.telephone.parse(self._request)
        inbound = next((event for event in events if isinstance(event, Inbound)), None)
        if inbound is not None and self._heard.digit == _PERSON_KEY:
            return replace(inbound, body=Chosen(policy.PERSON_CHOICE_ID))
        return inbound

    def _is_doubtful(self, text: str) -> bool:
        """Whether to ask for the words again; danger and the wish for a person are kept anyway."""
        sure = self._heard.confidence
        if self._heard.digit or sure is None or sure >= _SURE_ENOUGH or self._place.unclear:
            return False
        meaning = self._line.understand(text[:_LOOKED_AT])
        return not meaning.safety and not meaning.asks_for_person

    async def _take(self, inbound: Inbound) -> str:
        """Store what the caller said, once, and give the answer if it is there in time."""
        line = self._line
        accepted = await line.inbox.receive(inbound, line.telephone.capabilities)
        await self._note_caller()
        self._place = replace(self._place, asked=accepted.seq, silences=0, unclear=False)
        told = await self._answer()
        if told is None:
            return self._bridge()
        return await self._tell(told, asked_person=isinstance(inbound.body, Chosen))

    async def _answer(self) -> Told | None:
        place, patience = self._place, self._line.telephone.answer_seconds
        return await self._line.log.answer(self._heard.call, place.told, place.asked, patience)

    async def _tell(self, told: Told, asked_person: bool = False) -> str:
        """Speak what is new, and ring a person when one was asked for just now."""
        place = self._place.next(told.seq)
        handed_over = [message for message in told.messages if _asks_person(message)]
        if told.waits_for_person and (handed_over or asked_person):
            if self._can_ring():
                rest = [message for message in told.messages if message not in handed_over]
                said = [*self._speech.of(rest), self._speech.text("phone_connecting")]
                path = replace(self._place, told=place.told).after_ringing
                return self._line.telephone.connect(said, path)
            return self._listen([*self._speech.of(told.messages), *await self._call_back()], place)
        said = self._speech.of(told.messages) or [self._speech.text("phone_passed_on")]
        return self._listen(said, place)

    async def _silence(self) -> str:
        """Nothing was heard: what is new meanwhile, else a question, a hint, and then a person."""
        told = await self._line.log.new(self._heard.call, self._place.told, self._place.told)
        if told is not None and told.messages:
            return self._listen(self._speech.of(told.messages), self._place.next(told.seq))
        after = self._place.silent()
        if told is not None and not isinstance(told.conversation.holder, Bot):
            # A person was asked or is there already; there is nothing more to offer.
            if after.silences >= _KEYPAD_AFTER:
                return self._line.telephone.hang_up([self._speech.text("phone_goodbye")])
        elif after.silences >= _PERSON_AFTER:
            return await self._take(self._asks_for_person("silence"))
        elif after.silences >= _KEYPAD_AFTER:
            return self._listen([self._speech.text("phone_keypad")], after)
        return self._listen([self._speech.text("phone_silence")], after)

    async def _say_again(self) -> str:
        """The last thing that was said, from the log; before that there is only the greeting."""
        messages = await self._line.log.all_of(self._heard.call)
        last = [index for index, message in enumerate(messages) if _turn_of(message)]
        again = self._speech.of(messages[last[-1] + 1 :] if last else ())
        if not again:
            again = [self._speech.text("greeting"), self._speech.text("phone_how")]
        return self._listen(again, self._place.next(messages[-1].seq if messages else None))

    async def _call_back(self) -> list[str]:
        """What a caller who is not connected may expect, and the same for staff."""
        log, call, number = self._line.log, self._heard.call, self._heard.number
        when = await log.promised(call)
        if number and when:
            await log.note(call, "phone_call_back_for_staff", number=number)
            return [self._speech.text("phone_call_back", when=when)]
        conversation = await log.conversation(call)
        if conversation is None:
            return []
        # With blanks between, so that it is spelled and not read as a word.
        reference = " ".join(conversation.reference.replace("-", ""))
        return [self._speech.text("phone_no_number", reference=reference)]

    async def _note_caller(self) -> None:
        log, heard = self._line.log, self._heard
        if heard.number:
            await log.note(heard.call, "phone_caller_for_staff", number=heard.number)
        else:
            await log.note(heard.call, "phone_no_caller_for_staff")

    def _asks_for_person(self, why: str) -> Inbound:
        """The wish for a person that the hub makes in the caller's name, once in this turn."""
        call = self._heard.call
        id = f"{call}:{self._place.turn}:{why}"
        chosen = Chosen(policy.PERSON_CHOICE_ID)
        return Inbound(self._line.telephone.name, _OUR_OWN, call, id, chosen)

    def _can_ring(self) -> bool:
        service = self._line.speech.counter.service
        return self._line.telephone.can_connect and service.is_open(self._line.clock.now())

    def _listen(self, said: Sequence[str], place: Place) -> str:
        return self._line.telephone.listen(said, place.for_words, self._line.hints)

    def _bridge(self) -> str:
        place = replace(self._place, looked=self._place.looked + 1)
        said = [self._speech.text("phone_moment")]
        return self._line.telephone.bridge(said, place.for_waiting)


def _asks_person(message: Message) -> bool:
    return message.kind is MessageKind.EVENT and message.state is State.WAITING


def _turn_of(message: Message) -> int:
    """The turn in which the caller said this; 0 for what we said."""
    parts = (message.client_msg_id or "").split(":")
    return int(parts[1]) if len(parts) > 1 and parts[1].isdecimal() else 0
