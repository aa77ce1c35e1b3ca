"""Accounts of staff, put together from the settings."""

from __future__ import annotations

from dataclasses import dataclass

from handoff.clock import Clock
from handoff.console.sealing import Seal, key_in
from handoff.console.second_factor import SecondFactors
from handoff.console.sessions import StaffSessions
from handoff.console.sign_on import SignOn, sign_on_from
from handoff.console.staff_work import StaffWork
from handoff.ledger import Store
from handoff.rate_limits import RateLimits
from handoff.settings import Settings


@dataclass(frozen=True, slots=True)
class Accounts:
    factors: SecondFactors
    staff: StaffWork
    sign_on: SignOn | None
    """None: single sign-on is not set up."""


def accounts_on(
    settings: Settings, store: Store, clock: Clock, limits: RateLimits, sessions: StaffSessions
) -> Accounts:
    """
    Raises:
        KeyTooShort: ``ACCOUNTS__KEY`` is set and can be guessed.
        SignOnNotSetUp: single sign-on is half set up.
    """
    chosen = settings.accounts
    required = not settings.demo if chosen.require_totp is None else chosen.require_totp
    seal = Seal(chosen.key.get_secret_value() or key_in(settings.data_dir))
    return Accounts(
        SecondFactors(store, clock, limits, seal, required),
        StaffWork(store, clock),
        sign_on_from(settings.sso, settings.public_base_url, store, clock, sessions),
    )
