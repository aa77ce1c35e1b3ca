"""One call, turn by turn: hear, store, wait for the answer, speak it; ring a person when asked.

Everything that is answered here is what the call does next, as a value. Nothing of a call is kept
in memory, and nothing here knows how a provider carries it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from channels.port import Chosen, Inbound, Text
from handoff import policy
from handoff.inbox import EmptyMessage
from handoff.ledger import ReusedId
from handoff.memory.yes_no import Said
from handoff.model import Bot, Held, Message, MessageKind, State
from handoff.phone.call_log import Told
from handoff.phone.line import Line
from handoff.phone.place import Place
from handoff.phone.steps import Bridge, Connect, HangUp, Listen, Step
from handoff.phone.summary import agreed
from handoff.phone.telephone import Heard

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


_LONGEST_WAIT = 12.0
"""Seconds that news of a call may take: the provider gives up after 15."""


class Call:
    """What one moment of a call is answered with. What was heard is genuine; ``place`` is ours."""

    def __init__(self, line: Line, heard: Heard, place: Place) -> None:
        self._line = line
        self._speech = line.speech
        self._place = place
        self._heard = heard

    async def begin(self) -> Step:
        """The first words: that this is a digital assistant, and how a person is reached."""
        said = [self._speech.text("greeting"), self._speech.text("phone_how")]
        return await self._listen(said, await self._first_place())

    async def go_on(self) -> Step:
        """The line was lost in the middle of a call, not the caller: say the last words again."""
        self._place = await self._first_place()
        return await self._say_again()

    async def turn(self, inbound: Inbound | None) -> Step:
        """One turn of the caller: words, a key, or silence."""
        if inbound is None:
            return await self._silence()
        if self._heard.digit == _PERSON_KEY:
            inbound = replace(inbound, body=Chosen(policy.PERSON_CHOICE_ID))
        text = inbound.body.text if isinstance(inbound.body, Text) else ""
        if self._speech.asks_again(text):
            return await self._say_again()
        if self._is_doubtful(text):
            return await self._listen([self._speech.text("phone_unclear")], self._place.not_clear())
        if self._place.offer:
            answer = agreed(text, self._heard.digit, self._line.yes_no)
            if answer is not None:
                return await self._text(answer)
        if self._speech.says_goodbye(text) and await self._may_end():
            return await self._goodbye()
        try:
            return await self._take(inbound)
        except EmptyMessage:
            return await self._silence()
        except ReusedId:
            return await self._catch_up()

    async def _catch_up(self) -> Step:
        """This turn has other words already: tell what they led to."""
        messages = await self._line.log.all_of(self._heard.call)
        asked = max((one.seq or 0 for one in messages if _turn_of(one)), default=0)
        self._place = replace(self._place, asked=asked)
        return await self.wait()

    async def wait(self) -> Step:
        """The answer was not there a moment ago; at the end of all patience a person is."""
        told = await self._answer()
        if told is not None:
            return await self._tell(told)
        if self._place.looked < _MOST_LOOKS:
            return self._bridge()
        return await self._take(self._asks_for_person("slow"))

    async def rung(self) -> Step:
        """How it ended after a person was rung."""
        log, call = self._line.log, self._heard.call
        if self._heard.answered:
            await self._line.afterwards.connected(call)
            return HangUp((self._speech.text("phone_goodbye"),))
        await log.note(call, "phone_not_taken_for_staff")
        said = [self._speech.text("phone_nobody_free"), *await self._call_back()]
        return await self._offer_or_listen(said, self._place.next())

    async def ended(self) -> None:
        """News of the call: when it is over staff can see so, and who waited is called back."""
        if not self._heard.over:
            return
        # An answer that is still on its way may ask for a person, whom this caller cannot hear.
        patience = min(_LONGEST_WAIT, self._line.telephone.answer_seconds * _MOST_LOOKS)
        await self._line.log.settled(self._heard.call, patience)
        await self._line.afterwards.hung_up(self._heard.call, self._heard.number)

    def trouble(self) -> Step:
        """Something is broken here; a person can still be rung."""
        said = (self._speech.text("phone_trouble"),)
        return Connect(said, self._place) if self._can_ring() else HangUp(said)

    async def _first_place(self) -> Place:
        """Where a call stands that is begun, again perhaps: its turns may not come twice."""
        messages = await self._line.log.all_of(self._heard.call)
        if not messages:
            return Place()
        used = max((_turn_of(message) for message in messages), default=0)
        return Place(turn=used + 1, told=messages[-1].seq or 0)

    def _is_doubtful(self, text: str) -> bool:
        """Whether to ask for the words again; danger and the wish for a person are kept anyway."""
        sure = self._heard.confidence
        if self._heard.digit or sure is None or sure >= _SURE_ENOUGH or self._place.unclear:
            return False
        meaning = self._line.understand(text[:_LOOKED_AT])
        return not meaning.safety and not meaning.asks_for_person

    async def _take(self, inbound: Inbound) -> Step:
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

    async def _tell(self, told: Told, asked_person: bool = False) -> Step:
        """Speak what is new, and ring a person when one was asked for just now."""
        place = self._place.next(told.seq)
        handed_over = [message for message in told.messages if _asks_person(message)]
        if told.waits_for_person and (handed_over or asked_person):
            rest = [message for message in told.messages if message not in handed_over]
            said = self._speech.of(rest)
            if self._can_ring():
                said.append(self._speech.text("phone_connecting"))
                return Connect(tuple(said), replace(self._place, told=place.told))
            # What is written of answers "here in this conversation" is no promise on the phone.
            is_open = self._line.speech.counter.service.is_open(self._line.clock.now())
            said.append(
                self._speech.text("phone_person_asked" if is_open else "phone_office_closed")
            )
            return await self._offer_or_listen([*said, *await self._call_back()], place)
        said = self._speech.of(told.messages) or [self._speech.text("phone_passed_on")]
        return await self._listen(said, place)

    async def _silence(self) -> Step:
        """Nothing was heard: what is new meanwhile, else a question, a hint, and then a person."""
        told = await self._line.log.new(self._heard.call, self._place.told, self._place.told)
        if told is not None and told.messages:
            return await self._listen(self._speech.of(told.messages), self._place.next(told.seq))
        after = self._place.silent()
        helped = told is not None and not isinstance(told.conversation.holder, Bot)
        if helped or self._place.done:
            # A person was asked, is there already, or all is said: there is nothing more to offer.
            if after.silences >= _KEYPAD_AFTER:
                return HangUp((self._speech.text("phone_goodbye"),))
        elif after.silences >= _PERSON_AFTER:
            return await self._take(self._asks_for_person("silence"))
        elif after.silences >= _KEYPAD_AFTER:
            return await self._listen([self._speech.text("phone_keypad")], after)
        elif await self._offers_text():
            return await self._listen([self._speech.text("phone_text_offer")], after.offering())
        return await self._listen([self._speech.text("phone_silence")], after)

    async def _say_again(self) -> Step:
        """The last thing that was said, from the log; before that there is only the greeting."""
        messages = await self._line.log.all_of(self._heard.call)
        last = [index for index, message in enumerate(messages) if _turn_of(message)]
        again = self._speech.of(messages[last[-1] + 1 :] if last else ())
        if not again:
            again = [self._speech.text("greeting"), self._speech.text("phone_how")]
        if self._place.offer:
            again.append(self._speech.text("phone_text_offer"))
        place = self._place.next(messages[-1].seq if messages else None)
        return await self._listen(again, place.offering() if self._place.offer else place)

    async def _may_end(self) -> bool:
        """Whether a goodbye ends the call: no question of a form is open, no person is there."""
        call = self._heard.call
        conversation = await self._line.log.conversation(call)
        if conversation is not None and isinstance(conversation.holder, Held):
            return False
        return (await self._line.log.question(call)).slot is None

    async def _goodbye(self) -> Step:
        if await self._offers_text():
            said = [self._speech.text("phone_text_offer")]
            return await self._listen(said, self._place.next().offering())
        return HangUp((self._speech.text("phone_goodbye"),))

    async def _offers_text(self) -> bool:
        call, number = self._heard.call, self._heard.number
        return await self._line.afterwards.offers_text(call, self._place.turn, number)

    async def _offer_or_listen(self, said: Sequence[str], place: Place) -> Step:
        if await self._offers_text():
            said, place = [*said, self._speech.text("phone_text_offer")], place.offering()
        return await self._listen(said, place)

    async def _text(self, answer: Said) -> Step:
        """The caller said yes or no to a text."""
        key = "phone_text_refused"
        if answer is Said.YES:
            sent = await self._line.afterwards.send_text(self._heard.call, self._heard.number)
            key = "phone_text_sent" if sent else "phone_text_not_sent"
        said = [self._speech.text(key), self._speech.text("phone_more")]
        return await self._listen(said, self._place.with_all_said())

    async def _call_back(self) -> list[str]:
        """What a caller who is not connected may expect, and the same for staff."""
        log, call, number = self._line.log, self._heard.call, self._heard.number
        if number:
            when = await self._line.afterwards.call_back(call, number)
            return [self._speech.text("phone_call_back", when=when)] if when else []
        conversation = await log.conversation(call)
        if conversation is None:
            return []
        return [self._speech.text("phone_no_number", reference=conversation.reference)]

    async def _note_caller(self) -> None:
        log, heard = self._line.log, self._heard
        if heard.number:
            await log.came_from(heard.call, heard.number)
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

    async def _listen(self, said: Sequence[str], place: Place) -> Listen:
        question = await self._line.log.question(self._heard.call)
        hints = self._line.hints.of(question.slot, question.choices)
        return Listen(tuple(said), place, hints)

    def _bridge(self) -> Bridge:
        place = replace(self._place, looked=self._place.looked + 1)
        return Bridge((self._speech.text("phone_moment"),), place)


def _asks_person(message: Message) -> bool:
    return message.kind is MessageKind.EVENT and message.state is State.WAITING


def _turn_of(message: Message) -> int:
    """The turn in which the caller said this; 0 for what we said."""
    parts = (message.client_msg_id or "").split(":")
    return int(parts[1]) if len(parts) > 1 and parts[1].isdecimal() else 0
