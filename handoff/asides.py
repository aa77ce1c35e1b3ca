"""What a tenant shows or does beside words: kept for staff, never put to the assistant. Pure."""

from __future__ import annotations

from channels.port import Aside
from handoff import policy
from handoff.change import Change
from handoff.clean_text import clean_text
from handoff.counter import Counter, event
from handoff.model import Bot, Closed, Conversation, Draft, Held, State, Waiting

ASIDE = f"{policy.OWN_PAYLOAD}aside"
"""Payload of such a message."""
_LONGEST_DETAIL = 300


def shown(body: Aside, client_msg_id: str, counter: Counter) -> Draft:
    """It in the log, in words; a kind without words of its own cannot be read."""
    key = f"tenant_aside_{body.kind}"
    detail = clean_text(body.detail)[:_LONGEST_DETAIL]
    if not detail and f"{key}_bare" in counter.words:
        key = f"{key}_bare"
    known = key in counter.words
    words = counter.words.text(key, detail=detail) if known else _unreadable(counter)
    return Draft(counter.tenant, words, payload=ASIDE, client_msg_id=client_msg_id)


def take(now_holding: Conversation, body: Aside, client_msg_id: str, counter: Counter) -> Change:
    """The holder stays and no turn is due; the assistant says a line where there is one.

    A question that waits for the assistant still gets its answer.
    """
    said = shown(body, client_msg_id, counter)
    key = f"aside_{body.kind}"
    told = (Draft(counter.bot, counter.words.text(key)),) if key in counter.words else ()
    match now_holding.holder:
        case Held() | Waiting():
            return Change(drafts=(said,), answered=True)
        case Closed() if told:
            again = event(counter, "reopened", State.BOT)
            return Change(
                drafts=(said, again, *told), holder=Bot(), answered=True, new_session=True
            )
        case Closed() | Bot():
            return Change(drafts=(said, *told))


def _unreadable(counter: Counter) -> str:
    return counter.words.text("tenant_unreadable")
