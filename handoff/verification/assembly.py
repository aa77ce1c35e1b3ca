"""Identity, put together from the settings."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from actions.backoffice.port import BackOffice
from channels.port import Channel
from handoff.change import Applied, Change
from handoff.clock import Clock
from handoff.console.sealing import key_in
from handoff.console.sign_on import HttpCaller
from handoff.counter import Counter
from handoff.hints import Hints
from handoff.ledger import Job, Ledger, Store
from handoff.memory.phrases import Phrases
from handoff.settings import Settings
from handoff.verification.checks import Checks
from handoff.verification.giving import Giving, ends_with
from handoff.verification.hashes import Pepper
from handoff.verification.limits import Limits, limits_of
from handoff.verification.places import Places
from handoff.verification.portal import PortalLinks, check_set_up
from handoff.verification.sending import SEND_CODE, TEXTS, Sending
from handoff.verification.sweeping import SWEEP, IdentitySweep
from handoff.verification.talk import Tellers

AfterChange = Callable[[Ledger, Applied, Change, datetime], None]


@dataclass(frozen=True, slots=True)
class Verifying:
    """What identity consists of: the checks for actions, the jobs, and the way to the portal."""

    checks: Checks
    sending: Sending
    portal: PortalLinks | None
    sweep: IdentitySweep

    @property
    def handlers(self) -> Mapping[str, Callable[[Job], Awaitable[None]]]:
        return {SEND_CODE: self.sending.run, SWEEP: self.sweep.run}


def after_change(first: AfterChange) -> AfterChange:
    """The same, and then a proof ends when its conversation does."""

    def both(ledger: Ledger, applied: Applied, change: Change, now: datetime) -> None:
        first(ledger, applied, change, now)
        ends_with(ledger, applied, change, now)

    return both


def pepper_of(settings: Settings) -> Pepper:
    """From the key of the installation, which is not in the database."""
    return Pepper(settings.accounts.key.get_secret_value() or key_in(settings.data_dir))


def places_on(settings: Settings, store: Store, clock: Clock) -> Places:
    return Places(store, pepper_of(settings), clock)


def verifying_on(
    settings: Settings,
    store: Store,
    back_office: BackOffice | None,
    channels: Mapping[str, Channel],
    third_parties: Phrases,
    counter: Counter,
    clock: Clock,
    hints: Hints,
) -> Verifying | None:
    """None without a back office: then nobody can be identified.

    Raises:
        PortalNotSetUp: the portal is half set up.
    """
    if back_office is None:
        return None
    limits = Limits(limits_of(settings.identity))
    tellers = Tellers(pepper_of(settings), third_parties)
    giving = Giving(settings.identity, counter)
    base = settings.public_base_url.rstrip("/")
    portal = None
    if check_set_up(settings.portal, base):
        portal = PortalLinks(
            settings.portal,
            base,
            store,
            back_office,
            tellers,
            limits,
            counter,
            clock,
            hints,
            HttpCaller(),
        )
    checks = Checks(
        store,
        back_office,
        tellers,
        limits,
        giving,
        clock,
        hints,
        lambda: TEXTS in channels,
        portal,
    )
    sending = Sending(store, back_office, channels, counter, clock, tellers.pepper, limits)
    return Verifying(checks, sending, portal, IdentitySweep(store, clock))
