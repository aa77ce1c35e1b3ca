"""The pages for editors in a browser: check, proposal, four eyes, hours; read by axe."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.console_server import ConsoleServer

pytest_plugins = ["tests.browser.console_fixtures"]
pytestmark = pytest.mark.browser
AXE = Path(__file__).resolve().parents[2] / "web/node_modules/axe-core/axe.min.js"
WEEK = {
    "blocks": {"monday": ["08:30-17:00"]},
    "closed_on": {"2026-12-24": "Kerst"},
    "in_words": "Wij zijn er op maandag van 08:30 tot 17:00.",
}


class Editors:
    """Plays the gateway's part for editors, and keeps what it was sent."""

    def __init__(self, mine: bool = True) -> None:
        self.sent: list[tuple[str, Any]] = []
        self.open: dict[str, Any] | None = None
        self.mine = mine

    def subject(self, kind: str = "answer") -> dict[str, Any]:
        text = json.dumps(WEEK) if kind == "hours" else "U betaalt voor de eerste."
        return {
            "kind": kind,
            "key": "office" if kind == "hours" else "rent:utter_rent:0",
            "title": "Huur betalen",
            "group": "huur",
            "text": text,
            "spoken": False,
            "edited": False,
            "open": self.open,
        }

    def detail(self, kind: str) -> dict[str, Any]:
        subject = self.subject(kind)
        history = [self.open] if self.open else []
        return {
            **subject, "shipped": subject["text"], "version": "", "places": [], "history": history,
        }  # fmt: skip

    def answer(self, route: Route) -> None:
        request = route.request
        path = request.url.split("/console/api/")[1]
        if request.method == "GET":
            kind = "hours" if "kind=hours" in path else "answer"
            listed = {"subjects": [self.subject()], "may_edit": True, "may_approve": True}
            route.fulfill(json=self.detail(kind) if "subject" in path else listed)
            return
        body = request.post_data_json if request.post_data else None
        if path == "content/try":
            hard = [{"code": "too_many_words", "about": "61", "hard": True}]
            bad = "lang" in body["text"]
            said = {"chat": body["text"], "spoken": "gesproken tekst", "segments": 2}
            route.fulfill(json={"remarks": hard if bad else [], **said})
            return
        self.sent.append((path, body))
        if path == "content/edits":
            self.open = self.edit(body["text"])
            route.fulfill(status=201, json=self.open)
        else:
            self.open = None
            route.fulfill(status=204)

    def edit(self, text: str) -> dict[str, Any]:
        return {
            "id": "e1", "state": "proposed", "before": "U betaalt voor de eerste.", "after": text,
            "reason": "", "author": "Els", "mine": self.mine, "decided_by": "",
            "written_at": "2026-11-24T09:00:00Z", "decided_at": None, "refusal": "",
            "alone": False,
        }  # fmt: skip


def opened(page: Page, server: ConsoleServer, editors: Editors, path: str = "redactie") -> None:
    page.route("**/console/api/content**", editors.answer)
    page.route("**/console/api/content/**", editors.answer)
    page.goto(f"{server.url}{path}")


def assert_accessible(page: Page) -> None:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document)")
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found["violations"]] == []


def test_an_editor_sees_the_check_and_asks_for_approval(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    editors = Editors()
    opened(signed_in, console_server, editors)
    signed_in.get_by_role("button", name="Huur betalen").click()
    field = signed_in.get_by_label("Tekst", exact=True)
    field.fill("lang")
    expect(signed_in.get_by_text("Meer dan 60 woorden: 61")).to_be_visible()
    expect(signed_in.get_by_role("button", name="Vraag goedkeuring")).to_be_disabled()
    field.fill("U betaalt voor de tweede.")
    expect(signed_in.get_by_text("Deze tekst is in orde.")).to_be_visible()
    expect(signed_in.get_by_text("Sms (2 delen)")).to_be_visible()
    signed_in.get_by_role("button", name="Vraag goedkeuring").click()
    expect(signed_in.get_by_text("Een collega moet hem goedkeuren.")).to_be_visible()
    expect(signed_in.get_by_role("button", name="Keur goed")).to_have_count(0)
    assert [(p, b["text"], b["propose"]) for p, b in editors.sent] == [
        ("content/edits", "U betaalt voor de tweede.", True)
    ]
    for width in (1440, 1024, 390):
        signed_in.set_viewport_size({"width": width, "height": 900})
        assert_accessible(signed_in)
        wide = signed_in.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"the page is {wide} wide on a screen of {width}"


def test_a_colleague_approves_from_the_filter(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    editors = Editors(mine=False)
    editors.open = editors.edit("U betaalt later.")
    opened(signed_in, console_server, editors)
    signed_in.get_by_label("Wacht op goedkeuring").check()
    signed_in.get_by_role("button", name="Huur betalen").click()
    signed_in.get_by_role("button", name="Keur goed").click()
    expect(signed_in.get_by_text("Niets gevonden.")).to_be_visible()
    assert editors.sent == [("content/approve/edits/e1", None)]


def test_opening_hours_are_written_in_blocks(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    editors = Editors()
    opened(signed_in, console_server, editors, "redactie/openingstijden")
    signed_in.get_by_label("maandag").fill("09:00-12:00, 13:00-16:00")
    assert_accessible(signed_in)
    signed_in.get_by_role("button", name="Vraag goedkeuring").click()
    expect(signed_in.get_by_text("Bewaard.")).to_be_visible()
    sent = json.loads(editors.sent[0][1]["text"])
    assert sent["blocks"]["monday"] == ["09:00-12:00", "13:00-16:00"]
    assert sent["closed_on"] == {"2026-12-24": "Kerst"}
    signed_in.set_viewport_size({"width": 390, "height": 900})
    assert signed_in.evaluate("document.documentElement.scrollWidth") <= 390
