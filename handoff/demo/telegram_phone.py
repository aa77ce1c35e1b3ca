"""The demo's Telegram chats: what people write goes out as updates, answers are put in order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import aiohttp

from channels.fakes.telegram import FakeTelegram
from channels.fakes.telegram_updates import tap_for, update_with
from handoff.clock import Clock
from handoff.demo.views import BubbleView, ChoiceView, telegram_bubble

_PATIENCE: Final = aiohttp.ClientTimeout(total=15)
_SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a name, not a secret
_NO_ANSWER: Final = 0


class TelegramPhone:
    """Everybody's chats with the bot. A chat's id is the number without its plus."""

    def __init__(self, fake: FakeTelegram, webhook: str, secret: str, clock: Clock) -> None:
        self.fake = fake
        self._webhook, self._secret = webhook, secret
        self._clock = clock
        self._chats: dict[str, list[BubbleView]] = {}
        self._read = 0
        self._last_update = 0

    def bubbles(self, number: str) -> list[BubbleView]:
        """What is in the chat; answers stand behind what was there when they came."""
        for fields in self.fake.delivered[self._read :]:
            self._read += 1
            chat = self._chats.setdefault(fields.get("chat_id", ""), [])
            chat.append(telegram_bubble(self._read, fields))
        return list(self._chats.get(_chat_of(number), []))

    async def write(self, number: str, name: str, text: str, photo: bytes | None) -> int:
        """Somebody writes; gives the HTTP status of the webhook's answer, 0 for none."""
        chat, id = _chat_of(number), self._next_update()
        shown = BubbleView(id=f"u{id}", mine=True, text=text)
        content: dict[str, Any] = {"from": _person(int(chat), name)}
        if photo is None:
            content["text"] = text
        else:
            shown.photo = f"photo-{id}"
            self.fake.files[shown.photo] = photo
            content |= {"photo": [_photo(shown.photo, photo)], "caption": text}
        return await self._send(number, shown, update_with(content, int(chat), id))

    async def tap(self, number: str, choice: ChoiceView) -> int:
        """Somebody taps a button; gives the HTTP status of the webhook's answer, 0 for none."""
        id = self._next_update()
        shown = BubbleView(id=f"u{id}", mine=True, text=choice.title)
        return await self._send(number, shown, tap_for(choice.id, int(_chat_of(number)), id))

    async def _send(self, number: str, shown: BubbleView, update: bytes) -> int:
        self.bubbles(number)
        self._chats.setdefault(_chat_of(number), []).append(shown)
        for watcher in self.fake.watchers:
            watcher()
        headers = {"Content-Type": "application/json", _SECRET_HEADER: self._secret}
        try:
            async with (
                aiohttp.ClientSession(timeout=_PATIENCE) as session,
                session.post(self._webhook, data=update, headers=headers) as response,
            ):
                return response.status
        except (TimeoutError, aiohttp.ClientError, OSError):
            return _NO_ANSWER

    def _next_update(self) -> int:
        """Higher than any before, also of the start before this one."""
        self._last_update = max(self._last_update + 1, int(self._clock.now().timestamp()))
        return self._last_update


def _chat_of(number: str) -> str:
    return number.lstrip("+")


def _person(chat: int, name: str) -> Mapping[str, Any]:
    return {"id": chat, "is_bot": False, "first_name": name, "language_code": "nl"}


def _photo(file_id: str, content: bytes) -> Mapping[str, Any]:
    size = {"width": 1024, "height": 768, "file_size": len(content)}
    return {"file_id": file_id, "file_unique_id": f"u-{file_id}", **size}
