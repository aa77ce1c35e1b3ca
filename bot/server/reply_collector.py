"""Collects what the assistant says in one turn, in the gateway's own words."""

from typing import Any

from rasa.core.channels.channel import OutputChannel


class ReplyCollector(OutputChannel):
    """Named after the tenant's channel, so that Rasa picks that channel's variation of a text."""

    def __init__(self, channel: str) -> None:
        self._channel = channel
        self.messages: list[dict[str, Any]] = []

    def name(self) -> str:  # type: ignore[override]
        return self._channel

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        buttons = list(message.get("buttons") or []) + list(message.get("quick_replies") or [])
        choices = [
            {"title": str(button["title"]), "payload": str(button.get("payload") or "")}
            for button in buttons
        ]
        text, custom = message.get("text") or None, message.get("custom") or None
        if text or choices or custom:
            self.messages.append({"text": text, "choices": choices, "custom": custom})
