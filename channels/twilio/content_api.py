"""Buttons and lists on WhatsApp: Content resources, one per shape, made when first needed.

A shape is the kind and the number of choices; text, titles and ids are variables. So there are ten
of them at most, for all messages of an account. Each bears the fingerprint of its form as its name:
a new process finds it in Twilio's list and makes it only when it is not there.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp
from twilio.base.exceptions import (  # type: ignore[import-untyped]
    TwilioRestException,
    TwilioServiceException,
)
from twilio.rest import Client  # type: ignore[import-untyped]

from channels.port import OutboundChoice
from channels.twilio.messages_api import UNREADABLE_ANSWER, TwilioHttp, client_for
from channels.twilio.segments import utf16_length
from channels.twilio.wire import AccountSettings

_CONTENT = "https://content.twilio.com/v1/Content"
_HOST = "https://content.twilio.com/"
_MOST_PAGES = 20
_CREATED, _OK = 201, 200
_REST_AFTER_FAILURE = 60.0
"""Seconds without a new try: each would hold up a tenant's answer."""
LONGEST_BODY = 1_024
_MOST_BUTTONS, _LONGEST_BUTTON = 3, 20
"""Within a session, without approval."""
_MOST_ITEMS, _LONGEST_ITEM = 10, 24
QUICK_REPLY, LIST_PICKER = "twilio/quick-reply", "twilio/list-picker"


class ContentUnusable(Exception):
    """The Content API gave no resource, this time."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a message with choices looks like, apart from its words."""

    kind: str
    choices: int

    @property
    def types(self) -> Mapping[str, Any]:
        """``types`` of the Content resource."""
        if self.kind == QUICK_REPLY:
            actions = [
                {"type": "QUICK_REPLY", "title": title, "id": id} for title, id in self._pairs(2)
            ]
            return {QUICK_REPLY: {"body": "{{1}}", "actions": actions}}
        items = [{"item": title, "id": id} for title, id in self._pairs(3)]
        return {LIST_PICKER: {"body": "{{1}}", "button": "{{2}}", "items": items}}

    @property
    def name(self) -> str:
        form = json.dumps(self.types, sort_keys=True).encode()
        kind = self.kind.partition("/")[2]
        return f"thuisbalie-{kind}-{self.choices}-{hashlib.sha256(form).hexdigest()[:12]}"

    def variables(
        self, text: str, open_list: str, choices: Sequence[OutboundChoice]
    ) -> Mapping[str, str]:
        head = [text] if self.kind == QUICK_REPLY else [text, open_list]
        words = [word for choice in choices for word in (_line(choice.title), choice.id)]
        return {str(no): word for no, word in enumerate([*head, *words], 1)}

    def _pairs(self, first: int) -> list[tuple[str, str]]:
        numbers = range(first, first + 2 * self.choices, 2)
        return [(f"{{{{{no}}}}}", f"{{{{{no + 1}}}}}") for no in numbers]


def shape_of(text: str, open_list: str, choices: Sequence[OutboundChoice]) -> Shape | None:
    """How to show these choices; None when WhatsApp can only show them as lines of text."""
    titles = [_line(choice.title) for choice in choices]
    if not text.strip() or utf16_length(text) > LONGEST_BODY or len(set(titles)) < len(titles):
        return None
    longest = max(map(utf16_length, titles), default=0)
    if not all(titles) or not titles:
        return None
    if len(titles) <= _MOST_BUTTONS and longest <= _LONGEST_BUTTON:
        return Shape(QUICK_REPLY, len(titles))
    if open_list and len(titles) <= _MOST_ITEMS and longest <= _LONGEST_ITEM:
        return Shape(LIST_PICKER, len(titles))
    return None


class ContentApi:
    """The Content resources of one account, by shape."""

    def __init__(self, account: AccountSettings) -> None:
        self._account = account
        self._sids: dict[str, str] = {}
        self._looked = False
        self._not_before = 0.0
        self._one_at_a_time = asyncio.Lock()

    async def sid_of(self, shape: Shape) -> str | None:
        """The resource of this shape (HX...), made if it is not there; None when that failed."""
        async with self._one_at_a_time:
            known = self._sids.get(shape.name)
            if known is not None:
                return known
            clock = asyncio.get_running_loop().time
            if clock() < self._not_before:
                return None
            try:
                async with asyncio.timeout(self._account.patience_seconds):
                    return await self._find_or_make(shape)
            except (
                TwilioRestException,
                TwilioServiceException,
                ContentUnusable,
                TimeoutError,
                aiohttp.ClientError,
                OSError,
                *UNREADABLE_ANSWER,
            ):
                self._not_before = clock() + _REST_AFTER_FAILURE
                return None

    def forget(self, shape: Shape) -> None:
        """It was not taken: somebody may have deleted it. Look again at the next message."""
        self._sids.pop(shape.name, None)
        self._looked = False

    async def _find_or_make(self, shape: Shape) -> str:
        async with TwilioHttp(self._account.base_url) as http:
            client = client_for(self._account, http)
            if not self._looked:
                await self._look(client)
            if shape.name not in self._sids:
                self._sids[shape.name] = await _make(client, shape)
        return self._sids[shape.name]

    async def _look(self, client: Client) -> None:
        address: str | None = f"{_CONTENT}?PageSize=1000"
        for _ in range(_MOST_PAGES):
            if address is None:
                break
            page = await _call(client, "GET", address, _OK)
            for one in page["contents"]:
                if isinstance(one["friendly_name"], str) and isinstance(one["sid"], str):
                    self._sids.setdefault(one["friendly_name"], one["sid"])
            address = page["meta"]["next_page_url"]
            if address is not None and not address.startswith(_HOST):
                raise ContentUnusable("the next page is somewhere else")
        self._looked = True


async def _make(client: Client, shape: Shape) -> str:
    blank = shape.variables("-", "-", [OutboundChoice("-", "-")] * shape.choices)
    wanted = {
        "friendly_name": shape.name,
        "language": "nl",
        "variables": dict(blank),
        "types": shape.types,
    }
    made = await _call(client, "POST", _CONTENT, _CREATED, wanted)
    if not isinstance(made["sid"], str):
        raise ContentUnusable("no sid")
    return made["sid"]


async def _call(
    client: Client, method: str, address: str, expected: int, body: object = None
) -> Any:
    json_only = {"Content-Type": "application/json"}
    # Given as headers say: the client sends ``data`` as JSON then.
    answer = await client.request_async(method, address, data=body, headers=json_only)
    if answer.status_code != expected:
        raise ContentUnusable(f"{method} {answer.status_code}")
    return json.loads(answer.text)


def _line(title: str) -> str:
    return " ".join(title.split())
