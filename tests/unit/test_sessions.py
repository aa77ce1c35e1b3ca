"""When a talk gets a fresh Rasa conversation, and what that one remembers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.port import Carry
from handoff import sessions
from handoff.ledger import SessionRecord
from handoff.reception import new_conversation

pytestmark = pytest.mark.unit
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
TALK = new_conversation("c1", "TB-1", "webchat", "c1", False, NOW)
CARRY = Carry({"repair_room": "keuken"}, "repair_form", "repair_danger")
USED = SessionRecord(1, 0, 5, NOW, sessions.carry_to_row(CARRY))


def test_a_running_session_goes_on_with_its_form() -> None:
    session = sessions.session_for(USED, TALK, NOW + timedelta(minutes=29))
    assert session == USED
    assert sessions.carry_from_row(session.carry) == CARRY


def test_after_forty_turns_a_fresh_one_goes_on_with_the_same_form() -> None:
    session = sessions.session_for(replace(USED, turns=40), TALK, NOW)
    assert sessions.name_of(session, TALK) != sessions.name_of(USED, TALK)
    assert session.turns == 0 and sessions.carry_from_row(session.carry) == CARRY


def test_after_half_an_hour_the_form_is_gone_and_what_was_said_is_kept() -> None:
    session = sessions.session_for(USED, TALK, NOW + timedelta(minutes=31))
    carry = sessions.carry_from_row(session.carry)
    assert carry.slots == {"repair_room": "keuken"} and carry.active_form is None
    assert sessions.name_of(session, TALK) != sessions.name_of(USED, TALK)


def test_after_a_hand_back_the_form_is_gone_and_what_was_said_is_kept() -> None:
    handed_back = replace(TALK, session_no=2)
    session = sessions.session_for(USED, handed_back, NOW)
    carry = sessions.carry_from_row(session.carry)
    assert carry.slots == {"repair_room": "keuken"} and carry.active_form is None
    assert session.turns == 0
    assert sessions.name_of(session, handed_back) != sessions.name_of(USED, TALK)


def test_using_a_session_counts_and_remembers() -> None:
    used = sessions.used(USED, Carry({"x": "y"}), NOW + timedelta(minutes=1))
    assert used.turns == 6 and used.last_used == NOW + timedelta(minutes=1)
    assert sessions.carry_from_row(used.carry) == Carry({"x": "y"})
