"""An invented past for the demo, so that reports and the wallboard have something to show. Pure.

Only figures: no conversation of it holds a message, so none stands in a list or is found. Every
id, reference and address of it begins with a mark that says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml

from handoff.clock import AMSTERDAM

DAYS = 56
"""Twice the 28 days that reports show first, since they are held against the 28 before."""
MARK = "demo-past-"
_FILE = Path(__file__).resolve().parents[2] / "data" / "demo_history.yml"
_SEED = 1901
_OPENS, _CLOSES = time(8, 30), time(17)
_WEEKEND_SHARE = 0.25
_SATURDAY = 5

Values = dict[str, Any]


Past = Mapping[str, Sequence[Values]]
"""Rows to write by table, in the order to write them. Moments are aware UTC and not later than the
moment it was made for."""
_TABLES = ("conversation", "turn", "assignment", "service_clock", "opinion")


def read_odds() -> Mapping[str, Any]:
    """How often what happened, as ``data/demo_history.yml`` says it."""
    found: Mapping[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return found


def invented_past(now: datetime, odds: Mapping[str, Any]) -> Past:
    """The same for the same moment: the dice are always thrown in the same order."""
    return _Inventor(now, odds).past()


class _Inventor:
    def __init__(self, now: datetime, odds: Mapping[str, Any]) -> None:
        self._now, self._odds = now, odds
        self._dice = Random(_SEED)
        self._rows: dict[str, list[Values]] = {name: [] for name in _TABLES}

    def past(self) -> Past:
        today = self._now.astimezone(AMSTERDAM).date()
        for back in range(DAYS, -1, -1):
            day = today - timedelta(days=back)
            for at in self._beginnings(day):
                self._conversation(at)
        return self._rows

    def _beginnings(self, day: date) -> list[datetime]:
        share = _WEEKEND_SHARE if day.weekday() >= _SATURDAY else 1.0
        mean = self._odds["per_day"] * share
        hours = self._dice.choices(
            range(24), self._odds["hours"], k=round(mean * self._dice.uniform(0.8, 1.2))
        )
        at = [
            datetime.combine(day, time(hour, self._dice.randrange(60)), AMSTERDAM) for hour in hours
        ]
        return sorted(moment.astimezone(UTC) for moment in at)

    def _conversation(self, at: datetime) -> None:
        no, topic = len(self._rows["conversation"]), self._pick_topic()
        asked = self._percent("handed_over_percent")
        wait = timedelta(minutes=1 + self._dice.expovariate(1 / 7))
        talk = timedelta(minutes=self._dice.randint(3, 25))
        # Who asks at night is helped by a person from the first moment of the next working day.
        taken = _when_open(at) + wait if asked else None
        closed = (taken or at) + talk
        if closed >= self._now:
            return
        id = f"{MARK}{no:05}"
        self._rows["conversation"].append(self._talk(id, no, topic, at, closed))
        self._rows["turn"].append(self._turn(id, topic, at, asked))
        if asked and taken is not None:
            self._asked(id, topic, at, taken, closed)
        if self._percent("scored_percent"):
            self._opinion(id, topic, closed)

    def _talk(self, id: str, no: int, topic: str, at: datetime, closed: datetime) -> Values:
        rows = self._rows["conversation"]
        again = bool(rows) and self._percent("again_percent")
        # Who comes back is one of the last hundred that were helped, on the same channel.
        known = self._dice.choice(rows[-100:]) if again else None
        return {
            "id": id,
            "reference": f"DEMO-{no:05}",
            "channel": known["channel"] if known else self._pick("channels"),
            "address": known["address"] if known else id,
            "holder_kind": "closed",
            "term": 2,
            "last_pos": 0,
            "last_seq": 0,
            "answered_pos": 0,
            "topic": topic,
            "priority": 0,
            "session_no": 1,
            "pushed": False,
            "opened_at": at,
            "changed_at": closed,
            "closed_at": closed,
        }

    def _turn(self, id: str, topic: str, at: datetime, asked: bool) -> Values:
        return {
            "id": f"{id}-1",
            "conversation_id": id,
            "term": 1,
            "from_pos": 0,
            "to_pos": 0,
            "text": "",
            "outcome": "handed_over" if asked else self._pick("outcomes"),
            "intent": topic,
            "confidence": round(self._dice.uniform(0.55, 0.99), 3),
            "ranking": [],
            "form": {},
            "milliseconds": float(self._dice.randint(60, 240)),
            "model": MARK,
            "started_at": at,
            "settled_at": at + timedelta(seconds=1),
        }

    def _asked(self, id: str, topic: str, at: datetime, taken: datetime, closed: datetime) -> None:
        queue = self._odds["topics"][topic]["queue"]
        never = self._percent("untaken_percent")
        self._rows["assignment"].append(
            {
                "id": f"{id}-a",
                "conversation_id": id,
                "queue": queue,
                "reason": "urgent" if queue == "spoed" else self._pick("reasons"),
                "note": "",
                "asked_at": at,
                "taken_at": None if never else taken,
                "ended_at": closed,
                "outcome": "closed",
                "no": 1,
            }
        )
        kinds = ["first_answer", "resolution"]
        kinds += [kind for kind in ("next_answer", "promise") if self._dice.random() < 0.4]
        for kind in kinds:
            self._rows["service_clock"].append(self._clock(id, kind, queue, at, closed))

    def _clock(self, id: str, kind: str, queue: str, at: datetime, closed: datetime) -> Values:
        met = self._dice.random() * 100 < self._odds["met_percent"][kind]
        target = 2400 if kind == "resolution" else 60
        return {
            "id": f"{id}-{kind}",
            "conversation_id": id,
            "kind": kind,
            "queue": queue,
            "target_minutes": target,
            "worked_minutes": target // 3 if met else target + 15,
            "started_at": at,
            "ended_at": closed,
            "breached_at": None if met else closed,
            "outcome": "met" if met else "missed",
        }

    def _opinion(self, id: str, topic: str, closed: datetime) -> None:
        at = min(closed + timedelta(minutes=self._dice.randint(2, 90)), self._now)
        score = int(self._pick("scores"))
        kind = {1: "complaint", 5: "compliment"}.get(score, "")
        told = bool(kind) and self._dice.random() < 0.2
        talk = self._rows["conversation"][-1]
        self._rows["opinion"].append(
            {
                "id": f"{id}-o",
                "conversation_id": id,
                "term": 2,
                "channel": talk["channel"],
                "address": talk["address"],
                "queue": self._odds["topics"][topic]["queue"],
                "topic": topic,
                "asked_at": closed,
                "score": score,
                "scored_at": at,
                "words": self._dice.choice(self._odds["words"][kind]) if told else "",
                "words_at": at,
                "flag": kind if told else "",
            }
        )

    def _pick(self, name: str) -> str:
        odds = self._odds[name]
        return str(self._dice.choices(list(odds), list(odds.values()))[0])

    def _pick_topic(self) -> str:
        topics = self._odds["topics"]
        weights = [about["weight"] for about in topics.values()]
        return str(self._dice.choices(list(topics), weights)[0])

    def _percent(self, name: str) -> bool:
        return self._dice.random() * 100 < float(self._odds[name])


def _when_open(at: datetime) -> datetime:
    """This moment, or the first after it that falls in plain office hours, in UTC."""
    local = at.astimezone(AMSTERDAM)
    day = local.date()
    if local.time() >= _CLOSES:
        day += timedelta(days=1)
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=1)
    opens = datetime.combine(day, _OPENS, AMSTERDAM).astimezone(UTC)
    return max(at, opens)
