"""What the fake console knows, and the changes that a test can script."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from time import time
from typing import Any

Json = dict[str, Any]

AGENTS: dict[str, Json] = {
    "sanne": {"id": "a1", "name": "Sanne de Wit", "login": "sanne", "roles": ["agent"]},
    "fatma": {"id": "a2", "name": "Fatma Yilmaz", "login": "fatma", "roles": ["agent"]},
}
PASSWORD = "welkom-thuis"


def now() -> str:
    return ago()


def ago(**span: float) -> str:
    return (datetime.fromtimestamp(time(), UTC) - timedelta(**span)).isoformat()


class ConsoleState:
    """Conversations, people and open streams. Every change tells the streams, like the real one."""

    def __init__(self) -> None:
        self.conversations: dict[str, Json] = {}
        self.messages: dict[str, list[Json]] = {}
        self.briefings: dict[str, Json] = {}
        self.persons: dict[str, Json] = {}
        self.sessions: dict[str, Json] = {}
        self.streams: set[asyncio.Queue[str | None]] = set()
        self.typing: list[tuple[str, bool]] = []
        self.releases: list[Json] = []
        self.posts: list[str] = []
        self.too_often = False
        self.down = False
        self.list_fails = False
        self.hold_list: asyncio.Event | None = None
        self.lose_next_answer = False

    # -- what a test scripts -------------------------------------------------

    def move_address(self, ref: str, other: str, away: str, to: str) -> None:
        """An address of the person in one conversation goes from one list to the other."""
        person = self.persons[ref]
        moved = [one for one in person[away] if one["conversation"] == other]
        person[away] = [one for one in person[away] if one not in moved]
        person[to] += moved

    def add(self, ref: str, **fields: Any) -> str:
        base: Json = {
            "id": ref,
            "state": "waiting",
            "queue": "huur",
            "held_by": None,
            "reason": "asked",
            "reason_label": "Huurder vraagt om een medewerker",
            "topic": None,
            "topic_title": None,
            "urgent": False,
            "urgent_kind": None,
            "waiting_since": ago(minutes=3),
            "last_message": None,
            "unread": 0,
            "said": 0,
            "channel": "webchat",
            "term": 2,
            "opened_at": ago(minutes=9),
            "reference": ref,
        }
        self.conversations[ref] = base | fields
        self.messages[ref] = []
        self.hint(ref)
        return ref

    def put(self, ref: str, author: str, text: str, **fields: Any) -> Json:
        rows = self.messages[ref]
        message: Json = {
            "id": f"{ref}-{len(rows) + 1}",
            "pos": len(rows) + 1,
            "author": author,
            "name": None,
            "text": text,
            "choices": None,
            "visibility": "tenant",
            "at": now(),
            "kind": "text",
        }
        message |= fields
        rows.append(message)
        if message["kind"] == "text":
            last = {"author": author, "text": text, "at": message["at"]}
            self.conversations[ref]["last_message"] = last
        self.hint(ref)
        return message

    def brief(self, ref: str, **fields: Any) -> None:
        base: Json = {
            "reason": "asked",
            "reason_label": "Huurder vraagt om een medewerker",
            "note": None,
            "tried": [],
            "likely": [],
            "form": None,
            "promises": [],
            "urgent_kind": None,
            "asked_at": ago(minutes=3),
        }
        self.briefings[ref] = base | fields

    def change(self, ref: str, **fields: Any) -> None:
        if "state" in fields:
            fields = {"term": self.conversations[ref]["term"] + 1} | fields
        self.conversations[ref] |= fields
        self.hint(ref)

    def take_as(self, ref: str, login: str, *, tell: bool = True) -> None:
        agent = AGENTS[login]
        self.conversations[ref] |= {
            "state": "held",
            "held_by": {"id": agent["id"], "name": agent["name"]},
            "term": self.conversations[ref]["term"] + 1,
        }
        if tell:
            self.hint(ref)

    def end_sessions(self) -> None:
        self.sessions.clear()
        self.drop_streams()

    def go_down(self) -> None:
        self.down = True
        self.drop_streams()

    def drop_streams(self) -> None:
        for stream in self.streams:
            stream.put_nowait(None)

    def hint(self, ref: str) -> None:
        row = self.conversations[ref]
        data = {
            "id": ref,
            "state": row["state"],
            "term": row["term"],
            "urgent": row["urgent"],
            "pos": len(self.messages[ref]),
        }
        self.tell("conversation", data)
        self.tell("rows", [{name: value for name, value in row.items() if name != "unread"}])

    def tell(self, event: str, data: Any) -> None:
        for stream in self.streams:
            stream.put_nowait(f"event: {event}\r\ndata: {json.dumps(data)}\r\n\r\n")

    def texts(self, ref: str, kind: str = "text") -> list[str]:
        return [m["text"] for m in self.messages[ref] if m["kind"] == kind]
