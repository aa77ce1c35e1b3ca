"""Whatever happens, after a sweep each conversation that waits or is held has an owner and a
deadline still to come. Driven through the true inbox, desk, router and store.
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
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from bot.scripted import Scripted
from channels.port import Chosen, Inbound, Text
from handoff.app import put_together
from handoff.clock import TestClock
from handoff.console.routing_work import RoutingWork
from handoff.console.work import DeskWork
from handoff.http_errors import ApiError
from handoff.ledger import Ledger
from handoff.model import Agent, AgentId, Conversation, ConversationId
from handoff.routing.values import Skills, Status
from handoff.routing.watches import orphans
from handoff.testing import settings as product_settings
from handoff.testing import start_bench

pytestmark = pytest.mark.unit
T = TypeVar("T")
AGENTS = (
    Agent(AgentId("a1"), "fatma", "Fatma"),
    Agent(AgentId("a2"), "joost", "Joost"),
    Agent(AgentId("a3"), "lea", "Lea", ("agent", "lead")),
)
TENANTS = ("t1", "t2", "t3", "t4")
SAID = ("hallo", "ik wil een medewerker", "IK RUIK GAS", "hoe lang duurt het nog", "bel mij terug")
people, talks = st.sampled_from(AGENTS), st.sampled_from(TENANTS)


class Desk(RuleBasedStateMachine):
    """Four tenants, two members of staff and a lead, and a clock that runs through the night."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.clock = TestClock()
        self.product = put_together(
            product_settings(), assistant=Scripted.from_file(), clock=self.clock
        )
        product = self.product
        self.work = DeskWork(product.store, product.counter, self.clock, product.hints)
        self.routing = RoutingWork(self.work, product.routing)
        self.numbers = count(1)
        self.talks: dict[str, ConversationId] = {}

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    @initialize()
    def open(self) -> None:
        def staff(ledger: Ledger) -> None:
            for agent in AGENTS:
                ledger.staff.put(agent, "x")
                ledger.routing.attendance.put_skills(agent.id, Skills(capacity=1))

        self.product.store.write_now(staff)
        for tenant in TENANTS:
            self.talks[tenant] = self.send(tenant, Chosen("medewerker"))

    def send(self, tenant: str, body: Text | Chosen) -> ConversationId:
        webchat = self.product.channels["webchat"]
        inbound = Inbound("webchat", "", tenant, f"m{next(self.numbers)}", body)
        self.run(self.product.inbox.receive(inbound, webchat.capabilities))
        found = self.product.store.write_now(
            lambda ledger: ledger.conversations.latest_at("webchat", tenant)
        )
        assert found is not None
        return found.id

    def end(self) -> None:
        """The worker runs at once, a sweep comes within the minute."""
        self.run(self.product.worker.drain())
        assert self.run(self.product.routing.sweep.once()) == []
        self.nobody_carries_too_much()

    def nobody_carries_too_much(self) -> None:
        now = self.clock.now()
        service = self.product.counter.service
        for agent in AGENTS:
            offers = self.product.store.read_now(
                lambda ledger, id=agent.id: ledger.routing.offers.open_for(id)
            )
            presence = self.product.store.read_now(
                lambda ledger, id=agent.id: ledger.routing.attendance.presence(id)
            )
            assert len(offers) <= 2  # one by its own room, one by name from a colleague
            for offer in offers:
                assert presence is not None and presence.at(now) is Status.ONLINE
                assert service.is_open(offer.made_at)

    @rule(tenant=talks, text=st.sampled_from(SAID))
    def a_tenant_says_something(self, tenant: str, text: str) -> None:
        self.talks[tenant] = self.send(tenant, Text(text))
        self.end()

    @rule(who=people, status=st.sampled_from([None, *Status]), reassign=st.booleans())
    def somebody_says_whether_they_are_there(
        self, who: Agent, status: Status | None, reassign: bool
    ) -> None:
        shifts = self.product.routing.shifts
        leaves = reassign and status is Status.AWAY
        self.run(shifts.say(who, status, reassign=leaves) if status else shifts.renew(who))
        self.end()

    @rule(who=people, accepts=st.booleans())
    def somebody_answers_an_offer(self, who: Agent, accepts: bool) -> None:
        for offer in self.product.store.read_now(
            lambda ledger: ledger.routing.offers.open_for(who.id)
        ):
            answer = self.routing.accept if accepts else self.routing.decline
            self.refusable(answer(who, offer.id))
        self.end()

    @rule(who=people, tenant=talks, what=st.sampled_from(("take", "say", "back", "close", "pass")))
    def somebody_takes_a_step(self, who: Agent, tenant: str, what: str) -> None:
        id = self.talks[tenant]
        other = AGENTS[(AGENTS.index(who) + 1) % len(AGENTS)].id
        steps = {
            "take": lambda: self.work.take(who, id, None),
            "say": lambda: self.work.say(who, id, None, "Dag.", f"s{next(self.numbers)}"),
            "back": lambda: self.work.release(who, id, None, None, ""),
            "close": lambda: self.work.close(who, id, None),
            "pass": lambda: self.routing.transfer(who, id, None, other, None, ""),
        }
        self.refusable(steps[what]())
        self.end()

    def refusable(self, step: Coroutine[Any, Any, object]) -> None:
        try:
            self.run(step)
        except ApiError as refused:
            assert refused.status == 409

    @rule(passes=st.sampled_from([1, 3, 20, 700, 4_000]))
    def time_passes(self, passes: int) -> None:
        self.clock.move(timedelta(minutes=passes))
        self.end()

    def teardown(self) -> None:
        self.run(self.product.worker.stop())
        self.product.store.close()
        self.loop.close()


TestNobodyIsForgotten = Desk.TestCase
TestNobodyIsForgotten.settings = settings(
    max_examples=12,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


async def test_the_sweep_sees_a_conversation_that_nobody_answers_for() -> None:
    """The proof can fail: a watch that was wiped out is reported, and mended by the sweep."""
    bench = await start_bench()
    tenant = await bench.tenant()
    await tenant.ask("ik wil een medewerker")
    store, now = bench.product.store, bench.clock.now()
    assert await store.read(lambda ledger: orphans(ledger, now)) == []
    later = now + timedelta(days=3)
    assert await store.read(lambda ledger: orphans(ledger, later)) == [tenant.id]
    bench.clock.move(timedelta(days=3))
    assert await bench.product.routing.sweep.once() == []
    found: Conversation | None = await store.read(
        lambda ledger: ledger.conversations.get(ConversationId(tenant.id))
    )
    assert found is not None and found.priority >= 10
    assert any("Het duurt langer" in event["text"] for event in await tenant.events())
    await bench.product.stop()
