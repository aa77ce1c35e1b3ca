"""The list of messages: which ones a question asks for, and one page of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from itertools import dropwhile
from urllib.parse import urlencode

from channels.fakes.twilio_messages import VERSION, Message, message_json

_PAGE_SIZE, _LARGEST_PAGE = 50, 1_000


def listing(
    messages: Iterable[Message], asked: Mapping[str, str], account_sid: str
) -> dict[str, object]:
    """The page that ``asked`` (the query) is about, newest message first.

    Raises:
        ValueError: a date or a number in the query is none.
    """
    size = min(max(int(asked.get("PageSize", _PAGE_SIZE)), 1), _LARGEST_PAGE)
    number = int(asked.get("Page", "0"))
    fitting = [one for one in reversed(list(messages)) if _fits(one, asked)]
    rest = _after(fitting, asked.get("PageToken", ""))
    shown, more = rest[:size], len(rest) > size
    kept = {name: value for name, value in asked.items() if not name.startswith("Page")}

    def page(no: int, token: str = "") -> str:
        place = {"PageSize": str(size), "Page": str(no), **({"PageToken": token} if token else {})}
        return f"/{VERSION}/Accounts/{account_sid}/Messages.json?{urlencode({**kept, **place})}"

    return {
        "end": number * size + max(len(shown) - 1, 0),
        "first_page_uri": page(0),
        "messages": [message_json(one) for one in shown],
        # The token names the last message shown, so that a new one does not move the pages.
        "next_page_uri": page(number + 1, "PA" + shown[-1].sid) if more else None,
        "page": number,
        "page_size": size,
        # The fake is read forwards only.
        "previous_page_uri": None,
        "start": number * size,
        "uri": page(number, asked.get("PageToken", "")),
    }


def _after(messages: list[Message], token: str) -> list[Message]:
    if not token:
        return messages
    return list(dropwhile(lambda one: "PA" + one.sid != token, messages))[1:]


def _fits(message: Message, asked: Mapping[str, str]) -> bool:
    return (
        message.recipient == asked.get("To", message.recipient)
        and message.sender == asked.get("From", message.sender)
        and _sent_on(message.sent, asked.get("DateSent"))
        and _sent_within(message.sent, asked.get("DateSent>"), asked.get("DateSent<"))
    )


def _sent_on(sent: datetime | None, day: str | None) -> bool:
    if day is None:
        return True
    return sent is not None and sent.date() == datetime.fromisoformat(day).date()


def _sent_within(sent: datetime | None, first: str | None, last: str | None) -> bool:
    if first is None and last is None:
        return True
    return (
        sent is not None
        and (first is None or _comparable(sent, first) >= _moment(first))
        and (last is None or _comparable(sent, last) <= _moment(last))
    )


def _is_day(value: str) -> bool:
    return len(value) == len("2026-11-24")


def _moment(value: str) -> str:
    """A day or a moment of the query as text that sorts."""
    if _is_day(value):
        return date.fromisoformat(value).isoformat()
    return datetime.fromisoformat(value).strftime("%Y-%m-%dT%H:%M:%S")


def _comparable(sent: datetime, other: str) -> str:
    """Days are compared with days, so that the last day counts whole."""
    return sent.strftime("%Y-%m-%d" if _is_day(other) else "%Y-%m-%dT%H:%M:%S")
