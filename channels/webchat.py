"""Web chat: our own widget talks to us, so there is no provider and nothing to send.

The widget reads the log itself (``handoff.chat``); here is what its messages may look like.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, ClassVar

from channels.port import (
    Body,
    Capabilities,
    Chosen,
    DeliveryResult,
    FileWay,
    Inbound,
    NotUnderstood,
    Outbound,
    RawRequest,
    Receipt,
    Rendered,
    Text,
    TooLong,
)

LONGEST_TEXT = 10_000
LARGEST_BODY = 128_000
_ID = re.compile(r"[A-Za-z0-9_.:-]{1,100}")


class WebChat:
    """The ``Channel`` port for the web chat."""

    name: ClassVar[str] = "webchat"
    capabilities: ClassVar[Capabilities] = Capabilities(
        max_text=LONGEST_TEXT,
        choices=True,
        typing=True,
        push=False,
        idempotent=True,
        gather=timedelta(0),
        sends_files=FileWay.LOG,
    )

    def verify(self, request: RawRequest) -> None:
        """The token of the conversation is checked where the conversation is known."""

    def parse(self, request: RawRequest) -> Sequence[Inbound]:
        """One message of one conversation; the last but one part of the path is its id.

        Raises:
            TooLong: more than 10,000 characters.
            NotUnderstood: anything else that is not ``{client_msg_id, text | choice_id}``.
        """
        conversation = request.url.rstrip("/").rsplit("/", 2)[-2]
        if len(request.body) > LARGEST_BODY:
            raise TooLong("the request is larger than any message may be")
        raw = _object(request.body)
        client_id = raw.get("client_msg_id")
        if not isinstance(client_id, str) or not _ID.fullmatch(client_id):
            raise NotUnderstood("client_msg_id must be 1 to 100 letters, digits or _.:-")
        return [Inbound(self.name, conversation, conversation, client_id, _body(raw))]

    def render(self, message: Outbound) -> Sequence[Rendered]:
        choices = [{"id": choice.id, "title": choice.title} for choice in message.choices]
        return [Rendered({"text": message.text, "choices": choices})]

    async def deliver(self, rendered: Rendered) -> Receipt:
        """What is in the log is delivered: the widget reads it from there."""
        return Receipt(DeliveryResult.ACCEPTED)


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        raw = json.loads(body, object_pairs_hook=_unique, parse_constant=_no_number)
    except (ValueError, RecursionError) as wrong:
        raise NotUnderstood("the body is not JSON") from wrong
    if not isinstance(raw, dict):
        raise NotUnderstood("the body is not a JSON object")
    return raw


def _unique(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name is given twice: which of the two was meant?")
    return found


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


def _body(raw: Mapping[str, Any]) -> Body:
    text, choice = raw.get("text"), raw.get("choice_id")
    if isinstance(choice, str) and text is None and _ID.fullmatch(choice):
        return Chosen(choice)
    if not isinstance(text, str) or choice is not None:
        raise NotUnderstood("exactly one of text and choice_id must be given, as a string")
    if len(text) > LONGEST_TEXT:
        raise TooLong(f"{len(text)} characters")
    return Text(text)
