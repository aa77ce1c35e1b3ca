"""What the forms of the tenant card begin with: from the report the tenant filled in, from the
photos, and from what was said. Pure, but for two files that are read once."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from actions.repairs.office_words import office_words
from handoff.ledger.media import FileKind, FileState, MediaFile
from handoff.model import AuthorKind, Conversation, Message, MessageKind, Turn, Visibility
from handoff.policy import Catalogue, Words

_CODES = Path(__file__).resolve().parents[2] / "data" / "vera_repair_codes.csv"
_LONGEST = 300
"""Of one person's words in a summary."""
_FIRST = 3
"""Messages of the tenant that say what it is about."""


@dataclass(frozen=True, slots=True)
class Code:
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Repair:
    location: str
    defect: str
    title: str
    words: str
    priority: str
    reachable: str
    preferred: str


@dataclass(frozen=True, slots=True)
class Contact:
    subject: str
    text: str
    channel: str
    direction: str = "INK"


@dataclass(frozen=True, slots=True)
class Prepared:
    """``photos``: ids of the photos that the tenant sent in this conversation."""

    repair: Repair
    contact: Contact
    photos: tuple[str, ...]
    locations: Sequence[Code]
    defects: Sequence[Code]


def prepared(
    talk: Conversation,
    turns: Sequence[Turn],
    messages: Sequence[Message],
    files: Sequence[MediaFile],
    catalogue: Catalogue,
    words: Words,
) -> Prepared:
    form = dict(next((turn.form for turn in reversed(turns) if turn.form), ()))
    return Prepared(
        _repair(form),
        contact_of(talk, messages, catalogue, words),
        photos_of(files),
        codes("DEFECTLOCATIE"),
        codes("DEFECTSOORT"),
    )


def photos_of(files: Sequence[MediaFile]) -> tuple[str, ...]:
    return tuple(
        file.id
        for file in files
        if file.kind is FileKind.PHOTO
        and file.state is FileState.KEPT
        and file.message
        and file.by is None
    )


def _repair(form: Mapping[str, str]) -> Repair:
    told = {slot.removeprefix("repair_"): value for slot, value in form.items()}
    what = (told.get(name, "") for name in ("element", "room", "defect"))
    more = (told.get(name, "") for name in ("since", "water", "more", "remark"))
    urgent = bool(told.get("priority"))
    return Repair(
        told.get("room_code", ""),
        told.get("defect_code", ""),
        ", ".join(filter(None, what)),
        "\n".join(filter(None, more)),
        "voorrang" if urgent else "normaal",
        told.get("phone", "") or told.get("contact", ""),
        told.get("when", ""),
    )


def contact_of(
    talk: Conversation, messages: Sequence[Message], catalogue: Catalogue, words: Words
) -> Contact:
    """What is kept of the conversation: its topic, what the tenant asked, the last answer."""
    topic = catalogue.get(talk.topic or "")
    subject = topic.title if topic else words.text("card_contact_subject", number=talk.reference)
    asked = " ".join(_said(messages, (AuthorKind.TENANT,))[:_FIRST])
    answers = _said(messages, (AuthorKind.AGENT,)) or _said(messages, (AuthorKind.BOT,))
    lines = [words.text("card_contact_asked", text=_short(asked))] if asked else []
    if answers:
        lines.append(words.text("card_contact_answered", text=_short(answers[-1])))
    lines.append(words.text("card_contact_reference", number=talk.reference))
    return Contact(subject, "\n".join(lines), office_words().channel(talk.channel))


def _said(messages: Sequence[Message], by: Sequence[AuthorKind]) -> list[str]:
    return [
        " ".join(one.text.split())
        for one in messages
        if one.author.kind in by
        and one.kind is MessageKind.TEXT
        and one.visibility is Visibility.TENANT
        and one.text.strip()
    ]


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


@lru_cache(maxsize=4)
def codes(of: str) -> Sequence[Code]:
    """VERA's reference data of this list, by name."""
    with _CODES.open(encoding="utf-8", newline="") as file:
        rows = csv.reader((line for line in file if not line.startswith("#")), delimiter=";")
        found = [Code(code, name) for name_of_list, code, name in rows if name_of_list == of]
    return tuple(sorted(found, key=lambda one: one.name.casefold()))
