"""Pages with the corporation's own name and numbers in them."""

from __future__ import annotations

import html
import re
from pathlib import Path

from bot.placeholders import fill
from handoff.content import load_content
from handoff.pages import WEB


def chat_page() -> str:
    """The chat on a page of its own."""
    return filled(WEB / "pages" / "chat.html")


def filled(page: Path) -> str:
    """A page with what is set of the corporation: ``[[corporation.phone]]``, and ``[[call.phone]]``
    for the same number as a link dials it.

    Raises:
        UnknownPlaceholder: it refers to something that is not set.
    """
    facts = load_content().facts

    def value(name: str) -> str:
        number = name.removeprefix("call.")
        if number == name:
            return html.escape(facts.render_corporation(f"[[{name}]]"))
        return re.sub(r"[^0-9+]", "", facts.render_corporation(f"[[corporation.{number}]]"))

    return fill(page.read_text(encoding="utf-8"), value)
