"""The true product behind WhatsApp: the fake Twilio on loopback, with its own 24 hours."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import httpx

from channels.fakes.twilio import FakeTwilio, Message, on_loopback
from channels.fakes.twilio_webhooks import SignedForm
from channels.registry import channels_on
from handoff.ledger import Ledger
from handoff.model import Conversation, MessageId
from handoff.testing import PASSWORD, Bench, StaffSide, start_bench
from tests.channels.twilio_scene import ACCOUNT, OURS, OURS_WHATSAPP, TENANT_WHATSAPP

PUBLIC = "https://balie.example"
DAY, GATHER = timedelta(hours=24), timedelta(seconds=2)
TEMPLATE = "Hallo, u stelde een vraag aan {{1}}. Er is antwoord op {{2}}. Stuur JA om het te lezen."


@dataclass
class Phone:
    """One tenant on WhatsApp, the product he writes to, and Twilio in between."""

    bench: Bench
    fake: FakeTwilio
    base_url: str
    template: str
    address: str = TENANT_WHATSAPP
    _seen: int = field(default=0)

    def switch_on(self, template: str | None = None) -> None:
        """Put WhatsApp on with this template, "" for none."""
        family = {
            "account_sid": ACCOUNT.sid,
            "auth_token": ACCOUNT.auth_token,
            "base_url": self.base_url,
        }
        chosen = self.template if template is None else template
        own = {"sender": OURS, "reopen_template": chosen}
        on = channels_on({"twilio": family, "whatsapp": own}, PUBLIC)
        self.bench.product.channels["whatsapp"] = on["whatsapp"]

    async def post(self, form: SignedForm) -> int:
        """Twilio's webhook, at the product's own door."""
        url = form.url.removeprefix(PUBLIC)
        answer = await self.bench.client.post(url, content=form.body, headers=dict(form.headers))
        return answer.status_code

    async def write(self, body: str, times: int = 1, **fields: str) -> None:
        """The tenant writes; the product does not work yet."""
        statuses = await self.fake.write(
            self.address, OURS_WHATSAPP, body, fields=fields, times=times
        )
        assert set(statuses) == {204}, statuses

    async def ask(self, body: str, **fields: str) -> list[str]:
        """The tenant writes, the product works; what came on the phone."""
        await self.write(body, **fields)
        await self.bench.work()
        self.bench.clock.move(GATHER)  # the assistant waits for more of the same
        await self.bench.work()
        return self.news()

    def news(self) -> list[str]:
        """What came on the phone since the last time this was asked."""
        arrived = self.arrived()
        new = arrived[self._seen :]
        self._seen = len(arrived)
        return [one.body for one in new]

    def arrived(self) -> list[Message]:
        """What WhatsApp let through, oldest first."""
        return [one for one in self.fake.sent if one.magic_code() is None]

    async def report_all(self) -> None:
        """Twilio tells what became of each message that it has not told of yet."""
        for one in self.fake.sent:
            if one.status == "queued":
                await self.fake.report(one.sid)

    async def conversation(self) -> Conversation:
        def work(ledger: Ledger) -> Conversation | None:
            return ledger.conversations.latest_at("whatsapp", self.address)

        found = await self.bench.product.store.read(work)
        assert found is not None
        return found

    async def states(self) -> Mapping[str, str]:
        """How far each message of staff came, by its text."""
        talk = await self.conversation()

        def work(ledger: Ledger) -> dict[str, str]:
            said = [m for m in ledger.messages.after(talk.id, 0) if m.author.kind.value == "agent"]
            found = {m.text: ledger.deliveries.get(MessageId(m.id)) for m in said}
            return {text: one.state for text, one in found.items() if one is not None}

        return await self.bench.product.store.read(work)

    async def taken_by(self, login: str = "fatma") -> StaffSide:
        """A member of staff takes the conversation; what the tenant reads of that is read."""
        staff, talk = await self.staff(login), await self.conversation()
        assert (await staff.step(talk.id, "take")).status_code == 200
        await self.bench.work()
        self.news()
        return staff

    async def staff(self, login: str = "fatma") -> StaffSide:
        """The console at its public address: its cookie goes over https only."""
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(self.bench.app),
            base_url=PUBLIC,
            headers={"Origin": PUBLIC},
        )
        answer = await client.post(
            "/console/api/login", json={"login": login, "password": PASSWORD}
        )
        assert answer.status_code == 200, answer.text
        return StaffSide(client)

    async def staff_say(self, *texts: str) -> None:
        """Answers of who holds the conversation, each brought as far as it can be."""
        staff, talk = await self.staff(), await self.conversation()
        for text in texts:
            answer = await staff.say(talk.id, text)
            assert answer.status_code == 201, answer.text
            await self.bench.work()

    async def silent_for(self, time: timedelta) -> None:
        self.bench.clock.move(time)
        await self.bench.work()
        self.news()


@asynccontextmanager
async def a_phone(bench: Bench | None = None) -> AsyncIterator[Phone]:
    bench = bench or await start_bench(public_base_url=PUBLIC)
    phone: list[Phone] = []

    async def post(form: SignedForm) -> int:
        return await phone[0].post(form)

    fake = FakeTwilio(
        ACCOUNT,
        bench.clock.now,
        webhook=f"{PUBLIC}/channels/whatsapp",
        post=post,
        window=DAY,
    )
    template = fake.contents.approve(TEMPLATE)
    async with on_loopback(fake) as base_url:
        phone.append(Phone(bench, fake, base_url, template))
        phone[0].switch_on()
        yield phone[0]
        await bench.product.stop()
