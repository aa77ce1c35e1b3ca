"""Sends a one-time code. Asked for by a job whether or not what was said is right, so that from
outside the two are the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog

from actions.backoffice.errors import BackOfficeError, NotFound
from actions.backoffice.port import BackOffice
from actions.backoffice.values import Contactgegeven
from actions.backoffice.verification import Level, RelatieId
from channels.port import Channel, DeliveryResult, Outbound, Receipt
from handoff.clock import Clock
from handoff.counter import Counter
from handoff.identities import Address, phone_of
from handoff.ledger import Job, Ledger, Store
from handoff.ledger.verifications import Code
from handoff.phone.summary import can_get_texts
from handoff.verification.giving import step
from handoff.verification.hashes import CODE_LIFE, Pepper, hash_of_code, new_code
from handoff.verification.limits import SENT, Limits
from handoff.verification.talk import number_of

log = structlog.get_logger()
SEND_CODE = "identity_code"
"""The kind of the job."""
TEXTS = "sms"
_MOST_ATTEMPTS = 3
_PAUSE = timedelta(seconds=5)
_PAUSE_OF_THE_OFFICE = timedelta(seconds=15)


@dataclass(frozen=True, slots=True)
class Sending:
    """The handler of the job. A code is in nobody's log: it is made here, sent, and kept hashed.

    A second attempt makes another code; the one before then no longer works.
    """

    store: Store
    back_office: BackOffice
    channels: Mapping[str, Channel]
    counter: Counter
    clock: Clock
    pepper: Pepper
    limits: Limits

    async def run(self, job: Job) -> None:
        code = await self.store.read(
            lambda ledger: ledger.identity_checks.code_named(job.payload["code"])
        )
        if code is None:
            await self._end(job, "code_not_wanted")
            return
        if code.relatie is None:
            await self._end(job, "code_not_sent")
            return
        try:
            number = await self._number(code, code.relatie)
        except NotFound:
            number = None
        except BackOfficeError:
            await self._later(job, code)
            return
        if number is None:
            await self._end(job, "code_no_detail")
            return
        await self._send(job, code, number)

    async def _later(self, job: Job, code: Code) -> None:
        """The system is away: again soon, for as long as the tenant may wait for this code."""
        due = self.clock.now() + _PAUSE_OF_THE_OFFICE
        if due < code.expires_at:
            await self.store.write(lambda ledger: ledger.jobs.retry(job, due, "back office down"))
        else:
            await self._end(job, "code_office_down")

    async def _number(self, code: Code, relatie: RelatieId) -> str | None:
        """To which number: the one on file, or at level 1 the one the tenant writes from."""
        if code.level is Level.CLAIMED:
            number = await self.store.read(lambda ledger: _written_from(ledger, code))
        else:
            number = number_on_file(await self.back_office.contactgegevens_for_code(relatie))
        return number if number and can_get_texts(number) else None

    async def _send(self, job: Job, code: Code, number: str) -> None:
        digits = new_code()
        if not await self.store.write(lambda ledger: self._made(ledger, code, number, digits)):
            await self._end(job, "code_limited")
            return
        receipt = await self._deliver(code, number, digits)
        if receipt.result is DeliveryResult.LATER and job.attempt < _MOST_ATTEMPTS:
            due = self.clock.now() + max(_PAUSE, receipt.pause)
            await self.store.write(lambda ledger: ledger.jobs.retry(job, due, "later"))
            return
        failed = receipt.result in (DeliveryResult.REJECTED, DeliveryResult.LATER)
        await self._end(job, "code_refused" if failed else "code_sent")

    def _made(self, ledger: Ledger, code: Code, number: str, digits: str) -> bool:
        """Keep the code's hash, if it may be sent: not too often, and not to who said STOP."""
        now = self.clock.now()
        who = {
            "relatie": self.pepper.hash_of("relatie", code.relatie or ""),
            "number": self.pepper.hash_of("number", number),
        }
        if self.limits.full(ledger, SENT, who, now):
            return False
        if ledger.opt_outs.since(TEXTS, number) is not None:
            return False
        self.limits.count(ledger, SENT, who, now)
        hashed = hash_of_code(self.pepper, code, digits)
        return ledger.identity_checks.sent(code.id, hashed, now + CODE_LIFE)

    async def _deliver(self, code: Code, number: str, digits: str) -> Receipt:
        channel, author = self.channels[TEXTS], self.counter.bot
        text = self.counter.words.text("identity_code_sms", code=digits)
        last = Receipt(DeliveryResult.REJECTED)
        for part in channel.render(Outbound(code.id, number, author.name, text)):
            last = await channel.deliver(part)
            if last.result is not DeliveryResult.ACCEPTED:
                break
        return last

    async def _end(self, job: Job, what: str) -> None:
        def work(ledger: Ledger) -> None:
            talk = ledger.conversations.get(job.conversation, lock=True)
            if ledger.jobs.finish(job) and talk is not None:
                step(ledger, talk, what, self.clock.now())

        await self.store.write(work)


def _written_from(ledger: Ledger, code: Code) -> str | None:
    talk = ledger.conversations.get(code.conversation)
    return number_of(ledger, talk) if talk else None


def number_on_file(details: Sequence[Contactgegeven]) -> str | None:
    """The mobile number for a code, in E.164: the preferred one, never a confidential one."""
    fit = [one for one in details if one.soort == "TEL" and one.mobiel and not one.vertrouwelijk]
    ordered = sorted(fit, key=lambda one: not one.voorkeur)
    numbers = (phone_of(Address(TEXTS, one.waarde)) for one in ordered)
    return next((one for one in numbers if one and can_get_texts(one)), None)
