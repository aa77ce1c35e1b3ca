"""Plays whole conversations about repairs with the real actions, a back office in memory, and the
little that Rasa does: forms, the action that follows, and the answers of the topic files."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action
from repair_office import NOW, TENANT, Office, office
from repair_texts import SAID

from actions.backoffice.port import BackOffice
from actions.backoffice.values import Claim
from actions.backoffice.verification import Level, Verification
from actions.executor import action_classes
from actions.fakes.requests import FakeFaults, FakeKept, FakePhotos
from actions.services import Proof, Served, Services
from bot.signals import CaseOpened, Done, Escalate, FormFilled, Signal, from_custom

WHOLE = "de kraan in de keuken lekt, geen gevaar, bel 0612345678 woensdag"
FORMS = {
    "repair_form": (
        "repair_room", "repair_element", "repair_defect", "repair_danger", "repair_contact",
        "repair_when", "repair_confirm",
    ),
    "repair_pick_form": ("repair_pick",),
}  # fmt: skip
AFTER = {"repair_form": "action_repair_finish", "repair_pick_form": "action_repair_picked"}
RULES = {
    "repair_report": "repair_form",
    "repair_status": "action_repair_status",
    "repair_appointment_change": "action_repair_change",
    "repair_delayed": "action_repair_delayed",
    "repair_lift": "action_repair_building",
}


CLAIM = Claim("1234AB", 12, date(1961, 5, 3), "A")


@dataclass
class Known:
    """An Identity that knows the tenant, or does not. ``other``: somebody writes for another."""

    level: Level = Level.CLAIMED
    other: bool = False

    async def verification(self, session: str) -> Verification:
        if self.level is Level.ANONYMOUS:
            return Verification(third_party=self.other)
        return Verification(self.level, TENANT, NOW + timedelta(hours=1))

    async def claim(self, session: str, claim: Claim, level: Level) -> Proof:
        if claim != CLAIM:
            return Proof.WRONG
        self.level = level
        return Proof.GIVEN

    async def code_to_known_number(self, session: str) -> Proof:
        return Proof.NO_WAY

    async def code(self, session: str, code: str) -> Proof:
        return Proof.WRONG

    async def end(self, session: str) -> None:
        self.level = Level.ANONYMOUS

    async def portal_link(self, session: str) -> str | None:
        return None


@dataclass
class OfficeTalk:
    """One conversation. ``said``, ``choices`` and ``signals`` are those of the last turn."""

    office: Office = field(default_factory=office)
    who: Known = field(default_factory=Known)
    kept: FakeKept = field(default_factory=FakeKept)
    faults: FakeFaults = field(default_factory=FakeFaults)
    photos: FakePhotos = field(default_factory=FakePhotos)
    slots: dict[str, Any] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    form: str | None = None
    said: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)
    signals: list[Signal] = field(default_factory=list)
    gave_way: bool = False
    asked_who: bool = False
    minute: int = 0

    @property
    def services(self) -> Services:
        door = BackOffice(self.office, lambda: NOW, patience_seconds=0.2)
        return Services(lambda: NOW, door, self.who, self.kept, self.faults, self.photos)

    def __post_init__(self) -> None:
        services = self.services
        made = [c(services) if issubclass(c, Served) else c() for c in action_classes()]
        self._actions: dict[str, Action] = {str(action.name()): action for action in made}

    @property
    def text(self) -> str:
        return "\n".join(self.said)

    @property
    def escalation(self) -> Escalate:
        (escalate,) = [signal for signal in self.signals if isinstance(signal, Escalate)]
        return escalate

    @property
    def fields(self) -> dict[str, str]:
        (form,) = [signal for signal in self.signals if isinstance(signal, FormFilled)]
        return dict(form.fields)

    @property
    def number(self) -> str:
        (opened,) = [signal for signal in self.signals if isinstance(signal, CaseOpened)]
        return opened.reference

    @property
    def needs_nobody(self) -> bool:
        return any(isinstance(each, Done) for each in self.signals) and not any(
            isinstance(each, Escalate) for each in self.signals
        )

    async def tell(self, *texts: str, intent: str = "repair_report") -> OfficeTalk:
        for text in texts:
            await self._turn(text, intent)
        return self

    async def _turn(self, text: str, intent: str) -> None:
        self.said, self.choices, self.signals, self.gave_way = [], [], [], False
        self.minute += 1
        data = {"intent": {"name": intent, "confidence": 0.95}, "text": text}
        at = (NOW + timedelta(seconds=self.minute)).timestamp()
        self.events.append({"event": "user", "text": text, "timestamp": at, "parse_data": data})
        await self._go(self.form or RULES[intent])

    async def identified(self, ending: str = "given") -> OfficeTalk:
        """The questions of who it is end like this; what waited for it goes on."""
        self.who.level = Level.CLAIMED if ending == "given" else self.who.level
        self.said, self.choices, self.signals = [], [], []
        self.slots["identify_outcome"] = ending
        await self._go("action_identify_done")
        return self

    async def _go(self, name: str | None) -> None:
        while name and name != "action_listen":
            if name == "identify_form":
                self.asked_who = True
                return
            name = await (self._in_form(name) if name in FORMS else self._run(name))

    async def _in_form(self, form: str) -> str | None:
        """Rasa's form: validate, then ask for the first empty slot, or end."""
        begins, self.form = self.form != form, form
        if begins:
            self.slots["requested_slot"] = None
        before = len(self.events)
        await self._run(f"validate_{form}")
        new = self.events[before:]
        filled = [e for e in new if e["event"] == "slot" and e["name"] != "requested_slot"]
        wanted = [e["value"] for e in new if e.get("name") == "requested_slot"]
        if not begins and not filled:
            self.gave_way = True
            return None
        empty = [slot for slot in FORMS[form] if not self.slots.get(slot)]
        if any(e["event"] == "active_loop" for e in new) or not (wanted or empty):
            self.form, self.slots["requested_slot"] = None, None
            return AFTER[form]
        self.slots["requested_slot"] = slot = (wanted or empty)[0]
        asks = f"action_ask_{form}_{slot}"
        if asks in self._actions:
            await self._run(asks)
        else:
            self._utter(f"utter_ask_{form}_{slot}", {})
        return None

    async def _run(self, name: str) -> str | None:
        dispatcher = CollectingDispatcher()
        said = next(e for e in reversed(self.events) if e["event"] == "user")
        tracker = Tracker(
            "gesprek.1.0", self.slots, said["parse_data"], self.events, False, None, {}, None
        )
        events: list[dict[str, Any]] = await self._actions[name].run(dispatcher, tracker, {})
        for message in dispatcher.messages:
            self._collect(message)
        self.events.append({"event": "action", "name": name})
        for event in events:
            self.events.append(event)
            if event["event"] == "slot":
                self.slots[event["name"]] = event["value"]
        return next((e["name"] for e in events if e["event"] == "followup"), None)

    def _collect(self, message: dict[str, Any]) -> None:
        if message.get("custom"):
            self.signals.append(from_custom(message["custom"]))
        elif message.get("response"):
            self._utter(message["response"], message)
        else:
            self._heard(message["text"], message, {})

    def _utter(self, response: str, values: dict[str, Any]) -> None:
        variation = SAID[response]
        text = variation["text"]
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", str(value))
        assert "{" not in text, f"{response}: {text}"
        buttons = [*variation.get("buttons", ()), *(values.get("buttons") or ())]
        self._heard(text, {"buttons": buttons}, {"utter_action": response})

    def _heard(self, text: str, message: dict[str, Any], metadata: dict[str, Any]) -> None:
        self.said.append(text)
        self.choices = [button["title"] for button in message.get("buttons") or []]
        self.events.append({"event": "bot", "text": text, "metadata": metadata})
