"""The fake Twilio's Content API: resources that messages name by their ContentSid."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from aiohttp import web

from channels.fakes.twilio_messages import new_sid
from channels.fakes.twilio_refusals import Refusal

_ADDRESS: Final = "https://content.twilio.com/v1/Content"
_PAGE_SIZE, _LARGEST_PAGE = 50, 1_000
_VARIABLE = re.compile(r"\{\{(\w+)\}\}")
_IN_SESSION_BUTTONS, _MOST_ITEMS = 3, 10
_LONGEST_TITLE: Final = {"title": 20, "item": 24}


@dataclass(frozen=True, slots=True)
class Content:
    """One resource. ``types`` is what the account gave."""

    sid: str
    account_sid: str
    friendly_name: str
    language: str
    variables: Mapping[str, str]
    types: Mapping[str, Any]
    created: datetime

    def filled(self, variables: Mapping[str, str]) -> Mapping[str, Any]:
        """The first type with its variables filled in; one that is not given keeps its sample."""
        known = {**self.variables, **variables}

        def fill(value: Any) -> Any:
            if isinstance(value, str):
                return _VARIABLE.sub(lambda found: known.get(found[1], found[0]), value)
            if isinstance(value, list):
                return [fill(one) for one in value]
            return {name: fill(one) for name, one in value.items()}

        found: Mapping[str, Any] = fill(next(iter(self.types.values())))
        return found


def fault_of(shown: Mapping[str, Any]) -> int | None:
    """The code with which WhatsApp does not take this within a session, if it does not."""
    choices = [*shown.get("actions", ()), *shown.get("items", ())]
    most = _IN_SESSION_BUTTONS if "actions" in shown else _MOST_ITEMS
    titles = [one[name] for one in choices for name in _LONGEST_TITLE if name in one]
    wrong = (
        len(choices) > most
        or len(set(titles)) < len(titles)
        or any(
            not one[name] or len(one[name]) > longest
            for one in choices
            for name, longest in _LONGEST_TITLE.items()
            if name in one
        )
    )
    return 63021 if wrong or not shown.get("body") or len(shown["body"]) > 1_024 else None


class Contents:
    """All resources of one account, oldest first."""

    def __init__(self, account_sid: str, now: Callable[[], datetime]) -> None:
        self._account_sid = account_sid
        self._now = now
        self._by_sid: dict[str, Content] = {}
        self.approved: set[str] = set()
        """Sids that WhatsApp takes outside a session."""
        self.refuses_with: int | None = None
        """An HTTP status that nothing was done for."""

    def __iter__(self) -> Any:
        return iter(tuple(self._by_sid.values()))

    def get(self, sid: str) -> Content | None:
        return self._by_sid.get(sid)

    def add(self, given: Mapping[str, Any]) -> Content:
        """Keep what the account gave. The real one does not mind the same name twice either."""
        content = Content(
            sid=new_sid("HX"),
            account_sid=self._account_sid,
            friendly_name=given.get("friendly_name", ""),
            language=given["language"],
            variables=given.get("variables", {}),
            types=given["types"],
            created=self._now(),
        )
        self._by_sid[content.sid] = content
        return content

    def approve(self, body: str) -> str:
        """A template that WhatsApp has approved; gives its sid."""
        content = self.add({"language": "nl", "types": {"twilio/text": {"body": body}}})
        self.approved.add(content.sid)
        return content.sid

    def shown(self, form: Mapping[str, str]) -> Mapping[str, Any]:
        """What a message with this ContentSid shows; KeyError when there is no such resource."""
        given = json.loads(form.get("ContentVariables") or "{}")
        return self._by_sid[form["ContentSid"]].filled(given)

    def body_of(self, form: Mapping[str, str]) -> str:
        """The words of a message, with a ContentSid or without."""
        return str(self.shown(form)["body"]) if "ContentSid" in form else form.get("Body", "")

    def delete(self, sid: str) -> None:
        self._by_sid.pop(sid, None)

    def add_routes(self, app: web.Application) -> None:
        app.router.add_post("/content/v1/Content", self._create)
        app.router.add_get("/content/v1/Content", self._list)

    async def _create(self, request: web.Request) -> web.Response:
        if self.refuses_with is not None:
            return Refusal(self.refuses_with, 20000 + self.refuses_with, "Error").response()
        try:
            given = json.loads(await request.text())
        except ValueError:
            return Refusal(400, 20001, "Bad request: the body is not JSON").response()
        right = isinstance(given, dict) and given.get("language") and given.get("types")
        if not right or request.content_type != "application/json":
            return Refusal(400, 20001, "Bad request").response()
        return web.json_response(content_json(self.add(given)), status=201)

    async def _list(self, request: web.Request) -> web.Response:
        if self.refuses_with is not None:
            return Refusal(self.refuses_with, 20000 + self.refuses_with, "Error").response()
        size = min(int(request.query.get("PageSize", _PAGE_SIZE)), _LARGEST_PAGE)
        page = int(request.query.get("Page", "0"))
        found = list(self._by_sid.values())
        more = len(found) > (page + 1) * size

        def address(no: int) -> str:
            return f"{_ADDRESS}?{urlencode({'PageSize': size, 'Page': no})}"

        meta = {
            "first_page_url": address(0),
            "key": "contents",
            "next_page_url": address(page + 1) if more else None,
            "page": page,
            "page_size": size,
            "previous_page_url": address(page - 1) if page else None,
            "url": address(page),
        }
        shown = [content_json(one) for one in found[page * size : (page + 1) * size]]
        return web.json_response({"contents": shown, "meta": meta})


def content_json(content: Content) -> dict[str, object]:
    """The Content resource, as in the published description."""
    address = f"{_ADDRESS}/{content.sid}"
    moment = content.created.strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "account_sid": content.account_sid,
        "date_created": moment,
        "date_updated": moment,
        "friendly_name": content.friendly_name,
        "language": content.language,
        "links": {
            "approval_create": f"{address}/ApprovalRequests/whatsapp",
            "approval_fetch": f"{address}/ApprovalRequests",
        },
        "sid": content.sid,
        "types": dict(content.types),
        "url": address,
        "variables": dict(content.variables),
    }
