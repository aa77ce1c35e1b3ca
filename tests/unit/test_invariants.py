"""The invariants of the hub under any order of events, crashes and redeliveries included.

The machine drives the true inbox, turns, desk and store; only the assistant is on strings.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from itertools import count
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from bot.port import Answer, AssistantFailed, AssistantSilent, Guess, Reply
from bot.puppet import Puppet
from bot.signals import Escalate, EscalationReason, NotSure
from channels.port import Chosen, Inbound, Text
from handoff.app import Product, put_together
from handoff.clock import TestClock
from handoff.console.work import DeskWork
from handoff.http_errors import ApiError
from handoff.inbox import Accepted
from handoff.ledger import Job, Ledger
from handoff.model import (
    Agent,
    AgentId,
    AuthorKind,
    Bot,
    ConversationId,
    Message,
    MessageKind,
    State,
)
from handoff.testing import settings as product_settings

pytestmark = pytest.mark.unit
T = TypeVar("T")
ASKED = ("hallo", "wanneer moet ik betalen", "de kraan lekt")
ODD = ("🙂", "IK RUIK GAS")
AGENTS = (Agent(AgentId("a1"), "fatma", "Fatma"), Agent(AgentId("a2"), "joost", "Joost"))
ANSWERS = (
    Answer((Reply("Voor de 1e."),), (), (Guess("rent_payment_date", 0.9),)),
    Answer((), (NotSure(),), (Guess("rent_payment_date", 0.3),)),
    Answer((Reply("Ja."),), (Escalate(EscalationReason.SENSITIVE),), (Guess("greeting", 0.9),)),
    Answer((), (), (Guess("greeting", 0.9),)),
)


class Hub(RuleBasedStateMachine):
    """One conversation, one assistant, two members of staff, any number of crashes."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.product: Product = put_together(
            product_settings(), assistant=Puppet(), clock=TestClock()
        )
        self.desk = DeskWork(
            self.product.store, self.product.counter, self.product.clock, self.product.hints
        )
        self.turn: asyncio.Task[None] | None = None
        self.sent: dict[str, tuple[Inbound, int]] = {}
        self.numbers = count(1)
        self.highest_term = 0
        self.id = ConversationId("")

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    @property
    def puppet(self) -> Puppet:
        assert isinstance(self.product.assistant, Puppet)
        return self.product.assistant

    @property
    def webchat(self) -> Any:
        return self.product.channels["webchat"]

    def read(self, what: Any) -> Any:
        return self.product.store.read_now(what)

    def log(self) -> list[Message]:
        return list(self.read(lambda ledger: ledger.messages.after(self.id, 0)))

    @initialize()
    def open(self) -> None:
        opened = self.run(self.product.inbox.open("webchat", "", self.webchat.capabilities, "hash"))
        self.id = opened.id

        def staff(ledger: Ledger) -> None:
            for agent in AGENTS:
                ledger.staff.put(agent, "x")

        self.product.store.write_now(staff)

    def receive(self, inbound: Inbound) -> Accepted:
        return self.run(self.product.inbox.receive(inbound, self.webchat.capabilities))

    def bot_holds(self) -> bool:
        conversation = self.read(lambda ledger: ledger.conversations.get(self.id))
        return conversation is not None and isinstance(conversation.holder, Bot)

    @rule(text=st.sampled_from(ASKED))
    def tenant_sends(self, text: str) -> None:
        self.send(Text(text))

    @precondition(bot_holds)
    @rule(text=st.sampled_from(ASKED))
    def tenant_sends_and_a_turn_starts(self, text: str) -> None:
        self.send(Text(text))
        if self.turn is None:
            self.a_turn_starts()

    @precondition(bot_holds)
    @rule(text=st.sampled_from(ODD))
    def tenant_sends_something_odd(self, text: str) -> None:
        self.send(Text(text))

    @precondition(bot_holds)
    @rule()
    def tenant_asks_for_a_person(self) -> None:
        self.send(Chosen("medewerker"))

    def send(self, body: Text | Chosen) -> None:
        external = f"m{next(self.numbers)}"
        inbound = Inbound("webchat", self.id, self.id, external, body)
        self.sent[external] = (inbound, self.receive(inbound).seq)

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def the_same_message_comes_again(self, data: st.DataObject) -> None:
        inbound, seq = self.sent[data.draw(st.sampled_from(sorted(self.sent)))]
        before = len(self.log())
        again = self.receive(inbound)
        assert again.again and again.seq == seq and len(self.log()) == before

    @precondition(lambda self: self.turn is None and self.bot_holds())
    @rule()
    def a_turn_starts(self) -> None:
        now = self.product.clock.now()

        def claim(ledger: Ledger) -> list[Job]:
            lease = now + timedelta(seconds=30)
            return list(ledger.jobs.claim(("turn",), "worker", now, lease, 1))

        for job in self.product.store.write_now(claim):
            task = self.loop.create_task(self.product.turns.run(job))
            self.run(self.until(lambda task=task: bool(self.puppet.asked) or task.done()))
            self.turn = None if task.done() else task

    async def until(self, done: Any) -> None:
        while not done():  # noqa: ASYNC110 - the machine has no event to wait for
            await asyncio.sleep(0)

    @precondition(lambda self: self.turn is not None)
    @rule(answer=st.sampled_from(ANSWERS))
    def the_assistant_replies(self, answer: Answer) -> None:
        self.puppet.answer(answer)
        self.end_turn()

    @precondition(lambda self: self.turn is not None)
    @rule(silent=st.booleans())
    def the_assistant_fails(self, silent: bool) -> None:
        self.puppet.fail(AssistantSilent("drill") if silent else AssistantFailed("drill"))
        self.end_turn()

    def end_turn(self) -> None:
        assert self.turn is not None
        self.run(self.until(self.turn.done))
        self.turn.result()
        self.turn = None

    @precondition(lambda self: not self.bot_holds())
    @rule(who=st.sampled_from(AGENTS), what=st.sampled_from(("take", "say", "release", "close")))
    def staff_act(self, who: Agent, what: str) -> None:
        self.staff_act_now(who, what)

    @precondition(lambda self: self.turn is not None)
    @rule(who=st.sampled_from(AGENTS))
    def somebody_takes_over_during_a_turn(self, who: Agent) -> None:
        self.staff_act_now(who, "take")

    def staff_act_now(self, who: Agent, what: str) -> None:
        steps = {
            "take": lambda: self.desk.take(who, self.id, None),
            "say": lambda: self.desk.say(who, self.id, None, "Dag.", f"s{next(self.numbers)}"),
            "release": lambda: self.desk.release(who, self.id, None, None, ""),
            "close": lambda: self.desk.close(who, self.id, None),
        }
        try:
            self.run(steps[what]())
        except ApiError as refused:
            assert refused.status == 409

    @precondition(lambda self: not self.bot_holds())
    @rule()
    def the_conversation_comes_back_to_the_assistant(self) -> None:
        """Without this most roads end with a person and the assistant is never asked again."""
        for who in AGENTS:
            for what in ("take", "release"):
                self.staff_act_now(who, what)

    @rule()
    def the_process_crashes(self) -> None:
        """What was under way is gone; what was committed stays."""
        if self.turn is not None:
            self.turn.cancel()
            self.run(asyncio.wait([self.turn]))
            self.turn = None
        self.puppet.forget()
        now = self.product.clock.now()
        self.product.store.write_now(lambda ledger: ledger.jobs.release_leases(now))

    @rule(seconds=st.sampled_from((1, 20, 3600)))
    def time_passes(self, seconds: int) -> None:
        assert isinstance(self.product.clock, TestClock)
        self.product.clock.move(timedelta(seconds=seconds))

    @invariant()
    def numbers_have_no_gaps(self) -> None:
        log = self.log()
        assert [m.pos for m in log] == list(range(1, len(log) + 1))
        seen = [m.seq for m in log if m.seq is not None]
        assert seen == list(range(1, len(seen) + 1))

    @invariant()
    def only_the_holder_speaks_to_the_tenant(self) -> None:
        state = State.BOT
        for message in self.log():
            if message.state is not None:
                state = message.state
            elif message.seq is not None and message.author.kind is AuthorKind.BOT:
                assert state in (State.BOT, State.WAITING)  # never while a person holds
            elif message.seq is not None and message.author.kind is AuthorKind.AGENT:
                assert state is State.HELD

    @invariant()
    def the_term_only_rises(self) -> None:
        conversation = self.read(lambda ledger: ledger.conversations.get(self.id))
        if conversation is not None:
            assert conversation.term >= self.highest_term
            self.highest_term = conversation.term

    @invariant()
    def what_was_accepted_is_stored_once(self) -> None:
        stored = [m.client_msg_id for m in self.log() if m.author.kind is AuthorKind.TENANT]
        assert sorted(x or "" for x in stored) == sorted(self.sent)

    def teardown(self) -> None:
        """Let everything come to rest: then no tenant message is without an answer."""
        self.the_process_crashes()
        for _ in range(20):
            self.a_turn_starts()
            if self.turn is not None:
                self.the_assistant_replies(ANSWERS[0])
        conversation = self.read(lambda ledger: ledger.conversations.get(self.id))
        if conversation is not None and isinstance(conversation.holder, Bot):
            unanswered = self.read(lambda ledger: ledger.turns.unanswered(conversation))
            assert unanswered == []
        withheld = [m for m in self.log() if m.kind is MessageKind.WITHHELD]
        assert all(m.seq is None for m in withheld)
        self.product.store.close()
        self.loop.close()


Hub.TestCase.settings = settings(
    max_examples=50,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestHub = Hub.TestCase
TestHub.pytestmark = [pytest.mark.unit]
