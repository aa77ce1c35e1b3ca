"""Plays the repair form with the real actions and the real texts, without Rasa.

What Rasa's form does is small: run the validation, ask for the first empty slot, and end the
form when all are filled. Which intent a message has is what the test says it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.dutch_when import AMSTERDAM
from actions.repairs.report import (
    FINISH,
    FORM,
    ActionAskRepairConfirm,
    ActionRepairFinish,
    ValidateRepairForm,
)
from actions.services import Services
from bot.signals import Escalate, FormFilled, Signal, from_custom

NOW = datetime(2026, 11, 24, 10, 30, tzinfo=AMSTERDAM)  # a Tuesday
TOPIC: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parents[1] / "data" / "nlu" / "repair_report.yml").read_text(encoding="utf-8")
)
NO_OFFICE = Services(lambda: NOW)
REQUIRED: list[str] = TOPIC["forms"][FORM]["required_slots"]


@dataclass
class Talk:
    """One conversation. ``said`` is what the tenant read in the last turn."""

    slots: dict[str, Any] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    open: bool = False
    said: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)
    signals: list[Signal] = field(default_factory=list)
    gave_way: bool = False

    @property
    def asked(self) -> str:
        return str(self.slots.get("requested_slot") or "")

    @property
    def fields(self) -> dict[str, str]:
        (form,) = [signal for signal in self.signals if isinstance(signal, FormFilled)]
        return dict(form.fields)

    @property
    def escalation(self) -> Escalate:
        (escalate,) = [signal for signal in self.signals if isinstance(signal, Escalate)]
        return escalate

    @property
    def text(self) -> str:
        return "\n".join(self.said)

    def hears_before(self, text: str, intent: str) -> None:
        """A message that another topic answered."""
        self._user(text, intent)

    async def tell(self, text: str, intent: str = "repair_report") -> Talk:
        self.said, self.choices, self.signals, self.gave_way = [], [], [], False
        self._user(text, intent)
        events = await self._run(ValidateRepairForm())
        filled = [event for event in events if event.get("name") != "requested_slot"]
        if self.open and not filled:
            self.gave_way = True
            return self
        self.open = True
        await self._go_on(events)
        return self

    async def answer(self, text: str, intent: str, action: Any) -> None:
        """A message outside the form, answered by one action."""
        self.said, self.choices, self.signals = [], [], []
        self._user(text, intent)
        await self._run(action)

    async def _go_on(self, events: list[dict[str, Any]]) -> None:
        ended = any(event["event"] == "active_loop" for event in events)
        wanted = [event["value"] for event in events if event.get("name") == "requested_slot"]
        empty = [slot for slot in REQUIRED if not self.slots.get(slot)]
        if ended or not (wanted or empty):
            self.open, self.slots["requested_slot"] = False, None
            await self._run(ActionRepairFinish(NO_OFFICE))
            self.events.append({"event": "action", "name": FINISH})
            return
        self.slots["requested_slot"] = slot = (wanted or empty)[0]
        if slot == "repair_confirm":
            await self._run(ActionAskRepairConfirm())
        else:
            self._utter(f"utter_ask_{FORM}_{slot}", {})

    def _user(self, text: str, intent: str) -> None:
        data = {"intent": {"name": intent, "confidence": 0.95}, "text": text}
        self.events.append(
            {"event": "user", "text": text, "timestamp": NOW.timestamp(), "parse_data": data}
        )

    async def _run(self, action: Any) -> list[dict[str, Any]]:
        dispatcher, latest = CollectingDispatcher(), self.events[-1]
        for event in reversed(self.events):
            if event["event"] == "user":
                latest = event["parse_data"]
                break
        tracker = Tracker("s", self.slots, latest, self.events, False, None, {}, None)
        events: list[dict[str, Any]] = await action.run(dispatcher, tracker, {})
        for event in events:
            if event["event"] == "slot":
                self.slots[event["name"]] = event["value"]
        for message in dispatcher.messages:
            self._collect(message)
        return events

    def _collect(self, message: dict[str, Any]) -> None:
        if message.get("custom"):
            self.signals.append(from_custom(message["custom"]))
        elif message.get("response"):
            self._utter(message["response"], message)
        else:
            self.said.append(message["text"])
            self.choices = [button["payload"] for button in message.get("buttons") or []]
            self.events.append({"event": "bot", "text": message["text"], "metadata": {}})

    def _utter(self, response: str, values: dict[str, Any]) -> None:
        if response not in TOPIC["responses"]:
            self.said.append(response)  # of another topic
            return
        variation = TOPIC["responses"][response][0]
        text = variation["text"]
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", str(value))
        self.said.append(text)
        self.choices = [button["payload"] for button in variation.get("buttons", [])]
        self.events.append({"event": "bot", "text": text, "metadata": {"utter_action": response}})
