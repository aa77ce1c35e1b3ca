"""When somebody calls back: a block of time that a caller can wait for. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from handoff.clock import AMSTERDAM
from handoff.policy import Service, Words

_QUARTER, _HALF_HOUR = timedelta(minutes=15), timedelta(minutes=30)
_LONGEST = timedelta(hours=2)
"""Nobody stays beside the phone for longer than this."""
_A_MOMENT = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Block:
    """From ``start`` up to ``end``, aware UTC, inside opening hours where they allow it."""

    start: datetime
    end: datetime


def call_back_block(queue: str, asked_at: datetime, service: Service) -> Block:
    """The block in which this queue calls back who asked at this moment.

    It ends on the half hour, and moves to the next opening when it would end after closing time.
    """
    if service.is_open(asked_at):
        block = _block(queue, asked_at, service)
        if service.is_open(block.end - _A_MOMENT):
            return block
    return _block(queue, service.hours.next_opening(asked_at), service)


def say_block(block: Block, now: datetime, words: Words) -> str:
    """As a person says it: "vandaag tussen 10:15 en 11:00"."""
    start, end = block.start.astimezone(AMSTERDAM), block.end.astimezone(AMSTERDAM)
    today = now.astimezone(AMSTERDAM).date()
    times = {"start": f"{start:%H:%M}", "end": f"{end:%H:%M}"}
    if start.date() == today:
        return words.text("phone_block_today", **times)
    if start.date() == today + timedelta(days=1):
        return words.text("phone_block_tomorrow", **times)
    weekday = words.text(f"weekday_{start.weekday()}")
    month = words.text(f"month_{start.month}")
    return words.text("phone_block_day", weekday=weekday, day=start.day, month=month, **times)


def _block(queue: str, begins: datetime, service: Service) -> Block:
    minutes = timedelta(minutes=service.minutes_for(queue))
    end = _up_to(begins + minutes, _HALF_HOUR)
    start = max(_up_to(begins, _QUARTER), end - _LONGEST)
    return Block(start, end if end > start else start + _HALF_HOUR)


def _up_to(moment: datetime, step: timedelta) -> datetime:
    """The first whole quarter or half hour that is not before this moment."""
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + -(-(moment - midnight) // step) * step
