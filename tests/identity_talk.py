"""Plays conversations on identity and rent with the real actions, and the little that Rasa does."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.backoffice.fakes.in_memory import Dossier, InMemory
from actions.backoffice.port import BackOffice
from actions.backoffice.values import (
    Adres,
    Betalingsregeling,
    Boeking,
    Claim,
    Debiteur,
    Eenheid,
    Huurovereenkomst,
    Prijscomponent,
    Relatie,
)
from actions.backoffice.verification import RelatieId
from actions.executor import action_classes
from actions.fakes.identity import FakeIdentity
from actions.fakes.requests import FakeKept
from actions.services import Served, Services
from bot.signals import Escalate, Signal, from_custom

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
ANNA = RelatieId("relatie-1")
CLAIM = Claim("1234AB", 12, date(1961, 5, 3))
DATA = Path(__file__).parents[1] / "data" / "nlu"
TOPICS = [yaml.safe_load(file.read_text("utf-8")) for file in sorted(DATA.glob("*.yml"))]
SAID: dict[str, Any] = {k: v for t in TOPICS for k, v in (t.get("responses") or {}).items()}
FORMS = {"identify_form": "action_identify_done", "payment_plan_form": "action_payment_plan_done"}
REQUIRED = {n: f["required_slots"] for t in TOPICS for n, f in (t.get("forms") or {}).items()}


def part(detail: str, name: str, amount: str, begin: date, end: date | None = None) -> Any:
    kind = "SER" if detail == "SCH" else "NET"
    return Prijscomponent(kind, detail, name, Decimal(amount), begin, end)


RENT = Huurovereenkomst(
    "contract-1", "LOP", date(2010, 1, 1), None, ("woning-1",), (ANNA,), Decimal("612.34"), None,
    (
        part("KAL", "Kale huur", "560.00", date(2025, 7, 1), date(2026, 6, 30)),
        part("KAL", "Kale huur", "582.40", date(2026, 7, 1)),
        part("SCH", "Schoonmaak", "29.94", date(2020, 1, 1)),
    ),
    incasso=True, incassodag=1,
)  # fmt: skip


def booking(kind: str, amount: str, on: date, open: str = "0", name: str = "Huur") -> Boeking:
    return Boeking(f"{kind}{on}", kind, name, Decimal(amount), Decimal(open), on)


@dataclass
class Talk:
    """One conversation; ``said`` and ``signals`` are those of the last turn."""

    account: Debiteur = field(default_factory=lambda: Debiteur("debiteur-1", Decimal(0), ()))
    contracts: tuple[Huurovereenkomst, ...] = (RENT,)
    plans: tuple[Betalingsregeling, ...] = ()
    channel: str = "webchat"
    connected: bool = True
    slots: dict[str, Any] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    form: str | None = None
    said: list[str] = field(default_factory=list)
    choices: list[tuple[str, str]] = field(default_factory=list)
    """Those an action added to the last message itself."""
    signals: list[Signal] = field(default_factory=list)
    gave_way: bool = False

    def __post_init__(self) -> None:
        self.office = InMemory(lambda: NOW)
        born = Relatie(ANNA, "mevrouw A. Bakker", geboortedatum=CLAIM.geboortedatum)
        home = Eenheid("woning-1", Adres("1234AB", 12))
        self.office.put(
            Dossier(born, (home,), self.contracts, debiteur=self.account, regelingen=self.plans)
        )
        self.identity = FakeIdentity(lambda: NOW, {CLAIM: ANNA}, ANNA)
        self.kept = FakeKept()
        office = BackOffice(self.office, lambda: NOW) if self.connected else None
        services = Services(lambda: NOW, office, self.identity, self.kept)
        made = [c(services) if issubclass(c, Served) else c() for c in action_classes()]
        self._actions = {str(action.name()): action for action in made}

    @property
    def text(self) -> str:
        return "\n".join(self.said)

    @property
    def escalation(self) -> Escalate:
        (escalate,) = [signal for signal in self.signals if isinstance(signal, Escalate)]
        return escalate

    async def tell(self, *texts: str, intent: str = "nlu_fallback") -> Talk:
        for text in texts:
            self.said, self.signals, self.gave_way = [], [], False
            data = {"intent": {"name": intent, "confidence": 0.95}, "text": text}
            at = (NOW + timedelta(seconds=len(self.events))).timestamp()
            event = {"event": "user", "text": text, "timestamp": at, "parse_data": data}
            self.events.append({**event, "input_channel": self.channel})
            await self._go(self.form or f"action_{intent}")
        return self

    async def _go(self, name: str | None) -> None:
        while name and name != "action_listen":
            name = await (self._in_form(name) if name in FORMS else self._run(name))

    async def _in_form(self, form: str) -> str | None:
        begins, self.form = self.form != form, form
        if begins:
            self.slots["requested_slot"] = None
        before = len(self.events)
        await self._run(f"validate_{form}")
        new = self.events[before:]
        names = [e["name"] for e in new if e["event"] == "slot"]
        if not begins and not [n for n in names if n != "requested_slot"]:
            self.gave_way = True
            return None
        wanted = [e["value"] for e in new if e.get("name") == "requested_slot"]
        empty = [slot for slot in REQUIRED[form] if not self.slots.get(slot)]
        if any(e["event"] == "active_loop" for e in new) or not (wanted or empty):
            self.form, self.slots["requested_slot"] = None, None
            return FORMS[form]
        self.slots["requested_slot"] = slot = (wanted or empty)[0]
        self._utter(f"utter_ask_{form}_{slot}", {})
        return None

    async def _run(self, name: str) -> str | None:
        dispatcher = CollectingDispatcher()
        user = next(e for e in reversed(self.events) if e["event"] == "user")
        latest = {**user["parse_data"], "input_channel": self.channel}
        loop = {"name": self.form} if self.form else {}
        tracker = Tracker("c.1.0", self.slots, latest, self.events, False, None, loop, None)
        events: list[Any] = list(await self._actions[name].run(dispatcher, tracker, {}))
        for message in dispatcher.messages:
            if message.get("custom"):
                self.signals.append(from_custom(message["custom"]))
            else:
                self._utter(message["response"], message)
        for event in events:
            self.events.append(event)
            if event["event"] == "slot":
                self.slots[event["name"]] = event["value"]
        return next((e["name"] for e in events if e["event"] == "followup"), None)

    def _utter(self, response: str, values: dict[str, Any]) -> None:
        text = SAID[response][0]["text"]
        self.choices = [(b["title"], b["payload"]) for b in values.get("buttons") or ()]
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", str(value))
        self.events.append({"event": "bot", "metadata": {"utter_action": response}})
        self.said.append(text)
