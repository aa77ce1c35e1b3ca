"""What Telegram posts to a bot's webhook, as it does when somebody writes, taps or blocks us."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

_WHEN = 1_790_000_000
_BOT = {"id": 1, "is_bot": True, "first_name": "Thuisbalie", "username": "thuisbalie_bot"}


def update_for(text: str, chat: int, update_id: int = 1) -> bytes:
    """Somebody types ``text`` in a private chat with us."""
    return update_with({"text": text}, chat, update_id)


def update_with(content: Mapping[str, Any], chat: int, update_id: int = 1) -> bytes:
    """Somebody sends something, e.g. ``{"sticker": {...}}``, in a private chat with us."""
    return body(update_id, message=message(content, chat, update_id))


def tap_for(choice_id: str, chat: int, update_id: int = 1) -> bytes:
    """Somebody taps a button below a message of ours."""
    asked = {**message({"text": "?"}, chat, update_id), "from": _BOT}
    tap = {"id": f"tap-{update_id}", "from": person(chat), "chat_instance": "1", "message": asked}
    return body(update_id, callback_query={**tap, "data": choice_id})


def membership_for(before: str, after: str, chat: int, update_id: int = 1) -> bytes:
    """We go from one state to another in a chat: ``member`` to ``kicked`` is being blocked."""
    return body(
        update_id,
        my_chat_member={
            "chat": private_chat(chat),
            "from": person(chat),
            "date": _WHEN,
            "old_chat_member": _in_chat(before),
            "new_chat_member": _in_chat(after),
        },
    )


def body(update_id: int, **kind: Any) -> bytes:
    """Any update, e.g. ``body(7, poll={...})``."""
    return json.dumps({"update_id": update_id, **kind}).encode()


def message(content: Mapping[str, Any], chat: int, message_id: int = 1) -> dict[str, Any]:
    """A message of a person in a private chat."""
    return {
        "message_id": message_id,
        "from": person(chat),
        "chat": private_chat(chat),
        "date": _WHEN,
        **content,
    }


def private_chat(chat: int) -> dict[str, Any]:
    return {"id": chat, "type": "private", "first_name": "Ada"}


def person(id: int) -> dict[str, Any]:
    """In a private chat the chat has the id of the person."""
    return {"id": id, "is_bot": False, "first_name": "Ada", "language_code": "nl"}


def _in_chat(status: str) -> dict[str, Any]:
    until = {"until_date": 0} if status == "kicked" else {}
    return {"user": _BOT, "status": status, **until}
